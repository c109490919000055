/// The hash of a stretch of text, letter by letter as it stands: what is remembered of a spelling is found by it.
///
/// It takes eight bytes at a time and lives no longer than the program: nothing that is kept depends on it.
enum SurfaceHash {
    /// The hash of bytes.
    static func of(_ bytes: Span<UInt8>) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
        var index = 0
        var word: UInt64 = 0
        var shift: UInt64 = 0
        while index < bytes.count {
            word |= UInt64(bytes[index]) << shift
            shift &+= 8
            index += 1
            if shift == 64 {
                hash = mixed(hash ^ word)
                (word, shift) = (0, 0)
            }
        }
        return mixed(hash ^ word)
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        let first = (value ^ value >> 32) &* 0xD6E8_FEB8_6659_FD93
        return (first ^ first >> 32) &* 0xD6E8_FEB8_6659_FD93
    }
}
