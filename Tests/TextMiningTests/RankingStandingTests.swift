import Corpus
import Testing
import TextMining

/// What an article shows already, beside what is new: pages do not churn because a ranking moved.
struct RankingStandingTests {
    private static func ranker(cap: Int) -> EvidenceRanker {
        var settings = RankingSettings()
        settings.cap = cap
        return EvidenceRanker(
            sections: [.disease, .biological, .anatomical, .analytical], settings: settings)
    }

    /// What stands in the section on diseases: the candidates of these indices.
    private static func standing(
        _ shown: [Int], touched: Set<Int> = [], displacements: Int = 0, margin: Double = 1
    ) -> StandingStatements {
        var standing = StandingStatements()
        for index in shown {
            standing.shown[index] = StandingStatements.Shown(
                section: .disease, mayGo: !touched.contains(index))
        }
        standing.displacements = displacements
        standing.margin = margin
        return standing
    }

    /// Sentences on diseases with these scores, of papers 1, 2 …
    private static func diseases(_ scores: [Double]) -> [RankingCandidate] {
        scores.enumerated().map { RankingTests.candidate(Int64($0.offset + 1), [(.disease, $0.element)]) }
    }

    /// The indices of what is shown.
    private static func shown(_ ranking: EvidenceRanking) -> Set<Int> {
        Set(ranking.selections.map(\.candidate))
    }

    // MARK: - What stands

    @Test func `what stands keeps its place though all others score higher`() {
        let candidates = Self.diseases([3, 9, 8, 7, 2.8])
        let ranker = Self.ranker(cap: 2)
        #expect(Self.shown(ranker.ranking(of: candidates)) == [1, 2])
        let ranking = ranker.ranking(of: candidates, standing: Self.standing([0, 4]))
        #expect(Self.shown(ranking) == [0, 4])
        #expect(ranking.displaced.isEmpty)
        for newcomer in 1...3 {
            guard case .sectionFull = RankingTests.reason(ranking, newcomer) else {
                Issue.record("\(newcomer): \(String(describing: RankingTests.reason(ranking, newcomer)))")
                continue
            }
        }
    }

    @Test(arguments: [(2.5, true), (2.0, true), (1.9, false)])
    func `what stands may score a little less than a newcomer must`(score: Double, stays: Bool) {
        let candidates = Self.diseases([score, 2.4])
        let ranking = Self.ranker(cap: 5).ranking(of: candidates, standing: Self.standing([0]))
        #expect(Self.shown(ranking) == (stays ? [0] : []))
        #expect(RankingTests.reason(ranking, 0) == (stays ? nil : .belowMinimum(score: score)))
        #expect(RankingTests.reason(ranking, 1) == .belowMinimum(score: 2.4))
    }

    @Test func `what stands stays in its section, though another suits it better now`() {
        let candidates = [RankingTests.candidate(1, [(.disease, 3), (.biological, 9)])]
        let ranker = Self.ranker(cap: 5)
        #expect(ranker.ranking(of: candidates).selections.map(\.section) == [.biological])
        let ranking = ranker.ranking(of: candidates, standing: Self.standing([0]))
        #expect(ranking.selections.map(\.section) == [.disease])
        // Where no rule places it any more, it goes where one does.
        let moved = [RankingTests.candidate(1, [(.biological, 9)])]
        let other = ranker.ranking(of: moved, standing: Self.standing([0]))
        #expect(other.selections.map(\.section) == [.biological])
    }

    @Test func `what no longer stands alone or is over the limit on quotations goes, though it stood`() {
        let candidates = [
            RankingTests.candidate(1, [(.disease, 9)], standsAlone: false),
            RankingTests.candidate(2, [(.disease, 9)]),
        ]
        let ranking = Self.ranker(cap: 5).ranking(
            of: candidates, excluding: [candidates[1].sentence], standing: Self.standing([0, 1]))
        #expect(ranking.selections.isEmpty)
        #expect(RankingTests.reason(ranking, 0) == .doesNotStandAlone)
        #expect(RankingTests.reason(ranking, 1) == .excluded)
    }

