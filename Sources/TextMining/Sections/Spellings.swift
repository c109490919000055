import Corpus

/// How the genes of a sentence are called in it and in the dictionary, without case and punctuation: IL-2 and Il2 are one.
struct Spellings: Sendable {
    private var letters: [UInt8] = []
    private var all: [Spelling] = []
    /// The spelling of each mention of the document, as far as it is known; -1 for others.
    private var places: [Int32] = []

    private struct Spelling: Sendable {
        let mention: Int
        /// The name in the text.
        let text: Range<Int>
        /// The name in the dictionary.
        let name: Range<Int>
        let isFusion: Bool
    }

    /// Starts anew with another sentence.
    mutating func forget() {
        for spelling in all { places[spelling.mention] = -1 }
        letters.removeAll(keepingCapacity: true)
        all.removeAll(keepingCapacity: true)
    }

    /// The number of the spelling of a mention.
    mutating func place(of mention: Int, _ mentions: [Mention], _ passage: Span<UInt8>) -> Int {
        let missing = mention + 1 - places.count
        if missing > 0 { places.append(contentsOf: repeatElement(-1, count: missing)) }
        if places[mention] >= 0 { return Int(places[mention]) }
        let start = letters.count
        let range = mentions[mention].range
        for index in range.start..<range.end { append(passage[index]) }
        let middle = letters.count
        for byte in mentions[mention].dictionaryName.utf8 { append(byte) }
        all.append(
            Spelling(
                mention: mention, text: start..<middle, name: middle..<letters.count,
                isFusion: mentions[mention].entity.hasPrefix(Fusions.prefix)))
        places[mention] = Int32(all.count - 1)
        return all.count - 1
    }

    func isFusion(_ spelling: Int) -> Bool { all[spelling].isFusion }

    /// Whether a name of one is a name of the other.
    func areAlike(_ one: Int, _ other: Int) -> Bool {
        areEqual(all[one].text, all[other].text) || areEqual(all[one].name, all[other].text)
            || areEqual(all[one].text, all[other].name) || areEqual(all[one].name, all[other].name)
    }

    private func areEqual(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        guard one.count == other.count else { return false }
        for offset in 0..<one.count
        where letters[one.lowerBound + offset] != letters[other.lowerBound + offset] {
            return false
        }
        return true
    }

    private mutating func append(_ byte: UInt8) {
        if byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") {
            letters.append(byte | 0x20)
        } else if byte.isLowerCaseLetter || byte.isDigit || byte >= 0x80 {
            letters.append(byte)
        }
    }
}
