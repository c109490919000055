/// The simple form of the automaton: a trie over token identities, to which patterns are added one by one.
///
/// State 0 is the root. Each other state is one token longer than its parent. The states are numbered as they come
/// into being, so the same patterns in the same order make the same trie.
public struct TokenTrie: Sendable {
    /// The number of distinct tokens in the patterns; their numbers run from 1.
    public private(set) var tokenCount = 0
    /// The number of distinct patterns; their numbers run from 0.
    public private(set) var patternCount = 0
    /// The parent of each state; the root is its own.
    private(set) var parents: [UInt32] = [0]
    /// The token that leads from the parent to the state.
    private(set) var labels: [UInt32] = [0]
    /// The number of tokens on the way from the root.
    private(set) var depths: [UInt16] = [0]
    /// The number of the pattern that ends in the state, plus one; 0 where none ends.
    private(set) var patterns: [UInt32] = [0]
    /// From token identities to their numbers.
    private(set) var vocabulary = KeyTable()
    /// From a state (upper half) and a token's number (lower half) to the next state.
    private(set) var edges = KeyTable()

    /// Makes an empty trie with room for a number of states.
    public init(expectedStates: Int = 0) {
        edges = KeyTable(expected: expectedStates)
        vocabulary = KeyTable(expected: expectedStates / 4)
        parents.reserveCapacity(expectedStates)
        labels.reserveCapacity(expectedStates)
        depths.reserveCapacity(expectedStates)
        patterns.reserveCapacity(expectedStates)
    }

    /// The number of states, the root included.
    public var stateCount: Int { parents.count }

    /// Adds a pattern, or finds it again, and gives its number; nil for one without tokens or with more than 65,535.
    ///
    /// - Complexity: O(number of tokens).
    public mutating func insert(_ tokens: some Collection<UInt64>) -> UInt32? {
        guard tokens.count <= Int(UInt16.max) else { return nil }
        var state: UInt32 = 0
        var depth: UInt16 = 0
        for identity in tokens {
            let token = number(of: identity)
            let key = UInt64(state) << 32 | UInt64(token)
            depth += 1
            if let next = edges[key] {
                state = next
            } else {
                let next = UInt32(parents.count)
                edges.insert(key, next)
                parents.append(state)
                labels.append(token)
                depths.append(depth)
                patterns.append(0)
                state = next
            }
        }
        guard state != 0 else { return nil }
        if patterns[Int(state)] == 0 {
            patternCount += 1
            patterns[Int(state)] = UInt32(patternCount)
        }
        return patterns[Int(state)] - 1
    }

    private mutating func number(of identity: UInt64) -> UInt32 {
        if let number = vocabulary[identity] { return number }
        tokenCount += 1
        vocabulary.insert(identity, UInt32(tokenCount))
        return UInt32(tokenCount)
    }
}

/// A hash table from nonzero 64-bit keys to 32-bit values with open addressing, in two flat arrays that can be written
/// to a file as they are.
struct KeyTable: Sendable {
    /// The keys; 0 where a place is free. The number of places is a power of two.
    private(set) var keys: [UInt64]
    /// The values, beside their keys.
    private(set) var values: [UInt32]
    private(set) var count = 0

    init(expected: Int = 0) {
        var capacity = 16
        while capacity * 5 < expected * 8 { capacity *= 2 }
        keys = [UInt64](repeating: 0, count: capacity)
        values = [UInt32](repeating: 0, count: capacity)
    }

    /// The multiplicative hash of Knuth, TAOCP 6.4: its upper bits are the best.
    @inline(__always)
    static func hash(of key: UInt64) -> UInt64 { (key ^ (key >> 29)) &* 0x9E37_79B9_7F4A_7C15 }

    /// Where the search for a key begins.
    @inline(__always)
    static func place(of key: UInt64, mask: Int) -> Int {
        Int(truncatingIfNeeded: hash(of: key) >> 20) & mask
    }

    subscript(key: UInt64) -> UInt32? {
        let mask = keys.count - 1
        var place = Self.place(of: key, mask: mask)
        while true {
            let found = keys[place]
            if found == key { return values[place] }
            if found == 0 { return nil }
            place = (place + 1) & mask
        }
    }

    /// Adds a key that is not there yet.
    mutating func insert(_ key: UInt64, _ value: UInt32) {
        if (count + 1) * 8 > keys.count * 5 { grow() }
        place(key, value)
        count += 1
    }

    private mutating func place(_ key: UInt64, _ value: UInt32) {
        let mask = keys.count - 1
        var place = Self.place(of: key, mask: mask)
        while keys[place] != 0 { place = (place + 1) & mask }
        keys[place] = key
        values[place] = value
    }

    private mutating func grow() {
        let (oldKeys, oldValues) = (keys, values)
        keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
        values = [UInt32](repeating: 0, count: oldKeys.count * 2)
        for index in oldKeys.indices where oldKeys[index] != 0 {
            place(oldKeys[index], oldValues[index])
        }
    }
}
