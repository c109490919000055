/// Eight bytes of a text as one number, so that they are looked at in one step.
public enum EightBytes {
    /// The bytes from a place on, the first one lowest. One load, once it is compiled.
    @inlinable @inline(__always)
    public static func load(_ text: Span<UInt8>, at place: Int) -> UInt64 {
        let bytes = text.extracting(place..<(place &+ 8))
        return UInt64(bytes[0]) | UInt64(bytes[1]) << 8 | UInt64(bytes[2]) << 16 | UInt64(bytes[3]) << 24
            | UInt64(bytes[4]) << 32 | UInt64(bytes[5]) << 40 | UInt64(bytes[6]) << 48
            | UInt64(bytes[7]) << 56
    }

    /// The bytes from a place to before another one, eight at most, the first one lowest; 0 behind them.
    @inlinable @inline(__always)
    public static func load(_ text: Span<UInt8>, from start: Int, to end: Int) -> UInt64 {
        let count = end &- start
        if start &+ 8 <= text.count {
            // Asked first: the bytes are then loaded in one step.
            if count >= 8 { return load(text, at: start) }
            // What stands behind the end is cut off.
            return load(text, at: start) & ~(UInt64.max &<< UInt64(truncatingIfNeeded: 8 &* count))
        }
        var found: UInt64 = 0
        var shift: UInt64 = 0
        var place = start
        while place < end {
            found |= UInt64(text[place]) &<< shift
            shift &+= 8
            place &+= 1
        }
        return found
    }

    /// The bytes from a place on, up to eight of them, the first one lowest; 0 behind the end of the text.
    @inlinable @inline(__always)
    public static func load(_ text: Span<UInt8>, upToEightAt start: Int) -> UInt64 {
        start &+ 8 <= text.count ? load(text, at: start) : load(text, from: start, to: text.count)
    }

    /// Whether a text holds a line end.
    public static func hasLineEnd(_ text: Span<UInt8>) -> Bool {
        var marks: UInt64 = 0
        var place = 0
        while place &+ 32 <= text.count {
            marks |=
                lineEnds(load(text, at: place)) | lineEnds(load(text, at: place &+ 8))
                | lineEnds(load(text, at: place &+ 16)) | lineEnds(load(text, at: place &+ 24))
            place &+= 32
        }
        while place &+ 8 <= text.count {
            marks |= lineEnds(load(text, at: place))
            place &+= 8
        }
        while place < text.count {
            if text[place] == 0x0A { return true }
            place &+= 1
        }
        return marks & 0x8080_8080_8080_8080 != 0
    }

    /// A number in which the highest bit of a byte is set if one of eight bytes is a line end.
    @inline(__always)
    private static func lineEnds(_ bytes: UInt64) -> UInt64 {
        // A byte that is a line end is 0 here, and its highest bit is set where 1 is taken off it.
        let rest = bytes ^ 0x0A0A_0A0A_0A0A_0A0A
        return (rest &- 0x0101_0101_0101_0101) & ~rest
    }
}
