import Corpus
public import Evaluation
public import Intake
public import Terminology
import TextMining

/// `evaluate`: measures one task against a gold file, with what the program itself finds or with predictions of a file.
public struct EvaluationRun {
    /// What is measured.
    public var task: EvaluationTask
    /// The gold file.
    public var gold: String
    /// The format of a gold file of documents; guessed when nil.
    public var format: InputFormat?
    /// A file of predictions; nil for what the program finds itself.
    public var predictions: String?
    /// The types of mentions; empty for every type that gold has.
    public var types: [GoldType] = []
    /// A file of the identifiers that count; nil for all.
    public var restrict: String?
    /// The only species whose genes are wanted; empty for all.
    public var species: [String] = []
    /// How many examples of each cause of errors are shown; 0 for no analysis.
    public var errors = 0
    /// The section rules.
    public var sections = ""
    /// How the intervals are drawn.
    public var bootstrap = Bootstrap()

    /// Makes a run with the usual settings.
    public init(task: EvaluationTask, gold: String) {
        self.task = task
        self.gold = gold
    }

    /// Measures.
    ///
    /// - Parameters:
    ///   - dictionary: gives the dictionary, where it is needed: a file of predictions needs none to be scored.
    ///   - onProblem: called with a sentence on what is set aside.
    /// - Throws: `EvaluationError` where there is nothing to measure, `IntakeError` where a file as a whole is bad,
    ///   `PipelineError.unknownSpecies`, and what the dictionary and the rules throw.
    public func report(
        dictionary: () throws -> CompiledDictionary, onProblem: (String) -> Void
    ) throws -> EvaluationReport {
        switch task {
        case .tagging: try tagging(dictionary: dictionary, onProblem: onProblem)
        case .sentences: try sentences(onProblem: onProblem)
        case .abbreviations: try abbreviations(onProblem: onProblem)
        case .sections: try sections(dictionary: dictionary, onProblem: onProblem)
        case .interactions: try interactions(dictionary: dictionary, onProblem: onProblem)
        }
    }

    private func report(_ sheet: ScoreSheet, read: Int, setAside: Int) -> EvaluationReport {
        EvaluationReport(
            task: task, gold: gold, documents: sheet.documents.count,
            sentences: task == .sections ? read : nil, setAside: setAside, bootstrap: bootstrap,
            groups: [.init(type: nil, scores: sheet.scores(bootstrap), errors: nil)])
    }

    // MARK: - Tagging

    private func tagging(
        dictionary: () throws -> CompiledDictionary, onProblem: (String) -> Void
    ) throws -> EvaluationReport {
        let counted = try restrict.map { try IdentifierList(path: $0) }
        let reading = try GoldReader.documents(path: gold, format: format, onProblem: onProblem)
        let measured = types.isEmpty ? TaggingScores.types(in: reading.rows) : types
        if measured.isEmpty {
            let found = Set(reading.rows.flatMap { $0.mentions.map(\.type) })
            throw EvaluationError.noKnownType(path: gold, found: found.sorted())
        }
        let needsDictionary = predictions == nil || errors > 0
        let compiled = try needsDictionary ? dictionary() : nil
        var taxa: Set<TaxonID>?
        if let compiled, !species.isEmpty {
            taxa = Set(try species.map { try SpeciesSelection(named: $0, in: compiled).taxon })
        }
        let found: TaggingPredictions
        if let predictions {
            found = try TaggingPredictions(pubTator: predictions, onProblem: onProblem)
        } else if let compiled {
            let tagger = Tagger(
                dictionary: compiled,
                settings: TaggerSettings(species: taxa, assumed: taxa?.count == 1 ? taxa?.first : nil))
            found = TaggingPredictions(of: reading.rows, by: tagger)
        } else {
            found = TaggingPredictions()
        }
        let groups = measured.map { type in
            let scores = TaggingScores(type: type, counted: counted)
            let sheet = scores.sheet(gold: reading.rows, found: found)
            let analysis = compiled.flatMap { compiled in
                errors > 0
                    ? EvaluationReport.Errors(
                        TaggingErrors(scores: scores, dictionary: compiled, species: taxa),
                        gold: reading.rows,
                        found: found, examples: errors) : nil
            }
            return EvaluationReport.Group(type: type, scores: sheet.scores(bootstrap), errors: analysis)
        }
        return EvaluationReport(
            task: task, gold: gold, documents: reading.rows.count, sentences: nil,
            setAside: reading.setAside + found.setAside, bootstrap: bootstrap, groups: groups)
    }

