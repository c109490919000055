/// A revision's text as the matching sees it: classes of tokens, cut into sentences.
struct TokenSequence: Sendable {
    /// The class of each token: see ``TokenStrings``.
    var classes: [Int32] = []
    /// The number of each token's string.
    var strings: [Int32] = []
    /// Where each sentence starts; the number of tokens at the end.
    var sentences: [Int32] = [0]
    /// How much of a boundary stands before each token: 0 inside a sentence, then a clause, a sentence, a paragraph.
    var boundaries: [UInt8] = []

    var count: Int { classes.count }
    var sentenceCount: Int { sentences.count - 1 }

    func sentence(_ number: Int) -> Range<Int> { Int(sentences[number])..<Int(sentences[number + 1]) }

    /// The sentence that a place belongs to.
    ///
    /// - Complexity: O(log sentences).
    func sentence(at place: Int) -> Int {
        var (low, high) = (0, sentenceCount)
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(sentences[middle]) <= place { low = middle } else { high = middle }
        }
        return low
    }

    init() {}

    /// Cuts a text, whose new strings are added.
    ///
    /// A sentence ends after `.`, `?` or `!` and white space, where quotation marks, brackets and tags may stand between;
    /// before a blank line, a heading, an item of a list or a row of a table; and at the end of a heading's line. A
    /// single line end is white space.
    init(_ tokens: ArticleTokens, strings table: inout TokenStrings) {
        strings.reserveCapacity(tokens.count)
        classes.reserveCapacity(tokens.count)
        boundaries.reserveCapacity(tokens.count)
        sentences = []
        var cutter = SentenceCutter()
        for index in 0..<tokens.count {
            let (start, end) = (Int(tokens.starts[index]), Int(tokens.ends[index]))
            let string = table.intern(tokens.bytes, from: start, to: end)
            strings.append(string)
            classes.append(table.classes[Int(string)])
            let length = end - start
            let boundary = cutter.boundary(
                before: tokens.bytes[start], isWhole: length == 1, after: tokens.gaps[index],
                isMark: length == 3 && tokens.bytes[start] == 0xE2 && tokens.bytes[start + 1] == 0x80)
            boundaries.append(boundary)
            if boundary >= SentenceCutter.sentence || index == 0 { sentences.append(Int32(index)) }
        }
        sentences.append(Int32(tokens.count))
    }
}

/// Finds the starts of sentences, token by token.
private struct SentenceCutter {
    static let clause: UInt8 = 1
    static let sentence: UInt8 = 2
    static let paragraph: UInt8 = 3

    /// A full stop or its like has been read, and since then only what may follow it.
    private var isClosing = false
    private var isInTag = false
    private var isHeading = false
    private var afterComma = false

    /// The boundary before a token, of which the first byte is given, and whether that is all of it; `isMark` tells a
    /// quotation mark or dash of the block of general punctuation.
    ///
    /// A small letter starts no sentence: so `et al. found` and `e.g. this` stay whole without a list of abbreviations.
    mutating func boundary(
        before first: UInt8, isWhole: Bool, after gap: TokenGap, isMark: Bool
    ) -> UInt8 {
        let byte = isWhole ? first : 0
        let isSmall = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
        var boundary: UInt8 = afterComma ? Self.clause : 0
        afterComma = false
        let startsLine = gap >= .line
        if gap == .paragraph {
            boundary = Self.paragraph
        } else if startsLine && (isHeading || Self.openLines.contains(byte))
            || gap >= .space && isClosing && !isSmall
        {
            boundary = Self.sentence
        }
        if boundary >= Self.sentence {
            isClosing = false
            isInTag = false
        }
        if startsLine { isHeading = byte == UInt8(ascii: "#") || byte == UInt8(ascii: "=") }
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"):
            isClosing = true
            isInTag = false
        case UInt8(ascii: "<") where isClosing: isInTag = true
        case UInt8(ascii: ">") where isInTag: isInTag = false
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "*"):
            break
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"):
            afterComma = true
            isClosing = false
        default:
            if !isInTag && !isMark { isClosing = false }
        }
        return boundary
    }

    /// What a line begins with that is a heading, an item of a list, or a row of a table, in Markdown or MediaWiki's text.
    private static let openLines: Set<UInt8> = Set("#=*-+|:;{}!>".utf8)
}
