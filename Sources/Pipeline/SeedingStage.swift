import Articles
import Corpus
import Interchange
import Store
import TextMining

/// Writes the seed articles from the evidence in the store, and their pages: on the genes of some species, on
/// chemicals and on diseases.
///
/// The limit on quotations works across all articles, so the work goes in two passes: the first ranks the evidence of
/// every entity and keeps only which sentences its article wants; the second composes and writes. Articles are worked
/// on in parallel in stretches, and written in the order of their identifiers.
struct SeedingStage {
    let store: Store
    /// The sections of each kind of article; of other kinds there are none.
    let sections: [EntityKind: [Section]]
    let ranking: RankingSettings
    let quotations: Int
    /// What is shown of a gene's orthologs; nil for nothing.
    let orthologs: OrthologChoice?
    /// What the head of every page says first.
    let notice: String?
    let jobs: Int

    /// The articles that one task works on.
    private static let stretch = 64
    /// The stretches for each thread that may be under way or wait for an earlier one: much-studied genes take long.
    private static let window = 16

    /// What an entity's article wants to show. Only identifiers and scores, no texts: it is kept for all articles.
    private struct Wish: Sendable {
        var entity: Entity
        /// The species of a gene.
        var species: SpeciesSelection?
        var selections: [RankedSelection]
        var quotations: [QuotationLimit.Quotation]
        /// What the article is to show, as the store keeps it: to see without its texts whether it does already.
        var statements: [StatementOutline]
        /// What it is to show of orthologs: the ortholog's wish is needed to compose it.
        var orthologs: [OrthologWish] = []
        /// The entities that its sentences name, to whose pages it links.
        var partners: Set<EntityID>
    }

    /// What an article wants to show of an ortholog.
    private struct OrthologWish: Sendable {
        var entity: Entity
        var species: SpeciesSelection
        var selections: [RankedSelection]
    }

    /// A statement without its text.
    private struct StatementOutline: Hashable, Sendable {
        var section: SectionID
        var evidence: EvidenceID
        var marks: [String]
    }

    /// An article that was composed, and whether its page changed.
    private struct Composed: Sendable {
        var draft: ArticleDraft
        var isPageWritten: Bool
    }

    /// What came of seeding.
    struct Outcome: Sendable {
        var articles = ArticleOutcome()
        var statements = 0
        var pagesWritten = 0
        var pagesRemoved = 0
    }

    /// Seeds articles.
    ///
    /// - Parameters:
    ///   - species: whose genes have articles.
    ///   - scope: which of them are written; all are ranked, since the quotation limit is one for all.
    ///   - run: the run that writes; nil tells what would change and writes nothing.
    ///   - output: the folder of pages; nil writes none.
    ///   - everything: whether to compose every article. Otherwise those are passed over that show what they are to
    ///     show and whose evidence has not changed since they were composed.
    ///   - onProgress: called with the stage, which is new when it begins anew, and how many of how many articles are done.
    func seed(
        _ species: [SpeciesSelection], scope: SeedScope = SeedScope(), run: Int?, output: String? = nil,
        everything: Bool = true,
        onProgress: (String, Int, Int) -> Void = { _, _, _ in }
    ) async throws -> Outcome {
        let entities = try entities(species)
        let statistics = try store.statistics()
        let wishes = withOrthologs(
            try await wishes(of: entities, statistics: statistics, run: run) {
                onProgress("ranking", $0, entities.count)
            })
        let site = output.flatMap { folder in
            run == nil ? nil : StaticSite(folder: folder, entries: wishes.compactMap { entry(of: $0) })
        }
        let links = try site.map { try $0.begin() }
        let pending = try Set(store.entities(EntitySelection(pendingOnly: true)))

        var outcome = Outcome()
        var done = 0
        let chosen = wishes.filter { scope.covers($0.entity) }
        let wanted =
            try everything
            ? chosen
            : chosen.filter { wish in
                try pending.contains(wish.entity.id)
                    || wish.orthologs.contains { pending.contains($0.entity.id) } || !isShown(wish)
                    || isPageStale(wish, site: site, links: links)
            }
        let composing = Set(wanted.map(\.entity.id))
        outcome.articles.unchanged = chosen.filter {
            !$0.selections.isEmpty && !composing.contains($0.entity.id)
        }
        .map(\.entity.id)
        outcome.statements = chosen.reduce(0) { $0 + $1.statements.count }
        try await inStretches(wanted) { wish -> Composed? in
            try compose(wish, site: site)
        } receive: { composed in
            done += composed.count
            onProgress("articles", done, wanted.count)
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
            outcome.pagesWritten += present.count { $0.isPageWritten }
        }
        if run != nil {
            try store.clearPending(wanted.filter { $0.selections.isEmpty }.map(\.entity.id))
        }
        outcome.pagesRemoved = try site?.finish() ?? 0
        return outcome
    }

