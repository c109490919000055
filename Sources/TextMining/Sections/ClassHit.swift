import Corpus

/// A word or concept of a class, where it stands in a sentence.
struct ClassHit {
    /// The class's number.
    var number: Int
    /// The words it covers.
    var words: Range<Int>
    /// The bytes it covers.
    var range: TextRange
    /// The concept's identifier, or the class's name for a word.
    var concept: String

    var trigger: Trigger { Trigger(range: range, concept: concept) }

    /// By place, then by class.
    static func precedes(_ one: ClassHit, _ other: ClassHit) -> Bool {
        (one.range, one.number) < (other.range, other.number)
    }
}

/// What a rule found in a sentence.
struct RuleFinding {
    /// What it went by, ordered by place.
    var triggers: [Trigger]
    /// How many words and concepts of the rule's classes there are.
    var hitCount: Int
    /// How many words part the nearest of them from the entity; nil when the rule asks for none.
    var distance: Int?
    /// What the model says of entity and partner, as log-odds; nil when it was not asked.
    var modelScore: Double?
}
