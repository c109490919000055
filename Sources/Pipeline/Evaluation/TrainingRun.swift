import Evaluation
import Foundation
import Intake

/// Trains the tagger on gold files and writes what was learned.
public struct TrainingRun {
    /// The gold files; one whose genes are asked for of one species only has `=` and the species at its end.
    public var gold: [String]
    /// The folder of dictionaries.
    public var dictionaries: String
    /// The folder to write to.
    public var output: String
    /// The number of folds.
    public var folds = 5

    /// Makes a run.
    public init(gold: [String], dictionaries: String, output: String) {
        self.gold = gold
        self.dictionaries = dictionaries
        self.output = output
    }

    /// What a run wrote.
    public struct Outcome: Hashable, Sendable {
        /// The files, in order.
        public var paths: [String] = []
        /// How many gold documents or annotations could not be read.
        public var setAside = 0

        /// Writes a file and notes it.
        mutating func write(_ text: String, to file: String, in folder: String) throws(PipelineError) {
            let path = folder + "/" + file
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
            } catch {
                throw .unwritable(path: path, reason: error.localizedDescription)
            }
            paths.append(path)
        }
    }

    /// Trains on all gold files and writes the tables.
    ///
    /// - Throws: what reading gold or dictionaries throws, and `PipelineError.unwritable`.
    public func train(_ onProgress: @escaping (String) -> Void) throws -> Outcome {
        var outcome = Outcome()
        let corpora = try readCorpora(&outcome, onProgress)
        let (trainer, settings) = try trainer(corpora, onProgress)
        let learned = try trainer.train()
        var origin = ["Written by `bioscribe train` (\(settings.description)) from:"]
        for (gold, corpus) in zip(gold, corpora) {
            origin.append("  \(name(of: Self.path(of: gold))), \(corpus.documents.count) documents")
        }
        origin.append("The corpora belong to their authors and are no part of this project.")
        for (file, text) in [
            ("learned.names.tsv", learned.nameTable(origin: origin)),
            ("tagger.weights.tsv", learned.weightTable(origin: origin)),
        ] {
            try outcome.write(text, to: file, in: output)
        }
        return outcome
    }

    /// Tags each document by what the documents of other folds taught, and writes the mentions as PubTator.
    ///
    /// - Throws: as `train`.
    public func crossValidate(_ onProgress: @escaping (String) -> Void) throws -> Outcome {
        var outcome = Outcome()
        let corpora = try readCorpora(&outcome, onProgress)
        let found = try trainer(corpora, onProgress).0.crossValidated()
        for (gold, corpus) in zip(gold, corpora) {
            var text = ""
            for document in corpus.documents {
                for mention in found.mentions[document.document.id] ?? [] {
                    text += "\(document.document.id)\t\(mention.start)\t\(mention.end)\t"
                    text += mention.text.map { $0.isNewline || $0 == "\t" ? " " : String($0) }.joined()
                    text += "\t\(mention.type)\t\(mention.identifiers.joined(separator: ";"))\n"
                }
            }
            try outcome.write(text, to: name(of: Self.path(of: gold)) + ".pubtator", in: output)
        }
        return outcome
    }

    private func trainer(
        _ corpora: [TaggerTrainer.Corpus], _ onProgress: @escaping (String) -> Void
    ) throws -> (TaggerTrainer, TaggerTrainer.Settings) {
        var settings = TaggerTrainer.Settings()
        settings.folds = folds
        return (
            try TaggerTrainer(
                dictionaries: dictionaries, corpora: corpora, settings: settings, onProgress: onProgress),
            settings
        )
    }

    private func readCorpora(
        _ outcome: inout Outcome, _ onProblem: (String) -> Void
    ) throws -> [TaggerTrainer.Corpus] {
        try gold.map { gold in
            let path = Self.path(of: gold)
            let species = gold == path ? nil : String(gold.dropFirst(path.count + 1))
            let reading = try GoldReader.documents(path: path, onProblem: onProblem)
            outcome.setAside += reading.setAside
            return TaggerTrainer.Corpus(
                documents: reading.rows, species: try species.map { try SpeciesSelection.taxon(named: $0) })
        }
    }

    /// The path of a gold file without the species at its end. A file that is there is meant as a whole.
    private static func path(of gold: String) -> String {
        guard !FileManager.default.fileExists(atPath: gold), let sign = gold.lastIndex(of: "=") else {
            return gold
        }
        return String(gold[..<sign])
    }

    /// The name of a file without its folder.
    private func name(of path: String) -> String { URL(filePath: path).lastPathComponent }
}
