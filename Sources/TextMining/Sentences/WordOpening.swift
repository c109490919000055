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

    /// The openings of words that are a given one, or that begin with it.
    static func all(of word: Span<UInt8>, isPrefix: Bool) -> Range<Int> {
        let opening = of(word, from: 0, to: word.count)
        // A word that goes on has any letter behind those given.
        let further = !isPrefix || word.count > 2 ? 1 : word.count == 2 ? 27 : 27 * 27
        return opening..<(opening + further)
    }
}
