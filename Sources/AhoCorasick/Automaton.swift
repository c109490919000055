/// A place where a pattern stands among the tokens of a text.
public struct TokenMatch: Hashable, Sendable {
    /// The pattern's number.
    public var pattern: UInt32
    /// The index of its first token.
    public var first: Int
    /// The index of its last token.
    public var last: Int

    /// Makes a match.
    public init(pattern: UInt32, first: Int, last: Int) {
        self.pattern = pattern
        self.first = first
        self.last = last
    }
}

/// The compiled form: the automaton of Aho and Corasick (Communications of the ACM 18, 1975) with tokens for letters.
///
/// `goto` is a hash table over pairs of state and token; `failure` leads to the longest proper suffix that is a
/// prefix of some pattern; `output` chains the patterns that end where a state ends. All tables are flat arrays of
/// little-endian integers: they are written to a file with `serialized` and used in place when it is mapped.
public struct Automaton: Sendable {
    private let vocabularyKeys: MemoryTable<UInt64>
    private let vocabularyValues: MemoryTable<UInt32>
    private let edgeKeys: MemoryTable<UInt64>
    private let edgeValues: MemoryTable<UInt32>
    private let failures: MemoryTable<UInt32>
    private let depths: MemoryTable<UInt16>
    /// The number of the pattern that ends in the state, plus one.
    private let patterns: MemoryTable<UInt32>
    /// The nearest state along the failures in which a pattern ends; 0 where there is none.
    private let outputs: MemoryTable<UInt32>
    /// The state that a token leads to from the root; 0 where it leads nowhere.
    private let rootEdges: MemoryTable<UInt32>

    /// The number of distinct patterns.
    public let patternCount: Int
    /// The number of states, the root included.
    public var stateCount: Int { failures.count }
    /// The number of distinct tokens.
    public var tokenCount: Int { rootEdges.count - 1 }

    /// Compiles a trie in memory.
    public init(compiling trie: TokenTrie) {
        let bytes = Self.serialized(trie)
        guard let automaton = Automaton(region: MemoryRegion(bytes), at: 0) else {
            preconditionFailure("a freshly compiled automaton could not be read back")
        }
        self = automaton
    }

    /// Uses a compiled automaton in place; nil when the region does not hold one at the offset.
    ///
    /// Only the header and the bounds of the tables are looked at, so that opening a mapped file costs nothing: that
    /// the tables hold what `serialized` wrote must be vouched for by whoever opens the file, by a checksum. A search
    /// in damaged tables may stop the program or never end; it never reads outside the region.
    public init?(region: MemoryRegion, at offset: Int) {
        guard let header = region.table(of: UInt64.self, at: offset, count: Self.headerWords),
            header[0] == Self.magic
        else { return nil }
        // No table has more elements than the region has bytes: below, nothing can overflow.
        let sizes = (1..<Self.headerWords).compactMap { Int(exactly: header[$0]) }.filter {
            $0 <= region.count
        }
        guard sizes.count == Self.headerWords - 1 else { return nil }
        let (places, edges, states, tokens) = (sizes[0], sizes[1], sizes[2], sizes[3])
        patternCount = sizes[4]
        guard places > 0, edges > 0, states > 0, tokens > 0, patternCount < states,
            places & (places - 1) == 0, edges & (edges - 1) == 0
        else { return nil }
        var position = offset + Self.headerWords * 8
        func next<Element: BitwiseCopyable>(_ type: Element.Type, _ count: Int) -> MemoryTable<Element>? {
            let table = region.table(of: type, at: position, count: count)
            position += (count * MemoryLayout<Element>.stride + 7) & ~7
            return table
        }
        guard let vocabularyKeys = next(UInt64.self, places), let edgeKeys = next(UInt64.self, edges),
            let vocabularyValues = next(UInt32.self, places), let edgeValues = next(UInt32.self, edges),
            let failures = next(UInt32.self, states), let patterns = next(UInt32.self, states),
            let outputs = next(UInt32.self, states), let rootEdges = next(UInt32.self, tokens),
            let depths = next(UInt16.self, states)
        else { return nil }
        self.vocabularyKeys = vocabularyKeys
        self.vocabularyValues = vocabularyValues
        self.edgeKeys = edgeKeys
        self.edgeValues = edgeValues
        self.failures = failures
        self.patterns = patterns
        self.outputs = outputs
        self.rootEdges = rootEdges
        self.depths = depths
    }

    // MARK: - Matching

    /// All matches in a sequence of tokens that begin at the start of a word and end at the end of one, longer ones
    /// and those inside them alike, in the order of their last tokens, longest first. `matches` is emptied first.
    ///
    /// - Complexity: O(number of tokens + number of matches), each step an expected constant number of look-ups.
    public func findMatches(in tokens: [Token], into matches: inout [TokenMatch]) {
        matches.removeAll(keepingCapacity: true)
        let starts = starts(of: tokens)
        var state: UInt32 = 0
        for index in tokens.indices {
            let start = starts[index]
            if start.token == 0 {
                state = 0
                continue
            }
            if index > 0, state == starts[index - 1].state {
                // Behind the first token of a pattern: a failure leads to the root.
                state = start.pair != 0 ? start.pair : start.state
            } else {
                state = step(from: state, by: start.token)
            }
            guard tokens[index].traits.contains(.endsWord) else { continue }
            var ending = patterns[Int(state)] != 0 ? state : outputs[Int(state)]
            while ending != 0 {
                let first = index + 1 - Int(depths[Int(ending)])
                if tokens[first].traits.contains(.startsWord) {
                    matches.append(TokenMatch(pattern: patterns[Int(ending)] - 1, first: first, last: index))
                }
                ending = outputs[Int(ending)]
            }
        }
    }

