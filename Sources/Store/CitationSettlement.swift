import Corpus
import Foundation
import GRDB

/// Keeps `citation` and its evidence to the newest record of every citation, inside one transaction, and notes what goes.
///
/// Of all occurrences of a PMID one is the newest (`Precedence`); the database holds the evidence of that one and no
/// other, and none where the paper was retracted, whether its own record says so or that of the notice.
struct CitationSettlement {
    /// Why evidence goes.
    enum Reason: String {
        /// A newer record of the citation takes the place of the one that it was found in.
        case revised
        /// The citation was deleted.
        case deleted
        /// The paper was retracted.
        case retracted
        /// The dictionary, the rules or the program no longer find it in the same record.
        case unsupported
        /// No file has the citation any more.
        case gone
    }

    let run: Int
    private let strings: StringCache
    private var precedence = Precedence(order: [:])
    /// Entities whose evidence has changed.
    private(set) var touched: Set<Int64> = []
    /// Citations to be settled at the end.
    var unsettled: Set<Int64> = []
    /// Citations whose evidence went.
    private(set) var removed = 0

    init(run: Int, strings: StringCache) {
        self.run = run
        self.strings = strings
    }

    /// Learns the order of the files; again when a file has come or gone.
    mutating func readFiles(_ db: Database) throws {
        var order: [Int64: FileOrder] = [:]
        let files = try Row.fetchCursor(db, sql: "SELECT id, place FROM sourceFile")
        while let row = try files.next() { order[row[0]] = FileOrder(place: row[1]) }
        precedence = Precedence(order: order)
    }

    /// Notes that evidence about entities has changed.
    mutating func touch(_ entities: some Sequence<Int64>) { touched.formUnion(entities) }

    // MARK: - Which record counts

    /// Whether a record is the first that ever told of its citation, as nearly all of a new file are, and tells of no
    /// retraction: then it is the newest, and there is nothing to be settled.
    func isFirst(_ citation: Citation, _ statements: ContributionStatements) throws -> Bool {
        guard !citation.isRetracted, !citation.corrections.contains(where: { $0.type == .retractionOf })
        else {
            return false
        }
        return try Bool.fetchOne(statements.isKnown, arguments: [citation.pmid.number]) == false
    }

