import ArgumentParser
import Pipeline

extension BenchmarkRun.Stage: ExpressibleByArgument {}

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Times the stages of a pipeline, and whole runs, on the pipeline's own files.",
        discussion: """
            Medians of repeated runs. Whole runs work on a database of their own in the folder for temporary files, which is \
            removed; the pipeline's own database and pages are not touched.
            """)

    @Argument(help: "The pipeline file, such as Pipelines/quickstart.yaml.")
    var pipeline: String

    @Option(
        name: .customLong("stage"),
        help: ArgumentHelp(
            "A stage to time: \(BenchmarkRun.Stage.allCases.map(\.rawValue).joined(separator: ", ")). May be repeated; "
                + "all where none is given.", valueName: "stage"))
    var stages: [BenchmarkRun.Stage] = []

    @Option(help: "How often each stage is timed, after it was done once to warm up.")
    var repeats = 5

    @Option(help: "On how many citations the stages of text mining work.")
    var citations = 5000

    @Option(help: "How many threads work in whole runs (default: the number of cores).")
    var jobs: Int?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if repeats < 1 { throw ValidationError("Please give --repeats a number from 1 up.") }
        if citations < 1 { throw ValidationError("Please give --citations a number from 1 up.") }
        if let jobs, jobs < 1 { throw ValidationError("Please give --jobs a number from 1 up.") }
    }

    func run() async throws {
        var benchmark = BenchmarkRun(try PipelineFile.read(pipeline))
        if !stages.isEmpty { benchmark.stages = stages }
        if let jobs { benchmark.jobs = jobs }
        benchmark.repeats = repeats
        benchmark.citations = citations
        let report = try await benchmark.run { Notice.say("timing \($0.rawValue)") }
        try LineOutput.open { try $0.write(json ? report.json : report.text) }
    }
}
