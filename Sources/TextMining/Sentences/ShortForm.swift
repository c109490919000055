import Corpus

/// What may be a short form: one or two words, two to a dozen characters, with a letter.
struct ShortForm {
    /// Letters and figures, folded; Greek letters by their Latin initials.
    let symbols: [UInt8]
    /// Whether the symbol is a capital.
    let isCapital: [Bool]
    /// How many capitals it has.
    let capitals: Int
    /// Whether the last symbol is a plural's `s`.
    let isPlural: Bool
    /// Where it stands.
    let range: TextRange

    /// Nil when the stretch can be no short form.
    init?(_ text: Span<UInt8>, _ range: TextRange) {
        guard range.count >= 1, range.count <= 24 else { return nil }
        var symbols: [UInt8] = []
        var isCapital: [Bool] = []
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
                    symbols.append(Letters.folded(byte))
                    isCapital.append(Letters.isUpper(byte))
                    letters += Letters.isLetter(byte) ? 1 : 0
                    capitals += Letters.isUpper(byte) ? 1 : 0
                } else if byte >= 0xC0 {
                    if let latin = Letters.latinInitial(text, at: position) {
                        symbols.append(latin)
                        isCapital.append(false)
                        letters += 1
                    }
                }
            }
            position += 1
        }
        let first = text[range.start]
        guard letters > 0, spaces <= 2, symbols.count <= 20, !symbols.isEmpty,
            Letters.isWord(first) || first == UInt8(ascii: "[") || first == UInt8(ascii: "(")
        else { return nil }
        // Lower-case words, numbers with units and list marks are none.
        if capitals == 0 && (spaces > 0 || symbols.count > 6 || symbols.count < 2) { return nil }
        if Letters.isDigit(first), spaces > 0 { return nil }
        // An enzyme's number: EC 1.11.1.9.
        if spaces > 0, symbols.count > 2, symbols[0] == UInt8(ascii: "e"), symbols[1] == UInt8(ascii: "c"),
            Letters.isDigit(symbols[2])
        {
            return nil
        }
        if Self.isRomanList(symbols, capitals: capitals) { return nil }
        self.symbols = symbols
        self.isCapital = isCapital
        self.capitals = capitals
        self.range = range
        isPlural = symbols.count > 2 && capitals >= 2 && text[range.end - 1] == UInt8(ascii: "s")
    }

    /// `i`, `iv`, `xii` in lower case.
    private static func isRomanList(_ symbols: [UInt8], capitals: Int) -> Bool {
        capitals == 0
            && symbols.allSatisfy {
                $0 == UInt8(ascii: "i") || $0 == UInt8(ascii: "v") || $0 == UInt8(ascii: "x")
            }
    }
}
