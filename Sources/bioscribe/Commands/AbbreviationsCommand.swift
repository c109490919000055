import ArgumentParser
import Pipeline

struct AbbreviationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "abbreviations", abstract: "Finds the abbreviations that texts define: a JSON line each."
    )

    @OptionGroup var input: InputOptions

    func run() throws {
        try LineOutput.open { output in
            try input.read { try output.write(AbbreviationLines.lines(of: $0)) }
        }
    }
}
