import Corpus
import Foundation
import GRDB

/// What became of a citation that gives no evidence any more.
public struct CitationFate: Hashable, Sendable {
    /// Whether PubMed has deleted it, so that no version of it is left.
    public var isDeleted = false
    /// Whether the paper was retracted: its own newest record says so, or that of the notice.
    public var isRetracted = false
    /// The notices of retraction, where they are named, by PMID.
    public var notices: [PMID] = []
}

/// Evidence that a run took out of the database.
public struct WithdrawnEvidence: Hashable, Sendable {
    /// What it was known by.
    public var id: EvidenceID
    /// The run.
    public var run: Int
    /// The citation.
    public var pmid: PMID
    /// Its version.
    public var version: Int
    /// What it was about.
    public var entity: EntityID
    /// The passage: 0 is the title.
    public var passage: Int
    /// Where the sentence began in it, in UTF-8 bytes.
    public var start: Int
    /// The sentence.
    public var text: String
    /// The file that it was read from.
    public var file: String
    /// The record there, from 0.
    public var record: Int
    /// Why: `revised`, `deleted`, `retracted`, `unsupported` (dictionary, rules or program no longer find it) or `gone` (no
    /// file has the citation any more).
    public var reason: String
    /// Whether it has come back since.
    public var isBack: Bool
}

/// Where a citation was read from before it was found, unchanged, in a newer file.
public struct EarlierPlace: Hashable, Sendable {
    /// The run that found it elsewhere.
    public var run: Int
    /// The file.
    public var file: String
    /// The file's SHA-256: 64 hexadecimal digits.
    public var fileSHA256: String
    /// Where the record stood.
    public var place: RecordPlace
}

/// What a record says of a retraction.
public struct RetractionClaim: Hashable, Sendable {
    /// The paper.
    public var pmid: PMID
    /// The citation whose record says so: the paper's own, or the notice's.
    public var claimant: PMID
    /// Whether the ledger notes that record.
    public var isNoted: Bool
}

