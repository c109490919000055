import AhoCorasick
import Corpus

/// Folds names as the dictionary does: two names with the same tokens are one name to the tagger.
public struct NameFolding {
    private var tokenizer = Tokenizer()

    /// Makes a folding; one may be used for any number of names.
    public init() {}

    /// The folded tokens of a name or a text, each by its identity.
    ///
    /// - Complexity: O(length).
    public mutating func tokens(of text: String) -> [UInt64] {
        tokenizer.tokens(of: text).map(\.identity)
    }

    /// The number of a feature as the file of weights writes it, `left1=human`; nil where it is none.
    public mutating func number(of feature: String, _ kind: EntityKind) -> UInt64? {
        FeatureNumber.of(kind, written: feature, tokenizer: &tokenizer)
    }
}
