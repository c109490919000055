import AhoCorasick
import Corpus

/// The number under which the weight of a feature is kept.
///
/// Two different features share a number with a probability of 2⁻⁶⁴.
public enum FeatureNumber {
    /// The number of a feature whose value is a number already: a folded token, several, or a hash of bytes.
    @inlinable
    public static func of(_ kind: EntityKind, _ template: FeatureTemplate, _ value: UInt64) -> UInt64 {
        Series(kind, template).number(of: value)
    }

    /// The features of one kind and template, of which many numbers are asked for.
    public struct Series: Sendable {
        @usableFromInline let addend: UInt64
        @usableFromInline let place: UInt64

        /// The features of a kind and template.
        @inlinable
        public init(_ kind: EntityKind, _ template: FeatureTemplate) {
            addend = kind.number &* 0x9E37_79B9_7F4A_7C15
            place = template.place
        }

        /// The number of the feature of a value.
        @inlinable @inline(__always)
        public func number(of value: UInt64) -> UInt64 {
            var hash = value &+ addend ^ place
            hash ^= hash >> 29
            hash = hash &* 0xBF58_476D_1CE4_E5B9
            hash ^= hash >> 32
            return hash == 0 ? 1 : hash
        }
    }

    /// The number of bytes.
    @inlinable
    public static func value(of bytes: some Sequence<UInt8>) -> UInt64 { NameHash.of(bytes) }

    /// The number of folded tokens; their order counts.
    @inlinable
    public static func value(of tokens: some Sequence<Token>) -> UInt64 {
        var number: UInt64 = 0
        for token in tokens { number = (number &* 0x0000_0100_0000_01b3) ^ token.identity }
        return number
    }

    /// The number of a folded token together with a species.
    @inlinable
    public static func value(of token: UInt64, _ taxon: TaxonID) -> UInt64 {
        (token ^ UInt64(UInt32(bitPattern: taxon.number))) &* 0x0000_0100_0000_01b3
    }

    /// The number of a feature as the file of weights writes it, `left1=human`; nil where it is none.
    public static func of(_ kind: EntityKind, written: String, tokenizer: inout Tokenizer) -> UInt64? {
        let parts = written.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let template = FeatureTemplate(name: parts[0]) else { return nil }
        let value = parts.count > 1 ? String(parts[1]) : ""
        switch template.value {
        case .none: return of(kind, template, 0)
        case .bytes: return of(kind, template, self.value(of: value.utf8))
        case .token:
            if value.isEmpty { return of(kind, template, 0) }
            let tokens = tokenizer.tokens(of: value)
            return tokens.count == 1 ? of(kind, template, tokens[0].identity) : nil
        case .tokenAndTaxon:
            guard let slash = value.lastIndex(of: "/"), let taxon = Int32(value[value.index(after: slash)...])
            else { return nil }
            let tokens = tokenizer.tokens(of: String(value[..<slash]))
            return tokens.count == 1
                ? of(kind, template, self.value(of: tokens[0].identity, TaxonID(taxon))) : nil
        case .tokens:
            return of(kind, template, self.value(of: tokenizer.tokens(of: value)))
        }
    }
}

extension EntityKind {
    /// A number of its own, which stays the same when kinds are added.
    @inlinable
    public var number: UInt64 {
        switch self {
        case .gene: 0
        case .geneFamily: 1
        case .chemical: 2
        case .disease: 3
        case .species: 4
        case .anatomy: 5
        case .process: 6
        case .technique: 7
        case .psychiatry: 8
        case .cellLine: 9
        }
    }

    /// The kind of a number; nil where it is none's.
    init?(number: UInt32) {
        switch number {
        case 0: self = .gene
        case 1: self = .geneFamily
        case 2: self = .chemical
        case 3: self = .disease
        case 4: self = .species
        case 5: self = .anatomy
        case 6: self = .process
        case 7: self = .technique
        case 8: self = .psychiatry
        case 9: self = .cellLine
        default: return nil
        }
    }
}
