import Corpus

/// The words in which a long form is looked for.
///
/// It keeps its room from one stretch of text to the next.
struct LongFormWindow: Sendable {
    /// How a letter stands in its word.
    enum Start {
        /// Inside.
        case none
        /// First behind a hyphen, slash or bracket.
        case part
        /// First of its word.
        case word
    }

    /// A letter or figure.
    struct Letter {
        /// Folded; Greek letters by their Latin initials.
        let symbol: UInt8
        /// The figure whose name starts here: 3 for `third`, `three`, `tri`; 0 for other words.
        let figure: UInt8
        /// How it stands in its word.
        let start: Start
        /// Whether the brackets behind it are in pairs.
        let isBalanced: Bool
        /// Whether a long form that starts with it leaves out the part of the word before it: behind a bracket
        /// that closes, and behind `non-`.
        let startsAfresh: Bool
        /// Whether the letter before it in its word was taken in, too.
        let isNext: Bool
        /// The index of its word.
        let word: Int32
        /// Where it stands, in bytes from the window's start.
        let position: Int32

        /// Whether it can stand for a letter or figure of a short form.
        @inline(__always)
        func isFor(_ wanted: UInt8) -> Bool { symbol == wanted || figure == wanted }
    }

    /// A word between white space.
    struct Word {
        /// Where it starts, in bytes from the window's start, behind opening brackets and quotes that do not close in
        /// it.
        let start: Int32
        /// Whether it is an article, preposition or conjunction.
        let isFunctionWord: Bool
        /// Whether it is `in`, which starts `in situ hybridization`.
        let isIn: Bool

        /// What leaving it out costs.
        var skipCost: Int32 {
            isFunctionWord
                ? AbbreviationAlignment.Cost.skippedFunctionWord : AbbreviationAlignment.Cost.skippedWord
        }
    }

    /// Where the window starts in the text.
    private(set) var start = 0
    /// The words, first to last.
    private(set) var words: [Word] = []
    /// Those of their letters, first to last, that may stand for one of the short form.
    private(set) var letters: [Letter] = []
    /// For each byte, whether a long form may start there.
    private var balance: [Bool] = []

    /// How many bytes the window reaches at most.
    private static let reach = 300

    /// Reads a stretch for a short form.
    mutating func read(_ text: Span<UInt8>, from start: Int, to end: Int, for short: ShortForm) {
        let wanted = (symbols: short.marks, hasFigures: short.hasFigures)
        self.start = start
        words.removeAll(keepingCapacity: true)
        letters.removeAll(keepingCapacity: true)
        readBalance(text, to: end)
        var position = start
        while position < end {
            let separator = Self.separator(text, at: position)
            if separator > 0 {
                position += separator
                continue
            }
            var wordEnd = position
            while wordEnd < end, Self.separator(text, at: wordEnd) == 0 { wordEnd += 1 }
            append(text, TextRange(position, wordEnd), wanted)
            position = wordEnd
        }
    }

    /// Whether the window may hold the letters of a short form in their order, the first one at the start of a word or of
    /// a part of one: told from its bytes, since most brackets of a text define nothing.
    static func mayHold(_ short: ShortForm, _ text: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        guard Letters.isLower(short.symbols[0]) else { return true }
        // The end of a plural may have nothing to stand for it.
        let count = short.isPlural ? short.count - 1 : short.count
        var symbol = 0
        var wanted = short.symbols[0]
        var isBehindWord = false
        for position in start..<end {
            let byte = text[position]
            // Letters beyond ASCII may stand for others, and what is none may stand among them.
            if byte >= 0x80 { return true }
            if Letters.folded(byte) == wanted, symbol > 0 || !isBehindWord {
                symbol += 1
                // Figures have names, and may be left out.
                while symbol < count, !Letters.isLower(short.symbols[symbol]) { symbol += 1 }
                if symbol >= count { return true }
                wanted = short.symbols[symbol]
            }
            isBehindWord = Letters.isWord(byte)
        }
        return false
    }

