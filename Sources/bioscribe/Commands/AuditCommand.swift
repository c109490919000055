import ArgumentParser
import Audit
import Interchange
import Pipeline

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract:
            "Derives every machine statement anew from what is kept, and verifies history, credit and ledger.",
        discussion:
            "Each difference is a line with file, record, byte, article and revision, and what to do; then a summary by check. "
            + "Exits with 0 where nothing differs, with 4 where something does. What was read with another dictionary or other "
            + "rules than the pipeline's cannot be derived anew: it is counted as not checked."
    )

    @Argument(help: "One article: a CURIE (ncbigene:16001), a symbol or a preferred name.")
    var entity: String?

    @Flag(help: "Everything: all evidence kept, all articles, the ledger.")
    var all = false

    @Option(help: "The folder with the files that were read: their bytes and records are compared too.")
    var source: String?

    @Option(help: "The species of the symbol: common name, scientific name or taxon id.")
    var species: String?

    @Option(help: "The pipeline file whose dictionary, rules and species hold.")
    var pipeline = "Pipelines/quickstart.yaml"

    @Option(help: "The database instead of the pipeline's.")
    var database: String?

    @Option(help: "How many threads work (default: the number of cores).")
    var jobs: Int?

    @Flag(help: "Print a JSON line a difference, and a last one with the summary.")
    var json = false

    func validate() throws {
        if (entity == nil) != all { throw ValidationError("Please give either an article or --all.") }
        if let jobs, jobs < 1 { throw ValidationError("Please give --jobs a number from 1 up.") }
    }

    func run() async throws {
        var audit = AuditRun(try PipelineFile.read(pipeline))
        audit.database = database
        audit.sources = source
        if let jobs { audit.jobs = jobs }
        let summary = try await audit.run(of: entity, species: species, onNotice: Notice.say) { finding in
            print(json ? finding.json.line : finding.line)
        }
        print(json ? summary.json.line : summary.text)
        if summary.differences > 0 { throw ExitCode(4) }
    }
}
