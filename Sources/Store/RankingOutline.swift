import Corpus

/// What an article wants to show by a ranking of its evidence, without texts and names. It is kept, so that the next night
/// need not rank again what has not changed.
public struct RankingOutline: Hashable, Sendable {
    /// A sentence that it wants to show.
    public struct Sentence: Hashable, Sendable {
        /// The evidence.
        public var evidence: EvidenceID
        /// Where the sentence stands.
        public var key: SentenceKey
        /// The section's place among those of the article.
        public var section: Int
        /// The index of the placement in the evidence.
        public var placement: Int
        /// The sum of the placement's parts and the additions, added in their order.
        public var score: Double
        /// What the association with its concept adds.
        public var association: Double
        /// What is taken for others with the same concept; not above 0.
        public var diversity: Double
        /// What is added for the papers that say the same.
        public var papers: Double
        /// How many papers say the same, this one counted.
        public var supportingPapers: Int
        /// Whether what is said of the entity is denied.
        public var isNegated: Bool
        /// Whether it is put as a possibility.
        public var isSpeculative: Bool
        /// Whether the article shows it already.
        public var stands: Bool

        /// Makes a sentence.
        public init(
            evidence: EvidenceID, key: SentenceKey, section: Int, placement: Int, score: Double,
            association: Double, diversity: Double, papers: Double, supportingPapers: Int, isNegated: Bool,
            isSpeculative: Bool, stands: Bool
        ) {
            self.evidence = evidence
            self.key = key
            self.section = section
            self.placement = placement
            self.score = score
            self.association = association
            self.diversity = diversity
            self.papers = papers
            self.supportingPapers = supportingPapers
            self.isNegated = isNegated
            self.isSpeculative = isSpeculative
            self.stands = stands
        }
    }

    /// The sentences: by section, the best first within each.
    public var sentences: [Sentence]
    /// What gave way to better sentences.
    public var displaced: [EvidenceID]
    /// What would quote an abstract too much.
    public var overQuoted: [EvidenceID]
    /// The entities with articles that the sentences name, by the numbers of their identifiers, rising.
    public var partners: [Int64]
    /// How many of the article's statements stand untouched.
    public var standingCount: Int
    /// How many of those the evidence no longer supports.
    public var leavingCount: Int
    /// Whether a person ever saved a revision of the article.
    public var hasPeople: Bool
    /// Whether the article was never composed, and never written by anybody.
    public var isNew: Bool

    /// Makes an outline.
    public init(
        sentences: [Sentence], displaced: [EvidenceID], overQuoted: [EvidenceID], partners: [Int64],
        standingCount: Int, leavingCount: Int, hasPeople: Bool, isNew: Bool
    ) {
        self.sentences = sentences
        self.displaced = displaced
        self.overQuoted = overQuoted
        self.partners = partners
        self.standingCount = standingCount
        self.leavingCount = leavingCount
        self.hasPeople = hasPeople
        self.isNew = isNew
    }
}
