import Corpus
import Terminology

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

/// What a rule went by, before it is written out as a trigger.
struct Cause {
    /// What stands there.
    enum Concept {
        /// A word of a class, by the class's number.
        case word(Int)
        /// A mention, by its place.
        case mention(Int)
        /// The word that speaks most for the answer to a question.
        case answer(InteractionQuestion)
    }

    let range: TextRange
    let concept: Concept
}

/// What a rule found in a sentence.
struct RuleFinding {
    /// How many words and concepts of the rule's classes there are.
    var hitCount: Int
    /// How many words part the nearest of them from the entity; nil when the rule asks for none.
    var distance: Int?
    /// What the model says of entity and partner, as log-odds; nil when it was not asked.
    var modelScore: Double?
}
