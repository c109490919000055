import Articles
import Corpus
import Foundation
import Store
import Terminology

/// Follows what has become of the entities that articles are about: a replaced identifier leads to the article of its
/// successor, which gets history, credit, statements and rejections; one that was discontinued keeps its page without the
/// machine's sentences; a new symbol leaves a redirect.
struct IdentityStage {
    let store: Store
    let dictionary: CompiledDictionary
    /// The digest of dictionary, rules and program.
    let workings: String

    /// The genes with articles that the dictionary no longer knows.
    ///
    /// - Throws: `StoreError`.
    func discontinued() throws -> Set<EntityID> {
        let genes = try store.articles(kind: .gene).map(\.entity)
        return Set(genes.filter { dictionary.concept(of: $0) == nil })
    }

    /// What was found.
    struct Outcome: Sendable {
        /// Articles that were moved to another entity.
        var moved: [(source: EntityID, target: EntityID)] = []
        /// Articles whose entity has another name now.
        var renamed: [EntityID] = []
        /// Genes that the dictionary no longer knows.
        var discontinued: Set<EntityID> = []
    }

    /// Follows the identities of all articles.
    ///
    /// - Throws: `StoreError`.
    func run() throws -> Outcome {
        var outcome = Outcome()
        var redirected = Set(try store.redirects().map(\.source))
        for article in try store.articles() {
            try Task.checkCancellation()
            if redirected.contains(article.entity.curie) { continue }
            guard let concept = dictionary.concept(of: article.entity) else {
                if article.kind == .gene { outcome.discontinued.insert(article.entity) }
                continue
            }
            let current = dictionary.entity(ofConcept: concept)
            if current.id != article.entity {
                try move(article.entity, to: current)
                redirected.insert(article.entity.curie)
                outcome.moved.append((article.entity, current.id))
            } else if try isRenamed(article, current) {
                try rename(article, to: current)
                outcome.renamed.append(current.id)
            }
        }
        return outcome
    }

    /// Whether an entity has other names than its article, or, where its files were read again since, than the title that
    /// the machine gave the article.
    private func isRenamed(_ article: ArticleSummary, _ current: Entity) throws -> Bool {
        if current.name != article.name || current.fullName != article.fullName { return true }
        return try ArticleHead.title(of: current) != article.title
            && !store.standing(of: article.entity).hasPeople
    }

    private func rename(_ article: ArticleSummary, to entity: Entity) throws {
        try store.writeEntities([entity])
        var symbols: Set<String> = [article.name]
        if let end = article.title.range(of: " - ")?.lowerBound {
            symbols.insert(String(article.title[..<end]))
        }
        for symbol in symbols.sorted() where symbol != entity.name {
            try store.writeRedirect(
                from: symbol, to: entity.id.curie, note: "the symbol until \(entity.name) took its place")
        }
        try store.setPending([entity.id])
    }

    private func move(_ source: EntityID, to target: Entity) throws {
        guard let old = try store.articleRecord(of: source) else { return }
        try store.writeEntities([target])
        let texts = try (1...max(1, old.history.revisionCount)).map {
            try store.text(of: source, revision: $0) ?? ""
        }
        var keys: [StatementKey: StatementKey] = [:]
        for instance in old.instances.values {
            let evidence = try store.evidence(instance.evidence)?.evidence.evidence
            let words = old.text(
                of: instance, in: texts[instance.revision - 1], ofRevision: instance.revision)
            let quoted = words.flatMap { StatementLine(bullet: "- " + $0)?.sentence }
            guard let sentence = evidence?.text ?? quoted else { continue }
            keys[instance.key] = StatementKey(
                article: target.id, pmid: instance.pmid, passageKind: evidence?.passageKind ?? .abstract,
                sentence: sentence)
        }
        let system = Contributor(kind: .system, name: "identifiers")
        let before = try store.articleRecord(of: target.id) ?? ArticleRecord(entity: target.id)
        let move = ArticleMove(source: source, target: target.id, keys: keys)
        let known = try store.revisions(of: source)
        let (after, revisions) = try move.moved(old, texts: texts, into: before, by: system)
        let records = revisions.enumerated().map { offset, revision in
            let origin = revision.source.map { known[$0 - 1] }
            return RevisionRecord(
                number: before.history.revisionCount + offset + 1, kind: .import,
                contributor: origin?.contributor ?? system, time: origin?.time,
                comment: origin.map { "from \(source), revision \($0.number)" }
                    ?? "the article on \(source) joined",
                text: revision.text)
        }
        var held = after
        for key in keys.values.sorted() where after.state(of: key).isAlive {
            // The evidence stands under the old identifier until its files are read again.
            held.take(
                StatementDecision(
                    key: key, verb: .hold, contributor: system,
                    note: workings))
        }
        var change = ArticleChange(importing: records, as: held, from: before)
        change.title = ArticleHead.title(of: target)
        try store.write([change])
        try store.writeRedirect(from: source.curie, to: target.id.curie, note: "the identifier was replaced")
        try store.setPending([target.id])
    }
}
