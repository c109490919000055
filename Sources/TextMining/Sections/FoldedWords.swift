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
        var bytes: [UInt8] = []
        swap(&bytes, &folded)
        // Words and separators take no more bytes than the range.
        let further = range.count - bytes.count
        if further > 0 { bytes.append(contentsOf: repeatElement(0, count: further)) }
        foldedStarts.removeAll(keepingCapacity: true)
        ranges.removeAll(keepingCapacity: true)
        let count = Self.fold(passage, range, &bytes, &foldedStarts, &ranges)
        bytes.removeLast(bytes.count - count)
        swap(&bytes, &folded)
    }

    /// Writes the folded words and where they stand; how many bytes they take.
    private static func fold(
        _ passage: Span<UInt8>, _ range: TextRange, _ bytes: inout [UInt8], _ starts: inout [Int],
        _ ranges: inout [TextRange]
    ) -> Int {
        let table = foldedBytes
        let letters = table.span
        var folded = bytes.mutableSpan
        var count = 0
        var position = range.start
        var separator: UInt8 = 0x20
        while position < range.end {
            let length = separatorLength(passage, at: position, end: range.end)
            if length > 0 {
                if endsPhrase(passage[position]) { separator = stop }
                position += length
                continue
            }
            if !ranges.isEmpty {
                folded[count] = separator
                count += 1
            }
            separator = 0x20
            starts.append(count)
            let start = position
            while position < range.end {
                let byte = passage[position]
                let letter = letters[Int(byte)]
                if letter == 0 {
                    if byte < 0x80 || longSeparatorLength(passage, at: position, end: range.end) > 0 { break }
                    folded[count] = byte
                } else {
                    folded[count] = letter
                }
                count += 1
                position += 1
            }
            ranges.append(TextRange(start, position))
        }
        return count
    }

    /// Each byte that is always part of a word, in lower case; 0 for others.
    private static let foldedBytes: [UInt8] = (0...UInt8.max).map { byte in
        if byte >= 0x80 { return byte == 0xC2 || byte == 0xE2 ? 0 : byte }
        return Letters.isLetter(byte) || Letters.isDigit(byte) ? Letters.folded(byte) : 0
    }

    /// Whether a separator ends a phrase.
    private static func endsPhrase(_ byte: UInt8) -> Bool {
        byte < 0x80 && byte != 0x20 && byte != UInt8(ascii: "-") && byte != UInt8(ascii: "/") && byte != 0x0A
    }

    /// How many bytes a separator takes; 0 when a letter or digit stands there.
    @inline(__always)
    private static func separatorLength(_ passage: Span<UInt8>, at position: Int, end: Int) -> Int {
        let byte = passage[position]
        if byte >= 0x80 { return longSeparatorLength(passage, at: position, end: end) }
        return Letters.isLetter(byte) || Letters.isDigit(byte) ? 0 : 1
    }

    /// How many bytes a separator outside ASCII takes: no-break space (C2 A0) and the block of general punctuation
    /// (E2 80 xx: dashes, thin spaces, quotation marks); 0 when a letter stands there.
    private static func longSeparatorLength(_ passage: Span<UInt8>, at position: Int, end: Int) -> Int {
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
