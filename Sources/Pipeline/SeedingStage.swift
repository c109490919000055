import Articles
import Corpus
import Interchange
import Store
import TextMining

/// Merges the evidence in the store into the articles, and writes their pages: on the genes of some species, on
/// chemicals and on diseases.
///
/// The limit on quotations works across all articles, so the work goes in two passes: the first ranks the evidence of
/// every entity and keeps only which sentences its article wants; the second merges them with the article as it stands
/// (`ArticleMerge`) and writes. Between the two it is counted how much of what stands untouched would be taken out: a
/// dictionary or a reader that broke must not empty the wiki. Articles are worked on in parallel in stretches, and
/// written in the order of their identifiers.
struct SeedingStage {
    let store: Store
    /// The sections of each kind of article; of other kinds there are none.
    let sections: [EntityKind: [Section]]
    let settings: SeedSettings
    /// What is shown of a gene's orthologs; nil for nothing.
    let orthologs: OrthologChoice?
    /// What the head of every page says first.
    let notice: String?
    let origin: RunOrigin
    /// Genes whose identifiers were withdrawn without a successor.
    var discontinued: Set<EntityID> = []
    let jobs: Int
    /// What stops a run that would put in far more than usual; nil where nothing does.
    var flood: FloodGuard?

    /// The most articles that one task works on.
    private static let stretch = 64
    /// The changes of articles that are written in one transaction, or a stretch more: the search index takes what it is
    /// given in one as a segment, which it then merges with the others.
    private static let transaction = 256
    /// The stretches for each thread that may be under way or wait for an earlier one: much-studied genes take long.
    private static let window = 16

    /// What came of seeding.
    struct Outcome: Sendable {
        var articles = ArticleOutcome()
        /// Entities whose evidence was ranked; of the others the rankings of an earlier seeding held.
        var ranked = 0
        var statements = 0
        /// What the merges did, added up.
        var merged = MergeCounts()
        /// What a dry run would change.
        var changes: [ProposedChange] = []
        var pagesWritten = 0
        var pagesRemoved = 0
        /// How near the run came to its limits.
        var readings: [FloodGuard.Reading] = []
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
        try store.rememberStrings()
        let pending = try Set(store.entities(EntitySelection(pendingOnly: true)))
        let wisher = try ArticleWisher(
            store, sections: sections, settings: settings, origin: origin, pending: pending,
            mask: try store.redactionMask(), discontinued: discontinued,
            isWatchingFloods: flood?.isWatching ?? false)
        let found = try await wishes(of: entities, by: wisher) {
            onProgress("ranking", $0, entities.count)
        }
        let struck = found.struck
        let wishes = ArticleWish.withOrthologs(found.wishes, orthologs)
        let chosen = wishes.filter { scope.covers($0.entity) }
        var outcome = Outcome()
        outcome.ranked = found.ranked
        if let reading = try refuseMassWithdrawal(of: chosen) { outcome.readings.append(reading) }
        outcome.readings += try flood?.check(chosen) ?? []
        if run != nil {
            try store.writeStruckSentences(struck)
            try store.keep(found.rankings)
        }
        let site = output.flatMap { folder in
            run == nil ? nil : StaticSite(folder: folder, entries: wishes.compactMap { entry(of: $0) })
        }
        let links = try site.map { try $0.begin() }
        var done = 0
        var wanted = everything ? chosen : []
        if !everything {
            try await inStretches(chosen) { wish, snapshot in
                let mustCompose =
                    try pending.contains(wish.entity.id)
                    || wish.orthologs.contains { pending.contains($0.entity.id) }
                    || !isShown(wish, in: snapshot)
                    || isPageStale(wish, site: site, links: links)
                return mustCompose ? wish : nil
            } receive: {
                wanted += $0.compactMap { $0 }
            }
        }
        let composing = Set(wanted.map(\.entity.id))
        outcome.articles.unchanged = chosen.filter {
            $0.hasPage && !composing.contains($0.entity.id)
        }
        .map(\.entity.id)
        outcome.statements = chosen.reduce(0) { $0 + $1.statements.count }
        let composer = ArticleComposer(
            store: store, wisher: wisher, struck: struck, run: run ?? 0, notice: notice)
        // Rankings that can be kept as soon as an article is written.
        var ahead = found.ahead
        var changes: [ArticleChange] = []
        func write(run: Int) throws {
            outcome.articles.add(try self.write(changes, of: wanted, by: composer, run: run, site: site))
            try keep(&ahead, beside: changes, by: wisher)
            changes = []
        }
        try await inStretches(wanted) { wish, snapshot -> ArticleComposer.Composed? in
            try composer.compose(wish, in: snapshot, site: site, isDryRun: run == nil)
        } receive: { composed in
            done += composed.count
            onProgress("articles", done, wanted.count)
            let present = composed.compactMap { $0 }
            for one in present { outcome.merged.add(one.counts) }
            outcome.pagesWritten += present.count { $0.isPageWritten }
            guard let run else {
                outcome.add(proposals: present)
                return
            }
            changes += present.map(\.change)
            if changes.count >= Self.transaction { try write(run: run) }
        }
        if let run {
            try write(run: run)
            try store.clearPending(wanted.filter { !$0.hasPage }.map(\.entity.id))
        }
        if let site {
            // A merge may show more or less than was wished for: the index tells what stands.
            let counts = Dictionary(
                try store.articles().map { ($0.entity, $0.statements) },
                uniquingKeysWith: { first, _ in first })
            outcome.pagesRemoved = try site.finish(statementCounts: counts)
        }
        return outcome
    }

