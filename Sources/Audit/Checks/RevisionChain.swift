import Articles
import Store

/// The revisions of an article are a chain: each hash is that of the revision and of the hash before it, so that nothing of a
/// revision, nor the order or number of revisions, was changed afterwards.
struct RevisionChain: AuditCheck {
    let name = "hash chain"
    let unit = "revisions"

    func check(_ article: ArticleSubject, _ outcome: inout CheckOutcome) throws {
        let revisions = article.rows.revisions
        outcome.checked += revisions.count
        var previous: String?
        for (index, stored) in revisions.enumerated() {
            let revision = stored.revision
            func differs(_ message: String) {
                outcome.differs(
                    article.place(revision: revision.number), message, CheckOutcome.restoreAdvice)
            }
            if revision.number != index + 1 { differs("revision \(index + 1) is missing") }
            if revision.previousHash != previous {
                differs("the hash of the revision before it is noted otherwise")
            }
            if stored.expectedHash != revision.hash {
                differs("its hash is not that of what is stored")
            }
            previous = revision.hash
            if revision.kind == .machine, let run = revision.run, revision.contributor != .run(run) {
                differs("it is run \(run)'s, but its contributor is \(revision.contributor)")
            }
            if revision.kind == .machine, revision.run == nil { differs("it is a machine's, but of no run") }
        }
        if article.rows.head != revisions.last?.revision.number {
            outcome.differs(
                article.place(revision: article.rows.head),
                "it is the head, but the newest revision is \(revisions.last?.revision.number ?? 0)",
                CheckOutcome.restoreAdvice)
        }
        if let composed = article.rows.composed, !article.context.runDigests.contains(composed) {
            outcome.differs(
                article.place(), "it is said to be composed by a run that there is not",
                "bioscribe run composes it anew")
        }
    }
}
