import Corpus
import Terminology

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
