/// The hash of a stretch of text, letter by letter as it stands: what is remembered of a spelling is found by it.
///
/// It takes eight bytes at a time and lives no longer than the program: nothing that is kept depends on it.
enum SurfaceHash {
    /// The hash of bytes.
    static func of(_ bytes: Span<UInt8>) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
        var index = 0
        while index &+ 8 <= bytes.count {
            hash = mixed(hash ^ word(bytes.extracting(index..<(index &+ 8))))
            index &+= 8
        }
        var rest: UInt64 = 0
        var shift: UInt64 = 0
        while index < bytes.count {
            rest |= UInt64(bytes[index]) &<< shift
            shift &+= 8
            index &+= 1
        }
        return mixed(hash ^ rest)
    }

    /// Eight bytes as one number, the first one lowest: one load, once it is compiled.
    @inline(__always)
    private static func word(_ bytes: Span<UInt8>) -> UInt64 {
        UInt64(bytes[0]) | UInt64(bytes[1]) << 8 | UInt64(bytes[2]) << 16 | UInt64(bytes[3]) << 24
            | UInt64(bytes[4]) << 32 | UInt64(bytes[5]) << 40 | UInt64(bytes[6]) << 48
            | UInt64(bytes[7]) << 56
    }

    @inline(__always)
    private static func mixed(_ value: UInt64) -> UInt64 {
        let first = (value ^ value >> 32) &* 0xD6E8_FEB8_6659_FD93
        return (first ^ first >> 32) &* 0xD6E8_FEB8_6659_FD93
    }
}
