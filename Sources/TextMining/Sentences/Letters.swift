import AhoCorasick
import Corpus

/// Questions about single bytes and short stretches of UTF-8 that sentence boundaries, abbreviations and cues
/// share. Letters and digits are ASCII's unless said otherwise; every byte from 0x80 belongs to a longer scalar.
enum Letters {
    /// `A` to `Z`.
    @inline(__always)
    static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

    /// `a` to `z`.
    @inline(__always)
    static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }

    /// `A` to `Z`, `a` to `z`.
    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    /// `0` to `9`.
    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// A letter, a digit, or part of a scalar beyond ASCII.
    @inline(__always)
    static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte >= 0x80 }

    /// Lower case of an ASCII letter; other bytes as they are.
    @inline(__always)
    static func folded(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }

    /// The length in bytes of the white space that starts at a position: 0 when there is none.
    ///
    /// White space is Unicode's `White_Space`, and the zero-width no-break space that files start with.
    @inline(__always)
    static func white(_ text: Span<UInt8>, at position: Int) -> Int {
        let byte = text[position]
        if byte <= 0x20 { return byte == 0x20 || byte &- 0x09 < 5 || byte &- 0x1C < 4 ? 1 : 0 }
        if byte < 0xC2 { return 0 }
        return longWhite(text, at: position)
    }

    /// White space beyond ASCII.
    private static func longWhite(_ text: Span<UInt8>, at position: Int) -> Int {
        let left = text.count - position
        switch text[position] {
        case 0xC2 where left >= 2:
            return text[position + 1] == 0xA0 || text[position + 1] == 0x85 ? 2 : 0
        case 0xE1 where left >= 3:
            return text[position + 1] == 0x9A && text[position + 2] == 0x80 ? 3 : 0
        case 0xE2 where left >= 3:
            let (second, third) = (text[position + 1], text[position + 2])
            if second == 0x80 {
                return third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF ? 3 : 0
            }
            return second == 0x81 && third == 0x9F ? 3 : 0
        case 0xE3 where left >= 3:
            return text[position + 1] == 0x80 && text[position + 2] == 0x80 ? 3 : 0
        case 0xEF where left >= 3:
            return text[position + 1] == 0xBB && text[position + 2] == 0xBF ? 3 : 0
        default: return 0
        }
    }

    /// The first position from `start` on that is not white space, or the end.
    static func skipWhite(_ text: Span<UInt8>, from start: Int) -> Int {
        var position = start
        while position < text.count {
            let length = white(text, at: position)
            if length == 0 { break }
            position += length
        }
        return position
    }

    /// The end of `start..<end` without the white space at its end.
    static func trimWhite(_ text: Span<UInt8>, from start: Int, to end: Int) -> Int {
        var end = end
        while end > start {
            var last = end - 1
            while last > start, text[last] & 0xC0 == 0x80 { last -= 1 }
            let length = white(text, at: last)
            if length == 0 || last + length != end { break }
            end = last
        }
        return end
    }

    /// Whether a stretch of white space holds a line without text.
    static func hasBlankLine(_ text: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        var lineEnds = 0
        for position in start..<end where text[position] == 0x0A { lineEnds += 1 }
        return lineEnds >= 2
    }

    /// A word as one number: its first eight bytes, the first one lowest. Longer words compare by these alone.
    @inline(__always)
    static func key(_ text: Span<UInt8>, from start: Int, to end: Int) -> UInt64 {
        EightBytes.load(text, from: start, to: end)
    }
}

extension Letters {
    /// An opening bracket or straight quote.
    @inline(__always)
    static func isOpening(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
            || byte == UInt8(ascii: "\"")
    }

    /// The Latin initial of a Greek letter's name, and the bare letter of a Latin letter with an accent; nil for
    /// every other scalar and for bytes inside one.
    static func latinInitial(_ text: Span<UInt8>, at position: Int) -> UInt8? {
        guard position + 1 < text.count else { return nil }
        switch (text[position], text[position + 1]) {
        case (0xC2, 0xB5): return UInt8(ascii: "m")
        case (0xC3, let second) where second >= 0x80 && second < 0xC0:
            let bare: StaticString = "aaaaaaaceeeeiiiidnooooo-ouuuuyts"
            return bare.withUTF8Buffer { unsafe $0[Int(second & 0x1F)] }
        case (0xCE, let second) where second >= 0xB1 && second <= 0xBF:
            // alpha to omicron
            let names: StaticString = "abgdezetiklmnxo"
            return names.withUTF8Buffer { unsafe $0[Int(second - 0xB1)] }
        case (0xCE, let second) where second >= 0x91 && second <= 0x9F:
            let names: StaticString = "abgdezetiklmnxo"
            return names.withUTF8Buffer { unsafe $0[Int(second - 0x91)] }
        case (0xCF, let second) where second >= 0x80 && second <= 0x89:
            // pi to omega
            let names: StaticString = "prsstupcpo"
            return names.withUTF8Buffer { unsafe $0[Int(second - 0x80)] }
        default: return nil
        }
    }
}
