import ArgumentParser
import Pipeline

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Tells what is in the database and where it comes from.")

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "List the records that were set aside.")
    var problems = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let report = try StatusReport(database.open())
        let lines = problems ? try report.problemLines() : [json ? report.json : report.text]
        try LineOutput.open { output in
            for line in lines { try output.write(line + "\n") }
        }
    }
}
