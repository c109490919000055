import ArgumentParser
import Pipeline

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes out all evidence, articles and revisions.",
        subcommands: [JSONL.self, MediaWiki.self, History.self])

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

    struct MediaWiki: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "mediawiki", abstract: "The revisions of articles as MediaWiki's XML export.")

        @Argument(help: "CURIEs or symbols (default: all articles).")
        var entities: [String] = []

        @Option(help: "The species of symbols.")
        var species: String?

        @OptionGroup var database: DatabaseOptions

        func run() throws {
            let store = try database.open()
            let wanted = try LibraryCommand(store, species: species).entities(entities)
            try LineOutput.open { output in
                try HistoryTransfer(store).writeMediaWiki(wanted) { try output.write($0) }
            }
        }
    }

    struct History: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "history", abstract: "The revisions of articles as JSON Lines, with times.")

        @Argument(help: "CURIEs or symbols (default: all articles).")
        var entities: [String] = []

        @Option(help: "The species of symbols.")
        var species: String?

        @OptionGroup var database: DatabaseOptions

        func run() throws {
            let store = try database.open()
            let wanted = try LibraryCommand(store, species: species).entities(entities)
            try LineOutput.open { output in
                try HistoryTransfer(store).writeJSONLines(wanted) { try output.write($0) }
            }
        }
    }
}
