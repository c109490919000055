import Corpus
import Store

/// What is noted beside a kept citation is what the citation says: year, retraction, notices, badges, version; and none that
/// may give no evidence gives any.
struct CitationStatusColumns: AuditCheck {
    let name = "citation"
    let unit = "citations"

    func check(_ citation: CitationSubject, _ outcome: inout CheckOutcome) throws {
        outcome.checked += 1
        let rows = citation.rows
        let wanted = AuditedCitation.Columns(of: rows.kept.citation)
        func differs(_ message: String) {
            outcome.differs(citation.place(), message, CheckOutcome.rereadAdvice)
        }
        if rows.columns.year != wanted.year {
            differs(
                "the year is noted as \(rows.columns.year.map(String.init) ?? "none"), the citation says "
                    + (wanted.year.map(String.init) ?? "none"))
        }
        for (what, noted, said) in [
            ("retracted", rows.columns.isRetracted, wanted.isRetracted),
            ("a notice", rows.columns.isNotice, wanted.isNotice),
            ("of concern", rows.columns.hasConcern, wanted.hasConcern),
            ("with an erratum", rows.columns.hasErratum, wanted.hasErratum),
        ] where noted != said {
            differs("it is noted as \(noted ? "" : "not ")\(what), the citation says otherwise")
        }
        if rows.columns.work != wanted.work {
            differs("it is noted as a version of another work than the citation says")
        }
        if wanted.isRetracted || wanted.isNotice, !rows.evidence.isEmpty {
            differs("it is retracted, or a notice, and must give no evidence")
        }
        if rows.evidence.isEmpty { differs("it is kept, but there is no evidence from it") }
        if rows.occurrence == nil { differs("the ledger does not note this record of its file") }
        if citation.file == nil { differs("its file is not in the ledger") }
    }
}
