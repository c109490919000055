import Corpus
import Crypto
import Foundation
import GRDB

extension Store {
    /// Writes articles that a run composed, in one transaction: a revision where the text differs from the head's,
    /// none where it is the same; then the statements shown, the search index, and the mark that the entity is no
    /// longer pending.
    ///
    /// - Throws: `StoreError.unknownEntity` when an entity was never written, `.unknownRun`.
    public func writeArticles(_ drafts: some Sequence<ArticleDraft>, run: Int) throws -> ArticleOutcome {
        try write { db in
            guard
                let digest = try String.fetchOne(
                    db, sql: "SELECT digest FROM run WHERE number = ?", arguments: [run])
            else { throw StoreError.unknownRun(run) }
            var writing = try ArticleWriting(db, run: run, digest: digest, strings: strings)
            for draft in drafts { try writing.write(draft) }
            return writing.outcome
        }
    }

    /// What `writeArticles` would do with these drafts; nothing is written.
    ///
    /// - Throws: `StoreError`.
    public func outcome(ofWriting drafts: some Sequence<ArticleDraft>) throws -> ArticleOutcome {
        try read { db in
            let findHead = try db.cachedStatement(sql: ArticleWriting.findHeadSQL)
            var outcome = ArticleOutcome()
            for draft in drafts {
                let head = try Row.fetchOne(findHead, arguments: [draft.entity.curie])
                if let head {
                    if head[2] == Data(SHA256.hash(data: Data(draft.text.utf8))) {
                        outcome.unchanged.append(draft.entity)
                    } else {
                        outcome.revised.append(draft.entity)
                    }
                } else {
                    outcome.created.append(draft.entity)
                }
            }
            return outcome
        }
    }
}

/// Writes articles inside one transaction.
private struct ArticleWriting {
    static let findHeadSQL = """
        SELECT article.id, article.head, text.sha256, revision.hash
        FROM entity JOIN article ON article.entity = entity.id
            JOIN revision ON revision.article = article.id AND revision.number = article.head
            JOIN text ON text.id = revision.text
        WHERE entity.curie = ?
        """

    private(set) var outcome = ArticleOutcome()
    private let db: Database
    private let run: Int
    private let digest: String
    private var decoder: RecordDecoder
    private let findHead: Statement

    init(_ db: Database, run: Int, digest: String, strings: StringCache) throws {
        self.db = db
        self.run = run
        self.digest = digest
        decoder = RecordDecoder(strings: try StringReader(db, cache: strings))
        findHead = try db.cachedStatement(sql: Self.findHeadSQL)
    }

    mutating func write(_ draft: ArticleDraft) throws {
        let findEntity = try db.cachedStatement(
            sql: "SELECT \(EntityRow.columns), entity.id FROM entity WHERE curie = ?")
        guard let row = try Row.fetchOne(findEntity, arguments: [draft.entity.curie]) else {
            throw StoreError.unknownEntity(draft.entity)
        }
        let entity = try EntityRow.entity(row, &decoder)
        let entityID: Int64 = row[6]
        let sha256 = Data(SHA256.hash(data: Data(draft.text.utf8)))
        let article: Int64
        if let head = try Row.fetchOne(findHead, arguments: [draft.entity.curie]) {
            article = head[0]
            if head[2] == sha256 {
                outcome.unchanged.append(draft.entity)
                try execute("UPDATE article SET title = ? WHERE id = ?", [draft.title, article])
            } else {
                let number: Int = head[1]
                try insertRevision(
                    of: draft, article: article, number: number + 1, previous: head[3], sha256: sha256)
                try execute(
                    "UPDATE article SET title = ?, head = ? WHERE id = ?", [draft.title, number + 1, article])
                outcome.revised.append(draft.entity)
            }
        } else {
            try execute(
                "INSERT INTO article (entity, title, head) VALUES (?, ?, 1)", [entityID, draft.title])
            article = db.lastInsertedRowID
            try insertRevision(of: draft, article: article, number: 1, previous: nil, sha256: sha256)
            outcome.created.append(draft.entity)
        }
        try writeStatements(draft.statements, article: article)
        try SearchIndex.write(entity, statements: draft.statements.map(\.text), article: article, db)
        try execute("UPDATE entity SET pending = 0 WHERE id = ?", [entityID])
    }

    private func insertRevision(
        of draft: ArticleDraft, article: Int64, number: Int, previous: Data?, sha256: Data
    ) throws {
        try execute(
            "INSERT INTO text (sha256, content) VALUES (?, ?) ON CONFLICT DO NOTHING", [sha256, draft.text])
        let parent = number == 1 ? nil : number - 1
        let hash = try RevisionHash.hash(
            previous: previous, article: draft.entity, kind: .machine, number: number, parent: parent,
            run: digest, text: sha256)
        try execute(
            """
            INSERT INTO revision (article, number, parent, kind, run, text, previousHash, hash)
            SELECT ?, ?, ?, 'machine', ?, id, ?, ? FROM text WHERE sha256 = ?
            """, [article, number, parent, run, previous, hash, sha256])
    }

    private func writeStatements(_ statements: [ShownStatement], article: Int64) throws {
        try execute("DELETE FROM statement WHERE article = ?", [article])
        for (position, statement) in statements.enumerated() {
            guard let evidence = Hex.bytes(statement.evidence.hex, count: 16) else {
                throw StoreError.malformedDigest(statement.evidence.hex)
            }
            try execute(
                """
                INSERT INTO statement (article, position, section, evidence, pmid, "key", marks)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    article, position, statement.section.rawValue, evidence, statement.pmid.number,
                    try Hex.sha256(statement.key), statement.marks.joined(separator: " "),
                ])
        }
    }

    private func execute(_ sql: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
