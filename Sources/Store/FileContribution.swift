import Corpus
import Foundation
import GRDB

/// The state of a source file's open transaction, and what is done in it.
///
/// Every citation read is noted as an occurrence. Of all occurrences of a PMID one is the newest (`Precedence`); the
/// table `citation` and its evidence hold that one and no other. A citation that is newest when it comes is written
/// at once. One that is not may still turn out to be, when this file's deletions are known or because its file was
/// written before: such PMIDs are settled at the end.
struct FileContribution {
    private let file: SourceFile
    private let fileID: Int64
    private let run: Int
    private let precedence: Precedence
    /// Strings numbered in this transaction.
    private var numbers: [ExactText: Int64] = [:]
    /// Entities written in this transaction, or found there.
    private var entityIDs: [EntityID: Int64] = [:]
    /// Entities whose evidence has changed.
    private var touched: Set<Int64> = []
    /// Citations to be settled at the end.
    private var unsettled: Set<Int64> = []
    private var problems = 0
    private var outcome = FileOutcome()

    /// Enters the file into the ledger, and takes out what a file of the same name had contributed.
    init(file: SourceFile, run: Int, _ db: Database) throws {
        self.file = file
        self.run = run
        _ = try Hex.sha256(file.sha256)
        guard try Bool.fetchOne(db, sql: "SELECT 1 FROM run WHERE number = ?", arguments: [run]) != nil else {
            throw StoreError.unknownRun(run)
        }
        let earlier = try Int64.fetchOne(
            db, sql: "SELECT id FROM sourceFile WHERE name = ?", arguments: [file.name])
        if let earlier {
            fileID = earlier
        } else {
            try db.execute(
                sql: """
                    INSERT INTO sourceFile (name, place, size, sha256, program, rules, dictionary, species, run)
                    VALUES (?, ?, 0, ?, '', '', '', '', ?)
                    """,
                arguments: [file.name, FileOrder(name: file.name).place, file.sha256, run])
            fileID = db.lastInsertedRowID
        }
        var order: [Int64: FileOrder] = [:]
        let files = try Row.fetchCursor(db, sql: "SELECT id, place FROM sourceFile")
        while let row = try files.next() { order[row[0]] = FileOrder(place: row[1]) }
        precedence = Precedence(order: order)
        if earlier != nil { try takeOut(db) }
    }

    /// Adds a stretch of the file.
    mutating func add(_ batch: ExtractionBatch, _ db: Database) throws {
        let statements = try ContributionStatements(db)
        var encoder = RecordEncoder(table: try StringTable(db, known: numbers))
        for entity in batch.entities { try write(entity, &encoder, statements) }
        for extraction in batch.citations { try add(extraction, &encoder, statements) }
        for problem in batch.problems {
            try statements.insertProblem.execute(arguments: [
                fileID, problem.record, problem.pmid?.number, problem.byte, problem.reason,
            ])
        }
        problems += batch.problems.count
        numbers = encoder.numbers
    }

    /// Applies the deletions, settles, and completes the file's row in the ledger.
    mutating func finish(deletions: [PMID], totals: FileTotals, _ db: Database) throws -> FileOutcome {
        let statements = try ContributionStatements(db)
        for pmid in deletions {
            try statements.insertDeletion.execute(arguments: [pmid.number, fileID])
            unsettled.insert(pmid.number)
        }
        var reread: Set<Int64> = []
        for pmid in unsettled.sorted() {
            if let file = try settle(pmid, statements) { reread.insert(file) }
        }
        for file in reread {
            try db.execute(sql: "UPDATE sourceFile SET mustReread = 1 WHERE id = ?", arguments: [file])
        }
        for entity in touched.sorted() {
            try statements.insertTouched.execute(arguments: [run, entity])
            try statements.markPending.execute(arguments: [entity])
        }
        try countKept(db)
        try db.execute(
            sql: """
                UPDATE sourceFile SET size = ?, inflatedSize = ?, sha256 = ?, program = ?, rules = ?,
                    dictionary = ?, species = ?, run = ?, citations = ?, deleted = ?, books = ?, setAside = ?,
                    sentences = ?, mentions = ?, evidence = ?, mustReread = 0
                WHERE id = ?
                """,
            arguments: [
                file.size, totals.inflatedSize, file.sha256, file.digests.program, file.digests.rules,
                file.digests.dictionary, file.digests.species, run, totals.citations, deletions.count,
                totals.books, problems, totals.sentences, totals.mentions, outcome.evidenceKept, fileID,
            ])
        outcome.filesToReread = try Store.filesToReread(db)
        return outcome
    }

