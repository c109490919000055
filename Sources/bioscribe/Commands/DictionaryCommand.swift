import ArgumentParser
import Pipeline

struct DictionaryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dictionary", abstract: "Builds the dictionary and says what is in it.",
        subcommands: [Build.self, Lookup.self, Info.self])

    struct Build: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Builds the compiled dictionary where the cache does not have it.")

        @OptionGroup var dictionary: DictionaryOptions

        func run() throws {
            let text = DictionaryReport.info(try dictionary.compiled(), json: false)
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
}
