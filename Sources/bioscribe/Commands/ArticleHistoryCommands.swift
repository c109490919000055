import ArgumentParser
import Articles
import Pipeline

/// Which article.
struct EntityOptions: ParsableArguments {
    @Argument(help: "A CURIE (ncbigene:16001) or a symbol.")
    var entity: String

    @Option(help: "The species of the symbol: common name, scientific name or taxon id.")
    var species: String?

    @OptionGroup var database: DatabaseOptions
}

extension ArticleCommand {
    struct History: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the revisions of an article, the newest first.")

        @OptionGroup var article: EntityOptions

        @Flag(help: "Print a JSON line a revision.")
        var json = false

        func run() throws {
            let (store, entity) = try article.open()
            let lines = try HistoryReport(entity, in: store).historyLines(json: json)
            try LineOutput.open { output in for line in lines { try output.write(line + "\n") } }
        }
    }

    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows what changed between two revisions, word by word, moves as moves.")

        @OptionGroup var article: EntityOptions

        @Option(help: "The older revision (default: the one before the newer).")
        var from: Int?

        @Option(help: "The newer revision (default: the newest).")
        var to: Int?

        @Flag(help: "Colours, for a terminal.")
        var color = false

        func run() throws {
            let (store, entity) = try article.open()
            let text = try HistoryReport(entity, in: store).differenceText(
                from: from, to: to, isColored: color)
            try LineOutput.open { try $0.write(text.hasSuffix("\n") ? text : text + "\n") }
        }
    }

    struct Blame: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Tells of every stretch of an article who wrote it, when and, for the machine, from what.")

        @OptionGroup var article: EntityOptions

        @Flag(help: "Print a JSON line a stretch; offsets are UTF-8 bytes.")
        var json = false

        func run() throws {
            let (store, entity) = try article.open()
            let lines = try HistoryReport(entity, in: store).blameLines(json: json)
            try LineOutput.open { output in for line in lines { try output.write(line + "\n") } }
        }
    }

    struct Revise: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Saves a new text of an article: from a file, from standard input, or from $EDITOR.")

        @OptionGroup var article: EntityOptions
        @OptionGroup var contributor: ContributorOptions

        @Option(help: "The file with the whole text; - is standard input (default: open $EDITOR).")
        var file: String?

        @Option(help: "The revision that the text was made from (default: the newest).")
        var base: Int?

        @Option(help: "What is to be said about the change.")
        var comment = ""

        func run() throws {
            let (store, entity) = try article.open(forWriting: true)
            let desk = contributor.desk(store)
            let saved: ArticleDesk.Saved
            if let file {
                saved = try desk.revise(entity, text: TextFile.read(file), base: base, comment: comment)
            } else {
                let draft = try EditorDraft(of: entity, in: store)
                saved = try draft.edit {
                    try desk.revise(entity, text: $0, base: draft.revision, comment: comment)
                }
            }
            print(saved.words)
        }
    }

    struct Revert: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Brings the text of an earlier revision back, as a new revision.")

        @OptionGroup var article: EntityOptions
        @OptionGroup var contributor: ContributorOptions

        @Option(help: "The revision whose text comes back.")
        var to: Int

        @Option(help: "What is to be said about it.")
        var comment = ""

        func run() throws {
            let (store, entity) = try article.open(forWriting: true)
            print(try contributor.desk(store).revert(entity, to: to, comment: comment).words)
        }
    }

    struct Policy: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what the machine may do with an article.",
            discussion: "on: put in and take out; paused: take out what has lost its evidence; off: nothing.")

        @OptionGroup var article: EntityOptions

        @Argument(help: "on, paused or off.")
        var policy: MachinePolicy

        func run() throws {
            let (store, entity) = try article.open(forWriting: true)
            try ContributorOptions.anybody(store).setPolicy(policy, of: entity)
        }
    }
}
