import Corpus

/// A piece of evidence that was chosen for a section: what the seed composer takes.
public struct ChosenEvidence: Hashable, Sendable {
    /// The evidence.
    public var evidence: Evidence
    /// The section that it stands in.
    public var section: SectionID
    /// Why it stands there: rule, triggers and parts of the score.
    public var placement: Placement
    /// How many papers say the same, this one included.
    public var supportingPapers: Int

    /// Makes a choice; the section is that of the placement.
    public init(evidence: Evidence, placement: Placement, supportingPapers: Int = 1) {
        self.evidence = evidence
        self.section = placement.section
        self.placement = placement
        self.supportingPapers = supportingPapers
    }
}

/// What a reader must see beside a statement, in words and not by colour alone.
public enum StatementMark: Hashable, Sendable {
    /// What is said of the entity is denied.
    case negated
    /// It is put as a possibility.
    case speculative
    /// It is about the gene's ortholog in another species, by the species' common name.
    case ortholog(species: String)
    /// So many papers say it, two or more.
    case supported(papers: Int)

    /// The words to show.
    public var label: String {
        switch self {
        case .negated: "negative finding"
        case .speculative: "tentative"
        case .ortholog(let species): "evidence on the \(species) gene"
        case .supported(let papers): "\(papers) papers say so"
        }
    }
}

/// A statement of an article: a sentence quoted from a citation, with all that says why it is there.
public struct Bullet: Hashable, Sendable {
    /// The identifier of the evidence.
    public var id: EvidenceID
    /// What the merge knows the statement by.
    public var key: StatementKey
    /// The evidence.
    public var evidence: Evidence
    /// The section that it stands in.
    public var section: SectionID
    /// Why it stands there.
    public var placement: Placement
    /// The papers cited, in order.
    public var pmids: [PMID]
    /// How many papers say the same, this one included.
    public var supportingPapers: Int
    /// The common name of the species, where the evidence is about the ortholog of the article's gene.
    public var orthologSpecies: String?

    /// Makes the statement of a chosen piece of evidence, in the article on its entity.
    public init(_ chosen: ChosenEvidence) {
        self.init(chosen, id: chosen.evidence.identifier())
    }

    /// Makes the statement of a chosen piece of evidence, whose identifier is known, in the article on its entity.
    public init(_ chosen: ChosenEvidence, id: EvidenceID) {
        self.init(chosen, id: id, key: chosen.evidence.statementKey(), section: chosen.section)
    }

    private init(_ chosen: ChosenEvidence, id: EvidenceID, key: StatementKey, section: SectionID) {
        self.id = id
        self.key = key
        self.section = section
        evidence = chosen.evidence
        placement = chosen.placement
        pmids = [chosen.evidence.pmid]
        supportingPapers = chosen.supportingPapers
    }

    /// Makes the statement of a piece of evidence on an ortholog.
    ///
    /// - Parameters:
    ///   - chosen: The evidence, as the ortholog's own article shows it.
    ///   - article: The gene whose article it stands in.
    ///   - ortholog: The ortholog's species and section.
    public init(_ chosen: ChosenEvidence, in article: EntityID, of ortholog: Ortholog) {
        self.init(chosen, id: chosen.evidence.identifier(), in: article, of: ortholog)
    }

    /// Makes the statement of a piece of evidence on an ortholog, whose identifier is known.
    public init(_ chosen: ChosenEvidence, id: EvidenceID, in article: EntityID, of ortholog: Ortholog) {
        let evidence = chosen.evidence
        self.init(
            chosen, id: id,
            key: StatementKey(
                article: article, pmid: evidence.pmid, passageKind: evidence.passageKind,
                sentence: evidence.text), section: ortholog.section.id)
        orthologSpecies = ortholog.species
    }

    /// The exact sentence.
    public var sentence: String { evidence.text }

    /// What must be shown beside the sentence.
    public var marks: [StatementMark] {
        var marks: [StatementMark] = []
        if evidence.qualities.isNegated { marks.append(.negated) }
        if evidence.qualities.isSpeculative { marks.append(.speculative) }
        if let orthologSpecies { marks.append(.ortholog(species: orthologSpecies)) }
        if supportingPapers > 1 { marks.append(.supported(papers: supportingPapers)) }
        return marks
    }

    /// The mentions in the sentence as links to their entities, by UTF-8 range in the sentence: in order, the
    /// longer of two that overlap, the entity of the article left out.
    public var entityLinks: [EntityLink] {
        mentionsInSentence.filter { $0.mention.entity != evidence.entity }
            .map { EntityLink(range: $0.range, entity: $0.mention.entity) }
    }

    /// The mentions that do not overlap, with their ranges in the sentence, in order; of two that overlap the one
    /// that starts first, or else the longer one.
    public var mentionsInSentence: [(range: TextRange, mention: Mention)] {
        mentionPlaces.map { ($0.range, evidence.mentions[$0.index]) }
    }

    /// As ``mentionsInSentence``, with the places of the mentions among those of the evidence.
    package var mentionPlaces: [(range: TextRange, index: Int)] {
        let mentions = evidence.mentions
        func precedes(_ one: Int, _ other: Int) -> Bool {
            let (left, right) = (mentions[one].range, mentions[other].range)
            return (left.start, -left.end, one) < (right.start, -right.end, other)
        }
        // They mostly come in that order.
        let isOrdered = mentions.indices.dropFirst().allSatisfy { precedes($0 - 1, $0) }
        let order = isOrdered ? [] : mentions.indices.sorted(by: precedes)
        var found: [(range: TextRange, index: Int)] = []
        found.reserveCapacity(mentions.count)
        for place in mentions.indices {
            let index = isOrdered ? place : order[place]
            let own = mentions[index].range
            guard evidence.range.contains(own), !own.isEmpty else { continue }
            let range = own.shifted(by: -evidence.range.start)
            if let last = found.last, last.range.overlaps(range) { continue }
            found.append((range, index))
        }
        return found
    }
}
