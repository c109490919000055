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
    /// Which of the tables it is whose phrases are told by a look at a word; none for other tables.
    private let own: CueTables

    /// Makes a table; of two equal phrases the first counts.
    init(as own: CueTables = [], _ rows: [(phrases: String, meaning: Meaning)]) {
        self.own = own
        var buckets = [[Phrase]](repeating: [], count: WordOpening.bucketCount)
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
                let bucket = WordOpening.bucket(
                    of: WordOpening.of(letters.span, from: opening.lowerBound, to: opening.upperBound))
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
        while let match = next(in: sentence, from: index) {
            matches.append(match)
            index = match.last + 1
        }
        return matches
    }

    /// The first phrase that starts at a word or behind it. Asked again behind each match, it gives all matches.
    func next(in sentence: SentenceWords, from index: Int) -> Match? {
        if !own.isEmpty, sentence.cues.isDisjoint(with: own) { return nil }
        var index = index
        while index < sentence.count {
            if sentence.words[index].isWord, let match = match(in: sentence, at: index) { return match }
            index += 1
        }
        return nil
    }

    /// Whether a phrase may start at a word that begins with two bytes in lower case.
    func mayHold(_ first: UInt8, _ second: UInt8) -> Bool {
        let bytes: [2 of UInt8] = [first, second]
        let bucket = WordOpening.bucket(of: WordOpening.of(bytes.span, from: 0, to: 2))
        return starts[bucket] < starts[bucket + 1]
    }

    /// The longest phrase that starts at a word.
    @inline(__always)
    func match(in sentence: SentenceWords, at index: Int) -> Match? {
        guard index < sentence.count else { return nil }
        if !own.isEmpty, sentence.words[index].cues.isDisjoint(with: own) { return nil }
        return longestMatch(in: sentence, at: index)
    }

    private func longestMatch(in sentence: SentenceWords, at index: Int) -> Match? {
        let bucket = sentence.words[index].bucket
        for place in starts[bucket]..<starts[bucket + 1] where matches(place, sentence, at: index) {
            return Match(
                first: index, last: index + phrases[place].words.count - 1, meaning: phrases[place].meaning)
        }
        return nil
    }

    /// Marks the openings of words with which phrases of the table begin.
    func mark(in tables: inout [CueTables]) {
        for phrase in phrases {
            let word = words[phrase.words.lowerBound]
            let (start, end) = (word.letters.lowerBound, word.letters.upperBound)
            let opening = WordOpening.of(letters.span, from: start, to: end)
            // A word that goes on has any letter behind those of the phrase.
            let further = !word.isPrefix || end - start > 2 ? 1 : end - start == 2 ? 27 : 27 * 27
            for other in opening..<(opening + further) { tables[other].formUnion(own) }
        }
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

/// The beginning of a word as a number: its first three letters.
enum WordOpening {
    /// How many there are.
    static let count = 27 * 27 * 27

    /// In how many buckets a table of phrases keeps these: one for each two letters.
    static let bucketCount = 27 * 27

    /// The bucket for words that begin so.
    @inline(__always)
    static func bucket(of opening: Int) -> Int { opening / 27 }

    /// The opening of a word in lower case; other signs than letters are all alike.
    @inline(__always)
    static func of(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        var opening = 0
        for position in start..<start + 3 {
            opening *= 27
            if position < end, Letters.isLower(bytes[position]) { opening += Int(bytes[position] - 0x60) }
        }
        return opening
    }
}
