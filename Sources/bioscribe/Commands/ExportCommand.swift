import ArgumentParser
import Pipeline

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes out all evidence, articles and revisions.",
        subcommands: [JSONL.self])

    struct JSONL: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "jsonl", abstract: "JSON Lines in a total order, without times of day.")

        @OptionGroup var database: DatabaseOptions

        func run() throws {
            try LineOutput.open { output in
                try ArticleLibrary(database.open()).export { try output.write($0) }
            }
        }
    }
}
