import Articles
import Corpus
import Foundation
import GRDB

/// An article as its rows have it: everything that is known of it, and nothing that is derived.
public struct AuditedArticle: Sendable {
    /// A revision with its text and all that its hash is made from.
    public struct StoredRevision: Sendable {
        /// The revision.
        public var revision: Revision
        /// The text after it.
        public var text: String
        /// The identities of its tokens.
        public var tokens: TokenRuns
        /// The version of the rules that cut the text.
        public var tokenizer: Int
        /// The hash that it must have, computed from what is stored and from the hash of the revision before it.
        public var expectedHash: String
    }

    /// A statement that the machine put in, and how it was last known to stand.
    public struct StoredInstance: Sendable {
        /// The statement.
        public var instance: StatementInstance
        /// The state in the head revision, as it was noted.
        public var state: String
    }

    /// What the search index reads.
    public struct SearchText: Hashable, Sendable {
        /// The entity's symbol.
        public var symbol: String
        /// Its full name, or nothing.
        public var fullName: String
        /// Its synonyms, a line each.
        public var synonyms: String
        /// What can be searched of the article, a line each.
        public var statements: String
    }

    /// The article's entity.
    public var entity: Entity
    /// Whether a run is to compose it anew, so that its title and what can be searched may lag behind.
    public var isPending: Bool
    /// The title.
    public var title: String
    /// The number of the newest revision.
    public var head: Int
    /// The digest of the run that composed it last.
    public var composed: String?
    /// What the machine may do with it.
    public var policy: ArticleRecord.MachinePolicy
    /// The revisions, by number.
    public var revisions: [StoredRevision]
    /// All instances, by revision, then key.
    public var instances: [StoredInstance]
    /// The headings that the machine wrote.
    public var headings: [SectionID: TokenRuns]
    /// What was decided, in order.
    public var decisions: [StatementDecision]
    /// How the seal of each of them stands.
    public var decisionSeals: [SealedRow.Condition]
    /// What was copied from other articles.
    public var copies: [ForeignCopy]
    /// The statements that the head shows, by position.
    public var statements: [StoredStatement]
    /// What can be searched of it; nil where nothing can.
    public var search: SearchText?
    /// Whether another article was joined to it, with decisions on statements that never stood here.
    public var hasJoined: Bool
    /// Whether its entity was replaced, so that another article has taken it over and no run composes it any more.
    public var hasMoved: Bool
}

