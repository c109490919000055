import Store

/// The file is sound: SQLite's own check, and that every reference resolves; history cannot be changed by accident.
struct SoundDatabase: AuditCheck {
    let name = "database"
    let unit = "databases"

    func check(_ database: DatabaseSubject, _ outcome: inout CheckOutcome) throws {
        outcome.checked += 1
        for fault in try database.store.damage() {
            outcome.differs(AuditFinding.Place(), fault, "restore a backup")
        }
        for fault in try database.store.brokenConstraints() {
            outcome.differs(AuditFinding.Place(), fault, "restore a backup")
        }
        for trigger in try database.store.missingTriggers() {
            outcome.differs(
                AuditFinding.Place(),
                "the trigger \(trigger) is missing, which keeps history from being changed",
                "find out who took it away, and restore a backup")
        }
    }
}
