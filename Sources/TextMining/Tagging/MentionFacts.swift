import Corpus
import Terminology

/// Mentions as they are told of names that are read alike, wherever they stand.
struct MentionFacts: Sendable {
    /// What is told of a name that is read as it is for some reasons.
    private struct Told {
        let mention: Mention
        let isWide: Bool
    }

    /// What a mention depends on.
    private struct Key: Equatable {
        let concept: Int
        let entry: Int
        let reason: UInt64

        var hash: UInt64 {
            let read = UInt64(concept) << 32 ^ UInt64(entry)
            return (read ^ read >> 29) &* 0xBF58_476D_1CE4_E5B9 ^ reason &* 0x9E37_79B9_7F4A_7C15
        }
    }

    private var numbers = KeyNumbers(expected: 1 << 10)
    private var keys: [Key] = []
    private var told: [Told] = []
    /// The number of mentions that are remembered at most: they are whole, and each thread has its own.
    private static let limit = 1 << 15

    /// Forgets all where there is too much.
    mutating func prune() {
        if told.count > Self.limit { self = MentionFacts() }
    }

    /// The place of what is told of a reading.
    ///
    /// - Parameters:
    ///   - reason: a number for why it is read so.
    ///   - make: makes the mention without its place and role, where it is new.
    mutating func place(
        of reading: Reading, _ reason: UInt64, _ dictionary: CompiledDictionary, make: () -> Mention
    ) -> Int {
        let key = Key(concept: reading.concept, entry: reading.entry, reason: reason)
        var hash = key.hash
        while true {
            let number = numbers.number(of: hash)
            if number == keys.count {
                let mention = make()
                keys.append(key)
                told.append(
                    Told(
                        mention: mention,
                        isWide: mention.kind == .species
                            && dictionary.hasTreeNumber(ofConcept: reading.concept) {
                                Self.wideRanks.contains($0)
                            }))
                return number
            }
            if keys[number] == key { return number }
            // Two with one hash.
            hash = hash &+ 0x9E37_79B9_7F4A_7C15
        }
    }

    /// The mention without its place and role.
    func mention(at place: Int) -> Mention { told[place].mention }

    /// The species of the mention.
    func taxon(at place: Int) -> TaxonID? { told[place].mention.taxon }

    /// Whether it is a taxon so wide that it is a class of species.
    func isWide(at place: Int) -> Bool { told[place].isWide }

    /// Ranks of taxa that are classes of species: animals, insects, viruses … are no species of a paper. By their hashes.
    private static let wideRanks = Set(
        [
            "superkingdom", "kingdom", "subkingdom", "superphylum", "phylum", "subphylum", "superclass",
            "class", "subclass", "infraclass", "superorder", "order", "suborder", "infraorder", "parvorder",
            "superfamily", "family", "subfamily", "clade", "tribe", "cohort", "subtribe", "genus", "subgenus",
            "section", "series", "species group", "species subgroup",
        ].map { NameHash.of($0.utf8) })
}
