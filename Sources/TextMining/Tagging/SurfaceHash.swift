import AhoCorasick

/// The hash of a stretch of text, letter by letter as it stands: what is remembered of a spelling is found by it.
///
/// It takes eight bytes at a time and lives no longer than the program: nothing that is kept depends on it.
enum SurfaceHash {
    /// The hash of the bytes of a text from one place to before another.
    static func of(_ text: Span<UInt8>, from start: Int, to end: Int) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: end &- start) &* 0x9E37_79B9_7F4A_7C15
        var place = start
        while place &+ 8 <= end {
            hash = mixed(hash ^ EightBytes.load(text, at: place))
            place &+= 8
        }
        if place >= end { return mixed(hash) }
        return mixed(hash ^ EightBytes.load(text, from: place, to: end))
    }

    @inline(__always)
    private static func mixed(_ value: UInt64) -> UInt64 {
        let first = (value ^ value >> 32) &* 0xD6E8_FEB8_6659_FD93
        return (first ^ first >> 32) &* 0xD6E8_FEB8_6659_FD93
    }
}
