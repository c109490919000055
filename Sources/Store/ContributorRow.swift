import Articles
import GRDB

/// Rows of `contributor`.
enum ContributorRow {
    /// The number of a contributor, who is added where they are new.
    static func id(of contributor: Contributor, _ db: Database) throws -> Int64 {
        let find = try db.cachedStatement(sql: "SELECT id FROM contributor WHERE kind = ? AND name = ?")
        let arguments: StatementArguments = [contributor.kind.rawValue, contributor.name]
        if let id = try Int64.fetchOne(find, arguments: arguments) { return id }
        try db.cachedStatement(sql: "INSERT INTO contributor (kind, name) VALUES (?, ?)").execute(
            arguments: arguments)
        return db.lastInsertedRowID
    }

    /// The digest of the run that a machine is; nil for others, and where there is no such run.
    static func runDigest(of contributor: Contributor, _ db: Database) throws -> String? {
        guard let number = contributor.runNumber else { return nil }
        return try String.fetchOne(
            db.cachedStatement(sql: "SELECT digest FROM run WHERE number = ?"), arguments: [number])
    }

    /// A contributor from the columns kind and name.
    static func contributor(kind: String, name: String) throws -> Contributor {
        guard let kind = Contributor.Kind(rawValue: kind) else {
            throw StoreError.undecodable(what: "contributor \(name)")
        }
        return Contributor(kind: kind, name: name)
    }
}
