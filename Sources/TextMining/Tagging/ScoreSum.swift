import AhoCorasick
import Corpus
import Terminology

/// The sum of the weights of a name's features, in hundredths, without a list of them.
struct ScoreSum: FeatureSink {
    /// The sum so far.
    private(set) var total: Int32 = 0
    private let tables: TabledWeights
    /// The weights of words, as `WordMemory` has them.
    private let words: [Int16]
    private let weightsOfWord: Int
    private var kind = 0
    /// The trait of words, which is asked of each token near a name.
    private let letters = Token.Traits.letters
    private var entityKind = EntityKind.gene

    init(_ tables: TabledWeights, words: [Int16]) {
        self.tables = tables
        self.words = words
        weightsOfWord = tables.weightsOfWord
    }

    /// Begins with the sum for a name of a kind.
    mutating func begin(_ entityKind: EntityKind, place: Int, from start: Int32) {
        self.entityKind = entityKind
        kind = place
        total = start
    }

    mutating func addNeighbours(
        of name: ClosedRange<Int>, within window: Range<Int>, of passage: TaggedDocument.TokenizedPassage
    ) {
        let (tokens, numbers) = (passage.tokens, passage.words)
        total += sum(ofNeighboursOf: name, within: window, tokens.span, numbers.span)
    }

    private func sum(
        ofNeighboursOf name: ClosedRange<Int>, within window: Range<Int>, _ tokens: Span<Token>,
        _ numbers: Span<Int32>
    ) -> Int32 {
        let words = words.span
        var sum: Int32 = 0
        func weight(_ template: NeighbourTemplate, _ place: Int) -> Int32 {
            guard window.contains(place) else { return tables.border(kind, template) }
            return Int32(words[Int(numbers[place]) &* weightsOfWord &+ tables.column(template, kind)])
        }
        sum &+= weight(.left1, name.lowerBound - 1)
        sum &+= weight(.left2, name.lowerBound - 2)
        sum &+= weight(.right1, name.upperBound + 1)
        sum &+= weight(.right2, name.upperBound + 2)
        let column = tables.column(.near, kind)
        func addNear(_ places: Range<Int>) {
            for place in places {
                let token = tokens[place]
                guard token.end &- token.start > 2, token.traits.isSuperset(of: letters) else { continue }
                sum &+= Int32(words[Int(numbers[place]) &* weightsOfWord &+ column])
            }
        }
        addNear(window.lowerBound..<name.lowerBound)
        addNear((name.upperBound + 1)..<window.upperBound)
        return sum
    }

    mutating func addTouches(_ before: UInt8, _ after: UInt8) {
        total += tables.touches(kind, before, after)
    }

    mutating func addDefinition(_ text: String) {
        total += tables.weight(FeatureNumber.of(entityKind, .defined, NameHash.of(text.utf8)))
    }

    mutating func addSupport(_ other: NameGrade?, _ own: NameGrade) {
        total += tables.support(kind, other, own)
    }

    mutating func add(_ relation: SpeciesRelation) { total += tables.relation(kind, relation) }

    mutating func add(_ doubts: NameDoubt.Set) { total += tables.doubts(kind, doubts) }

    mutating func addElliptic() { total += tables.elliptic(kind) }

    mutating func addSpeciesLetter() { total += tables.speciesLetter(kind) }

    mutating func addTitle() { total += tables.title(kind) }

    mutating func add(_ template: FeatureTemplate, digit: Int) {
        total += tables.digit(kind, template, digit)
    }

    mutating func add(_ template: FeatureTemplate, kinds: UInt16) {
        if kinds != 0 { total += tables.touching(kind, template, kinds) }
    }
}
