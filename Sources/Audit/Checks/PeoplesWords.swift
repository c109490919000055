import Articles
import Corpus
import Store

/// People first (M1, M2, M6): a revision of the machine takes away no word that a person wrote and moves none, brings back
/// none that a person took away, and takes away of its own only headings and statements that it says it withdraws.
struct PeoplesWords: AuditCheck {
    let name = "people's words"
    let unit = "revisions of the machine"

    func check(_ article: ArticleSubject, _ outcome: inout CheckOutcome) throws {
        guard let record = article.record else { return }
        let history = record.history
        let contributors = record.contributors
        var lastRemover: [TokenID: Bool] = [:]
        var before: [TokenID] = []
        for stored in article.rows.revisions {
            let number = stored.revision.number
            let after = history.tokens(ofRevision: number)
            let alive = Set(after)
            let stood = Set(before)
            let isHuman = stored.revision.contributor.isHuman
            if stored.revision.kind == .machine {
                outcome.checked += 1
                func isPersons(_ token: TokenID) -> Bool {
                    contributors[history.origin(of: token) - 1].isHuman
                }
                func differs(_ message: String) {
                    outcome.differs(article.place(revision: number), message, CheckOutcome.restoreAdvice)
                }
                let gone = before.filter { !alive.contains($0) }
                let taken = gone.count(where: isPersons)
                if taken > 0 { differs("the machine took away \(taken) words that people wrote") }
                if taken == 0,
                    before.filter(isPersons) != after.filter({ isPersons($0) && stood.contains($0) })
                {
                    differs("the machine moved words that people wrote")
                }
                let revived = after.count { !stood.contains($0) && lastRemover[$0] == true }
                if revived > 0 { differs("the machine brought back \(revived) words that people took away") }
                let allowed = withdrawn(by: number, article).union(
                    article.revision(number - 1).map { ArticleWords($0.text, before).headings } ?? [])
                let others = gone.count { !isPersons($0) && !allowed.contains($0) }
                if others > 0 {
                    differs(
                        "the machine took away \(others) words of its own without withdrawing a statement")
                }
            }
            for token in before where !alive.contains(token) { lastRemover[token] = isHuman }
            before = after
        }
    }

    /// The words of the statements that a revision of the machine says to take out, or to replace.
    private func withdrawn(by revision: Int, _ article: ArticleSubject) -> Set<TokenID> {
        let keys = Set(
            article.rows.decisions.filter {
                $0.revision == revision && ($0.verb == .withdraw || $0.verb == .supersede)
            }.map(\.key))
        return article.rows.instances.reduce(into: []) { tokens, stored in
            guard keys.contains(stored.instance.key), stored.instance.revision < revision else { return }
            tokens.formUnion(stored.instance.tokens.identities)
        }
    }
}
