import Articles
import Corpus
import Interchange
import Store
import TextMining

/// Writes the seed articles of some species from the evidence in the store, and their pages.
///
/// The limit on quotations works across all articles, so the work goes in two passes: the first ranks the evidence of
/// every entity and keeps only which sentences it wants; the second ranks again without the sentences that are too
/// many, composes and writes. Articles are worked on in parallel in stretches, and written in the order of their
/// identifiers.
struct SeedingStage {
    let store: Store
    let sections: [Section]
    let ranking: RankingSettings
    let quotations: Int
    let jobs: Int

    /// The articles that one task works on.
    private static let stretch = 64

    /// What an entity's article wants to show.
    private struct Wish: Sendable {
        var entity: EntityID
        var quotations: [QuotationLimit.Quotation]
    }

    /// An article ready to be written.
    private struct Composed: Sendable {
        var draft: ArticleDraft
        var page: ArticlePage?
        var entry: SiteEntry?
    }

    /// What came of seeding.
    struct Outcome: Sendable {
        var articles = ArticleOutcome()
        var statements = 0
        var pagesWritten = 0
        var pagesRemoved = 0
    }

    /// Seeds the articles of species.
    ///
    /// - Parameters:
    ///   - species: whose genes.
    ///   - only: these entities alone are written; all are ranked, since the quotation limit is one for all.
    ///   - taxon: the genes of this species alone are written.
    ///   - run: the run that writes; nil tells what would change and writes nothing.
    ///   - output: the folder of pages; nil writes none.
    ///   - onProgress: called with how many of how many articles are done.
    func seed(
        _ species: [SpeciesSelection], only: Set<EntityID>? = nil, ofTaxon taxon: TaxonID? = nil, run: Int?,
        output: String? = nil,
        onProgress: @escaping (Int, Int) -> Void = { _, _ in }
    ) async throws -> Outcome {
        var entities: [(id: EntityID, species: SpeciesSelection)] = []
        for one in species {
            entities += try store.entities(EntitySelection(kind: .gene, taxon: one.taxon)).map { ($0, one) }
        }
        entities.sort { $0.id < $1.id }
        let struck = try await sentencesOverTheLimit(of: entities.map(\.id))

        var outcome = Outcome()
        var entries: [SiteEntry] = []
        var pages: [ArticlePage] = []
        var done = 0
        let wanted = entities.filter { one in
            (only?.contains(one.id) ?? true) && (taxon == nil || one.species.taxon == taxon)
        }
        try await inStretches(wanted) { one -> Composed? in
            try compose(one.id, species: one.species, excluding: struck)
        } receive: { composed in
            done += composed.count
            onProgress(done, wanted.count)
            let present = composed.compactMap { $0 }
            let written =
                if let run {
                    try store.writeArticles(present.map(\.draft), run: run)
                } else {
                    try store.outcome(ofWriting: present.map(\.draft))
                }
            outcome.articles.created += written.created
            outcome.articles.revised += written.revised
            outcome.articles.unchanged += written.unchanged
            outcome.statements += present.reduce(0) { $0 + $1.draft.statements.count }
            if output != nil {
                entries += present.compactMap(\.entry)
                pages += present.compactMap(\.page)
            }
        }
        if let output, run != nil {
            let site = StaticSite(folder: output, entries: entries)
            try site.begin()
            for page in pages where try site.write(page) { outcome.pagesWritten += 1 }
            outcome.pagesRemoved = try site.finish()
        }
        return outcome
    }

    // MARK: - The limit on quotations

    /// The sentences that may not be shown, so that no abstract is quoted too much.
    ///
    /// Striking a sentence may let another of the same abstract in, so the articles concerned are ranked again until
    /// nothing is over the limit. Each round strikes at least one more sentence, so it ends.
    private func sentencesOverTheLimit(of entities: [EntityID]) async throws -> Set<SentenceKey> {
        let limit = QuotationLimit(sentencesPerAbstract: quotations)
        var wishes: [EntityID: [QuotationLimit.Quotation]] = [:]
        var struck: Set<SentenceKey> = []
        var open = entities
        while !open.isEmpty {
            let exclusions = struck
            try await inStretches(open) { entity in
                Wish(entity: entity, quotations: try wants(entity, excluding: exclusions))
            } receive: { found in
                for wish in found { wishes[wish.entity] = wish.quotations }
            }
            let more = limit.struck(from: entities.flatMap { wishes[$0] ?? [] }).subtracting(struck)
            struck.formUnion(more)
            open = entities.filter { entity in
                wishes[entity]?.contains { more.contains($0.sentence) } ?? false
            }
        }
        return struck
    }

