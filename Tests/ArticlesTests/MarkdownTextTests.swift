import Articles
import Corpus
import Testing

@Suite struct MarkdownTextTests {
    @Test(arguments: [
        ("plain words", "plain words"),
        ("2 * 3 * 4 and a_b_c", #"2 \* 3 \* 4 and a\_b\_c"#),
        ("[125I]-IGF-I", #"\[125I\]-IGF-I"#),
        ("p<0.05 & n>3", #"p\<0.05 & n>3"#),
        ("AT&T &amp; &#945;", "AT\\&T \\&amp; \\&#945;"),
        ("Ca^2+^ and H~2~O", #"Ca\^2+\^ and H\~2\~O"#),
        (#"a\b"#, #"a\\b"#),
        ("# of cells", "\\# of cells"),
        ("clone #", "clone \\#"),
        ("clone #5 here", "clone #5 here"),
        ("1. First", #"1\. First"#),
        ("12) Then", #"12\) Then"#),
        ("(2) Then", #"\(2) Then"#),
        ("iv. Fourth", #"iv\. Fourth"#),
        ("1.5 mg", "1.5 mg"),
        ("p53. Also", "p53. Also"),
        ("- minus", #"\- minus"#),
        ("> 5", #"\> 5"#),
        ("a  b", "a &#32;b"),
        (" a ", "&#32;a&#32;"),
        ("a\nb\tc", "a&#10;b&#9;c"),
        ("$5 and $6 @home", #"\$5 and \$6 \@home"#),
        ("don't \"quote\" -- it…", "don't \"quote\" -- it…"),
        ("", ""),
    ])
    func `what could mean something is escaped, and no more`(text: String, markdown: String) {
        #expect(MarkdownText.escaped(text) == markdown)
        #expect(MarkdownText.unescaped(markdown) == text)
    }

    @Test(arguments: [
        ("&alpha; stays", "&alpha; stays"),
        ("&lt;b&gt; &quot;&amp;&quot;", "<b> \"&\""),
        ("&#x3B2;-cells", "β-cells"),
        ("&#xD800; &#1114112; &#; &", "&#xD800; &#1114112; &#; &"),
        (#"C:\dir \é"#, #"C:\dir \é"#),
    ])
    func `what people type is read as a Markdown reader would`(markdown: String, text: String) {
        #expect(MarkdownText.unescaped(markdown) == text)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `unescaping is the exact inverse of escaping, and a line stays a line`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let text = generator.text()
            let markdown = MarkdownText.escaped(text)
            #expect(Array(MarkdownText.unescaped(markdown).utf8) == Array(text.utf8), "seed \(seed)")
            #expect(!markdown.utf8.contains { $0 < 0x20 }, "seed \(seed)")
            #expect(
                text.isEmpty || MarkdownInline.parse(markdown) == [.text(text)],
                "read as more than text: \(markdown); seed \(seed)")
        }
    }
}

@Suite struct StatementLineTests {
    @Test(arguments: [
        ("Mice die at birth.", [8_402_902], "- Mice die at birth [@pubmed:8402902]."),
        ("Is it so?", [1], "- Is it so? [@pubmed:1]"),
        ("Without an end", [1, 2], "- Without an end [@pubmed:1; @pubmed:2]"),
        ("Dots...", [1], "- Dots.. [@pubmed:1]."),
        ("A stop apart .", [1], "- A stop apart&#32; [@pubmed:1]."),
        ("As cited [@pubmed:1].", [2], #"- As cited \[\@pubmed:1\] [@pubmed:2]."#),
        (".", [1], "- . [@pubmed:1]"),
    ])
    func `a bullet has its citation before the final full stop`(
        sentence: String, pmids: [Int64], bullet: String
    ) {
        let line = StatementLine(sentence: sentence, pmids: pmids.map(PMID.init))
        #expect(line.bullet == bullet)
        #expect(StatementLine(bullet: bullet) == line)
        #expect(StatementLine.sentence(fromBullet: bullet) == sentence)
    }

    @Test(arguments: [
        "Mice die [@pubmed:1].", "- No citation.", "- One [@pubmed:1] and two [@pubmed:2].",
        "- More [@pubmed:1]. Words.", "- Glued[@pubmed:1].", "- A [page](https://example.org) [@pubmed:1].",
        "- Not a number [@pubmed:x].", "",
    ])
    func `another bullet quotes nothing`(bullet: String) {
        #expect(StatementLine(bullet: bullet) == nil)
    }

    @Test func `names of entities are written as links and leave the sentence exact`() {
        let line = StatementLine(
            sentence: "Irs2 binds *Igf1r.", pmids: [PMID(1)],
            links: [
                EntityLink(range: TextRange(0, 4), entity: EntityID(prefix: "ncbigene", local: "384783")),
                EntityLink(range: TextRange(11, 17), entity: EntityID(prefix: "ncbigene", local: "16001")),
            ])
        #expect(
            line.bullet == #"- [Irs2](ncbigene:384783) binds [\*Igf1r](ncbigene:16001) [@pubmed:1]."#)
        #expect(StatementLine(bullet: line.bullet) == line)
    }

    @Test func `a link that Markdown cannot hold is left out, the words stay`() {
        let links = ["evil:1", "ncbigene:1) x", "mesh:D<1>"].compactMap { EntityID(curie: $0) }.map {
            EntityLink(range: TextRange(0, 4), entity: $0)
        }
        for link in links {
            let line = StatementLine(sentence: "Irs2 binds.", pmids: [PMID(1)], links: [link])
            #expect(line.bullet == "- Irs2 binds [@pubmed:1].")
        }
    }

    @Test(arguments: [11, 12, 13] as [UInt64])
    func `any sentence is read back byte by byte, alone and inside an article`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1000 {
            let sentence = generator.text() + "x" + (Bool.random(using: &generator) ? "." : "")
            let pmids = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                PMID(Int64.random(in: 1...99_999_999, using: &generator))
            }
            let bullet = StatementLine(sentence: sentence, pmids: pmids).bullet
            let read = StatementLine(bullet: bullet)
            #expect(read.map { Array($0.sentence.utf8) } == Array(sentence.utf8), "\(bullet) seed \(seed)")
            #expect(read?.pmids == pmids, "seed \(seed)")
            let article = MarkdownArticle("# T\n\n## S\n\n\(bullet)\n- next [@pubmed:1].\n")
            #expect(article.blocks.count == 4, "\(bullet) seed \(seed)")
            guard case .bullet(let inlines) = article.blocks[2] else {
                Issue.record("not a bullet: \(bullet) seed \(seed)")
                continue
            }
            #expect(
                Array(inlines.plainText.utf8)
                    == Array(sentence.utf8.dropLast(sentence.hasSuffix(".") ? 1 : 0))
                    + Array(sentence.hasSuffix(".") ? " .".utf8 : " ".utf8), "seed \(seed)")
        }
    }
}
