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
