public import Corpus

/// What associations between an entity and the concepts in its evidence are worth, with concepts as numbers: the same as
/// `AssociationMeter` finds, for the many entities of a seeding.
public struct AssociationTally {
    private let citations: Int
    private let counts: [Int64: Int]
    /// In how many works a sentence names the concept.
    private var together: [Int64: Int] = [:]
    /// The works that name a concept, of which one was the last; all of them where works do not come one after the other.
    private var lastWork: [Int64: PMID] = [:]
    private var works: [Int64: Set<PMID>] = [:]
    private let areGrouped: Bool
    private var own = 0
    private var lastOwn: PMID?
    private var allOwn: Set<PMID> = []
    private let counted: Int
    private var measured: [Int64: Int] = [:]

    /// Begins with no evidence.
    ///
    /// - Parameters:
    ///   - statistics: What was counted over everything that was read.
    ///   - counts: The same by the numbers of the concepts.
    ///   - entity: What the evidence is about.
    ///   - areGrouped: Whether all evidence from one work comes in a row.
    public init(
        _ statistics: ConceptStatistics, counts: [Int64: Int], on entity: EntityID, areGrouped: Bool
    ) {
        citations = statistics.citations
        counted = statistics.counts[entity] ?? 0
        self.counts = counts
        self.areGrouped = areGrouped
    }

    /// Counts a piece of evidence from a work.
    public mutating func addPiece(from work: PMID) {
        if areGrouped {
            if lastOwn != work { own += 1 }
            lastOwn = work
        } else if allOwn.insert(work).inserted {
            own += 1
        }
    }

    /// Counts another entity in a piece of evidence from a work.
    public mutating func add(_ concept: Int64, from work: PMID) {
        if areGrouped {
            if lastWork.updateValue(work, forKey: concept) != work { together[concept, default: 0] += 1 }
        } else if works[concept, default: []].insert(work).inserted {
            together[concept, default: 0] += 1
        }
    }

    /// What the association with a concept is worth in doublings of its significance, when all evidence was counted.
    public mutating func doublings(of concept: Int64) -> Int {
        if let known = measured[concept] { return known }
        var doublings = 0
        if let papers = together[concept] {
            doublings =
                Association(
                    concept: Self.anyConcept, together: papers, first: max(own, counted),
                    second: counts[concept] ?? 0, citations: citations
                ).doublings
        }
        measured[concept] = doublings
        return doublings
    }

    /// Stands for whatever concept a number stands for.
    private static let anyConcept = EntityID(prefix: "concept", local: "any")
}
