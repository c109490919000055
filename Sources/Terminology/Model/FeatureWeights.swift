import AhoCorasick

/// The weights of a linear model by the numbers of its features: a hash table with open addressing, used in place.
public struct FeatureWeights: Sendable {
    private let keys: MemoryTable<UInt64>
    private let values: MemoryTable<UInt32>
    /// Whether there is any weight.
    public let isEmpty: Bool

    init(keys: MemoryTable<UInt64>, values: MemoryTable<UInt32>) {
        self.keys = keys
        self.values = values
        isEmpty = keys.count < 2
    }

    /// Weights in memory.
    public init(_ weights: [UInt64: Float]) {
        let (keys, values) = Self.tables(of: weights)
        var bytes: [UInt8] = []
        LittleEndian.append(keys, to: &bytes)
        let offset = bytes.count
        LittleEndian.append(values, to: &bytes)
        let region = MemoryRegion(bytes)
        guard let keyTable = region.table(of: UInt64.self, at: 0, count: keys.count),
            let valueTable = region.table(of: UInt32.self, at: offset, count: values.count)
        else { preconditionFailure("tables that were just laid out could not be read back") }
        self.init(keys: keyTable, values: valueTable)
    }

    /// The weight of a feature; 0 where it has none.
    ///
    /// - Complexity: O(1) expected.
    @inline(__always)
    public subscript(number: UInt64) -> Float {
        let mask = keys.count - 1
        if mask < 1 { return 0 }
        var place = Int(truncatingIfNeeded: number ^ (number >> 32)) & mask
        while true {
            let key = keys[place]
            if key == number { return Float(bitPattern: values[place]) }
            if key == 0 { return 0 }
            place = (place + 1) & mask
        }
    }

    /// Whether a condition holds for all weights.
    ///
    /// - Complexity: O(number of weights).
    public func allSatisfy(_ isRight: (Float) -> Bool) -> Bool {
        (0..<keys.count).allSatisfy { keys[$0] == 0 || isRight(Float(bitPattern: values[$0])) }
    }

    /// Calls a function with the number of each feature that has a weight.
    ///
    /// - Complexity: O(number of weights).
    public func forEachNumber(_ body: (UInt64) -> Void) {
        for place in 0..<keys.count where keys[place] != 0 { body(keys[place]) }
    }

    /// The sum of the weights of features, added in their order.
    ///
    /// Looking them up one after the other lets the machine fetch many places of the table at a time.
    ///
    /// - Complexity: O(number of features) expected.
    public func sum(of numbers: [UInt64], from start: Float = 0) -> Float {
        var sum = start
        for number in numbers { sum += self[number] }
        return sum
    }

    /// The tables: keys with zeros between, at most half full, and the values beside them.
    static func tables(of weights: [UInt64: Float]) -> (keys: [UInt64], values: [UInt32]) {
        if weights.isEmpty { return ([0], [0]) }
        var count = 4
        while count < weights.count * 2 { count *= 2 }
        var keys = [UInt64](repeating: 0, count: count)
        var values = [UInt32](repeating: 0, count: count)
        for (key, weight) in weights.sorted(by: { $0.key < $1.key }) {
            var place = Int(truncatingIfNeeded: key ^ (key >> 32)) & (count - 1)
            while keys[place] != 0 { place = (place + 1) & (count - 1) }
            keys[place] = key
            values[place] = weight.bitPattern
        }
        return (keys, values)
    }
}
