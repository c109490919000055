import Corpus
import Foundation
import GRDB

/// A kept citation as its rows have it, with what is said twice: for the audit, which compares the two.
public struct AuditedCitation: Sendable {
    /// The citation and the place of its record.
    public var kept: KeptCitation
    /// The columns that repeat what the record says.
    public var columns: Columns
    /// All evidence from it, by passage, start, end, entity.
    public var evidence: [IdentifiedEvidence]
    /// What the ledger notes of this very record; nil where it notes nothing.
    public var occurrence: StoredOccurrence?

    /// What `citation` repeats of the record.
    public struct Columns: Hashable, Sendable {
        /// The year of publication.
        public var year: Int?
        /// Whether the paper was retracted.
        public var isRetracted: Bool
        /// Whether it is a notice.
        public var isNotice: Bool
        /// Whether there is an expression of concern.
        public var hasConcern: Bool
        /// Whether there is an erratum.
        public var hasErratum: Bool
        /// The work that it is a version of; nil where it says of none.
        public var work: PMID?

        /// What the columns must be.
        public init(of citation: Citation) {
            year = citation.year
            isRetracted = citation.isRetracted
            isNotice = citation.isNotice
            hasConcern = citation.hasExpressionOfConcern
            hasErratum = citation.hasErratum
            work = citation.work == citation.pmid ? nil : citation.work
        }

        init(_ row: Row) {
            year = row[0]
            isRetracted = row[1]
            isNotice = row[2]
            hasConcern = row[3]
            hasErratum = row[4]
            let work: Int64? = row[6]
            self.work = work.map { PMID($0) }
        }
    }
}

/// A citation in a file, as the ledger notes it.
public struct StoredOccurrence: Hashable, Sendable {
    /// The record's place in the file.
    public var record: Int
    /// The version.
    public var version: Int
    /// Whether it gave evidence.
    public var carriesEvidence: Bool
    /// The concepts that it names, by identifier.
    public var concepts: [EntityID]
}

extension Store {
    /// The identifiers of kept citations behind one, in order: a page of them.
    ///
    /// - Throws: `StoreError`.
    public func keptCitations(after pmid: PMID?, limit: Int) throws -> [PMID] {
        try read { db in
            try Int64.fetchAll(
                db, sql: "SELECT pmid FROM citation WHERE pmid > ? ORDER BY pmid LIMIT ?",
                arguments: [pmid?.number ?? Int64.min, limit]
            ).map { PMID($0) }
        }
    }