extension Store {
    /// What records say of retractions, by paper.
    ///
    /// - Throws: `StoreError`.
    public func retractionClaims() throws -> [RetractionClaim] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT pmid, claimant, EXISTS (
                        SELECT 1 FROM occurrence
                        WHERE occurrence.pmid = claimant AND occurrence.file = retraction.file
                            AND occurrence.record = retraction.record)
                    FROM retraction ORDER BY pmid, claimant
                    """
            ).map { RetractionClaim(pmid: PMID($0[0]), claimant: PMID($0[1]), isNoted: $0[2]) }
        }
    }

    /// What became of those citations among some that were deleted or retracted.
    ///
    /// - Complexity: O(citations · their records).
    /// - Throws: `StoreError`.
    public func fates(of pmids: Set<PMID>) throws -> [PMID: CitationFate] {
        try read { try fates(of: pmids, $0) }
    }

    func fates(of pmids: Set<PMID>, _ db: Database) throws -> [PMID: CitationFate] {
        if pmids.isEmpty { return [:] }
        let statements = try ContributionStatements(db)
        var settlement = CitationSettlement(run: 0, strings: strings)
        try settlement.readFiles(db)
        var fates: [PMID: CitationFate] = [:]
        for pmid in pmids {
            var fate = CitationFate()
            fate.isDeleted =
                try !Int64.fetchAll(statements.findDeletions, arguments: [pmid.number]).isEmpty
                && settlement.newest(pmid.number, statements) == nil
            fate.isRetracted = try settlement.isRetracted(pmid.number, statements)
            if fate.isRetracted {
                fate.notices = try Int64.fetchAll(
                    db,
                    sql:
                        "SELECT DISTINCT notice FROM retraction WHERE pmid = ? AND notice > 0 ORDER BY notice",
                    arguments: [pmid.number]
                ).map { PMID($0) }
            }
            if fate.isDeleted || fate.isRetracted { fates[pmid] = fate }
        }
        return fates
    }

    /// The citations that are kept, with evidence.
    ///
    /// - Throws: `StoreError`.
    public func citationsKept() throws -> Set<PMID> {
        try read { db in Set(try Int64.fetchAll(db, sql: "SELECT pmid FROM citation").map { PMID($0) }) }
    }

    /// The evidence that was taken out, the newest run first; of one run, of one identifier, or all.
    ///
    /// - Throws: `StoreError`.
    public func withdrawnEvidence(
        run: Int? = nil, id: EvidenceID? = nil, limit: Int = .max
    ) throws -> [WithdrawnEvidence] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT withdrawnEvidence.id, run, pmid, version, entity.curie, text, file, record, reason,
                        EXISTS (SELECT 1 FROM evidence WHERE evidence.id = withdrawnEvidence.id), passage, start
                    FROM withdrawnEvidence JOIN entity ON entity.id = withdrawnEvidence.entity
                    WHERE (?1 IS NULL OR run = ?1) AND (?2 IS NULL OR withdrawnEvidence.id = ?2)
                    ORDER BY run DESC, pmid, passage, start, entity.curie LIMIT ?3
                    """, arguments: [run, id?.blob, limit]
            ).map { row in
                guard let id = EvidenceID(blob: row[0]),
                    let entity = EntityID(curie: row[4])
                else { throw StoreError.undecodable(what: "withdrawn evidence") }
                return WithdrawnEvidence(
                    id: id, run: row[1], pmid: PMID(row[2]), version: row[3], entity: entity,
                    passage: row[10],
                    start: row[11], text: row[5],
                    file: row[6], record: row[7], reason: row[8], isBack: row[9])
            }
        }
    }

    /// How much evidence a run took out, by reason.
    ///
    /// - Throws: `StoreError`.
    public func withdrawalCounts(run: Int) throws -> [String: Int] {
        try read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT reason, count(*) FROM withdrawnEvidence WHERE run = ? GROUP BY reason",
                arguments: [run])
            return Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Where a citation was read from before, the newest run first.
    ///
    /// - Throws: `StoreError`.
    public func earlierPlaces(of pmid: PMID) throws -> [EarlierPlace] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT run, file, fileSHA256, record, byteOffset, sha256 FROM earlierPlace WHERE pmid = ?
                    ORDER BY run DESC, file
                    """, arguments: [pmid.number]
            ).map { row in
                EarlierPlace(
                    run: row[0], file: row[1], fileSHA256: row[2],
                    place: RecordPlace(
                        record: row[3], byteOffset: row[4], sha256: Hexadecimal.digits(row[5] as Data))
                )
            }
        }
    }

    /// Takes source files out of the ledger, with all that was read from them and is not in another file: a new year's
    /// baseline takes the place of the old files. One transaction.
    ///
    /// - Parameters:
    ///   - names: The files.
    ///   - run: The run that does it.
    /// - Returns: how many citations with evidence went.
    /// - Throws: `StoreError`.
    @discardableResult public func retire(_ names: [String], run: Int) throws -> Int {
        let gone = try write { db in
            let statements = try ContributionStatements(db)
            var settlement = CitationSettlement(run: run, strings: strings)
            var files: [Int64] = []
            for name in names {
                if let id = try Int64.fetchOne(
                    db, sql: "SELECT id FROM sourceFile WHERE name = ?", arguments: [name])
                {
                    files.append(id)
                }
            }
            for file in files {
                settlement.unsettled.formUnion(
                    try Int64.fetchAll(
                        db,
                        sql: """
                            SELECT pmid FROM citation WHERE file = ?1
                            UNION SELECT pmid FROM retraction WHERE file = ?1
                            """, arguments: [file]))
                for table in ["occurrence", "deletion", "retraction", "problem"] {
                    try db.execute(sql: "DELETE FROM \(table) WHERE file = ?", arguments: [file])
                }
            }
            try settlement.readFiles(db)
            var reread: Set<Int64> = []
            for pmid in settlement.unsettled.sorted() {
                if let newest = try settlement.settle(pmid, statements, db) { reread.insert(newest.file) }
            }
            for file in files {
                try db.execute(sql: "DELETE FROM sourceFile WHERE id = ?", arguments: [file])
            }
            try settlement.finish(rereading: reread, statements, db)
            return settlement.removed
        }
        strings.forget()
        return gone
    }
}
