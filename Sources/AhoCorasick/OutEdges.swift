/// Where the edges that leave a state stand: a stretch of the table of edges, which is a hash table of its own, and the same
/// stretch of the filter, a byte a place. What a text asks most often thus stands close together.
struct OutEdges: Sendable, BitwiseCopyable {
    /// The first place (upper 27 bits), and the logarithm of the number of places (lower five).
    let rawValue: UInt32

    /// No edges: the first place of all, which is free.
    static let none = OutEdges(rawValue: 0)

    /// How many places there may be.
    static let limit = 1 << 27

    init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// A stretch; the number of places is two to the power of `logarithm`.
    init(first: Int, logarithm: Int) {
        precondition(first < Self.limit, "an automaton has too many edges for its table")
        rawValue = UInt32(first) << 5 | UInt32(logarithm)
    }

    /// The logarithm of the number of places for some edges: three quarters of many places are taken at most; few may all be.
    static func logarithm(for count: Int) -> Int {
        var logarithm = 0
        while 1 << logarithm < count { logarithm += 1 }
        return logarithm > 2 && count * 4 > 3 << logarithm ? logarithm + 1 : logarithm
    }

    /// The number of places.
    @inline(__always)
    var count: Int { 1 &<< Int(rawValue & 31) }

    /// The bit of the filter that stands for a token here.
    @inline(__always)
    func bit(of token: UInt32) -> Int {
        // The multiplicative hash of Knuth, TAOCP 6.4: its upper bits are the best.
        let hash = (token &* 0x9E37_79B9) &>> (29 &- rawValue & 31)
        return Int(rawValue >> 5) &<< 3 &+ Int(hash)
    }

    /// The place where the search for a token's edge begins.
    @inline(__always)
    func place(of token: UInt32) -> Int { bit(of: token) &>> 3 }

    /// The place behind another one, in a ring.
    @inline(__always)
    func place(after place: Int) -> Int {
        let first = Int(rawValue >> 5)
        return first &+ ((place &- first &+ 1) & (count &- 1))
    }
}

/// An edge of the automaton, with what is asked next where it leads: all in one place, so that memory is waited for once.
struct Edge: Sendable, BitwiseCopyable {
    /// The token that it is for; 0 where the place is free.
    let token: UInt32
    /// The state that it leads to; 0 for none.
    let state: UInt32
    /// The number of the pattern that ends in this state, plus one; 0 where there is none.
    let pattern: UInt32
    /// The edges that leave this state.
    let edges: OutEdges

    /// No edge.
    static let none = Edge(token: 0, state: 0, pattern: 0, edges: .none)

    /// The numbers of its record in a file.
    static let width = 4
}
