import Corpus
import Testing
import TextMining

/// What an article shows, and why not the rest. All sentences were written for these tests.
struct RankingTests {
    private static let words = [
        "kidney", "liver", "growth", "mice", "binding", "factor", "neurons", "tumours", "loss", "levels",
        "receptor",
        "deletion", "fasting", "embryos", "cells", "muscle", "insulin", "cortex", "repair", "stress",
        "ageing",
    ]

    /// A candidate whose sentence is unlike any other unless a text is given.
    static func candidate(
        _ pmid: Int64, _ places: [(SectionID, Double)], text: String? = nil, start: Int = 0, passage: Int = 1,
        year: Int? = 2000, kind: SentenceKind = .finding, standsAlone: Bool = true, concept: String? = nil
    ) -> RankingCandidate {
        var random = SectionsExamples.Generator(seed: UInt64(pmid) &* 1000 &+ UInt64(start))
        let text =
            text
            ?? (0..<12).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
            + " \(pmid) \(start)."
        let triggers = concept.map { [Trigger(range: TextRange(start, start + 1), concept: $0)] } ?? []
        return RankingCandidate(
            evidence: Evidence(
                pmid: PMID(pmid), version: 1, passage: passage,
                passageKind: passage == 0 ? .title : .abstract,
                sentence: 0, range: TextRange(start, start + text.utf8.count), text: text,
                entity: EntityID(prefix: "ncbigene", local: "16001"), mentions: [],
                qualities: SentenceQualities(kind: kind, standsAlone: standsAlone),
                placements: places.map {
                    Placement(
                        section: $0.0, rule: "r", triggers: triggers,
                        parts: [ScorePart(name: ScorePartName.rule, value: $0.1)])
                }),
            year: year)
    }

    private static let ranker = EvidenceRanker(sections: [.disease, .biological, .anatomical, .analytical])

    /// What is shown, as `section pmid@start`.
    static func shown(_ ranking: EvidenceRanking, of candidates: [RankingCandidate]) -> [String] {
        ranking.selections.map {
            let evidence = candidates[$0.candidate].evidence
            return "\($0.section) \(evidence.pmid)@\(evidence.range.start)"
        }
    }

    static func reason(_ ranking: EvidenceRanking, _ candidate: Int) -> LeftOutReason? {
        ranking.leftOut.first { $0.candidate == candidate }?.reason
    }

