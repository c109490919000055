/// What is measured.
public struct Measure: Hashable, Sendable {
    /// What a measure says.
    public enum Shape: Hashable, Sendable {
        /// Precision, recall and F1.
        case rates
        /// A share of hits.
        case share
    }

    /// Its name in JSON: `ids`.
    public var name: String
    /// The name of a group of measures that it belongs to in JSON: `flags`.
    public var group: String?
    /// What it is, for people.
    public var title: String
    /// What it says.
    public var shape: Shape

    /// Makes a measure.
    public init(_ name: String, group: String? = nil, title: String, shape: Shape = .rates) {
        self.name = name
        self.group = group
        self.title = title
        self.shape = shape
    }
}

/// A number with its confidence interval.
public struct Estimate: Hashable, Sendable {
    /// The number.
    public var value: Double
    /// The 95 % confidence interval.
    public var interval: Bootstrap.Interval
}

/// The score of a measure over all documents, in percent.
public struct Score: Hashable, Sendable {
    /// What was measured.
    public var measure: Measure
    /// The counts over all documents.
    public var counts: Counts
    /// The precision.
    public var precision: Estimate
    /// The recall; the share, where the measure is one.
    public var recall: Estimate
    /// The F1.
    public var f1: Estimate
}

/// The counts of every document for some measures, and the scores that follow from them.
public struct ScoreSheet: Hashable, Sendable {
    /// What is measured.
    public let measures: [Measure]
    /// By document: the counts of each measure.
    public private(set) var documents: [[Counts]] = []

    /// Makes a sheet without documents.
    public init(_ measures: [Measure]) {
        self.measures = measures
    }

    /// Adds a document with its counts, one for each measure, in their order.
    public mutating func add(_ counts: [Counts]) {
        precondition(counts.count == measures.count, "a document has counts for every measure")
        documents.append(counts)
    }

    /// The scores over all documents, in the order of the measures.
    ///
    /// - Complexity: O(resamples · documents · measures).
    public func scores(_ bootstrap: Bootstrap) -> [Score] {
        let whole = sums(times: [Int](repeating: 1, count: documents.count))
        let intervals = bootstrap.intervals(count: documents.count) { times in
            sums(times: times).flatMap { [$0.precision, $0.recall, $0.f1] }
        }
        return measures.indices.map { place in
            let counts = whole[place]
            return Score(
                measure: measures[place], counts: counts,
                precision: Estimate(value: counts.precision, interval: intervals[place * 3]),
                recall: Estimate(value: counts.recall, interval: intervals[place * 3 + 1]),
                f1: Estimate(value: counts.f1, interval: intervals[place * 3 + 2]))
        }
    }

    /// The sums of all measures over documents that count so often.
    private func sums(times: [Int]) -> [Counts] {
        var sums = [Counts](repeating: Counts(), count: measures.count)
        for (document, count) in zip(documents, times) where count > 0 {
            for place in sums.indices { sums[place].add(document[place], times: count) }
        }
        return sums
    }
}
