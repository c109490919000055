import Articles
import Corpus
import Store

/// Evidence that was taken out is what its identifier says, which is a digest of citation, place, sentence and entity; and what
/// is said of retractions is said by a record of the ledger.
struct WithdrawnRecords: AuditCheck {
    let name = "withdrawn"
    let unit = "pieces of withdrawn evidence, retractions"

    func check(_ database: DatabaseSubject, _ outcome: inout CheckOutcome) throws {
        for withdrawn in try database.store.withdrawnEvidence() {
            outcome.checked += 1
            // The text of a row that could not be read when it went is not known.
            if withdrawn.text.isEmpty { continue }
            let evidence = Evidence(
                pmid: withdrawn.pmid, version: withdrawn.version, passage: withdrawn.passage,
                passageKind: withdrawn.passage == 0 ? .title : .abstract, sentence: 0,
                range: TextRange(withdrawn.start, withdrawn.start + withdrawn.text.utf8.count),
                text: withdrawn.text, entity: withdrawn.entity, mentions: [],
                qualities: SentenceQualities(
                    kind: .finding, isNegated: false, isSpeculative: false, standsAlone: true),
                placements: [])
            if evidence.identifier() != withdrawn.id {
                outcome.differs(
                    AuditFinding.Place(pmid: withdrawn.pmid, evidence: withdrawn.id),
                    "what is kept of withdrawn evidence is not what its identifier says",
                    CheckOutcome.restoreAdvice)
            }
        }
        for claim in try database.store.retractionClaims() {
            outcome.checked += 1
            if !claim.isNoted {
                outcome.differs(
                    AuditFinding.Place(pmid: claim.pmid),
                    "it is said to be retracted by a record of \(claim.claimant) that the ledger does not note",
                    CheckOutcome.restoreAdvice)
            }
        }
    }
}
