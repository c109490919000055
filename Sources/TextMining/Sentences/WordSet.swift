/// A set of words, compared by their first eight bytes.
struct WordSet: Sendable {
    /// The words as numbers, in ascending order.
    let keys: [UInt64]

    /// Makes a set of the words of a text, separated by white space.
    init(_ words: String) {
        var keys: [UInt64] = []
        var bytes: [UInt8] = []
        for byte in (words + " ").utf8 {
            if byte > 0x20 {
                bytes.append(byte)
            } else if !bytes.isEmpty {
                keys.append(Letters.key(bytes.span, from: 0, to: bytes.count))
                bytes.removeAll(keepingCapacity: true)
            }
        }
        self.keys = keys.sorted()
    }

    /// Whether the set holds the word in `start..<end`, in its very case.
    ///
    /// - Complexity: O(log(words)).
    func contains(_ text: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        guard start < end else { return false }
        return contains(key: Letters.key(text, from: start, to: end))
    }

    /// Whether the set holds the word of this number.
    func contains(key: UInt64) -> Bool {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low &+ high) &>> 1
            if keys[middle] < key { low = middle &+ 1 } else { high = middle }
        }
        return low < keys.count && keys[low] == key
    }
}
