import Articles
import Corpus
import Testing

/// The adversarial cases of the merge that people bring about, by their numbers.
struct MergeCaseTests {
    private static let all = [
        MergeStage.tumours, MergeStage.mice, MergeStage.ageing, MergeStage.bones, MergeStage.dorfin,
    ]
    private let tumours = MergeStage.tumours
    private let mice = MergeStage.mice
    private let ageing = MergeStage.ageing
    private let bones = MergeStage.bones
    private let dorfin = MergeStage.dorfin
    private let title = "# Igf1r - insulin\\-like growth factor I receptor\n"
    private let disease = "## Disease relevance of Igf1r"
    private let biological = "## Biological context of Igf1r"

    @Test func `T24 a word that a person puts into a machine sentence is kept by the next night`() throws {
        var stage = try MergeStage([tumours, mice])
        try stage.change("velmar tumours", to: "velmar lung tumours")
        let before = stage
        let plan = try stage.night([tumours, mice, dorfin])
        #expect(plan.outcome(tumours) == .present)
        #expect(stage.state(tumours) == .touched)
        #expect(stage.count("delays the growth of velmar lung tumours [@pubmed:1].") == 1)
        #expect(stage.count("velmar") == 1)
        #expect(stage.tokens.prefix(before.tokens.count) == before.tokens[...])
        let lung = try #require(stage.tokens.first { stage.record.history.string(of: $0) == "lung" })
        #expect(stage.record.contributor(of: lung) == .person("Ada"))
    }

    @Test func `T25 a machine sentence that a person deletes stays away for thirty nights`() throws {
        var stage = try MergeStage([tumours, mice])
        try stage.change(MergeStage.bullet(tumours) + "\n", to: "")
        let text = stage.record.text
        for night in 1...30 {
            // Neither another rank nor another dictionary, nor a night without it, brings it back.
            stage.merge.digest = "dictionary \(night)"
            var again = tumours
            again.rank = night % 3
            let plan = try stage.night(night % 7 == 0 ? [mice] : [again, mice])
            #expect(plan.outcome(tumours) == (night % 7 == 0 ? nil : .tombstone), "night \(night)")
            #expect(stage.record.text == text, "night \(night)")
        }
        #expect(stage.revisions == 2)
        #expect(stage.state(tumours) == .goneHuman)
    }

    @Test func `T35 a plan made before a person saved is refused, and made anew it keeps the save`() throws {
        var stage = try MergeStage([tumours])
        let plan = stage.merge.plan([tumours, dorfin], for: stage.record)
        try stage.change(
            MergeStage.bullet(tumours), to: MergeStage.bullet(tumours) + "\n\nA thought of Ada's.")
        let before = stage.record
        #expect(throws: TokenHistoryError.self) { try stage.record.apply(plan, by: .run(2)) }
        #expect(stage.record.text == before.text)
        #expect(stage.record.history.revisionCount == before.history.revisionCount)
        #expect(stage.record.decisions == before.decisions)
        #expect(stage.record.instances == before.instances)
        try stage.night([tumours, dorfin])
        #expect(stage.count("A thought of Ada's.") == 1)
        #expect(stage.state(dorfin) == .intact)

        // The other way round: the same text.
        var other = try MergeStage([tumours])
        try other.night([tumours, dorfin])
        try other.change(
            MergeStage.bullet(tumours), to: MergeStage.bullet(tumours) + "\n\nA thought of Ada's.")
        #expect(other.record.text == stage.record.text)
    }

    @Test func `T35 a plan that changes no text is refused for another revision, too`() throws {
        var stage = try MergeStage([tumours])
        try stage.change("velmar", to: "velmar lung")
        let plan = stage.merge.plan([], for: stage.record)
        #expect(!plan.isChanged)
        #expect(plan.decisions(tumours) == ["flag unsupported"])
        try stage.change("velmar lung", to: "velmar")
        #expect(throws: TokenHistoryError.self) { try stage.record.apply(plan, by: .run(2)) }
        #expect(stage.record.flag(of: tumours.key) == nil)
    }

