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
        var bytes: [UInt8] = []
        var folded: [UInt8] = []
        bytes.reserveCapacity(text.count)
        folded.reserveCapacity(text.count)
        for position in 0..<text.count {
            bytes.append(text[position])
            folded.append(Letters.folded(text[position]))
        }
        var words: [Word] = []
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
                while position < text.count, Letters.isWord(text[position]) || Self.joins(text, at: position),
                    Letters.white(text, at: position) == 0
                {
                    position += 1
                }
                words.append(Word(start: start, end: position, isWord: true, depth: depth))
            } else {
                let byte = text[position]
                if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") { depth = max(0, depth - 1) }
                words.append(Word(start: start, end: position + 1, isWord: false, depth: depth))
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

/// Phrases with what they mean, found in a sentence in one pass.
///
/// A phrase is one or more words in lower case; `*` at a word's end stands for any ending: `suggest* that`.
struct CueTable<Meaning: Sendable>: Sendable {
    /// A phrase in a sentence.
    struct Match {
        /// Its first word.
        let first: Int
        /// Its last word.
        let last: Int
        /// What it means.
        let meaning: Meaning
    }

    private struct Phrase: Sendable {
        let words: [[UInt8]]
        let isPrefix: [Bool]
        let meaning: Meaning
    }

    /// The phrases by the first two letters of their first word, the longest first.
    private let buckets: [[Phrase]]

    /// Makes a table; of two equal phrases the first counts.
    init(_ rows: [(phrases: String, meaning: Meaning)]) {
        var buckets = [[Phrase]](repeating: [], count: 27 * 27)
        for row in rows {
            for phrase in row.phrases.utf8.split(separator: UInt8(ascii: ",")) {
                var words: [[UInt8]] = []
                var isPrefix: [Bool] = []
                for part in phrase.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
                    let isOpen = part.last == UInt8(ascii: "*")
                    words.append(Array(isOpen ? part.dropLast() : part))
                    isPrefix.append(isOpen)
                }
                guard let first = words.first else { continue }
                let bucket = Self.bucket(first, 0, first.count)
                buckets[bucket].append(Phrase(words: words, isPrefix: isPrefix, meaning: row.meaning))
            }
        }
        for index in buckets.indices {
            // Stable: the longest first, equal ones as they came.
            buckets[index] = buckets[index].enumerated().sorted {
                ($1.element.words.count, $0.offset) < ($0.element.words.count, $1.offset)
            }.map(\.element)
        }
        self.buckets = buckets
    }

    private static func bucket(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
        let first = start < end && Letters.isLower(bytes[start]) ? Int(bytes[start] - 0x60) : 0
        let second = start + 1 < end && Letters.isLower(bytes[start + 1]) ? Int(bytes[start + 1] - 0x60) : 0
        return first * 27 + second
    }

    /// The phrases in a sentence, the longest at each place; they do not overlap.
    func matches(in sentence: SentenceWords) -> [Match] {
        var matches: [Match] = []
        var index = 0
        while index < sentence.count {
            guard sentence.words[index].isWord, let match = match(in: sentence, at: index) else {
                index += 1
                continue
            }
            matches.append(match)
            index = match.last + 1
        }
        return matches
    }

    /// The longest phrase that starts at a word.
    func match(in sentence: SentenceWords, at index: Int) -> Match? {
        guard index < sentence.count else { return nil }
        let word = sentence.words[index]
        for phrase in buckets[Self.bucket(sentence.folded, word.start, word.end)]
        where matches(phrase, sentence, at: index) {
            return Match(first: index, last: index + phrase.words.count - 1, meaning: phrase.meaning)
        }
        return nil
    }

    private func matches(_ phrase: Phrase, _ sentence: SentenceWords, at index: Int) -> Bool {
        guard index + phrase.words.count <= sentence.count else { return false }
        for (offset, wanted) in phrase.words.enumerated() {
            let word = sentence.words[index + offset]
            let length = word.end - word.start
            guard phrase.isPrefix[offset] ? length >= wanted.count : length == wanted.count else {
                return false
            }
            for position in 0..<wanted.count where sentence.folded[word.start + position] != wanted[position]
            {
                return false
            }
        }
        return true
    }
}
