import ArgumentParser
import Pipeline
import Store

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract:
            "Says why an article shows its sentences, with all parts of their scores, and what beat the others."
    )

    @Argument(help: "A CURIE (ncbigene:16001), a symbol or a preferred name.")
    var entity: String

    @Argument(help: "Only these sentences: an evidence identifier, pubmed:N, or words in the sentence.")
    var sentence: String?

    @Option(help: "The species of the symbol: common name, scientific name or taxon id.")
    var species: String?

    @Option(help: "The pipeline file whose rules and settings hold.")
    var pipeline = "Pipelines/quickstart.yaml"

    @Option(help: "The database instead of the pipeline's.")
    var database: String?

    @Flag(help: "Print a JSON line a sentence.")
    var json = false

    func run() throws {
        let file = try PipelineFile.read(pipeline)
        let path = database ?? file.database ?? PipelineRun.defaultDatabase
        let explanation = try Explanation(
            of: entity, species: species, in: Store(path: path, access: .readOnly), pipeline: file)
        try LineOutput.open { output in
            if json {
                for line in explanation.jsonLines(of: sentence) { try output.write(line + "\n") }
            } else {
                try output.write(explanation.text(of: sentence) + "\n")
            }
        }
    }
}
