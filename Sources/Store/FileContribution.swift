import Corpus
import Foundation
import GRDB

/// The state of a source file's open transaction, and what is done in it.
///
/// Every citation read is noted as an occurrence. One that is newest when it comes (`CitationSettlement`) is written at
/// once, and only noted to stand here now where the database has the very same already. One that is not may still turn
/// out to be, when this file's deletions are known or because its file was written before: such PMIDs are settled at
/// the end.
struct FileContribution {
    private let file: SourceFile
    private let fileID: Int64
    private let run: Int
    private var settlement: CitationSettlement
    /// Strings numbered in this transaction.
    private var numbers = TextNumbers()
    /// Entities written in this transaction, or found there.
    private var entityIDs: [EntityID: Int64] = [:]
    /// Citations that were passed over since a notice says that they are retracted: a later record of this very file may
    /// say otherwise.
    private var heldBack: [Int64: CitationExtraction] = [:]
    private var problems = 0
    private var outcome = FileOutcome()

    /// Enters the file into the ledger, and takes out what a file of the same name had contributed; citations with
    /// evidence stay until it is known whether they come again.
    init(file: SourceFile, run: Int, strings: StringCache, _ db: Database) throws {
        self.file = file
        self.run = run
        settlement = CitationSettlement(run: run, strings: strings)
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
        try settlement.readFiles(db)
        if earlier != nil { try takeOut(db) }
    }

    /// Adds a stretch of the file.
    mutating func add(_ batch: ExtractionBatch, _ db: Database) throws {
        let statements = try ContributionStatements(db)
        var encoder = try encoder(db)
        for entity in batch.entities { try write(entity, &encoder, statements) }
        for extraction in batch.citations { try add(extraction, &encoder, statements, db) }
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
            settlement.unsettled.insert(pmid.number)
            try settlement.unsettleClaims(of: pmid.number, statements)
        }
        let reread = try settle(statements, db)
        outcome.replaced = settlement.removed
        try settlement.finish(rereading: reread, statements, db)
        try countKept(db)
        try db.execute(
            sql: """
                UPDATE sourceFile SET size = ?, inflatedSize = ?, sha256 = ?, program = ?, rules = ?,
                    dictionary = ?, species = ?, run = ?, citations = ?, deleted = ?, books = ?, setAside = ?,
                    sentences = ?, mentions = ?, evidence = ?, modified = ?, md5 = ?, mustReread = 0
                WHERE id = ?
                """,
            arguments: [
                file.size, totals.inflatedSize, file.sha256, file.digests.program, file.digests.rules,
                file.digests.dictionary, file.digests.species, run, totals.citations, deletions.count,
                totals.books, problems, totals.sentences, totals.mentions, outcome.evidenceKept,
                file.modified,
                file.md5, fileID,
            ])
        try Seal.seal(.sourceFile, where: "id = ?", [fileID], db)
        outcome.filesToReread = try Store.filesToReread(db)
        return outcome
    }

    /// An encoder that knows the numbers so far. It takes them along, so that it changes them in place: they are to be
    /// taken back from it.
    private mutating func encoder(_ db: Database) throws -> RecordEncoder {
        let encoder = RecordEncoder(table: try StringTable(db, known: numbers))
        numbers = TextNumbers()
        return encoder
    }

    /// Settles what is open; the files that must be read again for it.
    private mutating func settle(_ statements: ContributionStatements, _ db: Database) throws -> Set<Int64> {
        var reread: Set<Int64> = []
        for pmid in settlement.unsettled.sorted() {
            guard let newest = try settlement.settle(pmid, statements, db) else { continue }
            if newest.file == fileID {
                guard let extraction = heldBack[pmid], extraction.place.record == newest.record else {
                    continue
                }
                var encoder = try encoder(db)
                try rows(of: extraction, &encoder, statements).write(statements)
                numbers = encoder.numbers
                settlement.touch(try Int64.fetchAll(statements.findEntities, arguments: [pmid]))
            } else {
                reread.insert(newest.file)
            }
        }
        return reread
    }

    // MARK: - One citation

    private mutating func add(
        _ extraction: CitationExtraction, _ encoder: inout RecordEncoder,
        _ statements: ContributionStatements,
        _ db: Database
    ) throws {
        let citation = extraction.citation
        let pmid = citation.pmid.number
        let record = extraction.place.record
        let isFirst = try settlement.isFirst(citation, statements)
        try statements.insertOccurrence.execute(arguments: [
            pmid, fileID, record, citation.version, !extraction.evidence.isEmpty,
            try encoder.record(of: extraction.concepts),
            citation.work == citation.pmid ? nil : citation.work.number,
        ])
        if isFirst {
            settlement.unsettled.remove(pmid)
            if !extraction.evidence.isEmpty {
                try write(rows(of: extraction, &encoder, statements), statements)
            }
            return
        }
        try settlement.claim(by: citation, file: fileID, record: record, statements)
        let newest = try settlement.newest(pmid, statements)
        guard newest?.file == fileID, newest?.record == record else {
            settlement.unsettled.insert(pmid)
            return
        }
        let isRetracted = try settlement.isRetracted(pmid, statements)
        if isRetracted { heldBack[pmid] = extraction.evidence.isEmpty ? nil : extraction }
        settlement.unsettled.remove(pmid)
        let stored = try Row.fetchOne(statements.findContent, arguments: [pmid])
        if isRetracted || extraction.evidence.isEmpty {
            guard let stored else { return }
            let isSame = try stored[0] == citation.version && stored[1] == encoder.record(of: citation)
            try settlement.remove(
                pmid, isRetracted ? .retracted : isSame ? .unsupported : .revised, statements, db)
            return
        }
        let rows = try rows(of: extraction, &encoder, statements)
        if let stored {
            if try rows.areStored(statements) {
                try statements.insertEarlierPlace.execute(arguments: [run, pmid, file.name, file.sha256])
                try rows.move(statements)
                return
            }
            let isSame = stored[0] == citation.version && stored[1] == rows.content
            try settlement.remove(
                pmid, isSame ? .unsupported : .revised, keeping: Set(extraction.evidence.map(\.id)),
                statements,
                db)
        }
        try write(rows, statements)
    }

    private mutating func write(_ rows: CitationRows, _ statements: ContributionStatements) throws {
        try rows.write(statements)
        settlement.touch(rows.entities)
    }

    private mutating func rows(
        of extraction: CitationExtraction, _ encoder: inout RecordEncoder,
        _ statements: ContributionStatements
    ) throws -> CitationRows {
        try CitationRows(extraction, file: file.name, fileID: fileID, &encoder) {
            try entityID($0, statements)
        }
    }

    // MARK: - The file

    /// Takes out what this file had contributed, but for citations with evidence: those that come again unchanged stay.
    /// What that means for other files is settled at the end.
    private mutating func takeOut(_ db: Database) throws {
        settlement.unsettled.formUnion(
            try Int64.fetchAll(
                db,
                sql: """
                    SELECT pmid FROM occurrence WHERE file = ?1 UNION SELECT pmid FROM deletion WHERE file = ?1
                    UNION SELECT pmid FROM retraction WHERE file = ?1
                    UNION SELECT retraction.pmid FROM retraction JOIN occurrence ON occurrence.pmid = claimant
                        WHERE occurrence.file = ?1
                    UNION SELECT retraction.pmid FROM retraction JOIN deletion ON deletion.pmid = claimant
                        WHERE deletion.file = ?1
                    """, arguments: [fileID]))
        for table in ["occurrence", "deletion", "retraction", "problem"] {
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
