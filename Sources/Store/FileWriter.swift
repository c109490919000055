import Corpus
import Foundation
import GRDB
import Synchronization

/// Writes the contribution of one source file in one transaction: it is in the database as a whole once `commit`
/// has returned, and not at all before.
///
/// Batches come in record order. While the writer is open no other write is possible; readers see the database as
/// it was. A writer that fails, is given up, or is let go without commit leaves no trace.
///
/// ```swift
/// let writer = try store.beginFile(file, run: run)
/// for batch in batches { try writer.append(batch) }
/// let outcome = try writer.commit(deletions: deletions, totals: totals)
/// ```
public final class FileWriter: Sendable {
    /// The file that is written.
    public let file: SourceFile
    private let store: Store
    /// Nil once the writer is closed.
    private let contribution: Mutex<FileContribution?>

    fileprivate init(store: Store, file: SourceFile, contribution: FileContribution) {
        self.store = store
        self.file = file
        self.contribution = Mutex(contribution)
    }

    deinit { close(rollingBack: true) }

    /// Adds the next stretch of the file.
    ///
    /// - Throws: `StoreError`; the whole file is then rolled back and the writer closed.
    public func append(_ batch: ExtractionBatch) throws {
        try working { contribution, db in try contribution.add(batch, db) }
    }

    /// Finishes the file: applies its deletions, settles what it changes for other files, commits.
    ///
    /// - Throws: `StoreError`; the whole file is then rolled back and the writer closed.
    public func commit(deletions: [PMID] = [], totals: FileTotals = FileTotals()) throws -> FileOutcome {
        let outcome = try working { contribution, db in
            let outcome = try contribution.finish(deletions: deletions, totals: totals, db)
            try db.commit()
            return outcome
        }
        close(rollingBack: false)
        return outcome
    }

    /// Gives the file up: nothing of it stays.
    public func rollBack() { close(rollingBack: true) }

    private func working<Result: Sendable>(
        _ body: (inout FileContribution, Database) throws -> Result
    ) throws -> Result {
        do {
            return try contribution.withLock { contribution in
                guard var current = contribution else { throw StoreError.writerClosed(file: file.name) }
                // Taken out, so that its arrays are changed in place.
                contribution = nil
                let result = try store.mapping {
                    try store.database.writeWithoutTransaction { db in try body(&current, db) }
                }
                contribution = current
                return result
            }
        } catch let error as StoreError where error == .writerClosed(file: file.name) {
            throw error
        } catch {
            // The contribution was taken out and is not there to close.
            store.endFile(rollingBack: true)
            throw error
        }
    }

    private func close(rollingBack: Bool) {
        contribution.withLock { contribution in
            guard contribution != nil else { return }
            contribution = nil
            store.endFile(rollingBack: rollingBack)
        }
    }
}

extension Store {
    /// Opens the transaction of a source file; what the database has of a file of that name is replaced.
    ///
    /// - Throws: `StoreError`: `.fileInProgress` when another file is open.
    public func beginFile(_ file: SourceFile, run: Int) throws -> FileWriter {
        let contribution = try mapping {
            try database.writeWithoutTransaction { db in
                try refuseWhileFileIsOpen(db)
                try db.beginTransaction(.immediate)
                do {
                    let contribution = try FileContribution(
                        file: file, run: run, strings: strings, db)
                    fileInProgress.withLock { $0 = file.name }
                    return contribution
                } catch {
                    try db.rollback()
                    throw error
                }
            }
        }
        return FileWriter(store: self, file: file, contribution: contribution)
    }

    /// Writes a whole source file in one transaction.
    ///
    /// - Throws: `StoreError`; nothing of the file is then in the database.
    public func write(_ extraction: FileExtraction, run: Int) throws -> FileOutcome {
        let writer = try beginFile(extraction.file, run: run)
        try writer.append(extraction.batch)
        return try writer.commit(deletions: extraction.deletions, totals: extraction.totals)
    }

    /// Ends the transaction of a source file, so that other writes are possible again.
    fileprivate func endFile(rollingBack: Bool) {
        database.writeWithoutTransaction { db in
            // SQLite has rolled back by itself after some errors, a full disk for one; where it cannot, the
            // connection is closed with the transaction open, which comes to the same.
            if rollingBack, db.isInsideTransaction { try? db.rollback() }
            fileInProgress.withLock { $0 = nil }
        }
        if rollingBack { strings.forget() }
    }
}
