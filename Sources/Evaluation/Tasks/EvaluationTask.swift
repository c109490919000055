/// What can be measured.
public enum EvaluationTask: String, Hashable, Sendable, CaseIterable {
    /// Mentions and their identifiers.
    case tagging
    /// Sentence boundaries.
    case sentences
    /// Definitions of abbreviations.
    case abbreviations
    /// Sections of sentences, and what their wording says.
    case sections
    /// Whether a sentence says that two genes interact, and how.
    case interactions
}
