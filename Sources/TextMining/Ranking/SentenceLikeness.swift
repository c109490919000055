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

    /// Whether two sentences are alike. Without words, only equal ones are.
    public func areAlike(_ one: SentenceShingles, _ other: SentenceShingles) -> Bool {
        if one.hashes.isEmpty || other.hashes.isEmpty { return one.hashes.isEmpty && other.hashes.isEmpty }
        let smaller = Double(min(one.hashes.count, other.hashes.count))
        let both = Double(one.hashes.count + other.hashes.count)
        // What the easier of the two conditions asks for at least: most pairs share nothing and are left early.
        let least = Int(min(resemblance / (1 + resemblance) * both, containment * smaller))
        guard one.mostShared(with: other) >= least,
            let count = one.sharedCount(with: other, atLeast: least)
        else { return false }
        let shared = Double(count)
        let union = both - shared
        return shared >= resemblance * union || shared >= containment * smaller
    }

    /// How many of a title's words of four or more bytes a sentence has, where they are enough to say what the title
    /// says; nil where they are not.
    public func wordsShared(by sentence: SentenceShingles, withTitle title: SentenceShingles) -> Int? {
        guard !title.longWords.isEmpty else { return nil }
        let shared = SentenceShingles.sharedCount(title.longWords, sentence.longWords)
        return Double(shared) >= titleWords * Double(title.longWords.count) ? shared : nil
    }
}

/// The runs of three words of a sentence, as hashes.
public struct SentenceShingles: Hashable, Sendable {
    /// The hashes of the shingles, sorted, each once. A sentence of fewer than three words is one shingle.
    public let hashes: [UInt64]
    /// A bit for each shingle, by its hash: two may share one.
    private let marks: SIMD4<UInt64>
    /// The hashes of the words of four or more bytes, sorted, each once.
    let longWords: [UInt64]

    /// Takes a sentence apart.
    ///
    /// - Complexity: O(n log n) in the length of the sentence.
    public init(_ text: String) {
        var words: [UInt64] = []
        var long: [UInt64] = []
        var hash = Self.basis
        var length = 0
        func finish() {
            guard length > 0 else { return }
            words.append(hash)
            if length >= 4 { long.append(hash) }
            hash = Self.basis
            length = 0
        }
        for byte in text.utf8 {
            if byte.isLowerCaseLetter || byte.isDigit || byte >= 0x80 {
                hash = Self.mix(hash, byte)
                length += 1
            } else if byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") {
                hash = Self.mix(hash, byte | 0x20)
                length += 1
            } else {
                finish()
            }
        }
        finish()
        longWords = Self.sortedOnce(long)
        var hashes: [UInt64] = []
        if !words.isEmpty {
            for first in 0...max(0, words.count - 3) {
                var hash = Self.basis
                for word in words[first..<min(words.count, first + 3)] {
                    hash = (hash ^ word) &* Self.prime
                    hash ^= hash >> 29
                }
                hashes.append(hash)
            }
        }
        self.hashes = Self.sortedOnce(hashes)
        var marks = SIMD4<UInt64>()
        for hash in self.hashes { marks[Int(hash >> 6 & 3)] |= 1 << (hash & 63) }
        self.marks = marks
    }

    /// A number that the shingles in both are not above: that of the bits in both, and one for each shingle that has its
    /// bit with another. Nearly all pairs of sentences are told apart by it.
    func mostShared(with other: SentenceShingles) -> Int {
        hashes.count - Self.bits(marks) + Self.bits(marks & other.marks)
    }

    private static func bits(_ marks: SIMD4<UInt64>) -> Int {
        marks[0].nonzeroBitCount + marks[1].nonzeroBitCount + marks[2].nonzeroBitCount
            + marks[3].nonzeroBitCount
    }

    private static func sortedOnce(_ hashes: [UInt64]) -> [UInt64] {
        var unique: [UInt64] = []
        unique.reserveCapacity(hashes.count)
        for hash in hashes.sorted() where hash != unique.last { unique.append(hash) }
        return unique
    }

    /// How many shingles both have; nil as soon as it is clear that they are fewer than asked for.
    func sharedCount(with other: SentenceShingles, atLeast least: Int) -> Int? {
        Self.sharedCount(hashes, other.hashes, atLeast: least)
    }

    /// How many elements two sorted lists share.
    static func sharedCount(_ one: [UInt64], _ other: [UInt64]) -> Int {
        sharedCount(one, other, atLeast: 0) ?? 0
    }

    private static func sharedCount(_ one: [UInt64], _ other: [UInt64], atLeast least: Int) -> Int? {
        var count = 0
        var first = 0
        var second = 0
        while first < one.count, second < other.count {
            if count + min(one.count - first, other.count - second) < least { return nil }
            if one[first] == other[second] {
                count += 1
                first += 1
                second += 1
            } else if one[first] < other[second] {
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
}
