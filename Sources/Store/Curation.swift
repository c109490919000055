import Articles
import Corpus
import Foundation
import GRDB

/// A statement of an article, wherever it stands or stood.
public struct StatementPlace: Hashable, Sendable {
    /// The article's entity.
    public var entity: EntityID
    /// The statement.
    public var key: StatementKey
    /// The evidence that it was last seen with.
    public var evidence: EvidenceID
}

/// What waits for a curator.
public struct Proposal: Hashable, Sendable {
    /// How it stands.
    public enum Status: String, Hashable, Sendable, CaseIterable {
        case open, accepted, dismissed
    }

    /// The number.
    public var number: Int
    /// What is proposed: `name` (a name that should not mean genes of a species), `reading` (a mention that was read as
    /// the wrong entity), `patrol` (a save that took much away).
    public var kind: String
    /// What it is about, unique within the kind.
    public var subject: String
    /// What is known about it.
    public var detail: String
    /// How it stands.
    public var status: Status

    /// Makes a proposal; its number is given when it is written.
    public init(kind: String, subject: String, detail: String, number: Int = 0, status: Status = .open) {
        self.number = number
        self.kind = kind
        self.subject = subject
        self.detail = detail
        self.status = status
    }
}

extension Store {
    /// The statements that ever stood in an article, by the first digits of their key, or by their evidence.
    ///
    /// - Throws: `StoreError`.
    public func statements(named digits: String) throws -> [StatementPlace] {
        let digits = digits.lowercased()
        guard digits.utf8.count >= 8, digits.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) }) else {
            return []
        }
        return try read { db in
            var rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT entity.curie, instance."key", instance.evidence
                    FROM instance JOIN article ON article.id = instance.article
                        JOIN entity ON entity.id = article.entity
                    WHERE instance."key" >= ?1 AND substr(lower(hex(instance."key")), 1, length(?2)) = ?2
                    ORDER BY entity.curie, instance."key", instance.revision DESC
                    """, arguments: [Hex.bytes(digits, count: digits.utf8.count / 2) ?? Data(), digits])
            if rows.isEmpty, let evidence = Hex.bytes(digits, count: 16) {
                rows = try Row.fetchAll(
                    db,
                    sql: """
                        SELECT DISTINCT entity.curie, instance."key", instance.evidence
                        FROM instance JOIN article ON article.id = instance.article
                            JOIN entity ON entity.id = article.entity
                        WHERE instance.evidence = ?
                        """, arguments: [evidence])
            }
            var seen: Set<StatementKey> = []
            return rows.compactMap { row in
                guard let entity = EntityID(curie: row[0]),
                    let key = StatementKey(blob: row[1]),
                    let evidence = EvidenceID(blob: row[2]), seen.insert(key).inserted
                else { return nil }
                return StatementPlace(entity: entity, key: key, evidence: evidence)
            }
        }
    }

    /// The articles that a run has changed, by CURIE.
    ///
    /// - Throws: `StoreError`.
    public func articles(changedBy run: Int) throws -> [EntityID] {
        try read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT entity.curie FROM revision JOIN article ON article.id = revision.article
                        JOIN entity ON entity.id = article.entity
                    WHERE revision.run = ? AND revision.kind = 'machine' ORDER BY entity.curie
                    """, arguments: [run]
            ).compactMap { EntityID(curie: $0) }
        }
    }

    /// What waits for a curator, oldest first; of one status, or all.
    ///
    /// - Throws: `StoreError`.
    public func proposals(_ status: Proposal.Status? = nil) throws -> [Proposal] {
        try read { db in
            try Row.fetchAll(
                db,
                sql:
                    "SELECT id, kind, subject, detail, status FROM proposal WHERE ?1 IS NULL OR status = ?1 ORDER BY id",
                arguments: [status?.rawValue]
            ).map { row in
                Proposal(
                    kind: row[1], subject: row[2], detail: row[3], number: row[0],
                    status: Proposal.Status(rawValue: row[4]) ?? .open)
            }
        }
    }

    /// Adds a proposal, or brings what is known about one that is still open up to date.
    ///
    /// - Throws: `StoreError`.
    public func propose(_ proposal: Proposal, by contributor: Contributor) throws {
        try write { db in
            try db.execute(
                sql: """
                    INSERT INTO proposal (kind, subject, detail, status, contributor) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (kind, subject) DO UPDATE SET detail = excluded.detail WHERE status = 'open'
                    """,
                arguments: [
                    proposal.kind, proposal.subject, proposal.detail, proposal.status.rawValue,
                    try ContributorRow.id(of: contributor, db),
                ])
            try Seal.seal(
                .proposal, where: "kind = ? AND subject = ?", [proposal.kind, proposal.subject], db)
        }
    }

    /// Settles a proposal.
    ///
    /// - Returns: whether there is an open one of this number.
    /// - Throws: `StoreError`.
    public func settle(_ number: Int, as status: Proposal.Status) throws -> Bool {
        try write { db in
            try db.execute(
                sql: "UPDATE proposal SET status = ? WHERE id = ? AND status = 'open'",
                arguments: [status.rawValue, number])
            guard db.changesCount == 1 else { return false }
            try Seal.seal(.proposal, where: "id = ?", [number], db)
            return true
        }
    }

    /// Takes a proposal back, whatever its status.
    ///
    /// - Throws: `StoreError`.
    public func withdrawProposal(kind: String, subject: String) throws {
        try write { db in
            try db.execute(
                sql: "DELETE FROM proposal WHERE kind = ? AND subject = ?", arguments: [kind, subject])
        }
    }

    /// Says what the machine may do with an article.
    ///
    /// - Returns: whether there is such an article.
    /// - Throws: `StoreError`.
    public func setMachinePolicy(_ policy: ArticleRecord.MachinePolicy, of entity: EntityID) throws -> Bool {
        try write { db in
            try db.execute(
                sql: "UPDATE article SET policy = ? WHERE entity = (SELECT id FROM entity WHERE curie = ?)",
                arguments: [policy.rawValue, entity.curie])
            return db.changesCount == 1
        }
    }

    /// How many statements were ever put into an article.
    ///
    /// - Throws: `StoreError`.
    public func instanceCount() throws -> Int {
        try read { db in
            try Int.fetchOne(
                db, sql: #"SELECT count(*) FROM (SELECT DISTINCT article, "key" FROM instance)"#) ?? 0
        }
    }

    /// The mentions that were rejected as readings, as `pubmed:1|1|12-17|ncbigene:5`: no article takes evidence from
    /// them.
    ///
    /// - Throws: `StoreError`.
    public func barredReadings() throws -> Set<String> {
        try read { db in
            try Set(
                String.fetchAll(
                    db, sql: "SELECT subject FROM proposal WHERE kind = 'reading' AND status = 'accepted'"))
        }
    }

    /// How many statements were rejected with a reason, and by how many people, for each piece of evidence.
    ///
    /// - Throws: `StoreError`.
    public func rejections(for reasons: [String]) throws -> [(evidence: EvidenceID, contributor: String)] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT instance.evidence, contributor.name
                    FROM decision JOIN instance ON instance.article = decision.article
                            AND instance."key" = decision."key"
                        JOIN contributor ON contributor.id = decision.contributor
                    WHERE decision.verb = 'reject'
                        AND decision.reason IN (\(reasons.map { _ in "?" }.joined(separator: ", ")))
                        AND contributor.kind = 'person'
                    ORDER BY 1, 2
                    """, arguments: StatementArguments(reasons)
            ).compactMap { row in
                EvidenceID(blob: row[0]).map { ($0, row[1]) }
            }
        }
    }

    // MARK: - Redirects

    /// Where an identifier leads now; nil where it is an article's own, or unknown.
    ///
    /// - Throws: `StoreError`.
    public func redirect(of source: String) throws -> String? {
        try read { db in
            try String.fetchOne(
                db, sql: "SELECT target FROM redirect WHERE source = ?", arguments: [source])
        }
    }

    /// Keeps where identifiers and symbols lead now.
    ///
    /// - Throws: `StoreError`.
    public func writeRedirect(from source: String, to target: String, note: String = "") throws {
        try write { db in
            try db.execute(
                sql: """
                    INSERT INTO redirect (source, target, note) VALUES (?, ?, ?)
                    ON CONFLICT (source) DO UPDATE SET target = excluded.target, note = excluded.note
                    """, arguments: [source, target, note])
            try Seal.seal(.redirect, where: "source = ?", [source], db)
        }
    }
}
