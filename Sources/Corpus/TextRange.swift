/// A stretch of a text, counted in UTF-8 bytes from the text's start, end exclusive.
///
/// Both ends lie on boundaries of Unicode scalars in every range that BioScribe makes.
public struct TextRange: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The offset of the first byte.
    public let start: Int
    /// The offset after the last byte.
    public let end: Int

    /// Makes a range; `start` must not be greater than `end`.
    public init(_ start: Int, _ end: Int) {
        precondition(start <= end, "a text range starts after its end")
        self.start = start
        self.end = end
    }

    /// The number of bytes.
    public var count: Int { end - start }
    /// Whether the range holds no byte.
    public var isEmpty: Bool { start == end }

    /// Whether the two ranges share a byte.
    public func overlaps(_ other: TextRange) -> Bool { start < other.end && other.start < end }

    /// Whether every byte of `other` lies in this range.
    public func contains(_ other: TextRange) -> Bool { start <= other.start && other.end <= end }

    /// The same stretch, counted from `distance` bytes further on.
    public func shifted(by distance: Int) -> TextRange { TextRange(start + distance, end + distance) }

    /// `start..<end`.
    public var description: String { "\(start)..<\(end)" }

    /// By start, then by end.
    public static func < (one: TextRange, other: TextRange) -> Bool {
        (one.start, one.end) < (other.start, other.end)
    }
}

extension String {
    /// The text of a range, whose offsets are UTF-8 bytes; nil when the range leaves the string or cuts a
    /// Unicode scalar.
    ///
    /// - Complexity: O(length of the slice); the string must be stored as UTF-8, as native strings are.
    public func slice(_ range: TextRange) -> String? {
        guard range.start >= 0, range.end <= utf8.count else { return nil }
        let from = utf8.index(startIndex, offsetBy: range.start)
        let to = utf8.index(startIndex, offsetBy: range.end)
        return String(utf8[from..<to])
    }

    /// How many Unicode scalars (code points) stand before a UTF-8 offset: the unit of PubTator, BioC JSON and
    /// Web Annotation.
    ///
    /// - Complexity: O(offset).
    public func codePointOffset(ofByte offset: Int) -> Int {
        var count = 0
        var position = 0
        for byte in utf8 {
            if position >= offset { break }
            if byte & 0xC0 != 0x80 { count += 1 }
            position += 1
        }
        return count
    }
}
