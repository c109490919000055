import Corpus

/// A sentence as words and marks, with a folded copy of its bytes: what the cue tables read.
struct SentenceWords {
    /// A word, or one punctuation mark.
    struct Word {
        /// Its first byte.
        let start: Int
        /// After its last byte.
        let end: Int
        /// Whether it is a word; hyphens and apostrophes inside count as part of it.
        let isWord: Bool
        /// How many brackets are open.
        let depth: Int
        /// Where tables of phrases keep those that begin with it.
        let bucket: Int
    }

    /// The sentence's bytes as they are.
    let bytes: [UInt8]
    /// The same with ASCII letters in lower case.
    let folded: [UInt8]
    /// The words and marks in order.
    let words: [Word]

    /// Reads a sentence.
    ///
    /// - Complexity: O(bytes).
    init(_ text: Span<UInt8>) {
        var bytes = [UInt8](repeating: 0, count: text.count)
        var folded = bytes
        for position in 0..<text.count {
            bytes[position] = text[position]
            folded[position] = Letters.folded(text[position])
        }
        var words: [Word] = []
        words.reserveCapacity(text.count / 5 + 1)
        var depth = 0
        var position = 0
        while position < text.count {
            let white = Letters.white(text, at: position)
            if white > 0 {
                position += white
                continue
            }
            let start = position
            if Letters.isWord(text[position]) {
                while position < text.count,
                    Letters.isLetter(text[position]) || Letters.isDigit(text[position])
                        || (text[position] >= 0x80 || Self.joins(text, at: position))
                            && Letters.white(text, at: position) == 0
                {
                    position += 1
                }
                words.append(
                    Word(
                        start: start, end: position, isWord: true, depth: depth,
                        bucket: WordBucket.of(folded.span, from: start, to: position)))
            } else {
                let byte = text[position]
                if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") { depth = max(0, depth - 1) }
                words.append(
                    Word(start: start, end: position + 1, isWord: false, depth: depth, bucket: 0))
                if byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") { depth += 1 }
                position += 1
            }
        }
        self.bytes = bytes
        self.folded = folded
        self.words = words
    }

    /// Whether a hyphen, apostrophe or point stands between two word bytes.
    private static func joins(_ text: Span<UInt8>, at position: Int) -> Bool {
        switch text[position] {
        case UInt8(ascii: "-"), UInt8(ascii: "'"), UInt8(ascii: "."):
            position + 1 < text.count && Letters.isWord(text[position + 1])
        default: false
        }
    }

    /// How many words and marks there are.
    var count: Int { words.count }

    /// Whether a word is this one; `other` must be in lower case, in ASCII.
    func isWord(_ index: Int, _ other: StaticString) -> Bool {
        guard index >= 0, index < words.count else { return false }
        let word = words[index]
        guard word.end - word.start == other.utf8CodeUnitCount else { return false }
        return other.withUTF8Buffer { buffer in
            for offset in 0..<buffer.count where unsafe buffer[offset] != folded[word.start + offset] {
                return false
            }
            return true
        }
    }

    /// Whether an element is this mark.
    func isMark(_ index: Int, _ mark: UInt8) -> Bool {
        index >= 0 && index < words.count && !words[index].isWord && bytes[words[index].start] == mark
    }

    /// Whether the folded word begins with these bytes.
    func hasPrefix(_ index: Int, _ prefix: StaticString) -> Bool {
        let word = words[index]
        guard word.end - word.start >= prefix.utf8CodeUnitCount else { return false }
        return prefix.withUTF8Buffer { buffer in
            for offset in 0..<buffer.count where unsafe buffer[offset] != folded[word.start + offset] {
                return false
            }
            return true
        }
    }

    /// Whether the folded word ends with these bytes.
    func hasSuffix(_ index: Int, _ suffix: StaticString) -> Bool {
        let word = words[index]
        let length = suffix.utf8CodeUnitCount
        guard word.end - word.start >= length else { return false }
        return suffix.withUTF8Buffer { buffer in
            for offset in 0..<length where unsafe buffer[offset] != folded[word.end - length + offset] {
                return false
            }
            return true
        }
    }

    /// The words that a stretch of bytes touches; nil when it touches none.
    func span(of range: TextRange) -> ClosedRange<Int>? {
        var first: Int?
        var last = 0
        for (index, word) in words.enumerated() where word.start < range.end && range.start < word.end {
            if first == nil { first = index }
            last = index
        }
        return first.map { $0...last }
    }
}
