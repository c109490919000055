import ArgumentParser
import Pipeline

struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Searches the articles: names, synonyms and sentences.")

    @Argument(help: "Words; the last one may be the beginning of a word.")
    var query: [String]

    @OptionGroup var database: DatabaseOptions

    @Option(help: "At most so many hits.")
    var limit = 20

    @Flag(help: "Print a JSON line a hit.")
    var json = false

    func validate() throws {
        if limit < 1 { throw ValidationError("Please give --limit a number from 1 up.") }
    }

    func run() throws {
        let lines = try SearchReport.lines(
            query.joined(separator: " "), in: database.open(), limit: limit, json: json)
        try LineOutput.open { output in
            for line in lines { try output.write(line + "\n") }
        }
    }
}
