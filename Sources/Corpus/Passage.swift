/// Where a passage stands in its citation.
public enum PassageKind: String, Hashable, Sendable, Comparable {
    /// The article's title.
    case title
    /// A section of the abstract.
    case abstract

    /// Whether one comes before the other.
    public static func < (one: PassageKind, other: PassageKind) -> Bool {
        one == .title && other == .abstract
    }
}

/// The exact text of a title or of one section of an abstract. Offsets of sentences and mentions count into it.
public struct Passage: Hashable, Sendable {
    /// Title or abstract.
    public var kind: PassageKind
    /// 0 for the title; the n-th section of the abstract is n, from 1.
    public var index: Int
    /// The label of the section, which is not part of the text.
    public var label: String?
    /// NLM's category of the section.
    public var category: String?
    /// The text, as stored.
    public var text: String

    /// Makes a passage.
    public init(
        kind: PassageKind, index: Int, label: String? = nil, category: String? = nil, text: String
    ) {
        self.kind = kind
        self.index = index
        self.label = label
        self.category = category
        self.text = text
    }
}

extension Citation {
    /// The passages to read: the title, then the sections of the abstract. Vernacular titles and other abstracts
    /// are kept in the record but are no passages. An empty text is no passage.
    public var passages: [Passage] {
        var passages: [Passage] = []
        passages.reserveCapacity(abstract.count + 1)
        if !title.isEmpty {
            passages.append(Passage(kind: .title, index: 0, text: title))
        }
        for (offset, section) in abstract.enumerated() where !section.text.isEmpty {
            passages.append(
                Passage(
                    kind: .abstract, index: offset + 1, label: section.label, category: section.category,
                    text: section.text))
        }
        return passages
    }
}

/// A sentence of a passage.
public struct Sentence: Hashable, Sendable {
    /// The passage's index in its citation: 0 for the title.
    public var passage: Int
    /// The sentence's place in its passage, from 0.
    public var index: Int
    /// Where it stands, in UTF-8 bytes of the passage, without white space at either end.
    public var range: TextRange

    /// Makes a sentence.
    public init(passage: Int, index: Int, range: TextRange) {
        self.passage = passage
        self.index = index
        self.range = range
    }
}
