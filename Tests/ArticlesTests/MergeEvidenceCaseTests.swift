import Articles
import Corpus
import Testing

/// The adversarial cases of the merge that papers, dictionaries and rules bring about, by their numbers.
struct MergeEvidenceCaseTests {
    private let tumours = MergeStage.tumours
    private let mice = MergeStage.mice
    private let ageing = MergeStage.ageing
    private let bones = MergeStage.bones
    private let dorfin = MergeStage.dorfin

    // MARK: - Dictionaries and rules

    @Test func `T26 a dictionary that no longer has the mention withdraws an intact sentence`() throws {
        var stage = try MergeStage([tumours, mice])
        let tokens = stage.tokens(tumours)
        stage.merge.digest = "second"
        let plan = try stage.night([mice])
        #expect(plan.decisions(tumours) == ["withdraw unsupported"])
        #expect(plan.withdrawals.map(\.key) == [tumours.key])
        #expect(stage.state(tumours) == .goneMachine)
        #expect(stage.count("velmar") == 0)
        #expect(try stage.night([mice]).decisions.isEmpty)
        // M7: it comes back as it was.
        #expect(try stage.night([tumours, mice]).outcome(tumours) == .reinstated)
        #expect(stage.tokens(tumours) == tokens)
        #expect(stage.state(tumours) == .intact)
    }

    @Test func `T26 a dictionary that no longer has the mention marks a sentence that a person changed`()
        throws
    {
        var stage = try MergeStage([tumours, mice])
        try stage.change("delays", to: "clearly delays")
        let text = stage.record.text
        stage.merge.digest = "second"
        #expect(try stage.night([mice]).decisions(tumours) == ["flag unsupported"])
        #expect(stage.record.flag(of: tumours.key) == "unsupported")
        #expect(stage.record.text == text)
        #expect(try stage.night([mice]).decisions.isEmpty)
        #expect(stage.revisions == 2)
        #expect(try stage.night([tumours, mice]).decisions(tumours) == ["unflag "])
        #expect(stage.record.flag(of: tumours.key) == nil)
    }

    @Test func `T26 a sentence that a person vouches for is marked, not withdrawn`() throws {
        var stage = try MergeStage([tumours, mice])
        stage.decide(.adopt, tumours)
        let plan = try stage.night([mice])
        #expect(plan.decisions(tumours) == ["flag unsupported"])
        #expect(!plan.isChanged)
    }

    @Test func `T27 a dictionary moves a sentence from one gene to another, and back`() throws {
        let other = EntityID(prefix: "ncbigene", local: "99001")
        let words = "The factor delays the growth of velmar tumours."
        func candidate(_ entity: EntityID) -> MergeCandidate {
            var one = MergeStage.statement(words, pmid: 1)
            one.key = StatementKey(article: entity, pmid: PMID(1), passageKind: .abstract, sentence: words)
            return one
        }
        let (here, there) = (candidate(Samples.igf1r.id), candidate(other))
        #expect(here.key != there.key)
        var first = try MergeStage([here, mice])
        var second = try MergeStage()
        second.record = ArticleRecord(entity: other)
        try second.night([bones])
        let tokens = first.tokens(here)

        #expect(try first.night([mice]).decisions(here) == ["withdraw unsupported"])
        #expect(try second.night([bones, there]).outcome(there) == .inserted)
        #expect((first.count("velmar"), second.count("velmar")) == (0, 1))

        #expect(try first.night([here, mice]).outcome(here) == .reinstated)
        #expect(try second.night([bones]).decisions(there) == ["withdraw unsupported"])
        #expect((first.count("velmar"), second.count("velmar")) == (1, 0))
        #expect(first.tokens(here) == tokens)
    }

    @Test func `T32 a rule under another name changes nothing`() throws {
        func candidate(rule: String) -> MergeCandidate {
            var evidence = Samples.evidence(tumours.sentence, pmid: 1, section: .disease)
            evidence.placements = [
                Placement(section: .disease, rule: rule, triggers: [], parts: [])
            ]
            var one = tumours
            (one.key, one.evidence) = (evidence.statementKey(), evidence.identifier())
            return one
        }
        var stage = try MergeStage([candidate(rule: "names a disease"), mice])
        let before = stage.record
        stage.merge.digest = "rules, renamed"
        let plan = try stage.night([candidate(rule: "has a disease in it"), mice])
        #expect(plan.outcome(tumours) == .present)
        #expect(plan.decisions.isEmpty && plan.evidence.isEmpty && plan.insertions.isEmpty)
        #expect(!plan.isChanged)
        #expect(stage.record.history.revisionCount == before.history.revisionCount)
        #expect(stage.record.text == before.text)
        #expect(stage.record.instances == before.instances)
    }

