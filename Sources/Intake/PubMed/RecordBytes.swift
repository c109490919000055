/// What kinds of bytes a record has: what its reader may then leave unasked.
package struct RecordBytes: Hashable {
    /// A byte below space that is no white space: illegal in XML.
    var hasControl = false
    /// A byte of a character outside ASCII.
    var hasNonASCII = false
    /// `&`.
    var hasReference = false
    /// `]`, which `]]>` starts with: illegal in text.
    var hasBracket = false

    /// Those of no bytes at all.
    package init() {}

    /// Looks at every byte, eight at a time.
    package init(_ bytes: Span<UInt8>) {
        // The highest bit of each byte says: in `control`, that it is below space and no line feed; in the others, that it is
        // not what is asked for. A sum of seven bits does not reach the next byte.
        let sevenBits: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        var (all, control) = (0 as UInt64, 0 as UInt64)
        var (references, brackets) = (~0 as UInt64, ~0 as UInt64)
        let wordCount = bytes.count / 8
        for index in 0..<wordCount {
            let here = bytes.word(at: 8 * index)
            let seven = here & sevenBits
            all |= here
            references &= here | ((seven ^ 0x2626_2626_2626_2626) &+ sevenBits)
            brackets &= here | ((seven ^ 0x5D5D_5D5D_5D5D_5D5D) &+ sevenBits)
            control |=
                ~(here | (seven &+ 0x6060_6060_6060_6060)) & ((seven ^ 0x0A0A_0A0A_0A0A_0A0A) &+ sevenBits)
        }
        hasNonASCII = all & ~sevenBits != 0
        hasReference = ~references & ~sevenBits != 0
        hasBracket = ~brackets & ~sevenBits != 0
        // A tab or a carriage return is rare.
        look(bytes, from: control & ~sevenBits != 0 ? 0 : 8 * wordCount)
    }

    /// Looks at every byte, one at a time: what the words must show.
    package init(oneByOne bytes: Span<UInt8>) {
        look(bytes, from: 0)
    }

    private mutating func look(_ bytes: Span<UInt8>, from start: Int) {
        for index in start..<bytes.count {
            let byte = bytes[index]
            if byte < 0x20, !isXMLSpace(byte) { hasControl = true }
            if byte >= 0x80 { hasNonASCII = true }
            if byte == UInt8(ascii: "&") { hasReference = true }
            if byte == UInt8(ascii: "]") { hasBracket = true }
        }
    }
}

/// What decides how the text of a field becomes a string.
package struct FieldBytes: Hashable {
    /// A byte below space.
    var hasControl = false
    /// A byte of a character outside ASCII.
    var hasNonASCII = false

    /// Looks at every byte, eight at a time.
    @inline(__always)
    package init(_ bytes: Span<UInt8>) {
        var all: UInt64 = 0
        var control: UInt64 = 0
        let wordCount = bytes.count / 8
        for index in 0..<wordCount {
            let here = bytes.word(at: 8 * index)
            all |= here
            control |= (here & 0xE0E0_E0E0_E0E0_E0E0).zeroBytes
        }
        hasControl = control != 0
        hasNonASCII = all & 0x8080_8080_8080_8080 != 0
        look(bytes, from: 8 * wordCount)
    }

    /// Looks at every byte, one at a time: what the words must show.
    package init(oneByOne bytes: Span<UInt8>) {
        look(bytes, from: 0)
    }

    @inline(__always)
    private mutating func look(_ bytes: Span<UInt8>, from start: Int) {
        for index in start..<bytes.count {
            if bytes[index] < 0x20 { hasControl = true }
            if bytes[index] >= 0x80 { hasNonASCII = true }
        }
    }
}
