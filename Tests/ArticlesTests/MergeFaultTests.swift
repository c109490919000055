import Articles
import Corpus
import Testing

/// A test that the tests bite: merges with a fault each, seeded on purpose, must be found out by the invariants that
/// `MergePropertyTests` asks of the real one.
@Suite struct MergeFaultTests {
    /// A fault that a merge may have.
    enum Fault: String, CaseIterable {
        case noTombstone, tombstoneWithNewTokens, withdrawsEditedText, arrivalOrder,
            writesIntoAPersonsParagraph
        case alwaysCommits, putsEditedSentencesInAgain, makesDeletedHeadingsAgain

        /// The invariants of which one at least must find it.
        var finders: Set<String> {
            switch self {
            case .noTombstone, .tombstoneWithNewTokens: ["M2"]
            case .withdrawsEditedText: ["M6", "M1"]
            case .arrivalOrder: ["M4"]
            case .writesIntoAPersonsParagraph: ["M1b", "M5"]
            case .alwaysCommits: ["M10"]
            case .putsEditedSentencesInAgain: ["alive"]
            case .makesDeletedHeadingsAgain: ["M2b"]
            }
        }
    }

    @Test(arguments: Fault.allCases)
    func `a seeded fault is found out`(fault: Fault) throws {
        var found: Set<String> = []
        for seed in 1...60 as ClosedRange<UInt64> {
            var world = MergeWorld(seed: seed)
            for step in 0..<25 {
                if step > 0, Int.random(in: 0..<3, using: &world.generator) != 0 {
                    world.edit()
                    continue
                }
                let before = world.record
                let candidates = world.tonight()
                if let plan = Self.plan(candidates, for: before, with: fault) {
                    var after = before
                    // A plan that the history itself refuses is found out, too.
                    do { try after.apply(plan, by: .run(99)) } catch { found.insert("history") }
                    found.formUnion(
                        MergeCheck(before: before, plan: plan, after: after, candidates: candidates).faults())
                }
                _ = try world.night(candidates)
                world.note()
            }
        }
        #expect(!found.isDisjoint(with: fault.finders), "\(fault) gave \(found.sorted())")
    }

    /// What a merge with a fault would do; nil where the fault has no occasion.
    private static func plan(
        _ candidates: [MergeCandidate], for record: ArticleRecord, with fault: Fault
    ) -> MergePlan? {
        let merge = MergeWorld.merge
        switch fault {
        case .noTombstone:
            return merge.plan(
                candidates, for: altered(record) { $0.contributors = $0.contributors.map { _ in .run(1) } })
        case .tombstoneWithNewTokens:
            return merge.plan(
                candidates,
                for: altered(record) { parts in
                    parts.instances.removeAll { record.state(of: $0.key) == .goneHuman }
                })
        case .putsEditedSentencesInAgain:
            return merge.plan(
                candidates,
                for: altered(record) { parts in
                    parts.instances.removeAll { record.state(of: $0.key) == .touched }
                })
        case .makesDeletedHeadingsAgain:
            return merge.plan(
                candidates,
                for: altered(record) { parts in
                    parts.headings = parts.headings.filter { _, runs in
                        runs.identities.contains { record.history.isAlive($0) }
                    }
                })
        case .arrivalOrder:
            let order = candidates.enumerated().map { index, one in
                var one = one
                one.rank = index
                return one
            }
            let plan = merge.plan(order, for: record)
            return plan == merge.plan(candidates, for: record) ? nil : plan
        case .alwaysCommits:
            var plan = merge.plan(candidates, for: record)
            plan.isChanged = true
            return plan
        case .withdrawsEditedText:
            let tonight = Set(candidates.map(\.key))
            let touched = record.instances.keys.sorted().first {
                record.state(of: $0) == .touched && !tonight.contains($0)
            }
            guard let touched, let instance = record.instances[touched] else { return nil }
            var plan = merge.plan([], for: record)
            let gone = Set(instance.tokens.identities)
            let kept = record.history.tokensOfNewest.filter { !gone.contains($0) }
            plan.text = kept.map { record.history.string(of: $0) }.joined(separator: " ")
            plan.identities = kept.map(Optional.some)
            (plan.isChanged, plan.insertions, plan.headings) = (true, [], [:])
            return plan
        case .writesIntoAPersonsParagraph:
            let tokens = record.history.tokensOfNewest
            let place = tokens.indices.dropLast().first {
                record.contributor(of: tokens[$0]).isHuman && record.contributor(of: tokens[$0 + 1]).isHuman
            }
            guard let place else { return nil }
            var plan = merge.plan(candidates, for: record)
            var words = tokens.map { record.history.string(of: $0) }
            var identities = tokens.map(Optional.some)
            words.insert("machine", at: place + 1)
            identities.insert(nil, at: place + 1)
            plan.text = words.joined(separator: " ")
            plan.identities = identities
            (plan.isChanged, plan.insertions, plan.headings, plan.decisions) = (true, [], [:], [])
            return plan
        }
    }

    /// What an article is made of, for a copy of it that lies.
    private struct Parts {
        var contributors: [Contributor]
        var instances: [StatementInstance]
        var headings: [SectionID: TokenRuns]
    }

    private static func altered(_ record: ArticleRecord, _ change: (inout Parts) -> Void) -> ArticleRecord {
        var parts = Parts(
            contributors: record.contributors, instances: record.instances.values.sorted { $0.key < $1.key },
            headings: record.headings)
        change(&parts)
        return record.replacing(
            contributors: parts.contributors, instances: parts.instances, headings: parts.headings)
    }
}
