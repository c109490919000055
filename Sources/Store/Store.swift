import Foundation
import GRDB
import Synchronization

/// The database of BioScribe: ledger of source files, kept citations, evidence, articles and their revisions.
///
/// One writer and many readers at a time; readers see the last committed state. All calls block until they are
/// done. Every error of SQLite comes out as a `StoreError` that names the database's path.
public final class Store: Sendable {
    /// How a database is opened.
    public enum Access: Sendable {
        /// Makes the file if it is missing, and brings its schema up to date.
        case create
        /// The file must be there; brings its schema up to date.
        case existing
        /// The file must be there and have the schema of this program; nothing is written.
        case readOnly
    }

    /// The file, or `:memory:`.
    public let path: String
    /// The connections. Only this class and its extensions speak SQL.
    let database: any DatabaseWriter
    /// The name of the source file whose transaction is open.
    let fileInProgress = Mutex<String?>(nil)
    /// Strings read so far, by their number.
    let strings = StringCache()

    /// Opens a database file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - access: What may be done with it.
    ///   - patience: How many seconds to wait for another program that is writing.
    /// - Throws: `StoreError`.
    public init(path: String, access: Access = .create, patience: Double = 10) throws {
        self.path = path
        do {
            let exists = FileManager.default.fileExists(atPath: path)
            guard exists || access == .create else { throw StoreError.missing(path: path) }
            var configuration = Self.configuration
            configuration.busyMode = .timeout(patience)
            if access == .readOnly {
                configuration.readonly = true
                database = try DatabaseQueueOrPool.reader(path: path, configuration: configuration)
            } else {
                database = try DatabasePool(path: path, configuration: configuration)
            }
            try Schema.bringUpToDate(database, path: path, readOnly: access == .readOnly)
        } catch {
            throw StoreError.typed(error, path: path)
        }
    }

    /// Makes an empty database in memory, for tests and for one-off work.
    ///
    /// - Throws: `StoreError`.
    public init() throws {
        path = ":memory:"
        database = try DatabaseQueue(configuration: Self.configuration)
        try Schema.bringUpToDate(database, path: path, readOnly: false)
    }

    /// Closes the connections; using the store afterwards is an error.
    public func close() throws {
        try mapping { try database.close() }
    }

    /// Breaks off the statements that are being executed now, on whatever thread: they fail with
    /// `StoreError.interrupted`, and a transaction in which one was to write is rolled back.
    public func interrupt() { database.interrupt() }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "BioScribe"
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 8
        // A source file's transaction lives across the calls that append to it (FileWriter). Every other write goes
        // through `write`, which refuses while such a transaction is open.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            // WAL with NORMAL: a killed process loses nothing that was committed; a power cut may lose the last
            // transactions whole, and the next run reads those files again.
            // A page holds a dozen records of citations: less of it lies empty than of smaller ones. A database keeps the
            // pages that it was made with.
            try db.execute(
                sql: """
                    PRAGMA page_size = 16384; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;
                    PRAGMA temp_store = MEMORY
                    """)
        }
        return configuration
    }

    // MARK: - Access for the extensions

    /// Runs a write in a transaction of its own.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try mapping {
            try database.writeWithoutTransaction { db in
                try refuseWhileFileIsOpen(db)
                var result: Result?
                try db.inTransaction(.immediate) {
                    result = try body(db)
                    return .commit
                }
                guard let result else { throw StoreError.database(path: path, reason: "nothing was written") }
                return result
            }
        }
    }

    /// The transaction of a source file is the only one that is ever open between two calls.
    func refuseWhileFileIsOpen(_ db: Database) throws {
        if db.isInsideTransaction {
            throw StoreError.fileInProgress(name: fileInProgress.withLock { $0 } ?? path)
        }
    }

    /// Runs reads on one snapshot.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try mapping { try database.read(body) }
    }

    /// Gives SQLite's errors their types.
    func mapping<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch { throw StoreError.typed(error, path: path) }
    }
}

/// Opens a database that will not be written.
private enum DatabaseQueueOrPool {
    /// A pool needs the log file beside the database; where the folder cannot be written, a queue reads without it.
    static func reader(path: String, configuration: Configuration) throws -> any DatabaseWriter {
        do {
            return try DatabasePool(path: path, configuration: configuration)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
            return try DatabaseQueue(path: path, configuration: configuration)
        }
    }
}
