import Corpus

/// An abbreviation that a text defines: `insulin-like growth factor 1 (IGF-1)`.
public struct AbbreviationDefinition: Hashable, Sendable {
    /// The short form, in UTF-8 bytes of the text.
    public var short: TextRange
    /// The long form, in UTF-8 bytes of the text.
    public var long: TextRange

    /// Makes a definition.
    public init(short: TextRange, long: TextRange) {
        self.short = short
        self.long = long
    }
}

/// Finds the abbreviations that a text defines in brackets, in either order: `long (short)`, `short (long)`, and
/// `(long, short)`.
///
/// The candidates are those of Schwartz & Hearst (PSB 2003). Where they take the shortest stretch whose letters
/// spell the short form, this takes the cheapest alignment: a letter that starts a word costs nothing, one inside a
/// word, a word left out, or a figure without counterpart costs something, as the strategies of Ab3P (Sohn et al.,
/// BMC Bioinformatics 2008) are ordered by how often they are right. See `AbbreviationAlignment`.
public enum AbbreviationFinder {
    /// The definitions in a text, in order of the brackets that hold them.
    ///
    /// - Parameters:
    ///   - text: Well-formed UTF-8.
    ///   - sentences: Its sentences, as `SentenceSplitter` finds them: no long form runs over their ends.
    /// - Returns: Ranges in UTF-8 bytes of `text`. The same pair may be defined more than once.
    /// - Complexity: O(bytes); a bracket costs at most a fixed multiple of its reach.
    public static func definitions(in text: Span<UInt8>, sentences: [TextRange]) -> [AbbreviationDefinition] {
        var definitions: [AbbreviationDefinition] = []
        var room = AbbreviationAlignment.Room()
        for sentence in sentences {
            for position in sentence.start..<sentence.end where opens(text[position]) {
                if let definition = definition(in: text, openedAt: position, of: sentence, &room) {
                    definitions.append(definition)
                }
            }
        }
        return definitions
    }

    /// Whether a byte opens a bracket that may hold a definition.
    @inline(__always)
    static func opens(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") }

    /// The definition that a bracket makes; nil where it makes none.
    ///
    /// - Parameters:
    ///   - opening: where the bracket opens.
    ///   - sentence: the sentence in which it does.
    static func definition(
        in text: Span<UInt8>, openedAt opening: Int, of sentence: TextRange,
        _ room: inout AbbreviationAlignment.Room
    ) -> AbbreviationDefinition? {
        Bracket(text, opening: opening, sentence: sentence)?.definition(text, &room)
    }

    /// The definitions in a string, whose sentences are found first; see above.
    public static func definitions(in text: String) -> [AbbreviationDefinition] {
        definitions(in: text.utf8Span.span, sentences: SentenceSplitter.ranges(in: text))
    }
}

/// A bracket in a sentence.
private struct Bracket {
    /// The sentence.
    let sentence: TextRange
    /// The opening bracket.
    let opening: Int
    /// What it holds, without white space at either end.
    let content: TextRange

    /// The longest content that is looked at, in bytes.
    private static let reach = 240

    /// Nil when the bracket does not close within reach in its sentence, or holds nothing.
    init?(_ text: Span<UInt8>, opening: Int, sentence: TextRange) {
        let open = text[opening]
        let close = open == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "]")
        var depth = 1
        var position = opening + 1
        let limit = min(sentence.end, opening + Self.reach)
        while position < limit {
            if text[position] == open { depth += 1 }
            if text[position] == close { depth -= 1 }
            if depth == 0 { break }
            position += 1
        }
        guard depth == 0 else { return nil }
        let start = Letters.skipWhite(text, from: opening + 1)
        guard start < position else { return nil }
        let end = Letters.trimWhite(text, from: start, to: position)
        self.sentence = sentence
        self.opening = opening
        content = TextRange(start, end)
    }

    /// The definition that the bracket makes, if it makes one.
    func definition(
        _ text: Span<UInt8>, _ room: inout AbbreviationAlignment.Room
    ) -> AbbreviationDefinition? {
        let parts = self.parts(text)
        // long (short), long (EC 1.11.1.9; short)
        let before = Letters.trimWhite(text, from: sentence.start, to: opening)
        let left = TextRange(sentence.start, before)
        for index in 0..<min(parts.count, 3) {
            let part = parts.first[index]
            if let long = KnownAbbreviations.long(text, short: part, endingAt: before, from: sentence.start) {
                return AbbreviationDefinition(short: part, long: long)
            }
            guard let short = ShortForm(text, part) else { continue }
            if let long = AbbreviationAlignment(text, short: short, window: left, isWhole: false, &room)?.long
            {
                return AbbreviationDefinition(short: part, long: long)
            }
        }
        // (long, short)
        if parts.count == 2, let short = ShortForm(text, parts.first[1]), short.capitals >= 2,
            let long = AbbreviationAlignment(
                text, short: short, window: parts.first[0], isWhole: true, &room)?.long
        {
            return AbbreviationDefinition(short: parts.first[1], long: long)
        }
        // short (long)
        if parts.count > 0, let word = wordBefore(text, left), let short = ShortForm(text, word),
            short.capitals >= 2,
            let long = AbbreviationAlignment(
                text, short: short, window: parts.first[0], isWhole: true, &room)?.long
        {
            return AbbreviationDefinition(short: word, long: long)
        }
        return nil
    }

    /// The parts of the content: the first three, and how many there are.
    private struct Parts {
        var first = InlineArray<3, TextRange>(repeating: TextRange(0, 0))
        var count = 0

        mutating func append(_ text: Span<UInt8>, _ start: Int, _ end: Int) {
            let start = Letters.skipWhite(text, from: start)
            guard start < end else { return }
            if count < 3 { first[count] = TextRange(start, Letters.trimWhite(text, from: start, to: end)) }
            count += 1
        }
    }

    /// The content, cut at semicolons and at commas before white space, outside inner brackets.
    private func parts(_ text: Span<UInt8>) -> Parts {
        var parts = Parts()
        var depth = 0
        var start = content.start
        for position in content.start..<content.end {
            switch text[position] {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ";"),
                UInt8(ascii: ",")
            where depth == 0 && (position + 1 == content.end || text[position + 1] == 0x20):
                parts.append(text, start, position)
                start = position + 1
            default: break
            }
        }
        parts.append(text, start, content.end)
        return parts
    }

    /// The last word of a stretch.
    private func wordBefore(_ text: Span<UInt8>, _ stretch: TextRange) -> TextRange? {
        var start = stretch.end
        while start > stretch.start, text[start - 1] > 0x20, stretch.end - start < 16 { start -= 1 }
        while start < stretch.end, Letters.isOpening(text[start]) { start += 1 }
        return start < stretch.end ? TextRange(start, stretch.end) : nil
    }
}
