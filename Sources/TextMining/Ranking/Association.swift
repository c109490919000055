public import Corpus
import Foundation

/// How an entity and a concept stand together in papers, against chance.
public struct Association: Hashable, Sendable {
    /// The concept.
    public var concept: EntityID
    /// In how many papers a sentence speaks about the entity and names the concept: one paper, one vote.
    public var papers: Int
    /// In how many papers both would stand if they had nothing to do with each other.
    public var expected: Double
    /// The log-likelihood ratio of the two (Dunning, Computational Linguistics 19:61, 1993); 10.8 is one chance in
    /// a thousand.
    public var significance: Double

    /// Makes an association.
    public init(concept: EntityID, papers: Int, expected: Double, significance: Double) {
        self.concept = concept
        self.papers = papers
        self.expected = expected
        self.significance = significance
    }

    /// The ratio from which on less than five in a hundred would be as high by chance.
    public static let least = 3.84

    /// What the association is worth, in whole doublings of its significance, so that a last digit decides nothing;
    /// 0 where one paper alone, or chance, may have brought both together.
    public var doublings: Int {
        guard papers > 1, Double(papers) > expected, significance >= Self.least else { return 0 }
        return Int(log2(1 + significance))
    }

    /// Measures an association.
    ///
    /// - Parameters:
    ///   - concept: The concept.
    ///   - together: In how many papers both stand in one sentence.
    ///   - first: How many papers name the entity.
    ///   - second: How many name the concept, as far as was counted: the evidence may be newer.
    ///   - citations: How many papers were counted.
    public init(concept: EntityID, together: Int, first: Int, second: Int, citations: Int) {
        let second = max(together, second)
        let all = max(citations, first + second - together)
        self.init(
            concept: concept, papers: together, expected: Double(first) * Double(second) / Double(all),
            significance: AssociationMeter.likelihoodRatio(
                together: together, first: first, second: second, all: all))
    }
}

/// Measures how an entity's evidence stands to the concepts in it.
///
/// The papers in which both stand in one sentence are counted in the entity's own evidence, those that name each of
/// them in the statistics of all that was read. What is counted by the sentence is less than what is counted by the
/// citation, so the significance is never overrated.
public struct AssociationMeter: Sendable {
    private let statistics: ConceptStatistics
    private let entityPapers: Int
    private let papers: [EntityID: Int]

    /// Counts the evidence on one entity, with the work that the citation of each piece is a version of.
    ///
    /// - Complexity: O(mentions in the evidence).
    public init(
        _ statistics: ConceptStatistics, evidence: some Sequence<(Evidence, work: PMID)>, on entity: EntityID
    ) {
        self.statistics = statistics
        var own: Set<PMID> = []
        var together: [EntityID: Set<PMID>] = [:]
        for (piece, work) in evidence {
            own.insert(work)
            for mention in piece.mentions where mention.entity != entity {
                together[mention.entity, default: []].insert(work)
            }
        }
        papers = together.mapValues(\.count)
        entityPapers = max(own.count, statistics.counts[entity] ?? 0)
    }

    /// How the entity stands to a concept; nil where no paper names both.
    public func association(with concept: EntityID) -> Association? {
        guard let together = papers[concept] else { return nil }
        return Association(
            concept: concept, together: together, first: entityPapers,
            second: statistics.counts[concept] ?? 0, citations: statistics.citations)
    }

    /// The most significant association with a concept that a placement goes by; the first of equals.
    public func association(of placement: Placement) -> Association? {
        var measured: [String: Association?] = [:]
        return association(of: placement, measured: &measured)
    }

    /// The same, with what was measured before: the same few concepts place most of the evidence on an entity.
    func association(
        of placement: Placement, measured: inout [String: Association?]
    ) -> Association? {
        var best: Association?
        for trigger in placement.triggers {
            let found: Association?
            if let known = measured[trigger.concept] {
                found = known
            } else {
                found = EntityID(curie: trigger.concept).flatMap { association(with: $0) }
                measured[trigger.concept] = .some(found)
            }
            guard let found else { continue }
            let isBetter = best.map {
                (found.doublings, found.significance) > ($0.doublings, $0.significance)
            }
            if isBetter ?? true { best = found }
        }
        return best
    }

    /// Twice the logarithm of how much likelier the four counts are with the association than without it.
    static func likelihoodRatio(together: Int, first: Int, second: Int, all: Int) -> Double {
        func part(_ observed: Int, _ row: Int, _ column: Int) -> Double {
            guard observed > 0 else { return 0 }
            let expected = Double(row) * Double(column) / Double(all)
            return Double(observed) * log(Double(observed) / expected)
        }
        let sum =
            part(together, first, second) + part(first - together, first, all - second)
            + part(second - together, all - first, second)
            + part(all - first - second + together, all - first, all - second)
        return max(0, 2 * sum)
    }
}
