/// How many citations name each concept, as it was counted at one time over everything that had been read.
///
/// It stands still between two counts, so that the page of an entity of which nothing new was read stays as it is.
public struct ConceptStatistics: Hashable, Sendable {
    /// The number of the count, from 1.
    public var number: Int
    /// The citations that were counted: the newest version of each, with or without evidence.
    public var citations: Int
    /// How many of them name a concept; one that none names is missing.
    public var counts: [EntityID: Int]

    /// Makes statistics.
    public init(number: Int, citations: Int, counts: [EntityID: Int]) {
        self.number = number
        self.citations = citations
        self.counts = counts
    }
}
