import ArgumentParser
import Evaluation
import Pipeline

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Learns names and weights of the tagger from annotated corpora.",
        discussion: """
            Writes learned.names.tsv and tagger.weights.tsv, which the tagger uses when they stand in the folder \
            “learned” of the dictionaries. With --cross-validate it writes instead, for each gold file, what is found in \
            each document by what the other documents taught, as PubTator that evaluate --predictions reads.
            """)

    @Option(
        help: ArgumentHelp(
            "A gold file, as for evaluate tagging; with =human at its end it is cross-validated as by tag --species human. May be repeated."
        ))
    var gold: [String]

    @Option(help: "The folder to write to.")
    var output = "Dictionaries/learned"

    @Option(help: "The folder of dictionaries; what was learned before is not used.")
    var dictionaries = "Dictionaries"

    @Option(help: "The number of folds.")
    var folds = 5

    @Flag(help: "Write predictions for the gold files instead of tables.")
    var crossValidate = false

    func validate() throws {
        if gold.isEmpty { throw ValidationError("Please give gold files with --gold.") }
        if folds < 2 { throw ValidationError("Please give --folds a number from 2 up.") }
    }

    func run() throws {
        var run = TrainingRun(gold: gold, dictionaries: dictionaries, output: output)
        run.folds = folds
        let written = try crossValidate ? run.crossValidate(Notice.say) : run.train(Notice.say)
        try LineOutput.open { output in
            for path in written.paths { try output.write(path + "\n") }
        }
        if written.setAside > 0 { throw ExitCode(3) }
    }
}
