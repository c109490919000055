import Corpus
import Synchronization

/// What finding evidence writes to, one citation after the other: for one thread at a time.
struct EvidenceMemory: Sendable {
    /// The words of the sentence at hand.
    var sentence = SentenceWords()
    /// Whether each mention is of an entity with an article, for each kind of article; empty where none is wanted.
    var isSubject: [Bool] = []
    /// The places of the mentions in the sentence at hand.
    var inSentence: [Int] = []
    /// Those by which it may be evidence.
    var subjects: [Int] = []
    /// Those whose entities it has been looked at for.
    var seen: [Int] = []
    /// Where the entity at hand stands, in bytes of the sentence.
    var focus: [TextRange] = []
    /// The words of the sentence at hand as section rules see them.
    var words = FoldedWords()
    /// What placing by the rules of each kind of article writes to.
    var placements: [PlacementMemory] = []
    /// Whether journals that were met are of the first rank.
    var isFirstRank: [Journal: Bool] = [:]

    /// How many journals are kept: as many as are met often.
    static let mostJournals = 20_000
    /// How long a list may be that is kept from one citation to the next.
    private static let mostElements = 1 << 16

    /// Gives back the room that a long citation took, so that no thread keeps it.
    mutating func prune() {
        // No list of mentions has more room than the first one, none of words more than the second.
        guard max(isSubject.capacity, sentence.bytes.capacity) > Self.mostElements else { return }
        let journals = isFirstRank
        self = EvidenceMemory()
        isFirstRank = journals
    }
}

/// Memories that wait for the next citation: as many as citations were ever analysed at a time.
final class EvidenceMemories: Sendable {
    private let waiting = Mutex<[EvidenceMemory]>([])

    /// Lends a memory to a function.
    func lend<Result>(to body: (inout EvidenceMemory) -> Result) -> Result {
        var memory = waiting.withLock { $0.popLast() } ?? EvidenceMemory()
        memory.prune()
        let result = body(&memory)
        waiting.withLock { $0.append(memory) }
        return result
    }
}
