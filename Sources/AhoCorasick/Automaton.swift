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
/// `goto` is a hash table over pairs of state and token; the failure of a state leads to the longest proper suffix that is
/// a prefix of some pattern; its output chains the patterns that end where it ends. All tables are flat arrays of
/// little-endian integers: they are written to a file with `serialized` and used in place.
///
/// Nearly all of what a search asks of a large dictionary is not there. A filter of ten bits an edge or more,
/// which fits a cache where the table does not, says so for all but a few of a hundred (Bloom, Communications of the
/// ACM 13, 1970, with one hash).
public struct Automaton: Sendable {
    /// What a token is to a search that begins at it: found once, it need not be looked up again.
    public struct Word: Sendable, BitwiseCopyable {
        /// The token's number; 0 where no pattern has it.
        var number: UInt32
        /// The state that it leads to from the root; 0 where it leads nowhere.
        var state: UInt32
        /// The number of the pattern that is this token alone, plus one; 0 where there is none.
        var pattern: UInt32
    }

    private let vocabularyKeys: MemoryTable<UInt64>
    private let vocabularyValues: MemoryTable<UInt32>
    private let edgeKeys: MemoryTable<UInt64>
    private let edgeValues: MemoryTable<UInt32>
    private let filter: MemoryTable<UInt64>
    /// By how many bits a hash is shifted to be a place in the filter.
    private let filterShift: UInt64
    /// Four numbers a state: `StateField`.
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

        /// The number of fields.
        static var width: Int { 4 }
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
            places & (places - 1) == 0, edges & (edges - 1) == 0
        else { return nil }
        var position = offset + Self.headerWords * 8
        func next<Element: BitwiseCopyable>(_ type: Element.Type, _ count: Int) -> MemoryTable<Element>? {
            let table = region.table(of: type, at: position, count: count)
            position += (count * MemoryLayout<Element>.stride + 7) & ~7
            return table
        }
        guard let vocabularyKeys = next(UInt64.self, places), let edgeKeys = next(UInt64.self, edges),
            let filter = next(UInt64.self, Self.filterWords(ofEdges: edges)),
            let vocabularyValues = next(UInt32.self, places), let edgeValues = next(UInt32.self, edges),
            let stateTable = next(UInt32.self, states * StateField.width),
            let rootEdges = next(UInt32.self, tokens)
        else { return nil }
        self.vocabularyKeys = vocabularyKeys
        self.vocabularyValues = vocabularyValues
        self.edgeKeys = edgeKeys
        self.edgeValues = edgeValues
        self.filter = filter
        filterShift = Self.filterShift(ofEdges: edges)
        self.states = stateTable
        self.rootEdges = rootEdges
    }

    // MARK: - Look-ups

    /// What a token is to a search that begins at it.
    public func word(of identity: UInt64) -> Word {
        let number = number(of: identity)
        if number == 0 { return Word(number: 0, state: 0, pattern: 0) }
        let state = rootEdges[Int(number)]
        return Word(number: number, state: state, pattern: state == 0 ? 0 : field(.pattern, of: state))
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
        guard filtered(from: state, by: token) != 0 else { return 0 }
        return filteredEdge(from: state, by: token)
    }

    /// 1 where the filter lets a token pass behind a state, else 0; always 0 where either is 0. There is no branch in it, so
    /// that many of these look-ups are under way at a time.
    @inline(__always)
    func filtered(from state: UInt32, by token: UInt32) -> UInt32 {
        // What needs no answer waits for no memory.
        let isPossible: UInt64 = state != 0 && token != 0 ? 1 : 0
        let bit = (KeyTable.hash(of: Self.key(state, token)) >> filterShift) & (0 &- isPossible)
        return UInt32(
            truncatingIfNeeded: (filter[Int(truncatingIfNeeded: bit >> 6)] &>> (bit & 63)) & isPossible)
    }

    /// Where the table of edges answers at the first look: the state that a token leads to from another, which is not the
    /// root; 0 where it leads nowhere, and nil where more must be looked at.
    @inline(__always)
    func nearEdge(from state: UInt32, by token: UInt32) -> UInt32? {
        let key = Self.key(state, token)
        let place = KeyTable.place(of: key, mask: edgeKeys.count - 1)
        let (found, value) = (edgeKeys[place], edgeValues[place])
        return found == key ? value : found == 0 ? 0 : nil
    }

    /// The state that a token leads to from another where the filter has let it pass; 0 where it leads nowhere.
    @inline(__always)
    func filteredEdge(from state: UInt32, by token: UInt32) -> UInt32 {
        Self.find(Self.key(state, token), edgeKeys, edgeValues)
    }

    @inline(__always)
    private static func key(_ state: UInt32, _ token: UInt32) -> UInt64 {
        UInt64(state) << 32 | UInt64(token)
    }

    @inline(__always)
    func field(_ field: StateField, of state: UInt32) -> UInt32 {
        states[Int(state) * StateField.width + field.rawValue]
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

    private static let magic: UInt64 = 0x3330_4F54_5541_5342  // "BSAUTO03"
    private static let headerWords = 6

    /// The words of the filter: eight bits a place of the table of edges, of which three in four are taken at most.
    private static func filterWords(ofEdges places: Int) -> Int { max(1, places / 8) }

    private static func filterShift(ofEdges places: Int) -> UInt64 {
        UInt64(64 - (filterWords(ofEdges: places) * 64).trailingZeroBitCount)
    }

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
        // Edges from the root are in a table of their own, and the filter says of most of the others that they are not there,
        // which takes longest in a table that is nearly full.
        let edges = KeyTable(compacting: trie.edges) { $0 >> 32 != 0 }
        let places = edges.keys.count
        var filter = [UInt64](repeating: 0, count: filterWords(ofEdges: places))
        for key in edges.keys where key != 0 {
            let bit = KeyTable.hash(of: key) >> filterShift(ofEdges: places)
            filter[Int(bit >> 6)] |= 1 << (bit & 63)
        }
        var states: [UInt32] = []
        states.reserveCapacity(count * StateField.width)
        for state in 0..<count {
            states.append(failures[state])
            states.append(trie.patterns[state])
            states.append(outputs[state])
            states.append(UInt32(trie.depths[state]))
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(places * 13 + count * 16 + trie.vocabulary.keys.count * 12 + 64)
        append(
            [
                magic, UInt64(trie.vocabulary.keys.count), UInt64(places), UInt64(count),
                UInt64(trie.tokenCount + 1), UInt64(trie.patternCount),
            ], to: &bytes)
        append(trie.vocabulary.keys, to: &bytes)
        append(edges.keys, to: &bytes)
        append(filter, to: &bytes)
        append(trie.vocabulary.values, to: &bytes)
        append(edges.values, to: &bytes)
        append(states, to: &bytes)
        append(rootEdges, to: &bytes)
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
