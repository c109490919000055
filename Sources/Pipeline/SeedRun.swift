import Corpus
import Foundation
import Store
import Terminology
import TextMining

/// Writes articles anew from the evidence in the store: those of the genes of a species, or of one kind.
public struct SeedRun: Sendable {
    private let file: PipelineFile
    /// What is seeded.
    public enum Subject: Sendable {
        /// The genes of a species, by its name.
        case species(String)
        /// The chemicals.
        case chemicals
        /// The diseases.
        case diseases

        /// The kind of entity.
        var kind: EntityKind {
            switch self {
            case .species: .gene
            case .chemicals: .chemical
            case .diseases: .disease
            }
        }

        /// What is seeded, as the command line has it.
        var words: String {
            switch self {
            case .species(let name): "--species \(name)"
            case .chemicals: "--articles chemical"
            case .diseases: "--articles disease"
            }
        }
    }

    private let subject: Subject
    /// Only these: CURIEs or symbols; all where it is empty.
    public var entities: [String] = []
    /// The database instead of the pipeline file's.
    public var database: String?
    /// Only tell what would change.
    public var isDryRun = false
    /// How many threads work.
    public var jobs = max(1, ProcessInfo.processInfo.activeProcessorCount)
    /// The folder of compiled dictionaries.
    public var cache = DictionaryCache.folder
    /// How long to wait for another program that works on the database.
    public var wait = Duration.zero

    /// Makes a seeding.
    public init(_ file: PipelineFile, _ subject: Subject) {
        self.file = file
        self.subject = subject
    }

    /// Seeds, and says what came of it. Pages are written by `bioscribe run` only, since a site holds all species.
    ///
    /// - Throws: `PipelineError.speciesNotExtracted` where the store has no evidence on genes of the species,
    ///   `.articlesNotExtracted` where the pipeline has no rules for such articles.
    public func run(onNotice: @escaping @Sendable (String) -> Void = { _ in }) async throws -> String {
        if isDryRun { return try await seed(onNotice: onNotice) }
        let path = database ?? file.database ?? PipelineRun.defaultDatabase
        guard FileManager.default.fileExists(atPath: path) else { throw PipelineError.noDatabase(path: path) }
        return try await ExclusiveWork(database: path, wait: wait).perform { _ in
            try await seed(onNotice: onNotice)
        }
    }

    private func seed(onNotice: (String) -> Void) async throws -> String {
        let start = ContinuousClock.now
        let prepared = try PreparedPipeline(file, cache: cache) {
            onNotice("building the dictionary from \(file.dictionaries): some seconds, once")
        }
        guard prepared.sections[subject.kind] != nil else {
            throw PipelineError.articlesNotExtracted(subject.words, pipeline: file.path)
        }
        let path = database ?? file.database ?? PipelineRun.defaultDatabase
        let store = try Store(path: path, access: .existing)
        var selection: SpeciesSelection?
        if case .species(let name) = subject {
            let found = try SpeciesSelection(named: name, in: prepared.dictionary)
            guard try !store.entities(EntitySelection(kind: .gene, taxon: found.taxon)).isEmpty else {
                throw PipelineError.speciesNotExtracted(
                    name,
                    command: "add it to species: in \(file.path) and run "
                        + "bioscribe run \(file.path) --reprocess")
            }
            selection = found
        }
        let library = ArticleLibrary(store)
        let only = try entities.map { try library.entity(named: $0, taxon: selection?.taxon) }
        let stage = SeedingStage(
            store: store, sections: prepared.sections, settings: file.seedSettings,
            orthologs: OrthologChoice(dictionary: prepared.dictionary, statements: file.seed.orthologs),
            notice: file.notice,
            origin: prepared.origin,
            discontinued: try IdentityStage(
                store: store, dictionary: prepared.dictionary, workings: prepared.origin.workings
            ).discontinued(), jobs: jobs)
        let run = isDryRun ? nil : try store.beginRun(prepared.origin)
        var species = prepared.species
        if let selection, !species.contains(selection) { species.append(selection) }
        let outcome: SeedingStage.Outcome
        do {
            outcome = try await Breaker.guarding(store) {
                try await stage.seed(
                    species,
                    scope: SeedScope(
                        entities: only.isEmpty ? nil : Set(only), kind: subject.kind, taxon: selection?.taxon),
                    run: run)
            }
        } catch {
            let words = (error as? Stopped)?.words ?? "\(error)"
            if let run { try? store.endRun(run, .failed, summary: words) }
            throw error
        }
        let articles = outcome.articles
        let seconds = ProgressDisplay.decimal((ContinuousClock.now - start).seconds, 1)
        let line =
            "\(articles.created.count) articles new, \(articles.revised.count) revised, "
            + "\(articles.unchanged.count) unchanged; \(outcome.statements) statements"
        if let run {
            try store.endRun(
                run, .done,
                counts: [
                    "articlesCreated": articles.created.count, "articlesRevised": articles.revised.count,
                    "articlesUnchanged": articles.unchanged.count, "statements": outcome.statements,
                ], summary: "seed \(subject.words): " + line)
            return "Run \(run): \(line); \(seconds) s"
        }
        let merged = outcome.merged
        let counts =
            "\(merged.inserted) statements would be put in, \(merged.reinstated) again, \(merged.withdrawn) taken out, "
            + "\(merged.displaced) would give way, \(merged.superseded) be replaced, \(merged.flagged) marked; "
            + "\(merged.held) are held back"
        let changes = outcome.changes.sorted { $0.entity.id < $1.entity.id }.map { change in
            let counts = change.counts
            let title =
                "\(change.isNew ? "new" : "revised")  \(change.entity.id)  \(change.entity.name): "
                + "+\(counts.inserted + counts.reinstated) −\(counts.withdrawn + counts.displaced)"
            return change.isNew ? title : title + "\n" + change.difference
        }
        return (["Dry run: \(line) would be written; \(seconds) s", counts] + changes).joined(separator: "\n")
    }
}