    @Test func `a section holds its cap, the best, and says what beat the rest`() {
        let candidates = (1...7).map { Self.candidate(Int64($0), [(.disease, Double($0 + 2))]) }
        let ranking = Self.ranker.ranking(of: candidates)
        #expect(
            Self.shown(ranking, of: candidates)
                == ["disease 7@0", "disease 6@0", "disease 5@0", "disease 4@0", "disease 3@0"])
        #expect(Self.reason(ranking, 1) == .sectionFull(beatenBy: 2))
        #expect(Self.reason(ranking, 0) == .sectionFull(beatenBy: 2))
    }

    @Test func `a preprint and its article are one paper`() {
        var preprint = Self.candidate(1, [(.disease, 5)])
        var article = Self.candidate(2, [(.disease, 4)])
        #expect(Self.ranker.ranking(of: [preprint, article]).selections.count == 2)
        preprint.work = PMID(1)
        article.work = PMID(1)
        let ranking = Self.ranker.ranking(of: [preprint, article])
        #expect(Self.shown(ranking, of: [preprint, article]) == ["disease 1@0"])
        #expect(Self.reason(ranking, 1) == .paperHasBullet(0))
        // Saying the same, they are no two witnesses.
        var same = Self.candidate(2, [(.disease, 4)], text: preprint.evidence.text)
        same.work = PMID(1)
        #expect(Self.ranker.ranking(of: [preprint, same]).selections.map(\.supportingPapers) == [1])
        same.work = PMID(2)
        #expect(Self.ranker.ranking(of: [preprint, same]).selections.map(\.supportingPapers) == [2])
    }

    @Test func `a sentence is shown once, where it scores best`() {
        let candidates = [Self.candidate(1, [(.biological, 3), (.disease, 4), (.anatomical, 3.5)])]
        #expect(Self.shown(Self.ranker.ranking(of: candidates), of: candidates) == ["disease 1@0"])
    }

    @Test func `a sentence that finds no room stands in a section that suits it nearly as well`() {
        var candidates = (1...5).map { Self.candidate(Int64($0), [(.disease, 9)]) }
        candidates.append(Self.candidate(6, [(.disease, 5), (.biological, 4), (.anatomical, 3)]))
        candidates.append(Self.candidate(7, [(.disease, 5), (.anatomical, 3)]))
        let ranking = Self.ranker.ranking(of: candidates)
        #expect(Self.shown(ranking, of: candidates).last == "biological 6@0")
        #expect(Self.reason(ranking, 6) == .sectionFull(beatenBy: 4))
    }

    @Test func `a paper gives one bullet to a section`() {
        let candidates = [
            Self.candidate(1, [(.disease, 5)]), Self.candidate(1, [(.disease, 4)], start: 200),
            Self.candidate(1, [(.biological, 3)], start: 400),
        ]
        let ranking = Self.ranker.ranking(of: candidates)
        #expect(Self.shown(ranking, of: candidates) == ["disease 1@0", "biological 1@400"])
        #expect(Self.reason(ranking, 1) == .paperHasBullet(0))
    }

    @Test func `of near-duplicates one is shown, and says how many papers say the same`() {
        let text = "Deletion of Igf1r in the muscle of adult mice lowers insulin and protects from obesity"
        let candidates = [
            Self.candidate(1, [(.disease, 5)], text: text + "."),
            Self.candidate(2, [(.disease, 4)], text: "We show that " + text.lowercased() + "."),
            Self.candidate(2, [(.biological, 3)], text: text + "!", start: 300),
            Self.candidate(
                3, [(.disease, 3)], text: "Igf1r is deleted in the muscle of some mice of this colony."),
        ]
        let ranking = Self.ranker.ranking(of: candidates)
        #expect(Self.shown(ranking, of: candidates) == ["disease 1@0", "disease 3@0"])
        #expect(ranking.selections[0].supportingPapers == 2)
        #expect(ranking.selections[0].supporters == [1, 2])
        #expect(ranking.selections[0].additions.last == ScorePart(name: ScorePartName.papers, value: 0.2))
        #expect(Self.reason(ranking, 1) == .sameAs(0))
        #expect(Self.reason(ranking, 2) == .sameAs(0))
        #expect(ranking.selections[1].supportingPapers == 1)
    }

    @Test func `a sentence that does not stand alone is never shown`() {
        let candidates = [Self.candidate(1, [(.disease, 9)], standsAlone: false)]
        let ranking = Self.ranker.ranking(of: candidates)
        #expect(ranking.selections.isEmpty)
        #expect(ranking.leftOut == [LeftOut(candidate: 0, section: .disease, reason: .doesNotStandAlone)])
    }

    @Test func `a title is shown only where no sentence of its abstract says it`() {
        let title = "Deletion of Igf1r protects adult mice from obesity."
        let same =
            "In conclusion, the deletion of Igf1r in fat tissue protects mice from diet-induced obesity."
        let other = "Liver weight rose with age."
        let said = [
            Self.candidate(1, [(.disease, 9)], text: title, passage: 0, kind: .title),
            Self.candidate(1, [(.disease, 4)], text: same),
        ]
        let ranking = Self.ranker.ranking(of: said)
        #expect(Self.shown(ranking, of: said) == ["disease 1@0"])
        #expect(ranking.selections.first?.candidate == 1)
        #expect(Self.reason(ranking, 0) == .saidInAbstract(by: 1))

        let unsaid = [said[0], Self.candidate(1, [(.disease, 4)], text: other)]
        #expect(Self.ranker.ranking(of: unsaid).selections.map { $0.candidate } == [0])
        let elsewhere = [said[0], Self.candidate(2, [(.disease, 4)], text: same)]
        #expect(Self.ranker.ranking(of: elsewhere).selections.first?.candidate == 0)
    }

    @Test func `findings come before aims and methods, but for the analytical section`() {
        let candidates = [
            Self.candidate(1, [(.disease, 9)], kind: .aim), Self.candidate(2, [(.disease, 3)]),
            Self.candidate(3, [(.analytical, 9)], kind: .method), Self.candidate(4, [(.analytical, 3)]),
        ]
        #expect(
            Self.shown(Self.ranker.ranking(of: candidates), of: candidates)
                == ["disease 2@0", "disease 1@0", "analytical 3@0", "analytical 4@0"])
    }

    @Test func `the same concept again gives way to another one`() {
        var settings = RankingSettings()
        settings.cap = 2
        let ranker = EvidenceRanker(sections: [.disease], settings: settings)
        let candidates = [
            Self.candidate(1, [(.disease, 5)], concept: "mesh:D1"),
            Self.candidate(2, [(.disease, 4.9)], concept: "mesh:D1"),
            Self.candidate(3, [(.disease, 4.7)], concept: "mesh:D2"),
        ]
        let ranking = ranker.ranking(of: candidates)
        #expect(Self.shown(ranking, of: candidates) == ["disease 1@0", "disease 3@0"])
        let both = EvidenceRanker(sections: [.disease]).ranking(of: Array(candidates.prefix(2)))
        #expect(both.selections[1].additions.last == ScorePart(name: ScorePartName.diversity, value: -0.3))
    }

    @Test func `equal scores are ordered by year, then citation, then place`() {
        let candidates = [
            Self.candidate(9, [(.disease, 5)], year: 2001), Self.candidate(8, [(.disease, 5)], year: 2001),
            Self.candidate(1, [(.disease, 5)], year: nil), Self.candidate(7, [(.disease, 5)], year: 2002),
        ]
        #expect(
            Self.shown(Self.ranker.ranking(of: candidates), of: candidates)
                == ["disease 7@0", "disease 8@0", "disease 9@0", "disease 1@0"])
    }

    @Test func `what the store knows adds to the score`() {
        var candidates = [Self.candidate(1, [(.disease, 5)]), Self.candidate(2, [(.disease, 4)])]
        // 1,023 and a half: nine doublings of 1 + significance, a tenth each, and 0.8 at most.
        candidates[1].associations = [
            Association(
                concept: EntityID(prefix: "mesh", local: "D003920"), papers: 40, expected: 1,
                significance: 1023.5)
        ]
        var settings = RankingSettings()
        settings.association = 0.5
        settings.associationMost = 2
        let ranking = EvidenceRanker(sections: Self.ranker.sections, settings: settings).ranking(
            of: candidates)
        #expect(Self.shown(ranking, of: candidates) == ["disease 2@0", "disease 1@0"])
        #expect(ranking.selections[0].score == 6)
    }

    @Test func `a sentence without section, below the minimum or excluded is left out for that reason`() {
        var settings = RankingSettings()
        settings.minimumScore = 2
        let ranker = EvidenceRanker(sections: [.disease], settings: settings)
        let candidates = [
            Self.candidate(1, []), Self.candidate(2, [(.disease, 1)]), Self.candidate(3, [(.disease, 5)]),
            Self.candidate(4, [(.biological, 5)]),
        ]
        let ranking = ranker.ranking(of: candidates, excluding: [candidates[2].sentence])
        #expect(ranking.selections.isEmpty)
        #expect(
            ranking.leftOut.map { $0.reason } == [.noSection, .belowMinimum(score: 1), .excluded, .noSection])
    }

    /// Candidates with everything that a ranking looks at: many ties, duplicates, titles, aims, several sections.
    static func mixture(_ random: inout SectionsExamples.Generator) -> [RankingCandidate] {
        let sections: [SectionID] = [.disease, .biological, .anatomical, .analytical]
        var made: [RankingCandidate] = []
        for start in 0..<Int.random(in: 0..<60, using: &random) {
            let places = sections.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random)).map {
                ($0, Double(Int.random(in: 1...6, using: &random)))
            }
            let isCopy = Int.random(in: 0..<4, using: &random) == 0
            made.append(
                candidate(
                    Int64.random(in: 1...15, using: &random), places,
                    text: isCopy ? made.randomElement(using: &random)?.evidence.text : nil,
                    start: start * 100,
                    passage: Int.random(in: 0...2, using: &random),
                    year: Bool.random(using: &random) ? nil : Int.random(in: 1999...2001, using: &random),
                    kind: SentenceKind.allCases.randomElement(using: &random) ?? .finding,
                    standsAlone: Int.random(in: 0..<5, using: &random) > 0,
                    concept: ["mesh:A", "mesh:B", nil].randomElement(using: &random) ?? nil))
        }
        return made
    }

    @Test func `the order of the evidence has no influence`() {
        var random = SectionsExamples.Generator(seed: 42)
        for round in 0..<200 {
            let candidates = Self.mixture(&random)
            let shuffled = candidates.shuffled(using: &random)
            let one = Self.ranker.ranking(of: candidates)
            let other = Self.ranker.ranking(of: shuffled)
            #expect(
                Self.shown(one, of: candidates) == Self.shown(other, of: shuffled), "seed 42, round \(round)")
            #expect(one.selections.map { $0.score } == other.selections.map { $0.score })
            #expect(
                one.selections.map { $0.supportingPapers } == other.selections.map { $0.supportingPapers })
            #expect(
                one.leftOut.map { candidates[$0.candidate].sentence }
                    == other.leftOut.map { shuffled[$0.candidate].sentence })
        }
    }

    @Test func `every ranking keeps the promises`() {
        var random = SectionsExamples.Generator(seed: 43)
        let likeness = SentenceLikeness()
        for round in 0..<200 {
            let candidates = Self.mixture(&random)
            let ranking = Self.ranker.ranking(of: candidates)
            let indices = ranking.selections.map { $0.candidate } + ranking.leftOut.map { $0.candidate }
            #expect(indices.sorted() == Array(candidates.indices), "seed 43, round \(round)")
            for section in Self.ranker.sections {
                let there = ranking.selections.filter { $0.section == section }
                #expect(there.count <= 5)
                #expect(Set(there.map { candidates[$0.candidate].evidence.pmid }).count == there.count)
            }
            for (place, one) in ranking.selections.enumerated() {
                #expect(candidates[one.candidate].evidence.qualities.standsAlone)
                for other in ranking.selections.dropFirst(place + 1) {
                    var shingles = SentenceShingles()
                    for text in [one, other].map({ candidates[$0.candidate].evidence.text }) {
                        shingles.append(text.utf8Span.span)
                    }
                    #expect(!likeness.areAlike(0, 1, in: shingles))
                }
            }
        }
    }
}

