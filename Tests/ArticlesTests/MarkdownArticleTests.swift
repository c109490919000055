import Articles
import Corpus
import Testing

@Suite struct MarkdownArticleTests {
    private let irs2 = EntityID(prefix: "ncbigene", local: "384783")

    @Test func `headings, bullets and paragraphs are taken apart`() {
        let article = MarkdownArticle(
            """
            # Igf1r - a receptor
            A lead
            of two lines [@pubmed:7].

            ## Disease relevance of Igf1r ##

            - One [@pubmed:1].
            - Two,
              continued [@pubmed:7; @pubmed:2].

            ### Details
            #hashtag
            * Three with [Irs2](ncbigene:384783) and <https://example.org/a?b=1&c=2>.
            """)
        #expect(
            article.blocks == [
                .heading(level: 1, [.text("Igf1r - a receptor")]),
                .paragraph([.text("A lead of two lines "), .citation([PMID(7)]), .text(".")]),
                .heading(level: 2, [.text("Disease relevance of Igf1r")]),
                .bullet([.text("One "), .citation([PMID(1)]), .text(".")]),
                .bullet([.text("Two, continued "), .citation([PMID(7), PMID(2)]), .text(".")]),
                .heading(level: 3, [.text("Details")]),
                .paragraph([.text("#hashtag")]),
                .bullet([
                    .text("Three with "), .link("Irs2", .entity(irs2)), .text(" and "),
                    .link("https://example.org/a?b=1&c=2", .web("https://example.org/a?b=1&c=2")), .text("."),
                ]),
            ])
        #expect(article.citedPMIDs == [PMID(7), PMID(1), PMID(2)])
        #expect(article.title == "Igf1r - a receptor")
        #expect(article.sections.map(\.heading) == [nil, [.text("Disease relevance of Igf1r")]])
        #expect(article.sections.map(\.blocks.count) == [1, 5])
    }

    @Test(arguments: [
        "[x](javascript:alert(1))", "[x](JavaScript:alert)", "[x](data:text/html;base64,AAAA)",
        "[x](vbscript:a)", "[x](//example.org)", "[x](ftp://example.org)", "[x](file:///etc/passwd)",
        "[x](https://example.org/\"onmouseover=\"x)", "[x](https://example.org/<b>)", "<javascript:alert(1)>",
        "[x](javascript&#58;alert)", "[x](&#106;avascript:alert(1))", "[x](unknown:1)", "[x](mesh:D1\"x)",
        "<script>alert(1)</script>", "![x](nowhere)", "[x]", "[x](", "[@pubmed:]", "[@pubmed:1", "[[[[",
        "[@pubmed:99999999999999999999]",
    ])
    func `nothing but web addresses and known identifiers becomes a link`(markdown: String) {
        for inline in MarkdownInline.parse(markdown) {
            guard case .text = inline else {
                Issue.record("\(markdown) gave \(inline)")
                continue
            }
        }
    }

    @Test(arguments: [
        ("[x](https://example.org/a_(b))", LinkTarget.web("https://example.org/a_(b)")),
        ("[x](HTTPS://example.org)", .web("HTTPS://example.org")),
        ("[x](mesh:D003920)", .entity(EntityID(prefix: "mesh", local: "D003920"))),
        (#"[a \] b](pubmed:1)"#, .entity(EntityID(prefix: "pubmed", local: "1"))),
    ])
    func `web addresses and known identifiers do`(markdown: String, target: LinkTarget) {
        guard case .link(_, let found) = MarkdownInline.parse(markdown).first else {
            Issue.record("no link in \(markdown)")
            return
        }
        #expect(found == target)
    }

    @Test func `a hundred thousand open brackets are read in a moment`() {
        let text = String(repeating: "[", count: 100_000)
        let elapsed = ContinuousClock().measure { #expect(MarkdownInline.parse(text) == [.text(text)]) }
        #expect(elapsed < .seconds(5))
    }

    @Test(arguments: [21, 22] as [UInt64])
    func `any text is an article, and no word of it is lost`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1000 {
            let text = (0..<5).map { _ in generator.text() }.joined(separator: "\n")
            let article = MarkdownArticle(text)
            let words = article.blocks.map(\.inlines.plainText).joined()
            for mark in "é漢𝛼".unicodeScalars {
                #expect(
                    words.unicodeScalars.count { $0 == mark } == text.unicodeScalars.count { $0 == mark },
                    "seed \(seed)")
            }
        }
    }
}
