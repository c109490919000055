import Crypto

/// SHA-256 over a list of fields, each preceded by its length in bytes, so that no two different lists of fields
/// give the same bytes.
///
/// The length is eight bytes, big endian; a number is a field of eight bytes, big endian, two's complement.
public struct FieldDigest: Sendable {
    /// What is to be hashed, in one go: fields are short.
    private var bytes: [UInt8] = []

    /// Begins without fields.
    public init() {}

    /// Adds the UTF-8 bytes of a text.
    public mutating func add(_ text: String) {
        addBigEndian(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    /// Adds a number.
    public mutating func add(_ number: Int64) {
        addBigEndian(8)
        addBigEndian(UInt64(bitPattern: number))
    }

    /// Adds bytes as they are.
    public mutating func add(bytes field: [UInt8]) {
        addBigEndian(UInt64(field.count))
        bytes.append(contentsOf: field)
    }

    /// The first bytes of the digest, as lower-case hexadecimal digits, two a byte.
    public func hex(bytes count: Int = 32) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * count)
        for byte in SHA256.hash(data: bytes).prefix(count) {
            digits.append(Self.digit(byte >> 4))
            digits.append(Self.digit(byte & 15))
        }
        return String(decoding: digits, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private mutating func addBigEndian(_ number: UInt64) {
        for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64(place)))) }
    }
}
