import AhoCorasick
import Corpus
import Terminology

/// What words were found to be: to the search for names, beside and near names for each kind that is judged, and for the
/// species that a document is about.
///
/// What measures the search alone asks it too, so that what is measured is what a run does.
package struct WordMemory: Sendable {
    private var numbers = KeyNumbers(expected: 1 << 12)
    /// The words that came last, a place for those that share their last bits: most words are found here, where all are
    /// too many for a fast cache.
    private var recent = [Recent](repeating: Recent(), count: 1 << 14)
    /// What each word is to a search that begins at it.
    package private(set) var words: [Automaton.Word] = []
    /// For each word, its weights by template and kind, then those of topics, in hundredths; none without tables.
    private(set) var weights: [Int16] = []
    private struct Recent {
        var identity: UInt64 = 0
        var number: Int32 = 0
    }

    /// The number of words that are remembered at most.
    private static let limit = 1 << 18

    /// No words.
    package init() {}

    /// Forgets all where there is too much.
    mutating func prune() {
        if words.count > Self.limit { self = WordMemory() }
    }

    /// The numbers of tokens in `words`, for a search without weights.
    package mutating func numbers(of tokens: [Token], _ automaton: Automaton) -> [Int32] {
        numbers(of: tokens, automaton, nil)
    }

    /// The numbers of tokens.
    mutating func numbers(
        of tokens: [Token], _ automaton: Automaton, _ tables: TabledWeights?
    ) -> [Int32] {
        // Out of the memory meanwhile: it is looked at and changed for itself.
        var recent: [Recent] = []
        swap(&recent, &self.recent)
        defer { swap(&recent, &self.recent) }
        // Not made by its capacity: the standard library then asks for the type at run time.
        var numbers: [Int32] = []
        numbers.append(addingCapacity: tokens.count) { found in
            var recent = recent.mutableSpan
            for token in tokens {
                let place = Int(truncatingIfNeeded: token.identity) & (recent.count - 1)
                // No identity of a token is 0.
                if recent[place].identity != token.identity {
                    recent[place] = Recent(
                        identity: token.identity, number: number(of: token.identity, automaton, tables))
                }
                found.append(recent[place].number)
            }
        }
        return numbers
    }

    /// The number of a token that did not come lately.
    private mutating func number(
        of identity: UInt64, _ automaton: Automaton, _ tables: TabledWeights?
    ) -> Int32 {
        let number = numbers.number(of: identity)
        if number == words.count {
            words.append(automaton.word(of: identity))
            tables?.append(weightsOf: identity, to: &weights)
        }
        return Int32(number)
    }
}
