import Articles
import Corpus
import Testing

/// M11: what the undoing of a run takes back, what it leaves, and what the nights after it do.
struct ArticleUndoTests {
    private let tumours = MergeStage.tumours
    private let mice = MergeStage.mice
    private let ageing = MergeStage.ageing
    private let bones = MergeStage.bones
    private let dorfin = MergeStage.dorfin

    @Test func `M11 what an undone run put in waits until the dictionary is another one`() throws {
        var stage = try MergeStage([tumours])
        let tonight = [tumours, mice, bones]
        try stage.night(tonight)
        let tokens = [mice, bones].map { stage.tokens($0) }
        let plan = try #require(try stage.undo(2))
        #expect(stage.record.text == stage.texts[0])
        #expect(stage.record.history.tokens(ofRevision: 1) == stage.tokens)
        #expect(plan.decisions(mice) == ["withdraw ", "hold "])
        #expect(stage.record.contributors.last == MergeStage.operator)
        #expect(stage.state(mice) == .goneMachine)

        let next = try stage.night(tonight)
        #expect(next.outcome(mice) == .held(.undone))
        #expect(next.outcome(bones) == .held(.undone))
        #expect(next.outcome(tumours) == .present)
        #expect(!next.isChanged && next.decisions.isEmpty)

        stage.merge.digest = "second"
        let repaired = try stage.night(tonight)
        #expect(repaired.outcome(mice) == .reinstated)
        #expect(repaired.outcome(bones) == .reinstated)
        #expect([mice, bones].map { stage.tokens($0) } == tokens)
        #expect(stage.record.text == stage.texts[1])
        // And with it the heading that went.
        #expect(stage.record.history.tokens(ofRevision: 2) == stage.tokens)
    }

    @Test func `M11 what an undone run put in comes back when a curator releases it`() throws {
        var stage = try MergeStage([tumours])
        try stage.night([tumours, mice])
        try stage.undo(2)
        stage.decide(.release, mice)
        #expect(try stage.night([tumours, mice]).outcome(mice) == .reinstated)
    }

    @Test func `M11 a statement that people changed since the run stays as they left it`() throws {
        var stage = try MergeStage([tumours])
        try stage.night([tumours, mice, ageing])
        try stage.change("Young mice", to: "Young brown mice")
        try stage.change("tumours [@pubmed:1].", to: "tumours [@pubmed:1].\n\nA paragraph of Ada's.")
        let mouse = stage.tokens(mice)
        let plan = try #require(try stage.undo(2))
        #expect(plan.decisions(mice).isEmpty)
        #expect(stage.state(mice) == .touched)
        #expect(mouse.allSatisfy { stage.record.history.isAlive($0) })
        #expect(stage.count("Young brown mice without Igf1r never learn to swim [@pubmed:2].") == 1)
        #expect(stage.count("A paragraph of Ada's.") == 1)
        #expect(stage.state(ageing) == .goneMachine)
        #expect(try stage.night([tumours, mice, ageing]).outcome(mice) == .present)
    }

    @Test func `M11 withdrawals come back and stay under the same dictionary, supported or not`() throws {
        var stage = try MergeStage([tumours, mice, ageing])
        let tokens = stage.tokens
        let text = stage.record.text
        try stage.night([tumours])
        #expect(stage.count("##") == 1)
        let plan = try #require(try stage.undo(2))
        #expect(plan.decisions(mice) == ["reinstate ", "hold "])
        #expect(Set(stage.tokens) == Set(tokens))
        #expect(stage.record.text == text)
        #expect([mice, ageing].allSatisfy { stage.state($0) == .intact })

        let same = try stage.night([tumours])
        #expect(!same.isChanged && same.decisions.isEmpty)
        stage.merge.digest = "second"
        let repaired = try stage.night([tumours, ageing])
        #expect(repaired.decisions(mice) == ["withdraw unsupported"])
        #expect(repaired.outcome(ageing) == .present)
        #expect(stage.state(mice) == .goneMachine)
    }

    @Test func `M11 a section that the run had emptied comes back with its heading`() throws {
        var stage = try MergeStage([tumours, ageing, dorfin])
        let text = stage.record.text
        let tokens = stage.tokens
        try stage.night([tumours, dorfin])
        #expect(stage.count("## Biological context") == 0)
        try stage.undo(2)
        #expect(stage.record.text == text)
        #expect(stage.tokens == tokens)
    }

