/// A sentence about a gene with the sections that two annotators gave it. A line is `{"id","pmid","text","entity",
/// "sections_agreed","sections_either","best","standalone","negated","speculative","kind"}`, the flags lists of
/// what either annotator said.
public struct GoldSentence: Decodable, Hashable, Sendable {
    /// The identifier of the sentence.
    public let id: String
    /// The document that it is from: `pmid`; the sentence's own identifier where there is none.
    public let document: String
    /// The sentence.
    public let text: String
    /// The CURIE of the gene.
    public let entity: String
    /// The sections that both annotators gave.
    public let agreed: Set<String>
    /// The sections that either gave.
    public let either: Set<String>
    /// The sections that are best; `none` alone where there is no section.
    public let best: [String]
    /// What either annotator said on whether it stands alone.
    public let standsAlone: [Bool]
    /// What either said on whether it is negated.
    public let isNegated: [Bool]
    /// What either said on whether it is speculative.
    public let isSpeculative: [Bool]
    /// What kind of sentence it is; several where the annotators differ.
    public let kinds: [String]

    private enum Key: String, CodingKey {
        case id, pmid, text, entity, best, standalone, negated, speculative, kind
        case agreed = "sections_agreed"
        case either = "sections_either"
    }

    /// Reads a line.
    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Key.self)
        id = try row.decode(DocumentIdentifier.self, forKey: .id).text
        document = try row.decodeIfPresent(DocumentIdentifier.self, forKey: .pmid)?.text ?? id
        text = try row.decode(String.self, forKey: .text)
        entity = try row.decode(String.self, forKey: .entity)
        agreed = Set(try row.decode([String].self, forKey: .agreed))
        either = Set(try row.decode([String].self, forKey: .either))
        best = try row.decode([String].self, forKey: .best)
        func flags(_ key: Key) throws -> [Bool] {
            let flags = try row.decode([Bool].self, forKey: key)
            guard !flags.isEmpty else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: row, debugDescription: "no annotator said anything")
            }
            return flags
        }
        standsAlone = try flags(.standalone)
        isNegated = try flags(.negated)
        isSpeculative = try flags(.speculative)
        kinds = try row.decode([String].self, forKey: .kind)
    }
}

/// What a program says of a sentence; what it does not say is wrong.
public struct SentenceClassification: Decodable, Hashable, Sendable {
    /// The sections, best first.
    public var sections: [String]
    /// Whether it is negated.
    public var isNegated: Bool?
    /// Whether it is speculative.
    public var isSpeculative: Bool?
    /// Whether it stands alone.
    public var standsAlone: Bool?
    /// What kind of sentence it is.
    public var kind: String?

    /// Makes a classification; without arguments, that of a sentence on which nothing was said.
    public init(
        sections: [String] = [], isNegated: Bool? = nil, isSpeculative: Bool? = nil,
        standsAlone: Bool? = nil, kind: String? = nil
    ) {
        self.sections = sections
        self.isNegated = isNegated
        self.isSpeculative = isSpeculative
        self.standsAlone = standsAlone
        self.kind = kind
    }

    private enum Key: String, CodingKey {
        case sections, negated, speculative, standalone, kind
    }

    /// A section: an object with its name, or the name alone.
    private struct Section: Decodable {
        let name: String

        private enum Key: String, CodingKey {
            case section
        }

        init(from decoder: any Decoder) throws {
            if let row = try? decoder.container(keyedBy: Key.self) {
                name = try row.decode(String.self, forKey: .section)
            } else {
                name = try decoder.singleValueContainer().decode(String.self)
            }
        }
    }

    /// Reads a line of `classify`.
    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Key.self)
        sections = try row.decodeIfPresent([Section].self, forKey: .sections)?.map(\.name) ?? []
        isNegated = try row.decodeIfPresent(Bool.self, forKey: .negated)
        isSpeculative = try row.decodeIfPresent(Bool.self, forKey: .speculative)
        standsAlone = try row.decodeIfPresent(Bool.self, forKey: .standalone)
        kind = try row.decodeIfPresent(String.self, forKey: .kind)
    }
}
