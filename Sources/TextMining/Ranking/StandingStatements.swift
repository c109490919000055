public import Corpus

/// What an article shows already, and what it must not show: a page does not churn because a ranking moved.
///
/// What stands keeps its place while its evidence qualifies; what is new fills the places that are free. A section that
/// is full gives a place to a newcomer only where that scores higher than the lowest of those that may go, by a margin.
public struct StandingStatements: Hashable, Sendable {
    /// A sentence that the article shows.
    public struct Shown: Hashable, Sendable {
        /// The section that it stands in.
        public var section: SectionID
        /// Whether it may give way: it stands as the machine wrote it.
        public var mayGo: Bool

        /// Makes a record.
        public init(section: SectionID, mayGo: Bool) {
            self.section = section
            self.mayGo = mayGo
        }
    }

    /// What it shows, by the index of the candidate.
    public var shown: [Int: Shown] = [:]
    /// The candidates that it must not show: a person took them away or rejected them.
    public var barred: Set<Int> = []
    /// The bullets that stand in a section and have no candidate.
    public var others: [SectionID: Int] = [:]
    /// How many sentences may give way to better ones.
    public var displacements = 0
    /// By how much a newcomer must score higher.
    public var margin = 1.0

    /// An article that shows nothing.
    public init() {}
}
