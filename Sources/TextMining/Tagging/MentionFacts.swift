import Corpus
import Terminology

/// What mentions tell of the dictionary's concepts and entries, as they tell it.
struct MentionFacts: Sendable {
    /// A concept.
    struct Concept {
        let entity: EntityID
        let taxon: TaxonID?
        let treeNumbers: [String]
        /// Whether it is a taxon so wide that it is a class of species.
        let isWide: Bool
    }

    /// An entry.
    struct Entry {
        let name: String
        let source: String
        let variation: String
    }

    private var conceptNumbers = KeyNumbers(expected: 1 << 10)
    private var concepts: [Concept] = []
    private var entryNumbers = KeyNumbers(expected: 1 << 10)
    private var entries: [Entry] = []
    private var reasonNumbers = KeyNumbers(expected: 1 << 10)
    private var reasons: [[String]] = []
    /// The number of entries that are remembered at most.
    private static let limit = 1 << 18

    /// Forgets all where there is too much.
    mutating func prune() {
        if max(entries.count, reasons.count) > Self.limit { self = MentionFacts() }
    }

    /// What is told of a concept.
    mutating func concept(_ concept: Int, _ dictionary: CompiledDictionary) -> Concept {
        let number = conceptNumbers.number(of: UInt64(concept))
        if number == concepts.count {
            concepts.append(
                Concept(
                    entity: dictionary.identifier(ofConcept: concept),
                    taxon: dictionary.taxon(ofConcept: concept),
                    treeNumbers: dictionary.treeNumbers(ofConcept: concept),
                    isWide: dictionary.hasTreeNumber(ofConcept: concept) { Self.wideRanks.contains($0) }))
        }
        return concepts[number]
    }

    /// What is told of an entry.
    mutating func entry(_ entry: Int, _ dictionary: CompiledDictionary) -> Entry {
        let number = entryNumbers.number(of: UInt64(entry))
        if number == entries.count {
            entries.append(
                Entry(
                    name: dictionary.name(ofEntry: entry), source: dictionary.source(ofEntry: entry),
                    variation: dictionary.entry(entry).variation))
        }
        return entries[number]
    }

    /// The reasons that are told of all mentions that a number stands for.
    ///
    /// - Parameter make: makes them, where they are new.
    mutating func reasons(_ key: UInt64, make: () -> [String]) -> [String] {
        let number = reasonNumbers.number(of: key)
        if number == reasons.count { reasons.append(make()) }
        return reasons[number]
    }

    /// Ranks of taxa that are classes of species: animals, insects, viruses … are no species of a paper. By their hashes.
    private static let wideRanks = Set(
        [
            "superkingdom", "kingdom", "subkingdom", "superphylum", "phylum", "subphylum", "superclass",
            "class", "subclass", "infraclass", "superorder", "order", "suborder", "infraorder", "parvorder",
            "superfamily", "family", "subfamily", "clade", "tribe", "cohort", "subtribe", "genus", "subgenus",
            "section", "series", "species group", "species subgroup",
        ].map { NameHash.of($0.utf8) })
}