    @Test func `T32 a new version of a citation is noted without a revision`() throws {
        var stage = try MergeStage([tumours])
        var evidence = Samples.evidence(tumours.sentence, pmid: 1, section: .disease)
        evidence.version = 2
        var newer = tumours
        (newer.key, newer.evidence) = (evidence.statementKey(), evidence.identifier())
        #expect(newer.key == tumours.key)
        #expect(newer.evidence != tumours.evidence)
        try stage.night([newer])
        #expect(stage.record.instances[tumours.key]?.evidence == newer.evidence)
        #expect(stage.revisions == 1)
        #expect(stage.merge.plan([newer], for: stage.record).evidence.isEmpty)
    }

    // MARK: - Papers

    @Test func `T28 of one sentence of two papers one stands, and the other takes its place`() throws {
        let article = MergeStage.statement(tumours.sentence, pmid: 6, rank: 1)
        #expect(article.key != tumours.key)
        var stage = try MergeStage()
        let first = try stage.night([article, tumours, mice])
        #expect(first.outcome(tumours) == .inserted)
        #expect(first.outcome(article) == .presentDuplicate)
        #expect(stage.count("velmar tumours [@pubmed:1].") == 1)
        // The preprint is taken back: on the same night the article comes in.
        let second = try stage.night([article, mice])
        #expect(second.decisions(tumours) == ["withdraw unsupported"])
        #expect(second.outcome(article) == .inserted)
        #expect(stage.count("velmar tumours [@pubmed:6].") == 1)
        #expect(stage.count("velmar") == 1)
        // It comes back, and does not push the article out.
        let third = try stage.night([article, tumours, mice])
        #expect(third.outcome(article) == .present)
        #expect(stage.state(article) == .intact)
    }

    @Test func `T29 where a typing error of an abstract is mended only the word changes`() throws {
        let wrong = MergeStage.statement("Loss of Igf1r delais the growth of velmar tumours.", pmid: 1)
        var stage = try MergeStage([wrong, mice])
        let old = stage.tokens
        let plan = try stage.night([tumours, mice])
        #expect(plan.outcome(tumours) == .superseding(wrong.key))
        #expect(stage.state(wrong) == .superseded)
        #expect(stage.state(tumours) == .intact)
        #expect(stage.count("delays") == 1)
        #expect(stage.count("delais") == 0)
        #expect(stage.count("velmar") == 1)
        let changed = zip(old, stage.tokens).filter { $0 != $1 }
        #expect(changed.map { stage.record.history.string(of: $0.0) } == ["delais"])
        #expect(stage.tokens.count == old.count)
        #expect(try stage.night([tumours, mice]).isChanged == false)
    }

    @Test func `T29 the abstract is revised back, and the old word returns with its identity`() throws {
        let wrong = MergeStage.statement("Loss of Igf1r delais the growth of velmar tumours.", pmid: 1)
        var stage = try MergeStage([wrong, mice])
        let old = stage.tokens
        try stage.night([tumours, mice])
        #expect(try stage.night([wrong, mice]).outcome(wrong) == .superseding(tumours.key))
        #expect(stage.tokens == old)
        #expect(stage.state(wrong) == .intact)
        #expect(stage.state(tumours) == .superseded)
    }

    @Test func `T29 where a person changed the sentence the mended one waits`() throws {
        let wrong = MergeStage.statement("Loss of Igf1r delais the growth of velmar tumours.", pmid: 1)
        var stage = try MergeStage([wrong, mice])
        try stage.change("delais", to: "delays")
        let text = stage.record.text
        let plan = try stage.night([tumours, mice])
        #expect(plan.outcome(tumours) == .held(.similar))
        #expect(plan.decisions(wrong) == ["flag changed"])
        #expect(stage.record.text == text)
        #expect(try stage.night([tumours, mice]).decisions.isEmpty)
    }

    @Test func `T30 a retracted paper's sentence goes, is marked where changed, and comes back`() throws {
        let other = MergeStage.statement("Igf1r never meets sorrel.", pmid: 1, section: .physical)
        var stage = try MergeStage([tumours, other, mice])
        try stage.change("never meets", to: "hardly ever meets")
        let tokens = stage.tokens
        let text = stage.record.text
        stage.merge.reasons = [PMID(1): .retracted]
        let plan = try stage.night([mice])
        #expect(plan.decisions(tumours) == ["withdraw retracted"])
        #expect(plan.withdrawals.map(\.reason) == [.retracted])
        #expect(plan.decisions(other) == ["flag retracted"])
        #expect(stage.record.flag(of: other.key) == "retracted")
        #expect(stage.count("hardly ever meets") == 1)
        #expect(try stage.night([mice]).decisions.isEmpty)

        stage.merge.reasons = [:]
        let next = try stage.night([tumours, other, mice])
        #expect(next.outcome(tumours) == .reinstated)
        #expect(next.decisions(other) == ["unflag "])
        #expect(Set(stage.tokens) == Set(tokens))
        #expect(stage.state(tumours) == .intact)
        #expect(stage.record.text.utf8.count == text.utf8.count)
    }