    @Test func `T36 a vandal blanks the page, a night runs, an admin reverts`() throws {
        var stage = try MergeStage([tumours, ageing])
        let tokens = stage.tokens
        stage.save("", by: "Vandal")
        let plan = try stage.night(Self.all)
        #expect(!plan.isChanged)
        #expect(plan.outcome(tumours) == .tombstone)
        #expect(plan.outcome(mice) == .held(.noSection))
        #expect(stage.record.text.isEmpty)
        stage.revert(to: 1)
        #expect(stage.tokens == tokens)
        #expect(stage.state(tumours) == .intact)
        let next = try stage.night(Self.all)
        #expect(next.outcome(tumours) == .present)
        #expect(next.outcome(mice) == .inserted)
        let people = stage.record.credits().filter { $0.contributor.kind == .person }
        #expect(people.isEmpty)
    }

    @Test func `T37 what a person reverts of a machine revision stays away`() throws {
        var stage = try MergeStage([tumours])
        try stage.night(Self.all)
        #expect(stage.state(dorfin) == .intact)
        stage.revert(to: 1)
        for night in 1...12 {
            stage.merge.digest = "dictionary \(night)"
            let plan = try stage.night(Self.all)
            #expect(!plan.isChanged, "night \(night)")
            for candidate in Self.all.dropFirst() {
                #expect(plan.outcome(candidate) == .tombstone, "night \(night): \(candidate.sentence)")
            }
        }
        #expect(stage.record.text == stage.texts[0])
        // The heading that the revert took away is not made again for others.
        let other = MergeStage.statement("Igf1r never meets sorrel.", pmid: 9, section: .physical)
        #expect(try stage.night(Self.all + [other]).outcome(other) == .held(.noSection))
        // A revert of the revert lifts all that.
        stage.revert(to: 2)
        #expect(Self.all.allSatisfy { stage.state($0) == .intact })
        #expect(try stage.night(Self.all + [other]).outcome(other) == .inserted)
    }

    // MARK: - Sections

