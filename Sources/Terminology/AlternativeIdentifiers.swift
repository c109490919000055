import AhoCorasick
import Corpus

extension CompiledDictionary {
    /// Another identifier of an entity: one that was withdrawn or merged, or another database's.
    public struct AlternativeIdentifier: Hashable, Sendable {
        /// The identifier.
        public let id: EntityID
        /// The concept that it leads to.
        public let concept: Int
        /// The file that says so.
        public let source: String
    }

    /// The number of alternative identifiers.
    public var alternativeCount: Int { alternatives.count / AlternativeField.allCases.count }

    /// What an identifier that is no entity's own leads to; nil where it is unknown, or an entity's own.
    ///
    /// - Complexity: O(log(number of alternative identifiers)).
    public func alternative(_ id: EntityID) -> AlternativeIdentifier? {
        var low = 0
        var high = alternativeCount
        while low < high {
            let middle = (low + high) / 2
            if alternative(at: middle).id < id { low = middle + 1 } else { high = middle }
        }
        guard low < alternativeCount else { return nil }
        let found = alternative(at: low)
        return found.id == id ? found : nil
    }

    /// The other identifiers of a concept, in the order of identifiers.
    ///
    /// - Complexity: O(number of alternative identifiers).
    public func alternatives(ofConcept concept: Int) -> [AlternativeIdentifier] {
        let width = AlternativeField.allCases.count
        return (0..<alternativeCount)
            .filter { Int(alternatives[$0 * width + AlternativeField.concept.rawValue]) == concept }
            .map { alternative(at: $0) }
    }

    private func alternative(at index: Int) -> AlternativeIdentifier {
        func word(_ field: AlternativeField) -> Int {
            Int(alternatives[index * AlternativeField.allCases.count + field.rawValue])
        }
        let curie = pool.text(from: word(.id), count: word(.idCount))
        return AlternativeIdentifier(
            id: EntityID(curie: curie) ?? EntityID(prefix: "unknown", local: "0"), concept: word(.concept),
            source: sourceName(word(.source)))
    }
}
