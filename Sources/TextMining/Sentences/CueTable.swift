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
        private let first: Int32
        private let count: Int32
        private let following: Int32
        /// Its place in the rows: of two equal phrases the first counts.
        let place: Int32
        let meaning: Meaning

        init(words: Range<Int>, second: Int?, place: Int, meaning: Meaning) {
            first = Int32(words.lowerBound)
            count = Int32(words.count)
            following = Int32(second ?? -1)
            self.place = Int32(place)
            self.meaning = meaning
        }

        var words: Range<Int> { Int(first)..<Int(first + count) }
        /// The opening of the second word; nil where there is none, or where it may be any of several.
        var second: Int? { following < 0 ? nil : Int(following) }
    }

    /// A word of a phrase: a run of letters.
    private struct Word: Sendable {
        private let first: Int32
        private let count: Int16
        let isPrefix: Bool

        init(letters: Range<Int>, isPrefix: Bool) {
            first = Int32(letters.lowerBound)
            count = Int16(letters.count)
            self.isPrefix = isPrefix
        }

        var letters: Range<Int> { Int(first)..<Int(first) + Int(count) }
    }

    /// The phrases that begin with the same word.
    private struct Group: Sendable {
        let word: Word
        private let beginning: Int32
        private let first: Int32
        private let count: Int32

        init(word: Word, opening: Int?, phrases: Range<Int>) {
            self.word = word
            beginning = Int32(opening ?? -1)
            first = Int32(phrases.lowerBound)
            count = Int32(phrases.count)
        }

        /// The opening of the word; nil where it may be any of several.
        var opening: Int? { beginning < 0 ? nil : Int(beginning) }
        /// The longest phrases first.
        var phrases: Range<Int> { Int(first)..<Int(first + count) }
    }

    /// Where the groups of each bucket begin; the next bucket's end them.
    private let starts: [Int16]
    /// The groups by the first two letters of their word. They, their phrases, the words of these and the letters of the
    /// words lie one behind the other: to look a word up touches no memory but these five tables.
    private let groups: [Group]
    private let phrases: [Phrase]
    private let words: [Word]
    private let letters: [UInt8]
    /// Which of the tables it is whose phrases are told by a look at a word; none for other tables.
    private let own: CueTables

    /// Makes a table; of two equal phrases the first counts.
    init(as own: CueTables = [], _ rows: [(phrases: String, meaning: Meaning)]) {
        self.own = own
        var words: [Word] = []
        var letters: [UInt8] = []
        // The phrases by their first words, in the order of these.
        var byWord: [[UInt8]: [Phrase]] = [:]
        var order: [[UInt8]] = []
        var place = 0
        for row in rows {
            for phrase in row.phrases.utf8.split(separator: UInt8(ascii: ",")) {
                let first = words.count
                let parts = phrase.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A })
                for part in parts {
                    let isOpen = part.last == UInt8(ascii: "*")
                    let start = letters.count
                    letters += isOpen ? part.dropLast() : part
                    words.append(Word(letters: start..<letters.count, isPrefix: isOpen))
                }
                guard let opening = parts.first.map({ Array($0) }) else { continue }
                if byWord[opening] == nil { order.append(opening) }
                byWord[opening, default: []].append(
                    Phrase(
                        words: first..<words.count,
                        second: parts.count > 1 ? Self.opening(of: words[first + 1], letters) : nil,
                        place: place,
                        meaning: row.meaning))
                place += 1
            }
        }
        var buckets = [[Group]](repeating: [], count: WordOpening.bucketCount)
        var phrases: [Phrase] = []
        for word in order {
            let start = phrases.count
            phrases += (byWord[word] ?? []).sorted {
                ($1.words.count, $0.place) < ($0.words.count, $1.place)
            }
            let first = words[phrases[start].words.lowerBound]
            // The bucket of a word is that of its first two letters.
            precondition(!first.isPrefix || first.letters.count > 1, "a prefix of one letter is never found")
            let opening = WordOpening.of(
                letters.span, from: first.letters.lowerBound, to: first.letters.upperBound)
            buckets[WordOpening.bucket(of: opening)].append(
                Group(word: first, opening: Self.opening(of: first, letters), phrases: start..<phrases.count))
        }
        var starts: [Int16] = [0]
        var groups: [Group] = []
        for bucket in buckets {
            groups += bucket
            starts.append(Int16(groups.count))
        }
        self.starts = starts
        self.groups = groups
        self.phrases = phrases
        self.words = words
        self.letters = letters
    }

    /// The opening that a word of a text must have to be a word of a phrase; nil where it may have one of several.
    private static func opening(of word: Word, _ letters: [UInt8]) -> Int? {
        if word.isPrefix, word.letters.count < 3 { return nil }
        return WordOpening.of(letters.span, from: word.letters.lowerBound, to: word.letters.upperBound)
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
        let opening = sentence.words[index].opening
        let bucket = WordOpening.bucket(of: opening)
        var best: Int?
        for group in Int(starts[bucket])..<Int(starts[bucket + 1]) {
            if let wanted = groups[group].opening, wanted != opening { continue }
            guard matches(groups[group].word, sentence, at: index) else { continue }
            for place in groups[group].phrases {
                if let best, !precedes(place, best) { break }
                if matches(place, sentence, at: index) {
                    best = place
                    break
                }
            }
        }
        guard let best else { return nil }
        return Match(
            first: index, last: index + phrases[best].words.count - 1, meaning: phrases[best].meaning)
    }

    /// Whether one phrase counts where another one begins with the same word of a text.
    private func precedes(_ one: Int, _ other: Int) -> Bool {
        let (count, otherCount) = (phrases[one].words.count, phrases[other].words.count)
        return count != otherCount ? count > otherCount : phrases[one].place < phrases[other].place
    }

    /// Whether the words of a phrase behind the first one follow on a word.
    private func matches(_ place: Int, _ sentence: SentenceWords, at index: Int) -> Bool {
        let range = phrases[place].words
        guard index + range.count <= sentence.count else { return false }
        if let second = phrases[place].second, sentence.words[index + 1].opening != second { return false }
        for offset in 1..<max(1, range.count)
        where !matches(words[range.lowerBound + offset], sentence, at: index + offset) {
            return false
        }
        return true
    }

    private func matches(_ wanted: Word, _ sentence: SentenceWords, at index: Int) -> Bool {
        let (start, end) = (sentence.words[index].start, sentence.words[index].end)
        let length = end - start
        guard wanted.isPrefix ? length >= wanted.letters.count : length == wanted.letters.count else {
            return false
        }
        for position in 0..<wanted.letters.count
        where sentence.folded[start + position] != letters[wanted.letters.lowerBound + position] {
            return false
        }
        return true
    }

    /// Marks the openings of words with which phrases of the table begin.
    func mark(in tables: inout [CueTables]) {
        for group in groups {
            let word = letters.span.extracting(group.word.letters)
            for opening in WordOpening.all(of: word, isPrefix: group.word.isPrefix) {
                tables[opening].formUnion(own)
            }
        }
    }
}
