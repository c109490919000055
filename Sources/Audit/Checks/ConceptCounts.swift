import Store

/// The counts of concepts, which scores go by, are those of the citations read.
struct ConceptCounts: AuditCheck {
    let name = "statistics"
    let unit = "counts of concepts"

    func check(_ database: DatabaseSubject, _ outcome: inout CheckOutcome) throws {
        guard let statistics = try database.store.auditedStatistics() else { return }
        if !database.context.runDictionaries.contains(statistics.dictionary) {
            outcome.differs(
                AuditFinding.Place(), "count \(statistics.number): no run had the dictionary that it names",
                CheckOutcome.restoreAdvice)
        }
        guard statistics.isCurrent else {
            outcome.cannotJudge(1, because: "files were read again since the newest count")
            return
        }
        outcome.checked += 1
        let advice = "a run that counts anew puts it right: delete the rows of snapshot, or restore a backup"
        for (what, stored, counted) in [
            ("citations counted", statistics.citations.stored, statistics.citations.counted),
            ("citations read", statistics.read.stored, statistics.read.counted),
        ] where stored != counted {
            outcome.differs(
                AuditFinding.Place(),
                "count \(statistics.number) says \(stored) \(what), there are \(counted)",
                advice)
        }
        for one in statistics.differences {
            outcome.differs(
                AuditFinding.Place(),
                "\(one.concept) is said to be named by \(one.stored) citations, but is by \(one.counted)",
                advice)
        }
    }
}