    @Test func `a newcomer that says what stands is not shown, but counted as its support`() {
        let text = "Deletion of Igf1r in the muscle of adult mice lowers insulin and protects from obesity."
        let candidates = [
            RankingTests.candidate(1, [(.disease, 3)], text: text),
            RankingTests.candidate(2, [(.disease, 9)], text: "Indeed, " + text.lowercased()),
        ]
        let ranker = Self.ranker(cap: 5)
        #expect(Self.shown(ranker.ranking(of: candidates)) == [1])
        let ranking = ranker.ranking(of: candidates, standing: Self.standing([0]))
        #expect(Self.shown(ranking) == [0])
        #expect(ranking.selections.first?.supportingPapers == 2)
        #expect(RankingTests.reason(ranking, 1) == .sameAs(0))
    }

    // MARK: - What is new

    @Test func `newcomers fill the places that are free, the best first`() {
        let candidates = Self.diseases([3, 3.5, 6, 8, 7, 5])
        let ranking = Self.ranker(cap: 4).ranking(of: candidates, standing: Self.standing([0, 1]))
        #expect(Self.shown(ranking) == [0, 1, 3, 4])
    }

    @Test func `bullets without evidence take places too`() {
        let candidates = Self.diseases([3, 9, 8, 7])
        var standing = Self.standing([0])
        standing.others = [.disease: 2, .biological: 5]
        let ranking = Self.ranker(cap: 4).ranking(of: candidates, standing: standing)
        #expect(Self.shown(ranking) == [0, 1])
        standing.others = [.disease: 4]
        #expect(Self.shown(Self.ranker(cap: 4).ranking(of: candidates, standing: standing)) == [0])
        standing.shown = [:]
        #expect(Self.shown(Self.ranker(cap: 4).ranking(of: candidates, standing: standing)) == [])
    }

    @Test func `what a person took away is never shown, though it scores best`() {
        var standing = Self.standing([1])
        standing.barred = [0]
        let candidates = Self.diseases([9, 3])
        let ranking = Self.ranker(cap: 5).ranking(of: candidates, standing: standing)
        #expect(Self.shown(ranking) == [1])
        #expect(RankingTests.reason(ranking, 0) == .barred)
    }

    // MARK: - Giving way

    @Test func `a newcomer with the margin takes the place of the lowest`() {
        let candidates = Self.diseases([4, 3, 5, 6])
        let ranker = Self.ranker(cap: 3)
        func ranking(margin: Double, displacements: Int = 1) -> EvidenceRanking {
            ranker.ranking(
                of: candidates,
                standing: Self.standing([0, 1, 2], displacements: displacements, margin: margin))
        }
        for margin in [1, 3.0] {
            #expect(Self.shown(ranking(margin: margin)) == [0, 2, 3])
            #expect(ranking(margin: margin).displaced == [1])
        }
        for kept in [ranking(margin: 3.1), ranking(margin: 1, displacements: 0)] {
            #expect(Self.shown(kept) == [0, 1, 2])
            #expect(kept.displaced.isEmpty)
        }
    }

    @Test(arguments: [(0, [0, 1, 2]), (1, [1, 2, 3]), (2, [2, 3, 4]), (9, [3, 4, 5])] as [(Int, [Int])])
    func `no more give way in a night than may`(displacements: Int, shown: [Int]) {
        let candidates = Self.diseases([3, 3.25, 3.5, 9, 8, 7, 6])
        let ranking = Self.ranker(cap: 3).ranking(
            of: candidates, standing: Self.standing([0, 1, 2], displacements: displacements))
        #expect(Self.shown(ranking) == Set(shown))
        #expect(ranking.displaced == Array((0..<3).prefix(displacements)))
    }

    @Test func `the one gives way that is beaten by most, whatever its section`() {
        let candidates = [
            RankingTests.candidate(1, [(.disease, 3)]), RankingTests.candidate(2, [(.disease, 6)]),
            RankingTests.candidate(3, [(.biological, 4)]), RankingTests.candidate(4, [(.biological, 9)]),
        ]
        var standing = Self.standing([0], displacements: 1)
        standing.shown[2] = StandingStatements.Shown(section: .biological, mayGo: true)
        let ranking = Self.ranker(cap: 1).ranking(of: candidates, standing: standing)
        #expect(ranking.displaced == [2])
        #expect(Self.shown(ranking) == [0, 3])
    }

    @Test func `what a person touched never gives way`() {
        let candidates = Self.diseases([3, 4, 9])
        let ranker = Self.ranker(cap: 2)
        let second = ranker.ranking(
            of: candidates, standing: Self.standing([0, 1], touched: [0], displacements: 2))
        #expect(second.displaced == [1])
        #expect(Self.shown(second) == [0, 2])
        let none = ranker.ranking(
            of: candidates, standing: Self.standing([0, 1], touched: [0, 1], displacements: 2))
        #expect(none.displaced.isEmpty)
        #expect(Self.shown(none) == [0, 1])
    }

