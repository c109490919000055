import Articles
import Corpus
import Crypto
import Foundation
import GRDB

/// A text that is hidden, as it is stored.
public struct StoredRedaction: Hashable, Sendable {
    /// A statement's key, or a citation's CURIE.
    public var subject: String
    /// The sentences; nil where the list cannot be read back.
    public var sentences: [String]?
}

/// An identifier or a symbol that leads to another article, as it is stored.
public struct StoredRedirect: Hashable, Sendable {
    /// The identifier or symbol.
    public var source: String
    /// Where it leads.
    public var target: String
    /// Whether the target is an entity of the database.
    public var isTargetKnown: Bool
}

extension Store {
    /// The texts whose digest is not the one that they are stored under, by a revision that has each.
    ///
    /// - Complexity: O(length of all texts).
    /// - Returns: how many texts there are, and the faulty ones.
    /// - Throws: `StoreError`.
    public func misaddressedTexts() throws -> (count: Int, faults: [(entity: EntityID?, revision: Int?)]) {
        try read { db in
            var count = 0
            var faults: [Int64] = []
            let rows = try Row.fetchCursor(db, sql: "SELECT id, sha256, content FROM text ORDER BY id")
            while let row = try rows.next() {
                count += 1
                let content: String = row[2]
                if Data(SHA256.hash(data: Data(content.utf8))) != row[1] { faults.append(row[0]) }
            }
            let find = try db.cachedStatement(
                sql: """
                    SELECT entity.curie, revision.number FROM revision
                        JOIN article ON article.id = revision.article JOIN entity ON entity.id = article.entity
                    WHERE revision.text = ? ORDER BY entity.curie, revision.number LIMIT 1
                    """)
            return (
                count,
                try faults.map { id in
                    let row = try Row.fetchOne(find, arguments: [id])
                    return (row.flatMap { EntityID(curie: $0[0]) }, row?[1])
                }
            )
        }
    }

    /// What is hidden, as it is stored, by subject.
    ///
    /// - Throws: `StoreError`.
    public func redactions() throws -> [StoredRedaction] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT subject, sentences FROM redaction ORDER BY subject").map {
                row in
                StoredRedaction(
                    subject: row[0],
                    sentences: try? JSONDecoder().decode([String].self, from: Data((row[1] as String).utf8)))
            }
        }
    }

    /// Where identifiers and symbols lead, by source.
    ///
    /// - Throws: `StoreError`.
    public func redirects() throws -> [StoredRedirect] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT source, target, EXISTS (SELECT 1 FROM entity WHERE curie = redirect.target)
                    FROM redirect ORDER BY source
                    """
            ).map { StoredRedirect(source: $0[0], target: $0[1], isTargetKnown: $0[2]) }
        }
    }

    /// What the audit must find unchanged at its end, so that it has looked at one state of the database.
    ///
    /// - Throws: `StoreError`.
    public func auditMark() throws -> [Int] {
        try read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT (SELECT count(*) FROM run), (SELECT count(*) FROM run WHERE status = 'running'),
                        (SELECT count(*) FROM revision), (SELECT coalesce(max(id), 0) FROM decision),
                        (SELECT coalesce(sum(run), 0) FROM sourceFile)
                    """
            ).map { row in (0..<5).map { row[$0] } } ?? []
        }
    }

    /// The evidence whose identifier begins so, what runs took out with it, by identifier; twenty at most.
    ///
    /// - Parameter digits: The first digits of an identifier, four at least.
    /// - Throws: `StoreError`.
    public func evidence(startingWith digits: String) throws -> [EvidenceID] {
        let digits = digits.lowercased()
        guard (4...32).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) }),
            let low = Hex.bytes(digits + String(repeating: "0", count: 32 - digits.utf8.count), count: 16),
            let high = Hex.bytes(digits + String(repeating: "f", count: 32 - digits.utf8.count), count: 16)
        else { return [] }
        return try read { db in
            try Data.fetchAll(
                db,
                sql: """
                    SELECT id FROM evidence WHERE id BETWEEN ?1 AND ?2
                    UNION SELECT id FROM withdrawnEvidence WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT 20
                    """, arguments: [low, high]
            ).compactMap { EvidenceID(blob: $0) }
        }
    }

    /// The statements that were put in with a piece of evidence, by article, then key.
    ///
    /// - Throws: `StoreError`.
    public func places(of evidence: EvidenceID) throws -> [StatementPlace] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT entity.curie, instance."key" FROM instance
                        JOIN article ON article.id = instance.article JOIN entity ON entity.id = article.entity
                    WHERE instance.evidence = ? ORDER BY entity.curie, instance."key"
                    """, arguments: [evidence.blob]
            ).compactMap { row in
                guard let entity = EntityID(curie: row[0]),
                    let key = StatementKey(blob: row[1])
                else { return nil }
                return StatementPlace(entity: entity, key: key, evidence: evidence)
            }
        }
    }
}
