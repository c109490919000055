import Corpus
import GRDB

/// What can go wrong with a store: each case says where, and what to do.
public enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The database was written by a newer program.
    case newerSchema(path: String, found: Int, known: Int)
    /// The database was written by an older program and is open for reading only, so it cannot be brought up to date.
    case olderSchema(path: String, found: Int, known: Int)
    /// There is no such file.
    case missing(path: String)
    /// The file is not an SQLite database.
    case notADatabase(path: String)
    /// The file is an SQLite database, but of another program.
    case otherDatabase(path: String)
    /// The file or its folder cannot be written.
    case readOnly(path: String)
    /// Another program holds the database's write lock.
    case busy(path: String)
    /// The disk has no room for the database or its log.
    case diskFull(path: String)
    /// The system refuses to write or to read the database; which, and SQLite's number for it.
    case inputOutput(path: String, isWrite: Bool, reason: String)
    /// The network file system does not lock files as SQLite needs it, or locks cannot be had.
    case unlockable(path: String, reason: String)
    /// The work was broken off.
    case interrupted(path: String)
    /// SQLite finds the file damaged.
    case damaged(path: String, reason: String)
    /// The file cannot be opened for another reason.
    case cannotOpen(path: String, reason: String)
    /// Any other failure of SQLite.
    case database(path: String, reason: String)
    /// A source file is being written: nothing else can be until it is committed or given up.
    case fileInProgress(name: String)
    /// A writer was used after it was committed, given up, or failed.
    case writerClosed(file: String)
    /// Evidence does not agree with its citation: its offsets do not cut its text out of its passage, say.
    case inexactEvidence(file: String, record: Int, pmid: PMID, evidence: EvidenceID, reason: String)
    /// The same evidence came twice for one citation.
    case repeatedEvidence(file: String, record: Int, pmid: PMID, evidence: EvidenceID)
    /// Evidence or an article names an entity that was never handed over.
    case unknownEntity(EntityID)
    /// There is no such run.
    case unknownRun(Int)
    /// A digest that is not 64 lower-case hexadecimal digits.
    case malformedDigest(String)
    /// A stored record cannot be read back.
    case undecodable(what: String)

    /// One sentence: what happened, where, and what to do.
    public var description: String {
        switch self {
        case .newerSchema(let path, let found, let known):
            "\(path): the database has schema \(found), this program knows schemas up to \(known): "
                + "use the program that wrote it or a newer one, or choose another --database"
        case .olderSchema(let path, let found, let known):
            "\(path): the database has schema \(found), this program needs \(known): "
                + "open it once for writing (bioscribe run or seed) to bring it up to date"
        case .missing(let path):
            "\(path): there is no such database: make it with bioscribe run, or give another --database"
        case .notADatabase(let path):
            "\(path): the file is not an SQLite database: give another --database, or move the file away"
        case .otherDatabase(let path):
            "\(path): the database belongs to another program: give another --database"
        case .readOnly(let path):
            "\(path): the database cannot be written: check the permissions of the file and of its folder"
        case .busy(let path):
            "\(path): another program is writing to the database: wait until it has ended and try again"
        case .diskFull(let path):
            "\(path): the disk is full: make room and run again; what was committed is safe"
        case .inputOutput(let path, true, let reason):
            "\(path): the disk does not take what is written (\(reason)): look at its room, at quota and limits (df, "
                + "ulimit -f) and at the system's log, then run again; what was committed is safe"
        case .inputOutput(let path, false, let reason):
            "\(path): the disk does not give back what is read (\(reason)): look at the system's log; where it goes on, "
                + "restore a backup to another disk"
        case .unlockable(let path, let reason):
            "\(path): the database cannot be locked (\(reason)): keep it on a local disk, not on a network file system"
        case .interrupted(let path):
            "\(path): the work was broken off; what was committed is safe"
        case .damaged(let path, let reason):
            "\(path): the database is damaged (\(reason)): restore a backup, or delete it and run again"
        case .cannotOpen(let path, let reason):
            "\(path): the database cannot be opened (\(reason)): check that the folder exists and can be written"
        case .database(let path, let reason):
            "\(path): \(reason)"
        case .fileInProgress(let name):
            "\(name): this file is still being written to the database: commit it or give it up first"
        case .writerClosed(let file):
            "\(file): the writer of this file is closed: begin the file again"
        case .inexactEvidence(let file, let record, let pmid, let evidence, let reason):
            "\(file): record \(record): \(pmid.curie): evidence \(evidence): \(reason)"
        case .repeatedEvidence(let file, let record, let pmid, let evidence):
            "\(file): record \(record): \(pmid.curie): evidence \(evidence) came twice"
        case .unknownEntity(let entity):
            "\(entity): the entity is not in the database: hand it over with its first evidence"
        case .unknownRun(let number):
            "run \(number): the database has no such run: bioscribe runs lists them"
        case .malformedDigest(let text):
            "\"\(text)\" is not a SHA-256 digest: 64 lower-case hexadecimal digits are needed"
        case .undecodable(let what):
            "\(what) cannot be read back: the database is damaged, run bioscribe doctor"
        }
    }

    /// The typed form of an error that SQLite reports; other errors stay as they are.
    static func typed(_ error: any Error, path: String) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        let reason = error.message ?? error.resultCode.description
        switch error.resultCode {
        case .SQLITE_NOTADB: return StoreError.notADatabase(path: path)
        case .SQLITE_READONLY, .SQLITE_PERM: return StoreError.readOnly(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED: return StoreError.busy(path: path)
        case .SQLITE_FULL: return StoreError.diskFull(path: path)
        case .SQLITE_IOERR:
            let lock: [ResultCode] = [
                .SQLITE_IOERR_LOCK, .SQLITE_IOERR_UNLOCK, .SQLITE_IOERR_RDLOCK,
                .SQLITE_IOERR_CHECKRESERVEDLOCK,
                .SQLITE_IOERR_SHMLOCK,
            ]
            let read: [ResultCode] = [.SQLITE_IOERR_READ, .SQLITE_IOERR_SHORT_READ, .SQLITE_IOERR_FSTAT]
            let code = error.extendedResultCode
            let numbered = "\(reason), SQLite's error \(code.rawValue)"
            if lock.contains(code) { return StoreError.unlockable(path: path, reason: numbered) }
            return StoreError.inputOutput(path: path, isWrite: !read.contains(code), reason: numbered)
        case .SQLITE_PROTOCOL, .SQLITE_NOLFS: return StoreError.unlockable(path: path, reason: reason)
        case .SQLITE_INTERRUPT: return StoreError.interrupted(path: path)
        case .SQLITE_CORRUPT: return StoreError.damaged(path: path, reason: reason)
        case .SQLITE_CANTOPEN: return StoreError.cannotOpen(path: path, reason: reason)
        default: return StoreError.database(path: path, reason: reason)
        }
    }
}
