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

    /// A spelling of a pattern, by the hash of its bytes.
    private struct Spelled {
        let surface: UInt64
        let pattern: UInt32
        let meanings: Range<Int32>
    }

    private var numbers = KeyNumbers(expected: 1 << 12)
    private var spelled: [Spelled] = []
    private var meanings: [Meaning] = []
    /// The readings of all meanings.
    private(set) var readings: [Reading] = []
    /// The number of spellings that are remembered at most.
    private static let limit = 1 << 18

    /// Forgets all where there is too much.
    mutating func prune() {
        if spelled.count > Self.limit { self = NameMemory() }
    }

    /// The key of a spelling of a pattern.
    private static func key(_ surface: UInt64, _ pattern: UInt32) -> UInt64 {
        (surface ^ UInt64(pattern)) &* 0x9E37_79B9_7F4A_7C15 ^ surface >> 29
    }

    /// The places of the meanings of a spelling; where it is new, they are found out.
    ///
    /// - Parameters:
    ///   - surface: the hash of its bytes.
    ///   - find: appends the meanings with their readings.
    mutating func meanings(
        of surface: UInt64, _ pattern: UInt32,
        find: (inout [Meaning], inout [Reading]) -> Void
    ) -> Range<Int32> {
        var key = Self.key(surface, pattern)
        while true {
            let number = numbers.number(of: key)
            if number == spelled.count {
                let start = Int32(meanings.count)
                find(&meanings, &readings)
                let found = start..<Int32(meanings.count)
                spelled.append(Spelled(surface: surface, pattern: pattern, meanings: found))
                return found
            }
            if spelled[number].surface == surface, spelled[number].pattern == pattern {
                return spelled[number].meanings
            }
            // Two spellings with one key.
            key = key &+ 0x9E37_79B9_7F4A_7C15
        }
    }

    /// A meaning.
    subscript(place: Int32) -> Meaning { meanings[Int(place)] }
}