    /// Where the search stands at a token when it begins there, or at the token before.
    private struct Start {
        /// The token's number; 0 where no pattern has it.
        var token: UInt32
        /// The state that it leads to from the root.
        var state: UInt32
        /// The state that it leads to from the one in which the token before is the first; 0 where it leads nowhere.
        var pair: UInt32
    }

    /// Looks up what may be asked of each token before the first step is made.
    ///
    /// Nearly all steps begin at the root or behind the first token of a pattern. None of these look-ups waits for
    /// another, so that the machine fetches many places of the tables at a time; in the search each would wait for the
    /// step before it.
    private func starts(of tokens: [Token]) -> [Start] {
        var starts: [Start] = []
        starts.reserveCapacity(tokens.count)
        for index in tokens.indices {
            starts.append(Start(token: number(of: tokens[index].identity), state: 0, pair: 0))
        }
        for index in starts.indices where starts[index].token != 0 {
            starts[index].state = rootEdges[Int(starts[index].token)]
        }
        for index in starts.indices.dropFirst()
        where starts[index].token != 0 && starts[index - 1].state != 0 {
            starts[index].pair = edge(from: starts[index - 1].state, by: starts[index].token)
        }
        return starts
    }

    /// The number of the pattern that consists of just these tokens.
    public func pattern(of tokens: some Sequence<UInt64>) -> UInt32? {
        var state: UInt32 = 0
        for identity in tokens {
            let token = number(of: identity)
            guard token != 0 else { return nil }
            let next = edge(from: state, by: token)
            guard next != 0 else { return nil }
            state = next
        }
        let pattern = patterns[Int(state)]
        return pattern == 0 ? nil : pattern - 1
    }

    @inline(__always)
    private func step(from start: UInt32, by token: UInt32) -> UInt32 {
        var state = start
        while state != 0 {
            let next = edge(from: state, by: token)
            if next != 0 { return next }
            state = failures[Int(state)]
        }
        return rootEdges[Int(token)]
    }

    @inline(__always)
    private func edge(from state: UInt32, by token: UInt32) -> UInt32 {
        if state == 0 { return rootEdges[Int(token)] }
        return Self.find(UInt64(state) << 32 | UInt64(token), edgeKeys, edgeValues)
    }

    @inline(__always)
    private func number(of identity: UInt64) -> UInt32 {
        Self.find(identity, vocabularyKeys, vocabularyValues)
    }

    @inline(__always)
    private static func find(
        _ key: UInt64, _ keys: MemoryTable<UInt64>, _ values: MemoryTable<UInt32>
    ) -> UInt32 {
        let mask = keys.count - 1
        var place = KeyTable.place(of: key, mask: mask)
        while true {
            let found = keys[place]
            if found == key { return values[place] }
            if found == 0 { return 0 }
            place = (place + 1) & mask
        }
    }

    // MARK: - Compiling

    private static let magic: UInt64 = 0x3130_4F54_5541_5342  // "BSAUTO01"
    private static let headerWords = 6

    /// The compiled automaton as bytes: a header of six 64-bit words (magic, places of the vocabulary, places of the
    /// edges, states, tokens, patterns), then the tables, each padded to eight bytes.
    public static func serialized(_ trie: TokenTrie) -> [UInt8] {
        let states = trie.stateCount
        // Breadth first: the failure of a state is found from its parent's, which is shallower.
        var order = [Int](0..<states)
        order.sort { (trie.depths[$0], $0) < (trie.depths[$1], $1) }
        var failures = [UInt32](repeating: 0, count: states)
        var outputs = [UInt32](repeating: 0, count: states)
        var rootEdges = [UInt32](repeating: 0, count: trie.tokenCount + 1)
        for state in order where state != 0 {
            let parent = Int(trie.parents[state])
            let label = trie.labels[state]
            if parent == 0 {
                rootEdges[Int(label)] = UInt32(state)
                continue
            }
            var candidate = Int(failures[parent])
            var failure: UInt32 = 0
            while true {
                if let next = trie.edges[UInt64(candidate) << 32 | UInt64(label)] {
                    failure = next
                    break
                }
                if candidate == 0 { break }
                candidate = Int(failures[candidate])
            }
            failures[state] = failure
            outputs[state] = trie.patterns[Int(failure)] != 0 ? failure : outputs[Int(failure)]
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(trie.edges.keys.count * 12 + states * 14 + trie.vocabulary.keys.count * 12 + 64)
        append(
            [
                magic, UInt64(trie.vocabulary.keys.count), UInt64(trie.edges.keys.count), UInt64(states),
                UInt64(trie.tokenCount + 1), UInt64(trie.patternCount),
            ], to: &bytes)
        append(trie.vocabulary.keys, to: &bytes)
        append(trie.edges.keys, to: &bytes)
        append(trie.vocabulary.values, to: &bytes)
        append(trie.edges.values, to: &bytes)
        append(failures, to: &bytes)
        append(trie.patterns, to: &bytes)
        append(outputs, to: &bytes)
        append(rootEdges, to: &bytes)
        append(trie.depths, to: &bytes)
        return bytes
    }

    private static func append<Element: FixedWidthInteger & BitwiseCopyable>(
        _ table: [Element], to bytes: inout [UInt8]
    ) {
        LittleEndian.append(table, to: &bytes)
    }
}

/// Writes tables as a mapped file holds them.
public enum LittleEndian {
    /// Appends a table of integers and pads to eight bytes.
    public static func append<Element: FixedWidthInteger & BitwiseCopyable>(
        _ table: [Element], to bytes: inout [UInt8]
    ) {
        unsafe table.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        while bytes.count % 8 != 0 { bytes.append(0) }
    }
}
