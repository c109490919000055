import Corpus
import GRDB

/// How a source file stands to the database.
public enum FileStanding: Hashable, Sendable {
    /// It was never read: read it.
    case unknown
    /// A file of this name was read, but its bytes were others: read it, which replaces the old contribution.
    case changed
    /// It was read, and newer citations of other files have since gone: read it again.
    case mustReread
    /// It was read, but with another program, dictionary, rules or species: read it again when asked to.
    case outOfDate
    /// It was read as it is now: nothing to do.
    case current
}

/// A source file as the ledger has it.
public struct LedgerEntry: Hashable, Sendable {
    /// The file, with what it was extracted with.
    public var file: SourceFile
    /// The run that read it.
    public var run: Int
    /// What was counted.
    public var totals: FileTotals
    /// Citations that it deletes.
    public var deleted: Int
    /// Records set aside.
    public var setAside: Int
    /// Pieces of evidence that were kept when it was written; later files may have replaced some.
    public var evidence: Int
    /// Whether it must be read again.
    public var mustReread: Bool

    /// How a file of the same name stands to it.
    public func standing(of other: SourceFile) -> FileStanding {
        if other.sha256 != file.sha256 { return .changed }
        if mustReread { return .mustReread }
        return other.digests == file.digests ? .current : .outOfDate
    }
}

/// A problem with the file it is in.
public struct FiledProblem: Hashable, Sendable {
    /// The name of the file.
    public var file: String
    /// The run that met it.
    public var run: Int
    /// The problem.
    public var problem: Problem
}

extension Store {
    /// How a file stands to the database.
    ///
    /// - Throws: `StoreError`.
    public func standing(of file: SourceFile) throws -> FileStanding {
        try ledger(of: file.name)?.standing(of: file) ?? .unknown
    }

    /// Whether a file was read as it is now, so that it can be passed over.
    ///
    /// - Throws: `StoreError`.
    public func isKnown(_ file: SourceFile) throws -> Bool {
        try standing(of: file) == .current
    }

    /// The files in the database, in file order.
    ///
    /// - Throws: `StoreError`.
    public func ledger() throws -> [LedgerEntry] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM sourceFile ORDER BY place").map { Self.entry($0) }
        }
    }

    /// A file in the database; nil where it was never read.
    ///
    /// - Throws: `StoreError`.
    public func ledger(of name: String) throws -> LedgerEntry? {
        try read { db in
            try Row.fetchOne(
                db, sql: "SELECT * FROM sourceFile WHERE name = ?", arguments: [SourceFile.baseName(of: name)]
            ).map { Self.entry($0) }
        }
    }

    private static func entry(_ row: Row) -> LedgerEntry {
        LedgerEntry(
            file: SourceFile(
                name: row["name"], size: row["size"], sha256: row["sha256"],
                digests: ExtractionDigests(
                    program: row["program"], rules: row["rules"], dictionary: row["dictionary"],
                    species: row["species"]), modified: row["modified"], md5: row["md5"]),
            run: row["run"],
            totals: FileTotals(
                inflatedSize: row["inflatedSize"], citations: row["citations"], books: row["books"],
                sentences: row["sentences"], mentions: row["mentions"]),
            deleted: row["deleted"], setAside: row["setAside"], evidence: row["evidence"],
            mustReread: row["mustReread"])
    }

    /// Notes when known files were changed last, and the checksums that have come beside them.
    ///
    /// - Throws: `StoreError`.
    public func noteSeen(_ files: [SourceFile]) throws {
        if files.isEmpty { return }
        try write { db in
            let update = try db.cachedStatement(
                sql: "UPDATE sourceFile SET modified = ?, md5 = ? WHERE name = ? AND sha256 = ?")
            for file in files {
                try update.execute(arguments: [file.modified, file.md5, file.name, file.sha256])
            }
        }
    }

    /// The names of the files that must be read again, in file order: see `FileOutcome.filesToReread`.
    ///
    /// - Throws: `StoreError`.
    public func filesToReread() throws -> [String] {
        try read { try Self.filesToReread($0) }
    }

    static func filesToReread(_ db: Database) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT name FROM sourceFile WHERE mustReread = 1 ORDER BY place")
    }

    /// The records set aside, in file order, then in the order of the file; of one file, or of all.
    ///
    /// - Throws: `StoreError`.
    public func problems(file: String? = nil, limit: Int = .max) throws -> [FiledProblem] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT sourceFile.name, sourceFile.run, problem.record, problem.pmid, problem.byte,
                        problem.reason
                    FROM problem JOIN sourceFile ON sourceFile.id = problem.file
                    WHERE ?1 IS NULL OR sourceFile.name = ?1
                    ORDER BY sourceFile.place, problem.id LIMIT ?2
                    """, arguments: [file.map { SourceFile.baseName(of: $0) }, limit]
            ).map { row in
                let pmid: Int64? = row[3]
                return FiledProblem(
                    file: row[0], run: row[1],
                    problem: Problem(
                        record: row[2], pmid: pmid.map { PMID($0) }, byte: row[4], reason: row[5]))
            }
        }
    }
}
