import ArgumentParser
import Interchange
import Pipeline

struct ArticleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "article", abstract: "Lists, shows and changes articles, and tells who wrote what.",
        subcommands: [
            List.self, Show.self, History.self, Diff.self, Blame.self, Revise.self, Revert.self, Policy.self,
        ])

    /// The forms in which an article is shown.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, markdown, html, json
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the articles.")

        @OptionGroup var database: DatabaseOptions

        @Option(help: "Only this species: common name, scientific name or taxon id.")
        var species: String?

        @Flag(help: "Print a JSON line an article.")
        var json = false

        func run() throws {
            let library = try LibraryCommand(database.open(), species: species)
            let lines = try library.list(json: json)
            try LineOutput.open { output in
                for line in lines { try output.write(line + "\n") }
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows an article.")

        @Argument(help: "A CURIE (ncbigene:16001) or a symbol.")
        var entity: String

        @OptionGroup var database: DatabaseOptions

        @Option(help: "The species of the symbol: common name, scientific name or taxon id.")
        var species: String?

        @Option(help: "An older revision.")
        var revision: Int?

        @Option(help: "text, markdown, html or json.")
        var format: Format = .text

        func run() throws {
            let page = try LibraryCommand(database.open(), species: species).page(entity, revision: revision)
            let renderer = ArticleRenderer()
            let text =
                switch format {
                case .text: renderer.plainText(page)
                case .markdown: renderer.markdown(page)
                case .html: renderer.html(page)
                case .json: renderer.json(page)
                }
            try LineOutput.open { try $0.write(text.hasSuffix("\n") ? text : text + "\n") }
        }
    }
}
