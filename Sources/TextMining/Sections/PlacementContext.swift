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
    /// Whether the title names the entity: the paper is about it.
    public var isTopic = false
    /// How many abbreviations the sentence uses that only another one explains.
    public var unexplained: Int

    /// Makes a context.
    public init(
        passage: PassageKind = .abstract, sentence: Int = 0, sentences: Int = 1, isFirstRank: Bool = false,
        year: Int? = nil, unexplained: Int = 0
    ) {
        self.passage = passage
        self.sentence = sentence
        self.sentences = sentences
        self.isFirstRank = isFirstRank
        self.year = year
        self.unexplained = unexplained
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
    /// What the model on interactions says of entity and partner.
    public static let model = "model"
    /// The title names the entity.
    public static let topic = "topic"
    /// The entity is named more than once.
    public static let focus = "focus"
    /// More genes than a reader can tell apart.
    public static let crowd = "crowd"
    /// Abbreviations that only another sentence explains.
    public static let abbreviations = "abbreviations"
    /// It opens on a connective or on the paper itself.
    public static let opening = "opening"
    /// It says what is to come, what is not known, or only what was measured.
    public static let outlook = "outlook"
    /// It tells of trials, licences and prescriptions.
    public static let clinical = "clinical"
    /// A title without a finite verb.
    public static let heading = "heading"
    /// So short, or so full of figures, that it says little.
    public static let form = "form"
    /// How much more often entity and concept stand together than chance would have it, over everything that was read;
    /// added by the ranker.
    public static let association = "association"
    /// How many papers say the same; added by the ranker.
    public static let papers = "papers"
    /// The concept is already spoken of in the section; added by the ranker.
    public static let diversity = "diversity"
}
