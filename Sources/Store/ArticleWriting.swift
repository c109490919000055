import Articles
import Corpus
import Crypto
import Foundation
import GRDB

extension Store {
    /// Writes changes of articles in one transaction: revisions, what the machine put in, decisions, the statements
    /// shown, the search index, and the mark whether the entity is pending: it is after every change but a run's. A
    /// change that was made from another revision than the head is left out and told: read the article again and make the
    /// change anew.
    ///
    /// - Parameters:
    ///   - changes: The changes, one an article.
    ///   - run: The run that makes them; nil for people.
    /// - Throws: `StoreError.unknownEntity` when an entity was never written, `.unknownRun`.
    @discardableResult public func write(
        _ changes: some Sequence<ArticleChange>, run: Int? = nil
    ) throws -> ArticleOutcome {
        try write { db in
            var digest: String?
            if let run {
                digest = try String.fetchOne(
                    db, sql: "SELECT digest FROM run WHERE number = ?", arguments: [run])
                if digest == nil { throw StoreError.unknownRun(run) }
            }
            var writing = ArticleWriting(
                db, run: run, digest: digest,
                decoder: RecordDecoder(strings: try StringReader(db, cache: strings)),
                mask: try Self.redactionMask(db))
            for change in changes { try writing.write(change) }
            try writing.writeSearchTexts()
            return writing.outcome
        }
    }
}

/// Writes articles inside one transaction.
private struct ArticleWriting {
    private(set) var outcome = ArticleOutcome()
    private let db: Database
    private let run: Int?
    private let digest: String?
    private var decoder: RecordDecoder
    private let mask: RedactionMask
    /// The contributor who wrote last, with the number: of a run it is one.
    private var contributor: (who: Contributor, number: Int64)?
    /// What is to be found of the articles written. It goes to the index last: with every savepoint, which many statements
    /// are, the index would write what it has so far as a segment of its own.
    private var searchTexts: [(entity: Entity, texts: [String], article: Int64)] = []

    init(_ db: Database, run: Int?, digest: String?, decoder: RecordDecoder, mask: RedactionMask) {
        self.mask = mask
        self.db = db
        self.run = run
        self.digest = digest
        self.decoder = decoder
    }

    /// The article that a change is written to.
    private struct Target {
        var article: Int64
        var head: Int
        var hash: Data?
    }

    mutating func write(_ change: ArticleChange) throws {
        let findEntity = try db.cachedStatement(
            sql: "SELECT \(EntityRow.columns), entity.id FROM entity WHERE curie = ?")
        guard let row = try Row.fetchOne(findEntity, arguments: [change.entity.curie]) else {
            throw StoreError.unknownEntity(change.entity)
        }
        let entity = try EntityRow.entity(row, &decoder)
        let entityID: Int64 = row[6]
        var target = try target(of: entityID)
        guard (target?.head ?? 0) == change.base else {
            outcome.overtaken.append(change.entity)
            return
        }
        let isNew = target == nil
        if isNew {
            if change.revisions.isEmpty { return }
            try execute(
                "INSERT INTO article (entity, title, head, policy, composed) VALUES (?, ?, ?, ?, ?)",
                [
                    entityID, change.title ?? entity.name, change.revisions.count, change.policy.rawValue,
                    change.composed,
                ])
            target = Target(article: db.lastInsertedRowID, head: 0, hash: nil)
        }
        guard var target else { return }
        for revision in change.revisions { try append(revision, of: change.entity, to: &target) }
        if change.revisions.isEmpty {
            outcome.unchanged.append(change.entity)
        } else if change.base == 0 {
            outcome.created.append(change.entity)
        } else {
            outcome.revised.append(change.entity)
        }
        if !isNew {
            try execute(
                """
                UPDATE article SET title = coalesce(?, title), head = ?, policy = ?,
                    composed = coalesce(?, composed) WHERE id = ?
                """,
                [change.title, target.head, change.policy.rawValue, change.composed, target.article])
        }
        try writeParts(of: change, article: target.article)
        if let statements = change.statements {
            if !isNew { try execute("DELETE FROM statement WHERE article = ?", [target.article]) }
            try writeStatements(statements, article: target.article)
            // The index never holds what is hidden, whoever writes.
            let quoted = statements.map(\.text)
            let texts = quoted + change.ownWords.filter { !quoted.contains($0) }
            searchTexts.append((entity, texts.map(mask.masked), target.article))
        }
        // What people change waits for the next run, which merges it with the evidence and writes the page.
        try execute("UPDATE entity SET pending = ? WHERE id = ?", [change.composed == nil ? 1 : 0, entityID])
    }

    /// Brings the search index up to date with what was written.
    mutating func writeSearchTexts() throws {
        for one in searchTexts {
            try SearchIndex.write(one.entity, statements: one.texts, article: one.article, db)
        }
        searchTexts = []
    }