    /// The identifiers of the citations that an entity's evidence is from, in order.
    ///
    /// - Throws: `StoreError`.
    public func keptCitations(about entity: EntityID) throws -> [PMID] {
        try read { db in
            try Int64.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT pmid FROM evidence JOIN entity ON entity.id = evidence.entity
                    WHERE entity.curie = ? ORDER BY pmid
                    """, arguments: [entity.curie]
            ).map { PMID($0) }
        }
    }

    /// Kept citations with their rows. What of one cannot be read back does not keep the others from being read.
    ///
    /// - Throws: `StoreError` where SQLite itself fails.
    public func audited(_ pmids: [PMID]) throws -> [(pmid: PMID, rows: Result<AuditedCitation, StoreError>)] {
        try read { db in
            var reader = try EvidenceReader(db, strings: strings)
            var strings = try StringReader(db, cache: strings)
            let columns = try db.cachedStatement(
                sql: """
                    SELECT year, isRetracted, isNotice, hasConcern, hasErratum, file, work FROM citation
                    WHERE pmid = ?
                    """)
            let occurrence = try db.cachedStatement(
                sql: """
                    SELECT record, version, carriesEvidence, concepts FROM occurrence
                    WHERE pmid = ? AND file = ? AND record = ?
                    """)
            return try pmids.map { pmid in
                do {
                    guard let kept = try reader.citation(pmid),
                        let row = try Row.fetchOne(columns, arguments: [pmid.number])
                    else { throw StoreError.undecodable(what: pmid.curie) }
                    let noted = try Row.fetchOne(
                        occurrence, arguments: [pmid.number, row[5] as Int64, kept.place.record])
                    return (
                        pmid,
                        .success(
                            AuditedCitation(
                                kept: kept, columns: AuditedCitation.Columns(row),
                                evidence: try reader.evidence(in: kept.citation),
                                occurrence: try noted.map {
                                    try StoredOccurrence($0, of: pmid, &strings)
                                }))
                    )
                } catch let error as StoreError {
                    return (pmid, .failure(error))
                }
            }
        }
    }

    /// Those of some citations that are kept; nil stays nil.
    ///
    /// - Throws: `StoreError`.
    public func keptOnly(_ pmids: [PMID]?) throws -> [PMID]? {
        guard let pmids else { return nil }
        return try read { db in
            let find = try db.cachedStatement(sql: "SELECT 1 FROM citation WHERE pmid = ?")
            return try pmids.filter { try Bool.fetchOne(find, arguments: [$0.number]) != nil }
        }
    }

    /// In how many records of all files a citation was read.
    ///
    /// - Throws: `StoreError`.
    public func occurrenceCount(of pmid: PMID) throws -> Int {
        try read { db in
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM occurrence WHERE pmid = ?", arguments: [pmid.number]) ?? 0
        }
    }

    /// What the ledger notes of citations in one file, by record.
    ///
    /// - Throws: `StoreError`.
    public func occurrences(of pmids: Set<PMID>, inFile file: String) throws -> [PMID: [StoredOccurrence]] {
        try read { db in
            var strings = try StringReader(db, cache: strings)
            let find = try db.cachedStatement(
                sql: """
                    SELECT record, version, carriesEvidence, concepts FROM occurrence
                    WHERE pmid = ? AND file = (SELECT id FROM sourceFile WHERE name = ?) ORDER BY record
                    """)
            return try pmids.reduce(into: [:]) { found, pmid in
                found[pmid] = try Row.fetchAll(find, arguments: [pmid.number, file]).map {
                    try StoredOccurrence($0, of: pmid, &strings)
                }
            }
        }
    }

    /// Which of some citations are kept from a file, with the places of their records.
    ///
    /// - Throws: `StoreError`: what of one cannot be read back is told for that one.
    public func keptCitations(
        _ pmids: Set<PMID>, fromFile file: String
    ) throws -> [PMID: Result<KeptCitation, StoreError>] {
        try read { db in
            var reader = try EvidenceReader(db, strings: strings)
            let isFrom = try db.cachedStatement(
                sql: """
                    SELECT 1 FROM citation WHERE pmid = ? AND file = (SELECT id FROM sourceFile WHERE name = ?)
                    """)
            return try pmids.reduce(into: [:]) { found, pmid in
                guard try Bool.fetchOne(isFrom, arguments: [pmid.number, file]) != nil else { return }
                do {
                    found[pmid] = try reader.citation(pmid).map { .success($0) }
                } catch let error as StoreError {
                    found[pmid] = .failure(error)
                }
            }
        }
    }
}

extension StoredOccurrence {
    /// Reads a row of record, version, carriesEvidence and concepts.
    fileprivate init(_ row: Row, of pmid: PMID, _ strings: inout StringReader) throws {
        do {
            let concepts = try ConceptRecord.numbers(in: row[3]).map { number -> EntityID in
                guard let concept = EntityID(curie: try strings.text(of: number)) else {
                    throw ByteDecoder.Malformed()
                }
                return concept
            }
            self.init(
                record: row[0], version: row[1], carriesEvidence: row[2], concepts: concepts.sorted())
        } catch is ByteDecoder.Malformed {
            throw StoreError.undecodable(what: "the concepts of \(pmid.curie)")
        }
    }
}
