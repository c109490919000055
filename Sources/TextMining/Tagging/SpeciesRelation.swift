import Corpus
import Terminology

/// How a species stands to a name: by the nearest word that names it.
struct SpeciesRelation: Hashable {
    /// A number of its own, below `count`.
    let number: UInt8

    private init(_ number: UInt8) { self.number = number }

    /// It is named directly before.
    static let direct = SpeciesRelation(0)
    /// It is the nearest to the left in the sentence.
    static let left = SpeciesRelation(1)
    /// It is the nearest to the right in the sentence, and none is to the left.
    static let right = SpeciesRelation(2)
    /// It is the nearest to the right in the sentence, and another is to the left.
    static let rightAfterLeft = SpeciesRelation(3)
    /// It is named elsewhere in the sentence.
    static let sentence = SpeciesRelation(4)
    /// The text names no species.
    static let noneNamed = SpeciesRelation(5)
    /// The text names other species.
    static let absent = SpeciesRelation(6)
    /// The text is about an organism whose genes the dictionary does not have.
    static let foreign = SpeciesRelation(7)
    /// It is named elsewhere, and another directly before.
    static let elsewhere = SpeciesRelation(8)

    /// It is taken for the species that is meant, whatever others the text names.
    static let assumed = SpeciesRelation(9)

    /// It is one of those that the document names, but not in the sentence.
    ///
    /// - Parameters:
    ///   - place: 0 for the one that it names most.
    ///   - isLast: whether it is the last one named before the sentence.
    ///   - isSentenceTaken: whether the sentence names another.
    static func focus(_ place: Int, isLast: Bool, isSentenceTaken: Bool) -> SpeciesRelation {
        SpeciesRelation(10 + UInt8(min(place, 2)) * 4 + (isLast ? 1 : 0) + (isSentenceTaken ? 2 : 0))
    }

    /// How many relations there are.
    static let count = facts.count
    /// The relation of a number.
    static func numbered(_ number: Int) -> SpeciesRelation { SpeciesRelation(UInt8(number)) }

    /// As the file of weights writes it.
    var word: String { Self.facts[Int(number)].word }
    /// The hash of `word`.
    var hash: UInt64 { Self.facts[Int(number)].hash }
    /// As a reader is told it.
    var sentence: String { Self.facts[Int(number)].sentence }

    /// Whether a gene of a species that stands so may be meant. Of the species that the text does not name, only human
    /// is possible; where it names none, mouse and rat are too.
    ///
    /// - Parameter isTrained: whether a model weighs the relations: then a paper on an organism whose genes no dictionary
    ///   has may yet be about a human gene.
    func isPossible(for taxon: TaxonID, isTrained: Bool) -> Bool {
        switch self {
        case .absent: taxon == .human
        case .foreign: taxon == .human && isTrained
        case .noneNamed: taxon == .human || taxon == .mouse || taxon == .rat
        default: true
        }
    }

    private static let facts: [(word: String, hash: UInt64, sentence: String)] =
        ([
            ("direct", "species named directly before"),
            ("left", "nearest species to the left in the sentence"),
            ("right", "nearest species to the right in the sentence"),
            ("right-after-left", "species to the right in the sentence"),
            ("sentence", "species named in the sentence"),
            ("none-named", "no species named"),
            ("absent", "a species that the text does not name"),
            ("foreign", "a species that the text does not name"),
            ("elsewhere", "species named elsewhere in the text"),
            ("assumed", "the species that was asked for"),
        ]
        + (1...3).flatMap { place in
            ["", "-earlier", "-other-in-sentence", "-earlier-other-in-sentence"].map {
                (
                    "focus\(place)\($0)",
                    place == 1 ? "species that the document names most" : "a species that the document names"
                )
            }
        }).map { ($0.0, NameHash.of($0.0.utf8), $0.1) }
}
