import Corpus

/// The words of a sentence, folded to lower case, with the places they stand at.
///
/// A word is a run of ASCII letters, digits and bytes of other letters. Everything else parts words: white space,
/// hyphens and slashes let a phrase run on, other punctuation ends it.
struct FoldedWords: Sendable {
    /// The folded words in a row; between two of them one byte: a space where a phrase may run on, else 1.
    private(set) var folded: [UInt8] = []
    /// Where each word starts in `folded`.
    private(set) var foldedStarts: [Int] = []
    /// Where each word stands, in UTF-8 bytes of the passage.
    private(set) var ranges: [TextRange] = []

    /// The byte that ends a phrase.
    static let stop: UInt8 = 1

    /// No words.
    init() {}

    /// Finds the words of a range of a passage.
    init(of passage: Span<UInt8>, in range: TextRange) { read(passage, in: range) }

    /// Finds the words of a range of a passage in place of those at hand. One pass over the bytes.
    mutating func read(_ passage: Span<UInt8>, in range: TextRange) {
        folded.removeAll(keepingCapacity: true)
        foldedStarts.removeAll(keepingCapacity: true)
        ranges.removeAll(keepingCapacity: true)
        folded.reserveCapacity(range.count + 1)
        foldedStarts.reserveCapacity(range.count / 6 + 1)
        ranges.reserveCapacity(range.count / 6 + 1)
        var position = range.start
        var wordStart = -1
        var separator: UInt8 = 0x20
        while position < range.end {
            let byte = passage[position]
            var length = 1
            var isWord = false
            var folding = byte
            if byte.isLowerCaseLetter || byte.isDigit {
                isWord = true
            } else if byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") {
                isWord = true
                folding = byte | 0x20
            } else if byte >= 0x80 {
                length = Self.separatorLength(passage, at: position, end: range.end)
                isWord = length == 0
                if isWord { length = 1 }
            }
            if isWord {
                if wordStart < 0 {
                    if !ranges.isEmpty { folded.append(separator) }
                    wordStart = position
                    foldedStarts.append(folded.count)
                    separator = 0x20
                }
                folded.append(folding)
            } else {
                if wordStart >= 0 {
                    ranges.append(TextRange(wordStart, position))
                    wordStart = -1
                }
                if byte < 0x80, byte != 0x20, byte != UInt8(ascii: "-"), byte != UInt8(ascii: "/"),
                    byte != 0x0A
                {
                    separator = Self.stop
                }
            }
            position += length
        }
        if wordStart >= 0 { ranges.append(TextRange(wordStart, range.end)) }
    }

    /// How many bytes a separator outside ASCII takes: no-break space (C2 A0) and the block of general punctuation
    /// (E2 80 xx: dashes, thin spaces, quotation marks); 0 when a letter stands there.
    private static func separatorLength(_ passage: Span<UInt8>, at position: Int, end: Int) -> Int {
        if passage[position] == 0xC2, position + 1 < end, passage[position + 1] == 0xA0 { return 2 }
        if passage[position] == 0xE2, position + 2 < end, passage[position + 1] == 0x80 { return 3 }
        return 0
    }

    /// The index of the first word that ends after an offset of the passage; the number of words when there is none.
    ///
    /// - Complexity: O(log(words)).
    func index(ofWordEndingAfter offset: Int) -> Int {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].end > offset { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The words that share a byte with a range: first index, and one past the last. Empty at the place where the
    /// range stands when it holds no word.
    func indices(in range: TextRange) -> Range<Int> {
        let first = index(ofWordEndingAfter: range.start)
        var last = first
        while last < ranges.count, ranges[last].start < range.end { last += 1 }
        return first..<last
    }

    /// Whether some words only list things: `and`, `or`, `as well as`; also when there are none.
    func areOnlyListing(_ indices: Range<Int>) -> Bool {
        for index in indices {
            let start = foldedStarts[index]
            if !Self.listing.contains(folded.span, from: start, to: start + ranges[index].count) {
                return false
            }
        }
        return true
    }

    private static let listing = WordSet("and or as well plus the both")
}
