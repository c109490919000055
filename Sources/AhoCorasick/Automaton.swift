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
/// `goto` is a table of the edges that leave each state, a hash table a state; the failure of a state leads to the longest
/// proper suffix that is a prefix of some pattern; its output chains the patterns that end where it ends. All tables are flat
/// arrays of little-endian integers: they are written to a file with `serialized` and used in place.
///
/// Nearly all of what a search asks of a large dictionary is not there. A filter of eight bits a place, of which those of
/// the words that texts use most fit a cache where the table does not, says so for all but a few of a hundred (Bloom,
/// Communications of the ACM 13, 1970, with one hash).
public struct Automaton: Sendable {
    /// What a token is to a search that begins at it: found once, it need not be looked up again.
    public struct Word: Sendable, BitwiseCopyable {
        /// The token's number; 0 where no pattern has it.
        var number: UInt32
        /// The number of the pattern that is this token alone, plus one; 0 where there is none.
        var pattern: UInt32
        /// The edges that leave the state which it leads to from the root.
        var edges: OutEdges
    }

    private let vocabularyKeys: MemoryTable<UInt64>
    private let vocabularyValues: MemoryTable<UInt32>
    private let edges: MemoryTable<Edge>
    private let filter: MemoryTable<UInt8>
    /// Five numbers a state: `StateField`.
    private let states: MemoryTable<UInt32>
    /// The state that a token leads to from the root; 0 where it leads nowhere.
    private let rootEdges: MemoryTable<UInt32>

    /// The numbers of a state's record.
    enum StateField: Int {
        /// The longest proper suffix that is a state.
        case failure
        /// The number of the pattern that ends in the state, plus one.
        case pattern
        /// The nearest state along the failures in which a pattern ends; 0 where there is none.
        case output
        /// The number of tokens on the way from the root.
        case depth
        /// The edges that leave it, as `OutEdges` has them.
        case edges

        /// The number of fields.
        static var width: Int { 5 }
    }

