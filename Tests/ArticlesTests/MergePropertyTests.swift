import Articles
import Corpus
import Testing

/// M1 to M10 of the merge over random histories of people and machine.
@Suite struct MergePropertyTests {
    /// The seeds; a history has some thirty steps.
    static let seeds = Array(1...400 as ClosedRange<UInt64>)

    @Test(arguments: seeds)
    func `what must always hold between a night's article and the one before it`(seed: UInt64) throws {
        var world = MergeWorld(seed: seed)
        for step in 0..<30 {
            if step == 0 || Int.random(in: 0..<3, using: &world.generator) == 0 {
                let before = world.record
                let candidates = world.tonight()
                let plan = try world.night(candidates)
                world.note()
                let check = MergeCheck(
                    before: before, plan: plan, after: world.record, candidates: candidates)
                let faults = check.faults()
                #expect(
                    faults.isEmpty,
                    "seed \(seed), step \(step): \(faults)\n\(before.text)\n=====\n\(world.record.text)\n=====\n\(plan.outcomes.values) \(plan.decisions)"
                )
                if !faults.isEmpty { return }
            } else {
                world.edit()
            }
        }
    }
}
