import Foundation
import Interchange
import Logging
import Store

/// A run as an operator starts it: alone on its database, stopped by signals, told in a log, with a summary and metrics
/// whatever comes of it.
public struct OperatedRun: Sendable {
    /// What is to be told, and where.
    public struct Reporting: Sendable {
        /// The file for the summary as JSON; nil for none.
        public var summary: String?
        /// The file for metrics in Prometheus's text format; nil for none.
        public var metrics: String?
        /// How long to wait for another program that works on the database.
        public var wait = Duration.zero
        /// The log.
        public var log = OperatorLog.silent
        /// The display of progress.
        public var progress = ProgressDisplay(style: .none)

        /// No files, no log, no wait.
        public init() {}
    }

    private let file: PipelineFile
    private let options: PipelineRun.Options
    private let reporting: Reporting

    /// Makes a run.
    public init(_ file: PipelineFile, options: PipelineRun.Options, reporting: Reporting) {
        self.file = file
        self.options = options
        self.reporting = reporting
    }

    /// What came of a run.
    public struct Outcome: Sendable {
        /// The summary, also of a run that failed.
        public var summary: RunSummary
        /// What made it fail.
        public var error: (any Error)?

        /// The summary for people; nil where the run failed, of which the log tells.
        public var text: String? { error == nil ? summary.text + "\n" : nil }

        /// The exit code: that of the summary; 128 and the signal's number where one stopped the run.
        public var exitCode: Int32 { (error as? Stopped)?.exitCode ?? summary.exitCode }
    }

    /// Runs the pipeline, then writes summary and metrics.
    ///
    /// - Throws: `SiteError` where the run ended well and the summary or the metrics cannot be written.
    public func run() async throws -> Outcome {
        let database = options.database ?? file.database ?? PipelineRun.defaultDatabase
        var empty = RunSummary(pipeline: file.path)
        empty.database = database
        empty.started = Date().formatted(.iso8601)
        let blank = empty
        let begun = ContinuousClock.now
        let work = ExclusiveWork(database: database, wait: reporting.wait, log: reporting.log)
        var outcome: Outcome
        do {
            if options.dryRun {
                outcome = await attempt(blank) { _ in }
            } else {
                try PipelineRun.makeFolder(of: database)
                let atLast: @Sendable (Stopped) -> Void = { stopped in
                    _ = try? tell(Outcome(summary: blank, error: stopped), begun, store: database)
                }
                outcome = try await work.perform(atLast: atLast) { lock in
                    await attempt(blank) { lock.note($0) }
                }
            }
        } catch {
            outcome = Outcome(summary: blank, error: error)
        }
        if outcome.error != nil, let signal = SignalWatch.received {
            outcome.error = Stopped(signal: signal)
        }
        return try tell(outcome, begun, store: options.dryRun ? nil : database)
    }

    private func attempt(_ summary: RunSummary, onPlace: @escaping @Sendable (String) -> Void) async
        -> Outcome
    {
        var summary = summary
        let run = PipelineRun(
            file, options: options, progress: reporting.progress, log: reporting.log, onPlace: onPlace)
        do {
            try await run.run(into: &summary)
            return Outcome(summary: summary, error: nil)
        } catch {
            return Outcome(summary: summary, error: error)
        }
    }

    /// Completes the summary and writes the files; what it cannot write is an error of its own only where there is none.
    @discardableResult
    private func tell(_ raw: Outcome, _ begun: ContinuousClock.Instant, store path: String?) throws -> Outcome
    {
        var outcome = raw
        let log = reporting.log.logger
        outcome.summary.ended = Date().formatted(.iso8601)
        outcome.summary.total = (ContinuousClock.now - begun).seconds
        outcome.summary.peakMemory = ProcessMemory.peak
        if let error = outcome.error {
            outcome.summary.fault = "\(error)"
            outcome.summary.isStopped = error is Stopped
        }
        if let path, let store = try? Store(path: path, access: .readOnly, patience: 0) {
            outcome.summary.newestFile = try? store.newestFile()
            outcome.summary.lastSuccess = try? store.lastSuccess()
        }
        RunNotices(log).tell(outcome.summary)
        do {
            if let file = reporting.summary {
                try FileReplacement.write(Data(outcome.summary.json.utf8), to: file)
            }
            if let file = reporting.metrics {
                try FileReplacement.write(Data(RunMetrics(outcome.summary).text.utf8), to: file)
            }
        } catch {
            if outcome.error == nil { throw error }
            log.error("\(error)")
        }
        return outcome
    }
}
