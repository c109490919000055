import Evaluation
import Foundation
import Interchange

/// Trains the models on interactions on gold files and writes what was learned.
public struct InteractionTrainingRun {
    /// The gold files: documents with pairs, or with events.
    public var gold: [String]
    /// The folder to write to.
    public var output: String
    /// How the models are trained.
    public var settings = InteractionTrainer.Settings()

    /// Makes a run.
    public init(gold: [String], output: String) {
        self.gold = gold
        self.output = output
    }

    /// The file of weights in the folder of learned tables.
    public static let fileName = "interactions.weights.tsv"

    /// Trains on all gold files and writes the table of weights.
    ///
    /// - Throws: what reading gold throws, and `PipelineError.unwritable`.
    public func train(_ onProgress: (String) -> Void) throws -> TrainingRun.Outcome {
        var outcome = TrainingRun.Outcome()
        let corpora = try readCorpora(&outcome, onProgress)
        onProgress("training on \(corpora.joined().count) documents")
        let trainer = InteractionTrainer(corpora: corpora, settings: settings)
        var comments = [
            "Weights of the linear models on interactions: whether a sentence says that two genes interact, and how.",
            "Written by `bioscribe train interactions` (\(settings.description)) from:",
        ]
        for (path, corpus) in zip(gold, corpora) {
            comments.append("  \(URL(filePath: path).lastPathComponent), \(corpus.count) documents")
        }
        comments.append("The corpora belong to their authors and are no part of this project.")
        let lines =
            comments.map { "# " + $0 } + [["kind", "feature", "weight"].joined(separator: "\t")]
            + trainer.rows()
        try outcome.write(lines.joined(separator: "\n") + "\n", to: Self.fileName, in: output)
        return outcome
    }

    /// Answers for each document by what the documents of other folds taught, and writes for each gold file the pairs of
    /// which something is said.
    ///
    /// - Throws: as `train`.
    public func crossValidate(_ onProgress: (String) -> Void) throws -> TrainingRun.Outcome {
        var outcome = TrainingRun.Outcome()
        let corpora = try readCorpora(&outcome, onProgress)
        let found = InteractionTrainer(corpora: corpora, settings: settings).crossValidated(onProgress)
        for (path, corpus) in zip(gold, corpora) {
            let lines = found.lines(of: corpus).map { line in
                JSONValue.object([
                    .init("sentence", .string(line.sentence)),
                    .init("genes", .array(line.genes.map { .string($0) })),
                    .init("interactions", .array(line.said.map { .string($0) })),
                ]).line + "\n"
            }
            try outcome.write(
                lines.joined(), to: URL(filePath: path).lastPathComponent + ".pairs", in: output)
        }
        return outcome
    }

    private func readCorpora(
        _ outcome: inout TrainingRun.Outcome, _ onProblem: (String) -> Void
    ) throws -> [[GoldInteractions]] {
        try gold.map { path in
            let reading = try GoldInteractions.read(path: path, onProblem: onProblem)
            outcome.setAside += reading.setAside
            return reading.rows
        }
    }
}
