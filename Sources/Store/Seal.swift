import Articles
import Corpus
import Crypto
import Foundation
import GRDB

/// Digests of what nothing else vouches for: who decided what about a statement, what is hidden and by whom, where
/// identifiers lead, what a run reported and took out, what a file says beside its citations.
///
/// `seal = SHA-256(the seal before it ‖ the fields)`: each field is preceded by its length in bytes and a colon, `-` stands
/// for one that is missing. The decisions on an article are a chain in the order in which they were made, so that none can
/// be changed, moved or left out between two others; the seals of other rows stand alone.
enum Seal {
    /// A table of which every row is sealed alone.
    enum Table: String, CaseIterable {
        case run, sourceFile, redaction, proposal, redirect

        /// The column that says what a row is about.
        fileprivate var subject: String {
            switch self {
            case .run: "number"
            case .sourceFile: "name"
            case .redaction, .proposal: "subject"
            case .redirect: "source"
            }
        }

        /// The queries whose rows are sealed; `?1` is the row's number.
        fileprivate var facts: [String] {
            switch self {
            case .run:
                [
                    "SELECT number, status, started, ended, counts, summary FROM run WHERE number = ?1",
                    """
                    SELECT withdrawnEvidence.id, pmid, version, curie, passage, start, text, file, record, reason
                    FROM withdrawnEvidence LEFT JOIN entity ON entity.id = withdrawnEvidence.entity
                    WHERE run = ?1 ORDER BY withdrawnEvidence.id
                    """,
                    """
                    SELECT pmid, file, fileSHA256, record, byteOffset, sha256 FROM earlierPlace
                    WHERE run = ?1 ORDER BY pmid, file
                    """,
                    """
                    SELECT curie FROM touched LEFT JOIN entity ON entity.id = touched.entity
                    WHERE run = ?1 ORDER BY curie
                    """,
                ]
            case .sourceFile:
                [
                    """
                    SELECT name, size, inflatedSize, sha256, sourceFile.program, sourceFile.rules,
                        sourceFile.dictionary, sourceFile.species, digest, citations, deleted, books, setAside,
                        sentences, mentions, evidence
                    FROM sourceFile LEFT JOIN run ON run.number = run WHERE id = ?1
                    """,
                    "SELECT record, pmid, byte, reason FROM problem WHERE file = ?1 ORDER BY record, byte, reason",
                    """
                    SELECT pmid, claimant, record, notice FROM retraction WHERE file = ?1
                    ORDER BY pmid, claimant, record, notice
                    """,
                    "SELECT pmid FROM deletion WHERE file = ?1 ORDER BY pmid",
                ]
            case .redaction:
                [
                    """
                    SELECT subject, sentences, kind, name, note
                    FROM redaction LEFT JOIN contributor ON contributor.id = contributor WHERE redaction.rowid = ?1
                    """
                ]
            case .proposal:
                [
                    """
                    SELECT proposal.kind, subject, detail, status, contributor.kind, name
                    FROM proposal LEFT JOIN contributor ON contributor.id = contributor WHERE proposal.id = ?1
                    """
                ]
            case .redirect: ["SELECT source, target, note FROM redirect WHERE rowid = ?1"]
            }
        }
    }

    /// Seals the rows of a table that a condition names.
    static func seal(_ table: Table, where condition: String, _ arguments: StatementArguments, _ db: Database)
        throws
    {
        let rows = try Int64.fetchAll(
            db, sql: "SELECT rowid FROM \(table.rawValue) WHERE \(condition)", arguments: arguments)
        for row in rows {
            try db.execute(
                sql: "UPDATE \(table.rawValue) SET seal = ? WHERE rowid = ?",
                arguments: [try due(for: row, of: table, db), row])
        }
    }

    /// What a row is about, the seal that it has, and the one that it must have.
    struct Comparison {
        var subject: String
        var seal: Data?
        var due: Data
    }

    /// The rows of a table, in the order of their subjects.
    ///
    /// - Parameter condition: Which of them.
    static func comparisons(
        of table: Table, where condition: String = "1", _ db: Database
    ) throws -> [Comparison] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT rowid, \(table.subject), seal FROM \(table.rawValue) WHERE \(condition)
                ORDER BY \(table.subject), rowid
                """
        ).map { row in
            Comparison(
                subject: (row[1] as DatabaseValue).storage.value.map { "\($0)" } ?? "", seal: row[2],
                due: try due(for: row[0], of: table, db))
        }
    }

    private static func due(for row: Int64, of table: Table, _ db: Database) throws -> Data {
        var hash = SHA256()
        for query in table.facts {
            let rows = try Row.fetchCursor(db.cachedStatement(sql: query), arguments: [row])
            while let row = try rows.next() { add(Array(row.databaseValues), to: &hash) }
            // Where one query ends and the next begins.
            hash.update(data: Data("\n".utf8))
        }
        return Data(hash.finalize())
    }

    // MARK: - Decisions

    /// The seal of a decision on a statement of an article.
    ///
    /// - Parameters:
    ///   - previous: the seal of the decision before it on the same article; nil for the first, and behind one that is
    ///     older than seals.
    ///   - run: the digest of the run that a machine's decision is of: its number would depend on how often the program
    ///     ran.
    static func decision(
        _ decision: StatementDecision, on article: EntityID, run: String?, previous: Data?
    ) -> Data {
        var hash = SHA256()
        if let previous { hash.update(data: previous) }
        let contributor = decision.contributor
        let name = contributor.kind == .machine ? run : contributor.name
        add(
            [
                article.curie.databaseValue, decision.key.hex.databaseValue,
                decision.verb.rawValue.databaseValue, decision.reason.databaseValue,
                contributor.kind.rawValue.databaseValue, name.databaseValue, decision.note.databaseValue,
                decision.revision.databaseValue,
            ], to: &hash)
        return Data(hash.finalize())
    }

    private static func add(_ fields: [DatabaseValue], to hash: inout SHA256) {
        for field in fields {
            switch field.storage {
            case .null: hash.update(data: Data("-".utf8))
            case .int64(let number): add(Data("\(number)".utf8), to: &hash)
            case .double(let number): add(Data("\(number)".utf8), to: &hash)
            case .string(let text): add(Data(text.utf8), to: &hash)
            case .blob(let bytes): add(bytes, to: &hash)
            }
        }
    }

    private static func add(_ bytes: Data, to hash: inout SHA256) {
        hash.update(data: Data("\(bytes.count):".utf8))
        hash.update(data: bytes)
    }
}
