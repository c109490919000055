import Corpus
import Terminology
import TextMining

/// Trains the models that tell whether a sentence says that two genes interact, and how: logistic regression over the
/// words between, before and after their names. All of it is deterministic.
public struct InteractionTrainer {
    /// The settings of the training; they stand in the file that it writes.
    public struct Settings: Hashable, Sendable {
        /// How many folds the documents are cut into for cross-validation.
        public var folds = 10
        /// The penalty of a weight's square.
        public var penalty = 3.0
        /// Features that occur more rarely are left out.
        public var frequency = 3
        /// By how much the models are made readier to say yes than the training alone would: of many pairs few interact,
        /// and a score counts what is missed as much as what is found in error.
        public var readiness = 1.0
        /// The same for the kind of interaction, of which annotators of events mark only what a word triggers.
        public var kindReadiness = 1.5
        /// Weights that are closer to 0 are left out of the file.
        public var least = 0.1

        /// Makes the default settings.
        public init() {}

        /// As the file states them.
        public var description: String {
            "penalty \(penalty), readiness \(readiness), for kinds \(kindReadiness), features in at least "
                + "\(frequency) pairs, weights from \(least)"
        }
    }

    /// A pair with its features and answers.
    private struct Example {
        var document: String
        var features: [ModelFeature]
        var answers: Set<InteractionQuestion>
        var asked: [InteractionQuestion]
    }

    private let corpora: [[GoldInteractions]]
    private let settings: Settings

    /// Takes the corpora.
    public init(corpora: [[GoldInteractions]], settings: Settings = Settings()) {
        self.corpora = corpora
        self.settings = settings
    }

    /// The rows of the file of weights: question, feature, weight.
    public func rows() -> [String] {
        let weights = Self.weights(from: examples(), settings)
        return weights.flatMap { question, weights in
            weights.compactMap { trained -> String? in
                let isBias = trained.feature.name == "bias"
                guard isBias || abs(trained.weight) >= settings.least else { return nil }
                return "\(question.rawValue)\t\(trained.feature.name)\t\(WeightText.decimal(trained.weight))"
            }
        }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The answers of models that were trained on the documents of the other folds.
    public func crossValidated(_ onProgress: (String) -> Void) -> InteractionPredictions {
        let folds = Folds(count: settings.folds, seed: 1)
        let examples = examples()
        var predictions = InteractionPredictions()
        for fold in 0..<folds.count {
            onProgress("fold \(fold + 1) of \(folds.count)")
            let weights = Self.weights(
                from: examples.filter { folds.fold(of: $0.document) != fold }, settings)
            let tables = weights.mapValues { trained in
                Dictionary(
                    trained.map { ($0.feature.number, $0.weight) }, uniquingKeysWith: { first, _ in first })
            }
            for document in corpora.joined() {
                for sentence in document.sentences where folds.fold(of: sentence.document) == fold {
                    for (pair, features) in sentence.features() {
                        let answers = document.questions.filter { question in
                            guard let table = tables[question] else { return false }
                            return features.reduce(0.0) { $0 + (table[$1.number] ?? 0) } > 0
                        }
                        predictions.add(Set(answers), of: pair, in: sentence)
                    }
                }
            }
        }
        return predictions
    }

    private func examples() -> [Example] {
        corpora.joined().flatMap { document in
            document.sentences.flatMap { sentence in
                sentence.features().map { pair, features in
                    Example(
                        document: sentence.document, features: features,
                        answers: sentence.answers[pair] ?? [], asked: document.questions)
                }
            }
        }
    }

    private static func weights(
        from examples: [Example], _ settings: Settings
    ) -> [InteractionQuestion: [TrainedWeight]] {
        var models: [InteractionQuestion: YesNoModel] = [:]
        for example in examples {
            for question in example.asked {
                models[question, default: YesNoModel()].add(
                    example.features.map { ($0, 1) }, isSo: example.answers.contains(question))
            }
        }
        var all: [InteractionQuestion: [TrainedWeight]] = [:]
        for question in InteractionQuestion.allCases {
            guard let model = models[question] else { continue }
            var weights = model.trained(penalty: settings.penalty, frequency: settings.frequency)
            for index in weights.indices where weights[index].feature.name == "bias" {
                weights[index].weight += question == .any ? settings.readiness : settings.kindReadiness
            }
            all[question] = weights
        }
        return all
    }
}

extension InteractionSentence {
    /// The features of all pairs.
    func features() -> [(pair: Pair, features: [ModelFeature])] {
        let bytes = Array(text.utf8)
        return pairs.compactMap { pair in
            let others = genes.indices.filter { $0 != pair.first && $0 != pair.second }.map {
                genes[$0].range
            }
            let features = InteractionModel.features(
                of: genes[pair.first].range, and: genes[pair.second].range, others: others,
                passage: bytes.span, sentence: TextRange(0, bytes.count))
            return features.map { (pair, $0) }
        }
    }
}