    /// The number of distinct patterns.
    public let patternCount: Int
    /// The number of states, the root included.
    public var stateCount: Int { states.count / StateField.width }
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
    /// Only the header and the bounds of the tables are looked at, so that opening a file costs nothing: that
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
            places & (places - 1) == 0
        else { return nil }
        var position = offset + Self.headerWords * 8
        func next<Element: BitwiseCopyable>(_ type: Element.Type, _ count: Int) -> MemoryTable<Element>? {
            let table = region.table(of: type, at: position, count: count)
            position += (count * MemoryLayout<Element>.stride + 7) & ~7
            return table
        }
        guard let vocabularyKeys = next(UInt64.self, places), let edgeTable = next(Edge.self, edges),
            let filter = next(UInt8.self, edges), let vocabularyValues = next(UInt32.self, places),
            let stateTable = next(UInt32.self, states * StateField.width),
            let rootEdges = next(UInt32.self, tokens)
        else { return nil }
        self.vocabularyKeys = vocabularyKeys
        self.vocabularyValues = vocabularyValues
        self.edges = edgeTable
        self.filter = filter
        self.states = stateTable
        self.rootEdges = rootEdges
    }

    // MARK: - Look-ups

    /// What a token is to a search that begins at it.
    public func word(of identity: UInt64) -> Word {
        let number = number(of: identity)
        if number == 0 { return .none }
        let state = rootEdges[Int(number)]
        return Word(
            number: number, pattern: state == 0 ? 0 : field(.pattern, of: state),
            edges: state == 0 ? .none : edges(of: state))
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
        let pattern = field(.pattern, of: state)
        return pattern == 0 ? nil : pattern - 1
    }

    /// The state that a token leads to from another; 0 where it leads nowhere.
    @inline(__always)
    func edge(from state: UInt32, by token: UInt32) -> UInt32 {
        if state == 0 { return rootEdges[Int(token)] }
        let edges = edges(of: state)
        return filtered(edges, by: token) == 0 ? 0 : filteredEdge(edges, by: token).state
    }

    /// 1 where the filter lets a token pass behind a state, else 0; always 0 where the token is 0 or the state has no edges.
    /// There is no branch in it, so that many of these look-ups are under way at a time.
    @inline(__always)
    func filtered(_ edges: OutEdges, by token: UInt32) -> UInt32 {
        let bit = edges.bit(of: token)
        let isPossible: UInt32 = token != 0 ? 1 : 0
        return (UInt32(filter[bit &>> 3]) &>> UInt32(truncatingIfNeeded: bit & 7)) & isPossible
    }

    /// What the table of edges answers at the first look: the edge of a token, `none`, or nil where more must be looked at.
    @inline(__always)
    func nearEdge(_ edges: OutEdges, by token: UInt32) -> Edge? {
        let found = self.edges[edges.place(of: token)]
        return found.token == token ? found : found.token == 0 || edges.count == 1 ? Edge.none : nil
    }

    /// The edge of a token where the filter has let it pass; `none` where there is no such edge.
    @inline(__always)
    func filteredEdge(_ edges: OutEdges, by token: UInt32) -> Edge {
        var place = edges.place(of: token)
        var left = edges.count
        while left > 0 {
            let found = self.edges[place]
            if found.token == token { return found }
            if found.token == 0 { break }
            place = edges.place(after: place)
            left &-= 1
        }
        return .none
    }

    /// The edges that leave a state.
    @inline(__always)
    func edges(of state: UInt32) -> OutEdges { OutEdges(rawValue: field(.edges, of: state)) }

    @inline(__always)
    func field(_ field: StateField, of state: UInt32) -> UInt32 {
        states[Int(state) * StateField.width + field.rawValue]
    }

    @inline(__always)
    private func number(of identity: UInt64) -> UInt32 {
        let mask = vocabularyKeys.count - 1
        var place = KeyTable.place(of: identity, mask: mask)
        while true {
            let found = vocabularyKeys[place]
            if found == identity { return vocabularyValues[place] }
            if found == 0 { return 0 }
            place = (place + 1) & mask
        }
    }

    // MARK: - Compiling

    private static let magic: UInt64 = 0x3430_4F54_5541_5342  // "BSAUTO04"
    private static let headerWords = 6

    /// The compiled automaton as bytes: a header of six 64-bit words (magic, places of the vocabulary, places of the
    /// edges, states, tokens, patterns), then the tables, each padded to eight bytes.
    public static func serialized(_ trie: TokenTrie) -> [UInt8] {
        let count = trie.stateCount
        // Breadth first: the failure of a state is found from its parent's, which is shallower.
        var order = [Int](0..<count)
        order.sort { (trie.depths[$0], $0) < (trie.depths[$1], $1) }
        var failures = [UInt32](repeating: 0, count: count)
        var outputs = [UInt32](repeating: 0, count: count)
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
        let stretches = stretches(trie)
        let (edges, filter) = edgeTable(trie, stretches.ofStates, places: stretches.places)
        var states: [UInt32] = []
        states.reserveCapacity(count * StateField.width)
        for state in 0..<count {
            states.append(failures[state])
            states.append(trie.patterns[state])
            states.append(outputs[state])
            states.append(UInt32(trie.depths[state]))
            states.append(stretches.ofStates[state].rawValue)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(
            edges.count * 5 + count * StateField.width * 4 + trie.vocabulary.keys.count * 12 + 64)
        append(
            [
                magic, UInt64(trie.vocabulary.keys.count), UInt64(stretches.places), UInt64(count),
                UInt64(trie.tokenCount + 1), UInt64(trie.patternCount),
            ], to: &bytes)
        append(trie.vocabulary.keys, to: &bytes)
        append(edges, to: &bytes)
        append(filter, to: &bytes)
        append(trie.vocabulary.values, to: &bytes)
        append(states, to: &bytes)
        append(rootEdges, to: &bytes)
        return bytes
    }

    /// Where the edges of each state stand, those of the root left out, which are in a table of their own; and how many places
    /// there are.
    ///
    /// States are in their order, but first those that one token leads to: all texts ask them.
    private static func stretches(_ trie: TokenTrie) -> (ofStates: [OutEdges], places: Int) {
        var counts = [Int](repeating: 0, count: trie.stateCount)
        for state in 1..<max(1, trie.stateCount) { counts[Int(trie.parents[state])] += 1 }
        var ofStates = [OutEdges](repeating: .none, count: trie.stateCount)
        // The first place stays free: it is that of states without edges.
        var places = 1
        for isFirst in [true, false] {
            for state in 1..<max(1, trie.stateCount)
            where counts[state] > 0 && (trie.parents[state] == 0) == isFirst {
                let logarithm = OutEdges.logarithm(for: counts[state])
                ofStates[state] = OutEdges(first: places, logarithm: logarithm)
                places += 1 << logarithm
            }
        }
        return (ofStates, places)
    }

    /// The table of edges, four numbers a place, and the filter, a byte a place.
    private static func edgeTable(
        _ trie: TokenTrie, _ stretches: [OutEdges], places: Int
    ) -> (edges: [UInt32], filter: [UInt8]) {
        var edges = [UInt32](repeating: 0, count: places * Edge.width)
        var filter = [UInt8](repeating: 0, count: places)
        for state in 1..<max(1, trie.stateCount) where trie.parents[state] != 0 {
            let stretch = stretches[Int(trie.parents[state])]
            let label = trie.labels[state]
            let bit = stretch.bit(of: label)
            filter[bit >> 3] |= 1 << UInt8(bit & 7)
            var place = stretch.place(of: label)
            while edges[place * Edge.width] != 0 { place = stretch.place(after: place) }
            let record = [label, UInt32(state), trie.patterns[state], stretches[state].rawValue]
            for (field, value) in record.enumerated() { edges[place * Edge.width + field] = value }
        }
        return (edges, filter)
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