extension Store {
    /// The entities with articles behind one, in order: a page of them.
    ///
    /// - Throws: `StoreError`.
    public func articleEntities(after entity: EntityID?, limit: Int) throws -> [EntityID] {
        try read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT entity.curie FROM article JOIN entity ON entity.id = article.entity
                    WHERE entity.curie > ? ORDER BY entity.curie LIMIT ?
                    """, arguments: [entity?.curie ?? "", limit]
            ).compactMap { EntityID(curie: $0) }
        }
    }

    /// The entities with evidence behind one, in order: a page of them. What of one cannot be read back does not keep the
    /// others from being read.
    ///
    /// - Throws: `StoreError` where SQLite itself fails.
    public func entitiesWithEvidence(
        after entity: EntityID?, limit: Int
    ) throws -> [(id: EntityID, entity: Result<Entity, StoreError>)] {
        try read { db in
            var decoder = RecordDecoder(strings: try StringReader(db, cache: strings))
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT \(EntityRow.columns) FROM entity
                    WHERE curie > ? AND EXISTS (SELECT 1 FROM evidence WHERE entity = entity.id)
                    ORDER BY curie LIMIT ?
                    """, arguments: [entity?.curie ?? "", limit]
            ).compactMap { row in
                guard let id = EntityID(curie: row[0]) else { return nil }
                do {
                    return (id, .success(try EntityRow.entity(row, &decoder)))
                } catch let error as StoreError {
                    return (id, .failure(error))
                }
            }
        }
    }

    /// An article with all its rows; nil where there is none.
    ///
    /// - Complexity: O(length of the texts of all revisions).
    /// - Throws: `StoreError.undecodable` where a row cannot be read back.
    public func audited(article entity: EntityID) throws -> AuditedArticle? {
        try read { db in
            let find = try db.cachedStatement(
                sql: """
                    SELECT \(EntityRow.columns), entity.pending, article.id, article.title, article.head,
                        article.composed, article.policy
                    FROM article JOIN entity ON entity.id = article.entity WHERE entity.curie = ?
                    """)
            guard let row = try Row.fetchOne(find, arguments: [entity.curie]) else { return nil }
            var decoder = RecordDecoder(strings: try StringReader(db, cache: strings))
            let article: Int64 = row[7]
            guard let policy = ArticleRecord.MachinePolicy(rawValue: row[11]) else {
                throw StoreError.undecodable(what: "the policy of \(entity)")
            }
            do {
                let decisions = try Self.decisions(on: article, db)
                return AuditedArticle(
                    entity: try EntityRow.entity(row, &decoder), isPending: row[6], title: row[8],
                    head: row[9], composed: row[10], policy: policy,
                    revisions: try Self.auditedRevisions(of: article, entity, db),
                    instances: try Self.auditedInstances(of: article, db),
                    headings: try Self.headings(of: article, db),
                    decisions: decisions,
                    decisionSeals: try Self.sealConditions(
                        of: decisions, on: entity, article: article, db),
                    copies: try Self.foreignCopies(in: article, db),
                    statements: try ArticleRow.statements(
                        db, "WHERE entity.curie = ? ORDER BY statement.position", [entity.curie]),
                    search: try Self.searchText(of: article, db),
                    hasJoined: try Self.isRedirect(
                        db, "target = ?1 AND instr(source, ':') > 0", of: entity),
                    hasMoved: try Self.isRedirect(db, "source = ?1", of: entity))
            } catch is ByteDecoder.Malformed {
                throw StoreError.undecodable(what: "the tokens of \(entity)")
            }
        }
    }

    private static func isRedirect(
        _ db: Database, _ condition: String, of entity: EntityID
    ) throws -> Bool {
        try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM redirect WHERE \(condition))", arguments: [entity.curie])
            ?? false
    }

    private static func auditedRevisions(
        of article: Int64, _ entity: EntityID, _ db: Database
    ) throws -> [AuditedArticle.StoredRevision] {
        let select = try db.cachedStatement(
            sql: """
                SELECT entity.curie, revision.number, revision.parent, revision.kind, revision.run, text.sha256,
                    revision.previousHash, revision.hash, text.content, contributor.kind, contributor.name,
                    revision.time, revision.comment, revision.tokens, revision.tokenizer, run.digest
                FROM revision JOIN article ON article.id = revision.article
                    JOIN entity ON entity.id = article.entity
                    JOIN text ON text.id = revision.text
                    JOIN contributor ON contributor.id = revision.contributor
                    LEFT JOIN run ON run.number = revision.run
                WHERE revision.article = ? ORDER BY revision.number
                """)
        var previous: Data?
        return try Row.fetchAll(select, arguments: [article]).map { row in
            let revision = try ArticleRow.revision(row)
            let tokens: Data = row[13]
            let expected = try RevisionHash.hash(
                previous: previous, article: entity, number: revision.number,
                revision: ArticleChange.NewRevision(
                    kind: revision.kind, contributor: revision.contributor, parent: revision.parent,
                    time: revision.time, comment: revision.comment, text: "", tokens: TokenRuns(runs: [])),
                run: row[15], text: row[5], tokens: tokens, tokenizer: row[14])
            previous = row[7]
            return AuditedArticle.StoredRevision(
                revision: revision, text: row[8], tokens: try TokenRunsCoding.runs(tokens),
                tokenizer: row[14],
                expectedHash: Hexadecimal.digits(expected))
        }
    }

    private static func auditedInstances(
        of article: Int64, _ db: Database
    ) throws -> [AuditedArticle.StoredInstance] {
        let states = try Row.fetchAll(
            db,
            sql: """
                SELECT "key", revision, state FROM instance WHERE article = ? ORDER BY revision, "key"
                """, arguments: [article])
        let rows = try instances(of: article, db).sorted { ($0.revision, $0.key) < ($1.revision, $1.key) }
        guard states.count == rows.count else { throw StoreError.undecodable(what: "a statement") }
        return zip(rows, states).map { AuditedArticle.StoredInstance(instance: $0, state: $1[2]) }
    }

    private static func searchText(of article: Int64, _ db: Database) throws -> AuditedArticle.SearchText? {
        try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT symbol, fullName, synonyms, statements FROM searchText WHERE article = ?"),
            arguments: [article]
        ).map {
            AuditedArticle.SearchText(symbol: $0[0], fullName: $0[1], synonyms: $0[2], statements: $0[3])
        }
    }
}
