import Corpus
import Intake
import Terminology
import TextMining

/// Trains what the tagger learns from annotated corpora: names that the dictionary lacks, which of several genes a name
/// means, and which names are mentions. All of it is deterministic.
///
/// The weights by which a name is judged are trained on documents as a new document will look: for each fold of the
/// documents the names and the choices of genes are learned from the other folds.
public struct TaggerTrainer {
    /// What is trained.
    public struct Learned: Sendable {
        /// The rows of the table of names.
        public var names: [String] = []
        /// The rows of the table of weights: kind, feature, weight.
        public var weights: [String] = []
    }

    /// The settings of the training; they stand in the files that it writes.
    public struct Settings: Hashable, Sendable {
        /// How many folds the documents are cut into.
        public var folds = 5
        /// By how much a model is made readier to take a name for a mention than the training alone would: the score of
        /// a document counts identifiers that are missed as much as those found in error.
        public var readiness = 0.5
        /// The same for genes, which are missed more often.
        public var geneReadiness = 0.8
        /// The penalty of a weight's square.
        public var penalty = 2.0
        /// The penalty for words of the document, which are many.
        public var topicPenalty = 30.0
        /// Features that occur more rarely are left out.
        public var frequency = 3

        /// Makes the default settings.
        public init() {}

        /// As the files state them.
        public var description: String {
            "\(folds) folds, readiness \(readiness), for genes \(geneReadiness), penalty \(penalty), of words of the document \(topicPenalty), "
                + "features in at least \(frequency) examples"
        }
    }

    /// An annotated corpus.
    public struct Corpus: Sendable {
        /// Its documents.
        public var documents: [GoldDocument]
        /// The species whose genes alone are asked for where its documents are tagged; nil for all.
        public var species: TaxonID?

        /// Makes a corpus.
        public init(documents: [GoldDocument], species: TaxonID? = nil) {
            self.documents = documents
            self.species = species
        }
    }

    private let base: DictionaryBase
    private let learner: NameLearner
    private let documents: [TrainingDocument]
    private let choices: [[GeneChoiceCandidate]]
    private let settings: Settings
    private let onProgress: (String) -> Void

    /// The kinds whose mentions are judged.
    private static let types: [GoldType] = [.gene, .disease, .chemical, .species]

    /// Reads the corpora.
    ///
    /// - Parameters:
    ///   - dictionaries: the folder of sources; what was learned before is left out.
    ///   - onProgress: called with a sentence on what is being done.
    /// - Throws: `TerminologyError` where the dictionary cannot be built.
    public init(
        dictionaries: String, corpora: [Corpus], settings: Settings = Settings(),
        onProgress: @escaping (String) -> Void
    ) throws {
        self.settings = settings
        self.onProgress = onProgress
        onProgress("reading the dictionary")
        base = try DictionaryFolder(path: dictionaries).base()
        documents = corpora.flatMap { corpus in
            let types = TaggingScores.types(in: corpus.documents).filter { Self.types.contains($0) }
            return corpus.documents.map { TrainingDocument(gold: $0, types: types, species: corpus.species) }
        }
        onProgress("looking for the genes that names may mean")
        let dictionary = try base.compiled(names: [])
        learner = NameLearner(dictionary: dictionary)
        let tagger = Tagger(dictionary: dictionary)
        choices = documents.map { document in
            document.types.contains(.gene)
                ? tagger.geneChoices(in: document.gold.document.passages) : []
        }
    }

    /// Trains on all documents.
    public func train() throws -> Learned {
        let all = Array(documents.indices)
        return try train(on: all, folds: Folds(count: settings.folds, seed: 1))
    }

    /// Tags each document by what was learned from the documents of the other folds.
    public func crossValidated() throws -> TaggingPredictions {
        let outer = Folds(count: settings.folds, seed: 2)
        var predictions = TaggingPredictions()
        for fold in 0..<settings.folds {
            onProgress("fold \(fold + 1) of \(settings.folds)")
            let others = documents.indices.filter { outer.fold(of: documents[$0].id) != fold }
            let learned = try train(on: others, folds: Folds(count: settings.folds, seed: 1))
            let dictionary = try base.compiled(names: learned.names, weights: learned.weights)
            var seen: Set<String> = []
            let held = documents.filter { outer.fold(of: $0.id) == fold && seen.insert($0.id).inserted }
            for (species, documents) in Dictionary(grouping: held, by: \.species) {
                let settings = TaggerSettings(species: species.map { [$0] }, assumed: species)
                let tagger = Tagger(dictionary: dictionary, settings: settings)
                let found = TaggingPredictions(of: documents.map(\.gold), by: tagger)
                predictions.mentions.merge(found.mentions) { first, _ in first }
            }
        }
        return predictions
    }

