import Articles
import Corpus
import Store
import TextMining

/// What an entity's article wants to show. Only identifiers and scores, no texts: it is kept for all articles.
struct ArticleWish: Sendable {
    var entity: Entity
    /// The species of a gene.
    var species: SpeciesSelection?
    var choice: ArticleChoice
    var quotations: [QuotationLimit.Quotation]
    /// What the article is to show, as the store keeps it: to see without its texts whether it does already.
    var statements: [StatementOutline]
    /// What it is to show of orthologs: the ortholog's wish is needed to compose it.
    var orthologs: [OrthologWish] = []
    /// The entities that its sentences name, to whose pages it links.
    var partners: Set<EntityID>
    /// How many of its statements stand untouched.
    var standingCount: Int
    /// How many of those tonight's evidence no longer supports.
    var leavingCount: Int
    /// Whether a person ever saved a revision of the article.
    var hasPeople: Bool
    /// What it would show that does not stand yet; empty where nobody asked.
    var new = NewStatements()

    /// What it shows, the best first within each section.
    var selections: [RankedSelection] { choice.selections }

    /// Whether the article has a page.
    var hasPage: Bool { !selections.isEmpty || hasPeople }

    /// Adds to the wish of each gene what the pages of its orthologs show that scores best. These sentences are
    /// shown already, so the limit on quotations holds.
    static func withOrthologs(_ wishes: [ArticleWish], _ orthologs: OrthologChoice?) -> [ArticleWish] {
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
                wish.add(OrthologWish(of: wishes[place], species: other, count: orthologs.statements))
            }
            return wish
        }
    }

    private mutating func add(_ ortholog: OrthologWish) {
        orthologs.append(ortholog)
        let id = ortholog.entity.id
        let section = Ortholog(entity: ortholog.entity, species: ortholog.species.commonName).section.id
        statements += ortholog.statements.map { outline in
            var marks = StatementMarks(words: outline.marks)
            marks.ortholog = id
            marks.placed = outline.section
            return StatementOutline(section: section, evidence: outline.evidence, marks: marks.words)
        }
        partners.insert(id)
    }
}

/// What a ranking has chosen, and what of what stands has to go.
struct ArticleChoice: Sendable {
    var selections: [RankedSelection]
    /// The evidence of each selection.
    var evidence: [EvidenceID]
    /// What gave way to better sentences.
    var displaced: Set<EvidenceID>
    /// What would quote an abstract too much.
    var overQuoted: Set<EvidenceID>

    init(_ ranked: ArticleWisher.Ranked) {
        let ranking = ranked.ranking
        func identifier(_ candidate: Int) -> EvidenceID { ranked.material.evidence[candidate].id }
        selections = ranking.selections
        evidence = selections.map { identifier($0.candidate) }
        displaced = Set(ranking.displaced.map(identifier))
        overQuoted = Set(
            ranking.leftOut.filter { $0.reason == .excluded }.map { identifier($0.candidate) })
    }
}

/// A statement without its text.
struct StatementOutline: Hashable, Sendable {
    var section: SectionID
    var evidence: EvidenceID
    var marks: [String]
}

/// What an article wants to show of an ortholog.
struct OrthologWish: Sendable {
    var entity: Entity
    var species: SpeciesSelection
    var selections: [RankedSelection]
    var statements: [StatementOutline]

    /// The best of what the ortholog's own page shows.
    init(of wish: ArticleWish, species: SpeciesSelection, count: Int) {
        let best = wish.selections.indices.sorted { one, two in
            let scores = (wish.selections[one].score, wish.selections[two].score)
            return scores.0 == scores.1 ? one < two : scores.0 > scores.1
        }.prefix(count)
        entity = wish.entity
        self.species = species
        selections = best.map { wish.selections[$0] }
        statements = best.map { wish.statements[$0] }
    }
}

/// Ranks the evidence on entities beside what their articles show already.
struct ArticleWisher: Sendable {
    let sections: [EntityKind: [Section]]
    let settings: SeedSettings
    /// What the run is made of; nil where nothing is to be written, and nothing gives way.
    let origin: RunOrigin?
    /// The entities whose evidence has changed since their articles were composed.
    let pending: Set<EntityID>
    let statistics: ConceptStatistics?
    /// The mentions that people rejected as readings (`RejectionFeedback.subject`).
    var barredReadings: Set<String> = []
    /// What is hidden: it is not put in, and what stands is shown as `█`.
    var mask = RedactionMask()
    /// Genes whose identifiers were withdrawn without a successor: nothing supports their articles.
    var discontinued: Set<EntityID> = []
    /// Whether it is noted what would be new, and which names it comes from.
    var isWatchingFloods = false

    /// A ranking with what it was made from.
    struct Ranked {
        var material: RankingMaterial
        var standing: ArticleStanding
        /// The instances of the article that have evidence, by the index of the candidate.
        var instances: [Int: StoredInstance]
        var candidates: [RankingCandidate]
        var ranking: EvidenceRanking
    }

