import Articles
import Corpus
import Store

/// The words that contributors are credited with add up to the words of the page, and every word has one author.
struct CreditConservation: AuditCheck {
    let name = "credit"
    let unit = "articles"

    func check(_ article: ArticleSubject, _ outcome: inout CheckOutcome) throws {
        guard let record = article.record else {
            outcome.cannotJudge(1, because: "the words cannot be replayed")
            return
        }
        outcome.checked += 1
        let credited = record.credits().reduce(0) { $0 + $1.words }
        if credited != record.wordCount {
            outcome.differs(
                article.place(revision: article.rows.head),
                "\(credited) words are credited, the page has \(record.wordCount)", CheckOutcome.restoreAdvice
            )
        }
        let spans = record.authorship()
        let tokens = ArticleTokenizer.tokens(in: record.text)
        var index = 0
        for token in tokens {
            while index < spans.count, spans[index].range.end <= token.start { index += 1 }
            if index == spans.count || !spans[index].range.contains(token) {
                outcome.differs(
                    article.place(revision: article.rows.head), "bytes \(token) have no author",
                    CheckOutcome.restoreAdvice)
                break
            }
        }
    }
}
