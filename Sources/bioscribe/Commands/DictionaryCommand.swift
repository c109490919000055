import ArgumentParser
import Pipeline
import Terminology

struct DictionaryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dictionary", abstract: "Builds the dictionary and says what is in it.",
        subcommands: [Build.self, Lookup.self, Info.self, Diff.self])

    struct Build: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Builds the compiled dictionary from files as upstream publishes them.")

        @Argument(help: "Files and folders of sources (default: the folder of --dictionaries).")
        var sources: [String] = []

        @OptionGroup var dictionary: DictionaryOptions

        @Option(help: "The file to write (default: the cache, where it is built only when it is not there).")
        var output: String?

        @Flag(help: "Take sources that look damaged, with a warning.")
        var allowSuspicious = false

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws {
            let build = DictionaryBuild(
                sources: sources, folder: dictionary.dictionaries, allowSuspicious: allowSuspicious)
            let text = try build.run(output: output, json: json, onMessage: Notice.say)
            try LineOutput.open { try $0.write(text + "\n") }
        }
    }

    struct Lookup: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Says what a name means, and why.")

        @Argument(help: "A name, as a text may have it, or a CURIE.")
        var name: String

        @OptionGroup var dictionary: DictionaryOptions

        @Flag(help: "Print a JSON line a meaning.")
        var json = false

        func run() throws {
            let text = DictionaryReport.lookup(name, in: try dictionary.compiled(), json: json)
            try LineOutput.open { try $0.write(text) }
        }
    }

    struct Info: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Counts and sources.")

        @OptionGroup var dictionary: DictionaryOptions

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws {
            let text = DictionaryReport.info(try dictionary.compiled(), json: json)
            try LineOutput.open { try $0.write(text + "\n") }
        }
    }

    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what came, went and changed from one dictionary to another.")

        @Argument(help: "The old dictionary: a compiled file, or a folder of sources.")
        var old: String

        @Argument(help: "The new dictionary: a compiled file, or a folder of sources.")
        var new: String

        @Option(help: "List the first so many entities that came, went and changed, with their names.")
        var list = 0

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws {
            let dictionaries = try [old, new].map { path in
                try DictionaryDiffReport.dictionary(
                    at: path, onWarning: { Notice.say("warning: \($0)") },
                    onBuild: { Notice.say("building the dictionary from \(path): some seconds, once") })
            }
            let report = DictionaryDiffReport(
                DictionaryDiff(from: dictionaries[0], to: dictionaries[1], listing: list))
            try LineOutput.open { try $0.write((json ? report.json : report.text) + "\n") }
        }
    }
}
