import Articles
import Corpus
import Foundation
import GRDB

/// A statement that the machine ever put into an article, as the store has it: enough to rank by, without texts.
public struct StoredInstance: Hashable, Sendable {
    /// The statement.
    public var key: StatementKey
    /// Where the machine put it.
    public var section: SectionID
    /// The evidence that it was last seen with.
    public var evidence: EvidenceID
    /// The paper.
    public var pmid: PMID
    /// How it stands in the head revision.
    public var state: StatementState
}

/// What must be known of an article to rank its evidence, without reading its texts.
public struct ArticleStanding: Hashable, Sendable {
    /// What the machine ever put in: the newest instance of each statement.
    public var instances: [StoredInstance] = []
    /// The statements that were rejected.
    public var rejected: Set<StatementKey> = []
    /// The digest of the run that composed it last.
    public var composed: String?
    /// What the machine may do.
    public var policy = ArticleRecord.MachinePolicy.on
    /// Whether a person ever saved a revision of it.
    public var hasPeople = false

    /// An article that is not there.
    public init() {}
}

extension ArticleChange {
    /// How an article stands once this change is written, where it is the first and a run's; nil of others.
    public var standing: ArticleStanding? {
        guard base == 0, revisions.count == 1, revisions[0].kind == .machine, decisions.isEmpty else {
            return nil
        }
        var standing = ArticleStanding()
        standing.composed = composed
        standing.policy = policy
        standing.instances = instances.compactMap { instance in
            states[instance.key].map {
                StoredInstance(
                    key: instance.key, section: instance.section, evidence: instance.evidence,
                    pmid: instance.pmid, state: $0)
            }
        }
        return standing
    }
}

extension Store {
    /// An article with its whole history; nil when there is none.
    ///
    /// - Complexity: O(length of the texts of all revisions).
    /// - Throws: `StoreError.undecodable` where the stored identities do not fit a text.
    public func articleRecord(of entity: EntityID) throws -> ArticleRecord? {
        try read { try Self.articleRecord(of: entity, $0) }
    }

    static func articleRecord(of entity: EntityID, _ db: Database) throws -> ArticleRecord? {
        guard let article = try articleID(of: entity, db) else { return nil }
        let what = "the history of \(entity)"
        let word = try String.fetchOne(
            db.cachedStatement(sql: "SELECT policy FROM article WHERE id = ?"), arguments: [article])
        guard let policy = word.flatMap(ArticleRecord.MachinePolicy.init) else {
            throw StoreError.undecodable(what: what)
        }
        do {
            return try ArticleRecord(
                entity: entity, revisions: try revisions(of: article, db),
                instances: try instances(of: article, db),
                headings: try headings(of: article, db),
                decisions: try decisions(on: article, db),
                foreignCopies: try foreignCopies(in: article, db), machinePolicy: policy)
        } catch let error as TokenHistoryError {
            throw StoreError.undecodable(what: "\(what): \(error)")
        } catch is ByteDecoder.Malformed {
            throw StoreError.undecodable(what: what)
        }
    }