/// The limit on quotations from one abstract, over all articles.
struct RankingQuotationLimitTests {
    private static func quotation(
        _ article: String, _ pmid: Int64, _ start: Int, _ score: Double, passage: PassageKind = .abstract
    ) -> QuotationLimit.Quotation {
        QuotationLimit.Quotation(
            article: EntityID(prefix: "ncbigene", local: article),
            sentence: SentenceKey(
                pmid: PMID(pmid), passage: passage == .title ? 0 : 1, range: TextRange(start, start + 10)),
            passage: passage, score: score)
    }

    @Test func `three sentences of an abstract are shown, the best, whichever article shows them`() {
        let quotations = [
            Self.quotation("1", 1, 0, 5), Self.quotation("2", 1, 20, 4), Self.quotation("1", 1, 40, 6),
            Self.quotation("3", 1, 60, 3), Self.quotation("3", 2, 60, 1),
        ]
        #expect(QuotationLimit().struck(from: quotations) == [quotations[3].sentence])
    }

    @Test func `the same sentence in many articles counts once`() {
        let quotations =
            (1...9).map { Self.quotation("\($0)", 1, 0, 9) }
            + [Self.quotation("1", 1, 20, 2), Self.quotation("2", 1, 40, 1)]
        #expect(QuotationLimit().struck(from: quotations).isEmpty)
    }

