import ArgumentParser
import Intake
import Pipeline
import TextMining

struct TagCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag", abstract: "Finds the names of genes, chemicals, diseases and species in texts.")

    @OptionGroup var input: InputOptions
    @OptionGroup var dictionary: DictionaryOptions

    @Option(
        help:
            "Only genes of this species: common name, scientific name or taxon id. May be repeated. Given once, gene names that may mean this species do, unless the word before says another."
    )
    var species: [String] = []

    @Option(help: "pubtator or jsonl.")
    var format: MentionLines.Format = .pubtator

    @Flag(help: "Anatomy, processes, techniques, psychiatry and cell lines too.")
    var allTypes = false

    @Flag(
        help:
            "Add to each line what the models found for and against the mention and its alternatives (jsonl only)."
    )
    var explain = false

    @Flag(help: "With --explain: also the names that were not taken for mentions, as rejected.")
    var rejected = false

    func validate() throws {
        if rejected, !explain { throw ValidationError("--rejected needs --explain.") }
        if explain, format != .jsonl { throw ValidationError("--explain needs --format jsonl.") }
    }

    func run() throws {
        let compiled = try dictionary.compiled()
        let taxa = try species.map { try SpeciesSelection(named: $0, in: compiled).taxon }
        let tagger = Tagger(
            dictionary: compiled,
            settings: TaggerSettings(
                species: taxa.isEmpty ? nil : Set(taxa), assumed: taxa.count == 1 ? taxa.first : nil))
        let lines = MentionLines(format: format, allTypes: allTypes)
        try LineOutput.open { output in
            try input.read { document in
                let context = document.citation.map { DocumentContext(of: $0) } ?? DocumentContext()
                if explain {
                    let explanations = tagger.explanations(
                        in: document.passages, context: context, includesRejected: rejected)
                    try output.write(lines.lines(of: document, explanations: explanations))
                } else {
                    let mentions = tagger.mentions(in: document.passages, context: context)
                    try output.write(lines.lines(of: document, mentions: mentions))
                }
            }
        }
    }
}
