import AhoCorasick
import Synchronization

/// What a tagger has found out about names and words, whatever document they stand in, and need not find out again.
///
/// Nothing but speed depends on it: it may be forgotten at any time. It is for one thread at a time; the tagger lends one
/// to each document.
struct TaggerMemory: Sendable {
    var tokenizer = Tokenizer(remembers: true)
    var names = NameMemory()
    var words = WordMemory()
    var search = SearchMemory()
    var scores = ScoreMemory()
    var facts = MentionFacts()
    var finding = NameFinder.Room()
    var genes: GeneChoices.Room?
    var judging = MentionJudge.Room()
    var abbreviations = DefinedAbbreviations.Room()

    /// Forgets what has grown too large.
    mutating func prune() {
        names.prune()
        words.prune()
        scores.prune()
        facts.prune()
        search.prune()
        finding.prune()
        genes?.prune()
        judging.prune()
        abbreviations.prune()
    }
}

/// Memories that wait for the next document: as many as documents were ever tagged at a time.
final class TaggerMemories: Sendable {
    private let waiting = Mutex<[TaggerMemory]>([])

    /// Lends a memory to a function.
    func lend<Result>(to body: (inout TaggerMemory) -> Result) -> Result {
        var memory = take()
        let result = body(&memory)
        giveBack(consume memory)
        return result
    }

    /// A memory for one document, which must be given back.
    func take() -> TaggerMemory {
        var memory = waiting.withLock { $0.popLast() } ?? TaggerMemory()
        memory.prune()
        return memory
    }

    /// Takes back a memory.
    func giveBack(_ memory: consuming TaggerMemory) {
        // Moved, not copied: a copy counts the references to all that it has found out.
        var memory = Optional(consume memory)
        waiting.withLock { waiting in
            if let memory = memory.take() { waiting.append(memory) }
        }
    }
}
