/// The 64-bit FNV-1a hash with a last mixing step, never 0.
struct IdentityHash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func combine(_ byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }

    var value: UInt64 {
        var mixed = state
        mixed = (mixed ^ (mixed >> 32)) &* 0xd6e8_feb8_6659_fd93
        mixed ^= mixed >> 32
        return mixed == 0 ? 1 : mixed
    }

    /// The identity of a token that is folded to some bytes.
    @inline(__always)
    static func of(_ bytes: Span<UInt8>) -> UInt64 {
        var hash = IdentityHash()
        for index in bytes.indices { hash.combine(bytes[index]) }
        return hash.value
    }

    /// The identity of a token that is folded to one byte.
    @inline(__always)
    static func of(_ byte: UInt8) -> UInt64 {
        var hash = IdentityHash()
        hash.combine(byte)
        return hash.value
    }

    /// The identity of a token that is folded to a name.
    static func of(_ name: StaticString) -> UInt64 {
        var hash = IdentityHash()
        name.withUTF8Bytes { hash.combine($0) }
        return hash.value
    }
}
