/// A set of folded tokens. Their identities are hashes already, so that nothing is hashed again.
struct TokenSet: Sendable {
    private var places: [UInt64]
    /// The last of the places in use: their number is a power of two.
    private var mask: Int
    private var count = 0

    /// For how many words there is space.
    var capacity: Int { places.count / 2 }

    /// Makes an empty set with room for a number of words.
    init(expected: Int) {
        mask = Self.capacity(expected) - 1
        places = [UInt64](repeating: 0, count: mask + 1)
    }

    private static func capacity(_ expected: Int) -> Int {
        var capacity = 16
        while capacity < expected * 2 { capacity *= 2 }
        return capacity
    }

    /// Empties the set, and takes room for a number of words, that of before where it is enough.
    mutating func removeAll(expected: Int) {
        count = 0
        mask = Self.capacity(expected) - 1
        if mask >= places.count {
            places = [UInt64](repeating: 0, count: mask + 1)
        } else {
            let last = mask
            var used = places.mutableSpan
            for place in 0...last { used[place] = 0 }
        }
    }

    /// Whether a word is in the set.
    func contains(_ word: UInt64) -> Bool { places[place(of: word)] == word }

    /// Puts a word into the set; whether it is new there.
    @discardableResult
    mutating func insert(_ word: UInt64) -> Bool {
        let found = place(of: word)
        if places[found] == word { return false }
        places[found] = word
        count += 1
        if count * 2 > mask + 1 { grow() }
        return true
    }

    /// The place of a word, or the free one where it would stand. No identity of a token is 0.
    private func place(of word: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: word ^ (word >> 32)) & mask
        while places[place] != 0, places[place] != word { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let words = places[0...mask]
        places = [UInt64](repeating: 0, count: words.count * 2)
        mask = places.count - 1
        for word in words where word != 0 { places[place(of: word)] = word }
    }
}
