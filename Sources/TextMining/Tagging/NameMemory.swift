import Corpus

/// What spellings were found to mean as names, whatever stands around them.
///
/// A few thousand names make up most of what texts name. What their spelling speaks for and against is found out once.
struct NameMemory: Sendable {
    /// What a spelling means as the name of one kind of entity.
    struct Meaning {
        let kind: EntityKind
        /// What the rules hold against it, its surroundings left out.
        let doubts: NameDoubt.Set
        /// What of its surroundings may speak against it.
        let checks: NameRules.Checks
        /// The readings, best grade first, by their places in `readings`.
        let readings: Range<Int32>
    }

    /// A spelling of a pattern, as a hash of both: two share one with a probability of 2⁻⁶⁴.
    struct Key {
        fileprivate let number: UInt64

        /// - Parameter surface: the hash of the bytes of the spelling.
        init(_ surface: UInt64, _ pattern: UInt32) {
            let mixed = (surface ^ UInt64(pattern) &* 0xBF58_476D_1CE4_E5B9) &* 0x9E37_79B9_7F4A_7C15
            number = mixed ^ mixed >> 32
        }
    }

    /// A key with the places of its meanings, side by side, so that one look finds both; free where the start is -1.
    private struct Place {
        var key: UInt64
        var start: Int32
        var count: Int32

        static let free = Place(key: 0, start: -1, count: 0)
    }

    private var places = [Place](repeating: .free, count: 1 << 13)
    /// How many spellings there are.
    private var count = 0
    private var meanings: [Meaning] = []
    /// The readings of all meanings. While a document is tagged, the document has them.
    var readings = ReadingList()
    /// The number of spellings that are remembered at most.
    private static let limit = 1 << 18

    /// Forgets all where there is too much.
    mutating func prune() {
        if count > Self.limit { self = NameMemory() }
    }

    /// The places of the meanings of a spelling; nil where it is new.
    ///
    /// - Complexity: O(1) expected.
    func known(_ key: Key) -> Range<Int32>? {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: key.number) & mask
        while true {
            let found = places[place]
            if found.start < 0 { return nil }
            if found.key == key.number { return found.start..<(found.start &+ found.count) }
            place = (place &+ 1) & mask
        }
    }

    /// Remembers the meanings of a new spelling, and gives their places.
    ///
    /// - Parameter find: appends the meanings.
    mutating func remember(_ key: Key, find: (inout [Meaning]) -> Void) -> Range<Int32> {
        let start = Int32(meanings.count)
        find(&meanings)
        let found = start..<Int32(meanings.count)
        places[place(of: key.number)] = Place(key: key.number, start: start, count: Int32(found.count))
        count += 1
        if count * 2 > places.count { grow() }
        return found
    }

    /// A meaning.
    subscript(place: Int32) -> Meaning { meanings[Int(place)] }

    /// The place of a key, or the free one where it would stand.
    private func place(of key: UInt64) -> Int {
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: key) & mask
        while places[place].start >= 0, places[place].key != key { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let old = places
        places = [Place](repeating: .free, count: old.count * 2)
        for one in old where one.start >= 0 { places[place(of: one.key)] = one }
    }
}
