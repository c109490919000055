import Articles
import Corpus
import Foundation
import GRDB

/// A statement shown by the head of an article, as the store has it.
public struct StoredStatement: Hashable, Sendable {
    /// The article's entity.
    public var entity: EntityID
    /// The place among the article's statements, from 0.
    public var position: Int
    /// The section it stands in.
    public var section: SectionID
    /// The evidence for it, which may have gone since.
    public var evidence: EvidenceID
    /// The citation.
    public var pmid: PMID
    /// The statement's key.
    public var key: String
    /// What is shown beside it.
    public var marks: [String]
}

extension Store {
    /// The articles, by CURIE; of one species and kind, or all.
    ///
    /// - Throws: `StoreError`.
    public func articles(kind: EntityKind? = nil, taxon: TaxonID? = nil) throws -> [ArticleSummary] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    \(ArticleRow.select) WHERE (?1 IS NULL OR entity.kind = ?1) AND (?2 IS NULL OR taxon = ?2)
                    ORDER BY entity.curie
                    """, arguments: [kind?.rawValue, taxon?.number]
            ).map { try ArticleRow.summary($0) }
        }
    }

    /// The article on an entity, if there is one.
    ///
    /// - Throws: `StoreError`.
    public func article(_ entity: EntityID) throws -> ArticleSummary? {
        try read { db in
            try Row.fetchOne(
                db, sql: "\(ArticleRow.select) WHERE entity.curie = ?", arguments: [entity.curie]
            ).map { try ArticleRow.summary($0) }
        }
    }

    /// The text of a revision of an article, of the newest one when no number is given.
    ///
    /// - Throws: `StoreError`.
    public func text(of entity: EntityID, revision: Int? = nil) throws -> String? {
        try read { db in
            try String.fetchOne(
                db,
                sql: """
                    SELECT text.content FROM entity JOIN article ON article.entity = entity.id
                        JOIN revision ON revision.article = article.id
                            AND revision.number = coalesce(?2, article.head)
                        JOIN text ON text.id = revision.text
                    WHERE entity.curie = ?1
                    """, arguments: [entity.curie, revision])
        }
    }

    /// The revisions of an article, oldest first.
    ///
    /// - Throws: `StoreError`.
    public func revisions(of entity: EntityID) throws -> [Revision] {
        try read { db in
            try Row.fetchAll(
                db, sql: "\(ArticleRow.selectRevision) WHERE entity.curie = ? ORDER BY revision.number",
                arguments: [entity.curie]
            ).map { try ArticleRow.revision($0) }
        }
    }

    /// The statements that the head of an article shows, in order.
    ///
    /// - Throws: `StoreError`.
    public func statements(of entity: EntityID) throws -> [StoredStatement] {
        try read { try Self.statements(of: entity, $0) }
    }

    static func statements(of entity: EntityID, _ db: Database) throws -> [StoredStatement] {
        try ArticleRow.statements(
            db, "WHERE entity.curie = ? ORDER BY statement.position", [entity.curie])
    }

    /// The statements from a citation that any article shows, by CURIE, then position: for the limit on quotation.
    ///
    /// - Throws: `StoreError`.
    public func statements(from pmid: PMID) throws -> [StoredStatement] {
        try read {
            try ArticleRow.statements(
                $0, "WHERE statement.pmid = ? ORDER BY entity.curie, statement.position", [pmid.number])
        }
    }
}

/// Rows of `article` and `revision`.
enum ArticleRow {
    static let select = """
        SELECT entity.curie, entity.kind, entity.name, entity.fullName, entity.taxon, article.title, article.head,
            (SELECT count(*) FROM statement WHERE statement.article = article.id)
        FROM article JOIN entity ON entity.id = article.entity
        """

    static let selectRevision = """
        SELECT entity.curie, revision.number, revision.parent, revision.kind, revision.run, text.sha256,
            revision.previousHash, revision.hash, text.content, contributor.kind, contributor.name, revision.time,
            revision.comment
        FROM revision JOIN article ON article.id = revision.article
            JOIN entity ON entity.id = article.entity
            JOIN text ON text.id = revision.text
            JOIN contributor ON contributor.id = revision.contributor
        """

    static func summary(_ row: Row) throws -> ArticleSummary {
        guard let entity = EntityID(curie: row[0]), let kind = EntityKind(rawValue: row[1]) else {
            throw StoreError.undecodable(what: row[0])
        }
        return ArticleSummary(
            entity: entity, kind: kind, name: row[2], fullName: row[3],
            taxon: try EntityRow.taxon(row[4], of: entity), title: row[5], head: row[6], statements: row[7])
    }

    static func revision(_ row: Row) throws -> Revision {
        guard let entity = EntityID(curie: row[0]), let kind = RevisionRecord.Kind(rawValue: row[3]) else {
            throw StoreError.undecodable(what: row[0])
        }
        let previous: Data? = row[6]
        return Revision(
            entity: entity, number: row[1], parent: row[2], kind: kind,
            contributor: try ContributorRow.contributor(kind: row[9], name: row[10]), run: row[4],
            time: row[11], comment: row[12], textSHA256: Hexadecimal.digits(row[5] as Data),
            previousHash: previous.map { Hexadecimal.digits($0) },
            hash: Hexadecimal.digits(row[7] as Data))
    }

    static func statements(
        _ db: Database, _ condition: String, _ arguments: StatementArguments
    ) throws -> [StoredStatement] {
        let select = try db.cachedStatement(
            sql: """
                SELECT entity.curie, statement.position, statement.section, statement.evidence, statement.pmid,
                    statement."key", statement.marks
                FROM statement JOIN article ON article.id = statement.article
                    JOIN entity ON entity.id = article.entity
                \(condition)
                """)
        return try Row.fetchAll(select, arguments: arguments).map { row in
            guard let entity = EntityID(curie: row[0]), let id = EvidenceID(blob: row[3])
            else { throw StoreError.undecodable(what: row[0]) }
            let marks: String = row[6]
            return StoredStatement(
                entity: entity, position: row[1], section: SectionID(rawValue: row[2]), evidence: id,
                pmid: PMID(row[4]), key: Hexadecimal.digits(row[5] as Data),
                marks: marks.split(separator: " ").map { String($0) })
        }
    }
}