    private func wants(
        _ entity: EntityID, excluding struck: Set<SentenceKey>
    ) throws -> [QuotationLimit.Quotation] {
        guard let material = try store.material(for: entity) else { return [] }
        let candidates = candidates(of: material)
        return ranker.ranking(of: candidates, excluding: struck).selections.map { selection in
            let candidate = candidates[selection.candidate]
            return QuotationLimit.Quotation(
                article: entity, sentence: candidate.sentence, passage: candidate.evidence.passageKind,
                score: selection.score)
        }
    }

    private var ranker: EvidenceRanker { EvidenceRanker(sections: sections.map(\.id), settings: ranking) }

    private func candidates(of material: EntityMaterial) -> [RankingCandidate] {
        material.evidence.map { piece in
            RankingCandidate(
                evidence: piece.evidence, year: material.citations[piece.evidence.pmid]?.citation.year)
        }
    }

    // MARK: - Composing

    /// The article on an entity; nil where there is nothing to show and no article yet.
    private func compose(
        _ entity: EntityID, species: SpeciesSelection, excluding struck: Set<SentenceKey>
    ) throws -> Composed? {
        guard let material = try store.material(for: entity) else { return nil }
        let candidates = candidates(of: material)
        let chosen = ranker.ranking(of: candidates, excluding: struck).selections.map { selection in
            let evidence = candidates[selection.candidate].evidence
            var placement = evidence.placements[selection.placement]
            placement.parts = selection.parts
            return ChosenEvidence(
                evidence: evidence, placement: placement, supportingPapers: selection.supportingPapers)
        }
        if chosen.isEmpty, try store.article(entity) == nil { return nil }
        let facts = HeadFacts(scientificName: species.scientificName, commonName: species.commonName)
        let references = material.citations.mapValues { CitationReference($0.citation) }
        let article = try SeedComposer(sections: sections).article(
            on: material.entity, facts: facts, chosen: chosen, references: references)
        let draft = ArticleDraft(
            entity: entity, title: article.head.title, text: article.text,
            statements: article.sections.flatMap(\.bullets).map { ShownStatement($0) })
        // An article whose evidence has all gone keeps its history in the store, but has no page.
        guard !article.bullets.isEmpty else { return Composed(draft: draft, page: nil, entry: nil) }
        return Composed(
            draft: draft, page: ArticlePage(article),
            entry: SiteEntry(material.entity, facts: facts, statementCount: article.bullets.count))
    }

    // MARK: - Parallel work in order

    /// Works on items in parallel, a stretch a task, and hands the results over in the order of the items.
    private func inStretches<Item: Sendable, Result: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (Item) throws -> Result, receive: ([Result]) throws -> Void
    ) async throws {
        let stretches = stride(from: 0, to: items.count, by: Self.stretch).map { start in
            Array(items[start..<min(start + Self.stretch, items.count)])
        }
        try await withThrowingTaskGroup(of: (Int, [Result]).self) { group in
            var next = 0
            var received = 0
            var waiting: [Int: [Result]] = [:]
            func fill() {
                while next < stretches.count, next - received < jobs * 2 {
                    let (number, stretch) = (next, stretches[next])
                    group.addTask { (number, try stretch.map(work)) }
                    next += 1
                }
            }
            fill()
            while let (number, results) = try await group.next() {
                waiting[number] = results
                while let ready = waiting.removeValue(forKey: received) {
                    received += 1
                    try receive(ready)
                }
                fill()
            }
        }
    }
}

extension ShownStatement {
    /// A bullet as the store keeps it.
    init(_ bullet: Bullet) {
        var marks: [String] = []
        if bullet.evidence.qualities.isNegated { marks.append("negated") }
        if bullet.evidence.qualities.isSpeculative { marks.append("speculative") }
        if bullet.supportingPapers > 1 { marks.append("papers:\(bullet.supportingPapers)") }
        self.init(
            section: bullet.section, evidence: bullet.id, pmid: bullet.evidence.pmid, key: bullet.key.hex,
            text: bullet.sentence, marks: marks)
    }
}
