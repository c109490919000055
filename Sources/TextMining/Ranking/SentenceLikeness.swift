/// When two sentences are the same for a reader: by the runs of three words that they share (shingles; Broder 1997).
///
/// Words are compared without case and punctuation. Two sentences are alike when they share so much of all their
/// shingles (`resemblance`), or when one holds so much of the other's (`containment`).
public struct SentenceLikeness: Hashable, Sendable {
    /// The share of shingles in both, of those in either.
    public var resemblance = 0.6
    /// The share of the shorter one's shingles that the longer one has.
    public var containment = 0.8
    /// The share of a title's longer words that a sentence of the abstract must have to say what the title says.
    public var titleWords = 0.6

    /// The thresholds that a pipeline has when it says nothing.
    public init() {}

    /// Whether two sentences of a list are alike. Without words, only equal ones are.
    public func areAlike(_ one: Int, _ other: Int, in list: SentenceShingles) -> Bool {
        let (first, second) = (list.count(of: one), list.count(of: other))
        if first == 0 || second == 0 { return first == 0 && second == 0 }
        let smaller = Double(min(first, second))
        let both = Double(first + second)
        // What the easier of the two conditions asks for at least: most pairs share nothing and are left early.
        let least = Int(min(resemblance / (1 + resemblance) * both, containment * smaller))
        guard list.mostShared(one, other) >= least,
            let count = list.sharedCount(one, other, atLeast: least)
        else { return false }
        let shared = Double(count)
        let union = both - shared
        return shared >= resemblance * union || shared >= containment * smaller
    }

    /// How many of a title's words of four or more bytes a sentence has, where they are enough to say what the title
    /// says; nil where they are not.
    func wordsShared(by sentence: Int, withTitle title: Int, in list: SentenceShingles) -> Int? {
        let count = list.longWordCount(of: title)
        guard count > 0 else { return nil }
        let shared = list.sharedLongWords(title, sentence)
        return Double(shared) >= titleWords * Double(count) ? shared : nil
    }
}

/// The runs of three words of each of some sentences, as hashes, in one list: a ranking compares thousands.
public struct SentenceShingles: Sendable {
    private struct Row {
        /// Where its shingles stand: sorted, each once. A sentence of fewer than three words is one shingle.
        var shingles: Range<Int>
        /// Where its words of four or more bytes stand: sorted, each once.
        var longWords: Range<Int>
        /// A bit for each shingle, by its hash: two may share one.
        var marks = SIMD4<UInt64>()
    }

    private var rows: [Row] = []
    private var shingles: [UInt64] = []
    private var longWords: [UInt64] = []

    /// A list without sentences.
    public init() {}

    /// Takes a sentence apart, in UTF-8, and appends it.
    ///
    /// - Complexity: O(n log n) in the length of the sentence.
    public mutating func append(_ text: Span<UInt8>) {
        let firstShingle = shingles.count
        let firstWord = longWords.count
        // The hashes of the two words before.
        var (before, last) = (UInt64(0), UInt64(0))
        var count = 0
        var hash = Self.basis
        var length = 0
        for place in 0...text.count {
            if place < text.count {
                let byte = text[place]
                if byte.isLowerCaseLetter || byte.isDigit || byte >= 0x80 {
                    hash = Self.mix(hash, byte)
                    length += 1
                    continue
                }
                if byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") {
                    hash = Self.mix(hash, byte | 0x20)
                    length += 1
                    continue
                }
            }
            guard length > 0 else { continue }
            if length >= 4 { longWords.append(hash) }
            if count >= 2 {
                shingles.append(Self.joined(Self.joined(Self.joined(Self.basis, before), last), hash))
            }
            count += 1
            (before, last) = (last, hash)
            hash = Self.basis
            length = 0
        }
        if count == 1 { shingles.append(Self.joined(Self.basis, last)) }
        if count == 2 { shingles.append(Self.joined(Self.joined(Self.basis, before), last)) }
        Self.sortOnce(&shingles, from: firstShingle)
        Self.sortOnce(&longWords, from: firstWord)
        var row = Row(shingles: firstShingle..<shingles.count, longWords: firstWord..<longWords.count)
        for place in row.shingles {
            let hash = shingles[place]
            row.marks[Int(hash >> 6 & 3)] |= 1 << (hash & 63)
        }
        rows.append(row)
    }

    /// How much memory the hashes take, in bytes.
    var byteCount: Int {
        8 * (shingles.count + longWords.count) + MemoryLayout<Row>.stride * rows.count
    }

    /// How many shingles a sentence has.
    func count(of sentence: Int) -> Int { rows[sentence].shingles.count }

    /// How many words of four or more bytes a sentence has.
    func longWordCount(of sentence: Int) -> Int { rows[sentence].longWords.count }

    /// A number that the shingles in both are not above: that of the bits in both, and one for each shingle that has its
    /// bit with another. Nearly all pairs of sentences are told apart by it.
    func mostShared(_ one: Int, _ other: Int) -> Int {
        rows[one].shingles.count - Self.bits(rows[one].marks)
            + Self.bits(rows[one].marks & rows[other].marks)
    }

    /// How many shingles both have; nil as soon as it is clear that they are fewer than asked for.
    func sharedCount(_ one: Int, _ other: Int, atLeast least: Int) -> Int? {
        Self.sharedCount(shingles, rows[one].shingles, rows[other].shingles, atLeast: least)
    }

    /// How many words of four or more bytes both have.
    func sharedLongWords(_ one: Int, _ other: Int) -> Int {
        Self.sharedCount(longWords, rows[one].longWords, rows[other].longWords, atLeast: 0) ?? 0
    }

    private static func bits(_ marks: SIMD4<UInt64>) -> Int {
        marks[0].nonzeroBitCount + marks[1].nonzeroBitCount + marks[2].nonzeroBitCount
            + marks[3].nonzeroBitCount
    }

    /// Below this, insertion sort is faster than the library's.
    private static var fewHashes: Int { 48 }

    /// Sorts what a list has from a place on, and leaves each hash once.
    private static func sortOnce(_ hashes: inout [UInt64], from start: Int) {
        if hashes.count - start > fewHashes {
            hashes[start...].sort()
        } else {
            for place in start..<hashes.count {
                let hash = hashes[place]
                var free = place
                while free > start, hashes[free - 1] > hash {
                    hashes[free] = hashes[free - 1]
                    free -= 1
                }
                hashes[free] = hash
            }
        }
        var kept = start
        for place in start..<hashes.count where place == start || hashes[place] != hashes[kept - 1] {
            hashes[kept] = hashes[place]
            kept += 1
        }
        hashes.removeSubrange(kept...)
    }

    private static func sharedCount(
        _ hashes: [UInt64], _ one: Range<Int>, _ other: Range<Int>, atLeast least: Int
    ) -> Int? {
        var count = 0
        var first = one.lowerBound
        var second = other.lowerBound
        while first < one.upperBound, second < other.upperBound {
            if count + min(one.upperBound - first, other.upperBound - second) < least { return nil }
            if hashes[first] == hashes[second] {
                count += 1
                first += 1
                second += 1
            } else if hashes[first] < hashes[second] {
                first += 1
            } else {
                second += 1
            }
        }
        return count
    }

    // FNV-1a, 64 bits: the same on every machine and in every run, as Hasher is not.
    private static var basis: UInt64 { 0xCBF2_9CE4_8422_2325 }
    private static var prime: UInt64 { 0x0000_0100_0000_01B3 }
    private static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* prime }
    private static func joined(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* prime
        return product ^ product >> 29
    }
}
