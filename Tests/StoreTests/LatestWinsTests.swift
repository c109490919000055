import Corpus
import Store
import Testing

/// DESIGN.md, section 4: the evidence after all files equals the evidence built from only the newest version of
/// every citation, whatever the order in which the files were written.
struct LatestWinsTests {
    /// A source file made up at random.
    struct RandomFile {
        var name: String
        var content: Int
        var citations: [CitationExtraction]
        var deletions: [PMID]

        var file: SourceFile { Samples.file(name, content: "\(content)") }
        var extraction: FileExtraction {
            FileExtraction(
                file: file, batch: ExtractionBatch(citations: citations, entities: Samples.entities),
                deletions: deletions, totals: FileTotals(citations: citations.count))
        }

        static func random(_ number: Int, content: Int, using generator: inout SeededGenerator) -> RandomFile
        {
            var citations: [CitationExtraction] = []
            for record in 0..<Int.random(in: 0...8, using: &generator) {
                let pmid = Int64.random(in: 1...9, using: &generator)
                let version = Int.random(in: 1...10, using: &generator) > 8 ? 2 : 1
                let title = "Title of \(pmid) in file \(number), content \(content), record \(record)"
                var citation = Samples.simple(pmid, version: version, title: title, record: record)
                // Some revisions no longer carry evidence, some less.
                citation.evidence.removeLast(Int.random(in: 0...2, using: &generator))
                citations.append(citation)
            }
            let deletions = (1...9).filter { _ in Int.random(in: 0..<10, using: &generator) == 0 }
            return RandomFile(
                name: "pubmed26n000\(number).xml.gz", content: content, citations: citations,
                deletions: deletions.map { PMID(Int64($0)) })
        }
    }

    /// The naive twin: looks at all files at once, in file order.
    static func newest(_ files: [RandomFile]) -> [IdentifiedEvidence] {
        winners(files).values.flatMap(\.evidence).sorted {
            ($0.evidence.pmid, $0.evidence.passage) < ($1.evidence.pmid, $1.evidence.passage)
        }
    }

    /// The newest version of each citation.
    static func winners(_ files: [RandomFile]) -> [PMID: CitationExtraction] {
        var winners: [PMID: CitationExtraction] = [:]
        for file in files.sorted(by: { $0.name < $1.name }) {
            for citation in file.citations {
                if let current = winners[citation.citation.pmid],
                    current.citation.version > citation.citation.version
                {
                    continue
                }
                winners[citation.citation.pmid] = citation
            }
            for pmid in file.deletions { winners[pmid] = nil }
        }
        return winners
    }

    /// Writes files as a pipeline does: those given, then those that the store wants again, until it wants none.
    static func write(_ files: [RandomFile], of all: [RandomFile], to store: Store, run: Int) throws {
        for file in files { _ = try store.write(file.extraction, run: run) }
        var rounds = 0
        while true {
            let names = try store.filesToReread()
            if names.isEmpty { break }
            rounds += 1
            try #require(rounds <= all.count, "reading again does not come to an end")
            for name in names {
                let file = try #require(all.first { $0.name == name })
                #expect(try store.standing(of: file.file) == .mustReread)
                _ = try store.write(file.extraction, run: run)
            }
        }
    }

    @Test(arguments: 0..<40)
    func `the newest version of every citation is what remains, in any order of files`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var files = (1...6).map { RandomFile.random($0, content: 0, using: &generator) }
        let store = try Store()
        let run = try store.beginRun(Samples.origin)
        try Self.write(files.shuffled(using: &generator), of: files, to: store, run: run)
        #expect(try Samples.evidence(of: store) == Self.newest(files), "seed \(seed)")

        // A file changes under its name; its old contribution goes, what it had hidden comes back.
        for round in 1...2 {
            let place = Int.random(in: 0..<files.count, using: &generator)
            files[place] = RandomFile.random(place + 1, content: round, using: &generator)
            #expect(try store.standing(of: files[place].file) != .current)
            try Self.write([files[place]], of: files, to: store, run: run)
            #expect(try Samples.evidence(of: store) == Self.newest(files), "seed \(seed), after a change")
        }

