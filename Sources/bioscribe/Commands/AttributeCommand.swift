import ArgumentParser
import Pipeline

struct AttributeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attribute",
        abstract: "Says who wrote each word of a text, from its revisions: JSON lines in, JSON lines out.")

    @Argument(
        help: "Revisions, oldest first: JSON lines with id, contributor, kind and text; - is standard input.")
    var file = "-"

    @Flag(help: "Write the tokens of every revision, not of the last one alone.")
    var all = false

    @Flag(help: "Write, instead of tokens, what share of the words shows signs of a wrong origin.")
    var selfCheck = false

    func validate() throws {
        if all && selfCheck { throw ValidationError("--all and --self-check exclude each other.") }
    }

    func run() throws {
        let setAside = try LineOutput.open { output in
            try AttributeRun.run(
                file, output: selfCheck ? .selfCheck : all ? .allRevisions : .lastRevision,
                onProblem: Notice.say
            ) { try output.write($0) }
        }
        if setAside > 0 { throw ExitCode(3) }
    }
}
