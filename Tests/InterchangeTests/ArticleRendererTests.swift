import Articles
import Corpus
import Interchange
import Testing

@Suite struct ArticleRendererTests {
    private let renderer = ArticleRenderer { $0 == Samples.irs2 ? "irs2-384783.html" : nil }

    @Test func `an article as a page, as text, as Markdown and as JSON`() throws {
        let page = try Samples.page()
        try expectGolden(
            renderer.html(page, stylesheet: "../../style.css", index: "../../index.html"), "igf1r.html")
        try expectGolden(renderer.plainText(page), "igf1r.txt")
        try expectGolden(renderer.markdown(page), "igf1r.md")
        try expectGolden(renderer.json(page), "igf1r.json")
    }

    @Test func `a page alone holds its style and leads to no list`() throws {
        let html = renderer.html(try Samples.page())
        #expect(html.contains("prefers-color-scheme: dark"))
        #expect(!html.contains("rel=\"stylesheet\"") && !html.contains("All articles"))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
        "</title><b>",
        "\" onfocus=\"alert(1)", "\"\u{301} onfocus=alert(1) x=\"", "<\u{200D}b>", ">\u{FE0F}<i>",
        "&lt;b&gt;",
        "{{notice}}{{{style}}}{{#sections}}", "\u{0}\u{8}<b>", "]]><!--", "]( javascript:alert(1))",
        "[x](javascript:alert(1))", "*a* _b_ `c` &amp;",
    ])
    func `no text from outside adds a tag, an attribute or a link`(hostile: String) throws {
        let plain = HTMLSkeleton(renderer.html(try Samples.page(salt: "xx")))
        let salted = HTMLSkeleton(renderer.html(try Samples.page(salt: hostile)))
        #expect(salted.tags == plain.tags)
        #expect(salted.links == plain.links)
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "[x](javascript:alert(1))", "[x](https://example.org/\"onclick=\"a)",
        "<https://example.org/\u{301}\"onclick=a>", "![x](https://example.org/a.png)",
        "[\"\u{301}onclick=](mesh:D1)", "# <b>", "- <img src=x> [@pubmed:1]", "<!-- -->\n\n-->",
    ])
    func `what people type is shown, never run`(typed: String) throws {
        let page = ArticlePage(
            entity: Samples.entity(), facts: Samples.facts, text: typed, sections: [], statements: [],
            references: [:])
        let skeleton = HTMLSkeleton(renderer.html(page, stylesheet: "s.css", index: nil))
        for tag in skeleton.tags {
            let words = tag.split(separator: " ")
            #expect(!["script", "img", "b"].contains(words.first), "\(typed) gave <\(tag)>")
            #expect(!words.contains { $0.hasPrefix("on") }, "\(typed) gave <\(tag)>")
        }
        #expect(!skeleton.links.contains { $0.hasPrefix("javascript") })
    }

    @Test func `every link within the page leads to a place, and no place is there twice`() throws {
        let sample = try Samples.page()
        let doubled = sample.text + sample.text + "\n## Ref 1\n\nMine [@pubmed:90000002; @pubmed:7].\n"
        let page = ArticlePage(
            entity: sample.entity, facts: Samples.facts, text: doubled, sections: Samples.sections,
            statements: sample.statements, references: [:])
        let skeleton = HTMLSkeleton(renderer.html(page))
        #expect(Set(skeleton.places).count == skeleton.places.count)
        for link in skeleton.links where link.hasPrefix("#") {
            #expect(skeleton.places.contains(String(link.dropFirst())), "\(link) leads nowhere")
        }
        #expect(skeleton.places.contains("cite-2") && skeleton.places.contains("cite-3-3"))
        #expect(skeleton.links.contains("#cite-3-3") && skeleton.places.contains("section-ref-1"))
    }

    @Test func `the words of a quotation stand on the page in order and complete`() throws {
        let html = renderer.html(try Samples.page())
        let start = try #require(html.firstRange(of: "<ul class=\"statements\">"))
        let item = html[start.upperBound...].prefix { $0 != "[" }
        var words = ""
        var isTag = false
        for character in item {
            if character == "<" { isTag = true }
            if !isTag { words.append(character) }
            if character == ">" { isTag = false }
        }
        #expect(words == "\nLoss of Igf1r protects mice from carcinoma (p &lt; 0.05) ")
    }

    @Test func `text for a terminal holds no control characters`() throws {
        let page = ArticlePage(
            entity: Samples.entity(), facts: Samples.facts, text: "A \u{1B}[31mred\u{9B}1m line",
            sections: [],
            statements: [], references: [:])
        #expect(renderer.plainText(page).contains("A  [31mred 1m line"))
    }
}
