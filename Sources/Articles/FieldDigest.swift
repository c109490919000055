import Corpus
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

    /// Begins with room for so many bytes, eight for the length of each field counted.
    init(room: Int) { bytes.reserveCapacity(room) }

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

    /// The digest, as lower-case hexadecimal digits, two a byte.
    public func hex() -> String { Hexadecimal.digits(SHA256.hash(data: bytes)) }

    /// The digest, as four numbers of eight bytes each, the first byte highest.
    public func words() -> SIMD4<UInt64> {
        var words = SIMD4<UInt64>()
        var place = 0
        for byte in SHA256.hash(data: bytes) {
            words[place / 8] = words[place / 8] << 8 | UInt64(byte)
            place += 1
        }
        return words
    }

    private mutating func addBigEndian(_ number: UInt64) {
        for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64(place)))) }
    }
}
