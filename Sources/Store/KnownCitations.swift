import Corpus
import Foundation
import GRDB

/// What the database keeps of a citation that was read before.
public struct KnownCitation: Hashable, Sendable {
    /// The version: of the one that is kept, else the highest that was read.
    public var version: Int
    /// SHA-256 of the record that is kept, as hexadecimal digits; empty where none is, for want of evidence.
    public var sha256: String
}

extension Store {
    /// Which of some citations were read before, in any file. While a file is open, what it has brought does not count.
    ///
    /// - Throws: `StoreError`.
    public func knownCitations(among pmids: [PMID]) throws -> [PMID: KnownCitation] {
        let list = "[" + pmids.map { String($0.number) }.joined(separator: ",") + "]"
        return try read { db in
            var known: [PMID: KnownCitation] = [:]
            let occurrences = try db.cachedStatement(
                sql: """
                    SELECT pmid, max(version) FROM occurrence
                    WHERE pmid IN (SELECT value FROM json_each(?)) GROUP BY pmid
                    """)
            let read = try Row.fetchCursor(occurrences, arguments: [list])
            while let row = try read.next() {
                known[PMID(row[0])] = KnownCitation(version: row[1], sha256: "")
            }
            let citations = try db.cachedStatement(
                sql: """
                    SELECT pmid, version, sha256 FROM citation WHERE pmid IN (SELECT value FROM json_each(?))
                    """)
            let kept = try Row.fetchCursor(citations, arguments: [list])
            while let row = try kept.next() {
                known[PMID(row[0])] = KnownCitation(
                    version: row[1], sha256: Hexadecimal.digits(row[2] as Data))
            }
            return known
        }
    }
}
