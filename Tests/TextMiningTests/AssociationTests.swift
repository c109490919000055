import Corpus
import Testing
import TextMining

/// Entity and concept together against chance. The reference values were computed by hand from the four cells of the
/// table: G² = 2 Σ O ln(O / E).
struct AssociationTests {
    private static let gene = EntityID(prefix: "ncbigene", local: "16001")
    private static let concept = EntityID(prefix: "mesh", local: "D003920")

    private static func evidence(_ pmid: Int64, naming concepts: [EntityID], sentence: Int = 0) -> Evidence {
        Evidence(
            pmid: PMID(pmid), version: 1, passage: 1, passageKind: .abstract, sentence: sentence,
            range: TextRange(sentence * 10, sentence * 10 + 10), text: "Some words", entity: gene,
            mentions: ([gene] + concepts).map {
                Mention(
                    passage: 1, range: TextRange(sentence * 10, sentence * 10 + 4), kind: .disease,
                    entity: $0,
                    dictionaryName: "words")
            },
            qualities: SentenceQualities(),
            placements: [
                Placement(
                    section: .disease, rule: "disease",
                    triggers: [
                        Trigger(range: TextRange(0, 4), concept: concept.curie),
                        Trigger(range: TextRange(0, 4), concept: "disease"),
                    ], parts: [])
            ])
    }

    @Test func `the ratio is that of the four counts`() throws {
        // 10 papers on the gene, 20 that name the concept, 4 of both, 1,000 in all: 0.2 expected.
        let statistics = ConceptStatistics(
            number: 1, citations: 1000, counts: [Self.gene: 10, Self.concept: 20])
        let evidence = (1...10).map { Self.evidence(Int64($0), naming: $0 <= 4 ? [Self.concept] : []) }
        let meter = AssociationMeter(
            statistics, evidence: evidence.lazy.map { ($0, $0.pmid) }, on: Self.gene)
        let found = try #require(meter.association(of: evidence[0].placements[0]))
        #expect(found.concept == Self.concept)
        #expect(found.papers == 4)
        #expect(abs(found.expected - 0.2) < 1e-12)
        #expect(abs(found.significance - 18.8743) < 0.001, "\(found.significance)")
        #expect(found.doublings == 4)
    }

    @Test func `one paper has one vote, however often it says so`() throws {
        let statistics = ConceptStatistics(
            number: 1, citations: 100_000, counts: [Self.gene: 2, Self.concept: 2])
        let evidence = (0..<9).map { Self.evidence(7, naming: [Self.concept], sentence: $0) }
        let found = try #require(
            AssociationMeter(
                statistics, evidence: evidence.lazy.map { ($0, $0.pmid) }, on: Self.gene
            ).association(with: Self.concept))
        #expect(found.papers == 1)
        #expect(found.significance > Association.least)
        #expect(found.doublings == 0)
    }

    @Test func `what is no more than chance is worth nothing`() throws {
        let statistics = ConceptStatistics(
            number: 1, citations: 100, counts: [Self.gene: 50, Self.concept: 60])
        let evidence = (1...50).map { Self.evidence(Int64($0), naming: $0 <= 20 ? [Self.concept] : []) }
        let found = try #require(
            AssociationMeter(
                statistics, evidence: evidence.lazy.map { ($0, $0.pmid) }, on: Self.gene
            ).association(with: Self.concept))
        #expect(found.expected == 30)
        #expect(found.doublings == 0)
    }

    @Test func `evidence that is newer than the statistics does not upset them`() throws {
        let statistics = ConceptStatistics(number: 1, citations: 3, counts: [:])
        let evidence = (1...8).map { Self.evidence(Int64($0), naming: [Self.concept]) }
        let found = try #require(
            AssociationMeter(
                statistics, evidence: evidence.lazy.map { ($0, $0.pmid) }, on: Self.gene
            ).association(with: Self.concept))
        #expect(found.papers == 8)
        #expect(found.significance.isFinite)
        #expect(found.significance >= 0)
    }

    /// More papers with both, all else being equal, are never less significant, once they are more than chance.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `significance grows with the papers`(seed: UInt64) {
        var random = SectionsExamples.Generator(seed: seed)
        for _ in 0..<200 {
            let all = Int.random(in: 50...100_000, using: &random)
            let first = Int.random(in: 2...min(40, all / 2), using: &random)
            let second = Int.random(in: first...(all / 2), using: &random)
            let statistics = ConceptStatistics(
                number: 1, citations: all, counts: [Self.gene: first, Self.concept: second])
            var last = 0.0
            for together in 1...first {
                let evidence = (1...first).map {
                    Self.evidence(Int64($0), naming: $0 <= together ? [Self.concept] : [])
                }
                let meter = AssociationMeter(
                    statistics, evidence: evidence.lazy.map { ($0, $0.pmid) }, on: Self.gene)
                guard let found = meter.association(with: Self.concept),
                    Double(together) > found.expected
                else { continue }
                #expect(
                    found.significance >= last, "seed \(seed): \(together) of \(first), \(second), \(all)")
                last = found.significance
            }
        }
    }

    /// The tally by numbers is the meter by names, with works in a row or not.
    @Test(arguments: [4, 5, 6] as [UInt64], [false, true])
    func `a tally finds what the meter finds`(seed: UInt64, areGrouped: Bool) {
        var random = SectionsExamples.Generator(seed: seed)
        let concepts = (0..<6).map { EntityID(prefix: "mesh", local: "D\($0)") }
        for _ in 0..<100 {
            var numbers: [Int64: Int] = [:]
            var counts: [EntityID: Int] = [Self.gene: Int.random(in: 1...30, using: &random)]
            for (number, concept) in concepts.enumerated() where Bool.random(using: &random) {
                let count = Int.random(in: 1...50, using: &random)
                (counts[concept], numbers[Int64(number)]) = (count, count)
            }
            let statistics = ConceptStatistics(
                number: 1, citations: Int.random(in: 1...5000, using: &random), counts: counts)
            let evidence = (0..<Int.random(in: 1...60, using: &random)).map { index in
                let pmid = areGrouped ? Int64(index / 3) : Int64.random(in: 0...25, using: &random)
                return Self.evidence(pmid, naming: concepts.filter { _ in Bool.random(using: &random) })
            }
            let meter = AssociationMeter(
                statistics, evidence: evidence.lazy.map { ($0, $0.pmid) }, on: Self.gene)
            var tally = AssociationTally(statistics, counts: numbers, on: Self.gene, areGrouped: areGrouped)
            for piece in evidence {
                tally.addPiece(from: piece.pmid)
                for mention in piece.mentions {
                    guard let number = concepts.firstIndex(of: mention.entity) else { continue }
                    tally.add(Int64(number), from: piece.pmid)
                }
            }
            for (number, concept) in concepts.enumerated() {
                #expect(
                    tally.doublings(of: Int64(number)) == meter.association(with: concept)?.doublings ?? 0,
                    "seed \(seed)")
            }
        }
    }
}
