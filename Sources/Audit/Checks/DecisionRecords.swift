import Articles
import Store

/// Decisions are decisions on statements that stood there, for a reason that there is, carried out by the revision that they
/// name, by whoever made it.
struct DecisionRecords: AuditCheck {
    let name = "decisions"
    let unit = "decisions"

    private static let reasons = Set(
        RejectionReason.allCases.map(\.rawValue) + WithdrawalReason.allCases.map(\.rawValue) + [""])

    func check(_ article: ArticleSubject, _ outcome: inout CheckOutcome) throws {
        guard let record = article.record else {
            outcome.cannotJudge(article.rows.decisions.count, because: "the words cannot be replayed")
            return
        }
        let keys = Set(article.rows.instances.map(\.instance.key))
        for decision in article.rows.decisions {
            outcome.checked += 1
            func differs(_ message: String) {
                outcome.differs(
                    article.place(revision: decision.revision, statement: decision.key),
                    "\(decision.verb.rawValue): \(message)", CheckOutcome.restoreAdvice)
            }
            if !keys.contains(decision.key), !article.rows.hasJoined {
                differs("the statement never stood in this article")
            }
            if !Self.reasons.contains(decision.reason) { differs("“\(decision.reason)” is no reason") }
            if let fault = fault(of: decision, keys, article) { differs(fault) }
            guard let number = decision.revision else {
                if decision.contributor.kind == .machine,
                    [.withdraw, .supersede, .reinstate].contains(decision.verb)
                {
                    differs("no revision carries it out")
                }
                continue
            }
            guard let revision = article.revision(number) else {
                differs("there is no revision \(number)")
                continue
            }
            if revision.revision.contributor != decision.contributor {
                differs("revision \(number) is by another contributor")
            }
            if !isCarriedOut(decision, by: number, record) {
                differs("revision \(number) does not carry it out")
            }
        }
    }

    /// What a verb asks of reason, note and contributor.
    private func fault(
        of decision: StatementDecision, _ keys: Set<StatementKey>, _ article: ArticleSubject
    ) -> String? {
        switch decision.verb {
        case .reject:
            return RejectionReason(rawValue: decision.reason) == nil ? "without a reason to reject" : nil
        case .flag:
            return WithdrawalReason(rawValue: decision.reason) == nil ? "without a reason to mark" : nil
        case .supersede:
            guard let key = StatementKey(hex: decision.note), keys.contains(key) || article.rows.hasJoined
            else {
                return "the statement that took its place never stood in this article"
            }
            return nil
        case .hold:
            return article.context.runWorkings.contains(decision.note)
                ? nil : "no run had the dictionary, rules and program that it waits for to change"
        case .adopt, .unreject, .release:
            return decision.contributor.kind == .machine ? "a machine cannot do that" : nil
        case .withdraw, .reinstate, .unflag: return nil
        }
    }

    /// Whether a revision does to the words of a statement what a decision says.
    private func isCarriedOut(_ decision: StatementDecision, by number: Int, _ record: ArticleRecord) -> Bool
    {
        guard let instance = record.instances[decision.key], number > 1 else { return true }
        let before = Set(record.history.tokens(ofRevision: number - 1))
        let after = Set(record.history.tokens(ofRevision: number))
        let words = instance.tokens.identities.filter { record.history.origin(of: $0) <= number }
        switch decision.verb {
        // A newer instance may have other words.
        case .withdraw, .supersede:
            return instance.revision > number || words.contains { before.contains($0) && !after.contains($0) }
        case .reinstate:
            return instance.revision != number
                || words.contains { after.contains($0) && !before.contains($0) }
        default: return true
        }
    }
}
