import Corpus
import Store
import Testing

/// Counts of concepts over everything that was read.
struct StatisticsTests {
    private static let concepts = (1...6).map { EntityID(prefix: "mesh", local: "D00000\($0)") }

    /// The counts, from the newest version of each citation, by looking at all files at once.
    private static func counts(_ files: [LatestWinsTests.RandomFile]) -> (Int, [EntityID: Int]) {
        let winners = LatestWinsTests.winners(files)
        var counts: [EntityID: Int] = [:]
        for concept in winners.values.flatMap(\.concepts) { counts[concept, default: 0] += 1 }
        return (winners.count, counts)
    }

    @Test(arguments: 0..<30)
    func `revised and deleted citations are counted as if they had never been there`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var files = (1...5).map { LatestWinsTests.RandomFile.random($0, content: 0, using: &generator) }
        for file in files.indices {
            for citation in files[file].citations.indices {
                files[file].citations[citation].concepts = Self.concepts.filter { _ in
                    Bool.random(using: &generator)
                }
                // Most citations have no evidence, and count all the same.
                if Bool.random(using: &generator) { files[file].citations[citation].evidence = [] }
            }
        }
        let store = try Store()
        let run = try store.beginRun(Samples.origin)
        #expect(try store.statistics() == nil)
        try LatestWinsTests.write(files.shuffled(using: &generator), of: files, to: store, run: run)
        #expect(try store.refreshStatistics(ifChangedBy: 0.1, dictionary: "one", run: run))
        let (citations, counts) = Self.counts(files)
        let found = try #require(try store.statistics())
        #expect(found.number == 1)
        #expect(found.citations == citations, "seed \(seed)")
        #expect(found.counts == counts, "seed \(seed)")
        #expect(try store.damage() == [])
    }

    @Test func `counts stand still until enough has changed`() throws {
        let store = try Store()
        let run = try store.beginRun(Samples.origin)
        func write(_ number: Int, _ citations: Int) throws {
            let read = (0..<citations).map { record in
                var citation = Samples.simple(
                    Int64(number * 1000 + record), title: "Title \(record)", record: record)
                citation.concepts = [Self.concepts[0]]
                return citation
            }
            _ = try store.write(
                FileExtraction(
                    file: Samples.file("pubmed26n000\(number).xml.gz"),
                    batch: ExtractionBatch(citations: read, entities: Samples.entities),
                    totals: FileTotals(citations: citations)), run: run)
        }
        try write(1, 40)
        #expect(try store.refreshStatistics(ifChangedBy: 0.05, dictionary: "one", run: run))
        try write(2, 2)
        // Two more than forty are just five in a hundred: not more.
        #expect(try !store.refreshStatistics(ifChangedBy: 0.05, dictionary: "one", run: run))
        #expect(try store.statistics()?.counts == [Self.concepts[0]: 40])
        try write(3, 1)
        #expect(try store.refreshStatistics(ifChangedBy: 0.05, dictionary: "one", run: run))
        #expect(
            try store.statistics()
                == ConceptStatistics(number: 2, citations: 43, counts: [Self.concepts[0]: 43]))
        // Another dictionary names other concepts.
        #expect(try store.refreshStatistics(ifChangedBy: 0.05, dictionary: "two", run: run))
        #expect(try store.statistics()?.number == 3)
    }

    @Test func `a preprint and its article are counted as one work, which names what either does`() throws {
        let store = try Store()
        let run = try store.beginRun(Samples.origin)
        func citation(_ pmid: Int64, linked: (CorrectionType, Int64)?, _ concepts: [Int])
            -> CitationExtraction
        {
            var extraction = Samples.simple(pmid, title: "Title \(pmid)", record: Int(pmid))
            if let linked {
                extraction.citation.corrections = [
                    Correction(type: linked.0, pmid: PMID(linked.1), source: "Test Journal")
                ]
            }
            // Works count whether their citations are kept or not.
            if pmid != 3 { extraction.evidence = [] }
            extraction.concepts = concepts.map { Self.concepts[$0] }
            return extraction
        }
        let read = [
            citation(1, linked: (.updateIn, 3), [0, 1]), citation(2, linked: nil, [0]),
            citation(3, linked: (.updateOf, 1), [0, 2]), citation(4, linked: nil, [2]),
        ]
        _ = try store.write(
            FileExtraction(
                file: Samples.file("pubmed26n0001.xml.gz"),
                batch: ExtractionBatch(citations: read, entities: Samples.entities),
                totals: FileTotals(citations: read.count)), run: run)
        #expect(try store.refreshStatistics(ifChangedBy: 0.05, dictionary: "one", run: run))
        #expect(
            try store.statistics()
                == ConceptStatistics(
                    number: 1, citations: 3,
                    counts: [Self.concepts[0]: 2, Self.concepts[1]: 1, Self.concepts[2]: 2]))
    }

    @Test func `struck sentences are those of the last seeding`() throws {
        let store = try Store()
        let sentences = (1...3).map {
            SentenceKey(pmid: PMID(Int64($0)), passage: 1, range: TextRange(0, 10 * $0))
        }
        #expect(try store.struckSentences() == [])
        try store.writeStruckSentences(Set(sentences))
        #expect(try store.struckSentences() == Set(sentences))
        try store.writeStruckSentences([sentences[1]])
        #expect(try store.struckSentences() == [sentences[1]])
    }
}
