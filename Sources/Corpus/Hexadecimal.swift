/// Bytes as lower-case hexadecimal digits, two a byte, and back.
public enum Hexadecimal {
    /// The digits of some bytes.
    public static func digits(_ bytes: some Sequence<UInt8>) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * bytes.underestimatedCount)
        for byte in bytes {
            digits.append(digit(byte >> 4))
            digits.append(digit(byte & 15))
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// The digits of numbers of eight bytes each, the first byte highest.
    public static func digits(words: [UInt64]) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(16 * words.count)
        for word in words { append(word, to: &digits) }
        return String(decoding: digits, as: UTF8.self)
    }

    /// The bytes of digits; nil where there is another character than a lower-case digit, or half a byte.
    public static func bytes(_ digits: String) -> [UInt8]? {
        let digits = digits.utf8Span.span
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for place in 0..<(digits.count / 2) {
            guard let high = value(digits[2 * place]), let low = value(digits[2 * place + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    /// The numbers of eight bytes each that digits stand for; nil unless there are 16 digits for each, in lower case.
    public static func words(_ digits: String, count: Int) -> [UInt64]? {
        let digits = digits.utf8Span.span
        guard digits.count == 16 * count else { return nil }
        var words = [UInt64](repeating: 0, count: count)
        for place in digits.indices {
            guard let value = value(digits[place]) else { return nil }
            words[place / 16] = words[place / 16] << 4 | UInt64(value)
        }
        return words
    }

    /// Appends the 16 digits of a number.
    public static func append(_ word: UInt64, to digits: inout [UInt8]) {
        for place in 0..<16 {
            digits.append(digit(UInt8(truncatingIfNeeded: word >> (60 - 4 * UInt64(place)) & 15)))
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
