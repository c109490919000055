import Logging
import Store

/// What the log says of a run at its end, and of a file.
struct RunNotices {
    private let log: Logger

    init(_ log: Logger) { self.log = log }

    /// So many records of a file that were set aside are named one by one.
    private static let namedRecords = 20
    /// From this share of a limit on it is told how near the run came.
    private static let near = 0.5

    /// A line for a file that was read, and what was set aside in it.
    func tell(_ report: FileReport) {
        log.info(
            "\(report.name): \(report.totals.citations) citations, \(report.evidence) pieces of evidence",
            metadata: [
                "new": "\(report.news.new)", "revised": "\(report.news.revised)",
                "unchanged": "\(report.news.unchanged)", "deleted": "\(report.deletions)",
                "setAside": "\(report.problems.count)",
            ])
        for problem in report.problems.prefix(Self.namedRecords) {
            var place: Logger.Metadata = ["file": "\(report.name)"]
            if let record = problem.record { place["record"] = "\(record)" }
            if let byte = problem.byte { place["byte"] = "\(byte)" }
            log.notice("set aside: \(problem.reason)", metadata: place)
        }
        let more = report.problems.count - Self.namedRecords
        if more > 0 {
            log.notice("set aside: \(more) more records", metadata: ["file": "\(report.name)"])
        }
        if let failure = report.failure { log.warning("\(failure)", metadata: ["file": "\(report.name)"]) }
    }

    /// What the operator may want to act on after a run.
    func tell(_ summary: RunSummary) {
        if summary.isDryRun, summary.fault == nil { return }
        if !summary.merged.reasons.isEmpty {
            let reasons = summary.merged.reasons.sorted { $0.key < $1.key }
            log.notice(
                "statements taken out: \(reasons.map { "\($0.value) \($0.key)" }.joined(separator: ", "))")
        }
        for reading in summary.readings where Double(reading.found) >= Self.near * reading.limit {
            log.notice(
                "near a limit that stops a run: \(reading.name)",
                metadata: [
                    "found": "\(reading.found)", "limit": "\(ProgressDisplay.decimal(reading.limit, 1))",
                ])
        }
        for stage in summary.stages {
            log.debug(
                "stage \(stage.name)", metadata: ["seconds": "\(ProgressDisplay.decimal(stage.seconds, 3))"])
        }
        if let fault = summary.fault {
            log.error("the run has failed: \(fault)")
        } else {
            log.notice("run \(summary.run ?? 0) is done: \(summary.oneLine)")
        }
    }
}