    // MARK: - One citation

    private mutating func add(
        _ extraction: CitationExtraction, _ encoder: inout RecordEncoder, _ statements: ContributionStatements
    ) throws {
        let pmid = extraction.citation.pmid.number
        let carriesEvidence = !extraction.evidence.isEmpty
        try statements.insertOccurrence.execute(arguments: [
            pmid, fileID, extraction.place.record, extraction.citation.version, carriesEvidence,
            Data(try encoder.record(of: extraction.concepts)),
        ])
        let newest = try newest(pmid, statements)
        guard newest?.file == fileID, newest?.record == extraction.place.record else {
            unsettled.insert(pmid)
            return
        }
        if try remove(pmid, statements) { outcome.replaced += 1 }
        if carriesEvidence {
            var row = CitationRows(extraction: extraction, file: file.name, fileID: fileID)
            try row.write(&encoder, statements) { entity in
                let id = try entityID(entity, statements)
                touched.insert(id)
                return id
            }
        }
    }

    /// The newest occurrence of a citation, as far as the database and this file's part so far tell.
    private func newest(
        _ pmid: Int64, _ statements: ContributionStatements
    ) throws -> Precedence.Occurrence? {
        var occurrences: [Precedence.Occurrence] = []
        let rows = try Row.fetchCursor(statements.findOccurrences, arguments: [pmid])
        while let row = try rows.next() {
            occurrences.append(
                Precedence.Occurrence(
                    file: row[0], record: row[1], version: row[2], carriesEvidence: row[3]))
        }
        let deletions = try Int64.fetchAll(statements.findDeletions, arguments: [pmid])
        return precedence.newest(of: occurrences, deletedIn: deletions)
    }

    /// Takes a citation and its evidence out, if they are there.
    private mutating func remove(_ pmid: Int64, _ statements: ContributionStatements) throws -> Bool {
        guard try Int64.fetchOne(statements.findCitation, arguments: [pmid]) != nil else { return false }
        touched.formUnion(try Int64.fetchAll(statements.findEntities, arguments: [pmid]))
        try statements.deleteCitation.execute(arguments: [pmid])
        return true
    }

    /// Makes the stored citation agree with the newest occurrence. Returns the file that must be read again, when
    /// the newest carries evidence that is not there.
    private mutating func settle(_ pmid: Int64, _ statements: ContributionStatements) throws -> Int64? {
        let newest = try newest(pmid, statements)
        if let stored = try Row.fetchOne(statements.findCitation, arguments: [pmid]) {
            if newest?.file == stored[0], newest?.record == stored[1] { return nil }
            if try remove(pmid, statements) { outcome.replaced += 1 }
        }
        guard let newest, newest.carriesEvidence else { return nil }
        return newest.file
    }

    // MARK: - The file

    /// Takes out what this file had contributed; what that means for other files is settled at the end.
    private mutating func takeOut(_ db: Database) throws {
        unsettled.formUnion(
            try Int64.fetchAll(
                db,
                sql: """
                    SELECT pmid FROM occurrence WHERE file = ?1 UNION SELECT pmid FROM deletion WHERE file = ?1
                    """, arguments: [fileID]))
        touched.formUnion(
            try Int64.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT entity FROM evidence JOIN citation USING (pmid) WHERE citation.file = ?
                    """, arguments: [fileID]))
        for table in ["citation", "occurrence", "deletion", "problem"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE file = ?", arguments: [fileID])
        }
    }

    private mutating func countKept(_ db: Database) throws {
        let kept = try Row.fetchOne(
            db,
            sql: """
                SELECT count(DISTINCT citation.pmid), count(*) FROM citation JOIN evidence USING (pmid)
                WHERE citation.file = ?
                """, arguments: [fileID])
        outcome.citationsKept = kept?[0] ?? 0
        outcome.evidenceKept = kept?[1] ?? 0
        let carrying =
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(DISTINCT pmid) FROM occurrence WHERE file = ? AND carriesEvidence = 1
                    """, arguments: [fileID]) ?? 0
        outcome.superseded = carrying - outcome.citationsKept
    }