    @Test func `M11 a superseding is taken back, the old word with its identity`() throws {
        let wrong = MergeStage.statement("Loss of Igf1r delais the growth of velmar tumours.", pmid: 1)
        var stage = try MergeStage([wrong, mice])
        let (text, tokens) = (stage.record.text, stage.tokens)
        try stage.night([tumours, mice])
        try stage.undo(2)
        #expect(stage.record.text == text)
        #expect(stage.tokens == tokens)
        #expect(stage.state(wrong) == .intact)
        #expect(stage.state(tumours) == .superseded)

        let same = try stage.night([tumours, mice])
        #expect(same.outcome(tumours) == .held(.undone))
        #expect(!same.isChanged && same.decisions.isEmpty)
        stage.merge.digest = "second"
        #expect(try stage.night([tumours, mice]).outcome(tumours) == .superseding(wrong.key))
        #expect(stage.record.text == stage.texts[1])
        #expect(stage.record.history.tokens(ofRevision: 2) == stage.tokens)
    }

    @Test func `M11 the run that made the article is undone, and the next one makes it again`() throws {
        let all = [tumours, mice, ageing, dorfin]
        var stage = try MergeStage(all)
        try stage.undo(1)
        #expect(stage.record.text == "# Igf1r - insulin\\-like growth factor I receptor\n")
        #expect(all.allSatisfy { stage.state($0) == .goneMachine })
        let same = try stage.night(all)
        #expect(all.allSatisfy { same.outcome($0) == .held(.undone) })
        #expect(!same.isChanged)
        stage.merge.digest = "second"
        try stage.night(all)
        #expect(stage.record.text == stage.texts[0])
        #expect(stage.record.history.tokens(ofRevision: 1) == stage.tokens)
    }

    @Test func `M11 undoing twice changes nothing more`() throws {
        let wrong = MergeStage.statement(
            "Igf1r gides the first bones of the hand.", pmid: 4, section: .biological)
        var stage = try MergeStage([tumours, ageing, wrong])
        try stage.night([mice, bones, dorfin])
        #expect(try stage.undo(2) != nil)
        let record = stage.record
        #expect(try stage.undo(2) == nil)
        #expect(stage.record.text == record.text)
        #expect(stage.record.decisions == record.decisions)
        #expect(try stage.undo(99) == nil)
    }

    @Test func `M11 what a later run took out for its own reasons does not come back`() throws {
        var stage = try MergeStage([tumours, mice])
        try stage.night([tumours])
        try stage.night([tumours, mice])
        stage.merge.reasons = [PMID(2): .retracted]
        try stage.night([tumours])
        #expect(try stage.undo(2) == nil)
        #expect(stage.state(mice) == .goneMachine)
        // The later run's own withdrawal is another thing.
        #expect(try stage.undo(4) != nil)
        #expect(stage.state(mice) == .intact)
    }

    @Test func `M11 after an undoing and a new withdrawal the first run has nothing left to undo`() throws {
        var stage = try MergeStage([tumours, mice])
        try stage.night([tumours])
        try stage.undo(2)
        stage.merge.digest = "second"
        try stage.night([tumours])
        #expect(stage.state(mice) == .goneMachine)
        #expect(try stage.undo(2) == nil)
    }

    @Test func `M11 what people rejected or deleted since does not come back`() throws {
        var stage = try MergeStage([tumours, mice, bones, dorfin])
        try stage.night([dorfin])
        stage.decide(.reject, mice)
        // Ada writes a sentence of the run's again, and takes it out again.
        let text = stage.record.text
        stage.save(text + "\n" + MergeStage.bullet(bones) + "\n")
        #expect(stage.state(bones) == .touched, "she vouches for it")
        stage.save(text)
        #expect(stage.state(bones) == .goneHuman)
        try stage.undo(2)
        #expect(stage.state(tumours) == .intact)
        #expect(stage.state(mice) == .goneMachine)
        #expect(stage.state(bones) == .goneHuman)
    }

    @Test func `M11 a heading that a person deleted is not made again by an undoing`() throws {
        var stage = try MergeStage([tumours, ageing, bones])
        try stage.change("## Biological context of Igf1r\n\n", to: "")
        try stage.night([tumours, bones])
        #expect(stage.state(ageing) == .goneMachine)
        let text = stage.record.text
        #expect(try stage.undo(2) == nil)
        #expect(stage.record.text == text)
        #expect(stage.record.heldDigest(of: ageing.key) == nil)
    }

    @Test func `M11 without the title nothing comes back`() throws {
        var stage = try MergeStage([tumours, ageing])
        try stage.night([tumours])
        stage.save("## Notes\n\nAda has thrown all else away.\n")
        let text = stage.record.text
        #expect(try stage.undo(2) == nil)
        #expect(stage.record.text == text)
    }

    @Test func `M11 an undoing does not give a page the title of today where nothing of the run stands`()
        throws
    {
        var stage = try MergeStage([tumours])
        try stage.night([tumours, mice])
        try stage.change(MergeStage.bullet(mice) + "\n", to: "")
        stage.merge.title = "Igf1r, renamed"
        #expect(try stage.undo(2) == nil)
        #expect(stage.record.text == stage.texts[2])
    }
}