    /// Ranks the evidence on an entity; nil where there is none such.
    ///
    /// - Parameters:
    ///   - snapshot: What is read.
    ///   - struck: Sentences that no article may show.
    ///   - refused: Statements that the merge would not put in.
    ///   - inBrief: Whether the candidates' mentions may go without names of dictionaries and reasons.
    func ranked(
        _ entity: EntityID, in snapshot: StoreSnapshot, excluding struck: Set<SentenceKey>,
        refused: Set<StatementKey> = [], inBrief: Bool = true
    ) throws -> Ranked? {
        guard let material = try snapshot.rankingMaterial(for: entity, inBrief: inBrief) else { return nil }
        let candidates = material.candidates(statistics: statistics)
        let article = try snapshot.standing(of: entity)
        var known = Dictionary(
            article.instances.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let papers = Set(article.instances.map(\.pmid))
        let isAll = !article.rejected.union(refused).isSubset(of: known.keys) || !mask.subjects.isEmpty
        var instances: [Int: StoredInstance] = [:]
        var standing = StandingStatements()
        for (index, piece) in material.evidence.enumerated() {
            if isBarred(piece.evidence) || mask.subjects.contains(piece.evidence.pmid.curie)
                || discontinued.contains(entity)
            {
                standing.barred.insert(index)
            }
            guard isAll || papers.contains(piece.evidence.pmid) else { continue }
            let key = piece.evidence.statementKey()
            if article.rejected.contains(key) || refused.contains(key) || mask.subjects.contains(key.hex) {
                standing.barred.insert(index)
            }
            guard let instance = known.removeValue(forKey: key) else { continue }
            instances[index] = instance
            switch instance.state {
            case .intact where mask.covers(key, pmid: instance.pmid):
                // Hidden, and left where it is.
                standing.shown[index] = StandingStatements.Shown(section: instance.section, mayGo: false)
                standing.barred.remove(index)
            case .intact, .touched:
                standing.shown[index] = StandingStatements.Shown(
                    section: instance.section, mayGo: instance.state == .intact)
            case .goneHuman:
                standing.barred.insert(index)
            case .absent, .goneMachine, .superseded: break
            }
        }
        for instance in known.values where instance.state == .touched {
            standing.others[instance.section, default: 0] += 1
        }
        // A page gives places to better sentences only when something about it has changed.
        if let origin, pending.contains(entity) || article.composed != origin.digest {
            standing.displacements = settings.displacements
            standing.margin = settings.margin
        }
        let ranker = EvidenceRanker(
            sections: (sections[material.entity.kind] ?? []).map(\.id), settings: settings.ranking)
        return Ranked(
            material: material, standing: article, instances: instances, candidates: candidates,
            ranking: ranker.ranking(of: candidates, excluding: struck, standing: standing))
    }

    /// Whether evidence goes by a mention that a person rejected as a reading: of its own entity, or of a concept that
    /// placed it.
    private func isBarred(_ evidence: Evidence) -> Bool {
        if barredReadings.isEmpty { return false }
        let triggers = Set(evidence.placements.flatMap { $0.triggers.map(\.range) })
        return evidence.mentions.contains { mention in
            (mention.entity == evidence.entity || triggers.contains(mention.range))
                && barredReadings.contains(
                    RejectionFeedback.subject(mention, pmid: evidence.pmid, passage: evidence.passage))
        }
    }

    /// What the article on an entity wants to show.
    func wish(
        of entity: EntityID, species: SpeciesSelection?, in snapshot: StoreSnapshot,
        excluding struck: Set<SentenceKey>
    ) throws -> ArticleWish? {
        guard let ranked = try ranked(entity, in: snapshot, excluding: struck) else { return nil }
        let material = ranked.material
        let choice = ArticleChoice(ranked)
        let selections = choice.selections
        let intact = ranked.standing.instances.filter {
            $0.state == .intact && !$0.section.rawValue.hasPrefix(Ortholog.prefix)
        }
        let staying = choice.displaced.union(choice.overQuoted).union(choice.evidence)
        let supported = ranked.instances.filter {
            $0.value.state == .intact && staying.contains(material.evidence[$0.key].id)
        }
        return ArticleWish(
            entity: material.entity, species: species, choice: choice,
            quotations: selections.map { selection in
                let candidate = ranked.candidates[selection.candidate]
                return QuotationLimit.Quotation(
                    article: entity, sentence: candidate.sentence, passage: candidate.evidence.passageKind,
                    score: selection.score,
                    stands: ranked.instances[selection.candidate]?.state.isAlive ?? false)
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
                }),
            standingCount: intact.count, leavingCount: intact.count - supported.count,
            hasPeople: ranked.standing.hasPeople,
            new: isWatchingFloods ? try news(in: ranked, selections, snapshot) : NewStatements())
    }

    /// What of some selections does not stand yet.
    private func news(
        in ranked: Ranked, _ selections: [RankedSelection], _ snapshot: StoreSnapshot
    ) throws -> NewStatements {
        var new = NewStatements()
        // An article that was never composed and never written by anybody.
        new.isPageNew = !selections.isEmpty && ranked.standing.composed == nil && !ranked.standing.hasPeople
        let comers = selections.filter { !(ranked.instances[$0.candidate]?.state.isAlive ?? false) }
        // The ranking went without the names that they come from.
        let whole = try snapshot.evidence(comers.map { ranked.material.evidence[$0.candidate].id })
        for selection in comers {
            guard let evidence = whole[ranked.material.evidence[selection.candidate].id] else { continue }
            new.add(evidence, rule: evidence.placements[selection.placement].rule)
        }
        return new
    }
}
