import ArgumentParser
import Audit
import Corpus
import Pipeline
import Store

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes out evidence, articles, revisions and where they come from.",
        subcommands: [
            JSONL.self, MediaWiki.self, History.self, Prov.self, Annotations.self, Crate.self,
        ])

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

        @OptionGroup var articles: ArticlesOptions

        func run() throws {
            let (store, wanted) = try articles.open()
            try LineOutput.open { output in
                try HistoryTransfer(store).writeMediaWiki(wanted) { try output.write($0) }
            }
        }
    }

    struct History: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "history", abstract: "The revisions of articles as JSON Lines, with times.")

        @OptionGroup var articles: ArticlesOptions

        func run() throws {
            let (store, wanted) = try articles.open()
            try LineOutput.open { output in
                try HistoryTransfer(store).writeJSONLines(wanted) { try output.write($0) }
            }
        }
    }

    struct Prov: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "prov",
            abstract:
                "The provenance of articles as W3C PROV (PROV-JSON): who and what brought in what, from where."
        )

        @OptionGroup var articles: ArticlesOptions

        func run() throws {
            let (store, wanted) = try articles.open()
            let document = try ProvDocument(of: wanted, in: store)
            try LineOutput.open { output in try document.write { try output.write($0) } }
        }
    }

    struct Annotations: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "annotations",
            abstract:
                "Evidence as W3C Web Annotations (JSON-LD), with quotations and positions in code points.")

        @OptionGroup var articles: ArticlesOptions

        func run() throws {
            let (store, wanted) = try articles.open()
            let page = try WebAnnotations(about: articles.entities.isEmpty ? nil : Set(wanted), in: store)
            try LineOutput.open { output in try page.write { try output.write($0) } }
        }
    }

    struct Crate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ro-crate",
            abstract:
                "A run as an RO-Crate: the files that it read, with what, and the revisions that it wrote.")

        @Option(name: .customLong("run"), help: "The number of the run; bioscribe runs lists them.")
        var number: Int

        @Argument(help: "The folder to write it into.")
        var folder: String

        @OptionGroup var database: DatabaseOptions

        func run() throws { try RunCrate(ofRun: number, in: database.open()).write(to: folder) }
    }
}

/// Which articles are written out.
struct ArticlesOptions: ParsableArguments {
    @Argument(help: "CURIEs or symbols (default: all).")
    var entities: [String] = []

    @Option(help: "The species of symbols.")
    var species: String?

    @OptionGroup var database: DatabaseOptions

    /// The store, and the entities wanted.
    func open() throws -> (Store, [EntityID]) {
        let store = try database.open()
        return (store, try LibraryCommand(store, species: species).entities(entities))
    }
}
