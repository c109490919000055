import Corpus

/// What the page of an article says of a paper whose citation is no longer what the article was made from: it was
/// retracted, deleted, or reads otherwise now.
public struct PaperNote: Hashable, Sendable {
    /// What happened.
    public var reason: WithdrawalReason
    /// The notices of retraction, where they are named.
    public var notices: [PMID] = []
    /// How many sentences of the machine's were taken out for it.
    public var withdrawn = 0

    /// The badge of its reference.
    public var badge: ReferenceBadge {
        switch reason {
        case .retracted: .retracted
        case .deleted: .deleted
        case .changed, .unsupported, .displaced, .quoted, .discontinued, .rejected: .changed
        }
    }

    /// What readers must know of the papers of an article.
    ///
    /// Sentences that were taken out since their paper was retracted or deleted are counted; a paper on which a person's
    /// sentence still rests is noted though nothing of it was taken out.
    ///
    /// - Parameters:
    ///   - statements: Every statement that ever stood, with its paper and how it stands.
    ///   - decisions: What was decided, in order.
    public static func notes(
        of statements: some Sequence<(key: StatementKey, pmid: PMID, state: StatementState)>,
        decisions: [StatementDecision]
    ) -> [PMID: PaperNote] {
        var reasons: [StatementKey: (verb: StatementDecision.Verb, reason: WithdrawalReason)] = [:]
        for decision in decisions {
            switch decision.verb {
            case .withdraw, .flag:
                reasons[decision.key] = WithdrawalReason(rawValue: decision.reason).map {
                    (decision.verb, $0)
                }
            case .unflag, .reinstate: reasons[decision.key] = nil
            case .reject, .unreject, .adopt, .supersede, .hold, .release: break
            }
        }
        var notes: [PMID: PaperNote] = [:]
        for (key, pmid, state) in statements {
            guard let (verb, reason) = reasons[key], [.retracted, .deleted, .changed].contains(reason) else {
                continue
            }
            let isWithdrawn = verb == .withdraw && state == .goneMachine && reason != .changed
            guard isWithdrawn || verb == .flag && state.isAlive else { continue }
            notes[pmid, default: PaperNote(reason: reason)].withdrawn += isWithdrawn ? 1 : 0
        }
        return notes
    }
}

extension ArticleRecord {
    /// What readers must know of its papers.
    public var paperNotes: [PMID: PaperNote] {
        // Whatever there is to know was decided.
        decisions.isEmpty
            ? [:]
            : PaperNote.notes(
                of: instances.values.lazy.map { ($0.key, $0.pmid, state(of: $0.key)) }, decisions: decisions)
    }
}