    /// Takes in the letters of a word that are wanted: others could stand for nothing.
    private mutating func append(
        _ text: Span<UInt8>, _ word: TextRange, _ wanted: (symbols: UInt64, hasFigures: Bool)
    ) {
        let origin = self.start
        var start = word.start
        while start < word.end, Letters.isOpening(text[start]), !Self.closes(text, from: start, to: word.end)
        {
            start += 1
        }
        let isIn =
            word.end - start == 2 && text[start] | 0x20 == UInt8(ascii: "i")
            && text[start + 1] == UInt8(ascii: "n")
        words.append(
            Word(
                start: Int32(start - origin),
                isFunctionWord: AbbreviationLexicon.functionWords.contains(text, from: start, to: word.end),
                isIn: isIn))
        let number = Int32(words.count - 1)
        var isFirst = true
        var isNext = false
        var isInside = false
        var hasClosed = false
        for position in word.start..<word.end {
            let byte = text[position]
            guard Letters.isWord(byte) else {
                isInside = false
                hasClosed = hasClosed || position > start && Self.turn(byte) < 0
                continue
            }
            guard let symbol = byte < 0x80 ? Letters.folded(byte) : Letters.latinInitial(text, at: position)
            else { continue }
            let figure =
                isInside || !wanted.hasFigures
                ? 0 : AbbreviationLexicon.figure(text, from: position, to: word.end)
            guard wanted.symbols &>> UInt64(symbol & 63) & 1 != 0 || figure != 0 else {
                (isFirst, isNext, isInside) = (false, false, true)
                continue
            }
            let behindFigures = !isFirst && !isInside && Self.isLocant(text, from: start, to: position)
            letters.append(
                Letter(
                    symbol: symbol, figure: figure,
                    start: isFirst || behindFigures ? .word : isInside ? .none : .part,
                    isBalanced: balance[position - origin]
                        || isFirst && Self.isPrefixInBrackets(text, from: start, to: word.end),
                    startsAfresh: hasClosed && text[position - 1] == UInt8(ascii: "/")
                        || position == start + 4
                            && AbbreviationLexicon.negatingPrefixes.contains(text, from: start, to: start + 4),
                    isNext: isNext, word: number, position: Int32(position - origin)))
            (isFirst, isNext, isInside) = (false, true, true)
        }
    }

    /// Where the last words of a stretch start. A semicolon ends the search to the left.
    static func start(_ text: Span<UInt8>, _ stretch: TextRange, words limit: Int) -> Int {
        var start = stretch.end
        var found = 0
        while start > stretch.start, stretch.end - start < reach {
            let byte = text[start - 1]
            if byte == 0x20 || byte == 0x0A {
                found += 1
                if found == limit { break }
                if start >= stretch.start + 2, text[start - 2] == UInt8(ascii: ";") { break }
            }
            start -= 1
        }
        return start
    }

    /// Finds out for each byte whether a stretch from there to the end holds as many opening brackets as closing ones and
    /// none that stays open.
    private mutating func readBalance(_ text: Span<UInt8>, to end: Int) {
        balance.removeAll(keepingCapacity: true)
        balance.append(contentsOf: repeatElement(false, count: end - start))
        var closed = 0
        var position = end
        while position > start {
            position -= 1
            closed -= Self.turn(text[position])
            if closed < 0 { break }
            balance[position - start] = closed == 0
        }
    }

    /// White space or a dash: `malformations--persistent`, U+2014.
    private static func separator(_ text: Span<UInt8>, at position: Int) -> Int {
        let byte = text[position]
        if byte == UInt8(ascii: "-"), position + 1 < text.count, text[position + 1] == byte { return 2 }
        if byte == 0xE2, position + 2 < text.count, text[position + 1] == 0x80, text[position + 2] == 0x94 {
            return 3
        }
        return Letters.white(text, at: position)
    }

