import AhoCorasick
import Corpus
import Terminology

/// The features of one name: as numbers for the model, and spelled out where they are to be read.
struct FeatureList: Sendable {
    /// The numbers under which the model keeps the weights.
    private(set) var numbers: [UInt64] = []
    /// The features; empty unless they are wanted.
    private(set) var features: [ModelFeature] = []
    private var kind: EntityKind = .gene
    private let isNamed: Bool

    /// Makes an empty list; one may be used for any number of names.
    init(isNamed: Bool) {
        self.isNamed = isNamed
        numbers.reserveCapacity(64)
    }

    /// Forgets all features and begins with those of a name of a kind.
    mutating func begin(_ kind: EntityKind) {
        self.kind = kind
        numbers.removeAll(keepingCapacity: true)
        features.removeAll()
    }

    /// Adds a feature whose value is a number already; `text` spells the value.
    mutating func add(_ template: FeatureTemplate, _ value: UInt64, _ text: @autoclosure () -> String) {
        let number = FeatureNumber.of(kind, template, value)
        numbers.append(number)
        if isNamed { features.append(ModelFeature(number: number, name: template.name + "=" + text())) }
    }

    /// Adds a feature with some letters for its value.
    mutating func add(_ template: FeatureTemplate, _ value: ShortText) {
        add(template, value.hash, value.string)
    }

    /// Adds a feature with a word of the program for its value.
    @inline(__always)
    mutating func add(_ template: FeatureTemplate, word: StaticString) {
        var hash = NameHash()
        word.withUTF8Buffer { bytes in
            for index in bytes.indices { unsafe hash.combine(bytes[index]) }
        }
        add(template, hash.value, word.description)
    }

    /// Adds a feature with a word of the text for its value.
    mutating func add(_ template: FeatureTemplate, text: String) {
        add(template, NameHash.of(text.utf8), text)
    }

    /// Adds a feature with a small number for its value.
    mutating func add(_ template: FeatureTemplate, digit: Int) {
        add(template, ShortText(UInt8(ascii: "0") + UInt8(digit)))
    }

    /// Adds the feature of symbols: how many there are of a species in quarters of the most, and whether there are many.
    mutating func addSymbols(_ quarters: Int, _ areMany: Bool) {
        add(
            .symbols,
            ShortText(UInt8(ascii: "0") + UInt8(quarters), areMany ? UInt8(ascii: "m") : UInt8(ascii: "f")))
    }

    /// Adds a feature without a value.
    mutating func add(_ template: FeatureTemplate) {
        let number = FeatureNumber.of(kind, template, 0)
        numbers.append(number)
        if isNamed { features.append(ModelFeature(number: number, name: template.name)) }
    }
}

/// Up to eight letters, kept in one word.
struct ShortText {
    private var word: UInt64 = 0
    private(set) var count = 0

    init() {}

    init(_ first: UInt8) { append(first) }

    init(_ first: UInt8, _ second: UInt8) {
        append(first)
        append(second)
    }

    /// The last letter; nil where there is none.
    var last: UInt8? { count == 0 ? nil : self[count - 1] }

    private subscript(index: Int) -> UInt8 { UInt8(truncatingIfNeeded: word >> UInt64(index * 8)) }

    /// Adds a letter at the end; where there are eight, the first one goes.
    mutating func append(_ letter: UInt8) {
        if count == 8 {
            word >>= 8
            count -= 1
        }
        word |= UInt64(letter) << UInt64(count * 8)
        count += 1
    }

    /// The last letters.
    func suffix(_ length: Int) -> ShortText {
        var text = self
        if length < count {
            text.word >>= UInt64((count - length) * 8)
            text.count = length
        }
        return text
    }

    /// The state of the hash after these letters, from which it can go on.
    var state: NameHash {
        var hash = NameHash()
        for index in 0..<count { hash.combine(self[index]) }
        return hash
    }

    /// The hash of the letters.
    var hash: UInt64 { state.value }

    /// The letters as a string.
    var string: String { String(decoding: (0..<count).map { self[$0] }, as: UTF8.self) }
}
