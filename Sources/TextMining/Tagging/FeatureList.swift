import AhoCorasick
import Corpus
import Terminology

/// The features of one name: as numbers for the model, and spelled out where they are to be read.
struct FeatureList {
    /// The numbers under which the model keeps the weights.
    private(set) var numbers: [UInt64] = []
    /// The features as the file of weights writes them; empty unless they are wanted.
    private(set) var names: [String] = []
    private let kind: EntityKind
    private let isNamed: Bool

    init(kind: EntityKind, isNamed: Bool) {
        self.kind = kind
        self.isNamed = isNamed
        numbers.reserveCapacity(64)
    }

    /// Adds a token or several by their folded identity; `text` spells them.
    mutating func add(_ template: FeatureTemplate, identity: UInt64, _ text: @autoclosure () -> String) {
        numbers.append(FeatureNumber.of(kind, template, identity))
        if isNamed { names.append(template.name + "=" + text()) }
    }

    /// Adds bytes.
    mutating func add(_ template: FeatureTemplate, _ bytes: some Sequence<UInt8>) {
        numbers.append(FeatureNumber.of(kind, template, FeatureNumber.value(of: bytes)))
        if isNamed { names.append(template.name + "=" + String(decoding: Array(bytes), as: UTF8.self)) }
    }

    /// Adds a word of the program.
    mutating func add(_ template: FeatureTemplate, word: String) {
        add(template, word.utf8)
    }

    /// Adds a template without a value.
    mutating func add(_ template: FeatureTemplate) {
        numbers.append(FeatureNumber.of(kind, template, 0))
        if isNamed { names.append(template.name) }
    }

    /// The features with their names, where these are wanted.
    var features: [ModelFeature] {
        zip(numbers, names).map { ModelFeature(number: $0, name: $1) }
    }
}
