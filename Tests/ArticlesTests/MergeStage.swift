import Articles
import Corpus

/// An article of the merge's cases, on which nights of the machine and saves of people follow one another. All sentences
/// are invented.
struct MergeStage {
    var record = ArticleRecord(entity: Samples.igf1r.id)
    var merge = MergeWorld.merge
    private(set) var runs = 0
    /// The texts of all revisions.
    private(set) var texts: [String] = []

    static let tumours = statement("Loss of Igf1r delays the growth of velmar tumours.", pmid: 1)
    static let mice = statement("Young mice without Igf1r never learn to swim.", pmid: 2)
    static let ageing = statement("Does Igf1r slow ageing in quiet cells?", pmid: 3, section: .biological)
    static let bones = statement("Igf1r guides the first bones of the hand.", pmid: 4, section: .biological)
    static let dorfin = statement("Igf1r holds on to dorfin through its tail.", pmid: 5, section: .physical)

    /// A sentence of an abstract.
    static func statement(
        _ sentence: String, pmid: Int64, section: SectionID = .disease, rank: Int = 0
    ) -> MergeCandidate {
        let evidence = Samples.evidence(sentence, pmid: pmid, section: section)
        return MergeCandidate(
            key: evidence.statementKey(), evidence: evidence.identifier(), section: section, pmid: PMID(pmid),
            sentence: sentence, rank: rank)
    }

    /// An article after its first night.
    init(_ candidates: [MergeCandidate] = []) throws {
        if !candidates.isEmpty { try night(candidates) }
    }

    /// What a case wants to change does not stand in the text.
    struct Missing: Error {
        var words: String
    }

    // MARK: - What happens

    /// A night of the machine: plans, and does it.
    @discardableResult mutating func night(_ candidates: [MergeCandidate]) throws -> MergePlan {
        runs += 1
        let plan = merge.plan(candidates, for: record)
        try record.apply(plan, by: .run(runs))
        note()
        return plan
    }

    /// A person's save.
    mutating func save(_ text: String, by person: String = "Ada") {
        record.save(text, by: .person(person))
        note()
    }

    /// A person's save with some words in place of others.
    mutating func change(_ words: String, to others: String, by person: String = "Ada") throws {
        let parts = record.text.split(separator: words, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw Missing(words: words) }
        save(parts.joined(separator: others), by: person)
    }

    /// A person goes back to a revision.
    mutating func revert(to revision: Int, by person: String = "Noor") {
        save(texts[revision - 1], by: person)
    }

    /// A person decides on a statement.
    mutating func decide(
        _ verb: StatementDecision.Verb, _ candidate: MergeCandidate, reason: String = "",
        by person: String = "Noor"
    ) {
        record.take(
            StatementDecision(
                key: candidate.key, verb: verb, reason: reason, contributor: .person(person)))
    }

    /// The operator undoes a run; nil where there is nothing to undo.
    @discardableResult mutating func undo(_ run: Int) throws -> MergePlan? {
        let texts = texts
        let plan = ArticleUndo(merge).plan(undoing: .run(run), in: record) { texts[$0 - 1] }
        guard let plan else { return nil }
        try record.apply(plan, by: Self.operator)
        note()
        return plan
    }

    /// Who undoes.
    static let `operator` = Contributor(kind: .system, name: "undo")

    /// Keeps the newest text: a history keeps none.
    private mutating func note() {
        while texts.count < record.history.revisionCount { texts.append(record.text) }
    }

    // MARK: - How it stands

    var revisions: Int { record.history.revisionCount }
    var tokens: [TokenID] { record.history.tokensOfNewest }

    func state(_ candidate: MergeCandidate) -> StatementState { record.state(of: candidate.key) }

    /// The tokens of a statement.
    func tokens(_ candidate: MergeCandidate) -> [TokenID] {
        record.instances[candidate.key]?.tokens.identities ?? []
    }

    /// How often words stand in the text.
    func count(_ words: String) -> Int {
        record.text.split(separator: words, omittingEmptySubsequences: false).count - 1
    }

    /// The bullet of a statement.
    static func bullet(_ candidate: MergeCandidate) -> String {
        StatementLine(sentence: candidate.sentence, pmids: [candidate.pmid]).bullet
    }
}

extension MergeCandidate {
    /// The same with another verdict of the ranking.
    func standing(_ standing: Standing) -> MergeCandidate {
        var copy = self
        copy.standing = standing
        return copy
    }
}

extension MergePlan {
    /// What becomes of a candidate.
    func outcome(_ candidate: MergeCandidate) -> MergeOutcome? { outcomes[candidate.key] }

    /// The decisions on a statement.
    func decisions(_ candidate: MergeCandidate) -> [String] {
        decisions.filter { $0.key == candidate.key }.map { "\($0.verb) \($0.reason)" }
    }
}
