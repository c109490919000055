import Corpus
import Foundation
import GRDB

/// A run with the digest that it is stored with.
public struct AuditedRun: Hashable, Sendable {
    /// The number.
    public var number: Int
    /// The digest, which must be that of the origin.
    public var digest: String
    /// What made it.
    public var origin: RunOrigin
    /// Whether its counts can be read back.
    public var hasReadableCounts: Bool
}

/// A source file of the ledger with the rows that there are of it: for the audit, which compares the two.
public struct AuditedFile: Sendable {
    /// The file as the ledger has it.
    public var entry: LedgerEntry
    /// Whether the place noted for it is the one that its name gives.
    public var isPlaceRight: Bool
    /// What the run that read it was made of.
    public var run: RunOrigin
    /// Rows of citations read.
    public var occurrences: Int
    /// Rows of citations that it deletes.
    public var deletions: Int
    /// Rows of records set aside.
    public var problems: Int
    /// Rows of evidence from it.
    public var evidence: Int
    /// Citations of it that gave evidence, whichever version of them counts today.
    public var carrying: Int
    /// Citations of it that are kept.
    public var kept: Int
}

/// A citation of which not the newest version is kept, or of which something is missing.
public struct MisplacedCitation: Hashable, Sendable {
    /// What is wrong.
    public enum Fault: Hashable, Sendable {
        /// The newest version stands in this file and record and gives evidence, but is not kept.
        case newestMissing
        /// Another than the newest version is kept, or it was deleted.
        case keptIsNotNewest
        /// The ledger does not note the record that is kept, or notes it otherwise.
        case keptIsNotNoted
    }

    /// What is wrong.
    public var fault: Fault
    /// The citation.
    public var pmid: PMID
    /// The file of the record.
    public var file: String
    /// Its place in the file.
    public var record: Int
}

/// The counts of concepts as they are stored, against a recount.
public struct AuditedStatistics: Sendable {
    /// The number of the newest count.
    public var number: Int
    /// The digest of the dictionary that named the concepts.
    public var dictionary: String
    /// Whether what it counted is still there, so that a recount must give the same: no file was read again since.
    public var isCurrent: Bool
    /// How many citations it says were counted, and how many are.
    public var citations: (stored: Int, counted: Int)
    /// How many citations it says had been read, and how many were.
    public var read: (stored: Int, counted: Int)
    /// The concepts of which another number is stored than counted, by identifier.
    public var differences: [(concept: String, stored: Int, counted: Int)]
}

