/// Kinds of bytes that words and marks are told by.
struct ByteKinds: OptionSet, Sendable {
    let rawValue: UInt8

    /// `a` to `z`.
    static var lower: ByteKinds { ByteKinds(rawValue: 1) }
    /// `A` to `Z`.
    static var upper: ByteKinds { ByteKinds(rawValue: 2) }
    /// `0` to `9`.
    static var digit: ByteKinds { ByteKinds(rawValue: 4) }
    /// A part of a scalar beyond ASCII.
    static var high: ByteKinds { ByteKinds(rawValue: 8) }
    /// Hyphen, apostrophe and point, which may stand inside a word.
    static var joining: ByteKinds { ByteKinds(rawValue: 16) }
    /// White space of ASCII.
    static var white: ByteKinds { ByteKinds(rawValue: 32) }
    /// An opening bracket.
    static var opening: ByteKinds { ByteKinds(rawValue: 64) }
    /// A closing bracket.
    static var closing: ByteKinds { ByteKinds(rawValue: 128) }

    /// Letters of ASCII.
    static var letter: ByteKinds { [.lower, .upper] }
    /// Letters and digits of ASCII.
    static var alphanumeric: ByteKinds { [.letter, .digit] }
    /// What a word may begin with.
    static var word: ByteKinds { [.alphanumeric, .high] }

    /// The kind of each byte.
    static let table: [ByteKinds] = (0...UInt8.max).map { byte in
        switch byte {
        case 0x80...: .high
        case 0x20, 0x09...0x0D, 0x1C...0x1F: .white
        case UInt8(ascii: "-"), UInt8(ascii: "'"), UInt8(ascii: "."): .joining
        case UInt8(ascii: "("), UInt8(ascii: "["): .opening
        case UInt8(ascii: ")"), UInt8(ascii: "]"): .closing
        default:
            if Letters.isLower(byte) {
                .lower
            } else if Letters.isUpper(byte) {
                .upper
            } else if Letters.isDigit(byte) {
                .digit
            } else {
                []
            }
        }
    }
}
