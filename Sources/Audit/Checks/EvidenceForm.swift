import Articles
import Corpus
import Store

/// Evidence is what its identifier says, and stands where it says: checked without dictionary or rules, so that it holds of
/// what was read with older ones too.
struct EvidenceForm: AuditCheck {
    let name = "identifier"
    let unit = "pieces of evidence"

    func check(_ citation: CitationSubject, _ outcome: inout CheckOutcome) throws {
        for item in citation.evidence {
            outcome.checked += 1
            let evidence = item.evidence
            if evidence.identifier() != item.id {
                outcome.differs(
                    citation.place(item.id),
                    "its identifier is not that of its citation, passage, text, entity and start",
                    CheckOutcome.rereadAdvice)
            }
            let text = citation.rows.kept.citation.passages.first { $0.index == evidence.passage }?.text
            let isInside = evidence.mentions.allSatisfy {
                evidence.range.contains($0.range) && $0.range.end <= text?.utf8.count ?? 0
            }
            if !isInside {
                outcome.differs(
                    citation.place(item.id), "a mention does not stand in its sentence",
                    CheckOutcome.rereadAdvice)
            }
            if !evidence.mentions.contains(where: { $0.entity == evidence.entity }) {
                outcome.differs(
                    citation.place(item.id), "no mention in it is one of \(evidence.entity)",
                    CheckOutcome.rereadAdvice)
            }
        }
    }
}
