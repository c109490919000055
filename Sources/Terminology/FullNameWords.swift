import AhoCorasick
import Corpus

/// The telling words of the full names of genes: what a text has of them speaks for the gene where its name may mean
/// several.
enum FullNameWords {
    /// The words of each concept, as folded tokens, each once, sorted; and where those of each concept begin.
    ///
    /// - Complexity: O(total length of the names of genes).
    static func tables(of draft: DictionaryDraft) -> (words: [UInt64], starts: [UInt32]) {
        var tokenizer = Tokenizer()
        var tokens: [Token] = []
        var pairs: [(concept: UInt32, word: UInt64)] = []
        let common = Set(Self.common.flatMap { tokenizer.tokens(of: $0).map(\.identity) })
        for name in draft.names
        where draft.concepts[name.concept].kind == .gene && name.text.utf8.count > shortestName {
            tokenizer.tokenize(name.text.utf8Span.span, into: &tokens)
            for token in tokens
            where token.end - token.start > shortestWord && token.traits.contains(.letters)
                && !common.contains(token.identity)
            {
                pairs.append((UInt32(name.concept), token.identity))
            }
        }
        pairs.sort { ($0.concept, $0.word) < ($1.concept, $1.word) }
        var words: [UInt64] = []
        var starts = [UInt32](repeating: 0, count: draft.concepts.count + 1)
        for (index, pair) in pairs.enumerated() where index == 0 || pairs[index - 1] != pair {
            words.append(pair.word)
            starts[Int(pair.concept) + 1] += 1
        }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        return (words, starts)
    }

    /// Names of no more bytes are symbols.
    private static let shortestName = 8
    /// Words of no more bytes tell nothing.
    private static let shortestWord: UInt32 = 3

    /// Words of so many full names that they tell nothing.
    private static let common = [
        "protein", "gene", "factor", "receptor", "like", "containing", "family", "member", "subunit", "type",
        "cell", "associated", "domain", "alpha", "beta", "gamma", "delta", "homolog", "isoform", "group",
        "chain", "with", "related", "dependent", "specific", "binding", "precursor", "human", "mouse",
    ]
}
