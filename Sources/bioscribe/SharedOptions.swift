import ArgumentParser
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
}

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
        FileHandle.standardError.write(Data((message + "\n").utf8))
    }
}

extension InputFormat: ExpressibleByArgument {}
extension ProgressDisplay.Style: ExpressibleByArgument {}
extension MentionLines.Format: ExpressibleByArgument {}
