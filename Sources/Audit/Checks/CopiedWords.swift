import Articles
import Corpus
import Store

/// Words that are said to be copied from another article are a person's here, stand there, word for word, and are there by the
/// contributor whose they are said to be.
struct CopiedWords: AuditCheck {
    let name = "copies"
    let unit = "stretches copied from other articles"

    func check(_ article: ArticleSubject, _ outcome: inout CheckOutcome) throws {
        guard let record = article.record, !article.rows.copies.isEmpty else { return }
        for copy in article.rows.copies {
            outcome.checked += 1
            func differs(_ message: String) {
                outcome.differs(
                    article.place(), "words copied from \(copy.article) \(message)",
                    CheckOutcome.restoreAdvice)
            }
            guard copy.article != article.entity,
                let source = try article.context.store.articleRecord(of: copy.article)
            else {
                differs("have no such article")
                continue
            }
            guard MachineTokens.fits(copy.sourceTokens, source.history),
                copy.tokens.count == copy.sourceTokens.count
            else {
                differs("are no words there")
                continue
            }
            let (here, there) = (copy.tokens.identities, copy.sourceTokens.identities)
            guard
                zip(here, there).allSatisfy({ record.history.string(of: $0) == source.history.string(of: $1) }
                )
            else {
                differs("are not the words there")
                continue
            }
            if !here.allSatisfy({ record.contributor(of: $0).isHuman }) { differs("are no person's here") }
            let isTheirs = there.allSatisfy {
                source.history.origin(of: $0) == copy.sourceRevision
                    && source.contributor(of: $0) == copy.contributor
            }
            if !isTheirs { differs("are not of the revision and contributor there") }
        }
    }
}
