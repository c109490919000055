import ArgumentParser
import Evaluation
import Intake
import Pipeline

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measures a task against gold, with confidence intervals and an analysis of errors.",
        discussion: """
            Gold for tagging: PubTator with annotations, BioC (XML or JSON), or JSON lines with mentions; for the other \
            tasks JSON lines, one a document or sentence. Without --predictions, the program's own are measured.
            """)

    @Argument(help: "tagging, sentences, abbreviations, sections or interactions.")
    var task: EvaluationTask

    @Option(help: "The gold file, plain or gzipped.")
    var gold: String

    @Option(
        help: "For tagging: pubtator, bioc-xml, bioc-json or jsonl (default: guessed from the content).")
    var goldFormat: InputFormat?

    @Option(
        help:
            "Predictions: PubTator for tagging, else the lines that segment, abbreviations, classify or train interactions --cross-validate write."
    )
    var predictions: String?

    @Option(
        help:
            "For tagging: Gene, Disease, Chemical, Species or Anatomy; may be repeated (default: all that gold has)."
    )
    var type: [GoldType] = []

    @Option(help: "For tagging: a file of the identifiers that count; all others are left out on both sides.")
    var restrict: String?

    @Option(help: "For tagging: only genes of this species, as for tag. May be repeated.")
    var species: [String] = []

    @Option(
        help: "For tagging: say why identifiers were missed or found in error, with so many examples each.")
    var errors = 0

    @OptionGroup var dictionary: DictionaryOptions

    @Option(help: "For sections: the section rules.")
    var sections = "Pipelines/sections/gene.yaml"

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if errors < 0 { throw ValidationError("Please give --errors a number from 0 up.") }
        let isForTagging =
            !type.isEmpty || restrict != nil || !species.isEmpty || errors > 0 || goldFormat != nil
        if isForTagging, task != .tagging {
            throw ValidationError(
                "--type, --restrict, --species, --errors and --gold-format are for evaluate tagging only.")
        }
    }

    func run() throws {
        var run = EvaluationRun(task: task, gold: gold)
        run.format = goldFormat
        run.predictions = predictions
        run.types = type
        run.restrict = restrict
        run.species = species
        run.errors = errors
        run.sections = sections
        let report = try run.report(dictionary: dictionary.compiled, onProblem: Notice.say)
        try LineOutput.open { try $0.write(json ? report.json : report.text) }
        if report.setAside > 0 { throw ExitCode(3) }
    }
}

extension EvaluationTask: ExpressibleByArgument {}
extension GoldType: ExpressibleByArgument {}