    private func target(of entity: Int64) throws -> Target? {
        let find = try db.cachedStatement(
            sql: """
                SELECT article.id, article.head, revision.hash FROM article
                    JOIN revision ON revision.article = article.id AND revision.number = article.head
                WHERE article.entity = ?
                """)
        return try Row.fetchOne(find, arguments: [entity]).map {
            Target(article: $0[0], head: $0[1], hash: $0[2])
        }
    }

    /// The number of a contributor.
    private mutating func number(of contributor: Contributor) throws -> Int64 {
        if let known = self.contributor, known.who == contributor { return known.number }
        let number = try ContributorRow.id(of: contributor, db)
        self.contributor = (contributor, number)
        return number
    }

    private mutating func append(
        _ revision: ArticleChange.NewRevision, of entity: EntityID, to target: inout Target
    ) throws {
        let sha256 = Data(SHA256.hash(data: Data(revision.text.utf8)))
        try execute(
            "INSERT INTO text (sha256, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [sha256, revision.text])
        let tokens = TokenRunsCoding.data(revision.tokens)
        let hash = try RevisionHash.hash(
            previous: target.hash, article: entity, number: target.head + 1, revision: revision, run: digest,
            text: sha256, tokens: tokens)
        try execute(
            """
            INSERT INTO revision (article, number, parent, kind, contributor, run, time, comment, text, tokens,
                tokenizer, previousHash, hash)
            SELECT ?, ?, ?, ?, ?, ?, ?, ?, id, ?, ?, ?, ? FROM text WHERE sha256 = ?
            """,
            [
                target.article, target.head + 1, revision.parent, revision.kind.rawValue,
                try number(of: revision.contributor), run, revision.time, revision.comment,
                tokens, ArticleTokenizer.version, target.hash, hash, sha256,
            ])
        target.head += 1
        target.hash = hash
    }

    private func writeParts(of change: ArticleChange, article: Int64) throws {
        // Of a new article there is no earlier instance whose state may change.
        let isNew = change.base == 0
        for instance in change.instances {
            try execute(
                """
                INSERT INTO instance (article, "key", revision, section, evidence, pmid, tokens, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (article, "key", revision) DO UPDATE SET evidence = excluded.evidence
                """,
                [
                    article, instance.key.blob, instance.revision, instance.section.rawValue,
                    instance.evidence.blob, instance.pmid.number, TokenRunsCoding.data(instance.tokens),
                    isNew ? change.states[instance.key]?.rawValue ?? "" : "",
                ])
        }
        let states = isNew ? [] : change.states.sorted(by: { $0.key < $1.key })
        for (key, state) in states {
            try execute(
                "UPDATE instance SET state = ?1 WHERE article = ?2 AND \"key\" = ?3 AND state <> ?1",
                [state.rawValue, article, key.blob])
        }
        for (section, tokens) in change.headings.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            try execute(
                """
                INSERT INTO heading (article, section, tokens) VALUES (?, ?, ?)
                ON CONFLICT (article, section) DO UPDATE SET tokens = excluded.tokens
                """, [article, section.rawValue, TokenRunsCoding.data(tokens)])
        }
        for copy in change.copies {
            try execute(
                """
                INSERT INTO copiedText (article, tokens, source, sourceTokens, sourceRevision, contributor)
                SELECT ?, ?, article.id, ?, ?, ? FROM article JOIN entity ON entity.id = article.entity
                WHERE entity.curie = ?
                """,
                [
                    article, TokenRunsCoding.data(copy.tokens), TokenRunsCoding.data(copy.sourceTokens),
                    copy.sourceRevision, try ContributorRow.id(of: copy.contributor, db), copy.article.curie,
                ])
        }
        try append(change.decisions, on: change.entity, article: article)
    }

    private func append(_ decisions: [StatementDecision], on entity: EntityID, article: Int64) throws {
        guard !decisions.isEmpty else { return }
        var previous =
            try Data?.fetchOne(
                db.cachedStatement(
                    sql: "SELECT seal FROM decision WHERE article = ? ORDER BY id DESC LIMIT 1"),
                arguments: [article]) ?? nil
        for decision in decisions {
            let seal = Seal.decision(
                decision, on: entity, run: try ContributorRow.runDigest(of: decision.contributor, db),
                previous: previous)
            try execute(
                """
                INSERT INTO decision (article, "key", verb, reason, contributor, note, revision, seal)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    article, decision.key.blob, decision.verb.rawValue, decision.reason,
                    try ContributorRow.id(of: decision.contributor, db), decision.note, decision.revision,
                    seal,
                ])
            previous = seal
        }
    }

    private func writeStatements(_ statements: [ShownStatement], article: Int64) throws {
        for (position, statement) in statements.enumerated() {
            try execute(
                """
                INSERT INTO statement (article, position, section, evidence, pmid, "key", marks)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    article, position, statement.section.rawValue, statement.evidence.blob,
                    statement.pmid.number,
                    try Hex.sha256(statement.key), statement.marks.joined(separator: " "),
                ])
        }
    }

    private func execute(_ sql: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
