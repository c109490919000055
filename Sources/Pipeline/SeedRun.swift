import Corpus
import Foundation
import Store
import Terminology
import TextMining

/// Writes the articles of one species anew from the evidence in the store.
public struct SeedRun {
    private let file: PipelineFile
    private let species: String
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

    /// Makes a seeding of a species.
    public init(_ file: PipelineFile, species: String) {
        self.file = file
        self.species = species
    }

    /// Seeds, and says what came of it. Pages are written by `bioscribe run` only, since a site holds all species.
    ///
    /// - Throws: `PipelineError.speciesNotExtracted` where the store has no evidence on genes of the species.
    public func run(onNotice: (String) -> Void = { _ in }) async throws -> String {
        let start = ContinuousClock.now
        let prepared = try PreparedPipeline(file, species: [species], cache: cache) {
            onNotice("building the dictionary from \(file.dictionaries): some seconds, once")
        }
        let path = database ?? file.database ?? PipelineRun.defaultDatabase
        let store = try Store(path: path, access: .existing)
        let selection = prepared.species[0]
        guard try !store.entities(EntitySelection(kind: .gene, taxon: selection.taxon)).isEmpty else {
            throw PipelineError.speciesNotExtracted(
                species,
                command: "add it to species: in \(file.path) and run "
                    + "bioscribe run \(file.path) --reprocess")
        }
        let library = ArticleLibrary(store)
        let only = try entities.map { try library.entity(named: $0, taxon: selection.taxon) }
        let stage = SeedingStage(
            store: store, sections: prepared.rules.sections, ranking: prepared.ranking,
            quotations: file.seed.quotations, notice: file.notice, jobs: jobs)
        let run = isDryRun ? nil : try store.beginRun(prepared.origin)
        let everything = try file.species.map { try SpeciesSelection(named: $0, in: prepared.dictionary) }
        let all = everything.contains(selection) ? everything : everything + [selection]
        let outcome: SeedingStage.Outcome
        do {
            outcome = try await stage.seed(
                all, only: only.isEmpty ? nil : Set(only), ofTaxon: selection.taxon, run: run)
        } catch {
            if let run { try? store.endRun(run, .failed, summary: "\(error)") }
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
                ], summary: "seed --species \(species): " + line)
            return "Run \(run): \(line); \(seconds) s"
        }
        let changes =
            articles.created.map { "  new      \($0)" } + articles.revised.map { "  revised  \($0)" }
        return (["Dry run: \(line) would be written; \(seconds) s"] + changes).joined(separator: "\n")
    }
}
