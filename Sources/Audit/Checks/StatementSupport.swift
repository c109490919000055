import Articles
import Corpus
import Store
import Terminology

/// What stands untouched is supported: its evidence is in the store, makes this very statement, and its paper is neither
/// deleted nor retracted; and what is listed as shown is what stands.
struct StatementSupport: AuditCheck {
    let name = "support"
    let unit = "statements that stand"

    func check(_ article: ArticleSubject, _ outcome: inout CheckOutcome) throws {
        guard let record = article.record else { return }
        let store = article.context.store
        let alive = record.instances.values.filter { record.state(of: $0.key).isAlive }
            .sorted { $0.key < $1.key }
        outcome.checked += alive.count
        let papers = Set(alive.map(\.pmid))
        let fates = try store.fates(of: papers)
        var evidence: [EvidenceID: (evidence: IdentifiedEvidence, citation: KeptCitation)] = [:]
        for instance in alive { evidence[instance.evidence] = try store.evidence(instance.evidence) }
        for instance in alive {
            let found = evidence[instance.evidence]
            func differs(_ message: String, _ advice: String = CheckOutcome.restoreAdvice) {
                outcome.differs(
                    article.place(statement: instance.key, evidence: instance.evidence, pmid: instance.pmid),
                    message, advice)
            }
            if let found {
                if let fault = fault(of: instance, found.evidence.evidence, article) { differs(fault) }
                continue
            }
            // A person's text stays when its evidence goes.
            guard record.state(of: instance.key) == .intact else { continue }
            if article.rows.isPending {
                outcome.cannotJudge(1, because: "the next run composes the article")
            } else if article.rows.hasMoved {
                outcome.cannotJudge(1, because: "another article has taken it over")
            } else if article.rows.policy == .off || record.heldDigest(of: instance.key) != nil {
                outcome.cannotJudge(1, because: "held as it is by a curator")
            } else {
                let fate = fates[instance.pmid]
                let why =
                    fate?.isDeleted ?? false
                    ? "its citation was deleted from PubMed"
                    : fate?.isRetracted ?? false
                        ? "its paper was retracted" : "its evidence is not, or no longer, in the database"
                differs("it stands untouched, but \(why)", "bioscribe seed composes the article anew")
            }
        }
        checkList(record, evidence, article, &outcome)
    }

    /// Why a piece of evidence does not make a statement; nil where it does.
    private func fault(
        of instance: StatementInstance, _ evidence: Evidence, _ article: ArticleSubject
    ) -> String? {
        if evidence.pmid != instance.pmid { return "its evidence is from \(evidence.pmid.curie)" }
        let key = StatementKey(
            article: article.entity, pmid: evidence.pmid, passageKind: evidence.passageKind,
            sentence: evidence.text)
        if key != instance.key { return "its evidence makes another statement" }
        if evidence.entity == article.entity || article.rows.hasJoined { return nil }
        guard article.context.isDictionaryCurrent else { return nil }
        let dictionary = article.context.workings.dictionary
        guard let own = dictionary.concept(of: article.entity),
            let other = dictionary.concept(of: evidence.entity),
            let taxon = dictionary.taxon(ofConcept: other),
            dictionary.ortholog(ofConcept: own, in: taxon) == other
        else { return "its evidence is on \(evidence.entity), which is no ortholog" }
        return nil
    }

    /// The statements that are listed as shown are those that stand, in the order of the text.
    private func checkList(
        _ record: ArticleRecord,
        _ evidence: [EvidenceID: (evidence: IdentifiedEvidence, citation: KeptCitation)],
        _ article: ArticleSubject, _ outcome: inout CheckOutcome
    ) {
        let advice = "bioscribe seed lists them anew"
        var listed: Set<StatementKey> = []
        var place = -1
        for (index, row) in article.rows.statements.enumerated() {
            func differs(_ message: String) {
                outcome.differs(
                    AuditFinding.Place(
                        pmid: row.pmid, evidence: row.evidence, article: article.entity, statement: row.key),
                    "as listed: \(message)", advice)
            }
            guard let key = StatementKey(hex: row.key), let instance = record.instances[key],
                record.state(of: key).isAlive
            else {
                differs("it is listed as shown, but does not stand")
                continue
            }
            listed.insert(key)
            if row.position != index { differs("position \(row.position) must be \(index)") }
            if row.pmid != instance.pmid || row.evidence != instance.evidence {
                differs("its paper or its evidence is another than the statement's")
            }
            let first = record.firstPlace(of: key) ?? -1
            if first < place { differs("it is out of the order of the text") }
            place = first
            guard let found = evidence[instance.evidence]?.evidence.evidence else { continue }
            let sections = Set(found.placements.map(\.section)).union([instance.section])
            if !sections.contains(row.section) { differs("no rule places it in section \(row.section)") }
            if let fault = Self.fault(ofMarks: row.marks, found, article: article.entity) { differs(fault) }
        }
        guard !article.rows.isPending, !article.rows.hasMoved, article.rows.policy == .on else { return }
        for instance in record.instances.values.sorted(by: { $0.key < $1.key })
        where !listed.contains(instance.key) && record.state(of: instance.key) == .intact
            && evidence[instance.evidence] != nil && record.heldDigest(of: instance.key) == nil
        {
            outcome.differs(
                article.place(statement: instance.key, evidence: instance.evidence, pmid: instance.pmid),
                "it stands, but is not listed as shown", advice)
        }
    }

    private static func fault(ofMarks marks: [String], _ evidence: Evidence, article: EntityID) -> String? {
        var rest = Set(marks)
        func take(_ mark: String, _ isWanted: Bool) -> Bool { (rest.remove(mark) != nil) == isWanted }
        if !take("negated", evidence.qualities.isNegated)
            || !take("speculative", evidence.qualities.isSpeculative)
        {
            return "it is marked as negated or speculative otherwise than its evidence is"
        }
        if !take("ortholog:\(evidence.entity)", evidence.entity != article) {
            return "it is marked otherwise as an ortholog's"
        }
        for placement in evidence.placements { rest.remove("placed:\(placement.section)") }
        rest = rest.filter { mark in
            mark.hasPrefix("papers:") ? Int(mark.dropFirst(7)).map { $0 < 2 } ?? true : true
        }
        return rest.sorted().first.map { "its mark “\($0)” is unknown" }
    }
}
