/// Makes the strings of fields from bytes that are known to be UTF-8, and those that many records share only once.
///
/// A string of 15 bytes or less needs no memory of its own. Longer ones that come back, as journals and headings do, are
/// kept: each in the place that its hash gives it, from which the next one of that hash takes it over. So memory stays within
/// a quarter of a megabyte.
package struct FieldStrings {
    private static let size = 2048
    /// The longest string that is kept, and the longest that needs no memory.
    private static let keptLength = 120
    private static let inlineLength = 15

    private var kept = [String](repeating: "", count: FieldStrings.size)

    /// Starts with nothing kept.
    package init() {}

    /// The text of a field without markup, as `FlattenedText` makes it.
    ///
    /// - Parameters:
    ///   - content: valid UTF-8.
    ///   - isRepeated: whether the text is likely to come again.
    package mutating func text(_ content: Span<UInt8>, isRepeated: Bool) -> String {
        let kinds = FieldBytes(content)
        let isASCII = !kinds.hasNonASCII
        if kinds.hasControl {
            let joined = FlattenedText.joiningLines(content)
            return string(joined.span, isASCII: isASCII)
        }
        let trimmed = FlattenedText.withoutSpaceAtEnds(content)
        let bytes = content.extracting(trimmed)
        if isRepeated, bytes.count > Self.inlineLength, bytes.count <= Self.keptLength {
            return repeated(bytes, isASCII: isASCII)
        }
        return string(bytes, isASCII: isASCII)
    }

    private mutating func repeated(_ bytes: Span<UInt8>, isASCII: Bool) -> String {
        let slot = Self.slot(bytes)
        let known = kept[slot]
        if known.utf8.count == bytes.count, bytes.has(known.utf8Span.span, 0, at: 0, count: bytes.count) {
            return known
        }
        let new = string(bytes, isASCII: isASCII)
        kept[slot] = new
        return new
    }

    /// A string of valid UTF-8.
    @inline(__always)
    private func string(_ bytes: Span<UInt8>, isASCII: Bool) -> String {
        let text = unsafe UTF8Span(unchecked: bytes, isKnownASCII: isASCII)
        return String(copying: text)
    }

    /// FNV-1a over words (Fowler, Noll and Vo), the last of which overlaps the one before it.
    private static func slot(_ bytes: Span<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(bytes.count)
        var position = 0
        while position + 8 <= bytes.count {
            hash = (hash ^ bytes.word(at: position)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
            position += 8
        }
        hash = (hash ^ bytes.word(at: bytes.count - 8)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: hash >> 53)
    }
}
