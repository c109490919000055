import ArgumentParser
import Evaluation
import Pipeline

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Learns from annotated corpora: names and weights of the tagger, weights of interactions.",
        discussion: """
            For the tagger: writes learned.names.tsv and tagger.weights.tsv. For interactions, from documents with pairs \
            of genes or with events: writes interactions.weights.tsv. They are used when they stand in the folder \
            “learned” of the dictionaries. With --cross-validate it writes instead, for each gold file, what is found in \
            each document by what the other documents taught, as evaluate --predictions reads it.
            """)

    enum Subject: String, CaseIterable, ExpressibleByArgument {
        case tagger, interactions
    }

    @Argument(help: "tagger or interactions.")
    var subject: Subject = .tagger

    @Option(
        help: ArgumentHelp(
            "A gold file, as for evaluate tagging; with =human at its end it is cross-validated as by tag --species human. May be repeated."
        ))
    var gold: [String]

    @Option(help: "The folder to write to.")
    var output = "Dictionaries/learned"

    @Option(help: "The folder of dictionaries; what was learned before is not used.")
    var dictionaries = "Dictionaries"

    @Option(help: "The number of folds (default: 5 for the tagger, 10 for interactions).")
    var folds: Int?

    @Flag(help: "Write predictions for the gold files instead of tables.")
    var crossValidate = false

    func validate() throws {
        if gold.isEmpty { throw ValidationError("Please give gold files with --gold.") }
        if let folds, folds < 2 { throw ValidationError("Please give --folds a number from 2 up.") }
    }

    func run() throws {
        let written = try subject == .tagger ? trainTagger() : trainInteractions()
        try LineOutput.open { output in
            for path in written.paths { try output.write(path + "\n") }
        }
        if written.setAside > 0 { throw ExitCode(3) }
    }

    private func trainTagger() throws -> TrainingRun.Outcome {
        var run = TrainingRun(gold: gold, dictionaries: dictionaries, output: output)
        if let folds { run.folds = folds }
        return try crossValidate ? run.crossValidate(Notice.say) : run.train(Notice.say)
    }

    private func trainInteractions() throws -> TrainingRun.Outcome {
        var run = InteractionTrainingRun(gold: gold, output: output)
        if let folds { run.settings.folds = folds }
        return try crossValidate ? run.crossValidate(Notice.say) : run.train(Notice.say)
    }
}
