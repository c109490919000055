import Corpus
import Terminology

/// What names, or the genes that they may mean, were found to weigh wherever they stand, by spelling and reading, in
/// hundredths.
struct ScoreMemory: Sendable {
    /// Where the weight of a name is kept: two hashes, of its bytes and of all that its reading depends on.
    struct Place {
        fileprivate let surface: UInt64
        fileprivate let reading: UInt64
        /// What it is looked up by; another one where two names have the same.
        fileprivate var key: UInt64

        /// The place of a name.
        init(_ name: NameReading) {
            let first = name.readings.first
            let concept = (first?.concept ?? -1) << 32 ^ (first?.entry ?? -1)
            let kind =
                Int(name.kind.number) << 16 | min(4, name.readings.count) << 8
                | Int(first?.grade.rawValue ?? 9)
            surface = name.surface
            reading = Self.mixed(Self.mixed(name.phrase, concept), kind)
            key = surface ^ reading &* 0x9E37_79B9_7F4A_7C15
        }

        /// The place of a gene that a name may mean.
        ///
        /// - Parameters:
        ///   - isOrtholog: whether the name is listed for an ortholog only.
        ///   - hasRivals: whether the name may mean other genes of its species.
        init(_ choice: Reading, of name: NameReading, isOrtholog: Bool, hasRivals: Bool) {
            let marks = Int(choice.grade.rawValue) << 2 | (isOrtholog ? 2 : 0) | (hasRivals ? 1 : 0)
            surface = name.surface
            reading = Self.mixed(Self.mixed(0, choice.concept << 32 ^ choice.entry), marks)
            key = surface ^ reading &* 0x9E37_79B9_7F4A_7C15
        }

        private static func mixed(_ hash: UInt64, _ value: Int) -> UInt64 {
            let product = (hash ^ UInt64(truncatingIfNeeded: value)) &* 0xD6E8_FEB8_6659_FD93
            return product ^ product >> 32
        }
    }

    /// A name as it is read.
    private struct Known {
        let surface: UInt64
        let reading: UInt64
        let weight: Int32
    }

    private var numbers = KeyNumbers(expected: 1 << 12)
    private var known: [Known] = []
    /// The number of names that are remembered at most.
    private static let limit = 1 << 18

    /// Forgets all where there is too much.
    mutating func prune() {
        if known.count > Self.limit { self = ScoreMemory() }
    }

    /// The weight of a name; nil where it is new: then `remember` must follow.
    func weight(at place: inout Place) -> Int32? {
        while true {
            guard let number = numbers.known(place.key) else { return nil }
            if known[number].surface == place.surface, known[number].reading == place.reading {
                return known[number].weight
            }
            place.key = place.key &+ 0x9E37_79B9_7F4A_7C15
        }
    }

    /// Remembers the weight of a name that was new.
    mutating func remember(_ weight: Int32, at place: Place) {
        let number = numbers.number(of: place.key)
        precondition(number == known.count, "the weight of a name is known already")
        known.append(Known(surface: place.surface, reading: place.reading, weight: weight))
    }
}
