/// A set of folded tokens. Their identities are hashes already, so that nothing is hashed again.
struct TokenSet {
    private var places: [UInt64]
    private var count = 0

    /// Makes an empty set with room for a number of words.
    init(expected: Int) {
        var capacity = 16
        while capacity < expected * 2 { capacity *= 2 }
        places = [UInt64](repeating: 0, count: capacity)
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
        if count * 2 > places.count { grow() }
        return true
    }

    /// The place of a word, or the free one where it would stand. No identity of a token is 0.
    private func place(of word: UInt64) -> Int {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: word ^ (word >> 32)) & mask
        while places[place] != 0, places[place] != word { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let words = places
        places = [UInt64](repeating: 0, count: words.count * 2)
        for word in words where word != 0 { places[place(of: word)] = word }
    }
}