    // MARK: - The other tasks

    private func sentences(onProblem: (String) -> Void) throws -> EvaluationReport {
        let reading = try GoldReader.lines(
            of: GoldSentences.self, path: gold,
            what: "a document with pmid or id, abstract or text, and sentences", onProblem: onProblem)
        let found = try predictions.map { try SentenceTask.predictions(path: $0, onProblem: onProblem) }
        let sheet = SentenceTask.sheet(gold: reading.rows) { document in
            found.map { $0.sentences[document.id] ?? [] } ?? SentenceTask.sentences(in: document.text)
        }
        return report(sheet, read: reading.rows.count, setAside: reading.setAside + (found?.setAside ?? 0))
    }

    private func abbreviations(onProblem: (String) -> Void) throws -> EvaluationReport {
        let reading = try GoldReader.lines(
            of: GoldAbbreviations.self, path: gold,
            what: "a document with pmid or id, abstract or text, and abbrevs", onProblem: onProblem)
        let found = try predictions.map { try AbbreviationTask.predictions(path: $0, onProblem: onProblem) }
        let sheet = AbbreviationTask.sheet(gold: reading.rows) { document in
            found.map { $0.pairs[document.id] ?? [] } ?? AbbreviationTask.pairs(in: document.texts)
        }
        return report(sheet, read: reading.rows.count, setAside: reading.setAside + (found?.setAside ?? 0))
    }

    private func interactions(
        dictionary: () throws -> CompiledDictionary, onProblem: (String) -> Void
    ) throws -> EvaluationReport {
        let reading = try GoldInteractions.read(path: gold, onProblem: onProblem)
        let found: InteractionPredictions
        if let predictions {
            found = try InteractionPredictions(path: predictions, onProblem: onProblem)
        } else {
            found = InteractionPredictions(
                of: reading.rows, by: InteractionModel(dictionary: try dictionary()))
        }
        let sheet = InteractionTask.sheet(gold: reading.rows, found: found)
        return report(sheet, read: reading.rows.count, setAside: reading.setAside + found.setAside)
    }

    private func sections(
        dictionary: () throws -> CompiledDictionary, onProblem: (String) -> Void
    ) throws -> EvaluationReport {
        let reading = try GoldReader.lines(
            of: GoldSentence.self, path: gold, what: "a sentence with the sections that annotators gave it",
            onProblem: onProblem)
        var setAside = reading.setAside
        let sheet: ScoreSheet
        if let predictions {
            let found = try SectionTask.predictions(path: predictions, onProblem: onProblem)
            setAside += found.setAside
            sheet = SectionTask.sheet(gold: reading.rows) {
                found.classifications[$0.id] ?? SentenceClassification()
            }
        } else {
            let lines = ClassifyLines(
                dictionary: try dictionary(), rules: try SectionRulesFile(path: sections).rules,
                journals: JournalRanking())
            var gold: [GoldSentence] = []
            for sentence in reading.rows {
                if ClassifyLines.entity(sentence.entity) != nil {
                    gold.append(sentence)
                } else {
                    setAside += 1
                    onProblem("\(self.gold): \(sentence.id): \"\(sentence.entity)\" is no CURIE; set aside")
                }
            }
            sheet = SectionTask.sheet(gold: gold) { Self.classification(of: $0, by: lines) }
        }
        return report(sheet, read: reading.rows.count, setAside: setAside)
    }

    private static func classification(
        of sentence: GoldSentence, by lines: ClassifyLines
    ) -> SentenceClassification {
        guard let entity = ClassifyLines.entity(sentence.entity) else { return SentenceClassification() }
        let found = lines.classification(of: sentence.text, entity: entity, context: PlacementContext())
        return SentenceClassification(
            sections: found.placements.map(\.section.rawValue), isNegated: found.qualities.isNegated,
            isSpeculative: found.qualities.isSpeculative, standsAlone: found.qualities.standsAlone,
            kind: found.qualities.kind.rawValue)
    }
}
