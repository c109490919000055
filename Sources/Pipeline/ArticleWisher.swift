import Articles
import Corpus
import Store
import TextMining

/// Ranks the evidence on entities beside what their articles show already.
struct ArticleWisher: Sendable {
    let sections: [EntityKind: [Section]]
    let sectionIDs: [EntityKind: [SectionID]]
    let settings: SeedSettings
    /// What the run is made of; nil where nothing is to be written, and nothing gives way.
    let origin: RunOrigin?
    /// Its digest, and that of its workings: asked of every entity.
    let digest: String?
    let workings: String
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
        digest = origin?.digest
        workings = origin?.workings ?? ""
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
