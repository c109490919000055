/// What a sentence does in its abstract.
public enum SentenceKind: String, Hashable, Sendable, CaseIterable {
    /// It reports a result or draws a conclusion.
    case finding
    /// It says what was to be found out.
    case aim
    /// It says what was done.
    case method
    /// It says what was known before.
    case background
    /// It is a title.
    case title
}

/// What the wording of a sentence says about how it may be used.
public struct SentenceQualities: Hashable, Sendable {
    /// Finding, aim, method, background or title.
    public var kind: SentenceKind
    /// Whether what is said of the entity is denied.
    public var isNegated: Bool
    /// Whether it is put as a possibility.
    public var isSpeculative: Bool
    /// Whether it can be understood without its neighbours.
    public var standsAlone: Bool

    /// Makes the qualities of a sentence.
    public init(
        kind: SentenceKind = .finding, isNegated: Bool = false, isSpeculative: Bool = false,
        standsAlone: Bool = true
    ) {
        self.kind = kind
        self.isNegated = isNegated
        self.isSpeculative = isSpeculative
        self.standsAlone = standsAlone
    }
}

/// The words that let a rule place a sentence in a section.
public struct Trigger: Hashable, Sendable {
    /// Where they stand, in UTF-8 bytes of the passage.
    public var range: TextRange
    /// The concept they name (`mesh:D003920`), or the rule's name for a class of words (`binding`).
    public var concept: String

    /// Makes a trigger.
    public init(range: TextRange, concept: String) {
        self.range = range
        self.concept = concept
    }
}

/// One named part of a score.
public struct ScorePart: Hashable, Sendable {
    /// What was judged: `section`, `position`, `journal` …
    public var name: String
    /// What it adds to the score.
    public var value: Double

    /// Makes a part.
    public init(name: String, value: Double) {
        self.name = name
        self.value = value
    }
}

/// A section that a sentence about an entity qualifies for, and why.
public struct Placement: Hashable, Sendable {
    /// The section.
    public var section: SectionID
    /// The rule that placed it there, as named in the rule file.
    public var rule: String
    /// The words that the rule went by.
    public var triggers: [Trigger]
    /// The parts of the score, in a fixed order.
    public var parts: [ScorePart]

    /// Makes a placement.
    public init(section: SectionID, rule: String, triggers: [Trigger], parts: [ScorePart]) {
        self.section = section
        self.rule = rule
        self.triggers = triggers
        self.parts = parts
    }

    /// The sum of the parts, added in their order.
    public var score: Double { parts.reduce(0) { $0 + $1.value } }
}

/// A sentence that says something about an entity.
public struct Evidence: Hashable, Sendable {
    /// The citation.
    public var pmid: PMID
    /// The version of the citation.
    public var version: Int
    /// The passage's index in the citation: 0 for the title.
    public var passage: Int
    /// The passage's kind.
    public var passageKind: PassageKind
    /// The sentence's place in its passage, from 0.
    public var sentence: Int
    /// Where the sentence stands, in UTF-8 bytes of the passage.
    public var range: TextRange
    /// The exact text of the sentence.
    public var text: String
    /// The entity that it is evidence about.
    public var entity: EntityID
    /// The resolved mentions in the sentence, in order; offsets count in the passage.
    public var mentions: [Mention]
    /// What the wording says.
    public var qualities: SentenceQualities
    /// The sections it qualifies for, best first.
    public var placements: [Placement]

    /// Makes evidence.
    public init(
        pmid: PMID, version: Int, passage: Int, passageKind: PassageKind, sentence: Int, range: TextRange,
        text: String, entity: EntityID, mentions: [Mention], qualities: SentenceQualities,
        placements: [Placement]
    ) {
        self.pmid = pmid
        self.version = version
        self.passage = passage
        self.passageKind = passageKind
        self.sentence = sentence
        self.range = range
        self.text = text
        self.entity = entity
        self.mentions = mentions
        self.qualities = qualities
        self.placements = placements
    }
}
