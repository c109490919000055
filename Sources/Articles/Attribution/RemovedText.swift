/// The sentences of an article that have lost tokens, for ever: what may come back.
///
/// Memory: O(tokens of the sentences that were registered); a very long sentence counts only around what it lost.
struct RemovedText: Sendable {
    /// The identities of all registered sentences, one after the other.
    private(set) var identities: [Int32] = []
    /// Where each sentence starts in `identities`; its length at the end.
    private var starts: [Int32] = [0]
    /// What was registered, by the hash of its identities.
    private var known: Set<UInt64> = []
    /// The sentence registered last, by the hash of its wording, and for each sentence the one before it with the same.
    private var byWording: [UInt64: Int32] = [:]
    private var earlierWording: [Int32] = []
    /// The last place of three tokens in a row, by the hash of their classes, and for each place the one before it.
    private var byTriple: [UInt64: Int32] = [:]
    private var earlierTriple: [Int32] = []

    var sentenceCount: Int { starts.count - 1 }

    /// The places of a sentence in `identities`.
    func sentence(_ number: Int) -> Range<Int> { Int(starts[number])..<Int(starts[number + 1]) }

    /// The sentence that a place belongs to.
    ///
    /// - Complexity: O(log sentences).
    func sentence(at place: Int) -> Int {
        var (low, high) = (0, sentenceCount)
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(starts[middle]) <= place { low = middle } else { high = middle }
        }
        return low
    }

    /// Registers a stretch of a revision. What is known already is not registered again.
    mutating func register(_ ids: [Int32], _ classes: [Int32], _ range: Range<Int>) {
        guard !range.isEmpty, known.insert(TokenHash.sequence(ids, range)).inserted else { return }
        let number = Int32(sentenceCount)
        let start = identities.count
        identities.append(contentsOf: ids[range])
        starts.append(Int32(identities.count))
        let wording = TokenHash.sequence(classes, range)
        earlierWording.append(byWording.updateValue(number, forKey: wording) ?? -1)
        for offset in 0..<range.count {
            guard offset + 3 <= range.count else {
                earlierTriple.append(-1)
                continue
            }
            let index = range.lowerBound + offset
            let triple = TokenHash.triple(classes[index], classes[index + 1], classes[index + 2])
            earlierTriple.append(byTriple.updateValue(Int32(start + offset), forKey: triple) ?? -1)
        }
    }

    /// The sentences of a wording, newest first, as far as their hash tells.
    func sentences(wording: UInt64, visit: (Int) -> Bool) {
        var number = byWording[wording] ?? -1
        while number >= 0, visit(Int(number)) { number = earlierWording[Int(number)] }
    }

    /// The places where three tokens in a row start, newest first, as far as their hash tells.
    func places(triple: UInt64, limit: Int, visit: (Int) -> Void) {
        var place = byTriple[triple] ?? -1
        var count = 0
        while place >= 0, count < limit {
            visit(Int(place))
            place = earlierTriple[Int(place)]
            count += 1
        }
    }
}
