import ArgumentParser
import Articles
import Pipeline

struct RejectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Rejects a statement of the machine: it goes and never comes back; the reason teaches.",
        discussion:
            "article blame shows the statements' keys. A wrong gene or species bars that reading in all articles; three "
            + "people's rejections of one name become a proposal (queue list)."
    )

    @Argument(help: "The first digits of the statement's key, eight at least, or its evidence.")
    var statement: String

    @Option(
        help:
            "wrongGene, wrongSpecies, notRelevant, redundant, outdated, badSentence, retracted, copyright, other."
    )
    var reason: RejectionReason?

    @Option(help: "What else is to be said.")
    var note = ""

    @Flag(help: "Take a rejection back.")
    var undo = false

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var contributor: ContributorOptions

    func validate() throws {
        if (reason == nil) != undo { throw ValidationError("Please give either --reason or --undo.") }
    }

    func run() throws {
        let desk = contributor.desk(try database.openForWriting())
        if let reason {
            print(try desk.reject(statement, reason: reason, note: note).words)
        } else {
            try desk.unreject(statement, note: note)
        }
    }
}

struct AdoptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "Vouches for a statement: from now on the machine leaves it alone.")

    @Argument(help: "The first digits of the statement's key, eight at least, or its evidence.")
    var statement: String

    @Option(help: "What is to be said about it.")
    var note = ""

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var contributor: ContributorOptions

    func run() throws { try contributor.desk(try database.openForWriting()).adopt(statement, note: note) }
}

struct ReleaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract:
            "Lets the machine put in or take out a statement again that an undone run had put in or taken out."
    )

    @Argument(help: "The first digits of the statement's key, eight at least, or its evidence.")
    var statement: String

    @Option(help: "What is to be said about it.")
    var note = ""

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var contributor: ContributorOptions

    func run() throws { try contributor.desk(try database.openForWriting()).release(statement, note: note) }
}

struct RedactCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redact",
        abstract: "Hides a statement, or all that was quoted from a paper, everywhere and in later runs too.",
        discussion:
            "Digests, identities and credit stay; what is shown is █. The next run writes the pages anew.")

    @Argument(help: "The first digits of a statement's key, its evidence, or pubmed:N.")
    var subject: String

    @Option(help: "Why.")
    var note = ""

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var contributor: ContributorOptions

    func run() throws {
        let count = try contributor.desk(try database.openForWriting()).redact(subject, note: note)
        print("\(count) sentences are hidden")
    }
}

struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Takes back what a run did to all articles; what people did since stays.",
        discussion:
            "It is no rejection: what the run put in waits until dictionary, rules or program have changed, or until "
            + "release."
    )

    @Argument(help: ArgumentHelp("The number of the run; bioscribe runs lists them.", valueName: "run"))
    var number: Int

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var contributor: ContributorOptions
    @OptionGroup var wait: WaitOptions

    func run() async throws {
        let outcome = try await stoppable {
            try await UndoRun.exclusively(
                number, in: database.path, by: contributor.name, wait: wait.duration)
        }
        print(
            "\(outcome.articles.count) articles have a new revision: \(outcome.withdrawn) statements went, "
                + "\(outcome.reinstated) came back")
    }
}

struct QueueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue", abstract: "What waits for a curator.",
        subcommands: [List.self, Accept.self, Dismiss.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists what waits.")

        @OptionGroup var database: DatabaseOptions

        @Flag(help: "Also what was settled.")
        var all = false

        @Flag(help: "Print a JSON line each.")
        var json = false

        func run() throws {
            let lines = try CurationQueue(database.open()).lines(all: all, json: json)
            try LineOutput.open { output in for line in lines { try output.write(line + "\n") } }
        }
    }

    struct Accept: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Accepts a proposal: a name is added to the dictionaries' block list.")

        @Argument(help: "The number.")
        var number: Int

        @Option(help: "The folder of dictionaries.")
        var dictionaries = "Dictionaries"

        @OptionGroup var database: DatabaseOptions

        func run() throws {
            print(try CurationQueue(database.openForWriting()).accept(number, dictionaries: dictionaries))
        }
    }

    struct Dismiss: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Dismisses a proposal.")

        @Argument(help: "The number.")
        var number: Int

        @OptionGroup var database: DatabaseOptions

        func run() throws { try CurationQueue(database.openForWriting()).dismiss(number) }
    }
}

struct ContributorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contributors", abstract: "Who wrote how much, of one article or of all; people first.")

    @Argument(help: "A CURIE or a symbol (default: all articles).")
    var entity: String?

    @Option(help: "The species of the symbol.")
    var species: String?

    @Flag(help: "Print a JSON line a contributor.")
    var json = false

    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let store = try database.open()
        let article = try entity.map { try LibraryCommand(store, species: species).entity($0) }
        let lines = try ContributorReport.lines(article, in: store, json: json)
        try LineOutput.open { output in for line in lines { try output.write(line + "\n") } }
    }
}

struct ImportHistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-history",
        abstract: "Appends revisions from elsewhere to articles, with their true contributors.",
        discussion: "JSON Lines, or MediaWiki's XML export (.xml); gzipped or not.")

    @Argument(help: "The file.")
    var file: String

    @Option(help: "The article, where the file does not say: a CURIE or a symbol.")
    var entity: String?

    @Option(help: "The species of symbols.")
    var species: String?

    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let store = try database.openForWriting()
        let library = try LibraryCommand(store, species: species)
        let outcome = try HistoryTransfer(store).read(
            file, entity: entity.map { try library.entity($0) }, taxon: library.taxon, onProblem: Notice.say)
        for (entity, count) in outcome.revisions.sorted(by: { $0.key < $1.key }) {
            print("\(entity)\t\(count) revisions")
        }
        if outcome.setAside > 0 { throw ExitCode(3) }
    }
}

struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "Lists the runs, the newest first.")

    @Option(help: "How many.")
    var limit = 20

    @Flag(help: "Print a JSON line a run.")
    var json = false

    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let lines = try RunsReport.lines(database.open(), limit: limit, json: json)
        try LineOutput.open { output in for line in lines { try output.write(line + "\n") } }
    }
}
