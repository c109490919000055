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

    /// A phrase: a run of words, and what it means.
    private struct Phrase: Sendable {
        let words: Range<Int>
        let meaning: Meaning
    }

    /// A word of a phrase: a run of letters.
    private struct Word: Sendable {
        let letters: Range<Int>
        let isPrefix: Bool
    }

    /// Where the phrases of each bucket begin; the next bucket's end them.
    private let starts: [Int]
    /// The phrases by the first two letters of their first word, the longest first. They, their words and the letters of
    /// these lie one behind the other: to look a word up touches no memory but these four tables.
    private let phrases: [Phrase]
    private let words: [Word]
    private let letters: [UInt8]

    /// Makes a table; of two equal phrases the first counts.
    init(_ rows: [(phrases: String, meaning: Meaning)]) {
        var buckets = [[Phrase]](repeating: [], count: WordBucket.count)
        var words: [Word] = []
        var letters: [UInt8] = []
        for row in rows {
            for phrase in row.phrases.utf8.split(separator: UInt8(ascii: ",")) {
                let first = words.count
                for part in phrase.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
                    let isOpen = part.last == UInt8(ascii: "*")
                    let start = letters.count
                    letters += isOpen ? part.dropLast() : part
                    words.append(Word(letters: start..<letters.count, isPrefix: isOpen))
                }
                guard first < words.count else { continue }
                let opening = words[first].letters
                let bucket = WordBucket.of(letters.span, from: opening.lowerBound, to: opening.upperBound)
                buckets[bucket].append(Phrase(words: first..<words.count, meaning: row.meaning))
            }
        }
        var starts = [0]
        var phrases: [Phrase] = []
        for bucket in buckets {
            // Stable: the longest first, equal ones as they came.
            phrases += bucket.enumerated().sorted {
                ($1.element.words.count, $0.offset) < ($0.element.words.count, $1.offset)
            }.map(\.element)
            starts.append(phrases.count)
        }
        self.starts = starts
        self.phrases = phrases
        self.words = words
        self.letters = letters
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

    /// Whether a phrase may start at a word that begins with two bytes in lower case.
    func mayHold(_ first: UInt8, _ second: UInt8) -> Bool {
        let bytes: [2 of UInt8] = [first, second]
        let bucket = WordBucket.of(bytes.span, from: 0, to: 2)
        return starts[bucket] < starts[bucket + 1]
    }

    /// The longest phrase that starts at a word.
    func match(in sentence: SentenceWords, at index: Int) -> Match? {
        guard index < sentence.count else { return nil }
        let bucket = Int(sentence.words[index].bucket)
        for place in starts[bucket]..<starts[bucket + 1] where matches(place, sentence, at: index) {
            return Match(
                first: index, last: index + phrases[place].words.count - 1, meaning: phrases[place].meaning)
        }
        return nil
    }

    private func matches(_ place: Int, _ sentence: SentenceWords, at index: Int) -> Bool {
        let range = phrases[place].words
        guard index + range.count <= sentence.count else { return false }
        for offset in 0..<range.count {
            let word = sentence.words[index + offset]
            let wanted = words[range.lowerBound + offset]
            let length = word.end - word.start
            guard wanted.isPrefix ? length >= wanted.letters.count : length == wanted.letters.count else {
                return false
            }
            for position in 0..<wanted.letters.count
            where sentence.folded[word.start + position] != letters[wanted.letters.lowerBound + position] {
                return false
            }
        }
        return true
    }
}

/// Where a table of phrases keeps those that begin with a word: a number made of its first two letters.
enum WordBucket {
    /// How many there are.
    static let count = 27 * 27

    /// The bucket of a word in lower case; other signs than letters are all alike.
    @inline(__always)
    static func of(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        let first = start < end && Letters.isLower(bytes[start]) ? Int(bytes[start] - 0x60) : 0
        let second = start + 1 < end && Letters.isLower(bytes[start + 1]) ? Int(bytes[start + 1] - 0x60) : 0
        return first * 27 + second
    }
}
