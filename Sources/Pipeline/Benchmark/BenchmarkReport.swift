import Interchange

/// How long a stage took, each time that it was done.
public struct StageTiming: Hashable, Sendable {
    /// The stage.
    public var stage: BenchmarkRun.Stage
    /// How much it went through: `amount` of `unit`.
    public var amount: Double
    /// What `amount` counts: `MB` (1,000,000 bytes), `citations`, `sentences` …
    public var unit: String
    /// The seconds of each repetition, in their order. A first one that warms up is not among them.
    public var seconds: [Double]

    /// Makes a timing.
    public init(stage: BenchmarkRun.Stage, amount: Double, unit: String, seconds: [Double]) {
        self.stage = stage
        self.amount = amount
        self.unit = unit
        self.seconds = seconds
    }

    /// The median of the seconds; of an even number, the mean of the two in the middle.
    public var median: Double {
        let sorted = seconds.sorted()
        guard let last = sorted.last else { return 0 }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2)
            ? (sorted[middle - 1] + sorted[middle]) / 2 : min(sorted[middle], last)
    }

    /// How much of the unit in a second, by the median.
    public var rate: Double { median > 0 ? amount / median : 0 }
}

/// What a benchmark found.
public struct BenchmarkReport: Sendable {
    /// The stages, in the order in which they were done.
    public var timings: [StageTiming] = []
    /// How many threads worked where several may.
    public var jobs: Int
    /// The most memory that the process had, in bytes; nil where the system does not tell.
    public var peakMemory: Int?

    /// A table: a line a stage.
    public var text: String {
        var rows = [["stage", "median", "least", "most", "times", "rate"]]
        for timing in timings {
            rows.append([
                timing.stage.rawValue, Self.seconds(timing.median), Self.seconds(timing.seconds.min() ?? 0),
                Self.seconds(timing.seconds.max() ?? 0), "\(timing.seconds.count)",
                "\(ProgressDisplay.decimal(timing.rate, timing.rate < 100 ? 1 : 0)) \(timing.unit)/s",
            ])
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].utf8.count }.max() ?? 0 }
        var text = rows.map { row in
            row.enumerated().map { column, field in
                let space = String(repeating: " ", count: widths[column] - field.utf8.count)
                // Words to the left, numbers to the right.
                return column == 0 ? field + space : space + field
            }.joined(separator: "  ") + "\n"
        }.joined()
        text += "\(jobs) threads where several may work"
        if let peakMemory { text += "; \(peakMemory / 1_000_000) MB of memory at most" }
        return text + "\n"
    }

    /// The same as JSON, an object on one line.
    public var json: String {
        let stages = timings.map { timing in
            JSONValue.members(
                ("stage", .string(timing.stage.rawValue)), ("amount", .number(timing.amount)),
                ("unit", .string(timing.unit)), ("medianSeconds", .number(timing.median)),
                ("perSecond", .number(timing.rate)), ("seconds", .array(timing.seconds.map { .number($0) })))
        }
        return JSONValue.members(
            ("jobs", .integer(jobs)), ("peakMemory", .optional(peakMemory)), ("stages", .array(stages))
        ).line + "\n"
    }

    private static func seconds(_ value: Double) -> String {
        value < 1
            ? "\(ProgressDisplay.decimal(value * 1000, 1)) ms" : "\(ProgressDisplay.decimal(value, 2)) s"
    }
}
