/// Numbers keys in the order in which they first come, from 0. The keys are hashes already, so that nothing is hashed
/// again.
struct KeyNumbers: Sendable {
    /// A key with its number, -1 where the place is free: side by side, so that one look finds both.
    private struct Place {
        var key: UInt64
        var number: Int32

        static let free = Place(key: 0, number: -1)
    }

    private var places: [Place]
    /// The last of the places in use: their number is a power of two.
    private var mask: Int
    /// How many keys there are.
    private(set) var count = 0

    /// For how many keys there is space.
    var capacity: Int { places.count / 2 }

    /// Numbers no key yet, with room for some.
    init(expected: Int) {
        mask = Self.capacity(expected) - 1
        // Not made by repeating: the standard library then asks for the type at run time, which takes longer than a few places.
        places = []
        places.append(contentsOf: repeatElement(.free, count: mask + 1))
    }

    private static func capacity(_ expected: Int) -> Int {
        var capacity = 16
        while capacity < expected * 2 { capacity *= 2 }
        return capacity
    }

    /// Forgets all keys, and takes room for some, that of before where it is enough.
    mutating func removeAll(expected: Int) {
        count = 0
        mask = Self.capacity(expected) - 1
        if mask >= places.count {
            places = [Place](repeating: .free, count: mask + 1)
        } else {
            let last = mask
            var used = places.mutableSpan
            for place in 0...last { used[place] = .free }
        }
    }

    /// The number of a key; nil where it never came.
    ///
    /// - Complexity: O(1) expected.
    func known(_ key: UInt64) -> Int? {
        var place = start(of: key)
        while true {
            let found = places[place]
            if found.number < 0 { return nil }
            if found.key == key { return Int(found.number) }
            place = (place &+ 1) & mask
        }
    }

    /// The number of a key, which gets the next one where it is new.
    ///
    /// - Complexity: O(1) expected.
    mutating func number(of key: UInt64) -> Int {
        var place = start(of: key)
        while true {
            let found = places[place]
            if found.number < 0 { break }
            if found.key == key { return Int(found.number) }
            place = (place &+ 1) & mask
        }
        places[place] = Place(key: key, number: Int32(count))
        count += 1
        if count * 2 > mask + 1 { grow() }
        return count - 1
    }

    /// Where the search for a key begins.
    @inline(__always)
    private func start(of key: UInt64) -> Int {
        var mixed = key &* 0x9E37_79B9_7F4A_7C15
        mixed ^= mixed >> 32
        return Int(truncatingIfNeeded: mixed) & mask
    }

    private mutating func grow() {
        let old = places[0...mask]
        places = [Place](repeating: .free, count: old.count * 2)
        mask = places.count - 1
        for one in old where one.number >= 0 {
            var place = start(of: one.key)
            while places[place].number >= 0 { place = (place + 1) & mask }
            places[place] = one
        }
    }
}
