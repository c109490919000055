import Corpus

/// Writes a ``TokenDiff`` as text for terminals, in the manner of `git diff --word-diff`.
///
/// | | |
/// |---|---|
/// | `[-words-]` | removed |
/// | `{+words+}` | inserted |
/// | `[>3 words>]` | moved away, where they stood |
/// | `{>3 words<}` | moved here, where they stand; the number is that of the place they came from |
///
/// A mark never spans lines. Paragraphs, bullets and headings that hold no change are left out, except for some
/// around those that do; before each stretch stands `@@ heading @@`, the heading above its first change. White space
/// is shown as the new text has it. Control characters are shown as symbols, so that a text cannot command a terminal.
public struct WordDiff: Hashable, Sendable {
    /// How many unchanged paragraphs, bullets or headings are shown before and after a changed one.
    public var context: Int
    /// Whether colours mark the changes too: red removed, green inserted, cyan moved.
    public var isColored: Bool

    /// Makes a writer.
    public init(context: Int = 1, isColored: Bool = false) {
        self.context = context
        self.isColored = isColored
    }

    /// The changes as lines, each with its end; empty when there are none.
    ///
    /// - Complexity: O(length of both texts and number of pieces).
    public func text(of diff: TokenDiff) -> String {
        if diff.isEmpty { return "" }
        var writer = LineWriter(diff: diff, isColored: isColored)
        writer.writePieces()
        return hunks(of: writer.lines)
    }

    /// The lines around changes.
    private func hunks(of lines: [DiffLine]) -> String {
        let blocks = Self.blocks(of: lines)
        let changed = blocks.indices.filter { lines[blocks[$0]].contains(where: \.isChanged) }
        var output = ""
        var heading = ""
        var headingBlock = 0
        var shown = 0
        for (place, block) in changed.enumerated() {
            let first = max(shown, block - context)
            if place == 0 || first > shown {
                while headingBlock < block {
                    let line = lines[blocks[headingBlock].lowerBound]
                    if TextBlock.kind(of: line.newText[...]) == .heading {
                        heading = String(decoding: line.newText, as: UTF8.self)
                    }
                    headingBlock += 1
                }
                let title = heading.isEmpty ? "@@" : "@@ \(heading) @@"
                output += isColored ? "\u{1B}[35m\(title)\u{1B}[m\n" : "\(title)\n"
            }
            // What follows up to the next change, as far as it is shown anyway.
            let next = place + 1 < changed.count ? changed[place + 1] : blocks.count
            let end = min(blocks.count, next, block + context + 1)
            for line in lines[blocks[first].lowerBound..<blocks[end - 1].upperBound] {
                output += line.shown + "\n"
            }
            shown = end
            if shown < blocks.count, next - context <= shown {
                // The next stretch goes on here: with the blank lines between.
                for line in lines[blocks[shown - 1].upperBound..<blocks[shown].lowerBound] {
                    output += line.shown + "\n"
                }
            }
        }
        return output
    }

    /// The lines of each block.
    private static func blocks(of lines: [DiffLine]) -> [Range<Int>] {
        var blocks: [Range<Int>] = []
        var isOpen = false
        for (index, line) in lines.enumerated() {
            switch TextBlock.kind(of: line.text[...]) {
            case .blank: isOpen = false
            case .text where isOpen:
                blocks[blocks.count - 1] = blocks[blocks.count - 1].lowerBound..<index + 1
            case .heading:
                blocks.append(index..<index + 1)
                isOpen = false
            case .bullet, .text:
                blocks.append(index..<index + 1)
                isOpen = true
            }
        }
        return blocks
    }
}

/// A line of both texts.
private struct DiffLine {
    /// The line with its marks.
    var shown = ""
    /// Its words of both texts.
    var text: [UInt8] = []
    /// Its words of the new text.
    var newText: [UInt8] = []
    var isChanged = false
}

/// Lays the pieces out in lines.
private struct LineWriter {
    let diff: TokenDiff
    let isColored: Bool
    private let old: [UInt8]
    private let new: [UInt8]
    private(set) var lines = [DiffLine()]

    init(diff: TokenDiff, isColored: Bool) {
        self.diff = diff
        self.isColored = isColored
        old = Array(diff.old.utf8)
        new = Array(diff.new.utf8)
    }

