import Corpus

/// A heading, a bullet or a paragraph of a text as a stretch of its bytes: the blocks of ``MarkdownArticle``.
package struct TextBlock: Hashable, Sendable {
    /// What a line is by itself.
    package enum LineKind: Hashable, Sendable {
        /// White space only.
        case blank
        /// `## Words`.
        case heading
        /// `- Words`: the first line of a bullet.
        case bullet
        /// Any other: a line of a paragraph, or one that goes on with a bullet or a paragraph.
        case text
    }

    /// The kind of its first line; never blank.
    package var kind: LineKind
    /// Its bytes, indentation included, the last line's end excluded.
    package var range: TextRange

    /// The blocks of a text in order. What stands between them is line ends and blank lines.
    ///
    /// - Complexity: O(length).
    package static func blocks(of bytes: [UInt8]) -> [TextBlock] {
        var blocks: [TextBlock] = []
        var isOpen = false
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            var lineEnd = end
            // A carriage return ends a line only together with a line feed, or at the end of the text.
            if lineEnd > start, bytes[lineEnd - 1] == UInt8(ascii: "\r") { lineEnd -= 1 }
            let kind = kind(of: bytes[start..<lineEnd])
            switch kind {
            case .blank: isOpen = false
            case .text where isOpen:
                blocks[blocks.count - 1].range = TextRange(blocks[blocks.count - 1].range.start, lineEnd)
            case .text, .bullet, .heading:
                blocks.append(TextBlock(kind: kind, range: TextRange(start, lineEnd)))
                isOpen = kind != .heading
            }
            start = end + 1
        }
        return blocks
    }

    /// What a line, given without its end, is.
    static func kind(of line: ArraySlice<UInt8>) -> LineKind {
        let space = UInt8(ascii: " ")
        let body = line.drop { $0 == space }
        if body.allSatisfy({ $0 == UInt8(ascii: "\t") }) { return .blank }
        if body.startIndex - line.startIndex < 4 {
            let rest = body.drop { $0 == UInt8(ascii: "#") }
            let level = rest.startIndex - body.startIndex
            if (1...6).contains(level), rest.isEmpty || rest.first == space { return .heading }
        }
        if let first = body.first, "-*+".utf8.contains(first), body.dropFirst().first == space {
            return .bullet
        }
        return .text
    }
}
