public import Corpus

/// What is known of a sentence beyond its words when it is placed.
public struct PlacementContext: Hashable, Sendable {
    /// Title or abstract.
    public var passage: PassageKind
    /// The sentence's place among all sentences of the abstract (or of the title), from 0.
    public var sentence: Int
    /// How many sentences the abstract (or the title) has.
    public var sentences: Int
    /// Whether the journal is of the first rank.
    public var isFirstRank: Bool
    /// The year of publication.
    public var year: Int?

    /// Makes a context.
    public init(
        passage: PassageKind = .abstract, sentence: Int = 0, sentences: Int = 1, isFirstRank: Bool = false,
        year: Int? = nil
    ) {
        self.passage = passage
        self.sentence = sentence
        self.sentences = sentences
        self.isFirstRank = isFirstRank
        self.year = year
    }
}

/// The names of the parts of a score, in the order in which a placement lists them. Parts worth nothing are left out,
/// `rule` excepted.
public enum ScorePartName {
    /// The weight of the rule.
    public static let rule = "rule"
    /// How near the words stand to the entity.
    public static let proximity = "proximity"
    /// Further words and concepts that the rule found.
    public static let triggers = "triggers"
    /// Finding, aim, method, background.
    public static let kind = "kind"
    /// The sentence is a title.
    public static let title = "title"
    /// What is said is denied.
    public static let negated = "negated"
    /// What is said is put as a possibility.
    public static let speculative = "speculative"
    /// The sentence cannot stand alone.
    public static let standsAlone = "stands-alone"
    /// The place in the abstract.
    public static let position = "position"
    /// The rank of the journal.
    public static let journal = "journal"
    /// The year of publication.
    public static let date = "date"
    /// How much more often entity and concept stand together in the whole store than chance would have it. Given by
    /// whoever has counted the store; absent until then.
    public static let association = "association"
    /// How many papers say the same; added by the ranker.
    public static let papers = "papers"
    /// The concept is already spoken of in the section; added by the ranker.
    public static let diversity = "diversity"
}
