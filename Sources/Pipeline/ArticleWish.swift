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
    /// Whether the article was never composed, and never written by anybody.
    var isNew: Bool
    /// What it would show that does not stand yet; empty where nobody asked.
    var new = NewStatements()

    /// What it shows, the best first within each section.
    var selections: [ChosenSentence] { choice.selections }

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

/// A sentence that was chosen.
struct ChosenSentence: Sendable {
    var section: SectionID
    /// The index of the placement in its evidence.
    var placement: Int
    /// The sum of the placement's parts and the additions, added in their order.
    var score: Double
    /// What the ranking adds to the parts of the placement.
    var additions: [ScorePart]
    /// How many papers say the same, this one counted.
    var supportingPapers: Int

    init(_ sentence: RankingOutline.Sentence, section: SectionID) {
        self.section = section
        placement = sentence.placement
        score = sentence.score
        supportingPapers = sentence.supportingPapers
        additions = []
        for (name, value) in [
            (ScorePartName.association, sentence.association), (ScorePartName.diversity, sentence.diversity),
            (ScorePartName.papers, sentence.papers),
        ] where value != 0 {
            additions.append(ScorePart(name: name, value: value))
        }
    }
}

/// What a ranking has chosen, and what of what stands has to go.
struct ArticleChoice: Sendable {
    var selections: [ChosenSentence]
    /// The evidence of each selection.
    var evidence: [EvidenceID]
    /// What gave way to better sentences.
    var displaced: Set<EvidenceID>
    /// What would quote an abstract too much.
    var overQuoted: Set<EvidenceID>

