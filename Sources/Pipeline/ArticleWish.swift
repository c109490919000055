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
    /// The paper of each selection.
    var papers: [PMID]
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
        evidence = outline.sentences.map(\.evidence)
        papers = outline.sentences.map(\.key.pmid)
        displaced = Set(outline.displaced)
        overQuoted = Set(outline.overQuoted)
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
    /// The paper of each selection.
    var papers: [PMID]

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
        papers = best.map { wish.choice.papers[$0] }
    }
}
