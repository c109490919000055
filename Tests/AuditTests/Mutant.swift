import Foundation
import GRDB
import Store

/// A copy of a wiki whose rows are changed behind the program's back: triggers and constraints do not stand in the way.
struct Mutant {
    let wiki: AuditedWiki

    init(_ original: AuditedWiki) throws {
        wiki = try AuditedWiki(copying: original)
    }

    /// A value of a row.
    struct Site: CustomStringConvertible {
        var table: String
        var column: String
        /// The row, in the order of its primary key.
        var row: Int
        var description: String { "\(table).\(column), row \(row)" }
    }

    /// Runs SQL with triggers taken out meanwhile.
    func execute(_ sql: String) throws {
        try writing { try $0.execute(sql: sql) }
    }

    /// Every column of every table of the schema, as `table.column`; the shadow tables of the search index left out.
    func columns() throws -> Set<String> {
        try writing { db in
            try Set(
                String.fetchAll(
                    db,
                    sql: """
                        SELECT tables.name || '.' || columns.name
                        FROM pragma_table_list AS tables JOIN pragma_table_info(tables.name) AS columns
                        WHERE tables.type = 'table' AND tables.schema = 'main' AND tables.name NOT LIKE 'sqlite_%'
                            AND tables.name NOT LIKE 'grdb_%'
                        """))
        }
    }

    /// How many rows a table has where a condition holds.
    func count(_ table: String, where condition: String = "1") throws -> Int {
        try writing { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table) WHERE \(condition)") ?? 0 }
    }

    /// Flips one bit of one value.
    ///
    /// - Parameters:
    ///   - condition: Which rows may be chosen.
    ///   - number: Which of them, counted in the order of the primary key, modulo their number.
    ///   - place: Which bit, modulo the length of the value.
    ///   - tail: Only of the last bytes of a text; nil for all.
    /// - Returns: what was changed; nil where there is nothing to change, or SQLite refuses two equal keys.
    func flip(
        _ table: String, _ column: String, where condition: String = "1", row number: Int, place: Int,
        tail: Int? = nil
    ) throws -> Site? {
        try writing { db -> Site? in
            let keys = try String.fetchAll(
                db, sql: "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", arguments: [table])
            let columns = keys.map { "\"\($0)\"" }
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT "\(column)", \(columns.joined(separator: ", ")) FROM "\(table)"
                    WHERE (\(condition)) AND "\(column)" IS NOT NULL AND length("\(column)") > 0
                    ORDER BY \(columns.joined(separator: ", "))
                    """)
            guard !rows.isEmpty else { return nil }
            let index = number % rows.count
            let row = rows[index]
            let value: DatabaseValue = row[0]
            let changed: DatabaseValue
            switch value.storage {
            case .int64(let number): changed = (number ^ (1 << Int64(place % 12))).databaseValue
            case .string(let text):
                var bytes = Array(text.utf8)
                let first = max(0, bytes.count - (tail ?? bytes.count))
                bytes[first + place / 5 % (bytes.count - first)] ^= UInt8(1 << (place % 5))
                guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
                    return nil
                }
                changed = text.databaseValue
            case .blob(let data):
                var bytes = [UInt8](data)
                bytes[place / 8 % bytes.count] ^= UInt8(1 << (place % 8))
                changed = Data(bytes).databaseValue
            default: return nil
            }
            let condition = columns.map { "\($0) = ?" }.joined(separator: " AND ")
            var arguments: [DatabaseValue] = [changed]
            for place in columns.indices { arguments.append(row[place + 1]) }
            do {
                try db.execute(
                    sql: "UPDATE \"\(table)\" SET \"\(column)\" = ? WHERE \(condition)",
                    arguments: StatementArguments(arguments))
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                return nil
            }
            return Site(table: table, column: column, row: index)
        }
    }

    private func writing<Result>(_ body: (Database) throws -> Result) throws -> Result {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: wiki.database, configuration: configuration)
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
            let triggers = try Row.fetchAll(
                db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            for row in triggers { try db.execute(sql: "DROP TRIGGER \"\(row[0] as String)\"") }
            defer { for row in triggers { try? db.execute(sql: row[1] as String) } }
            return try body(db)
        }
    }
}