    /// Writes changes, and once more those of articles that somebody saved between our reading and our writing, from what
    /// they saved.
    private func write(
        _ changes: [ArticleChange], of wishes: [ArticleWish], by composer: ArticleComposer, run: Int,
        site: StaticSite?
    ) throws -> ArticleOutcome {
        var written = try store.write(changes, run: run)
        var attempts = 1
        while !written.overtaken.isEmpty, attempts < 3 {
            attempts += 1
            let again = Set(written.overtaken)
            let anew = try wishes.filter { again.contains($0.entity.id) }.compactMap {
                try composer.compose($0, site: site, isDryRun: false)
            }
            let second = try store.write(anew.map(\.change), run: run)
            written.overtaken = []
            written.add(second)
        }
        return written
    }

    /// Keeps the rankings of articles that were new and show now just what they wanted to, so that the next night need not
    /// rank what has not changed. They are taken out of those that wait.
    private func keep(
        _ ahead: inout [EntityID: RankingsAhead], beside changes: [ArticleChange], by wisher: ArticleWisher
    ) throws {
        try store.keep(
            changes.compactMap { change in
                // What somebody saved meanwhile makes other circumstances of it: then nothing holds.
                guard let rankings = ahead.removeValue(forKey: change.entity), let article = change.standing,
                    rankings.hold(beside: article),
                    let circumstances = wisher.circumstances(of: change.entity, article)
                else { return nil }
                return (change.entity, KeptRanking(circumstances: circumstances, rounds: rankings.rounds))
            })
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
        let moved = Set(try store.redirects().map(\.source))
        return entities.filter { !moved.contains($0.id.curie) }.sorted { $0.id < $1.id }
    }

    /// Whether an article shows just what it is to show, in whatever order.
    private func isShown(_ wish: ArticleWish, in snapshot: StoreSnapshot) throws -> Bool {
        let shown = try snapshot.statements(of: wish.entity.id).map {
            StatementOutline(section: $0.section, evidence: $0.evidence, marks: $0.marks)
        }
        return Set(shown) == Set(wish.statements)
    }

    /// The circuit breaker: refuses to take out more of what stands untouched than the settings allow.
    ///
    /// - Returns: how near it came to that; nil where there is no limit.
    private func refuseMassWithdrawal(of wishes: [ArticleWish]) throws(PipelineError) -> FloodGuard.Reading? {
        guard let share = settings.withdrawals else { return nil }
        let standing = wishes.reduce(0) { $0 + $1.standingCount }
        let leaving = wishes.reduce(0) { $0 + $1.leavingCount }
        if leaving >= SeedSettings.leastWithdrawals, Double(leaving) > share * Double(standing) {
            throw .tooManyWithdrawals(leaving, of: standing, share: share)
        }
        return FloodGuard.Reading(
            name: "withdrawals", found: leaving,
            limit: max(share * Double(standing), Double(SeedSettings.leastWithdrawals)))
    }

    /// Whether a page is missing, or links to pages that have come or gone.
    private func isPageStale(_ wish: ArticleWish, site: StaticSite?, links: StaticSite.Changes?) -> Bool {
        guard let site, let links, wish.hasPage else { return false }
        return !site.hasPage(of: wish.entity.id) || !links.entities.isDisjoint(with: wish.partners)
    }

    /// The line of an article in the site's list. An article on which nothing stands keeps its history in the store,
    /// but has no page.
    private func entry(of wish: ArticleWish) -> SiteEntry? {
        guard wish.hasPage else { return nil }
        return SiteEntry(
            wish.entity, facts: ArticleComposer.facts(of: wish, notice: notice),
            statementCount: wish.statements.count)
    }

    // MARK: - Parallel work in order

    /// Works on items in parallel, a stretch a task and a snapshot, and hands the results over in the order of the items.
    func inStretches<Item: Sendable, Result: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (Item, StoreSnapshot) throws -> Result,
        receive: ([Result]) throws -> Void
    ) async throws {
        // Few items are cut smaller: none of the threads is to wait long for the last stretch.
        let size = min(Self.stretch, max(1, items.count / (8 * jobs)))
        let stretches = stride(from: 0, to: items.count, by: size).map { start in
            Array(items[start..<min(start + size, items.count)])
        }
        try await withThrowingTaskGroup(of: (Int, [Result]).self) { group in
            var next = 0
            var finished = 0
            var received = 0
            var waiting: [Int: [Result]] = [:]
            func fill() {
                // A few wait, so that no thread does while articles are written. All of them would stand in a line before what
                // is to be written.
                while next < stretches.count, next - finished < 3 * jobs, next - received < jobs * Self.window
                {
                    let (number, stretch) = (next, stretches[next])
                    group.addTask { [store] in
                        let results = try store.reading { snapshot in
                            try stretch.map { item in
                                try Task.checkCancellation()
                                return try work(item, snapshot)
                            }
                        }
                        return (number, results)
                    }
                    next += 1
                }
            }
            fill()
            while let (number, results) = try await group.next() {
                try Task.checkCancellation()
                finished += 1
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
            evidence.map { ($0.evidence, years[$0.evidence.pmid], works[$0.evidence.pmid]) }, on: entity.id,
            statistics: statistics)
    }
}