    /// 1 for a bracket that opens, -1 for one that closes.
    private static func turn(_ byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["): 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"): -1
        default: 0
        }
    }

    /// Whether the bracket at `start` closes before `end`.
    private static func closes(_ text: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        var depth = 0
        for position in start..<end {
            depth += turn(text[position])
            if depth == 0 { return position > start }
        }
        return false
    }

    /// Whether a word starts with a bracket that closes before a hyphen: `(-)-nicotine`, `[Leu5]-enkephalin`.
    private static func isPrefixInBrackets(_ text: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        guard start < end, Letters.isOpening(text[start]) else { return false }
        var depth = 0
        for position in start..<end {
            depth += turn(text[position])
            if depth == 0 { return position + 1 < end && text[position + 1] == UInt8(ascii: "-") }
        }
        return false
    }

    /// Whether a stretch holds nothing but figures, commas and hyphens: `1,2-`.
    private static func isLocant(_ text: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        for position in start..<end {
            let byte = text[position]
            guard Letters.isDigit(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "-")
            else { return false }
        }
        return true
    }
}

/// Words without weight in a long form.
enum AbbreviationLexicon {
    /// Articles, prepositions, conjunctions.
    static let functionWords = WordSet(
        "a an and as at by for from in into is of on or per the to type via with within without de la & against plus using"
    )

    /// The figure whose name or prefix starts a word, as a digit: `second`, `two`, `bis`; 0 where none does.
    static func figure(_ text: Span<UInt8>, from start: Int, to end: Int) -> UInt8 {
        guard start + 2 <= end, mayNameFigure(Letters.folded(text[start]), Letters.folded(text[start + 1]))
        else { return 0 }
        for (index, names) in figureNames.enumerated() {
            for name in names where name.utf8CodeUnitCount <= end - start {
                let matches = name.withUTF8Buffer { buffer in
                    for offset in 0..<buffer.count
                    where unsafe Letters.folded(text[start + offset]) != buffer[offset] { return false }
                    return true
                }
                if matches { return UInt8(ascii: "1") + UInt8(index) }
            }
        }
        return 0
    }

    /// Whether one of the names begins with two letters.
    private static func mayNameFigure(_ first: UInt8, _ second: UInt8) -> Bool {
        switch first {
        case UInt8(ascii: "o"): second == UInt8(ascii: "n") || second == UInt8(ascii: "c")
        case UInt8(ascii: "f"): second == UInt8(ascii: "i") || second == UInt8(ascii: "o")
        case UInt8(ascii: "m"): second == UInt8(ascii: "o")
        case UInt8(ascii: "t"):
            second == UInt8(ascii: "w") || second == UInt8(ascii: "h") || second == UInt8(ascii: "r")
                || second == UInt8(ascii: "e")
        case UInt8(ascii: "s"): second == UInt8(ascii: "e") || second == UInt8(ascii: "i")
        case UInt8(ascii: "b"), UInt8(ascii: "d"): second == UInt8(ascii: "i")
        case UInt8(ascii: "p"), UInt8(ascii: "h"): second == UInt8(ascii: "e")
        case UInt8(ascii: "e"): second == UInt8(ascii: "i")
        case UInt8(ascii: "n"): second == UInt8(ascii: "i") || second == UInt8(ascii: "o")
        default: false
        }
    }

    /// The names of 1 to 9 as words start with them.
    private static let figureNames: [[StaticString]] = [
        ["one", "first", "mono"], ["two", "second", "bis", "di"], ["three", "third", "tri"],
        ["four", "tetra"], ["five", "fifth", "penta"], ["six", "hexa"], ["seven", "hepta"],
        ["eight", "octa"],
        ["nine", "ninth", "nona"],
    ]

    /// Prefixes that do not belong to the long form behind them.
    static let negatingPrefixes = WordSet("non- Non-")
}
