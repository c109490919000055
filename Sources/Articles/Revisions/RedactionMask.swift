import Corpus

/// Hides sentences wherever they are shown: every letter and digit becomes `█`. What is stored, digests, identities and
/// credit stay as they are.
public struct RedactionMask: Hashable, Sendable {
    /// The tokens of each sentence, as an article's text has them.
    private let sentences: [[String]]
    /// What was redacted: keys of statements, CURIEs of citations.
    public let subjects: Set<String>

    /// Makes a mask.
    ///
    /// - Parameters:
    ///   - sentences: The exact sentences.
    ///   - subjects: What was redacted.
    public init(sentences: some Sequence<String> = [], subjects: Set<String> = []) {
        // As an article's Markdown has them, and plain, as evidence and the search index do.
        self.sentences = Set(sentences.map { StatementLine.splitStop($0).quoted }).sorted().flatMap {
            quoted in
            Set([MarkdownText.escaped(quoted), quoted]).sorted().map(MergeRound.strings)
        }.filter { !$0.isEmpty }
        self.subjects = subjects
    }

    /// Whether nothing is hidden.
    public var isEmpty: Bool { sentences.isEmpty }

    /// Whether a statement, or its paper, was redacted.
    public func covers(_ key: StatementKey, pmid: PMID) -> Bool {
        subjects.contains(key.hex) || subjects.contains(pmid.curie)
    }

    /// A text with the sentences hidden.
    ///
    /// - Complexity: O(length · number of sentences).
    public func masked(_ text: String) -> String {
        if isEmpty { return text }
        let ranges = ArticleTokenizer.tokens(in: text)
        let strings = MergeRound.strings(of: text)
        var isHidden = [Bool](repeating: false, count: strings.count)
        for sentence in sentences where sentence.count <= strings.count {
            for start in 0...(strings.count - sentence.count)
            where strings[start] == sentence[0]
                && strings[start..<(start + sentence.count)].elementsEqual(sentence)
            {
                for place in start..<(start + sentence.count) { isHidden[place] = true }
            }
        }
        var masked = ""
        var position = 0
        let bytes = Array(text.utf8)
        for (place, range) in ranges.enumerated() where isHidden[place] {
            masked += String(decoding: bytes[position..<range.start], as: UTF8.self)
            for scalar in String(decoding: bytes[range.start..<range.end], as: UTF8.self).unicodeScalars {
                masked.unicodeScalars.append(Self.isShown(scalar) ? scalar : "█")
            }
            position = range.end
        }
        return masked + String(decoding: bytes[position...], as: UTF8.self)
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            ? !(scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            : scalar.properties.isWhitespace
    }
}
