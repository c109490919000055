import Foundation
import Interchange
import Store

/// The runs of a database.
public enum RunsReport {
    /// A line a run, the newest first.
    public static func lines(_ store: Store, limit: Int, json: Bool) throws -> [String] {
        try store.runs(limit: limit).map { run in
            let seconds = seconds(of: run)
            if json {
                let counts = run.counts.sorted { $0.key < $1.key }
                return JSONValue.object([
                    .init("run", .integer(Int64(run.number))), .init("status", .string(run.status.rawValue)),
                    .init("started", .string(run.started)), .init("ended", .optional(run.ended)),
                    .init("seconds", .optional(seconds)), .init("digest", .string(run.origin.digest)),
                    .init("counts", .object(counts.map { .init($0.key, .integer(Int64($0.value))) })),
                    .init("summary", .string(run.summary)),
                ]).line
            }
            let duration = seconds.map { ProgressDisplay.time(Double($0)) } ?? "-"
            return "\(run.number)\t\(run.started)\t\(duration)\t\(run.status.rawValue)\t\(run.summary)"
        }
    }

    /// How long a run took, in whole seconds; nil while it has not ended.
    private static func seconds(of run: Run) -> Int? {
        guard let ended = run.ended, let end = try? Date(ended, strategy: .iso8601),
            let start = try? Date(run.started, strategy: .iso8601)
        else { return nil }
        return Int(end.timeIntervalSince(start))
    }
}
