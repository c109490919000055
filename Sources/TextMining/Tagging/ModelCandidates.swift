import Corpus

/// A sign for or against a reading: the number under which the model keeps its weight, and its spelling.
public struct ModelFeature: Hashable, Sendable {
    /// The number under which the model keeps its weight.
    public var number: UInt64
    /// As the file of weights writes it: `left1=human`.
    public var name: String
}

/// A name that may be a mention.
public struct MentionCandidate: Sendable {
    /// The passage's index.
    public var passage: Int
    /// Where it stands, in UTF-8 bytes of the passage.
    public var range: TextRange
    /// As what it is read.
    public var kind: EntityKind
    /// The entity that it would be resolved to.
    public var entity: EntityID
    /// The name in the dictionary that matched.
    public var dictionaryName: String
    /// The file that the name comes from.
    public var source: String
    /// Names of one number are judged together.
    public var group: Int
    /// What speaks for and against it.
    public var features: [ModelFeature]
}

/// A name that may mean several genes.
public struct GeneChoiceCandidate: Sendable {
    /// A gene that a name may mean.
    public struct Gene: Sendable {
        /// The gene.
        public var entity: EntityID
        /// What speaks for and against it.
        public var features: [ModelFeature]
    }

    /// The passage's index.
    public var passage: Int
    /// Where it stands, in UTF-8 bytes of the passage.
    public var range: TextRange
    /// The genes.
    public var genes: [Gene]
}
