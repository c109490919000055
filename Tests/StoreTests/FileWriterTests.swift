import Corpus
import Foundation
import Store
import Testing

struct FileWriterTests {
    static func batch(_ citations: [CitationExtraction]) -> ExtractionBatch {
        ExtractionBatch(citations: citations, entities: Samples.entities)
    }

    @Test func `batches of a file come in as a whole`() throws {
        let folder = try TemporaryFolder()
        let store = try Store(path: folder.file("a.sqlite"))
        let run = try store.beginRun(Samples.origin)
        let writer = try store.beginFile(Samples.file("folder/pubmed26n0001.xml.gz"), run: run)
        try writer.append(Self.batch([Samples.simple(1, title: "One", record: 0)]))
        #expect(try store.evidence(in: PMID(1)) == [], "readers see nothing of an open file")
        try writer.append(
            ExtractionBatch(
                citations: [Samples.simple(2, title: "Two", record: 1)],
                problems: [
                    Problem(record: 2, pmid: PMID(3), byte: 4711, reason: "the title is longer than 1 MB"),
                    Problem(reason: "the file is truncated"),
                ]))
        let totals = FileTotals(inflatedSize: 999, citations: 3, books: 1, sentences: 4, mentions: 6)
        let outcome = try writer.commit(deletions: [PMID(8)], totals: totals)
        #expect(outcome.citationsKept == 2)
        #expect(outcome.evidenceKept == 4)
        #expect(try Samples.evidence(of: store).count == 4)

        let entry = try #require(try store.ledger().first)
        #expect(entry.file == Samples.file("folder/pubmed26n0001.xml.gz"))
        #expect(entry.file.name == "pubmed26n0001.xml.gz")
        #expect(entry.totals == totals)
        #expect((entry.deleted, entry.setAside, entry.evidence) == (1, 2, 4))
        let problems = try store.problems(file: "pubmed26n0001.xml.gz")
        #expect(problems.map(\.problem.byte) == [4711, nil])
        #expect(problems.map(\.problem.pmid) == [PMID(3), nil])
        #expect(problems.first?.problem.reason == "the title is longer than 1 MB")
        let status = try store.status(digests: Samples.digests)
        #expect((status.files, status.citationsRead, status.citationsKept) == (1, 3, 2))
        #expect((status.evidence, status.entities, status.problems, status.filesOutOfDate) == (4, 2, 2, 0))
        var digests = Samples.digests
        digests.dictionary = "dictionary-2"
        #expect(try store.status(digests: digests).filesOutOfDate == 1)
    }

    @Test func `a file that fails halfway leaves no trace`() throws {
        let store = try Store()
        let run = try store.beginRun(Samples.origin)
        let good = FileExtraction(
            file: Samples.file("a1.xml"), batch: Self.batch([Samples.simple(1, title: "One", record: 0)]))
        _ = try store.write(good, run: run)
        let before = try Samples.evidence(of: store)

        // The file replaces the good one, and then breaks off.
        let writer = try store.beginFile(Samples.file("a1.xml", content: "changed"), run: run)
        try writer.append(Self.batch([Samples.simple(1, title: "Changed", record: 0)]))
        var wrong = Samples.simple(2, title: "Two", record: 1)
        wrong.evidence[0].evidence.range = TextRange(1, 3)
        #expect(throws: StoreError.self) { try writer.append(Self.batch([wrong])) }
        #expect(throws: StoreError.writerClosed(file: "a1.xml")) { try writer.commit() }
        #expect(try Samples.evidence(of: store) == before)
        #expect(try store.isKnown(good.file))
        #expect(try store.damage() == [])

        // The store can be written again, with strings that the failed file had numbered first.
        _ = try store.write(
            FileExtraction(
                file: Samples.file("a2.xml"), batch: Self.batch([Samples.simple(2, title: "Two", record: 0)])),
            run: run)
        #expect(try Samples.evidence(of: store).count == 4)
    }

