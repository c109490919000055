public import Corpus

/// A piece of evidence with what its citation adds to its rank.
public struct RankingCandidate: Hashable, Sendable {
    /// The evidence with its placements.
    public var evidence: Evidence
    /// The year of publication.
    public var year: Int?
    /// The work that its citation is a version of: versions of one work count once.
    public var work: PMID
    /// For each placement, how the entity stands to the concept it goes by in everything that was read; empty as long as
    /// nobody has counted.
    public var associations: [Association?]

    /// Makes a candidate.
    ///
    /// - Parameter work: The work that its citation is a version of; nil for the citation itself.
    public init(
        evidence: Evidence, year: Int? = nil, work: PMID? = nil, associations: [Association?] = []
    ) {
        self.evidence = evidence
        self.year = year
        self.work = work ?? evidence.pmid
        self.associations = associations
    }

    /// The candidates that the evidence on one entity gives.
    ///
    /// - Parameters:
    ///   - evidence: the evidence with the year of its citation and the work that this is a version of.
    ///   - entity: what it is about.
    ///   - statistics: what was counted over everything that was read; nil where nobody has.
    public static func candidates(
        _ evidence: [(evidence: Evidence, year: Int?, work: PMID?)], on entity: EntityID,
        statistics: ConceptStatistics?
    ) -> [RankingCandidate] {
        let meter = statistics.map {
            AssociationMeter(
                $0, evidence: evidence.lazy.map { ($0.evidence, $0.work ?? $0.evidence.pmid) }, on: entity)
        }
        var measured: [String: Association?] = [:]
        return evidence.map { piece in
            RankingCandidate(
                evidence: piece.evidence, year: piece.year, work: piece.work,
                associations: meter.map { meter in
                    piece.evidence.placements.map { meter.association(of: $0, measured: &measured) }
                } ?? [])
        }
    }

    /// The association of a placement, by its index.
    public func association(ofPlacement index: Int) -> Association? {
        associations.indices.contains(index) ? associations[index] : nil
    }

    /// The parts of a placement's score, the association's with them, before it is compared with others.
    public func parts(ofPlacement index: Int, settings: RankingSettings) -> [ScorePart] {
        var parts = evidence.placements[index].parts
        let association = worth(ofAssociationIn: index, settings: settings)
        if association != 0 { parts.append(ScorePart(name: ScorePartName.association, value: association)) }
        return parts
    }

    func worth(ofAssociationIn index: Int, settings: RankingSettings) -> Double {
        settings.worth(ofDoublings: association(ofPlacement: index)?.doublings ?? 0)
    }

    /// Where the sentence stands.
    public var sentence: SentenceKey { SentenceKey(evidence) }
}

/// What a ranker is told to keep to.
public struct RankingSettings: Hashable, Sendable {
    /// The most bullets of a section.
    public var cap = 5
    /// The most bullets that one paper gives to a section.
    public var perPaper = 1
    /// The lowest score with which a sentence is shown: a name that only marks a cell or names a reagent stays below.
    public var minimumScore = 2.5
    /// A sentence that finds no place in its best section may stand in another one where it scores at most so much
    /// less.
    public var fallbackMargin = 1.5
    /// What each bullet with the same leading concept that the section already has takes from a score.
    public var sameConcept = 0.3
    /// What each doubling of the papers that say the same adds to a score.
    public var papers = 0.2
    /// What each doubling of the significance of an association adds to a score.
    public var association = 0.1
    /// The most that an association adds.
    public var associationMost = 0.8
    /// From which likeness on two sentences are the same.
    public var likeness = SentenceLikeness()
    /// Sections in which what was done is as good as what was found.
    public var methodSections: [SectionID] = [.analytical]

    /// The settings that a pipeline has when it says nothing.
    public init() {}

    /// What an association adds to a score, by the doublings of its significance.
    public func worth(ofDoublings doublings: Int) -> Double {
        min(associationMost, association * Double(doublings))
    }
}

/// A sentence that the article shows, and where.
public struct RankedSelection: Hashable, Sendable {
    /// The section.
    public var section: SectionID
    /// The index of the candidate.
    public var candidate: Int
    /// The index of the placement in the candidate's evidence.
    public var placement: Int
    /// The sum of the placement's parts and the additions, added in their order.
    public var score: Double
    /// What the ranking adds to the parts of the placement: `association`, `diversity` and `papers`.
    public var additions: [ScorePart]
    /// How many papers say the same, this one counted: one paper, one vote.
    public var supportingPapers: Int
    /// The candidates that say the same and are not shown for it, in the order of citation, passage and place.
    public var supporters: [Int]

    /// Makes a selection.
    public init(
        section: SectionID, candidate: Int, placement: Int, score: Double, additions: [ScorePart],
        supportingPapers: Int, supporters: [Int]
    ) {
        self.section = section
        self.candidate = candidate
        self.placement = placement
        self.score = score
        self.additions = additions
        self.supportingPapers = supportingPapers
        self.supporters = supporters
    }
}

/// Why a sentence is not shown. Payloads are indices of candidates.
public enum LeftOutReason: Hashable, Sendable {
    /// No rule placed it.
    case noSection
    /// It opens on something that it does not name.
    case doesNotStandAlone
    /// It was excluded by the caller, as the quotation limit does.
    case excluded
    /// A person took it away, or rejected it.
    case barred
    /// It scores lower than the settings ask.
    case belowMinimum(score: Double)
    /// It is a title, and a sentence of its abstract says the same.
    case saidInAbstract(by: Int)
    /// A shown sentence says the same.
    case sameAs(Int)
    /// The paper already has its bullets in the section.
    case paperHasBullet(Int)
    /// The section is full; the payload is the last one that found room.
    case sectionFull(beatenBy: Int)
}

/// A sentence that is not shown, with the section it would have stood in.
public struct LeftOut: Hashable, Sendable {
    /// The index of the candidate.
    public var candidate: Int
    /// Its best section.
    public var section: SectionID?
    /// Why it is not shown there.
    public var reason: LeftOutReason

    /// Makes a record.
    public init(candidate: Int, section: SectionID?, reason: LeftOutReason) {
        self.candidate = candidate
        self.section = section
        self.reason = reason
    }
}

/// What an article shows of the evidence on its entity, and what it does not.
public struct EvidenceRanking: Hashable, Sendable {
    /// What is shown: by section in the order given to the ranker, best first within each.
    public var selections: [RankedSelection]
    /// What is not shown, in the order of citation, passage and place.
    public var leftOut: [LeftOut]
    /// What stood and gave way to better sentences: indices of candidates, all of them left out.
    public var displaced: [Int] = []
}
