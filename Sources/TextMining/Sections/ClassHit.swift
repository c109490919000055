import Corpus

/// A word or concept of a class, where it stands in a sentence.
struct ClassHit {
    /// The class's number.
    let number: Int
    /// The words it covers.
    let words: Range<Int>
    /// The bytes it covers.
    let range: TextRange
    /// The mention that names the concept, by its place; nil for a word.
    let mention: Int?

    /// By place, then by class.
    static func precedes(_ one: ClassHit, _ other: ClassHit) -> Bool {
        if one.range.start != other.range.start { return one.range.start < other.range.start }
        if one.range.end != other.range.end { return one.range.end < other.range.end }
        return one.number < other.number
    }

    var cause: Cause { Cause(range: range, concept: mention.map { .mention($0) } ?? .word(number)) }
}
