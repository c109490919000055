extension Automaton {
    /// All matches in a sequence of tokens that begin at the start of a word and end at the end of one, longer ones
    /// and those inside them alike, in the order of their last tokens, longest first. `matches` is emptied first.
    ///
    /// - Complexity: O(number of tokens + number of matches), each step an expected constant number of look-ups.
    public func findMatches(in tokens: [Token], into matches: inout [TokenMatch]) {
        var memory = SearchMemory()
        findMatches(in: tokens, &memory, into: &matches)
    }

    /// All matches, with a memory for what the search needs.
    public func findMatches(
        in tokens: [Token], _ memory: inout SearchMemory, into matches: inout [TokenMatch]
    ) {
        memory.prepare(for: tokens.count)
        let count = memory.take(tokens, self)
        search(tokens.span, count, &memory.steps, &memory.asked, &memory.left, into: &matches)
    }

    /// All matches, where what each token is to the search is known already.
    ///
    /// - Parameters:
    ///   - numbers: for each token the place of its word among the words.
    ///   - words: `word(of:)` of tokens.
    public func findMatches(
        in tokens: [Token], words numbers: [Int32], of words: [Word], _ memory: inout SearchMemory,
        into matches: inout [TokenMatch]
    ) {
        precondition(numbers.count == tokens.count, "each token needs its word")
        memory.prepare(for: tokens.count)
        let count = memory.take(tokens, numbers, words, self)
        search(tokens.span, count, &memory.steps, &memory.asked, &memory.left, into: &matches)
    }

    /// The matches that begin at one token and end at the end of a word, shortest first. `matches` is emptied first.
    ///
    /// - Parameter first: the index of a token that starts a word; what the token's traits say is not asked.
    public func findMatches(in tokens: [Token], from first: Int, into matches: inout [TokenMatch]) {
        matches.removeAll(keepingCapacity: true)
        var state: UInt32 = 0
        for index in first..<tokens.count {
            let word = word(of: tokens[index].identity)
            guard word.number != 0 else { return }
            state = edge(from: state, by: word.number)
            if state == 0 { return }
            let pattern = field(.pattern, of: state)
            if pattern != 0, tokens[index].traits.contains(.endsWord) {
                matches.append(TokenMatch(pattern: pattern - 1, first: first, last: index))
            }
        }
    }

    /// The search.
    ///
    /// Nearly all steps begin at the root or behind the first or second token of a pattern. What these ask is looked up
    /// before the first step is made: none of it waits for anything else, so that the machine fetches many places of the
    /// tables at a time; in the search each would wait for the step before it.
    ///
    /// - Parameter askedCount: how many of `asked` are tokens that the filter lets pass as the second ones of patterns.
    private func search(
        _ tokens: Span<Token>, _ askedCount: Int, _ steps: inout [SearchMemory.Step],
        _ asked: inout [Int32], _ left: inout [Int32], into matches: inout [TokenMatch]
    ) {
        findSecond(asked.span.extracting(first: askedCount), in: &steps, &left)
        let leftCount = filterThird(
            asked.span.extracting(first: askedCount), in: &steps, count: tokens.count, into: &left)
        findThird(left.span.extracting(first: leftCount), in: &steps)
        collect(tokens, steps.span.extracting(first: tokens.count), into: &matches)
    }

    /// Looks up the edges to second tokens.
    ///
    /// - Parameter left: room for those for which one look is not enough.
    @inline(__always)
    private func findSecond(
        _ asked: Span<Int32>, in steps: inout [SearchMemory.Step], _ left: inout [Int32]
    ) {
        var steps = steps.mutableSpan
        var left = left.mutableSpan
        var count = 0
        for place in asked.indices {
            let index = Int(asked[place])
            let near = nearEdge(steps[index - 1].word.edges, by: steps[index].word.number)
            let edge = near ?? .none
            steps[index].secondPattern = edge.pattern
            steps[index].secondEdges = edge.edges
            left[count] = Int32(truncatingIfNeeded: index)
            count += near == nil ? 1 : 0
        }
        for place in 0..<count {
            let index = Int(left[place])
            let edge = filteredEdge(steps[index - 1].word.edges, by: steps[index].word.number)
            steps[index].secondPattern = edge.pattern
            steps[index].secondEdges = edge.edges
        }
    }

    /// Finds out which tokens the filter lets pass as third ones, behind the second ones.
    ///
    /// - Returns: how many.
    @inline(__always)
    private func filterThird(
        _ asked: Span<Int32>, in steps: inout [SearchMemory.Step], count: Int, into left: inout [Int32]
    ) -> Int {
        let steps = steps.span
        var left = left.mutableSpan
        var leftCount = 0
        for place in asked.indices {
            let next = Int(asked[place]) + 1
            if next == count { break }
            left[leftCount] = Int32(truncatingIfNeeded: next)
            leftCount += Int(filtered(steps[next - 1].secondEdges, by: steps[next].word.number))
        }
        return leftCount
    }

    /// Looks up the states in which third tokens end.
    @inline(__always)
    private func findThird(_ asked: Span<Int32>, in steps: inout [SearchMemory.Step]) {
        var steps = steps.mutableSpan
        for place in asked.indices {
            let index = Int(asked[place])
            steps[index].third =
                filteredEdge(steps[index - 1].secondEdges, by: steps[index].word.number).state
        }
    }

    /// Makes the steps of the automaton.
    @inline(__always)
    private func collect(
        _ tokens: Span<Token>, _ steps: Span<SearchMemory.Step>, into matches: inout [TokenMatch]
    ) {
        matches.removeAll(keepingCapacity: true)
        // The state where it is one of three tokens or more; else 0.
        var state: UInt32 = 0
        for index in tokens.indices {
            let step = steps[index]
            // Most tokens end nothing.
            if state | step.secondPattern | step.third | step.word.pattern == 0 { continue }
            if state | step.secondPattern | step.third != 0 {
                state = deepState(from: state, step)
                guard tokens[index].traits.contains(.endsWord) else { continue }
                if state != 0 {
                    append(endingIn: state, at: index, of: tokens, to: &matches)
                    continue
                }
                if step.secondPattern != 0 {
                    matches.append(
                        TokenMatch(pattern: step.secondPattern - 1, first: index - 1, last: index))
                }
            }
            if step.word.pattern != 0 {
                matches.append(TokenMatch(pattern: step.word.pattern - 1, first: index, last: index))
            }
        }
    }

    /// The state of three tokens or more that a token leads to from another one; 0 where it leads to none.
    @inline(__always)
    private func deepState(from start: UInt32, _ step: SearchMemory.Step) -> UInt32 {
        var state = start
        // What begins at the last two tokens before is known.
        while state != 0, field(.depth, of: state) > 2 {
            if step.word.number == 0 { return 0 }
            let next = edge(from: state, by: step.word.number)
            if next != 0 { return next }
            state = field(.failure, of: state)
        }
        return step.third
    }

    /// Appends the matches that end in a state.
    private func append(
        endingIn state: UInt32, at index: Int, of tokens: Span<Token>, to matches: inout [TokenMatch]
    ) {
        var ending = field(.pattern, of: state) != 0 ? state : field(.output, of: state)
        while ending != 0 {
            let first = index + 1 - Int(field(.depth, of: ending))
            if tokens[first].traits.contains(.startsWord) {
                matches.append(
                    TokenMatch(pattern: field(.pattern, of: ending) - 1, first: first, last: index))
            }
            ending = field(.output, of: ending)
        }
    }
}
