/// What a rule found in a sentence.
struct RuleFinding {
    /// How many words and concepts of the rule's classes there are.
    var hitCount: Int
    /// How many words part the nearest of them from the entity; nil when the rule asks for none.
    var distance: Int?
    /// What the model says of entity and partner, as log-odds; nil when it was not asked.
    var modelScore: Double?
}