    /// The newest occurrence of a citation, as far as the database tells.
    func newest(_ pmid: Int64, _ statements: ContributionStatements) throws -> Precedence.Occurrence? {
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

    /// Notes what a record says of retractions, its own or those that it gives notice of.
    mutating func claim(
        by citation: Citation, file: Int64, record: Int, _ statements: ContributionStatements
    ) throws {
        func insert(_ pmid: PMID, _ notice: PMID?) throws {
            try statements.insertRetraction.execute(arguments: [
                pmid.number, citation.pmid.number, file, record, notice?.number ?? 0,
            ])
        }
        if citation.isRetracted {
            let notices = citation.corrections.filter { $0.type == .retractionIn }.map(\.pmid)
            for notice in notices.isEmpty ? [nil] : notices { try insert(citation.pmid, notice) }
        }
        for correction in citation.corrections where correction.type == .retractionOf {
            guard let pmid = correction.pmid, pmid != citation.pmid else { continue }
            try insert(pmid, citation.pmid)
        }
        try unsettleClaims(of: citation.pmid.number, statements)
    }

    /// A record of a claimant that came or went may change what holds of the papers that it speaks of.
    mutating func unsettleClaims(of claimant: Int64, _ statements: ContributionStatements) throws {
        unsettled.formUnion(try Int64.fetchAll(statements.findClaimed, arguments: [claimant]))
    }

    /// Whether a paper counts as retracted: a record says so that is the newest of its citation.
    func isRetracted(_ pmid: Int64, _ statements: ContributionStatements) throws -> Bool {
        for row in try Row.fetchAll(statements.findRetractions, arguments: [pmid]) {
            let newest = try newest(row[0], statements)
            if let newest, newest.file == row[1], newest.record == row[2] { return true }
        }
        return false
    }

    // MARK: - Making it so

    /// Takes a citation and its evidence out, if they are there, and notes the evidence but for what comes back at once.
    mutating func remove(
        _ pmid: Int64, _ reason: Reason, keeping: Set<EvidenceID> = [], _ statements: ContributionStatements,
        _ db: Database
    ) throws {
        guard try Int64.fetchOne(statements.findCitation, arguments: [pmid]) != nil else { return }
        try withdraw(pmid, reason, keeping: keeping, statements, db)
        touched.formUnion(try Int64.fetchAll(statements.findEntities, arguments: [pmid]))
        try statements.deleteCitation.execute(arguments: [pmid])
        removed += 1
    }

    private func withdraw(
        _ pmid: Int64, _ reason: Reason, keeping: Set<EvidenceID>, _ statements: ContributionStatements,
        _ db: Database
    ) throws {
        var texts: [EvidenceID: String] = [:]
        do {
            var reader = try EvidenceReader(db, strings: strings)
            guard let kept = try reader.citation(PMID(pmid)) else { return }
            for piece in try reader.evidence(in: kept.citation) { texts[piece.id] = piece.evidence.text }
        } catch StoreError.undecodable {
            // A damaged row goes like any other; its text cannot be told.
        }
        for row in try Row.fetchAll(statements.findLeaving, arguments: [pmid]) {
            guard let id = EvidenceID(blob: row[0]), !keeping.contains(id) else {
                continue
            }
            try statements.insertWithdrawn.execute(arguments: [
                run, row[0], pmid, row[1], row[2], row[3], row[4], texts[id] ?? "", row[5], row[6],
                reason.rawValue,
            ])
        }
    }

    /// Makes the stored citation agree with the newest occurrence. Returns that occurrence when it carries evidence that
    /// is not there.
    mutating func settle(
        _ pmid: Int64, _ statements: ContributionStatements, _ db: Database
    ) throws -> Precedence.Occurrence? {
        let newest = try newest(pmid, statements)
        let isRetracted = try isRetracted(pmid, statements)
        if let stored = try Row.fetchOne(statements.findCitation, arguments: [pmid]) {
            if !isRetracted, newest?.file == stored[0], newest?.record == stored[1] { return nil }
            let isDeleted =
                try newest == nil && !Int64.fetchAll(statements.findDeletions, arguments: [pmid]).isEmpty
            let reason: Reason =
                isRetracted ? .retracted : isDeleted ? .deleted : newest == nil ? .gone : .revised
            try remove(pmid, reason, statements, db)
        }
        guard let newest, newest.carriesEvidence, !isRetracted else { return nil }
        return newest
    }

    /// Notes what has changed, when all is settled.
    func finish(rereading files: Set<Int64>, _ statements: ContributionStatements, _ db: Database) throws {
        for file in files.sorted() {
            try db.execute(sql: "UPDATE sourceFile SET mustReread = 1 WHERE id = ?", arguments: [file])
        }
        for entity in touched.sorted() {
            try statements.insertTouched.execute(arguments: [run, entity])
            try statements.markPending.execute(arguments: [entity])
        }
        // What another file of this run took out, and this one brought back, did not go.
        try db.execute(
            sql: """
                DELETE FROM withdrawnEvidence
                WHERE run = ? AND EXISTS (SELECT 1 FROM evidence WHERE evidence.id = withdrawnEvidence.id)
                """, arguments: [run])
    }
}

/// The prepared statements that a source file is written with; GRDB keeps them by their text.
struct ContributionStatements {
    let insertProblem: Statement
    let isKnown: Statement
    let insertOccurrence: Statement
    let findOccurrences: Statement
    let insertDeletion: Statement
    let findDeletions: Statement
    let insertRetraction: Statement
    let findRetractions: Statement
    let findClaimed: Statement
    let insertCitation: Statement
    let findCitation: Statement
    let findContent: Statement
    let findSentences: Statement
    let findEvidence: Statement
    let moveCitation: Statement
    let insertEarlierPlace: Statement
    let deleteCitation: Statement
    let insertSentence: Statement
    let insertEvidence: Statement
    let findLeaving: Statement
    let insertWithdrawn: Statement
    let findEntities: Statement
    let writeEntity: Statement
    let findEntity: Statement
    let insertTouched: Statement
    let markPending: Statement

