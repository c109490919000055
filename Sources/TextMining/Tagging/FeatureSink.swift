import AhoCorasick
import Corpus
import Terminology

/// What takes the features of a name that depend on where it stands: a list for the model, or the sum of their weights.
protocol FeatureSink {
    /// The tokens beside and near the name.
    ///
    /// - Parameters:
    ///   - name: the tokens of the name.
    ///   - window: the tokens of the sentence that are near, with those of the name.
    mutating func addNeighbours(
        of name: ClosedRange<Int>, within window: Range<Int>, of passage: TaggedDocument.TokenizedPassage)
    /// The signs that touch the name.
    mutating func addTouches(_ before: UInt8, _ after: UInt8)
    /// What the text defines the name as.
    mutating func addDefinition(_ text: String)
    /// How far another name of the entity is trusted, and this one.
    mutating func addSupport(_ other: NameGrade?, _ own: NameGrade)
    /// How the species of the entity stands to the name.
    mutating func add(_ relation: SpeciesRelation)
    /// What the rules hold against the name.
    mutating func add(_ doubts: NameDoubt.Set)
    /// A list shortens it.
    mutating func addElliptic()
    /// A letter before it stands for a species.
    mutating func addSpeciesLetter()
    /// It stands in the title.
    mutating func addTitle()
    /// A feature with a digit for its value.
    mutating func add(_ template: FeatureTemplate, digit: Int)
    /// Kinds of names that touch this one, a bit a kind.
    mutating func add(_ template: FeatureTemplate, kinds: UInt16)
}

/// The templates of tokens beside and near a name.
enum NeighbourTemplate: Int, CaseIterable {
    case left1, left2, right1, right2, near

    /// Whether a token is a word that counts where it is near.
    @inline(__always)
    static func isNear(_ token: Token) -> Bool {
        token.end - token.start > 2 && token.traits.contains(.letters)
    }

    /// The template of the model.
    var template: FeatureTemplate {
        switch self {
        case .left1: .left1
        case .left2: .left2
        case .right1: .right1
        case .right2: .right2
        case .near: .near
        }
    }
}

extension FeatureList: FeatureSink {
    mutating func addNeighbours(
        of name: ClosedRange<Int>, within window: Range<Int>, of passage: TaggedDocument.TokenizedPassage
    ) {
        let tokens = passage.tokens
        func add(_ template: FeatureTemplate, _ place: Int, to list: inout FeatureList) {
            if window.contains(place) {
                list.add(template, tokens[place].identity, passage.text(place, place))
            } else {
                list.add(template, 0, "")
            }
        }
        add(.left1, name.lowerBound - 1, to: &self)
        add(.left2, name.lowerBound - 2, to: &self)
        add(.right1, name.upperBound + 1, to: &self)
        add(.right2, name.upperBound + 2, to: &self)
        for place in window where !name.contains(place) && NeighbourTemplate.isNear(tokens[place]) {
            add(.near, place, to: &self)
        }
    }

    mutating func addTouches(_ before: UInt8, _ after: UInt8) { add(.touches, ShortText(before, after)) }

    mutating func addDefinition(_ text: String) { add(.defined, text: text) }

    mutating func addSupport(_ other: NameGrade?, _ own: NameGrade) {
        let zero = UInt8(ascii: "0")
        add(.support, ShortText(other.map { zero + $0.rawValue } ?? UInt8(ascii: "n"), zero + own.rawValue))
    }

    mutating func add(_ relation: SpeciesRelation) { add(.cue, relation.hash, relation.word) }

    mutating func add(_ doubts: NameDoubt.Set) {
        if doubts.isEmpty { return }
        for (doubt, hash) in Self.doubtHashes where doubts.contains(doubt.mark) {
            add(.doubt, hash, doubt.rawValue)
        }
    }

    mutating func addElliptic() { add(.doubt, word: "elliptic") }

    mutating func addSpeciesLetter() { add(.doubt, word: "species-letter") }

    mutating func addTitle() { add(.title) }

    mutating func add(_ template: FeatureTemplate, kinds: UInt16) {
        if kinds == 0 { return }
        for (kind, hash) in Self.kindHashes where kinds & (1 << UInt16(kind.number)) != 0 {
            add(template, hash, kind.rawValue)
        }
    }

    /// The doubts with the hashes of their words.
    private static let doubtHashes = NameDoubt.allCases.map { ($0, NameHash.of($0.rawValue.utf8)) }
    /// The kinds with the hashes of their words.
    private static let kindHashes = EntityKind.allCases.map { ($0, NameHash.of($0.rawValue.utf8)) }
}
