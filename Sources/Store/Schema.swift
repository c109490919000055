import GRDB

/// The schema's history: numbered migrations, applied in order, each in a transaction of its own.
///
/// A migration is never edited once it has shipped; tables and columns are named by strings here, so that no later
/// change of a type can alter an old migration.
enum Schema {
    /// The marker of BioScribe's databases in SQLite's header: `BioS`.
    static let applicationID = 0x4269_6F53

    /// The schema that this program writes: the number of the last migration.
    static let version = migrations.count

    /// The migrations by number, from 1.
    private static let migrations: [@Sendable (Database) throws -> Void] = [
        createTables, addStatistics, addAuthorship, addWithdrawals, addSeals, addRankings,
    ]

    /// Applies the migrations that are missing.
    ///
    /// - Throws: `StoreError` when the database is another program's, or newer than this program; when it is older
    ///   and open for reading only.
    static func bringUpToDate(_ database: any DatabaseWriter, path: String, readOnly: Bool) throws {
        let found = try database.read { db in
            // The list of migrations is made before the first of them: a full disk or a kill may come in between.
            let isEmpty =
                try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'") == 0
            let application = try Int.fetchOne(db, sql: "PRAGMA application_id")
            guard isEmpty || application == applicationID else { throw StoreError.otherDatabase(path: path) }
            return try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        }
        if found > version { throw StoreError.newerSchema(path: path, found: found, known: version) }
        if found == version { return }
        if readOnly { throw StoreError.olderSchema(path: path, found: found, known: version) }
        try migrator.migrate(database)
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for (offset, migration) in migrations.enumerated() {
            let number = offset + 1
            migrator.registerMigration("schema \(number)") { db in
                try migration(db)
                try db.execute(
                    sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(number)")
            }
        }
        return migrator
    }
}
