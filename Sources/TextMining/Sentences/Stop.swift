/// A full stop, question or exclamation mark with what surrounds it, and whether a sentence ends there.
struct Stop {
    /// After the marks themselves: where to read on when no sentence ends here.
    let afterMarks: Int
    /// After the closing quotes and brackets that belong to the sentence.
    let end: Int
    /// Whether a sentence ends here.
    let isBoundary: Bool

    /// Judges the mark at `position` in a sentence that starts at `sentenceStart`.
    ///
    /// - Parameter depth: How many brackets are open.
    init(_ text: Span<UInt8>, at position: Int, sentenceStart: Int, depth: Int) {
        let count = text.count
        var marks = position + 1
        while marks < count, Self.isMark(text[marks]) { marks += 1 }
        afterMarks = marks
        let closing = StopClosing(text, from: marks)
        let next = Letters.skipWhite(text, from: closing.end)
        guard next < count, !Letters.hasBlankLine(text, from: closing.end, to: next) else {
            end = closing.end
            isBoundary = next == count || closing.end > sentenceStart
            return
        }
        let before = StopBefore(text, stop: position, sentenceStart: sentenceStart)
        if next > closing.end {
            end = closing.end
            isBoundary = before.allowsEnd(
                text, mark: text[position], closing: closing, next: StopNext(text, at: next), depth: depth)
        } else {
            let glued = before.endOfGlued(text, mark: text[position], closing: closing)
            end = glued ?? closing.end
            isBoundary = glued != nil
        }
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "!")
    }
}
