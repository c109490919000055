/// What the letters of a name look like.
///
/// The dictionary keeps that of each entry in 32 bits, where counts end at 15: what is asked of a listed name needs no
/// more.
public struct Spelling: Hashable, Sendable {
    /// ASCII letters.
    public var letters: Int { upper + lower }
    /// ASCII capitals.
    public private(set) var upper = 0
    /// ASCII small letters.
    public private(set) var lower = 0
    /// ASCII digits.
    public private(set) var digits = 0
    /// Blanks, tabs and ends of lines.
    public private(set) var blanks = 0
    /// Bytes that are neither ASCII letters nor digits nor blanks.
    public private(set) var others = 0
    /// Whether the first byte is a capital and no other is.
    public private(set) var isTitleCase = false
    /// Whether the last byte is an `s`, small or capital.
    public private(set) var endsInS = false
    /// Whether the last byte is a small `s`.
    public private(set) var endsInSmallS = false

    /// All bytes.
    public var count: Int { upper + lower + digits + blanks + others }

    /// Looks at a name.
    public init(_ bytes: Span<UInt8>) {
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): upper += 1
            case UInt8(ascii: "a")...UInt8(ascii: "z"): lower += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case 0x09, 0x0A, 0x0D, 0x20: blanks += 1
            default: others += 1
            }
        }
        guard bytes.count > 0 else { return }
        let first = bytes[0]
        isTitleCase = first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z") && upper == 1
        endsInSmallS = bytes[bytes.count - 1] == UInt8(ascii: "s")
        endsInS = endsInSmallS || bytes[bytes.count - 1] == UInt8(ascii: "S")
    }

    /// Unpacks what `packed` made.
    init(packed: UInt32) {
        func count(_ place: UInt32) -> Int { Int(packed >> place & 15) }
        upper = count(0)
        lower = count(4)
        digits = count(8)
        blanks = count(12)
        others = count(16)
        isTitleCase = packed >> 20 & 1 != 0
        endsInS = packed >> 21 & 1 != 0
        endsInSmallS = packed >> 22 & 1 != 0
    }

    /// As 32 bits, each count at most 15.
    var packed: UInt32 {
        func count(_ value: Int, _ place: UInt32) -> UInt32 { UInt32(min(value, 15)) << place }
        return count(upper, 0) | count(lower, 4) | count(digits, 8) | count(blanks, 12) | count(others, 16)
            | (isTitleCase ? 1 << 20 : 0) | (endsInS ? 1 << 21 : 0)
            | (endsInSmallS ? 1 << 22 : 0)
    }

    /// Whether it looks like a symbol or an acronym rather than like words: short, and with a capital or a digit
    /// beyond the first letter.
    public var isSymbolic: Bool { blanks == 0 && (digits > 0 || upper > 1 || (upper == 1 && !isTitleCase)) }

    /// Whether it is all capitals, perhaps with digits: an acronym.
    public var isAcronym: Bool { upper >= 2 && lower == 0 && blanks == 0 }

    /// Whether it is words: two or more, mostly in lower case.
    public var isPhrase: Bool { blanks > 0 && lower > 3 }
}
