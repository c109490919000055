/// Quotes, brackets and reference marks right behind a stop.
struct StopClosing {
    /// After the last of them.
    let end: Int
    /// Whether a bracket or a quote is among them.
    let closesBracket: Bool

    init(_ text: Span<UInt8>, from start: Int) {
        var position = start
        var closes = false
        scan: while position < text.count {
            switch text[position] {
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "\""),
                UInt8(ascii: "'"):
                closes = true
                position += 1
            case UInt8(ascii: "*"):
                position += 1
            case 0xE2 where position + 2 < text.count && text[position + 1] == 0x80:
                // U+2019 and U+201D, the closing quotes; U+2020 and U+2021, the daggers.
                let last = text[position + 2]
                guard last == 0x99 || last == 0x9D || last == 0xA0 || last == 0xA1 else { break scan }
                closes = closes || last < 0xA0
                position += 3
            case 0xC2 where position + 1 < text.count && text[position + 1] == 0xBB:
                closes = true
                position += 2
            case UInt8(ascii: "["):
                // A reference: `cells.[12,13] The`.
                guard let after = Self.afterReference(text, from: position) else { break scan }
                position = after
            default: break scan
            }
        }
        end = position
        closesBracket = closes
    }

    /// After `[12, 3-5]`; nil for anything else in brackets.
    private static func afterReference(_ text: Span<UInt8>, from start: Int) -> Int? {
        var position = start + 1
        let limit = min(text.count, start + 32)
        while position < limit {
            let byte = text[position]
            if byte == UInt8(ascii: "]") { return position > start + 1 ? position + 1 : nil }
            guard
                Letters.isDigit(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "-")
                    || byte == 0x20
            else { return nil }
            position += 1
        }
        return nil
    }
}

/// The word that follows a stop.
struct StopNext {
    /// Where its letters start, behind opening brackets and quotes.
    let start: Int
    /// After its letters, digits and hyphens.
    let end: Int
    /// Whether an opening bracket or quote comes first.
    let isBracketed: Bool

    /// How far a word is read.
    private static let limit = 40

    init(_ text: Span<UInt8>, at position: Int) {
        var start = position
        let limit = min(text.count, position + Self.limit)
        while start < limit, let length = Self.opening(text, at: start) { start += length }
        isBracketed = start > position
        var end = start
        while end < limit, Letters.isWord(text[end]) { end += 1 }
        self.start = start
        self.end = end
    }

    private static func opening(_ text: Span<UInt8>, at position: Int) -> Int? {
        switch text[position] {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "\""), UInt8(ascii: "'"),
            UInt8(ascii: "*"):
            return 1
        case 0xE2 where position + 2 < text.count && text[position + 1] == 0x80:
            return text[position + 2] == 0x98 || text[position + 2] == 0x9C ? 3 : nil
        default: return nil
        }
    }

    /// The first byte; a space when nothing is left.
    func first(_ text: Span<UInt8>) -> UInt8 { start < text.count ? text[start] : 0x20 }

    /// The byte behind the word; a space at the end of the text.
    func after(_ text: Span<UInt8>) -> UInt8 { end < text.count ? text[end] : 0x20 }

    /// Whether it is one of the words that open sentences: `The`, `However`. `A` must not be an initial.
    func isOpener(_ text: Span<UInt8>) -> Bool {
        guard Letters.isUpper(first(text)) else { return false }
        if end - start == 1 && after(text) > 0x20 { return false }
        if after(text) == UInt8(ascii: ".") { return false }
        return BoundaryLexicon.openers.contains(text, from: start, to: end)
    }

    /// Whether the label of a section follows in capitals, up to its colon: `RESULTS:`, `MATERIALS AND METHODS:`.
    func isSectionLabel(_ text: Span<UInt8>) -> Bool {
        guard BoundaryLexicon.sectionLabels.contains(text, from: start, to: end) else { return false }
        var position = end
        while position < min(text.count, start + Self.limit) {
            if text[position] == UInt8(ascii: ":") { return true }
            guard
                Letters.isUpper(text[position]) || text[position] == 0x20
                    || text[position] == UInt8(ascii: "/")
            else { return false }
            position += 1
        }
        return false
    }

    /// Whether a capital initial follows: `M.`, `J.-P.`
    func isInitial(_ text: Span<UInt8>) -> Bool {
        end - start == 1 && Letters.isUpper(first(text)) && after(text) == UInt8(ascii: ".")
    }

    /// Whether a code follows, such as `AH011511`, `S1`, `II`, `B`: short, or with a digit.
    func isCode(_ text: Span<UInt8>) -> Bool {
        var hasLower = false
        for position in start..<end {
            if Letters.isDigit(text[position]) { return true }
            if Letters.isLower(text[position]) { hasLower = true }
        }
        return end > start && !hasLower && end - start <= 6
    }

    /// Whether the label of a panel or of a list in a legend follows, `(a) The`, `b. The`, `hf, head fold`.
    func isLabel(_ text: Span<UInt8>) -> Bool {
        let length = end - start
        guard length <= 4, end + 1 < text.count else { return false }
        for position in start..<end where !Letters.isLower(text[position]) { return false }
        switch text[end] {
        case UInt8(ascii: ")"): return isBracketed && length == 1
        case UInt8(ascii: "."), UInt8(ascii: ":"): return length == 1 && text[end + 1] == 0x20
        case UInt8(ascii: ","): return text[end + 1] == 0x20
        default: return false
        }
    }

    /// Whether a lower-case word looks like the symbol of a gene, transcript or compound: it has a digit, a
    /// capital or a Greek letter, or a hyphen behind a letter or two (`c-myc`, `mr-s`), or starts with Greek.
    func looksLikeSymbol(_ text: Span<UInt8>) -> Bool {
        if first(text) >= 0x80 { return true }
        for position in start..<end {
            let byte = text[position]
            if Letters.isUpper(byte) || Letters.isDigit(byte) || byte >= 0x80 { return true }
        }
        guard after(text) == UInt8(ascii: "-"), end + 1 < text.count else { return false }
        if end - start <= 2 { return Letters.isWord(text[end + 1]) }
        var position = end + 1
        while position < min(text.count, start + Self.limit), Letters.isWord(text[position]) {
            if Letters.isUpper(text[position]) || Letters.isDigit(text[position]) { return true }
            position += 1
        }
        return false
    }
}
