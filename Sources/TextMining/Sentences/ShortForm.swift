import Corpus

/// What may be a short form: one or two words, two to a dozen characters, with a letter.
struct ShortForm {
    /// Letters and figures, folded; Greek letters by their Latin initials: `count` of them.
    let symbols: InlineArray<24, UInt8>
    /// How many symbols there are.
    let count: Int
    /// The symbols that are capitals, a bit each.
    private let capitalMarks: UInt32
    /// How many capitals it has.
    let capitals: Int
    /// Whether the last symbol is a plural's `s`.
    let isPlural: Bool
    /// Where it stands.
    let range: TextRange

    /// Nil when the stretch can be no short form.
    init?(_ text: Span<UInt8>, _ range: TextRange) {
        guard range.count >= 1, range.count <= 24 else { return nil }
        var symbols = InlineArray<24, UInt8>(repeating: 0)
        var count = 0
        var capitalMarks: UInt32 = 0
        var spaces = 0
        var letters = 0
        var capitals = 0
        var position = range.start
        while position < range.end {
            let byte = text[position]
            switch byte {
            case 0x20: spaces += 1
            case UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "%"),
                UInt8(ascii: ":"),
                UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "@"):
                return nil
            default:
                if Letters.isLetter(byte) || Letters.isDigit(byte) {
                    symbols[count] = Letters.folded(byte)
                    letters += Letters.isLetter(byte) ? 1 : 0
                    if Letters.isUpper(byte) {
                        capitals += 1
                        capitalMarks |= 1 &<< UInt32(count)
                    }
                    count += 1
                } else if byte >= 0xC0 {
                    if let latin = Letters.latinInitial(text, at: position) {
                        symbols[count] = latin
                        count += 1
                        letters += 1
                    }
                }
            }
            position += 1
        }
        let first = text[range.start]
        guard letters > 0, spaces <= 2, count <= 20,
            Letters.isWord(first) || first == UInt8(ascii: "[") || first == UInt8(ascii: "(")
        else { return nil }
        // Lower-case words, numbers with units and list marks are none.
        if capitals == 0 && (spaces > 0 || count > 6 || count < 2) { return nil }
        if Letters.isDigit(first), spaces > 0 { return nil }
        // An enzyme's number: EC 1.11.1.9.
        if spaces > 0, count > 2, symbols[0] == UInt8(ascii: "e"), symbols[1] == UInt8(ascii: "c"),
            Letters.isDigit(symbols[2])
        {
            return nil
        }
        if capitals == 0, Self.isRoman(symbols, count) { return nil }
        self.symbols = symbols
        self.count = count
        self.capitalMarks = capitalMarks
        self.capitals = capitals
        self.range = range
        isPlural = count > 2 && capitals >= 2 && text[range.end - 1] == UInt8(ascii: "s")
    }

    /// Its symbols, a bit each by their last six bits, which others may share.
    var marks: UInt64 {
        var marks: UInt64 = 0
        for index in 0..<count { marks |= 1 &<< UInt64(symbols[index] & 63) }
        return marks
    }

    /// Whether one of its symbols is a figure.
    var hasFigures: Bool {
        for index in 0..<count where Letters.isDigit(symbols[index]) { return true }
        return false
    }

    /// Whether a symbol is a capital.
    func isCapital(_ index: Int) -> Bool { capitalMarks &>> UInt32(index) & 1 != 0 }

    /// `i`, `iv`, `xii` in lower case: the marks of a list.
    private static func isRoman(_ symbols: InlineArray<24, UInt8>, _ count: Int) -> Bool {
        for index in 0..<count {
            let symbol = symbols[index]
            guard symbol == UInt8(ascii: "i") || symbol == UInt8(ascii: "v") || symbol == UInt8(ascii: "x")
            else { return false }
        }
        return true
    }
}
