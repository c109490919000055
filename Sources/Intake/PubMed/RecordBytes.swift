/// What kinds of bytes a record has: what its reader may then leave unasked.
package struct RecordBytes: Hashable {
    /// A byte below space that is no white space: illegal in XML.
    var hasControl = false
    /// A byte of a character outside ASCII.
    var hasNonASCII = false
    /// `&`.
    var hasReference = false
    /// `]]`, which `]]>` starts with: illegal in text.
    var hasBrackets = false

    /// Those of no bytes at all.
    package init() {}

    /// Looks at every byte, eight at a time.
    package init(_ bytes: Span<UInt8>) {
        var all: UInt64 = 0
        var control: UInt64 = 0
        var references: UInt64 = 0
        var brackets: UInt64 = 0
        // The word that starts a byte later, which shows pairs, must fit too.
        let wordCount = max(0, bytes.count - 1) / 8
        for index in 0..<wordCount {
            let here = bytes.word(at: 8 * index)
            let next = bytes.word(at: 8 * index + 1)
            all |= here
            control |=
                (here & 0xE0E0_E0E0_E0E0_E0E0).zeroBytes & ~(here ^ 0x0A0A_0A0A_0A0A_0A0A).zeroBytes
                & ~(here ^ 0x0909_0909_0909_0909).zeroBytes
                & ~(here ^ 0x0D0D_0D0D_0D0D_0D0D).zeroBytes
            references |= (here ^ 0x2626_2626_2626_2626).zeroBytes
            brackets |= ((here ^ 0x5D5D_5D5D_5D5D_5D5D) | (next ^ 0x5D5D_5D5D_5D5D_5D5D)).zeroBytes
        }
        hasControl = control != 0
        hasNonASCII = all & 0x8080_8080_8080_8080 != 0
        hasReference = references != 0
        hasBrackets = brackets != 0
        look(bytes, from: 8 * wordCount)
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
            if byte == UInt8(ascii: "]"), bytes.has(UInt8(ascii: "]"), at: index + 1) { hasBrackets = true }
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
