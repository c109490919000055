/// Confidence intervals by bootstrap: documents are drawn again and again, with replacement, and the interval leaves
/// out an equal share of the results at either end (the percentile interval; Efron and Tibshirani 1993).
///
/// The same seed and the same documents in the same order give the same intervals on every machine.
public struct Bootstrap: Hashable, Sendable {
    /// How often documents are drawn.
    public var resamples: Int
    /// What the draws begin with.
    public var seed: UInt64
    /// The share of the results that lies in the interval.
    public static let level = 0.95

    /// Makes a bootstrap.
    public init(resamples: Int = 1000, seed: UInt64 = 1) {
        self.resamples = max(1, resamples)
        self.seed = seed
    }

    /// An interval.
    public struct Interval: Hashable, Sendable {
        /// Its lower end.
        public var low: Double
        /// Its upper end.
        public var high: Double
    }

    /// The intervals of statistics.
    ///
    /// - Parameters:
    ///   - count: how many documents there are.
    ///   - statistics: the values for a sample: it is told how often each document was drawn.
    /// - Complexity: O(resamples · (documents + cost of the statistics + values · log(resamples))).
    public func intervals(count: Int, _ statistics: ([Int]) -> [Double]) -> [Interval] {
        var chance = SeededChance(seed: seed)
        var results: [[Double]] = []
        for _ in 0..<resamples {
            var times = [Int](repeating: 0, count: count)
            for _ in 0..<count { times[chance.below(count)] += 1 }
            results.append(statistics(times))
        }
        let tail = Int(Double(resamples) * (1 - Self.level) / 2)
        return (results.first ?? []).indices.map { place in
            let values = results.map { $0[place] }.sorted()
            return Interval(low: values[tail], high: values[resamples - 1 - tail])
        }
    }
}

/// A repeatable source of chance (SplitMix64; Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
package struct SeededChance: Sendable {
    private var state: UInt64

    /// Begins with a seed.
    package init(seed: UInt64) {
        state = seed
    }

    /// The next number.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// A number from 0 up to a bound, which is at least 1; some numbers come more often than others by bound / 2⁶⁴.
    mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A value whose every bit depends on every bit of another.
    static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
