/// The hash under which lists of words and names, and the values of features, are kept: FNV-1a over the bytes, salted.
///
/// The hash of a beginning is the state from which the hash of the whole goes on, so that all beginnings of a text are
/// hashed in one pass.
public struct NameHash: Sendable {
    @usableFromInline var state: UInt64

    /// The hash of the bytes so far.
    @inlinable public var value: UInt64 { state }

    /// The hash of no byte.
    @inlinable
    public init(salt: UInt64 = 0) {
        state = 0xcbf2_9ce4_8422_2325 ^ (salt &* 0x9E37_79B9_7F4A_7C15)
    }

    /// Goes on by a byte.
    @inlinable
    public mutating func combine(_ byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }

    /// Goes on by bytes.
    @inlinable
    public mutating func combine(_ bytes: Span<UInt8>) {
        for index in bytes.indices { combine(bytes[index]) }
    }

    /// Goes on by bytes with their ASCII capitals in lower case.
    @inlinable
    public mutating func combineLowered(_ bytes: Span<UInt8>) {
        for index in bytes.indices {
            let byte = bytes[index]
            combine(byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte)
        }
    }

    /// Goes on by the digits of a number, as they are written.
    public mutating func combine(decimal number: Int32) {
        if number < 0 { combine(UInt8(ascii: "-")) }
        // The last digit comes first: four bits each, the first one lowest in the end.
        var rest = number.magnitude
        var digits: UInt64 = 0
        var count = 0
        repeat {
            digits = digits << 4 | UInt64(rest % 10)
            rest /= 10
            count += 1
        } while rest > 0
        for _ in 0..<count {
            combine(UInt8(ascii: "0") + UInt8(digits & 15))
            digits >>= 4
        }
    }

    /// The hash of bytes.
    @inlinable
    public static func of(_ bytes: some Sequence<UInt8>, salt: UInt64 = 0) -> UInt64 {
        var hash = NameHash(salt: salt)
        for byte in bytes { hash.combine(byte) }
        return hash.value
    }
}
