import ArgumentParser
import Foundation
import Pipeline

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Reads what is new in a pipeline's files, seeds the articles and writes the pages.",
        discussion: """
            Files that were read before and have not changed are passed over. One run at a time works on a database. \
            SIGTERM and SIGINT stop a run within a second; the next one goes on from there. Exit codes: 0 done, \
            1 failed, 3 done with records or files set aside, 64 wrong usage, 130 and 143 stopped by SIGINT and SIGTERM.
            """)

    @Argument(help: "The pipeline file, such as Pipelines/quickstart.yaml.")
    var pipeline: String

    @Option(help: "Files to read instead of the pipeline's: a path or a quoted pattern. May be repeated.")
    var files: [String] = []

    @Option(help: "The database instead of the pipeline's.")
    var database: String?

    @Option(
        help:
            "How many threads parse and tag (default: the number of cores). The outcome does not depend on it."
    )
    var jobs: Int?

    @Option(help: "auto, plain, json or none.")
    var progress: ProgressDisplay.Style = .auto

    @Flag(help: "Only tell what would be read.")
    var dryRun = false

    @Flag(help: "Read files again that were extracted with other rules, dictionaries or species.")
    var reprocess = false

    @Flag(
        help:
            "Read every file to its end to see whether it is what the ledger has, whatever its size and time."
    )
    var verifyFiles = false

    @Option(
        help:
            "Let a new year's baseline of this many files take the place of the old files, once all are there and whole."
    )
    var newBaseline: Int?

    @Option(
        help: ArgumentHelp(
            "The code that --new-baseline N --dry-run printed: without it no files are replaced.",
            valueName: "code"))
    var confirm: String?

    @Flag(help: "Publish also where far more would be new than in other runs (thresholds: flood, one-name).")
    var allowFlood = false

    @Option(help: "A file for the summary of the run as JSON, written whatever comes of it.")
    var summary: String?

    @Option(help: "A file for metrics in Prometheus's text format, written whatever comes of it.")
    var metrics: String?

    @Flag(help: "Print the summary as JSON.")
    var json = false

    @Option(
        help: "error, warning, notice, info, debug or trace: what is told on standard error beside progress.")
    var logLevel: OperatorLog.Level = .notice

    @Option(
        help: "text or json (default: text, with --progress json json). Under systemd text has priorities.")
    var logFormat: OperatorLog.Format?

    @OptionGroup var wait: WaitOptions

    func validate() throws {
        if let newBaseline, newBaseline < 1 {
            throw ValidationError("Please give --new-baseline the number of files of the baseline.")
        }
        if let jobs, jobs < 1 { throw ValidationError("Please give --jobs a number from 1 up.") }
    }

    func run() async throws {
        var options = PipelineRun.Options()
        options.files = files.isEmpty ? nil : files
        options.database = database
        if let jobs { options.jobs = jobs }
        options.dryRun = dryRun
        options.reprocess = reprocess
        options.verifiesFiles = verifyFiles
        options.newBaseline = newBaseline
        options.confirmation = confirm
        options.allowsFlood = allowFlood
        var reporting = OperatedRun.Reporting()
        reporting.summary = summary
        reporting.metrics = metrics
        reporting.wait = wait.duration
        reporting.progress = ProgressDisplay(style: progress)
        reporting.log = OperatorLog(
            level: logLevel, format: logFormat ?? (progress == .json ? .json : .text),
            progress: reporting.progress)
        let outcome = try await OperatedRun(
            PipelineFile.read(pipeline), options: options, reporting: reporting
        ).run()
        if let text = json ? outcome.summary.json : outcome.text {
            try LineOutput.open { try $0.write(text) }
        }
        if outcome.exitCode != 0 { throw ExitCode(outcome.exitCode) }
    }
}
