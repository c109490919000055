import ArgumentParser
import Pipeline

struct AbbreviationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "abbreviations", abstract: "Finds the abbreviations that texts define: a JSON line each.")

    @OptionGroup var input: InputOptions

    func run() throws {
        let output = LineOutput()
        defer { output.flush() }
        try input.read { output.write(AbbreviationLines.lines(of: $0)) }
    }
}