    /// The entities that have evidence or an article, by identifier.
    private func entities(
        _ species: [SpeciesSelection]
    ) throws -> [(id: EntityID, species: SpeciesSelection?)] {
        var entities: [(id: EntityID, species: SpeciesSelection?)] = []
        for kind in sections.keys {
            if kind == .gene {
                for one in species {
                    entities += try store.entities(EntitySelection(kind: kind, taxon: one.taxon)).map {
                        ($0, one)
                    }
                }
            } else {
                entities += try store.entities(EntitySelection(kind: kind)).map { ($0, nil) }
            }
        }
        return entities.sorted { $0.id < $1.id }
    }

    /// Whether an article shows just what it is to show.
    private func isShown(_ wish: Wish) throws -> Bool {
        let shown = try store.statements(of: wish.entity.id).map {
            StatementOutline(section: $0.section, evidence: $0.evidence, marks: $0.marks)
        }
        return shown == wish.statements
    }

    /// Whether a page is missing, or links to pages that have come or gone.
    private func isPageStale(_ wish: Wish, site: StaticSite?, links: StaticSite.Changes?) -> Bool {
        guard let site, let links, !wish.selections.isEmpty else { return false }
        return !site.hasPage(of: wish.entity.id) || !links.entities.isDisjoint(with: wish.partners)
    }

    private func facts(of wish: Wish) -> HeadFacts {
        HeadFacts(
            scientificName: wish.species?.scientificName, commonName: wish.species?.commonName,
            remark: notice)
    }

    /// The line of an article in the site's list. An article whose evidence has all gone keeps its history in the
    /// store, but has no page.
    private func entry(of wish: Wish) -> SiteEntry? {
        if wish.selections.isEmpty { return nil }
        return SiteEntry(wish.entity, facts: facts(of: wish), statementCount: wish.selections.count)
    }

    // MARK: - What articles want to show, and the limit on quotations

    /// What every article shows, with no abstract quoted too much.
    ///
    /// Striking a sentence may let another of the same abstract in, so the articles concerned are ranked again until
    /// nothing is over the limit. Each round strikes at least one more sentence, so it ends.
    private func wishes(
        of entities: [(id: EntityID, species: SpeciesSelection?)], statistics: ConceptStatistics?, run: Int?,
        onProgress: (Int) -> Void
    ) async throws -> [Wish] {
        let limit = QuotationLimit(sentencesPerAbstract: quotations)
        var wishes: [Wish?] = Array(repeating: nil, count: entities.count)
        var struck: Set<SentenceKey> = []
        var open = Array(entities.indices)
        while !open.isEmpty {
            let exclusions = struck
            var place = 0
            try await inStretches(open) { index in
                try wish(
                    of: entities[index].id, species: entities[index].species, statistics: statistics,
                    excluding: exclusions)
            } receive: { found in
                for wish in found {
                    wishes[open[place]] = wish
                    place += 1
                }
                if exclusions.isEmpty { onProgress(place) }
            }
            let more = limit.struck(from: wishes.flatMap { $0?.quotations ?? [] }).subtracting(struck)
            struck.formUnion(more)
            open = wishes.indices.filter { index in
                wishes[index]?.quotations.contains { more.contains($0.sentence) } ?? false
            }
        }
        if run != nil { try store.writeStruckSentences(struck) }
        return wishes.compactMap { $0 }
    }

    private func wish(
        of entity: EntityID, species: SpeciesSelection?, statistics: ConceptStatistics?,
        excluding struck: Set<SentenceKey>
    ) throws -> Wish? {
        guard let material = try store.rankingMaterial(for: entity) else { return nil }
        let candidates = material.candidates(statistics: statistics)
        let selections = ranker(of: material.entity.kind).ranking(of: candidates, excluding: struck)
            .selections
        return Wish(
            entity: material.entity, species: species, selections: selections,
            quotations: selections.map { selection in
                let candidate = candidates[selection.candidate]
                return QuotationLimit.Quotation(
                    article: entity, sentence: candidate.sentence, passage: candidate.evidence.passageKind,
                    score: selection.score)
            },
            statements: selections.map { selection in
                let piece = material.evidence[selection.candidate]
                return StatementOutline(
                    section: selection.section, evidence: piece.id,
                    marks: StatementMarks(
                        of: piece.evidence, supportingPapers: selection.supportingPapers
                    ).words)
            },
            partners: Set(
                selections.flatMap { selection in
                    material.evidence[selection.candidate].evidence.mentions.lazy.filter {
                        sections[$0.kind] != nil
                    }.map(\.entity)
                }))
    }

