import GRDB

extension Store {
    /// The CHECK constraints of the schema that rows break, with how many rows.
    ///
    /// SQLite's own integrity check leaves them out where the database is open for reading only.
    ///
    /// - Complexity: O(size of the database).
    /// - Throws: `StoreError`.
    public func brokenConstraints() throws -> [String] {
        try read { db in
            let tables = try Row.fetchAll(
                db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%CHECK%'")
            return try tables.flatMap { row -> [String] in
                let table: String = row[0]
                return try Self.checks(in: row[1]).compactMap { check in
                    let count =
                        try Int.fetchOne(db, sql: "SELECT count(*) FROM \"\(table)\" WHERE NOT (\(check))")
                        ?? 0
                    return count == 0 ? nil : "\(count) rows of \(table) break CHECK (\(check))"
                }
            }
        }
    }

    /// The expressions of a table's CHECK constraints, as they stand in the statement that made it.
    private static func checks(in sql: String) -> [String] {
        let bytes = Array(sql.utf8)
        let word = Array("CHECK (".utf8)
        var checks: [String] = []
        var position = 0
        while position + word.count <= bytes.count {
            guard bytes[position..<position + word.count].elementsEqual(word) else {
                position += 1
                continue
            }
            position += word.count
            let start = position
            var depth = 1
            while position < bytes.count, depth > 0 {
                if bytes[position] == UInt8(ascii: "(") { depth += 1 }
                if bytes[position] == UInt8(ascii: ")") { depth -= 1 }
                position += 1
            }
            if depth == 0 { checks.append(String(decoding: bytes[start..<position - 1], as: UTF8.self)) }
        }
        return checks
    }
}
