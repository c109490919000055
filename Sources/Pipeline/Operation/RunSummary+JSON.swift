import Corpus
import Interchange
import Store

/// The summary of a run for programs: a stable shape, described in `Documentation/nightly.md`.
extension RunSummary {
    /// The number of the shape; it rises when a member goes or changes its meaning, not when one is added.
    static let format = 1
    /// So many records that were set aside are named; all are counted.
    private static let namedRecords = 100

    /// The summary as one JSON object with line ends for people.
    public var json: String { value.pretty }

    /// `done`, `failed` or `stopped`.
    var status: String { fault == nil ? "done" : isStopped ? "stopped" : "failed" }

    private var value: JSONValue {
        var members: [JSONValue.Member] = [
            .init("format", .integer(Int64(Self.format))),
            .init("program", .string(PreparedPipeline.programVersion)),
            .init("pipeline", .string(pipeline)),
            .init("database", .string(database)),
            .init("run", .optional(run)),
            .init("dryRun", .bool(isDryRun)),
            .init("status", .string(status)),
            .init("error", .optional(fault)),
            .init("started", .string(started)),
            .init("ended", .string(ended)),
            .init("seconds", .number(Self.rounded(total))),
            .init("peakMemoryBytes", .optional(peakMemory)),
        ]
        members += [
            .init("files", fileCounts),
            .init("citations", citationCounts),
            Self.count("sentences", sentences),
            Self.count("mentions", mentions),
            Self.count("evidence", evidence),
            .init("evidenceWithdrawn", Self.counts(of: withdrawnEvidence)),
            .init("articles", articleCounts),
            .init("statements", statementCounts),
            .init("pages", pageCounts),
            .init("setAside", setAsideCounts),
        ]
        members += [
            .init("failures", .array(failures.map { Self.failure($0) })),
            .init("stages", .array(stages.map { Self.stage($0.name, $0.seconds, rate(of: $0)) })),
            .init("limits", .array(readings.map { Self.limit($0) })),
            .init("newestFile", newest),
            .init("lastSuccess", .optional(lastSuccess)),
        ]
        return .object(members)
    }

    private var newest: JSONValue {
        guard let newestFile else { return .null }
        return .object([
            .init("name", .string(newestFile.name)), .init("read", .string(newestFile.read)),
        ])
    }

    private var articleCounts: JSONValue {
        Self.counts([
            ("created", articlesCreated), ("changed", articlesRevised), ("untouched", articlesUnchanged),
            ("moved", articlesMoved),
        ])
    }

    private var pageCounts: JSONValue {
        .object([
            .init("folder", .optional(output)), Self.count("written", pagesWritten),
            Self.count("removed", pagesRemoved),
        ])
    }

    private static func failure(_ failure: Failure) -> JSONValue {
        .object([.init("file", .string(failure.file)), .init("reason", .string(failure.reason))])
    }

    private static func limit(_ reading: FloodGuard.Reading) -> JSONValue {
        .object([
            .init("name", .string(reading.name)), count("found", reading.found),
            .init("limit", .number(rounded(reading.limit))),
        ])
    }

    private var fileCounts: JSONValue {
        .object([
            Self.count("read", files.count { $0.outcome != nil }), Self.count("known", filesKnown),
            Self.count("reread", filesReread), Self.count("failed", failures.count),
            Self.count("keptOut", files.count { $0.isKeptOut }), Self.count("outOfDate", filesOutOfDate),
            .init("missing", .strings(filesMissing)), Self.count("waiting", filesWaiting.count),
            Self.count("superseded", filesSuperseded), Self.count("retired", filesRetired),
            Self.count("staying", filesStaying),
            .init("planned", .array(planned.map { .string($0) })),
            .init("confirmation", .optional(confirmation)),
        ])
    }

    private var citationCounts: JSONValue {
        Self.counts([
            ("read", citations), ("new", news.new), ("revised", news.revised), ("unchanged", news.unchanged),
            ("deleted", deletions), ("books", books),
        ])
    }

    private var statementCounts: JSONValue {
        .object([
            Self.count("shown", statements), Self.count("inserted", merged.inserted),
            Self.count("reinstated", merged.reinstated), Self.count("withdrawn", merged.withdrawn),
            Self.count("displaced", merged.displaced), Self.count("superseded", merged.superseded),
            Self.count("flagged", merged.flagged), Self.count("held", merged.held),
            .init("takenOutByReason", Self.counts(of: merged.reasons)),
        ])
    }

    private var setAsideCounts: JSONValue {
        var named: [JSONValue] = []
        for file in files {
            for problem in file.problems where named.count < Self.namedRecords {
                named.append(
                    .object([
                        .init("file", .string(file.name)), .init("record", .optional(problem.record)),
                        .init("pmid", .optional(problem.pmid.map { Int($0.number) })),
                        .init("byte", .optional(problem.byte)), .init("reason", .string(problem.reason)),
                    ]))
            }
        }
        return .object([
            Self.count("records", setAside), .init("byKind", Self.counts(of: setAsideByKind)),
            .init("named", .array(named)),
        ])
    }

    private static func counts(of numbers: [String: Int]) -> JSONValue {
        counts(numbers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    /// What a stage worked on, and how many of it.
    func rate(of stage: (name: String, seconds: Double)) -> (unit: String, count: Int)? {
        switch stage.name {
        case Self.readingStage: ("citations", citations)
        case Self.articleStage: ("articles", articlesCreated + articlesRevised)
        default: nil
        }
    }

    private static func stage(_ name: String, _ seconds: Double, _ rate: (unit: String, count: Int)?)
        -> JSONValue
    {
        var members: [JSONValue.Member] = [
            .init("name", .string(name)), .init("seconds", .number(rounded(seconds))),
        ]
        if let rate {
            members += [
                .init("unit", .string(rate.unit)), count("count", rate.count),
                .init("perSecond", .number(rounded(Double(rate.count) / max(seconds, 0.001)))),
            ]
        }
        return .object(members)
    }

    private static func count(_ name: String, _ number: Int) -> JSONValue.Member {
        .init(name, .integer(Int64(number)))
    }

    private static func counts(_ pairs: [(String, Int)]) -> JSONValue {
        .object(pairs.map { count($0.0, $0.1) })
    }

    /// Milliseconds are enough.
    private static func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }
}
