import Foundation

/// Digests as bytes and as lower-case hexadecimal digits.
enum Hex {
    /// The digits of some bytes.
    static func digits(_ bytes: some Sequence<UInt8>) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * bytes.underestimatedCount)
        for byte in bytes {
            digits.append(digit(byte >> 4))
            digits.append(digit(byte & 15))
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// The bytes of lower-case digits; nil unless there are exactly `count` bytes.
    static func bytes(_ digits: String, count: Int) -> Data? {
        let digits = digits.utf8Span.span
        guard digits.count == 2 * count else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for place in 0..<count {
            guard let high = value(digits[2 * place]), let low = value(digits[2 * place + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return Data(bytes)
    }

    /// The bytes of a SHA-256 digest.
    ///
    /// - Throws: `StoreError.malformedDigest`.
    static func sha256(_ digits: String) throws -> Data {
        guard let bytes = bytes(digits, count: 32) else { throw StoreError.malformedDigest(digits) }
        return bytes
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