    /// - Parameter sections: The sections of the article, in their order.
    init(_ outline: RankingOutline, sections: [SectionID]) throws {
        selections = try outline.sentences.map { sentence in
            guard sections.indices.contains(sentence.section) else {
                throw StoreError.undecodable(what: "a ranking")
            }
            return ChosenSentence(sentence, section: sections[sentence.section])
        }
        evidence = outline.sentences.map { EvidenceID(bytes: $0.evidence) }
        displaced = Set(outline.displaced.map { EvidenceID(bytes: $0) })
        overQuoted = Set(outline.overQuoted.map { EvidenceID(bytes: $0) })
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
    var selections: [ChosenSentence]
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
    let sectionIDs: [EntityKind: [SectionID]]
    let settings: SeedSettings
    /// What the run is made of; nil where nothing is to be written, and nothing gives way.
    let origin: RunOrigin?
    /// The entities whose evidence has changed since their articles were composed.
    let pending: Set<EntityID>
    let statistics: ConceptStatistics?
    /// How many citations name each concept, by the number of its identifier in the database.
    let conceptCounts: [Int64: Int]
    /// The mentions that people rejected as readings (`RejectionFeedback.subject`).
    let barredReadings: Set<String>
    /// The papers that these are in.
    let barredPapers: Set<PMID>
    /// What is hidden: it is not put in, and what stands is shown as `█`.
    let mask: RedactionMask
    /// Genes whose identifiers were withdrawn without a successor: nothing supports their articles.
    let discontinued: Set<EntityID>
    /// Whether it is noted what would be new, and which names it comes from.
    let isWatchingFloods: Bool
    /// What rankings go by beside an entity's evidence and its article; nil where none is kept.
    let circumstances: FieldDigest?

    /// Reads from the store what holds for all entities.
    ///
    /// - Throws: `StoreError`.
    init(
        _ store: Store, sections: [EntityKind: [Section]], settings: SeedSettings, origin: RunOrigin?,
        pending: Set<EntityID>, mask: RedactionMask = RedactionMask(), discontinued: Set<EntityID> = [],
        isWatchingFloods: Bool = false
    ) throws {
        self.sections = sections
        sectionIDs = sections.mapValues { $0.map(\.id) }
        self.settings = settings
        self.origin = origin
        self.pending = pending
        let statistics = try store.statistics()
        let barredReadings = try store.barredReadings()
        self.statistics = statistics
        self.barredReadings = barredReadings
        conceptCounts = try store.conceptCounts()
        barredPapers = Set(barredReadings.compactMap { RejectionFeedback.paper(ofSubject: $0) })
        self.mask = mask
        self.discontinued = discontinued
        self.isWatchingFloods = isWatchingFloods
        circumstances = origin.map {
            Self.circumstances(
                of: $0, settings, statistics: statistics, lists: [barredReadings, mask.subjects])
        }
    }

    private static func circumstances(
        of origin: RunOrigin, _ settings: SeedSettings, statistics: ConceptStatistics?, lists: [Set<String>]
    ) -> FieldDigest {
        var digest = FieldDigest()
        digest.add(Int64(rankingVersion))
        digest.add(origin.digest)
        // The origin has the text of the pipeline file, which a program may have changed.
        digest.add("\(settings)")
        digest.add(Int64(statistics?.number ?? 0))
        for list in lists {
            digest.add(Int64(list.count))
            for subject in list.sorted() { digest.add(subject) }
        }
        return digest
    }

    /// The number of the way in which evidence is ranked: another one makes all kept rankings void.
    private static let rankingVersion = 1

    /// The ranker of an entity's evidence.
    func ranker(for entity: Entity) -> EvidenceRanker {
        EvidenceRanker(sections: sectionIDs[entity.kind] ?? [], settings: settings.ranking)
    }

    /// Ranks the evidence on an entity.
    ///
    /// - Parameters:
    ///   - subject: The entity with its evidence.
    ///   - struck: Sentences that no article may show.
    func ranking(of subject: RankingSubject, excluding struck: Set<SentenceKey>) -> RankingOutline {
        let ranker = ranker(for: subject.entity)
        return subject.outline(
            of: ranker.ranking(of: subject.sheet, excluding: struck, standing: subject.standing),
            sections: ranker.sections)
    }

    /// A ranking with what it was made from, for who wants to know all about it.
    struct Ranked {
        var material: RankingMaterial
        var candidates: [RankingCandidate]
        var ranking: EvidenceRanking
    }

    /// Ranks the evidence on an entity as `ranking(of:excluding:)` does, and gives all that there is to say of it; nil where
    /// there is none such.
    func rankedInFull(
        _ entity: EntityID, in snapshot: StoreSnapshot, excluding struck: Set<SentenceKey>
    ) throws -> Ranked? {
        guard let material = try snapshot.rankingMaterial(for: entity) else { return nil }
        let candidates = material.candidates(statistics: statistics)
        let standing = try standing(
            try snapshot.standing(of: entity), on: entity, refused: [],
            pmids: material.evidence.lazy.map(\.evidence.pmid),
            isBarred: { isBarred(material.evidence[$0].evidence) },
            key: { material.evidence[$0].evidence.statementKey() }
        ).standing
        return Ranked(
            material: material, candidates: candidates,
            ranking: ranker(for: material.entity).ranking(
                of: candidates, excluding: struck, standing: standing))
    }

    /// What the article on an entity wants to show by a ranking; what of it is new is not noted yet (`news`).
    func wish(
        _ outline: RankingOutline, of entity: Entity, species: SpeciesSelection?, in snapshot: StoreSnapshot
    ) throws -> ArticleWish {
        let choice = try ArticleChoice(outline, sections: sectionIDs[entity.kind] ?? [])
        return ArticleWish(
            entity: entity, species: species, choice: choice,
            quotations: outline.sentences.map { sentence in
                QuotationLimit.Quotation(
                    article: entity.id, sentence: sentence.key,
                    passage: sentence.key.passage == 0 ? .title : .abstract, score: sentence.score,
                    stands: sentence.stands)
            },
            statements: outline.sentences.indices.map { index in
                let sentence = outline.sentences[index]
                var marks = StatementMarks()
                marks.isNegated = sentence.isNegated
                marks.isSpeculative = sentence.isSpeculative
                marks.supportingPapers = sentence.supportingPapers
                return StatementOutline(
                    section: choice.selections[index].section, evidence: choice.evidence[index],
                    marks: marks.words)
            },
            partners: try snapshot.entities(numbered: outline.partners), standingCount: outline.standingCount,
            leavingCount: outline.leavingCount, hasPeople: outline.hasPeople, isNew: outline.isNew)
    }

    /// What of a wish does not stand yet.
    func news(of wish: ArticleWish, _ snapshot: StoreSnapshot) throws -> NewStatements {
        var new = NewStatements()
        new.isPageNew = !wish.selections.isEmpty && wish.isNew
        let comers = wish.selections.indices.filter { !wish.quotations[$0].stands }
        let found = try snapshot.evidence(comers.map { wish.choice.evidence[$0] })
        for comer in comers {
            guard let evidence = found[wish.choice.evidence[comer]] else { continue }
            new.add(evidence, rule: evidence.placements[wish.selections[comer].placement].rule)
        }
        return new
    }
}