    // MARK: - Entities

    private mutating func write(
        _ entity: Entity, _ encoder: inout RecordEncoder, _ statements: ContributionStatements
    ) throws {
        guard entityIDs[entity.id] == nil else { return }
        entityIDs[entity.id] = try EntityRow.write(entity, &encoder, statements.writeEntity)
    }

    private mutating func entityID(_ entity: EntityID, _ statements: ContributionStatements) throws -> Int64 {
        if let id = entityIDs[entity] { return id }
        guard let id = try Int64.fetchOne(statements.findEntity, arguments: [entity.curie]) else {
            throw StoreError.unknownEntity(entity)
        }
        entityIDs[entity] = id
        return id
    }
}

/// The prepared statements that a source file is written with; GRDB keeps them by their text.
struct ContributionStatements {
    let insertProblem: Statement
    let insertOccurrence: Statement
    let findOccurrences: Statement
    let insertDeletion: Statement
    let findDeletions: Statement
    let insertCitation: Statement
    let findCitation: Statement
    let deleteCitation: Statement
    let insertSentence: Statement
    let insertEvidence: Statement
    let findEntities: Statement
    let writeEntity: Statement
    let findEntity: Statement
    let insertTouched: Statement
    let markPending: Statement

    init(_ db: Database) throws {
        insertProblem = try db.cachedStatement(
            sql: "INSERT INTO problem (file, record, pmid, byte, reason) VALUES (?, ?, ?, ?, ?)")
        insertOccurrence = try db.cachedStatement(
            sql: """
                INSERT INTO occurrence (pmid, file, record, version, carriesEvidence, concepts)
                VALUES (?, ?, ?, ?, ?, ?)
                """)
        findOccurrences = try db.cachedStatement(
            sql: "SELECT file, record, version, carriesEvidence FROM occurrence WHERE pmid = ?")
        insertDeletion = try db.cachedStatement(
            sql: "INSERT INTO deletion (pmid, file) VALUES (?, ?) ON CONFLICT DO NOTHING")
        findDeletions = try db.cachedStatement(sql: "SELECT file FROM deletion WHERE pmid = ?")
        insertCitation = try db.cachedStatement(
            sql: """
                INSERT INTO citation (pmid, version, file, record, byteOffset, sha256, year, isRetracted, isNotice,
                    hasConcern, hasErratum, content)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        findCitation = try db.cachedStatement(sql: "SELECT file, record FROM citation WHERE pmid = ?")
        deleteCitation = try db.cachedStatement(sql: "DELETE FROM citation WHERE pmid = ?")
        insertSentence = try db.cachedStatement(
            sql: """
                INSERT INTO sentence (pmid, number, passage, place, start, "end", mentions)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
        insertEvidence = try db.cachedStatement(
            sql: """
                INSERT INTO evidence (pmid, sentence, entity, id, qualities, placements) VALUES (?, ?, ?, ?, ?, ?)
                """)
        findEntities = try db.cachedStatement(sql: "SELECT DISTINCT entity FROM evidence WHERE pmid = ?")
        writeEntity = try db.cachedStatement(sql: EntityRow.upsert)
        findEntity = try db.cachedStatement(sql: "SELECT id FROM entity WHERE curie = ?")
        insertTouched = try db.cachedStatement(
            sql: "INSERT INTO touched (run, entity) VALUES (?, ?) ON CONFLICT DO NOTHING")
        markPending = try db.cachedStatement(sql: "UPDATE entity SET pending = 1 WHERE id = ?")
    }
}