        // Writing everything once more changes nothing.
        try Self.write(files.shuffled(using: &generator), of: files, to: store, run: run)
        #expect(try Samples.evidence(of: store) == Self.newest(files), "seed \(seed), once more")
        for file in files { #expect(try store.isKnown(file.file)) }
        #expect(try store.damage() == [])
    }

    @Test func `a deletion holds for earlier files, and a later file may bring the citation again`() throws {
        let store = try Store()
        let run = try store.beginRun(Samples.origin)
        func write(_ number: Int, _ citations: [CitationExtraction], delete: [PMID] = []) throws
            -> FileOutcome
        {
            try store.write(
                FileExtraction(
                    file: Samples.file("pubmed26n000\(number).xml.gz"),
                    batch: ExtractionBatch(citations: citations, entities: Samples.entities),
                    deletions: delete), run: run)
        }
        let first = try write(1, [Samples.simple(7, title: "As published", record: 0)])
        #expect(first.citationsKept == 1)
        #expect(first.evidenceKept == 2)
        let third = try write(3, [], delete: [PMID(7)])
        #expect(third.replaced == 1)
        #expect(try store.citation(PMID(7)) == nil)
        let second = try write(2, [Samples.simple(7, title: "Revised before it was deleted", record: 0)])
        #expect(second.superseded == 1)
        #expect(try store.citation(PMID(7)) == nil)
        _ = try write(4, [Samples.simple(7, title: "Back again", record: 0)])
        #expect(try store.citation(PMID(7))?.citation.title == "Back again")
    }

    @Test func `entities are pending when evidence about them comes or goes`() throws {
        let store = try Store()
        let first = try store.beginRun(Samples.origin)
        let file = FileExtraction(
            file: Samples.file("a1.xml"),
            batch: ExtractionBatch(
                citations: [Samples.simple(1, title: "One", record: 0)], entities: Samples.entities))
        _ = try store.write(file, run: first)
        #expect(
            try store.entities(EntitySelection(pendingOnly: true)) == [Samples.igf1r.id, Samples.irs1.id])
        #expect(try store.entities(EntitySelection(taxon: .human)) == [], "an entity without evidence")
        try store.save(
            [
                Samples.draft(Samples.igf1r, text: "1", statement: "One"),
                Samples.draft(Samples.irs1, text: "1", statement: "One"),
            ], run: first)
        #expect(try store.entities(EntitySelection(pendingOnly: true)) == [])

        let second = try store.beginRun(Samples.origin)
        _ = try store.write(
            FileExtraction(file: Samples.file("a2.xml"), batch: ExtractionBatch(), deletions: [PMID(1)]),
            run: second)
        let pending = try store.entities(EntitySelection(kind: .gene, taxon: .mouse, pendingOnly: true))
        #expect(pending == [Samples.igf1r.id, Samples.irs1.id])
        #expect(try store.entities(EntitySelection(touchedBy: second)) == pending)
        #expect(try store.material(for: Samples.igf1r.id)?.evidence == [])
    }

    @Test(arguments: [
        ("pubmed26n0002.xml.gz", "pubmed26n0010.xml.gz"), ("pubmed25n1274.xml.gz", "pubmed26n0001.xml.gz"),
        ("pubmed26n9.xml", "pubmed26n10.xml"), ("baseline/pubmed26n0001.xml.gz", "a/pubmed26n0002.xml.gz"),
        ("a1.xml", "a1b.xml"), ("a01.xml", "a1.xml"), ("sample.xml", "sample-2.xml"), ("ä1.xml", "ä2.xml"),
    ])
    func `files are ordered by the numbers in their names`(earlier: String, later: String) {
        #expect(FileOrder(name: earlier) < FileOrder(name: later))
        #expect(!(FileOrder(name: later) < FileOrder(name: earlier)))
    }
}
