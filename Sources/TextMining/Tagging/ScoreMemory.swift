import Corpus
import Terminology

/// What names were found to weigh wherever they stand, by spelling and reading, in hundredths.
struct ScoreMemory: Sendable {
    /// A spelling as it is read: two hashes, of which the second is of all that a reading depends on.
    private struct Spelled {
        let surface: UInt64
        let reading: UInt64
        let weight: Int32
    }

    private var numbers = KeyNumbers(expected: 1 << 12)
    private var spelled: [Spelled] = []
    /// The number of names that are remembered at most.
    private static let limit = 1 << 18

    /// Forgets all where there is too much.
    mutating func prune() {
        if spelled.count > Self.limit { self = ScoreMemory() }
    }

    /// The weight of a name; where it is new, it is found out.
    ///
    /// - Parameter surface: the hash of its bytes.
    mutating func weight(of name: NameReading, _ surface: UInt64, find: () -> Int32) -> Int32 {
        var reading = name.phrase
        func add(_ value: Int) {
            reading = (reading ^ UInt64(truncatingIfNeeded: value)) &* 0xD6E8_FEB8_6659_FD93
            reading ^= reading >> 32
        }
        let first = name.readings.first
        add((first?.concept ?? -1) << 32 ^ (first?.entry ?? -1))
        add(
            Int(name.kind.number) << 16 | min(4, name.readings.count) << 8
                | Int(first?.grade.rawValue ?? 9))
        var key = surface ^ reading &* 0x9E37_79B9_7F4A_7C15
        while true {
            let number = numbers.number(of: key)
            if number == spelled.count {
                let weight = find()
                spelled.append(Spelled(surface: surface, reading: reading, weight: weight))
                return weight
            }
            if spelled[number].surface == surface, spelled[number].reading == reading {
                return spelled[number].weight
            }
            // Two names with one key.
            key = key &+ 0x9E37_79B9_7F4A_7C15
        }
    }
}