    // MARK: - Steps

    private func train(on chosen: [Int], folds: Folds) throws -> Learned {
        var models: [GoldType: YesNoModel] = [:]
        for fold in 0..<folds.count {
            let others = chosen.filter { folds.fold(of: documents[$0].id) != fold }
            let held = chosen.filter { folds.fold(of: documents[$0].id) == fold }
            let genes = choiceWeights(from: others)
            let dictionary = try base.compiled(names: names(from: others), weights: rows(genes, kind: .gene))
            var taggers: [TaxonID?: Tagger] = [:]
            for index in held {
                let species = documents[index].species
                let tagger =
                    taggers[species]
                    ?? Tagger(dictionary: dictionary, settings: TaggerSettings(assumed: species))
                taggers[species] = tagger
                addExamples(of: documents[index], tagger: tagger, dictionary: dictionary, to: &models)
            }
        }
        var learned = Learned(names: names(from: chosen))
        learned.weights = rows(choiceWeights(from: chosen), kind: .gene)
        for type in Self.types {
            guard let model = models[type] else { continue }
            var weights = model.trained(penalty: settings.penalty, frequency: settings.frequency)
            for index in weights.indices where weights[index].feature.name == FeatureTemplate.bias.name {
                weights[index].weight += type == .gene ? settings.geneReadiness : settings.readiness
            }
            learned.weights += rows(weights, kind: type.kind)
        }
        return learned
    }

    private func names(from chosen: [Int]) -> [String] {
        learner.rows(from: chosen.map { documents[$0] })
    }

    private func choiceWeights(from chosen: [Int]) -> [TrainedWeight] {
        var model = ChoiceModel()
        for index in chosen where documents[index].types.contains(.gene) {
            let gold = documents[index].places(of: .gene)
            for choice in choices[index] {
                guard
                    let place = gold.first(where: { $0.passage == choice.passage && $0.range == choice.range }
                    )
                else { continue }
                let right = choice.genes.map { place.mention.identifiers.contains($0.entity.local) }
                guard right.contains(true), right.contains(false) else { continue }
                model.add(zip(choice.genes, right).map { ($0.features, $1) })
            }
        }
        return model.trained(frequency: settings.frequency) { feature in
            feature.name.hasPrefix(FeatureTemplate.topic.name) ? settings.topicPenalty : settings.penalty
        }
    }

    /// The names of a document as examples: a group of names that are judged together is one; it is a mention where its
    /// entity, or its ortholog in the species that is asked for, is among those that the annotators gave the document.
    private func addExamples(
        of document: TrainingDocument, tagger: Tagger, dictionary: CompiledDictionary,
        to models: inout [GoldType: YesNoModel]
    ) {
        let candidates = tagger.candidates(in: document.gold.document.passages)
        for type in document.types {
            let identifiers = document.identifiers(of: type)
            var groups: [Int: [MentionCandidate]] = [:]
            for name in candidates where name.kind == type.kind {
                groups[name.group, default: []].append(name)
            }
            for group in groups.keys.sorted() {
                let names = groups[group] ?? []
                var places: [UInt64: Int] = [:]
                var features: [(feature: ModelFeature, value: Float)] = []
                for feature in names.flatMap(\.features) {
                    if let place = places[feature.number] {
                        features[place].value += 1 / Float(names.count)
                    } else {
                        places[feature.number] = features.count
                        features.append((feature, 1 / Float(names.count)))
                    }
                }
                let entity = asked(names[0].entity, of: document, dictionary)
                models[type, default: YesNoModel()].add(
                    features, isSo: identifiers.contains(entity.local))
            }
        }
    }

    /// The ortholog of a gene in the species that is asked for; other entities as they are.
    private func asked(
        _ entity: EntityID, of document: TrainingDocument, _ dictionary: CompiledDictionary
    ) -> EntityID {
        guard let species = document.species, let concept = dictionary.concept(of: entity),
            let ortholog = dictionary.ortholog(ofConcept: concept, in: species)
        else { return entity }
        return dictionary.identifier(ofConcept: ortholog)
    }

    /// The weights as rows of the file, without those that hardly count.
    private func rows(_ weights: [TrainedWeight], kind: EntityKind) -> [String] {
        var checker = FeatureChecker()
        return weights.compactMap { trained in
            let isBias = trained.feature.name == FeatureTemplate.bias.name
            guard abs(trained.weight) >= 0.02 || isBias, checker.isReadable(trained.feature, kind) else {
                return nil
            }
            return "\(kind.rawValue)\t\(trained.feature.name)\t\(WeightText.decimal(trained.weight))"
        }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
