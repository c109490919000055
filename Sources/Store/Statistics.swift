import Corpus
import Foundation
import GRDB

extension Store {
    /// The newest statistics; nil where nobody has counted yet.
    ///
    /// - Throws: `StoreError`.
    public func statistics() throws -> ConceptStatistics? {
        try read { db in
            guard
                let row = try Row.fetchOne(
                    db, sql: "SELECT number, citations FROM snapshot ORDER BY number DESC LIMIT 1")
            else { return nil }
            var statistics = ConceptStatistics(number: row[0], citations: row[1], counts: [:])
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT string.text, conceptCount.citations
                    FROM conceptCount JOIN string ON string.id = conceptCount.concept
                    """)
            while let row = try rows.next() {
                guard let concept = EntityID(curie: String(decoding: row[0] as Data, as: UTF8.self)) else {
                    throw StoreError.undecodable(what: "the counts of concepts")
                }
                statistics.counts[concept] = row[1]
            }
            return statistics
        }
    }

    /// How many citations name each concept in the newest statistics, by the number of its identifier in the database.
    ///
    /// - Throws: `StoreError`.
    public func conceptCounts() throws -> [Int64: Int] {
        try read { db in
            var counts: [Int64: Int] = [:]
            let rows = try Row.fetchCursor(db, sql: "SELECT concept, citations FROM conceptCount")
            while let row = try rows.next() { counts[row[0]] = row[1] }
            return counts
        }
    }

    /// Counts the concepts anew where that is due: where nobody has counted, where the citations read have grown or
    /// shrunk by more than a share since, or where another dictionary names the concepts.
    ///
    /// The newest version of each citation counts, deleted ones do not: what was revised or taken back is counted as if
    /// it had never been there.
    ///
    /// - Parameters:
    ///   - share: by what share of the last count's citations the number read must differ.
    ///   - dictionary: the digest of the dictionary.
    ///   - run: the run that counts.
    /// - Returns: whether it has counted.
    /// - Complexity: O(citations read) where it counts.
    /// - Throws: `StoreError`.
    @discardableResult
    public func refreshStatistics(ifChangedBy share: Double, dictionary: String, run: Int) throws -> Bool {
        try write { db in
            let read = try Int.fetchOne(db, sql: "SELECT coalesce(sum(citations), 0) FROM sourceFile") ?? 0
            let last = try Row.fetchOne(
                db, sql: "SELECT read, dictionary FROM snapshot ORDER BY number DESC LIMIT 1")
            if let last {
                let counted: Int = last[0]
                let change = Double((read - counted).magnitude)
                if last[1] == dictionary, change <= share * Double(counted) { return false }
            }
            let (citations, counts) = try Self.counts(db)
            try db.execute(
                sql: "INSERT INTO snapshot (run, dictionary, read, citations) VALUES (?, ?, ?, ?)",
                arguments: [run, dictionary, read, citations])
            try db.execute(sql: "DELETE FROM conceptCount")
            let insert = try db.cachedStatement(
                sql: "INSERT INTO conceptCount (concept, citations) VALUES (?, ?)")
            for concept in counts.keys.sorted() {
                try insert.execute(arguments: [concept, counts[concept]])
            }
            return true
        }
    }

    /// How many works there are, and how many of them name each concept, by the number of its identifier. The newest version
    /// of a citation counts; a preprint and its article, an original and its republication are one work, which names what
    /// any of them does.
    ///
    /// - Parameter run: Only what this run and earlier ones read; nil for all.
    static func counts(
        _ db: Database, upTo run: Int? = nil
    ) throws -> (citations: Int, concepts: [Int64: Int]) {
        var order: [Int64: FileOrder] = [:]
        let files = try Row.fetchCursor(
            db, sql: "SELECT id, place FROM sourceFile WHERE ?1 IS NULL OR run <= ?1", arguments: [run])
        while let row = try files.next() { order[row[0]] = FileOrder(place: row[1]) }
        let precedence = Precedence(order: order)
        var deletions: [Int64: [Int64]] = [:]
        let deleted = try Row.fetchCursor(db, sql: "SELECT pmid, file FROM deletion")
        while let row = try deleted.next() { deletions[row[0], default: []].append(row[1]) }

        let works = try Int64.fetchSet(
            db, sql: "SELECT DISTINCT work FROM occurrence WHERE work IS NOT NULL")
        var conceptsOfWorks: [Int64: Set<Int64>] = [:]
        var citations = 0
        var counts: [Int64: Int] = [:]
        var pmid: Int64?
        var occurrences: [Precedence.Occurrence] = []
        var concepts: [(record: Data, work: Int64?)] = []
        func settle() throws {
            guard let pmid, let newest = precedence.newest(of: occurrences, deletedIn: deletions[pmid] ?? []),
                let index = occurrences.firstIndex(of: newest)
            else { return }
            let numbers: [Int64]
            do {
                numbers = try ConceptRecord.numbers(in: concepts[index].record)
            } catch {
                throw StoreError.undecodable(what: "the concepts of \(PMID(pmid).curie)")
            }
            if let work = concepts[index].work ?? (works.contains(pmid) ? pmid : nil) {
                conceptsOfWorks[work, default: []].formUnion(numbers)
            } else {
                citations += 1
                for concept in numbers { counts[concept, default: 0] += 1 }
            }
        }
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT pmid, file, record, version, carriesEvidence, concepts, work FROM occurrence
                ORDER BY pmid, file, record
                """)
        while let row = try rows.next() {
            if row[0] != pmid {
                try settle()
                pmid = row[0]
                occurrences = []
                concepts = []
            }
            occurrences.append(
                Precedence.Occurrence(
                    file: row[1], record: row[2], version: row[3], carriesEvidence: row[4]))
            concepts.append((row[5], row[6]))
        }
        try settle()
        citations += conceptsOfWorks.count
        for named in conceptsOfWorks.values {
            for concept in named { counts[concept, default: 0] += 1 }
        }
        return (citations, counts)
    }
}

/// The concepts that a citation names, as `RecordEncoder` writes them.
enum ConceptRecord {
    /// The numbers of their identifiers, rising.
    static func numbers(in record: Data) throws(ByteDecoder.Malformed) -> [Int64] {
        var decoder = ByteDecoder([UInt8](record))
        var numbers: [Int64] = []
        while !decoder.isAtEnd { numbers.append(try (numbers.last ?? 0) &+ decoder.signed()) }
        return numbers
    }
}