    @Test func `a writer that is let go or given up leaves no trace, and only one is open at a time`() throws
    {
        let store = try Store()
        let run = try store.beginRun(Samples.origin)
        do {
            let writer = try store.beginFile(Samples.file("a1.xml"), run: run)
            try writer.append(Self.batch([Samples.simple(1, title: "One", record: 0)]))
            #expect(throws: StoreError.fileInProgress(name: "a1.xml")) {
                try store.beginFile(Samples.file("a2.xml"), run: run)
            }
            #expect(throws: StoreError.fileInProgress(name: "a1.xml")) { try store.endRun(run, .done) }
        }
        #expect(try store.ledger() == [])
        let writer = try store.beginFile(Samples.file("a2.xml"), run: run)
        writer.rollBack()
        #expect(throws: StoreError.writerClosed(file: "a2.xml")) { try writer.append(Self.batch([])) }
        #expect(try store.ledger() == [])
        try store.endRun(run, .done, counts: ["citations": 3], summary: "all well")
        #expect(try store.runs().first?.counts == ["citations": 3])
        #expect(try store.runs().first?.status == .done)
    }

    @Test func `a process that is killed in the middle of a file leaves the database as it was`() async throws
    {
        // One fixed path: the child process cannot see the variables of this function.
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("store-killed.sqlite").path
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        await #expect(processExitsWith: .signal(9)) {
            let path = FileManager.default.temporaryDirectory.appendingPathComponent("store-killed.sqlite")
                .path
            let store = try Store(path: path)
            let run = try store.beginRun(Samples.origin)
            _ = try store.write(
                FileExtraction(
                    file: Samples.file("a1.xml"),
                    batch: FileWriterTests.batch([Samples.simple(1, title: "One", record: 0)])), run: run)
            let writer = try store.beginFile(Samples.file("a2.xml"), run: run)
            // More than SQLite's cache holds, so that pages of the open transaction are in the log already.
            let ballast = String(repeating: "ballast ", count: 4096)
            for record in 0..<3000 {
                var citation = Samples.simple(Int64(1 + record), title: "Number \(record)", record: record)
                citation.citation.vernacularTitle = ballast
                try writer.append(FileWriterTests.batch([citation]))
            }
            kill(getpid(), SIGKILL)
        }
        let log = try FileHandle(forReadingFrom: URL(fileURLWithPath: path + "-wal"))
        #expect(try log.seekToEnd() > 1_000_000, "nothing of the open transaction had reached the disk")
        let store = try Store(path: path, access: .existing)
        #expect(try store.damage() == [])
        #expect(try store.ledger().map(\.file.name) == ["a1.xml"])
        #expect(try Samples.evidence(of: store).count == 2)
        // The next run marks the killed one, and ends as an undisturbed one would.
        let run = try store.beginRun(Samples.origin)
        #expect(try store.runs().map(\.status) == [.running, .failed])
        _ = try store.write(
            FileExtraction(
                file: Samples.file("a2.xml"), batch: Self.batch([Samples.simple(1, title: "New", record: 0)])),
            run: run)
        #expect(try store.citation(PMID(1))?.citation.title == "New")
        try store.close()
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    /// Ways in which evidence can disagree with its citation.
    static let faults: [(String, @Sendable (inout CitationExtraction) -> Void)] = [
        ("another PMID", { $0.evidence[0].evidence.pmid = PMID(9) }),
        ("another version", { $0.evidence[0].evidence.version = 3 }),
        ("no such passage", { $0.evidence[0].evidence.passage = 5 }),
        ("another kind of passage", { $0.evidence[0].evidence.passageKind = .abstract }),
        ("another text", { $0.evidence[0].evidence.text = "β" }),
        ("the same text, composed otherwise", { $0.evidence[0].evidence.text = "\u{3B2}e\u{301}" }),
        (
            "a range that cuts a scalar",
            {
                $0.evidence[0].evidence.range = TextRange(1, 4)
                $0.evidence[0].evidence.text = "\u{FFFD}é"
            }
        ),
        ("a range beyond the passage", { $0.evidence[0].evidence.range = TextRange(0, 5) }),
        ("a mention outside the sentence", { $0.evidence[0].evidence.mentions[0].range = TextRange(0, 5) }),
        ("a mention that cuts a scalar", { $0.evidence[0].evidence.mentions[0].range = TextRange(0, 1) }),
        (
            "a trigger outside the passage",
            {
                $0.evidence[0].evidence.placements[0].triggers[0].range = TextRange(2, 9)
            }
        ),
        ("evidence that comes twice", { $0.evidence.append($0.evidence[0]) }),
    ]

    @Test(arguments: faults.indices)
    func `evidence that does not agree with its citation is refused`(fault: Int) throws {
        let citation = Citation(pmid: PMID(1), title: "β\u{E9}")
        var extraction = Samples.extraction(
            citation, record: 0, [Samples.evidence(citation, passage: 0, about: Samples.igf1r)])
        let store = try Store()
        let run = try store.beginRun(Samples.origin)
        Self.faults[fault].1(&extraction)
        #expect(throws: StoreError.self, "\(Self.faults[fault].0)") {
            try store.write(
                FileExtraction(file: Samples.file("a1.xml"), batch: Self.batch([extraction])), run: run)
        }
        #expect(try Samples.evidence(of: store) == [])
    }

    @Test func `an entity that was never handed over, a run that never began, and a bad digest are named`()
        throws
    {
        let store = try Store()
        let citation = Samples.simple(1, title: "One", record: 0)
        let extraction = FileExtraction(
            file: Samples.file("a1.xml"), batch: ExtractionBatch(citations: [citation]))
        #expect(throws: StoreError.unknownRun(1)) { try store.write(extraction, run: 1) }
        let run = try store.beginRun(Samples.origin)
        #expect(throws: StoreError.unknownEntity(Samples.igf1r.id)) { try store.write(extraction, run: run) }
        var file = Samples.file("a1.xml")
        file.sha256 = "ABC"
        #expect(throws: StoreError.malformedDigest("ABC")) { try store.beginFile(file, run: run) }
    }
}

struct SeriesNameTests {
    @Test(arguments: [
        ("pubmed26n0001.xml.gz", "pubmed", 26, 1), ("/srv/pubmed/pubmed27n1400.xml.gz", "pubmed", 27, 1400),
        ("sample26n0002.xml", "sample", 26, 2), ("pubmed26n12345.xml.gz", "pubmed", 26, 12345),
    ])
    func `names of numbered series are taken apart`(name: String, prefix: String, year: Int, ordinal: Int)
        throws
    {
        let series = try #require(SeriesName(name))
        #expect((series.prefix, series.year, series.ordinal) == (prefix, year, ordinal))
        #expect(name.hasSuffix(series.name(ofOrdinal: ordinal)))
    }

    @Test(arguments: [
        "pubmed.xml", "n0001.xml", "pubmed2026n0001.xml.gz", "pubmed26n0000.xml", "a1.xml", "", "26n0001",
    ])
    func `other names are of no series`(name: String) {
        #expect(SeriesName(name) == nil)
    }
}