extension Store {
    /// The triggers that keep history from being changed, as far as they are missing.
    ///
    /// - Throws: `StoreError`.
    public func missingTriggers() throws -> [String] {
        try read { db in
            let present = try String.fetchSet(
                db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
            return [
                "revisionIsNeverChanged", "revisionIsNeverDeleted", "decisionIsNeverChanged",
                "decisionIsNeverDeleted",
            ].filter { !present.contains($0) }
        }
    }

    /// The runs with the digest that each is stored with, oldest first.
    ///
    /// - Throws: `StoreError`.
    public func auditedRuns() throws -> [AuditedRun] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT number, digest, program, pipeline, rules, dictionary, species, json_valid(counts)
                    FROM run ORDER BY number
                    """
            ).map { row in
                AuditedRun(
                    number: row[0], digest: row[1],
                    origin: RunOrigin(
                        program: row[2], pipeline: row[3], rules: row[4], dictionary: row[5], species: row[6]),
                    hasReadableCounts: row[7])
            }
        }
    }

    /// The files of the ledger with the rows that there are of each, in file order.
    ///
    /// - Complexity: O(citations ever read).
    /// - Throws: `StoreError`.
    public func auditedFiles() throws -> [AuditedFile] {
        let entries = try ledger()
        return try read { db in
            func counts(_ sql: String) throws -> [Int64: Int] {
                try Row.fetchAll(db, sql: sql).reduce(into: [:]) { $0[$1[0]] = $1[1] }
            }
            let occurrences = try counts("SELECT file, count(*) FROM occurrence GROUP BY file")
            let deletions = try counts("SELECT file, count(*) FROM deletion GROUP BY file")
            let problems = try counts("SELECT file, count(*) FROM problem GROUP BY file")
            let carrying = try counts(
                "SELECT file, count(DISTINCT pmid) FROM occurrence WHERE carriesEvidence = 1 GROUP BY file")
            let kept = try counts("SELECT file, count(*) FROM citation GROUP BY file")
            let evidence = try counts(
                """
                SELECT citation.file, count(*) FROM evidence JOIN citation ON citation.pmid = evidence.pmid
                GROUP BY citation.file
                """)
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT sourceFile.id, sourceFile.name, sourceFile.place, run.program, run.pipeline, run.rules,
                        run.dictionary, run.species
                    FROM sourceFile JOIN run ON run.number = sourceFile.run
                    """
            ).reduce(into: [String: Row]()) { $0[$1[1]] = $1 }
            return entries.compactMap { entry in
                guard let row = rows[entry.file.name] else { return nil }
                let id: Int64 = row[0]
                return AuditedFile(
                    entry: entry,
                    isPlaceRight: FileOrder(name: entry.file.name) == FileOrder(place: row[2]),
                    run: RunOrigin(
                        program: row[3], pipeline: row[4], rules: row[5], dictionary: row[6], species: row[7]),
                    occurrences: occurrences[id] ?? 0, deletions: deletions[id] ?? 0,
                    problems: problems[id] ?? 0, evidence: evidence[id] ?? 0, carrying: carrying[id] ?? 0,
                    kept: kept[id] ?? 0)
            }
        }
    }

    /// The citations that a file deletes.
    ///
    /// - Throws: `StoreError`.
    public func deletions(inFile file: String) throws -> Set<PMID> {
        try read { db in
            try Set(
                Int64.fetchAll(
                    db,
                    sql: """
                        SELECT pmid FROM deletion WHERE file = (SELECT id FROM sourceFile WHERE name = ?)
                        """, arguments: [file]
                ).map { PMID($0) })
        }
    }

    /// Looks for citations of which another version is kept than the newest, by identifier.
    ///
    /// - Complexity: O(citations ever read).
    /// - Returns: how many citations were looked at.
    /// - Throws: `StoreError`, and what `receive` throws.
    public func misplacedCitations(_ receive: (MisplacedCitation) throws -> Void) throws -> Int {
        try read { db in
            var order: [Int64: FileOrder] = [:]
            var names: [Int64: (name: String, mustReread: Bool)] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT id, place, name, mustReread FROM sourceFile") {
                order[row[0]] = FileOrder(place: row[1])
                names[row[0]] = (row[2], row[3])
            }
            let precedence = Precedence(order: order)
            let statements = try ContributionStatements(db)
            var settlement = CitationSettlement(run: 0, strings: strings)
            try settlement.readFiles(db)
            let findDeletions = try db.cachedStatement(sql: "SELECT file FROM deletion WHERE pmid = ?")
            var count = 0
            var pmid: Int64?
            var kept: (file: Int64, record: Int, version: Int)?
            var occurrences: [Precedence.Occurrence] = []
            func settle() throws {
                guard let pmid else { return }
                count += 1
                let deletions = try Int64.fetchAll(findDeletions, arguments: [pmid])
                let newest = precedence.newest(of: occurrences, deletedIn: deletions)
                let isRetracted = try settlement.isRetracted(pmid, statements)
                func found(_ fault: MisplacedCitation.Fault, _ file: Int64, _ record: Int) throws {
                    try receive(
                        MisplacedCitation(
                            fault: fault, pmid: PMID(pmid), file: names[file]?.name ?? "", record: record))
                }
                if let kept {
                    let own = occurrences.first { $0.file == kept.file && $0.record == kept.record }
                    if own?.version != kept.version || own?.carriesEvidence != true {
                        try found(.keptIsNotNoted, kept.file, kept.record)
                    } else if newest != own || isRetracted {
                        try found(.keptIsNotNewest, kept.file, kept.record)
                    }
                } else if let newest, newest.carriesEvidence, !isRetracted {
                    try found(.newestMissing, newest.file, newest.record)
                }
            }
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT occurrence.pmid, occurrence.file, occurrence.record, occurrence.version,
                        occurrence.carriesEvidence, citation.file, citation.record, citation.version
                    FROM occurrence LEFT JOIN citation ON citation.pmid = occurrence.pmid
                    ORDER BY occurrence.pmid, occurrence.file, occurrence.record
                    """)
            while let row = try rows.next() {
                if row[0] != pmid {
                    try settle()
                    pmid = row[0]
                    occurrences = []
                    let file: Int64? = row[5]
                    kept = file.map { ($0, row[6], row[7]) }
                }
                occurrences.append(
                    Precedence.Occurrence(
                        file: row[1], record: row[2], version: row[3], carriesEvidence: row[4]))
            }
            try settle()
            for row in try Row.fetchAll(
                db,
                sql: """
                    SELECT pmid, file, record FROM citation
                    WHERE NOT EXISTS (SELECT 1 FROM occurrence WHERE occurrence.pmid = citation.pmid)
                    ORDER BY pmid
                    """)
            {
                count += 1
                try receive(
                    MisplacedCitation(
                        fault: .keptIsNotNoted, pmid: PMID(row[0]), file: names[row[1]]?.name ?? "",
                        record: row[2]))
            }
            return count
        }
    }

    /// Counts the concepts anew and compares; nil where nobody has counted yet.
    ///
    /// - Complexity: O(citations ever read).
    /// - Throws: `StoreError`.
    public func auditedStatistics() throws -> AuditedStatistics? {
        try read { db in
            guard
                let row = try Row.fetchOne(
                    db,
                    sql:
                        "SELECT number, run, read, citations, dictionary FROM snapshot ORDER BY number DESC LIMIT 1"
                )
            else { return nil }
            let run: Int = row[1]
            let newestRead =
                try Int.fetchOne(db, sql: "SELECT coalesce(max(run), 0) FROM sourceFile") ?? 0
            let read =
                try Int.fetchOne(
                    db, sql: "SELECT coalesce(sum(citations), 0) FROM sourceFile WHERE run <= ?",
                    arguments: [run]) ?? 0
            // Files that were read since, under new names, leave what was counted as it was.
            var found = AuditedStatistics(
                number: row[0], dictionary: row[4], isCurrent: newestRead <= run || read == row[2],
                citations: (row[3], row[3]), read: (row[2], read), differences: [])
            guard found.isCurrent else { return found }
            let (citations, counts) = try Self.counts(db, upTo: run)
            found.citations.counted = citations
            var stored: [Int64: Int] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT concept, citations FROM conceptCount") {
                stored[row[0]] = row[1]
            }
            var strings = try StringReader(db, cache: strings)
            for concept in Set(stored.keys).union(counts.keys)
            where stored[concept] ?? 0 != counts[concept] ?? 0 {
                let name = (try? strings.text(of: concept)) ?? "concept \(concept)"
                found.differences.append((name, stored[concept] ?? 0, counts[concept] ?? 0))
            }
            found.differences.sort { $0.concept.utf8.lexicographicallyPrecedes($1.concept.utf8) }
            return found
        }
    }
}
