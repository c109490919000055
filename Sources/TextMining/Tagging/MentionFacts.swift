import Corpus
import Terminology

/// What mentions tell of the dictionary's concepts and entries, as they tell it.
struct MentionFacts: Sendable {
    /// A concept.
    struct Concept {
        let entity: EntityID
        let treeNumbers: [String]
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
    /// The number of entries that are remembered at most.
    private static let limit = 1 << 18

    /// Forgets all where there is too much.
    mutating func prune() {
        if entries.count > Self.limit { self = MentionFacts() }
    }

    /// What is told of a concept.
    mutating func concept(_ concept: Int, _ dictionary: CompiledDictionary) -> Concept {
        let number = conceptNumbers.number(of: UInt64(concept))
        if number == concepts.count {
            concepts.append(
                Concept(
                    entity: dictionary.identifier(ofConcept: concept),
                    treeNumbers: dictionary.treeNumbers(ofConcept: concept)))
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
}