    init(_ db: Database) throws {
        insertProblem = try db.cachedStatement(
            sql: "INSERT INTO problem (file, record, pmid, byte, reason) VALUES (?, ?, ?, ?, ?)")
        isKnown = try db.cachedStatement(
            sql: """
                SELECT EXISTS (SELECT 1 FROM occurrence WHERE pmid = ?1)
                    OR EXISTS (SELECT 1 FROM deletion WHERE pmid = ?1)
                    OR EXISTS (SELECT 1 FROM retraction WHERE pmid = ?1)
                    OR EXISTS (SELECT 1 FROM retraction WHERE claimant = ?1)
                    OR EXISTS (SELECT 1 FROM citation WHERE pmid = ?1)
                """)
        insertOccurrence = try db.cachedStatement(
            sql: """
                INSERT INTO occurrence (pmid, file, record, version, carriesEvidence, concepts, work)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
        findOccurrences = try db.cachedStatement(
            sql: "SELECT file, record, version, carriesEvidence FROM occurrence WHERE pmid = ?")
        insertDeletion = try db.cachedStatement(
            sql: "INSERT INTO deletion (pmid, file) VALUES (?, ?) ON CONFLICT DO NOTHING")
        findDeletions = try db.cachedStatement(sql: "SELECT file FROM deletion WHERE pmid = ?")
        insertRetraction = try db.cachedStatement(
            sql: """
                INSERT INTO retraction (pmid, claimant, file, record, notice) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """)
        findRetractions = try db.cachedStatement(
            sql: "SELECT claimant, file, record FROM retraction WHERE pmid = ?")
        findClaimed = try db.cachedStatement(sql: "SELECT DISTINCT pmid FROM retraction WHERE claimant = ?")
        insertCitation = try db.cachedStatement(
            sql: """
                INSERT INTO citation (pmid, version, file, record, byteOffset, sha256, year, isRetracted, isNotice,
                    hasConcern, hasErratum, content, work)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        findCitation = try db.cachedStatement(sql: "SELECT file, record FROM citation WHERE pmid = ?")
        findContent = try db.cachedStatement(sql: "SELECT version, content FROM citation WHERE pmid = ?")
        findSentences = try db.cachedStatement(
            sql: """
                SELECT passage, place, start, "end", mentions FROM sentence WHERE pmid = ? ORDER BY number
                """)
        findEvidence = try db.cachedStatement(
            sql: "SELECT sentence, entity, id, qualities, placements FROM evidence WHERE pmid = ?")
        moveCitation = try db.cachedStatement(
            sql: "UPDATE citation SET file = ?, record = ?, byteOffset = ?, sha256 = ? WHERE pmid = ?")
        insertEarlierPlace = try db.cachedStatement(
            sql: """
                INSERT INTO earlierPlace (pmid, run, file, fileSHA256, record, byteOffset, sha256)
                SELECT citation.pmid, ?, sourceFile.name, sourceFile.sha256, record, byteOffset, citation.sha256
                FROM citation JOIN sourceFile ON sourceFile.id = citation.file
                WHERE pmid = ? AND (sourceFile.name, sourceFile.sha256) <> (?, ?)
                ON CONFLICT DO NOTHING
                """)
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
        findLeaving = try db.cachedStatement(
            sql: """
                SELECT evidence.id, citation.version, evidence.entity, sentence.passage, sentence.start,
                    sourceFile.name, citation.record
                FROM evidence JOIN citation USING (pmid) JOIN sourceFile ON sourceFile.id = citation.file
                    JOIN sentence ON sentence.pmid = evidence.pmid AND sentence.number = evidence.sentence
                WHERE evidence.pmid = ?
                """)
        insertWithdrawn = try db.cachedStatement(
            sql: """
                INSERT INTO withdrawnEvidence (run, id, pmid, version, entity, passage, start, text, file, record, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """)
        findEntities = try db.cachedStatement(sql: "SELECT DISTINCT entity FROM evidence WHERE pmid = ?")
        writeEntity = try db.cachedStatement(sql: EntityRow.upsert)
        findEntity = try db.cachedStatement(sql: "SELECT id FROM entity WHERE curie = ?")
        insertTouched = try db.cachedStatement(
            sql: "INSERT INTO touched (run, entity) VALUES (?, ?) ON CONFLICT DO NOTHING")
        markPending = try db.cachedStatement(sql: "UPDATE entity SET pending = 1 WHERE id = ?")
    }
}
