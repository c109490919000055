/// What the letters of a name look like.
struct Spelling {
    var letters = 0
    var upper = 0
    var lower = 0
    var digits = 0
    var blanks = 0
    /// Bytes that are neither ASCII letters nor digits nor blanks.
    var others = 0
    /// Whether the first byte is a capital and no other is.
    var isTitleCase = false
    var count = 0

    init(_ bytes: some Collection<UInt8>) {
        for byte in bytes {
            count += 1
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                upper += 1
                letters += 1
            case UInt8(ascii: "a")...UInt8(ascii: "z"):
                lower += 1
                letters += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case 0x09, 0x0A, 0x0D, 0x20: blanks += 1
            default: others += 1
            }
        }
        if let first = bytes.first, first >= UInt8(ascii: "A"), first <= UInt8(ascii: "Z"), upper == 1 {
            isTitleCase = true
        }
    }

    /// Whether it looks like a symbol or an acronym rather than like words: short, and with a capital or a digit
    /// beyond the first letter.
    var isSymbolic: Bool { blanks == 0 && (digits > 0 || upper > 1 || (upper == 1 && !isTitleCase)) }

    /// Whether it is all capitals, perhaps with digits: an acronym.
    var isAcronym: Bool { upper >= 2 && lower == 0 && blanks == 0 }

    /// Whether it is words: two or more, mostly in lower case.
    var isPhrase: Bool { blanks > 0 && lower > 3 }

    /// The ASCII letters and digits of bytes in lower case.
    static func folded(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.compactMap { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: byte >= 0x80 ? byte : nil
            }
        }
    }

    /// The ASCII letters in lower case, everything else as it is.
    static func lowered(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
    }
}