    /// Adds to the wish of each gene what the pages of its orthologs show that scores best. These sentences are
    /// shown already, so the limit on quotations holds.
    private func withOrthologs(_ wishes: [Wish]) -> [Wish] {
        guard let orthologs else { return wishes }
        let places = Dictionary(
            wishes.indices.lazy.filter { !wishes[$0].selections.isEmpty }.map { (wishes[$0].entity.id, $0) },
            uniquingKeysWith: { first, _ in first })
        let species = wishes.compactMap(\.species).reduce(into: [SpeciesSelection]()) { list, one in
            if !list.contains(one) { list.append(one) }
        }
        return wishes.map { wish in
            guard wish.entity.kind == .gene, let own = wish.species, !wish.selections.isEmpty else {
                return wish
            }
            var wish = wish
            for other in species.sorted(by: { $0.taxon < $1.taxon }) where other != own {
                guard let id = orthologs.ortholog(of: wish.entity.id, in: other.taxon),
                    let place = places[id]
                else { continue }
                let found = wishes[place]
                let best = found.selections.indices.sorted { one, two in
                    let scores = (found.selections[one].score, found.selections[two].score)
                    return scores.0 == scores.1 ? one < two : scores.0 > scores.1
                }.prefix(orthologs.statements)
                wish.orthologs.append(
                    OrthologWish(
                        entity: found.entity, species: other, selections: best.map { found.selections[$0] }))
                let section = Ortholog(entity: found.entity, species: other.commonName).section.id
                wish.statements += best.map { index in
                    let outline = found.statements[index]
                    var marks = StatementMarks(words: outline.marks)
                    marks.ortholog = id
                    marks.placed = outline.section
                    return StatementOutline(section: section, evidence: outline.evidence, marks: marks.words)
                }
                wish.partners.insert(id)
            }
            return wish
        }
    }

    private func ranker(of kind: EntityKind) -> EvidenceRanker {
        EvidenceRanker(sections: (sections[kind] ?? []).map(\.id), settings: ranking)
    }

    // MARK: - Composing

    /// Composes an article and writes its page; nil where there is nothing to show and no article yet.
    private func compose(_ wish: Wish, site: StaticSite?) throws -> Composed? {
        if wish.selections.isEmpty, try store.article(wish.entity.id) == nil { return nil }
        guard let material = try store.material(for: wish.entity.id) else { return nil }
        let chosen = Self.chosen(wish.selections, of: material)
        var citations = material.citations
        let orthologs = try wish.orthologs.compactMap { ortholog -> OrthologEvidence? in
            guard let other = try store.material(for: ortholog.entity.id) else { return nil }
            citations.merge(other.citations) { own, _ in own }
            return OrthologEvidence(
                ortholog: Ortholog(entity: other.entity, species: ortholog.species.commonName),
                chosen: Self.chosen(ortholog.selections, of: other))
        }
        let cited = Set((chosen + orthologs.flatMap(\.chosen)).map(\.evidence.pmid))
        let references = citations.filter { cited.contains($0.key) }.mapValues {
            CitationReference($0.citation)
        }
        let article = try SeedComposer(sections: sections[material.entity.kind] ?? []).article(
            on: material.entity, facts: facts(of: wish), chosen: chosen, orthologs: orthologs,
            references: references)
        let draft = ArticleDraft(
            entity: wish.entity.id, title: article.head.title, text: article.text,
            statements: article.sections.flatMap(\.bullets).map { ShownStatement($0) })
        let isWritten = article.bullets.isEmpty ? false : try site?.write(ArticlePage(article)) ?? false
        return Composed(draft: draft, isPageWritten: isWritten)
    }

    private static func chosen(_ selections: [RankedSelection], of material: EntityMaterial)
        -> [ChosenEvidence]
    {
        selections.map { selection in
            let evidence = material.evidence[selection.candidate].evidence
            var placement = evidence.placements[selection.placement]
            placement.parts = selection.parts
            return ChosenEvidence(
                evidence: evidence, placement: placement, supportingPapers: selection.supportingPapers)
        }
    }

    // MARK: - Parallel work in order

    /// Works on items in parallel, a stretch a task, and hands the results over in the order of the items.
    private func inStretches<Item: Sendable, Result: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (Item) throws -> Result,
        receive: ([Result]) throws -> Void
    ) async throws {
        let stretches = stride(from: 0, to: items.count, by: Self.stretch).map { start in
            Array(items[start..<min(start + Self.stretch, items.count)])
        }
        try await withThrowingTaskGroup(of: (Int, [Result]).self) { group in
            var next = 0
            var received = 0
            var waiting: [Int: [Result]] = [:]
            func fill() {
                while next < stretches.count, next - received < jobs * Self.window {
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

/// Which articles are written; those of everything else are only ranked.
struct SeedScope: Sendable {
    /// These alone; nil for all.
    var entities: Set<EntityID>?
    /// Those of this kind alone.
    var kind: EntityKind?
    /// The genes of this species alone.
    var taxon: TaxonID?

    func covers(_ entity: Entity) -> Bool {
        (entities?.contains(entity.id) ?? true) && (kind == nil || entity.kind == kind)
            && (taxon == nil || entity.taxon == taxon)
    }
}

extension RankingMaterial {
    /// The evidence as the ranker takes it.
    func candidates(statistics: ConceptStatistics?) -> [RankingCandidate] {
        RankingCandidate.candidates(
            evidence.map { ($0.evidence, years[$0.evidence.pmid]) }, on: entity.id, statistics: statistics)
    }
}