    @Test func `titles are no quotation of the abstract`() {
        let quotations = [
            Self.quotation("1", 1, 0, 9, passage: .title), Self.quotation("1", 1, 0, 2),
            Self.quotation("1", 1, 20, 1),
        ]
        #expect(QuotationLimit(sentencesPerAbstract: 2).struck(from: quotations).isEmpty)
    }

    @Test func `the order of the articles has no influence, and the limit holds`() {
        var random = SectionsExamples.Generator(seed: 44)
        for round in 0..<100 {
            let quotations = (0..<80).map { _ in
                Self.quotation(
                    "\(Int.random(in: 1...6, using: &random))", Int64.random(in: 1...5, using: &random),
                    Int.random(in: 0...9, using: &random) * 20, Double(Int.random(in: 1...3, using: &random)))
            }
            let struck = QuotationLimit().struck(from: quotations)
            #expect(
                QuotationLimit().struck(from: quotations.shuffled(using: &random)) == struck,
                "seed 44, round \(round)")
            var kept: [PMID: Set<SentenceKey>] = [:]
            for quotation in quotations where !struck.contains(quotation.sentence) {
                kept[quotation.sentence.pmid, default: []].insert(quotation.sentence)
            }
            #expect(kept.values.allSatisfy { $0.count <= 3 })
        }
    }
}
