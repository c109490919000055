import ArgumentParser
import Articles
import Corpus
import Foundation
import Intake
import Pipeline
import Store
import Terminology

/// Which database.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "The database (default: bioscribe.sqlite in this folder).")
    var database: String?

    /// Opens the database for reading.
    func open() throws -> Store {
        try Store(path: database ?? PipelineRun.defaultDatabase, access: .readOnly)
    }

    /// The database's path.
    var path: String { database ?? PipelineRun.defaultDatabase }

    /// Opens the database for changing articles. A night holds the write lock as long as it reads a file: a save waits.
    func openForWriting() throws -> Store {
        try Store(path: path, access: .existing, patience: 120)
    }
}

/// How long to wait for another program that works on the whole database.
struct WaitOptions: ParsableArguments {
    @Option(help: "Seconds to wait for another run, seeding or undo on the database (default: none).")
    var wait = 0

    /// The time to wait.
    var duration: Duration { .seconds(wait) }

    func validate() throws {
        if wait < 0 { throw ValidationError("Please give --wait a number of seconds from 0 up.") }
    }
}

/// Does work that SIGTERM and SIGINT stop: the exit code is then 128 and the signal's number.
func stoppable<Result>(_ work: () async throws -> Result) async throws -> Result {
    do {
        return try await work()
    } catch let stopped as Stopped {
        Notice.say("\(stopped)")
        throw ExitCode(stopped.exitCode)
    }
}

/// Who works.
struct ContributorOptions: ParsableArguments {
    @Option(
        name: .customLong("as"), help: "Your name as a contributor (default: $BIOSCRIBE_USER, else $USER).")
    var contributor: String?

    @Flag(help: "A save that takes much away needs no second look.")
    var trusted = false

    /// The name.
    var name: String {
        let environment = ProcessInfo.processInfo.environment
        return contributor ?? environment["BIOSCRIBE_USER"] ?? environment["USER"] ?? "anonymous"
    }

    func validate() throws {
        if contributor?.isEmpty == true { throw ValidationError("Please give --as a name.") }
    }

    /// The desk at which they work.
    func desk(_ store: Store) -> ArticleDesk {
        var desk = ArticleDesk(store, contributor: .person(name))
        desk.isTrusted = trusted
        return desk
    }

    /// A desk for what is no contribution.
    static func anybody(_ store: Store) -> ArticleDesk {
        ArticleDesk(store, contributor: .person("anonymous"))
    }
}

extension EntityOptions {
    /// The store, and the article's entity in it.
    func open(forWriting: Bool = false) throws -> (Store, EntityID) {
        let store = try forWriting ? database.openForWriting() : database.open()
        return (store, try LibraryCommand(store, species: species).entity(entity))
    }
}

extension ArticleDesk.Saved {
    /// What came of a save, in words.
    var words: String {
        switch self {
        case .unchanged: "nothing has changed: no revision"
        case .saved(let number): "saved as revision \(number)"
        case .merged(let number):
            "saved as revision \(number), brought together with what others saved meanwhile"
        }
    }
}

/// Which reasons and policies the command line takes.
typealias MachinePolicy = ArticleRecord.MachinePolicy
extension ArticleRecord.MachinePolicy: ExpressibleByArgument {}
extension RejectionReason: ExpressibleByArgument {}

/// Which dictionaries.
struct DictionaryOptions: ParsableArguments {
    @Option(help: "The folder of dictionaries in their upstream layouts, or a compiled dictionary.")
    var dictionaries = "Dictionaries"

    /// The compiled dictionary, built where it is not in the cache.
    func compiled() throws -> CompiledDictionary {
        try DictionaryFolder(path: dictionaries).compiled(
            cache: DictionaryCache.folder,
            onBuild: { Notice.say("building the dictionary from \(dictionaries): some seconds, once") },
            onWarning: { Notice.say("warning: \($0)") })
    }
}

/// Which text.
struct InputOptions: ParsableArguments {
    @Argument(help: "The file, plain or gzipped; - is standard input.")
    var file = "-"

    @Option(
        help: "pubmed-xml, pubtator, bioc-xml, bioc-json, jsonl or text (default: guessed from the content).")
    var inputFormat: InputFormat?

    /// Reads the documents; what is set aside goes to standard error and into the exit code.
    func read(_ body: (Document) throws -> Void) throws {
        let outcome = try DocumentStream(path: file, format: inputFormat).read(onProblem: Notice.say, body)
        if outcome.setAside > 0 { throw ExitCode(3) }
    }
}

/// Messages to the operator.
enum Notice {
    static func say(_ message: String) {
        try? FileHandle.standardError.write(contentsOf: Data((message + "\n").utf8))
    }
}

extension InputFormat: ExpressibleByArgument {}
extension ProgressDisplay.Style: ExpressibleByArgument {}
extension OperatorLog.Level: ExpressibleByArgument {}
extension OperatorLog.Format: ExpressibleByArgument {}
extension MentionLines.Format: ExpressibleByArgument {}
