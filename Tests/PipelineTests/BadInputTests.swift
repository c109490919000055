import Corpus
import Foundation
import Pipeline
import Store
import Testing

/// Damaged files, wrong names, places that cannot be written: what was good is kept, the message says where and what to
/// do, and the exit code says how bad it is. Everything goes through the real program.
struct BadInputTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A record of a made-up paper that gives evidence on mouse Igf1r.
    private func record(_ pmid: Int, title: String? = nil, authors: Int = 1) -> String {
        let title = title ?? "Igf1r regulates the number \(pmid) of osteoblasts in mice."
        let author = "<Author><LastName>Sample</LastName><Initials>S</Initials></Author>"
        return """
            <PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">\(pmid)</PMID><Article>\
            <Journal><JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue></Journal>\
            <ArticleTitle>\(title)</ArticleTitle><Abstract><AbstractText>Deletion of Igf1r lowered bone mass in \
            mouse line \(pmid). Insulin activated Igf1r in osteoblasts of mice.</AbstractText></Abstract><AuthorList>\
            \(String(repeating: author, count: authors))</AuthorList></Article><MeshHeadingList><MeshHeading>\
            <DescriptorName UI="D051379">Mice</DescriptorName></MeshHeading></MeshHeadingList>\
            </MedlineCitation></PubmedArticle>\n
            """
    }

    private func articleSet(_ records: String...) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PubmedArticleSet>\n\(records.joined())</PubmedArticleSet>\n"
    }

    /// Runs the pipeline over the files of the folder `in`.
    private func run(_ more: [String: String?] = [:], _ options: [String] = []) throws -> Execution {
        try bioscribe(["run", folder.pipeline(folder("in/*"), more), "--progress", "none"] + options)
    }

    /// The papers of which the database holds evidence.
    private func papers() throws -> Set<Int64> {
        let store = try Store(path: folder("store.sqlite"), access: .readOnly)
        defer { try? store.close() }
        return try Set(
            store.entities().flatMap { try store.material(for: $0)?.citations.keys.map(\.number) ?? [] })
    }

    // MARK: - Damaged files

    @Test func `a truncated gzip gives its good records, and the file beside it is in`() throws {
        let whole = storedGzip(Array(articleSet(record(1), record(2), record(3)).utf8))
        let length = whole.count * 3 / 4
        try folder.file("in/a26n0001.xml.gz", Array(whole.prefix(length)))
        try folder.file("in/a26n0002.xml", articleSet(record(4)))
        let outcome = try run()
        #expect(outcome.code == 3, "\(outcome.error)")
        #expect(
            outcome.output.contains(
                "in/a26n0001.xml.gz: the gzip data end too early, after byte \(length) of the file; fetch it again"
            ))
        #expect(try papers() == [1, 2, 4])
        let problems = try bioscribe(["status", "--problems", "--database", folder("store.sqlite")])
        #expect(problems.output.contains("a26n0001.xml.gz: the gzip data end too early"))
    }

    @Test func `a corrupt byte in the middle is told with its place`() throws {
        let first = storedGzip(Array("<PubmedArticleSet>\(record(1))".utf8))
        var second = storedGzip(Array("\(record(2))</PubmedArticleSet>".utf8))
        second[12] ^= 0x10
        try folder.file("in/a26n0001.xml.gz", first + second)
        try folder.file("in/a26n0002.xml", articleSet(record(4)))
        let outcome = try run()
        #expect(outcome.code == 3)
        let message = try #require(
            outcome.output.firstRange(of: "a26n0001.xml.gz: the gzip data are damaged near byte "))
        let place = try #require(Int(outcome.output[message.upperBound...].prefix { $0.isNumber }))
        #expect((first.count...first.count + second.count).contains(place))
        #expect(try papers() == [1, 4])
    }

    @Test func `malformed XML in one record sets that record aside`() throws {
        let bad = record(2).replacing("</ArticleTitle>", with: "</Title>")
        let text = articleSet(record(1), bad, record(3))
        try folder.file("in/a26n0001.xml.gz", storedGzip(Array(text.utf8)))
        let outcome = try run()
        #expect(outcome.code == 3)
        let line = try #require(outcome.lines.first { $0.contains("malformed XML") })
        #expect(line.contains("in/a26n0001.xml.gz: record 2 (PMID 2), byte "), "\(line)")
        #expect(line.hasSuffix("; set aside"))
        #expect(try papers() == [1, 3])
        // The file is in: the next run passes it over, and ends well.
        let again = try run()
        #expect(again.code == 0)
        #expect(again.output.contains("0 read, 1 known and unchanged"))
    }

    @Test func `invalid UTF-8 sets its record aside, with the byte`() throws {
        var bytes = Array(articleSet(record(1), record(2)).utf8)
        let title = try #require(bytes.ranges(of: Array("number 2".utf8)).last)
        bytes[title.lowerBound] = 0xC3
        try folder.file("in/a26n0001.xml", bytes)
        let outcome = try run()
        #expect(outcome.code == 3)
        #expect(outcome.output.contains("record 2"), "\(outcome.output)")
        #expect(outcome.output.contains("byte \(title.lowerBound): the bytes are not UTF-8; set aside"))
        #expect(try papers() == [1])
    }

    @Test(arguments: [
        ("", "the file is empty; fetch it again"),
        ("404 Not Found", "this is no PubMed XML, plain or gzipped: 404 Not Found"),
    ])
    func `a file with nothing in it is told, and the others are in`(text: String, message: String) throws {
        try folder.file("in/a26n0001.xml.gz", text)
        try folder.file("in/a26n0002.xml", articleSet(record(4)))
        let outcome = try run()
        #expect(outcome.code == 3)
        #expect(outcome.output.contains("in/a26n0001.xml.gz: \(message)"), "\(outcome.output)")
        #expect(try papers() == [4])
        // It is tried again by every run, until it is mended.
        try folder.file("in/a26n0001.xml.gz", articleSet(record(5)))
        #expect(try run().code == 0)
        #expect(try papers() == [4, 5])
    }

    @Test func `a title of 50 megabytes sets its record aside`() throws {
        let title = String(repeating: "Igf1r of mice ", count: 50_000_000 / 14)
        try folder.file("in/a26n0001.xml", articleSet(record(1), record(2, title: title), record(3)))
        let outcome = try run()
        #expect(outcome.code == 3)
        let line = try #require(outcome.lines.first { $0.contains("record 2") })
        #expect(line.contains("is longer than") && line.hasSuffix("; set aside"), "\(line.prefix(300))")
        #expect(outcome.output.utf8.count < 10_000)
        #expect(try papers() == [1, 3])
    }

    @Test func `ten thousand authors are no reason to stop`() throws {
        try folder.file("in/a26n0001.xml", articleSet(record(1), record(2, authors: 10_000), record(3)))
        let outcome = try run()
        #expect(outcome.code == 0, "\(outcome.output)")
        #expect(try papers() == [1, 2, 3])
        let store = try Store(path: folder("store.sqlite"), access: .readOnly)
        #expect(try store.citation(PMID(2))?.citation.authors.count == 10_000)
        let page = try bioscribe([
            "article", "show", "Igf1r", "--species", "mouse", "--database", folder("store.sqlite"),
        ])
        #expect(page.code == 0)
        #expect(page.output.utf8.count < 20_000, "the list of authors must be cut short on the page")
    }

    // MARK: - Wrong settings: nothing is done, exit code 1

    private func refused(_ outcome: Execution, _ messages: String...) {
        #expect(outcome.code == 1, "\(outcome)")
        #expect(outcome.output == "")
        for message in messages { #expect(outcome.error.contains(message), "\(outcome.error)") }
        #expect(!outcome.error.contains("Usage:"))
    }

    @Test func `an unknown species`() throws {
        try folder.file("in/a26n0001.xml", articleSet(record(1)))
        refused(
            try run(["species": "[mouse, unicorn]"]),
            "the species \"unicorn\" is unknown: give a common name (mouse, human, rat")
        #expect(!FileManager.default.fileExists(atPath: folder("store.sqlite")))
    }

    @Test func `an unknown key of the pipeline, with its line and what was meant`() throws {
        try folder.file("in/a26n0001.xml", articleSet(record(1)))
        // The keys are in alphabetical order: database, dictionaries, files …
        refused(
            try run(["dictionarys": "x"]),
            "pipeline.yaml:3: dictionarys is no key of a pipeline file; did you mean dictionaries?")
    }

    @Test func `a pipeline file that is missing`() throws {
        refused(
            try bioscribe(["run", folder("none.yaml")]),
            "\(folder("none.yaml")): the pipeline file is missing or cannot be read")
    }

    @Test func `a list of files that matches nothing`() throws {
        refused(try run(), "pipeline.yaml:3: files: no file matches \(folder("in/*"))")
        refused(
            try run([:], ["--files", folder("other/*.gz")]), "no file matches \(folder("other/*.gz"))")
        #expect(!FileManager.default.fileExists(atPath: folder("store.sqlite")))
    }

    @Test func `dictionaries that are not there, or hold nothing, or are damaged`() throws {
        try folder.file("in/a26n0001.xml", articleSet(record(1)))
        refused(
            try run(["dictionaries": folder("none")]),
            "pipeline.yaml:2: dictionaries: there is no folder \(folder("none"))")
        try folder.file("empty/README.txt", "Nothing of use.\n")
        refused(try run(["dictionaries": folder("empty")]), folder("empty"))
        let genes = Workshop.path("Dictionaries/genes/Mus_musculus.gene_info.gz")
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: genes)))
        let damaged = try folder.file(
            "damaged/Mus_musculus.gene_info.gz", Array(bytes.prefix(bytes.count / 2)))
        refused(
            try run(["dictionaries": folder("damaged")]), damaged,
            "the gzip data end too early, after byte \(bytes.count / 2) of the file")
    }

    @Test func `a database of a newer program, of another program, and what is none`() throws {
        try folder.file("in/a26n0001.xml", articleSet(record(1)))
        #expect(try run().code == 0)
        // The schema's number is in the header of the file, bytes 60 to 63 (SQLite's file format, 1.3).
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: folder("store.sqlite"))))
        bytes.replaceSubrange(60..<64, with: [0, 0, 0, 99])
        let newer = try folder.file("newer.sqlite", bytes)
        let message = "\(newer): the database has schema 99, this program knows schemas up to "
        refused(try run(["database": newer]), message, "use the program that wrote it or a newer one")
        refused(try bioscribe(["status", "--database", newer]), message)
        let text = try folder.file("text.sqlite", String(repeating: "This is no database. ", count: 100))
        refused(try run(["database": text]), "\(text): the file is not an SQLite database")
        refused(
            try bioscribe(["search", "insulin", "--database", folder("none.sqlite")]),
            "\(folder("none.sqlite")): there is no such database: make it with bioscribe run")
    }

    @Test func `a folder of pages that cannot be written: what was read is kept`() throws {
        try folder.file("in/a26n0001.xml", articleSet(record(1)))
        try folder.file("in-the-way", "")
        refused(
            try run(["output": folder("in-the-way/wiki")]), folder("in-the-way/wiki"),
            "make the folder writable or choose another one, and run again")
        #expect(try papers() == [1])
        let status = try bioscribe(["status", "--database", folder("store.sqlite")])
        #expect(status.output.contains("failed"))
        // Mended, the next run does what is left, though no file is new.
        let again = try run()
        #expect(again.code == 0, "\(again.error)")
        #expect(FileManager.default.fileExists(atPath: folder("wiki/index.html")))
    }

    @Test func `a database that cannot be made`() throws {
        try folder.file("in/a26n0001.xml", articleSet(record(1)))
        try folder.file("in-the-way", "")
        refused(try run(["database": folder("in-the-way/a.sqlite")]), folder("in-the-way"))
    }

    // MARK: - Wrong usage: exit code 64

    @Test(arguments: [
        ["run"], ["run", "a.yaml", "--jobs", "0"], ["run", "a.yaml", "--jobs", "many"],
        ["run", "a.yaml", "--progress", "loud"], ["run", "a.yaml", "--unknown"], ["seed"],
        ["tag", "--format", "xml"],
        ["segment", "--input-format", "pdf"], ["article", "show"],
        ["article", "show", "X", "--format", "pdf"],
        ["search"], ["fly"], ["export", "csv"], ["seed", "--species", "mouse", "--jobs", "0"],
        ["search", "x", "--limit", "0"],
    ])
    func `wrong usage is told on standard error, with exit code 64`(arguments: [String]) throws {
        let outcome = try bioscribe(arguments)
        #expect(outcome.code == 64, "\(outcome)")
        #expect(outcome.output == "")
        #expect(outcome.error.contains("Usage: bioscribe"))
    }
}
