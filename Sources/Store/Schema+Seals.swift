import GRDB

extension Schema {
    /// Migration 5: seals on what no other digest covers, and the work that each citation read is a version of.
    ///
    /// Rows from before it have no seal. Works of citations are known of the files that are read after it.
    @Sendable static func addSeals(_ db: Database) throws {
        for table in ["run", "sourceFile", "decision", "redaction", "proposal", "redirect"] {
            try db.execute(sql: "ALTER TABLE \(table) ADD COLUMN seal BLOB CHECK (length(seal) = 32)")
        }
        // NULL where the record says of none but itself: nearly always.
        try db.execute(sql: "ALTER TABLE occurrence ADD COLUMN work INTEGER")
    }
}