    @Test func `T38 a section that a person renames stays the section that it was`() throws {
        var stage = try MergeStage([tumours, ageing])
        try stage.change(disease, to: "## Disease and Igf1r, a survey")
        let plan = try stage.night([tumours, mice, ageing])
        #expect(plan.outcome(mice) == .inserted)
        #expect(
            stage.count(
                "## Disease and Igf1r, a survey\n\n\(MergeStage.bullet(tumours))\n\(MergeStage.bullet(mice))\n\n## Biological"
            )
                == 1)
        // It stays when all of it goes.
        try stage.night([ageing])
        #expect(stage.count("## Disease and Igf1r, a survey\n") == 1)
        #expect(stage.count("[@pubmed") == 1)
    }

    @Test func `T38 a section that a person deletes is not made again`() throws {
        var stage = try MergeStage([tumours, ageing])
        try stage.change("\(disease)\n\n\(MergeStage.bullet(tumours))\n\n", to: "")
        let plan = try stage.night([tumours, mice, ageing])
        #expect(!plan.isChanged)
        #expect(plan.outcome(tumours) == .tombstone)
        #expect(plan.outcome(mice) == .held(.noSection))
        #expect(stage.count("Disease") == 0)
    }

    @Test func `T38 a heading that a person deletes is not made again, and its bullets stay`() throws {
        var stage = try MergeStage([ageing, dorfin])
        try stage.change("## Physical interactions of Igf1r\n\n", to: "")
        let other = MergeStage.statement("Igf1r never meets sorrel.", pmid: 9, section: .physical)
        let plan = try stage.night([ageing, dorfin, other])
        #expect(!plan.isChanged)
        #expect(plan.outcome(dorfin) == .present)
        #expect(plan.outcome(other) == .held(.noSection))
    }

    @Test func `T38 of a section that a person copies the first remains the machine's`() throws {
        var stage = try MergeStage([tumours, ageing])
        let section = "\(disease)\n\n\(MergeStage.bullet(tumours))\n\n"
        try stage.change(section, to: section + section)
        #expect(stage.state(tumours) == .intact)
        let plan = try stage.night([tumours, mice, ageing])
        #expect(plan.outcome(mice) == .inserted)
        let first = "\(disease)\n\n\(MergeStage.bullet(tumours))\n\(MergeStage.bullet(mice))\n\n\(disease)"
        #expect(stage.count(first) == 1)
        // What the machine takes back is its own; the copy is the person's.
        try stage.night([mice, ageing])
        #expect(stage.count("velmar") == 1)
        #expect(stage.state(tumours) == .goneMachine)
        let copy = try #require(stage.tokens.first { stage.record.history.string(of: $0) == "velmar" })
        #expect(stage.record.contributor(of: copy) == .person("Ada"))
    }

    @Test func `T39 where only people's text is left nothing is put in`() throws {
        var stage = try MergeStage([tumours, ageing])
        stage.save("# A gene of mine\n\n## What it does\n\nIt is all written anew by Ada.\n")
        let text = stage.record.text
        let plan = try stage.night(Self.all)
        #expect(!plan.isChanged)
        #expect(stage.record.text == text)
        #expect(plan.outcome(tumours) == .tombstone)
        #expect(plan.outcome(mice) == .held(.noSection))
        #expect(plan.outcome(dorfin) == .held(.noSection))
    }

    // MARK: - Paragraphs

    @Test(arguments: ["Ada saw this. ", ""], [" Ada doubts it.", ""])
    func `T40 a machine sentence in a person's paragraph goes alone when it is withdrawn`(
        before: String, behind: String
    ) throws {
        var stage = try MergeStage([tumours, mice])
        let sentence = String(MergeStage.bullet(tumours).dropFirst(2))
        let rest = stage.record.text.split(separator: "\n").filter { !$0.contains("velmar") }
        stage.save(rest.joined(separator: "\n\n") + "\n\n" + before + sentence + behind + "\n")
        #expect(stage.state(tumours) == .intact)
        let people = stage.tokens.filter { stage.record.contributor(of: $0).isHuman }
        let plan = try stage.night([mice])
        #expect(plan.decisions(tumours) == ["withdraw unsupported"])
        #expect(stage.count("velmar") == 0)
        #expect(stage.tokens.filter { stage.record.contributor(of: $0).isHuman } == people)
        #expect(stage.state(mice) == .intact)
        let words = (before + behind).split(separator: " ")
        #expect(stage.record.text.split { " \n".contains($0) }.suffix(words.count).elementsEqual(words))
    }

    @Test func `T41 a machine sentence that a person joins with an own one is only marked`() throws {
        var stage = try MergeStage([tumours, mice])
        try stage.change(" tumours [@pubmed:1].", to: " tumours [@pubmed:1], which Ada has seen as well.")
        let text = stage.record.text
        #expect(stage.state(tumours) == .touched)
        let plan = try stage.night([mice])
        #expect(plan.decisions(tumours) == ["flag unsupported"])
        #expect(!plan.isChanged)
        #expect(stage.record.text == text)
        #expect(try stage.night([mice]).decisions.isEmpty)
        #expect(try stage.night([mice, tumours]).decisions(tumours) == ["unflag "])
        #expect(stage.record.text == text)
    }

    @Test func `T43 an article is closed to the machine, and opened again`() throws {
        var stage = try MergeStage([tumours, mice])
        let text = stage.record.text
        stage.record.machinePolicy = .off
        let off = try stage.night([mice, dorfin])
        #expect(off.outcome(dorfin) == .held(.policy))
        #expect(off.decisions.isEmpty)
        #expect(stage.record.text == text)
        stage.record.machinePolicy = .paused
        let paused = try stage.night([mice, dorfin])
        #expect(paused.outcome(dorfin) == .held(.policy))
        #expect(paused.decisions(tumours) == ["withdraw unsupported"])
        #expect(stage.state(tumours) == .goneMachine)
        stage.record.machinePolicy = .on
        let open = try stage.night([tumours, mice, dorfin])
        #expect(open.outcome(dorfin) == .inserted)
        #expect(open.outcome(tumours) == .reinstated)
    }

    // MARK: - Rejections

    @Test func `T46 a fact that was rejected may come from another paper`() throws {
        var stage = try MergeStage([tumours, mice])
        stage.decide(.reject, tumours, reason: RejectionReason.badSentence.rawValue)
        let plan = try stage.night([tumours, mice])
        #expect(plan.outcome(tumours) == .rejected)
        #expect(plan.decisions(tumours) == ["withdraw rejected"])
        #expect(stage.count("velmar") == 0)
        let other = MergeStage.statement(tumours.sentence, pmid: 7)
        let next = try stage.night([tumours, mice, other])
        #expect(next.outcome(tumours) == .rejected)
        #expect(next.outcome(other) == .inserted)
        #expect(stage.count("tumours [@pubmed:7].") == 1)
        // Who takes the rejection back gets the old words, unless they stand already.
        try stage.night([tumours, mice])
        let tokens = stage.tokens(tumours)
        stage.decide(.unreject, tumours)
        #expect(try stage.night([tumours, mice]).outcome(tumours) == .reinstated)
        #expect(stage.tokens(tumours).dropFirst() == tokens.dropFirst())
    }

    @Test(arguments: [true, false])
    func `T47 what nearly says what a person did not want is not put in`(isRejected: Bool) throws {
        var stage = try MergeStage([tumours, mice])
        if isRejected {
            stage.decide(.reject, tumours)
        } else {
            try stage.change(MergeStage.bullet(tumours) + "\n", to: "")
        }
        let near = MergeStage.statement("Loss of Igf1r delays the growth of big velmar tumours.", pmid: 1)
        let far = MergeStage.statement("Velmar tumours are seldom found in Igf1r mice.", pmid: 1)
        let elsewhere = MergeStage.statement(near.sentence, pmid: 8)
        let plan = try stage.night([tumours, mice, near, far, elsewhere])
        #expect(plan.outcome(near) == .suppressedSimilar)
        #expect(plan.outcome(far) == .inserted)
        #expect(plan.outcome(elsewhere) == .inserted)
        #expect(stage.state(tumours) == (isRejected ? .goneMachine : .goneHuman))
    }

    // MARK: - M9

    @Test(arguments: [
        ("quiet cells", "quiet old cells"), ("- Igf1r guides", "- Ada knows it.\n- Igf1r guides"),
        ("the hand [@pubmed:4].\n", "the hand [@pubmed:4].\n\nA paragraph of Ada's.\n"),
        ("\n- Igf1r guides the first bones of the hand [@pubmed:4].", ""),
        ("## Biological context of Igf1r", "## Context of Igf1r"),
    ])
    func `M9 a night and an edit in another section come out the same in either order`(
        words: String, others: String
    ) throws {
        var one = try MergeStage([tumours, ageing, bones])
        var other = one
        let tonight = [mice, ageing, bones]
        try one.change(words, to: others)
        try one.night(tonight)
        try other.night(tonight)
        try other.change(words, to: others)
        #expect(one.record.text == other.record.text)
        #expect(one.revisions == 3)
        #expect(other.revisions == 3)
        #expect(one.state(tumours) == .goneMachine)
        #expect(one.state(mice) == .intact)
        func strings(_ stage: MergeStage) -> [String] {
            stage.tokens.map {
                "\(stage.record.history.string(of: $0)) \(stage.record.contributor(of: $0))"
            }
        }
        #expect(strings(one) == strings(other))
    }
}