    mutating func writePieces() {
        var before: (old: TextRange?, new: TextRange?)?
        var moves = 0
        var numbers: [Int: Int] = [:]
        for (index, piece) in diff.pieces.enumerated() {
            let ranges = (
                old: piece.isNewOnly ? nil : trimmed(piece.old, of: old),
                new: piece.isOldOnly ? nil : trimmed(piece.new, of: new)
            )
            if ranges.old == nil, ranges.new == nil { continue }
            if let before { write(space(between: before, and: ranges), as: nil) }
            let mark: Mark?
            switch piece.change {
            case .kept: mark = nil
            case .removed: mark = Mark(open: "[-", close: "-]", color: "31")
            case .inserted: mark = Mark(open: "{+", close: "+}", color: "32")
            case .movedAway(let other), .movedHere(let other):
                let pair = min(index, other)
                if numbers[pair] == nil {
                    moves += 1
                    numbers[pair] = moves
                }
                let number = numbers[pair] ?? 0
                mark =
                    piece.isOldOnly
                    ? Mark(open: "[>\(number) ", close: ">]", color: "36")
                    : Mark(open: "{>\(number) ", close: "<}", color: "36")
            }
            if let range = ranges.new {
                write(new[range.start..<range.end], as: mark, isNew: true)
            } else if let range = ranges.old {
                write(old[range.start..<range.end], as: mark)
            }
            before = ranges
        }
    }

    /// What stands before and after a change.
    private struct Mark {
        var open: String
        var close: String
        var color: String
    }

    private func trimmed(_ range: TextRange, of bytes: [UInt8]) -> TextRange? {
        let slice = bytes[range.start..<range.end]
        guard let first = slice.firstIndex(where: { !isSpace($0) }),
            let last = slice.lastIndex(where: { !isSpace($0) })
        else { return nil }
        return TextRange(first, last + 1)
    }

    /// The white space to show between two pieces: that of a text in which they follow one another. What replaces
    /// something stands right behind it, unless both have lines of their own.
    private func space(
        between one: (old: TextRange?, new: TextRange?), and other: (old: TextRange?, new: TextRange?)
    ) -> ArraySlice<UInt8> {
        if let from = one.new, let to = other.new { return new[from.end..<to.start] }
        if let from = one.old, let to = other.old { return old[from.end..<to.start] }
        guard let from = one.old, let to = other.new else { return [] }
        let after = old[from.end...].prefix(while: isSpace)
        let start = new[..<to.start].lastIndex { !isSpace($0) }.map { $0 + 1 } ?? 0
        let ahead = new[start..<to.start]
        let newline = UInt8(ascii: "\n")
        let ownLines =
            (after.contains(newline) || from.end + after.count == old.count)
            && (ahead.contains(newline) || start == 0)
        return ownLines ? (ahead.contains(newline) ? ahead : [newline]) : []
    }

    /// Adds text to the lines, with marks on each line that it takes.
    private mutating func write(_ bytes: ArraySlice<UInt8>, as mark: Mark?, isNew: Bool = false) {
        let parts = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index > 0 { lines.append(DiffLine()) }
            let isWhole = index < parts.count - 1
            let part = isWhole && part.last == UInt8(ascii: "\r") ? part.dropLast() : part
            if part.isEmpty { continue }
            let last = lines.count - 1
            lines[last].text += part
            if isNew { lines[last].newText += part }
            if let mark, !part.allSatisfy(isSpace) {
                lines[last].isChanged = true
                let marked = mark.open + visible(part) + mark.close
                lines[last].shown += isColored ? "\u{1B}[\(mark.color)m\(marked)\u{1B}[m" : marked
            } else {
                if !isNew { lines[last].newText += part }
                lines[last].shown += visible(part)
            }
        }
    }

    /// The text with symbols for control characters.
    private func visible(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        let isPlain = bytes.allSatisfy { ($0 >= 0x20 || $0 == 0x09) && $0 != 0x7F && $0 != 0xC2 }
        if isPlain { return text }
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09: output.append(scalar)
            case 0..<0x20: output.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
            case 0x7F: output.append("\u{2421}")
            case 0x80..<0xA0: output.append("\u{FFFD}")
            default: output.append(scalar)
            }
        }
        return String(output)
    }
}

/// Whether a byte is white space of ASCII.
private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
}
