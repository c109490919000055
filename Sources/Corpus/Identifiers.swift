/// The identifier of a citation in PubMed.
public struct PMID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number, as PubMed writes it.
    public let number: Int64

    /// Makes an identifier from PubMed's number.
    public init(_ number: Int64) {
        self.number = number
    }

    /// The bare number: `8402902`.
    public var description: String { String(number) }

    /// The identifier as a CURIE with Bioregistry's prefix: `pubmed:8402902`.
    public var curie: String { "pubmed:\(number)" }

    /// Whether one comes before the other.
    public static func < (one: PMID, other: PMID) -> Bool { one.number < other.number }
}

/// The identifier of a taxon in NCBI Taxonomy.
public struct TaxonID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number, as NCBI Taxonomy writes it.
    public let number: Int32

    /// Makes an identifier from NCBI Taxonomy's number.
    public init(_ number: Int32) {
        self.number = number
    }

    /// Homo sapiens.
    public static let human = TaxonID(9606)
    /// Mus musculus.
    public static let mouse = TaxonID(10090)
    /// Rattus norvegicus.
    public static let rat = TaxonID(10116)

    /// The bare number: `10090`.
    public var description: String { String(number) }

    /// The taxon as an entity: `ncbitaxon:10090`.
    public var entity: EntityID { EntityID(prefix: "ncbitaxon", local: description) }

    /// Whether one comes before the other.
    public static func < (one: TaxonID, other: TaxonID) -> Bool { one.number < other.number }
}

/// The identifier of an entity: a CURIE with a lower-case Bioregistry prefix, such as `ncbigene:16001`,
/// `mesh:D003920`, `doid:9352`, `go:0006915`, `ncbitaxon:10090`.
///
/// The order is that of the UTF-8 bytes of the CURIE: total, and the same on every machine.
public struct EntityID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The whole CURIE, prefix and colon included.
    public let curie: String

    /// Takes a string that already is a CURIE; nil when it has no colon, or nothing before or after it.
    public init?(curie: String) {
        guard let colon = curie.utf8.firstIndex(of: UInt8(ascii: ":")),
            colon != curie.startIndex, curie.utf8.index(after: colon) != curie.endIndex
        else { return nil }
        self.curie = curie
    }

    /// Joins a prefix and a local identifier.
    public init(prefix: String, local: String) {
        curie = prefix + ":" + local
    }

    /// What stands before the colon: `ncbigene`.
    public var prefix: String { String(curie[..<colon]) }

    /// Whether `prefix` is this one, without making it.
    public func hasPrefix(_ prefix: String) -> Bool {
        var own = curie.utf8.makeIterator()
        for byte in prefix.utf8 where own.next() != byte { return false }
        return own.next() == UInt8(ascii: ":")
    }

    /// What stands after the first colon: `16001`.
    public var local: String { String(curie.unicodeScalars[colon...].dropFirst()) }

    /// The first colon, as a scalar: a combining mark may follow it.
    private var colon: String.Index { curie.utf8.firstIndex(of: UInt8(ascii: ":")) ?? curie.endIndex }

    /// The CURIE.
    public var description: String { curie }

    /// Whether one comes before the other.
    public static func < (one: EntityID, other: EntityID) -> Bool {
        let (first, second) = (one.curie.utf8Span.span, other.curie.utf8Span.span)
        for place in 0..<min(first.count, second.count) where first[place] != second[place] {
            return first[place] < second[place]
        }
        return first.count < second.count
    }
}

/// The content-addressed identifier of a piece of evidence: 16 bytes, written as 32 lower-case hexadecimal digits.
public struct EvidenceID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The bytes, the first one highest.
    public let words: SIMD2<UInt64>

    /// Takes the hexadecimal digits; nil unless there are exactly 32 of them, in lower case.
    public init?(hex: String) {
        guard hex.utf8.count == 32, let words = Hexadecimal.words(hex, count: 2) else { return nil }
        self.words = SIMD2(words[0], words[1])
    }

    /// Takes 16 bytes, the first one highest.
    public init(words: SIMD2<UInt64>) {
        self.words = words
    }

    /// The hexadecimal digits.
    public var hex: String { Hexadecimal.digits(words: [words[0], words[1]]) }

    /// The hexadecimal digits.
    public var description: String { hex }

    /// Whether one comes before the other.
    public static func < (one: EvidenceID, other: EvidenceID) -> Bool {
        (one.words[0], one.words[1]) < (other.words[0], other.words[1])
    }
}
