import ArgumentParser
import Pipeline

struct ClassifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract:
            "Says in which sections of a gene's article sentences belong: JSON lines in, JSON lines out.")

    @Argument(help: "JSON lines with id, entity and text; - is standard input.")
    var file = "-"

    @OptionGroup var dictionary: DictionaryOptions

    @Option(help: "The section rules.")
    var sections = "Pipelines/sections/gene.yaml"

    @Option(help: "A table of journals of the first rank.")
    var journals = "Dictionaries/journals-first-rank.tsv"

    func run() throws {
        let setAside = try LineOutput.open { output in
            try ClassifyRun(sections: sections, journals: journals).run(
                file, dictionary: dictionary.compiled(), onProblem: Notice.say
            ) { try output.write($0) }
        }
        if setAside > 0 { throw ExitCode(3) }
    }
}
