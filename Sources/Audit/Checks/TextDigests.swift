import Store

/// Every text of an article is the one whose SHA-256 it is stored under.
struct TextDigests: AuditCheck {
    let name = "text digest"
    let unit = "texts"

    func check(_ database: DatabaseSubject, _ outcome: inout CheckOutcome) throws {
        let (count, faults) = try database.store.misaddressedTexts()
        outcome.checked += count
        for fault in faults {
            outcome.differs(
                AuditFinding.Place(article: fault.entity, revision: fault.revision),
                "the text is not the one of its SHA-256", CheckOutcome.restoreAdvice)
        }
    }
}
