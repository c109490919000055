import ArgumentParser
import Foundation
import Pipeline

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract:
            "Tells what is in the database, how old it is, where it comes from, and whether a run is going on."
    )

    @OptionGroup var database: DatabaseOptions

    @Option(
        help:
            "A pipeline file: files are out of date against it, and the sources of its dictionary are listed."
    )
    var pipeline: String?

    @Option(help: "What ages are counted to, as 2026-11-23T05:27:51Z (default: now).", transform: Self.time)
    var now: Date?

    @Flag(help: "List the records that were set aside.")
    var problems = false

    @Flag(help: "Print JSON.")
    var json = false

    private static func time(_ text: String) throws -> Date {
        do {
            return try Date(text, strategy: .iso8601)
        } catch {
            throw ValidationError("\(text) is no time in UTC such as 2026-11-23T05:27:51Z.")
        }
    }

    func run() throws {
        let prepared = try pipeline.map { try PreparedPipeline(PipelineFile.read($0)) }
        let report = try StatusReport(database.open(), pipeline: prepared, now: now ?? Date())
        let lines = problems ? try report.problemLines() : [json ? report.json : report.text]
        try LineOutput.open { output in
            for line in lines { try output.write(line + "\n") }
        }
    }
}
