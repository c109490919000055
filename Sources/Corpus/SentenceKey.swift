/// Which sentence of which citation: the same for all entities that it speaks about.
public struct SentenceKey: Hashable, Sendable, Comparable {
    /// The citation.
    public var pmid: PMID
    /// The passage's index in the citation.
    public var passage: Int
    /// Where the sentence stands in the passage, in UTF-8 bytes.
    public var range: TextRange

    /// Makes a key.
    public init(pmid: PMID, passage: Int, range: TextRange) {
        self.pmid = pmid
        self.passage = passage
        self.range = range
    }

    /// The sentence of a piece of evidence.
    public init(_ evidence: Evidence) {
        self.init(pmid: evidence.pmid, passage: evidence.passage, range: evidence.range)
    }

    /// By citation, passage and place.
    public static func < (one: SentenceKey, other: SentenceKey) -> Bool {
        (one.pmid, one.passage, one.range) < (other.pmid, other.passage, other.range)
    }
}
