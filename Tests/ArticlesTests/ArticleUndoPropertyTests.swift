import Articles
import Corpus
import Testing

/// What must always hold of the undoing of a run, over random histories of people, nights and undoings.
@Suite struct ArticleUndoPropertyTests {
    /// An article before an undoing and after it.
    private struct Check {
        let before: ArticleRecord
        let run: Contributor
        let plan: MergePlan
        let after: ArticleRecord

        private var oldTokens: [TokenID] { before.history.tokensOfNewest }
        private var newTokens: [TokenID] { after.history.tokensOfNewest }
        private func isOld(_ token: TokenID) -> Bool { Int(token.number) < before.history.tokenCount }
        private func isHuman(_ token: TokenID) -> Bool { before.contributor(of: token).isHuman }
        private func isTaken(_ token: TokenID) -> Bool {
            !before.history.isAlive(token)
                && (before.history.lastRemoval(of: token).map { before.contributors[$0 - 1].isHuman } ?? false)
        }

        func faults() -> [String] {
            var faults: [String] = []
            func check(_ name: String, _ holds: Bool) {
                if !holds { faults.append(name) }
            }
            check("M1", oldTokens.filter(isHuman) == newTokens.filter { isOld($0) && isHuman($0) })
            check("M2", !newTokens.contains { isOld($0) && isTaken($0) })
            check(
                "M2 keys",
                plan.insertions.allSatisfy {
                    before.state(of: $0.key) != .goneHuman && !before.isRejected($0.key)
                })
            check(
                "M2b",
                plan.headings.values.allSatisfy { range in
                    after.history.tokensOfNewest[range].allSatisfy { !isOld($0) || !isTaken($0) }
                })
            check("M2b sections", headingsAreNotMadeAgain())
            check("M6", onlyStatementsOfTheRunLeave())
            check("old words", whatComesBackHasItsOldWords())
            check("new words", newTokens.allSatisfy { isOld($0) || isFrame($0) })
            check(
                "stands",
                plan.decisions.filter { $0.verb == .reinstate }.allSatisfy {
                    after.state(of: $0.key) == .intact
                })
            check(
                "gone",
                plan.decisions.filter { $0.verb == .withdraw }.allSatisfy {
                    after.state(of: $0.key) == .goneMachine
                })
            return faults
        }

        /// No section is opened whose heading a person took away.
        private func headingsAreNotMadeAgain() -> Bool {
            plan.headings.keys.allSatisfy { section in
                let old = before.headings[section]?.identities ?? []
                return old.contains(where: before.history.isAlive) || !old.contains(where: isTaken)
            }
        }

        private func onlyStatementsOfTheRunLeave() -> Bool {
            var allowed = Set(before.headings.values.flatMap(\.identities))
            for change in plan.decisions where change.verb == .withdraw || change.verb == .supersede {
                guard let instance = before.instances[change.key], before.state(of: change.key) == .intact,
                    before.contributors[instance.revision - 1] == run
                else { return false }
                allowed.formUnion(instance.tokens.identities)
            }
            return Set(oldTokens).subtracting(newTokens).allSatisfy {
                allowed.contains($0) || before.history.string(of: $0) == "-" && !isHuman($0)
            }
        }

        private func whatComesBackHasItsOldWords() -> Bool {
            plan.insertions.allSatisfy { insertion in
                words(before.instances[insertion.key]) == words(after.instances[insertion.key])
            }
        }

        private func words(_ instance: StatementInstance?) -> [TokenID]? {
            instance?.tokens.identities.filter { after.history.string(of: $0) != "-" }
        }

        /// Whether a new token is a dash, or belongs to a heading that comes back: words that people took away in the
        /// old one are written anew.
        private func isFrame(_ token: TokenID) -> Bool {
            after.history.string(of: token) == "-"
                || plan.headings.values.contains { newTokens[$0].contains(token) }
        }
    }

