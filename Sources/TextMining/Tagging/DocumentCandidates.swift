import Corpus

/// What a model decides about in one document, with the features by which it does: for training and for explanation.
public struct DocumentCandidates: Sendable {
    /// A feature: its number, and as the file of weights writes it.
    public struct Feature: Hashable, Sendable {
        /// The number under which the model keeps its weight.
        public var number: UInt64
        /// As the file of weights writes it: `left1=human`.
        public var name: String
    }

    /// A name that may be a mention.
    public struct Name: Sendable {
        /// The passage's index.
        public var passage: Int
        /// Where it stands, in UTF-8 bytes of the passage.
        public var range: TextRange
        /// As what it is read.
        public var kind: EntityKind
        /// The entity that it would be resolved to.
        public var entity: EntityID
        /// Names of one number are judged together.
        public var group: Int
        /// What speaks for and against it.
        public var features: [Feature]
    }

    /// A gene that a name may mean.
    public struct Gene: Sendable {
        /// The gene.
        public var entity: EntityID
        /// What speaks for and against it.
        public var features: [Feature]
    }

    /// A name that may mean several genes.
    public struct Choice: Sendable {
        /// The passage's index.
        public var passage: Int
        /// Where it stands, in UTF-8 bytes of the passage.
        public var range: TextRange
        /// The genes.
        public var genes: [Gene]
    }

    /// The names, in the order of the document.
    public var names: [Name] = []
    /// The names that may mean several genes.
    public var choices: [Choice] = []
}
