/// The room that searches need, kept from one text to the next: nothing but speed depends on it.
public struct SearchMemory: Sendable {
    /// A token of the text that is searched.
    struct Step: BitwiseCopyable {
        /// What it is to a search that begins at it; no edges where none may begin, no pattern where none may end.
        var word = Automaton.Word.none
        /// The number of the pattern of two tokens that ends here, plus one; 0 where there is none.
        var secondPattern: UInt32 = 0
        /// The edges that leave the state of two tokens which ends here.
        var secondEdges = OutEdges.none
        /// The state of three tokens that ends here; 0 where there is none.
        var third: UInt32 = 0
    }

    /// The tokens, in order. What stands behind the last one is of other texts.
    var steps: [Step] = []
    /// Room for the indices of tokens that must be looked at.
    var asked: [Int32] = []
    /// Room for those of them that must be looked at again.
    var left: [Int32] = []

    /// No room yet.
    public init() {}

    /// The number of tokens for which room is kept.
    private static let limit = 1 << 16

    /// Gives back the room that a long text took.
    public mutating func prune() {
        guard steps.count > Self.limit else { return }
        (steps, asked, left) = ([], [], [])
    }

    /// Makes room for a number of tokens.
    mutating func prepare(for count: Int) {
        guard steps.count < count else { return }
        let room = max(count, steps.count * 2)
        steps = [Step](repeating: Step(), count: room)
        asked = [Int32](repeating: 0, count: room)
        left = [Int32](repeating: 0, count: room)
    }

    /// Takes tokens whose words must be looked up, and asks which may be the second ones of patterns.
    ///
    /// - Returns: how many may be, which are the first of `asked`.
    mutating func take(_ tokens: [Token], _ automaton: Automaton) -> Int {
        Self.take(tokens.span, automaton, &steps, &asked) { automaton.word(of: tokens[$0].identity) }
    }

    /// Takes tokens whose words are known, and asks which may be the second ones of patterns.
    ///
    /// - Returns: how many may be, which are the first of `asked`.
    mutating func take(
        _ tokens: [Token], _ numbers: [Int32], _ words: [Automaton.Word], _ automaton: Automaton
    ) -> Int {
        let (numbers, words) = (numbers.span, words.span)
        return Self.take(tokens.span, automaton, &steps, &asked) { words[Int(numbers[$0])] }
    }

    /// Takes tokens.
    @inline(__always)
    private static func take(
        _ tokens: Span<Token>, _ automaton: Automaton, _ steps: inout [Step], _ asked: inout [Int32],
        word: (Int) -> Automaton.Word
    ) -> Int {
        var steps = steps.mutableSpan
        var asked = asked.mutableSpan
        var before = OutEdges.none
        var count = 0
        for index in tokens.indices {
            let word = word(index).restricted(to: tokens[index].traits)
            steps[index] = Step(word: word)
            asked[count] = Int32(truncatingIfNeeded: index)
            count &+= Int(automaton.filtered(before, by: word.number))
            before = word.edges
        }
        return count
    }
}

extension Automaton.Word {
    /// No word of the automaton.
    static let none = Automaton.Word(number: 0, pattern: 0, edges: .none)

    /// What a token is to the search where it may not begin or not end a match.
    @inline(__always)
    func restricted(to traits: Token.Traits) -> Automaton.Word {
        let starts = traits.contains(.startsWord)
        return Automaton.Word(
            number: number, pattern: starts && traits.contains(.endsWord) ? pattern : 0,
            edges: starts ? edges : .none)
    }
}
