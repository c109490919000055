/// Hits, false alarms and misses. They are sums over documents, and whole numbers but for means.
public struct Counts: Hashable, Sendable {
    /// In gold and found.
    public var hits: Double
    /// Found, but not in gold.
    public var falseAlarms: Double
    /// In gold, but not found.
    public var misses: Double

    /// Makes counts.
    public init(hits: Double = 0, falseAlarms: Double = 0, misses: Double = 0) {
        self.hits = hits
        self.falseAlarms = falseAlarms
        self.misses = misses
    }

    /// Compares what is found with gold.
    public init<Element: Hashable>(gold: Set<Element>, found: Set<Element>) {
        hits = Double(gold.intersection(found).count)
        falseAlarms = Double(found.count) - hits
        misses = Double(gold.count) - hits
    }

    /// What counts towards a share: one that is right or wrong.
    public init(isRight: Bool) {
        self.init(hits: isRight ? 1 : 0, misses: isRight ? 0 : 1)
    }

    /// The share of hits in what is found, in percent; 0 where nothing is.
    public var precision: Double { 100 * share(of: hits + falseAlarms) }

    /// The share of hits in gold, in percent; 0 where gold has nothing.
    public var recall: Double { 100 * share(of: hits + misses) }

    /// The harmonic mean of precision and recall, in percent; 0 where both are 0.
    public var f1: Double {
        let precision = share(of: hits + falseAlarms)
        let recall = share(of: hits + misses)
        return precision + recall > 0 ? 200 * precision * recall / (precision + recall) : 0
    }

    private func share(of whole: Double) -> Double { whole > 0 ? hits / whole : 0 }

    /// Adds counts, so many times.
    mutating func add(_ other: Counts, times: Int = 1) {
        hits += Double(times) * other.hits
        falseAlarms += Double(times) * other.falseAlarms
        misses += Double(times) * other.misses
    }

    /// Adds counts.
    public static func += (one: inout Counts, other: Counts) { one.add(other) }
}
