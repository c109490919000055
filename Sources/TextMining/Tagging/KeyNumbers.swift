/// Numbers keys in the order in which they first come, from 0. The keys are hashes already, so that nothing is hashed
/// again.
struct KeyNumbers {
    private var keys: [UInt64]
    /// The number of the key in each place; -1 where it is free.
    private var numbers: [Int32]
    /// How many keys there are.
    private(set) var count = 0

    /// Numbers no key yet, with room for some.
    init(expected: Int) {
        var capacity = 16
        while capacity < expected * 2 { capacity *= 2 }
        keys = [UInt64](repeating: 0, count: capacity)
        numbers = [Int32](repeating: -1, count: capacity)
    }

    /// The number of a key; nil where it never came.
    ///
    /// - Complexity: O(1) expected.
    func known(_ key: UInt64) -> Int? {
        let number = numbers[place(of: key)]
        return number < 0 ? nil : Int(number)
    }

    /// The number of a key, which gets the next one where it is new.
    ///
    /// - Complexity: O(1) expected.
    mutating func number(of key: UInt64) -> Int {
        let found = place(of: key)
        if numbers[found] >= 0 { return Int(numbers[found]) }
        keys[found] = key
        numbers[found] = Int32(count)
        count += 1
        if count * 2 > keys.count { grow() }
        return count - 1
    }

    /// The place of a key, or the free one where it would stand.
    private func place(of key: UInt64) -> Int {
        let mask = keys.count - 1
        var mixed = key &* 0x9E37_79B9_7F4A_7C15
        mixed ^= mixed >> 32
        var place = Int(truncatingIfNeeded: mixed) & mask
        while numbers[place] >= 0, keys[place] != key { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let (oldKeys, oldNumbers) = (keys, numbers)
        keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
        numbers = [Int32](repeating: -1, count: oldKeys.count * 2)
        for (old, number) in oldNumbers.enumerated() where number >= 0 {
            let place = place(of: oldKeys[old])
            keys[place] = oldKeys[old]
            numbers[place] = number
        }
    }
}