    /// The number of an article; nil when there is none, which in a first run is asked of each.
    private static func articleID(of entity: EntityID, _ db: Database) throws -> Int64? {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT article.id FROM article JOIN entity ON entity.id = article.entity
                    WHERE entity.curie = ?
                    """), arguments: [entity.curie])
    }

    /// What was decided about the statements of an article, oldest first.
    ///
    /// - Throws: `StoreError`.
    public func decisions(on entity: EntityID) throws -> [StatementDecision] {
        try read { db in
            try Self.articleID(of: entity, db).map { try Self.decisions(on: $0, db) } ?? []
        }
    }

    /// How an article stands, without its texts.
    ///
    /// - Throws: `StoreError`.
    public func standing(of entity: EntityID) throws -> ArticleStanding {
        try read { try Self.standing(of: entity, $0) }
    }

    static func standing(of entity: EntityID, _ db: Database) throws -> ArticleStanding {
        var standing = ArticleStanding()
        guard let article = try articleID(of: entity, db) else { return standing }
        let find = try db.cachedStatement(
            sql: """
                SELECT composed, policy, EXISTS (
                    SELECT 1 FROM revision JOIN contributor ON contributor.id = revision.contributor
                    WHERE revision.article = article.id AND contributor.kind IN ('person', 'importer'))
                FROM article WHERE id = ?
                """)
        guard let row = try Row.fetchOne(find, arguments: [article]) else { return standing }
        standing.composed = row[0]
        standing.policy = ArticleRecord.MachinePolicy(rawValue: row[1]) ?? .on
        standing.hasPeople = row[2]
        let select = try db.cachedStatement(
            sql: """
                SELECT "key", section, evidence, pmid, state FROM instance WHERE article = ?
                ORDER BY "key", revision DESC
                """)
        for row in try Row.fetchAll(select, arguments: [article]) {
            guard let key = StatementKey(blob: row[0]),
                let evidence = EvidenceID(blob: row[2]),
                let state = StatementState(rawValue: row[4])
            else { throw StoreError.undecodable(what: "a statement of \(entity)") }
            if standing.instances.last?.key == key { continue }
            standing.instances.append(
                StoredInstance(
                    key: key, section: SectionID(rawValue: row[1]), evidence: evidence,
                    pmid: PMID(row[3]), state: state))
        }
        let verbs = try db.cachedStatement(
            sql: """
                SELECT "key", verb FROM decision WHERE article = ? AND verb IN ('reject', 'unreject')
                ORDER BY id
                """)
        for row in try Row.fetchAll(verbs, arguments: [article]) {
            guard let key = StatementKey(blob: row[0]) else { continue }
            if row[1] == "reject" { standing.rejected.insert(key) } else { standing.rejected.remove(key) }
        }
        return standing
    }

    private static func revisions(
        of article: Int64, _ db: Database
    ) throws -> [ArticleRecord.StoredRevision] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT text.content, revision.tokens, contributor.kind, contributor.name, revision.tokenizer
                    FROM revision JOIN text ON text.id = revision.text
                        JOIN contributor ON contributor.id = revision.contributor
                    WHERE revision.article = ? ORDER BY revision.number
                    """), arguments: [article]
        ).map { row in
            guard row[4] == ArticleTokenizer.version else {
                throw StoreError.undecodable(what: "a revision cut by other rules")
            }
            return ArticleRecord.StoredRevision(
                text: row[0], tokens: try TokenRunsCoding.runs(row[1]),
                contributor: try ContributorRow.contributor(kind: row[2], name: row[3]))
        }
    }

    static func instances(of article: Int64, _ db: Database) throws -> [StatementInstance] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT "key", section, evidence, pmid, revision, tokens FROM instance WHERE article = ?
                    ORDER BY revision
                    """), arguments: [article]
        ).map { row in
            guard let key = StatementKey(blob: row[0]),
                let evidence = EvidenceID(blob: row[2])
            else { throw StoreError.undecodable(what: "a statement") }
            return StatementInstance(
                key: key, section: SectionID(rawValue: row[1]), evidence: evidence, pmid: PMID(row[3]),
                revision: row[4], tokens: try TokenRunsCoding.runs(row[5]))
        }
    }

    static func headings(of article: Int64, _ db: Database) throws -> [SectionID: TokenRuns] {
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT section, tokens FROM heading WHERE article = ?"),
            arguments: [article])
        return try rows.reduce(into: [:]) { headings, row in
            headings[SectionID(rawValue: row[0])] = try TokenRunsCoding.runs(row[1])
        }
    }

    static func foreignCopies(in article: Int64, _ db: Database) throws -> [ForeignCopy] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT tokens, entity.curie, sourceTokens, sourceRevision, contributor.kind, contributor.name
                    FROM copiedText JOIN article ON article.id = copiedText.source
                        JOIN entity ON entity.id = article.entity
                        JOIN contributor ON contributor.id = copiedText.contributor
                    WHERE copiedText.article = ? ORDER BY tokens
                    """), arguments: [article]
        ).map { row in
            guard let entity = EntityID(curie: row[1]) else {
                throw StoreError.undecodable(what: "a copy from another article")
            }
            return ForeignCopy(
                tokens: try TokenRunsCoding.runs(row[0]), article: entity,
                sourceTokens: try TokenRunsCoding.runs(row[2]), sourceRevision: row[3],
                contributor: try ContributorRow.contributor(kind: row[4], name: row[5]))
        }
    }

    static func decisions(on article: Int64, _ db: Database) throws -> [StatementDecision] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT decision."key", decision.verb, decision.reason, contributor.kind, contributor.name,
                        decision.note, decision.revision
                    FROM decision JOIN contributor ON contributor.id = decision.contributor
                    WHERE decision.article = ? ORDER BY decision.id
                    """), arguments: [article]
        ).map { row in
            guard let key = StatementKey(blob: row[0]),
                let verb = StatementDecision.Verb(rawValue: row[1])
            else { throw StoreError.undecodable(what: "a decision") }
            return StatementDecision(
                key: key, verb: verb, reason: row[2],
                contributor: try ContributorRow.contributor(kind: row[3], name: row[4]), note: row[5],
                revision: row[6])
        }
    }
}
