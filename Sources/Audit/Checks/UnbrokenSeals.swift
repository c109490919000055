import Articles
import Corpus
import Store

/// What no other digest covers is as it was sealed: who decided what, what is hidden and by whom, where identifiers lead, what
/// runs reported and took out, what files say of retractions and of records set aside.
struct UnbrokenSeals: AuditCheck {
    let name = "seals"
    let unit = "sealed rows"

    private static let older = "rows from before there were seals, and runs that have not ended"

    func check(_ database: DatabaseSubject, _ outcome: inout CheckOutcome) throws {
        for row in try database.store.sealedRows() {
            outcome.checked += 1
            switch row.condition {
            case .sound: break
            case .missing: outcome.cannotJudge(1, because: Self.older)
            case .broken:
                outcome.differs(
                    Self.place(of: row), "the \(row.kind.rawValue) \(row.subject) is not what was sealed",
                    CheckOutcome.restoreAdvice)
            }
        }
    }

    func check(_ article: ArticleSubject, _ outcome: inout CheckOutcome) throws {
        for (decision, seal) in zip(article.rows.decisions, article.rows.decisionSeals) {
            outcome.checked += 1
            switch seal {
            case .sound: break
            case .missing: outcome.cannotJudge(1, because: Self.older)
            case .broken:
                outcome.differs(
                    article.place(revision: decision.revision, statement: decision.key),
                    "\(decision.verb.rawValue): it, or one before it, is not what was sealed",
                    CheckOutcome.restoreAdvice)
            }
        }
    }

    private static func place(of row: SealedRow) -> AuditFinding.Place {
        switch row.kind {
        case .sourceFile: AuditFinding.Place(file: row.subject)
        case .redaction, .proposal, .redirect, .run, .decision: AuditFinding.Place()
        }
    }
}
