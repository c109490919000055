import Articles
import Corpus
import Foundation
import Pipeline
import Store
import Testing

/// The quickstart, run once for all tests that only look at its outcome.
struct Sample: Sendable {
    let folder: TemporaryFolder
    let database: String
    let wiki: String
    let summary: RunSummary
    let store: Store
    let library: ArticleLibrary

    private static let outcome = Task { try await Sample() }

    /// The quickstart's outcome.
    static func run() async throws -> Sample { try await outcome.value }

    /// The pipeline of the quickstart, with its results in another folder.
    static func pipeline(in folder: TemporaryFolder) throws -> PipelineFile {
        var file = try PipelineFile.read(Workshop.path("Pipelines/quickstart.yaml"))
        file.database = folder("store.sqlite")
        file.output = folder("wiki")
        return file
    }

    /// The options of a run with the dictionary of this process.
    static func options(jobs: Int = 2) -> PipelineRun.Options {
        var options = PipelineRun.Options()
        options.cache = Workshop.cache
        options.jobs = jobs
        return options
    }

    private init() async throws {
        folder = try TemporaryFolder()
        database = folder("store.sqlite")
        wiki = folder("wiki")
        summary = try await PipelineRun(Self.pipeline(in: folder), options: Self.options()).run()
        store = try Store(path: database, access: .readOnly)
        library = ArticleLibrary(store)
    }

    /// A PMID of the sample by its last digits.
    static func pmid(_ number: Int64) -> PMID { PMID(99_000_000 + number) }

    /// The page of a gene.
    func page(_ symbol: String, _ taxon: TaxonID) throws -> ArticlePage {
        try library.page(of: library.entity(named: symbol, taxon: taxon))
    }

    /// The pages of all articles.
    func pages() throws -> [ArticlePage] {
        try store.articles().map { try library.page(of: $0.entity) }
    }
}
