import Corpus
import GRDB

/// What a database holds, in numbers.
public struct StoreStatus: Hashable, Sendable {
    /// The schema's number.
    public var schema = 0
    /// Source files in the ledger.
    public var files = 0
    /// Files that must be read again.
    public var filesToReread = 0
    /// Files read with another program, dictionary, rules or species than the ones asked about.
    public var filesOutOfDate = 0
    /// Citations read in all files, revisions counted each time.
    public var citationsRead = 0
    /// Citations kept, with evidence.
    public var citationsKept = 0
    /// Pieces of evidence.
    public var evidence = 0
    /// Entities with evidence.
    public var entities = 0
    /// Entities whose evidence has changed since their article was last composed.
    public var pending = 0
    /// Articles.
    public var articles = 0
    /// Revisions of all articles.
    public var revisions = 0
    /// Records set aside, and damaged files.
    public var problems = 0
    /// The size of the database file without its log, in bytes.
    public var bytes = 0
    /// The newest run.
    public var lastRun: Run?
}

extension Store {
    /// Counts what the database holds; `digests`, where given, tell which files are out of date.
    ///
    /// - Complexity: O(size of the evidence index).
    /// - Throws: `StoreError`.
    public func status(digests: ExtractionDigests? = nil) throws -> StoreStatus {
        var status = try read { db in
            func count(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Int {
                try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0
            }
            var status = StoreStatus()
            status.schema = try count("PRAGMA user_version")
            status.files = try count("SELECT count(*) FROM sourceFile")
            status.filesToReread = try count("SELECT count(*) FROM sourceFile WHERE mustReread = 1")
            if let digests {
                status.filesOutOfDate = try count(
                    """
                    SELECT count(*) FROM sourceFile
                    WHERE (program, rules, dictionary, species) <> (?, ?, ?, ?)
                    """, [digests.program, digests.rules, digests.dictionary, digests.species])
            }
            status.citationsRead = try count("SELECT coalesce(sum(citations), 0) FROM sourceFile")
            status.citationsKept = try count("SELECT count(*) FROM citation")
            status.evidence = try count("SELECT count(*) FROM evidence")
            status.entities = try count("SELECT count(DISTINCT entity) FROM evidence")
            status.pending = try count("SELECT count(*) FROM entity WHERE pending = 1")
            status.articles = try count("SELECT count(*) FROM article")
            status.revisions = try count("SELECT count(*) FROM revision")
            status.problems = try count("SELECT count(*) FROM problem")
            status.bytes = try count("PRAGMA page_count") * count("PRAGMA page_size")
            return status
        }
        status.lastRun = try runs(limit: 1).first
        return status
    }

    /// Asks SQLite whether the file is sound and every reference resolves; empty when all is well.
    ///
    /// - Complexity: O(size of the database).
    /// - Throws: `StoreError`.
    public func damage() throws -> [String] {
        try read { db in
            let integrity = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            let dangling = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
                "a row of \(row[0] as String) refers to a missing row of \(row[2] as String)"
            }
            return integrity + dangling
        }
    }
}
