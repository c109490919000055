/// Why an identifier of a document was missed.
public enum MissCause: String, Hashable, Sendable, CaseIterable {
    /// The dictionary does not have the identifier.
    case unknownIdentifier = "unknown-identifier"
    /// Genes of its species were not asked for.
    case speciesLeftOut = "species-left-out"
    /// No text that gold marks with it is one of its names in the dictionary.
    case unknownName = "unknown-name"
    /// A name of it was taken for a gene of another species.
    case otherSpecies = "other-species"
    /// A name of it was taken for another entity.
    case otherEntity = "other-entity"
    /// A name of it was found with other ends, as another entity.
    case otherBoundaries = "other-boundaries"
    /// What overlaps a name of it was taken for another type.
    case otherType = "other-type"
    /// A list blocks its name in this spelling.
    case blocked
    /// Its name stands in the dictionary and in the text, and a rule ruled it out.
    case ruledOut = "ruled-out"

    /// What happened, for people.
    public var title: String {
        switch self {
        case .unknownIdentifier: "the identifier is not in the dictionary"
        case .speciesLeftOut: "genes of its species were not asked for"
        case .unknownName: "no name that the text uses leads to it in the dictionary"
        case .otherSpecies: "the name is there, but was taken for a gene of another species"
        case .otherEntity: "the name is there, but was taken for another entity"
        case .otherBoundaries: "a longer, shorter or shifted name was tagged as another entity"
        case .otherType: "the place was taken by a mention of another type"
        case .blocked: "a list blocks the name in this spelling"
        case .ruledOut: "the name is there, but a rule ruled it out"
        }
    }
}

/// Why an identifier of a document was found though gold does not have it.
public enum FalseAlarmCause: String, Hashable, Sendable, CaseIterable {
    /// Gold marks the place with the same gene of another species.
    case otherSpecies = "other-species"
    /// Gold marks the place with another identifier.
    case otherIdentifier = "other-identifier"
    /// Gold marks the place with this type, and gives it no identifier.
    case noIdentifier = "no-identifier"
    /// Gold marks the place as another type.
    case otherType = "other-type"
    /// Gold marks nothing there.
    case unmarked

    /// What happened, for people.
    public var title: String {
        switch self {
        case .otherSpecies: "gold has a gene of another species there"
        case .otherIdentifier: "gold has another identifier there"
        case .noIdentifier: "gold marks the name, but gives it no identifier"
        case .otherType: "gold has another type there"
        case .unmarked: "gold marks nothing there"
        }
    }
}

/// How often something went wrong in one way.
public struct ErrorGroup<Cause: Hashable & Sendable>: Hashable, Sendable {
    /// The way.
    public var cause: Cause
    /// How many pairs of a document and an identifier.
    public var count: Int
    /// The most frequent examples, most frequent first.
    public var examples: [ErrorExample]
}

/// A name that went wrong, and how often.
public struct ErrorExample: Hashable, Sendable {
    /// The name as the text has it.
    public var text: String
    /// The identifier that was missed, or was found.
    public var identifier: String
    /// What stands on the other side: identifiers, or a type of mention.
    public var instead: [String]
    /// In how many documents.
    public var count: Int

    /// Makes an example.
    public init(text: String, identifier: String, instead: [String], count: Int = 0) {
        self.text = text
        self.identifier = identifier
        self.instead = instead
        self.count = count
    }
}
