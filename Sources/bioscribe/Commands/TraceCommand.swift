import ArgumentParser
import Audit
import Interchange
import Pipeline

struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract:
            "Says where a sentence comes from, down to the byte of the source file, and in which revisions it stands.",
        discussion: "Offsets are UTF-8 bytes of the passage. What is redacted stays hidden."
    )

    @Argument(
        help:
            "The identifier of evidence or its first digits, or the key of a statement as article blame prints it."
    )
    var evidence: String

    @OptionGroup var database: DatabaseOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let trace = try Trace(evidence, in: database.open())
        try LineOutput.open { try $0.write(json ? trace.json.pretty : trace.text + "\n") }
    }
}
