import Corpus

/// A sentence as words and marks, with a folded copy of its bytes: what the cue tables read.
///
/// A value is memory for one sentence after the other.
struct SentenceWords: Sendable {
    /// A word, or one punctuation mark.
    struct Word: Sendable {
        private let first: Int32
        private let behind: Int32
        private let letters: Int32
        private let brackets: Int32
        /// The tables that may hold phrases which begin with it.
        let cues: CueTables
        /// The kinds of its bytes.
        let bytes: ByteKinds
        /// Whether it is a word; hyphens and apostrophes inside count as part of it.
        let isWord: Bool

        init(
            start: Int, end: Int, isWord: Bool, depth: Int, opening: Int, cues: CueTables, bytes: ByteKinds
        ) {
            first = Int32(start)
            behind = Int32(end)
            letters = Int32(opening)
            brackets = Int32(depth)
            self.cues = cues
            self.bytes = bytes
            self.isWord = isWord
        }

        /// Its first byte.
        var start: Int { Int(first) }
        /// After its last byte.
        var end: Int { Int(behind) }
        /// How many brackets are open.
        var depth: Int { Int(brackets) }
        /// Its first three letters, as a number.
        var opening: Int { Int(letters) }
    }

    /// The sentence's bytes as they are.
    private(set) var bytes: [UInt8] = []
    /// The same with ASCII letters in lower case.
    private(set) var folded: [UInt8] = []
    /// The words and marks in order.
    private(set) var words: [Word] = []
    /// The tables that may hold a phrase of the sentence.
    private(set) var cues: CueTables = []
    // Tables of the program cost a call each time.
    private let kinds = ByteKinds.table
    private let tables = CueTables.byOpening

    /// No words.
    init() {}

    /// Reads a sentence.
    init(_ text: Span<UInt8>) { read(text) }

    /// Reads a sentence in place of the one at hand.
    ///
    /// - Complexity: O(bytes).
    mutating func read(_ text: Span<UInt8>) {
        copy(text)
        words.removeAll(keepingCapacity: true)
        words.reserveCapacity(text.count / 5 + 1)
        cues = []
        let (kindTable, tables) = (self.kinds, self.tables)
        let kinds = kindTable.span
        var depth = 0
        var position = 0
        while position < text.count {
            let kind = kinds[Int(text[position])]
            if kind.contains(.white) {
                position += 1
                continue
            }
            if kind.contains(.high) {
                let white = Letters.white(text, at: position)
                if white > 0 {
                    position += white
                    continue
                }
            }
            let start = position
            if kind.isDisjoint(with: .word) {
                if kind.contains(.closing) { depth = max(0, depth - 1) }
                position += 1
                words.append(
                    Word(
                        start: start, end: position, isWord: false, depth: depth, opening: 0, cues: tables[0],
                        bytes: kind))
                if kind.contains(.opening) { depth += 1 }
                continue
            }
            var seen: ByteKinds = []
            while position < text.count {
                let kind = kinds[Int(text[position])]
                if kind.isDisjoint(with: .alphanumeric) {
                    if kind.contains(.high) {
                        if Letters.white(text, at: position) > 0 { break }
                    } else if !kind.contains(.joining) || position + 1 == text.count
                        || kinds[Int(text[position + 1])].isDisjoint(with: .word)
                    {
                        break
                    }
                }
                seen.formUnion(kind)
                position += 1
            }
            let opening = WordOpening.of(folded.span, from: start, to: position)
            let cues = tables[opening]
            self.cues.formUnion(cues)
            words.append(
                Word(
                    start: start, end: position, isWord: true, depth: depth, opening: opening, cues: cues,
                    bytes: seen))
        }
    }

    /// Takes the bytes over, as they are and folded.
    private mutating func copy(_ text: Span<UInt8>) {
        let further = text.count - bytes.count
        if further < 0 {
            bytes.removeLast(-further)
            folded.removeLast(-further)
        }
        if further > 0 {
            bytes.append(contentsOf: repeatElement(0, count: further))
            folded.append(contentsOf: repeatElement(0, count: further))
        }
        var same = bytes.mutableSpan
        for position in 0..<text.count { same[position] = text[position] }
        var lower = folded.mutableSpan
        for position in 0..<text.count { lower[position] = Letters.folded(text[position]) }
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
