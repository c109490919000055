/// Tokens that say little about who wrote the text around them: punctuation, and the function words of English.
///
/// In a short article frequency alone cannot tell them apart from words that matter. In another language only
/// frequency speaks, and attribution still works.
enum CommonWords {
    /// Whether a token is one; capital letters count as small ones.
    static func contain(_ token: ArraySlice<UInt8>) -> Bool {
        if token.count > longest { return false }
        var lowered: [UInt8] = []
        var isWord = false
        for byte in token {
            if byte >= 0x80 { return false }
            lowered.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
            if byte >= 0x30 && byte <= 0x39 || byte >= 0x41 && byte <= 0x5A || byte >= 0x61 && byte <= 0x7A {
                isWord = true
            }
        }
        return !isWord || words.contains(String(decoding: lowered, as: UTF8.self))
    }

    private static let longest = 7

    private static let words: Set<String> = [
        "a", "about", "after", "all", "also", "although", "an", "and", "any", "are", "as", "at", "be",
        "because", "been", "before", "being", "between", "both", "but", "by", "can", "could", "did", "do",
        "does", "during", "each", "for", "from", "had", "has", "have", "he", "her", "his", "how", "however",
        "i", "if", "in", "into", "is", "it", "its", "may", "more", "most", "no", "not", "of", "on", "one",
        "only", "or", "other", "our", "out", "over", "s", "she", "should", "since", "so", "some", "such",
        "t", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those",
        "through", "thus", "to", "two", "up", "upon", "use", "used", "was", "we", "well", "were", "what",
        "when", "where", "which", "while", "who", "will", "with", "within", "without", "would", "you",
    ]
}