    private static func undo(_ run: Int, in world: MergeWorld, _ merge: ArticleMerge) -> MergePlan? {
        let texts = world.texts
        return ArticleUndo(merge).plan(undoing: .run(run), in: world.record) { texts[$0 - 1] }
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `what must always hold between an article and the one in which a run is undone`(seed: UInt64) throws
    {
        var world = MergeWorld(seed: seed)
        var merge = MergeWorld.merge
        for step in 0..<30 {
            if step > 0, Int.random(in: 0..<8, using: &world.generator) == 0 {
                merge.digest = "digest \(step)"
            }
            let kind = step == 0 ? 0 : Int.random(in: 0..<4, using: &world.generator)
            switch kind {
            case 0:
                let before = world.record
                let candidates = world.tonight()
                let plan = try world.night(candidates, merge: merge)
                world.note()
                let check = MergeCheck(
                    before: before, plan: plan, after: world.record, candidates: candidates, merge: merge)
                let faults = check.faults()
                #expect(
                    faults.isEmpty,
                    "seed \(seed), step \(step), night: \(faults)\n\(world.record.text)"
                )
                if !faults.isEmpty { return }
            case 1:
                let run = Int.random(in: 1...world.nights, using: &world.generator)
                let before = world.record
                guard let plan = Self.undo(run, in: world, merge) else { continue }
                try world.record.apply(plan, by: MergeStage.operator)
                world.note()
                var faults = Check(before: before, run: .run(run), plan: plan, after: world.record).faults()
                if Self.undo(run, in: world, merge) != nil { faults.append("twice") }
                faults += try Self.nightFaults(after: plan, in: &world, merge)
                #expect(
                    faults.isEmpty,
                    "seed \(seed), step \(step), run \(run): \(faults)\n\(before.text)\n=====\n\(world.record.text)"
                )
                if !faults.isEmpty { return }
            default: world.edit()
            }
        }
    }

    /// What the next night with the same dictionary changes of what an undoing decided: nothing, neither in a copy on
    /// which nobody has done anything else since, with whatever candidates.
    private static func nightFaults(
        after undoing: MergePlan, in world: inout MergeWorld, _ merge: ArticleMerge
    ) throws -> [String] {
        let decided = Set(undoing.decisions.filter { $0.verb == .hold }.map(\.key))
        var next = world.record
        let plan = merge.plan(world.tonight(), for: next)
        try next.apply(plan, by: .run(1000))
        var faults: [String] = []
        if plan.decisions.contains(where: { decided.contains($0.key) }) { faults.append("decided again") }
        for key in decided {
            if world.record.state(of: key) != next.state(of: key) { faults.append("changed again") }
            if let outcome = plan.outcomes[key], outcome != .held(.undone), outcome != .present,
                outcome != .rejected
            {
                faults.append("outcome \(outcome)")
            }
        }
        return faults
    }

    @Test(arguments: 1001...1200 as ClosedRange<UInt64>)
    func `a run that is undone at once has changed no word`(seed: UInt64) throws {
        var world = MergeWorld(seed: seed)
        for step in 0..<20 {
            guard step == 0 || Int.random(in: 0..<3, using: &world.generator) == 0 else {
                world.edit()
                continue
            }
            let before = world.record
            _ = try world.night(world.tonight())
            world.note()
            var undone = world.record
            guard let plan = Self.undo(world.nights, in: world, MergeWorld.merge) else { continue }
            try undone.apply(plan, by: MergeStage.operator)
            let (old, new) = (words(before, in: undone), words(undone, in: undone))
            let lost = old.subtracting(new).sorted().map { undone.history.string(of: $0) }
            let gained = new.subtracting(old).sorted().map { undone.history.string(of: $0) }
            #expect(
                lost.isEmpty && gained.isEmpty,
                "seed \(seed), step \(step), lost \(lost), gained \(gained)\n\(before.text)\n=====\n\(undone.text)"
            )
        }
    }

    /// The tokens of an article but for dashes, its machine's headings, and the statements that people do not want back:
    /// they reject them, or took their section or the title away.
    private func words(_ record: ArticleRecord, in undone: ArticleRecord) -> Set<TokenID> {
        func isTaken(_ section: SectionID) -> Bool {
            let tokens =
                undone.headings[section]?.identities.filter { undone.history.string(of: $0) != "#" } ?? []
            return !tokens.contains(where: undone.history.isAlive)
                && tokens.contains { token in
                    undone.history.lastRemoval(of: token).map { undone.contributors[$0 - 1].isHuman } ?? false
                }
        }
        var words = Set(record.history.tokensOfNewest.filter { record.history.string(of: $0) != "-" })
        for runs in undone.headings.values { words.subtract(runs.identities) }
        for (key, instance) in undone.instances
        where undone.isRejected(key) || isTaken(instance.section) || isTaken(.title) {
            words.subtract(instance.tokens.identities)
        }
        return words
    }
}
