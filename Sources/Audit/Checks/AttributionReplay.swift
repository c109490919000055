import Articles
import Corpus
import Store

/// Who wrote each word is what a replay of the revisions gives (ATTRIBUTION.md A1 to A4, A9, A10): identities fit the texts, a
/// token is what it was at its origin, none stands twice, and what was inferred of a person's save is inferred again.
struct AttributionReplay: AuditCheck {
    let name = "attribution"
    let unit = "revisions replayed"

    func check(_ article: ArticleSubject, _ outcome: inout CheckOutcome) throws {
        var history = TokenHistory()
        let rejections = Set(
            article.rows.decisions.filter { $0.verb == .reject }.compactMap(\.revision))
        for stored in article.rows.revisions {
            let number = stored.revision.number
            func differs(_ message: String) {
                outcome.differs(
                    article.place(revision: number), message, CheckOutcome.restoreAdvice)
            }
            guard stored.tokenizer == ArticleTokenizer.version else {
                outcome.cannotJudge(1, because: "cut by other rules for tokens")
                return
            }
            outcome.checked += 1
            if Self.isInferred(stored.revision, rejections: rejections) {
                var inferred = history
                // A moved article has the identities that it had.
                if inferred.save(stored.text) != stored.tokens, !article.rows.hasJoined {
                    differs("its words are credited otherwise than a replay credits them")
                }
            }
            do {
                try history.replay(stored.text, stored.tokens)
            } catch {
                differs("the identities of its words do not fit its text: \(error)")
                return
            }
            for token in stored.tokens.identities where history.origin(of: token) > number {
                differs("token \(token) is younger than the revision")
                break
            }
        }
        checkAlternation(of: history, article, &outcome)
        if let fault = article.fault {
            outcome.differs(
                article.place(), "statements or headings do not fit its words: \(fault)",
                CheckOutcome.restoreAdvice)
        }
    }

    /// Whether the identities were inferred from the text: a save by a person or an import. What a program writes, a
    /// rejection included, says itself which words it keeps.
    private static func isInferred(_ revision: Revision, rejections: Set<Int>) -> Bool {
        switch revision.kind {
        case .machine, .redact, .restore: false
        case .edit, .revert: revision.contributor.kind == .person && !rejections.contains(revision.number)
        case .import: true
        }
    }

    /// A token goes out and comes in by turns, in the order of revisions.
    private func checkAlternation(
        of history: TokenHistory, _ article: ArticleSubject, _ outcome: inout CheckOutcome
    ) {
        guard history.revisionCount > 1 else { return }
        for number in 0..<history.tokenCount {
            let token = TokenID(Int32(number))
            guard history.lastRemoval(of: token) != nil else { continue }
            let (removals, returns) = (history.removals(of: token), history.returns(of: token))
            let count = removals.count - returns.count
            let isAlternating =
                zip(removals, returns).allSatisfy { $0 < $1 }
                && zip(returns, removals.dropFirst()).allSatisfy { $0 < $1 }
            if !(0...1).contains(count) || !isAlternating || (count == 0) != history.isAlive(token) {
                outcome.differs(
                    article.place(), "token \(token) does not go and come by turns",
                    CheckOutcome.restoreAdvice)
                return
            }
        }
    }
}
