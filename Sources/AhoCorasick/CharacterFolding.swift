/// What a byte is to the tokenizer.
enum CharacterClass {
    case letter, digit, separator, sign, multibyte

    @inline(__always)
    static func of(_ byte: UInt8) -> CharacterClass {
        if byte >= 0x80 { return .multibyte }
        if isLetter(byte) { return .letter }
        if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { return .digit }
        if byte <= 0x20 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == 0x7F {
            return .separator
        }
        return .sign
    }

    /// Whether a byte is an ASCII letter.
    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    @inline(__always)
    static func isUpper(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }

    @inline(__always)
    static func isLower(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
}

/// What a scalar beyond ASCII is folded to.
enum ScalarFolding {
    case greek(StaticString)
    case digit(UInt8)
    /// A letter; the string is its ASCII spelling, or empty where it has none.
    case letter(StaticString)
    /// A combining mark or an invisible character.
    case mark
    case separator
    case sign

    /// The names of the Greek letters from alpha (U+03B1) to omega (U+03C9).
    private static let greekNames: [StaticString] = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
        "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    ]

    /// The ASCII spellings of U+00C0 to U+00FF.
    private static let latin1: [StaticString] = [
        "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", "d", "n", "o", "o",
        "o",
        "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "ss", "a", "a", "a", "a", "a", "a", "ae", "c", "e",
        "e",
        "e", "e", "i", "i", "i", "i", "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y",
        "th",
        "y",
    ]

    /// The ASCII spellings of U+0100 to U+017F, a letter each; `.` where it is spelled with two.
    private static let latinA: StaticString =
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkkllllllllllnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"

    /// What a scalar is folded to.
    static func fold(_ scalar: UInt32) -> ScalarFolding {
        switch scalar {
        case 0xB5: return .greek("mu")
        case 0xDF: return .letter("ss")
        case 0xD7, 0xF7: return .sign
        case 0xC0...0xFF: return .letter(latin1[Int(scalar - 0xC0)])
        case 0x132, 0x133: return .letter("ij")
        case 0x152, 0x153: return .letter("oe")
        case 0x100...0x17F: return .letter(single(latinA, Int(scalar - 0x100)))
        case 0x300...0x36F: return .mark
        case 0x391...0x3A9: return .greek(greekNames[Int(scalar - 0x391)])
        case 0x3B1...0x3C9: return .greek(greekNames[Int(scalar - 0x3B1)])
        case 0x3D1: return .greek("theta")
        case 0x3D5: return .greek("phi")
        case 0x3F5: return .greek("epsilon")
        case 0xB2, 0xB3: return .digit(UInt8(ascii: "0") + UInt8(scalar - 0xB0))
        case 0xB9: return .digit(UInt8(ascii: "1"))
        case 0x2070: return .digit(UInt8(ascii: "0"))
        case 0x2074...0x2079: return .digit(UInt8(ascii: "0") + UInt8(scalar - 0x2070))
        case 0x2080...0x2089: return .digit(UInt8(ascii: "0") + UInt8(scalar - 0x2080))
        case 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return .separator
        case 0x2010...0x2015, 0x2212: return .separator
        case 0xAD, 0x200B...0x200F, 0x2060, 0xFE00...0xFE0F, 0xFEFF: return .mark
        case 0x80...0xBF, 0x2000...0x2BFF, 0x3001...0x303F, 0xFFFC...0xFFFF: return .sign
        default: return .letter("")
        }
    }

    private static let letters: [StaticString] = [
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t",
        "u",
        "v", "w", "x", "y", "z",
    ]

    private static func single(_ table: StaticString, _ index: Int) -> StaticString {
        var letter: StaticString = ""
        var position = 0
        table.withUTF8Bytes { byte in
            if position == index, byte >= UInt8(ascii: "a") {
                letter = letters[Int(byte - UInt8(ascii: "a"))]
            }
            position += 1
        }
        return letter
    }

    /// The length of the name of a Greek letter that stands at a position in lower case and is followed by no further
    /// lower-case letter; nil where there is none. Short names (`mu`, `eta`, `chi` …) are left out: they are endings
    /// of other words.
    static func greekNameLength(_ text: Span<UInt8>, at position: Int, end: Int) -> Int? {
        // Nearly all words end here: no name is so short, and the second letters are few.
        guard position + 4 <= end, mayBeginGreekName(text[position], text[position + 1]) else { return nil }
        for name in cutNames {
            let length = name.utf8CodeUnitCount
            guard position + length <= end else { continue }
            var matches = true
            var offset = 0
            name.withUTF8Bytes { byte in
                if text[position + offset] != byte { matches = false }
                offset += 1
            }
            guard matches else { continue }
            if position + length == end || !CharacterClass.isLower(text[position + length]) { return length }
        }
        return nil
    }

    /// Whether one of the names begins with two bytes.
    @inline(__always)
    private static func mayBeginGreekName(_ first: UInt8, _ second: UInt8) -> Bool {
        switch first {
        case UInt8(ascii: "a"): second == UInt8(ascii: "l")
        case UInt8(ascii: "b"), UInt8(ascii: "d"), UInt8(ascii: "z"): second == UInt8(ascii: "e")
        case UInt8(ascii: "g"), UInt8(ascii: "k"), UInt8(ascii: "l"): second == UInt8(ascii: "a")
        case UInt8(ascii: "e"): second == UInt8(ascii: "p")
        case UInt8(ascii: "t"): second == UInt8(ascii: "h")
        case UInt8(ascii: "s"): second == UInt8(ascii: "i")
        case UInt8(ascii: "o"): second == UInt8(ascii: "m")
        default: false
        }
    }

    private static let cutNames: [StaticString] = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "theta", "kappa", "lambda", "sigma", "omega",
    ]
}

extension StaticString {
    /// Whether it holds no byte.
    var isEmpty: Bool { utf8CodeUnitCount == 0 }

    /// Calls a function with each byte. The only use of a static string's pointer.
    @inline(__always)
    func withUTF8Bytes(_ body: (UInt8) -> Void) {
        withUTF8Buffer { buffer in
            for index in buffer.indices { unsafe body(buffer[index]) }
        }
    }
}
