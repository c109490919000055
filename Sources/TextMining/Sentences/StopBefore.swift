/// The word before a stop.
struct StopBefore {
    /// Where it starts, behind opening brackets and quotes.
    let start: Int
    /// After its last byte: the stop.
    let end: Int
    /// The start of its sentence.
    let sentenceStart: Int
    /// Whether the word is cut off by the reach of the search, and so no word.
    let isLong: Bool

    /// How far back a word is read.
    private static let limit = 48

    init(_ text: Span<UInt8>, stop: Int, sentenceStart: Int) {
        var start = stop
        let limit = max(sentenceStart, stop - Self.limit)
        while start > limit, !Self.separates(text, before: start) { start -= 1 }
        self.start = start
        end = stop
        self.sentenceStart = sentenceStart
        isLong = start == limit && start > sentenceStart
    }

    private static func separates(_ text: Span<UInt8>, before position: Int) -> Bool {
        switch text[position - 1] {
        case 0...0x20, UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "\""),
            UInt8(ascii: "'"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "/"), UInt8(ascii: "#"):
            return true
        case 0xA0: return position >= 2 && text[position - 2] == 0xC2
        case 0x98, 0x9C, 0x93, 0x94, 0x89, 0xAF:
            // Opening quotes, dashes, thin spaces.
            return position >= 3 && text[position - 3] == 0xE2 && text[position - 2] == 0x80
        default: return false
        }
    }

    // MARK: A stop with white space behind it

    /// Whether a sentence may end here, with `next` behind white space.
    func allowsEnd(
        _ text: Span<UInt8>, mark: UInt8, closing: StopClosing, next: StopNext, depth: Int
    ) -> Bool {
        let first = next.first(text)
        let isLower = Letters.isLower(first)
        if mark != UInt8(ascii: ".") {
            return !isLower || (!closing.closesBracket && next.looksLikeSymbol(text))
        }
        if isListNumber(text) { return false }
        let length = end - start
        if length > 0, !isLong {
            let word = BoundaryLexicon.words.classes(text, from: start, to: end)
            if word.contains(.leading) { return false }
            if length == 1, Letters.isLetter(text[start]) {
                return letterAllowsEnd(text, closing: closing, next: next, depth: depth)
            }
            if word.contains(.ending) {
                return !isLower && !Letters.isDigit(first) && depth == 0 && !closing.closesBracket
                    || next.isOpener(text) && !closing.closesBracket && depth == 0
            }
            if word.contains(.numbering) {
                if Letters.isDigit(first) || next.isCode(text) && !next.isOpener(text) { return false }
                return Letters.isUpper(first) && (next.isOpener(text) || depth == 0)
            }
            if word.contains(.inner) {
                return next.isOpener(text) && !closing.closesBracket && !next.isBracketed
            }
            if isDotted(text) {
                return next.isOpener(text) && !closing.closesBracket
                    || (Letters.isLower(text[start]) && Letters.isUpper(first) && depth == 0)
            }
        }
        if isLower && !next.looksLikeSymbol(text) {
            if next.isLabel(text), !closing.closesBracket { return true }
            // A plain word: only an ordinary word can stand before it.
            return !closing.closesBracket && !next.isBracketed && isOrdinaryWord(text)
        }
        if length <= 3, isGenus(text), isLower { return false }
        if Letters.isDigit(first), isCutNumber(text, next: next, depth: depth) { return false }
        return true
    }

    /// Whether a space was put into a number: `0. 05`, `(14. 1 percent)`, `P =. 03`, `Kv1. 5`. One or two figures
    /// behind a whole number seldom open a sentence, unless they number it.
    private func isCutNumber(_ text: Span<UInt8>, next: StopNext, depth: Int) -> Bool {
        guard end > sentenceStart else { return false }
        let last = text[end - 1]
        if last == UInt8(ascii: "=") || last == UInt8(ascii: "<") || last == UInt8(ascii: ">") { return true }
        guard start < end, Letters.isDigit(last) else { return false }
        if depth > 0 || text[start] == UInt8(ascii: "0") && end - start == 1 { return true }
        var whole = end - 1
        while whole > start, Letters.isDigit(text[whole - 1]) { whole -= 1 }
        if whole > start, text[whole - 1] == UInt8(ascii: ".") || text[whole - 1] == UInt8(ascii: ",") {
            return false
        }
        var figures = next.start
        while figures < next.end, Letters.isDigit(text[figures]) { figures += 1 }
        let isNumbered = next.after(text) == UInt8(ascii: ".") || next.after(text) == UInt8(ascii: ")")
        return figures - next.start <= 2 && end - whole <= 3 && !(figures == next.end && isNumbered)
    }

    /// `E. coli`, `A. Smith`, `kinase A. The`.
    private func letterAllowsEnd(
        _ text: Span<UInt8>, closing: StopClosing, next: StopNext, depth: Int
    ) -> Bool {
        let first = next.first(text)
        if closing.closesBracket { return next.isOpener(text) && depth == 0 }
        let previous = previousWord(text)
        let takesLetter = BoundaryLexicon.lettered.contains(text, from: previous.start, to: previous.end)
        if Letters.isLower(text[start]) {
            // "h. The", "subunit c. Thus": a unit or a label; "f. sp." and "p. 5" are not.
            return !Letters.isLower(first) || takesLetter && next.looksLikeSymbol(text)
        }
        if Letters.isLower(first) { return takesLetter && next.looksLikeSymbol(text) }
        let opensBracket = start > sentenceStart && Self.isBracket(text[start - 1])
        if next.isInitial(text) { return false }
        if opensBracket { return next.isOpener(text) && depth == 0 }
        if next.isOpener(text) { return true }
        if takesLetter { return true }
        guard previous.start < previous.end, depth == 0 else { return false }
        // Another initial or title before it, or a first name.
        let last = text[previous.end - 1]
        if last == UInt8(ascii: ".") || last == UInt8(ascii: ",") || last == UInt8(ascii: ";") {
            return Letters.isDigit(first)
        }
        if BoundaryLexicon.beforeNames.contains(text, from: previous.start, to: previous.end) {
            return Letters.isDigit(first)
        }
        return !isName(text, previous)
    }

    /// Capital, then lower-case letters only: a first name.
    private func isName(_ text: Span<UInt8>, _ word: (start: Int, end: Int)) -> Bool {
        guard Letters.isUpper(text[word.start]), word.end - word.start > 1 else { return false }
        for position in (word.start + 1)..<word.end where !Letters.isLower(text[position]) { return false }
        return true
    }

    private static func isBracket(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[")
    }

    /// The word before this one, in the same sentence, punctuation included.
    private func previousWord(_ text: Span<UInt8>) -> (start: Int, end: Int) {
        var last = start
        while last > sentenceStart, text[last - 1] <= 0x20 { last -= 1 }
        var first = last
        let limit = max(sentenceStart, last - Self.limit)
        while first > limit, text[first - 1] > 0x20, !Self.isBracket(text[first - 1]) { first -= 1 }
        return (first, last)
    }

    /// Whether nothing but a number or a letter stands between the start of the sentence and the stop: `2. The`,
    /// `(A). The`, `iv. The`.
    private func isListNumber(_ text: Span<UInt8>) -> Bool {
        guard end - sentenceStart <= 4 else { return false }
        var letters = 0
        var isRoman = true
        for position in sentenceStart..<end {
            let byte = text[position]
            if byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") || Letters.isDigit(byte) { continue }
            guard Letters.isLetter(byte) else { return false }
            letters += 1
            let folded = Letters.folded(byte)
            isRoman = isRoman && (folded == 0x69 || folded == 0x76 || folded == 0x78)
        }
        return letters <= 1 || isRoman
    }

    /// Letters one by one with stops or hyphens between: `i.v`, `V.E`, `J.-P`.
    private func isDotted(_ text: Span<UInt8>) -> Bool {
        guard end - start >= 3 else { return false }
        var previousIsLetter = false
        for position in start..<end {
            let byte = text[position]
            if Letters.isLetter(byte) {
                if previousIsLetter { return false }
                previousIsLetter = true
            } else {
                guard byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") else { return false }
                previousIsLetter = false
            }
        }
        return true
    }

    /// A capital and one or two small letters, as genera are shortened: `Ae`, `Cx`, `Str`.
    private func isGenus(_ text: Span<UInt8>) -> Bool {
        guard end - start >= 2, Letters.isUpper(text[start]) else { return false }
        for position in (start + 1)..<end where !Letters.isLower(text[position]) { return false }
        return true
    }

    /// Four or more lower-case letters, known as no cut word.
    private func isOrdinaryWord(_ text: Span<UInt8>) -> Bool {
        guard end - start >= 4 else { return false }
        for position in start..<end where !Letters.isLower(text[position]) { return false }
        return !BoundaryLexicon.words.classes(text, from: start, to: end).contains(.cut)
    }

    // MARK: A stop with a letter right behind it

    /// The end of the sentence where the space behind its stop was lost; nil where the stop belongs inside a word.
    func endOfGlued(_ text: Span<UInt8>, mark: UInt8, closing: StopClosing) -> Int? {
        let count = text.count
        guard mark != UInt8(ascii: "!"), end > sentenceStart, !isLong else { return nil }
        let follows = text[closing.end]
        if follows == UInt8(ascii: "(") {
            // "cells.(ABSTRACT TRUNCATED AT 250 WORDS)"
            let word = StopNext(text, at: closing.end)
            return word.end - word.start == 8
                && BoundaryLexicon.truncation == Letters.key(text, from: word.start, to: word.end)
                ? closing.end : nil
        }
        let isClosed =
            text[end - 1] == UInt8(ascii: ")") || text[end - 1] == UInt8(ascii: "]")
            || closing.end > end + 1
        guard isClosed || isLowerWord(text, atLeast: 3) else { return nil }
        if !isClosed {
            let word = BoundaryLexicon.words.classes(text, from: start, to: end)
            guard word.isDisjoint(with: [.leading, .numbering, .inner, .ending]) else { return nil }
        }
        if Letters.isUpper(follows) {
            let word = StopNext(text, at: closing.end)
            if word.isSectionLabel(text) { return closing.end }
            guard word.after(text) <= 0x20 || word.after(text) == UInt8(ascii: ",") else { return nil }
            if word.isOpener(text) { return closing.end }
            guard word.end - word.start >= 3, isClosed || end - start >= 4 else { return nil }
            for position in (word.start + 1)..<word.end where !Letters.isLower(text[position]) { return nil }
            return closing.end
        }
        // Reference numbers, once raised: "in cells.12,13 The".
        guard !isClosed, isLowerWord(text, atLeast: 4), closing.end == end + 1, Letters.isDigit(follows)
        else { return nil }
        var position = closing.end
        let limit = min(count, position + 24)
        while position < limit,
            Letters.isDigit(text[position]) || text[position] == UInt8(ascii: ",")
                || text[position] == UInt8(ascii: "-")
        { position += 1 }
        guard position < limit, Letters.white(text, at: position) > 0 else { return nil }
        let word = StopNext(text, at: Letters.skipWhite(text, from: position))
        return Letters.isUpper(word.first(text)) ? position : nil
    }

    private func isLowerWord(_ text: Span<UInt8>, atLeast length: Int) -> Bool {
        guard end - start >= length else { return false }
        for position in start..<end where !Letters.isLower(text[position]) { return false }
        return true
    }
}
