import ArgumentParser
import Pipeline

struct SegmentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "segment", abstract: "Cuts texts into sentences: a JSON line a sentence.")

    @OptionGroup var input: InputOptions

    func run() throws {
        try LineOutput.open { output in
            try input.read { try output.write(SegmentLines.lines(of: $0)) }
        }
    }
}
