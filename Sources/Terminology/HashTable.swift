import AhoCorasick

/// A set of hashes in a flat table with open addressing, at most half full, used in place.
struct HashTable: Sendable {
    private let places: MemoryTable<UInt64>

    /// Uses a table that `table(of:)` laid out; nil where its size is none of a table's.
    init?(_ places: MemoryTable<UInt64>) {
        guard places.count > 0, places.count & (places.count - 1) == 0 else { return nil }
        self.places = places
    }

    /// Whether a hash is in the set.
    ///
    /// - Complexity: O(1) expected.
    func contains(_ hash: UInt64) -> Bool {
        let mask = places.count - 1
        let key = hash == 0 ? 1 : hash
        var place = Int(truncatingIfNeeded: key ^ (key >> 32)) & mask
        while true {
            let found = places[place]
            if found == key { return true }
            if found == 0 { return false }
            place = (place + 1) & mask
        }
    }

    /// The table of a set of hashes; the same whatever their order.
    static func table(of hashes: some Sequence<UInt64>) -> [UInt64] {
        let keys = Set(hashes.map { $0 == 0 ? 1 : $0 }).sorted()
        var count = 2
        while count < keys.count * 2 + 1 { count *= 2 }
        var places = [UInt64](repeating: 0, count: count)
        for key in keys {
            var place = Int(truncatingIfNeeded: key ^ (key >> 32)) & (count - 1)
            while places[place] != 0 { place = (place + 1) & (count - 1) }
            places[place] = key
        }
        return places
    }
}