    @Test func `what was to be done takes nobody's place`() {
        let candidates = [
            RankingTests.candidate(1, [(.disease, 3)]),
            RankingTests.candidate(2, [(.disease, 9)], kind: .aim),
        ]
        let ranking = Self.ranker(cap: 1).ranking(
            of: candidates, standing: Self.standing([0], displacements: 1))
        #expect(Self.shown(ranking) == [0])
        #expect(ranking.displaced.isEmpty)
    }

    // MARK: - Properties

    /// Some of the candidates stand, some are barred, and some places are taken.
    private static func standing(
        among candidates: [RankingCandidate], _ random: inout SectionsExamples.Generator
    ) -> StandingStatements {
        var standing = StandingStatements()
        for (index, candidate) in candidates.enumerated() {
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1:
                guard let place = candidate.evidence.placements.randomElement(using: &random) else { break }
                standing.shown[index] = StandingStatements.Shown(
                    section: place.section, mayGo: Bool.random(using: &random))
            case 2: standing.barred.insert(index)
            default: break
            }
        }
        standing.others = [.disease: Int.random(in: 0...3, using: &random)]
        standing.displacements = Int.random(in: 0...3, using: &random)
        standing.margin = Double(Int.random(in: 0...2, using: &random))
        return standing
    }

    @Test func `the order of the evidence has no influence on what stands and what gives way`() {
        var random = SectionsExamples.Generator(seed: 45)
        let ranker = Self.ranker(cap: 3)
        var displaced = 0
        for round in 0..<200 {
            let candidates = RankingTests.mixture(&random)
            let standing = Self.standing(among: candidates, &random)
            let order = candidates.indices.shuffled(using: &random)
            var moved = standing
            moved.shown = [:]
            moved.barred = []
            for (new, old) in order.enumerated() {
                moved.shown[new] = standing.shown[old]
                if standing.barred.contains(old) { moved.barred.insert(new) }
            }
            let one = ranker.ranking(of: candidates, standing: standing)
            let other = ranker.ranking(of: order.map { candidates[$0] }, standing: moved)
            #expect(
                one.selections.map(\.candidate) == other.selections.map { order[$0.candidate] },
                "seed 45, round \(round)")
            #expect(
                one.selections.map(\.section) == other.selections.map(\.section), "seed 45, round \(round)")
            #expect(one.selections.map(\.score) == other.selections.map(\.score), "seed 45, round \(round)")
            #expect(one.displaced == other.displaced.map { order[$0] }, "seed 45, round \(round)")
            #expect(
                one.leftOut.map(\.candidate) == other.leftOut.map { order[$0.candidate] },
                "seed 45, round \(round)")
            displaced += one.displaced.count
        }
        #expect(displaced > 20)
    }

    @Test func `every ranking beside what stands keeps the promises`() {
        var random = SectionsExamples.Generator(seed: 46)
        let ranker = Self.ranker(cap: 3)
        for round in 0..<200 {
            let candidates = RankingTests.mixture(&random)
            let standing = Self.standing(among: candidates, &random)
            let ranking = ranker.ranking(of: candidates, standing: standing)
            let shown = Self.shown(ranking)
            #expect(shown.isDisjoint(with: standing.barred), "seed 46, round \(round)")
            #expect(ranking.displaced.count <= standing.displacements, "seed 46, round \(round)")
            for one in ranking.displaced {
                #expect(standing.shown[one]?.mayGo == true && !shown.contains(one), "seed 46, round \(round)")
            }
            for section in ranker.sections {
                let there = ranking.selections.filter { $0.section == section }
                let old = there.count { standing.shown[$0.candidate]?.section == section }
                #expect(
                    there.count == old || there.count + (standing.others[section] ?? 0) <= 3,
                    "a newcomer found no free place: seed 46, round \(round)")
            }
            // Shown again beside itself, nothing changes, whichever night brought what.
            var settled = standing
            settled.displacements = 0
            settled.shown = Dictionary(
                uniqueKeysWithValues: ranking.selections.map {
                    ($0.candidate, StandingStatements.Shown(section: $0.section, mayGo: true))
                })
            let again = ranker.ranking(of: candidates, standing: settled)
            #expect(again.selections == ranking.selections, "seed 46, round \(round)")
        }
    }
}
