import Corpus
import Intake
import Testing

/// How a file's text is cut into records, and what damage does to the cutting.
@Suite struct RecordCutterTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func read(_ text: String, recordLimit: Int = RawRecordReader.recordLimit) throws -> Reading {
        Reading(path: try folder.file("cut.xml", text), recordLimit: recordLimit)
    }

    @Test func `a record is the bytes between its tags, and says where they stand`() throws {
        let text = articleSet(article(1), article(2))
        let reading = try read(text)
        #expect(reading.raw.map(\.ordinal) == [1, 2])
        for record in reading.raw {
            let end = record.byteOffset + record.bytes.count
            #expect(Array(text.utf8)[record.byteOffset..<end].elementsEqual(record.bytes))
            #expect(record.bytes.starts(with: "<PubmedArticle>".utf8))
            #expect(String(decoding: record.bytes, as: UTF8.self).hasSuffix("</PubmedArticle>"))
        }
        #expect(
            RawRecord(file: "", ordinal: 1, byteOffset: 0, kind: .citation, bytes: Array("abc".utf8)).sha256
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test(
        arguments: [
            ("<PubmedArticleSet/>", []),
            ("<PubmedArticleSet></PubmedArticleSet>", []),
            (
                "\u{FEFF}<?xml version='1.0' encoding='utf8'?><PubmedArticleSet>\(article(1))</PubmedArticleSet>",
                [1]
            ),
            (
                "<PubmedArticleSet>\n<!-- <PubmedArticle> -->\(article(1))<?x <DeleteCitation>?></PubmedArticleSet >\n",
                [1]
            ),
            (
                "<PubmedArticleSet a='b'><PubmedArticle\n>" + article(1).dropFirst(15)
                    + "</PubmedArticleSet>", [1]
            ),
            (
                "<!DOCTYPE PubmedArticleSet PUBLIC \"-//a > b//\" 'x[' [<!ELEMENT a EMPTY> <!-- > ] -->]>"
                    + articleSet(article(7)).dropFirst(39), [7]
            ),
            (articleSet(article(1)) + articleSet(article(2)), [1, 2]),
        ] as [(String, [Int64])])
    func `files that are well-formed`(text: String, pmids: [Int64]) throws {
        let reading = try read(text)
        #expect(reading.fault == nil)
        #expect(reading.problems.isEmpty)
        #expect(reading.pmids == pmids)
    }

    @Test(arguments: [
        "<!-- </PubmedArticle> <PubmedArticle> -->", "<![CDATA[</PubmedArticle><DeleteCitation>]]>",
        "<?x </PubmedArticle></PubmedArticleSet>?>", "<Pubmed/>", "<PubmedArticles></PubmedArticles>",
        "<!x><P/><D/></P></D>", "<<<<<<<</</</<!<", "<Delete/></DeleteCitations>",
    ])
    func `what tags mean does not depend on where they stand`(inner: String) throws {
        for count in 0...80 {
            let padding =
                String(repeating: count % 3 == 0 ? "<a/>" : "abcd", count: count / 4)
                + String(repeating: "x", count: count % 4)
            let reading = try read(articleSet(article(1, padding + inner + padding), article(2)))
            #expect(reading.raw.map(\.ordinal) == [1, 2], "\(padding)")
            #expect(reading.raw.last?.bytes.starts(with: "<PubmedArticle>".utf8) == true, "\(padding)")
            #expect(reading.fault == nil, "\(padding)")
        }
        // What must be seen.
        for count in 0...80 {
            let padding = String(repeating: "x", count: count)
            for mark in ["<PubmedArticle>", "<PubmedBookArticle>", "<DeleteCitation>"] {
                let reading = try read(articleSet("<PubmedArticle>" + padding + mark + padding, article(2)))
                #expect(reading.raw.last?.ordinal == 3 && reading.problems.count == 2, "\(count) \(mark)")
            }
        }
    }

    @Test func `malformed XML in one record leaves the others`() throws {
        let bad = article(2, "<ArticleTitle>a <i>b</ArticleTitle>")
        let text = articleSet(article(1), bad, article(3))
        let reading = try read(text)
        #expect(reading.fault == nil)
        #expect(reading.pmids == [1, 3])
        let problem = try #require(reading.problems.first)
        #expect(reading.problems.count == 1)
        #expect(problem.record == 2)
        #expect(problem.pmid == PMID(2))
        let byte = try #require(problem.byte)
        let start = try #require(byteOffset(of: "<i>b</ArticleTitle>", in: text))
        #expect(abs(byte - start) < 40)
        #expect(
            "\(problem)".contains("record 2 (PMID 2), byte \(byte): malformed XML: Opening and ending tag"))
    }

    @Test(arguments: [
        ("a stray &", "<ArticleTitle>a & b</ArticleTitle>"),
        ("a stray <", "<ArticleTitle>p < 0.05</ArticleTitle>"),
        ("a control byte", "<ArticleTitle>\u{1}</ArticleTitle>"), ("an attribute without quotes", "<a b=c/>"),
        ("the same attribute twice", "<a b='1' b='2'/>"), ("a character out of range", "<a>&#xFFFFFF;</a>"),
        ("a document type", "<!DOCTYPE x [<!ENTITY e 'v'>]>&e;"),
    ])
    func `every kind of malformed XML is told`(what: String, inner: String) throws {
        let reading = try read(articleSet(article(1), article(2, inner), article(3)))
        #expect(reading.pmids == [1, 3], "\(what)")
        #expect(reading.problems.map(\.record) == [2], "\(what)")
    }

    @Test func `a record that never closes is set aside with its byte`() throws {
        let open = article(2).replacing("</PubmedArticle>", with: "")
        let text = articleSet(article(1), open, article(3))
        let reading = try read(text)
        #expect(reading.fault == nil)
        #expect(reading.pmids == [1, 3])
        #expect(reading.problems.map(\.reason) == [.notClosed])
        #expect(reading.problems.map(\.record) == [2])
        #expect(reading.problems.first?.byte == byteOffset(of: open, in: text))
        #expect(reading.raw.map(\.ordinal) == [1, 3])
    }

    @Test(arguments: ["<!-- never closed ", "<![CDATA[ never closed ", "<?never closed "])
    func `what never closes in a record does not swallow the records behind it`(opening: String) throws {
        let bad = article(2, "<ArticleTitle>T\(opening)</ArticleTitle>")
        let reading = try read(articleSet(article(1), bad, article(3), article(4)))
        #expect(reading.pmids == [1, 3, 4])
        #expect(reading.problems.map(\.record) == [2])
        #expect(reading.fault == nil)
    }

    @Test func `the end without an end tag is told after all good records`() throws {
        let whole = articleSet(article(1), article(2))
        let cut = try read(String(whole.dropLast(30)))
        #expect(cut.pmids == [1])
        #expect(cut.problems.map(\.reason) == [.notClosed])
        #expect(cut.fault?.kind == .cutShort)

        let bare = try read("<PubmedArticleSet>" + article(1))
        #expect(bare.pmids == [1])
        #expect(bare.problems.isEmpty)
        #expect(bare.fault?.kind == .cutShort)
        #expect(bare.fault?.byte == 18 + article(1).utf8.count)
    }

    @Test func `text and markup between records are reported once and passed over`() throws {
        let reading = try read(articleSet(article(1), "stray <x>text</x>", article(2), "</y>"))
        #expect(reading.pmids == [1, 2])
        #expect(reading.problems.count == 2)
        #expect(reading.problems.allSatisfy { $0.record == nil })
        #expect(reading.fault == nil)
    }

    @Test func `a record above the limit is set aside, and memory is let go`() throws {
        let long = article(2, "<ArticleTitle>\(String(repeating: "x", count: 900_000))</ArticleTitle>")
        let closed = try read(articleSet(article(1), long, article(3)), recordLimit: 300_000)
        #expect(closed.pmids == [1, 3])
        #expect(closed.problems.map(\.reason) == [.recordTooLong(limit: 300_000)])
        #expect(closed.fault == nil)
    }

    @Test(arguments: [
        "<!DOCTYPE html><html><body>503 Service Unavailable</body></html>", "<html/>", "not XML at all",
        "<MedlineCitationSet></MedlineCitationSet>", "   \n", "<?xml version=\"1.0\"?>",
        "<!-- only a comment -->", "<!DOCTYPE PubmedArticleSet [",
    ])
    func `what is no PubMed XML is refused`(text: String) throws {
        let reading = try read(text)
        guard case .notPubMedXML = reading.fault?.kind else {
            Issue.record("\(String(describing: reading.fault))")
            return
        }
    }

    @Test func `an entity bomb is refused before anything is expanded`() throws {
        let bomb = """
            <?xml version="1.0"?>
            <!DOCTYPE PubmedArticleSet [
              <!ENTITY a "aaaaaaaaaaaaaaaa">
              <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
            ]>
            <PubmedArticleSet>\(article(1, "<ArticleTitle>&b;</ArticleTitle>"))</PubmedArticleSet>
            """
        let reading = try read(bomb)
        #expect(reading.fault?.kind == .entityDeclaration)
        #expect(reading.records.isEmpty)
    }

    @Test func `a record made by hand cannot declare or fetch entities`() throws {
        let bytes = Array(
            """
            <!DOCTYPE PubmedArticle [<!ENTITY a SYSTEM "file:///etc/hostname">]>
            \(article(1, "<ArticleTitle>x&a;y</ArticleTitle>"))
            """.utf8)
        let record = RawRecord(file: "f", ordinal: 1, byteOffset: 0, kind: .citation, bytes: bytes)
        #expect(throws: RecordProblem.self) { try CitationParser().parse(record) }
    }

    @Test func `another encoding is refused by its name`() throws {
        let reading = try read("<?xml version='1.0' encoding='ISO-8859-1'?><PubmedArticleSet/>")
        #expect(reading.fault?.kind == .unsupportedEncoding("ISO-8859-1"))
    }

    /// The same text in pieces of any size, which stored gzip members of random sizes make, gives the same records.
    @Test(arguments: 0..<60 as Range<UInt64>)
    func `the size of pieces does not matter`(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        var text = try fixtureBytes("awkward.xml")
        if seed % 3 == 1 {
            text.removeSubrange(text.count / 2..<text.count / 2 + Int.random(in: 1...999, using: &dice))
        }
        if seed % 3 == 2 { text.removeLast(Int.random(in: 1...text.count - 1, using: &dice)) }
        let whole = Reading(path: try folder.file("whole.xml", text))
        var members: [UInt8] = []
        var position = 0
        while position < text.count {
            let count = min(text.count - position, Int.random(in: 1...400, using: &dice))
            members += storedGzip(Array(text[position..<position + count]))
            position += count
        }
        let path = try folder.file("whole.xml.gz", members)
        let pieces = Reading(path: path)
        #expect(pieces.raw.map(\.bytes) == whole.raw.map(\.bytes), "seed \(seed)")
        #expect(pieces.raw.map(\.byteOffset) == whole.raw.map(\.byteOffset), "seed \(seed)")
        #expect(pieces.records == whole.records, "seed \(seed)")
        #expect(pieces.problems.map(\.reason) == whole.problems.map(\.reason), "seed \(seed)")
        #expect(pieces.problems.map(\.byte) == whole.problems.map(\.byte), "seed \(seed)")
        #expect(pieces.fault?.kind == whole.fault?.kind, "seed \(seed)")
    }

    /// One byte of a good file is changed: nothing crashes, and every record that the byte is not in survives.
    @Test(arguments: 0..<150 as Range<UInt64>)
    func `damage in one record costs at most that record`(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let records = (1...5).map {
            article($0, "<ArticleTitle>Title \($0) <i>x</i> &amp; y.</ArticleTitle>")
        }
        let head = "<PubmedArticleSet>"
        var text = Array((head + records.joined() + "</PubmedArticleSet>").utf8)
        let lengths = records.map(\.utf8.count)
        let victim = Int.random(in: 0..<5, using: &dice)
        let start = head.utf8.count + lengths[..<victim].reduce(0, +)
        let place = start + Int.random(in: 0..<lengths[victim], using: &dice)
        text[place] = UInt8.random(in: 0...255, using: &dice)
        let reading = Reading(path: try folder.file("damaged.xml", text))
        let others = (1...5).map { Int64($0) }.filter { $0 != Int64(victim + 1) }
        #expect(reading.pmids.filter { others.contains($0) } == others, "seed \(seed), byte \(place)")
        #expect(reading.fault == nil, "seed \(seed), byte \(place)")
    }
}