    @Test func `T30 what was first unsupported and then retracted is marked anew`() throws {
        var stage = try MergeStage([tumours, mice])
        try stage.change("velmar", to: "large velmar")
        #expect(try stage.night([mice]).decisions(tumours) == ["flag unsupported"])
        stage.merge.reasons = [PMID(1): .retracted]
        #expect(try stage.night([mice]).decisions(tumours) == ["flag retracted"])
        #expect(stage.record.flag(of: tumours.key) == "retracted")
    }

    @Test func `T31 a citation deleted from PubMed leaves no untouched sentence`() throws {
        var stage = try MergeStage([tumours, mice, ageing])
        try stage.change("Does Igf1r slow", to: "Does Igf1r really slow")
        stage.merge.reasons = [PMID(1): .deleted, PMID(3): .deleted]
        let plan = try stage.night([mice])
        #expect(plan.decisions(tumours) == ["withdraw deleted"])
        #expect(plan.decisions(ageing) == ["flag deleted"])
        #expect(stage.count("[@pubmed:1]") == 0)
        #expect(stage.count("[@pubmed:3]") == 1)
    }

    // MARK: - Order and rank

    @Test func `T33 candidates in any order give the same bytes`() throws {
        var pool: [MergeCandidate] = []
        for number in 0..<24 {
            // Equal ranks, equal sentences of several papers, and one sentence for two sections.
            let section: SectionID = [.disease, .biological, .physical][number % 3]
            let sentence = "Igf1r joins factor\(number / 2) in tissue\(number / 2)."
            var one = MergeStage.statement(
                sentence, pmid: Int64(1 + number % 5), section: section, rank: number % 2)
            if number % 7 == 0 { one.standing = .supported }
            pool.append(one)
            one.section = .disease
            pool.append(one)
        }
        var generator = SeededGenerator(seed: 33)
        var expected: [String] = []
        for round in 0..<40 {
            var stage = try MergeStage()
            for tonight in [Array(pool.prefix(20)), pool, Array(pool.suffix(30))] {
                // In shards whose order is another one each time.
                let order = round == 0 ? tonight : tonight.shuffled(using: &generator)
                try stage.night(order)
            }
            if round == 0 { expected = stage.texts }
            #expect(
                stage.texts.map { Array($0.utf8) } == expected.map { Array($0.utf8) },
                "seed 33, round \(round)")
        }
        #expect(expected.count == 3)
        #expect(expected.allSatisfy { $0.contains("factor") })
    }

    @Test func `T42 a change of rank moves nothing in a full section`() throws {
        let others = (0..<4).map {
            MergeStage.statement("Igf1r lights lamp\($0).", pmid: Int64(10 + $0), rank: $0)
        }
        var stage = try MergeStage(others)
        let text = stage.record.text
        let tokens = stage.tokens
        for night in 0..<6 {
            let tonight = others.enumerated().map { index, one in
                var one = one
                one.rank = (index * 3 + night) % 4
                // The ranking would show only two of them.
                one.standing = one.rank < 2 ? .wanted : .supported
                return one
            }
            let newcomer = MergeStage.statement("Igf1r lights candle\(night).", pmid: Int64(50 + night))
            let plan = try stage.night(tonight + [newcomer.standing(.supported)])
            #expect(others.allSatisfy { plan.outcome($0) == .present }, "night \(night)")
            #expect(plan.outcome(newcomer) == .held(.ranking), "night \(night)")
            #expect(stage.record.text == text, "night \(night)")
        }
        #expect(stage.tokens == tokens)
        #expect(stage.revisions == 1)
    }

    @Test func `T42 what a better sentence displaces goes, and may return with its words`() throws {
        var stage = try MergeStage([tumours, mice])
        let tokens = stage.tokens(mice)
        let better = MergeStage.statement("Igf1r lights lamps.", pmid: 10)
        let plan = try stage.night([tumours, mice.standing(.displaced), better])
        #expect(plan.outcome(mice) == .displaced)
        #expect(plan.decisions(mice) == ["withdraw displaced"])
        #expect(plan.outcome(better) == .inserted)
        #expect(try stage.night([tumours, mice.standing(.supported), better]).isChanged == false)
        #expect(try stage.night([tumours, mice, better]).outcome(mice) == .reinstated)
        #expect(stage.tokens(mice) == tokens)
    }

    @Test func `T42 what a person changed or vouches for is not displaced`() throws {
        var stage = try MergeStage([tumours, mice, ageing])
        try stage.change("velmar", to: "large velmar")
        stage.decide(.adopt, mice)
        let plan = try stage.night([
            tumours.standing(.displaced), mice.standing(.overQuoted), ageing.standing(.overQuoted),
        ])
        #expect(plan.outcome(tumours) == .present)
        #expect(plan.outcome(mice) == .present)
        #expect(plan.outcome(ageing) == .displaced)
        #expect(plan.decisions(ageing) == ["withdraw quoted"])
    }

    // MARK: - Runs

    @Test func `T44 ten times the same run is one revision`() throws {
        let tonight = [tumours, mice, ageing.standing(.supported), bones, dorfin]
        var stage = try MergeStage()
        for run in 1...10 {
            let plan = try stage.night(tonight)
            #expect(plan.isChanged == (run == 1), "run \(run)")
            #expect(plan.decisions.isEmpty, "run \(run)")
        }
        #expect(stage.revisions == 1)
    }

    @Test func `the last section goes where another one comes in before it, and all that is put in stands`()
        throws
    {
        var stage = try MergeStage([tumours, dorfin])
        let plan = try stage.night([tumours, ageing])
        #expect(plan.outcome(ageing) == .inserted)
        #expect(
            stage.record.text == """
                # Igf1r - insulin\\-like growth factor I receptor

                ## Disease relevance of Igf1r

                \(MergeStage.bullet(tumours))

                ## Biological context of Igf1r

                \(MergeStage.bullet(ageing))

                """)
        #expect(stage.state(ageing) == .intact)
    }

    @Test func `sections that come and go leave no blank lines behind`() throws {
        var stage = try MergeStage([tumours, ageing, dorfin])
        let text = stage.record.text
        for night in 0..<5 {
            try stage.night([])
            #expect(
                stage.record.text == "# Igf1r - insulin\\-like growth factor I receptor\n", "night \(night)")
            try stage.night([tumours, ageing, dorfin])
            #expect(stage.record.text == text, "night \(night)")
        }
    }

    @Test func `T45 genes of two species that have one symbol are two articles`() throws {
        let human = EntityID(prefix: "ncbigene", local: "3480")
        let sentence = "Igf1r lights lamps in mice and men."
        let keys = [Samples.igf1r.id, human].map {
            StatementKey(article: $0, pmid: PMID(1), passageKind: .abstract, sentence: sentence)
        }
        #expect(keys[0] != keys[1])
        var mouse = try MergeStage()
        var man = try MergeStage()
        man.record = ArticleRecord(entity: human)
        var candidate = MergeStage.statement(sentence, pmid: 1)
        candidate.key = keys[0]
        try mouse.night([candidate, mice])
        candidate.key = keys[1]
        try man.night([candidate, mice])
        #expect(mouse.record.text == man.record.text)
        // What a person deletes in one is not deleted in the other.
        try mouse.change(MergeStage.bullet(candidate) + "\n", to: "")
        #expect(mouse.record.state(of: keys[0]) == .goneHuman)
        #expect(man.record.state(of: keys[1]) == .intact)
        #expect(man.record.state(of: keys[0]) == .absent)
    }

    @Test func `T48 a night without any candidate plans to withdraw all that is intact`() throws {
        let all = [tumours, mice, ageing, bones, dorfin]
        var stage = try MergeStage(all)
        try stage.change("Young mice", to: "Small young mice")
        try stage.change("\n" + MergeStage.bullet(bones), to: "")
        let plan = stage.merge.plan([], for: stage.record)
        #expect(Set(plan.withdrawals.map(\.key)) == [tumours.key, ageing.key, dorfin.key])
        #expect(plan.withdrawals.allSatisfy { $0.reason == .unsupported })
        #expect(plan.decisions(mice) == ["flag unsupported"])
        #expect(plan.decisions(bones).isEmpty)
        #expect(plan.outcomes.isEmpty)
        // Planning does nothing by itself: whether it is done, the breaker decides.
        #expect([tumours, ageing, dorfin].allSatisfy { stage.state($0) == .intact })
        let (old, text) = (Set(stage.tokens), stage.record.text)
        try stage.night([])
        #expect(
            stage.record.text.hasSuffix("Small young mice without Igf1r never learn to swim [@pubmed:2].\n"))
        // Where it was done, a good night mends it, with the identities that were.
        try stage.night(all)
        #expect(Set(stage.tokens) == old)
        #expect(stage.record.text.utf8.count == text.utf8.count)
    }
}
