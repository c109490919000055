import Articles
import Corpus
import Foundation
import Pipeline
import Store
import Testing

/// Identifiers and symbols change between two nights; all made up but the genes.
struct IdentityTests {
    private static let header = "#tax_id\tGeneID\tSymbol\tSynonyms\tdbXrefs\tdescription\tModification_date\n"

    private static func gene(_ number: Int, _ symbol: String) -> String {
        "10090\t\(number)\t\(symbol)\tIGF-1R|Igf1r\t-\tinsulin-like growth factor I receptor\t20240131\n"
    }

    /// A pipeline over the sample with a dictionary of one gene.
    private func pipeline(_ folder: TemporaryFolder, _ gene: String, history: String? = nil) throws
        -> PipelineFile
    {
        let dictionary = folder("d")
        try? FileManager.default.removeItem(atPath: dictionary)
        try folder.file("d/m.gene_info", Self.header + gene)
        if let history {
            try folder.file(
                "d/gene_history",
                "#tax_id\tGeneID\tDiscontinued_GeneID\tDiscontinued_Symbol\tDiscontinue_Date\n" + history)
        }
        let path = try folder.pipeline(
            Workshop.path("Pipelines/sample/*.xml"), ["species": "mouse", "dictionaries": dictionary])
        var file = try PipelineFile.read(path)
        file.thresholds.withdrawals = 1
        return file
    }

    private func run(_ file: PipelineFile) async throws {
        var options = PipelineRun.Options()
        options.cache = Workshop.scratch + "/identity-cache"
        options.jobs = 2
        options.reprocess = true
        _ = try await PipelineRun(file, options: options).run()
    }

    private static let old = EntityID(prefix: "ncbigene", local: "16001")
    private static let new = EntityID(prefix: "ncbigene", local: "99001")

    @Test func `a replaced GeneID takes its article along`() async throws {
        let folder = try TemporaryFolder()
        try await run(pipeline(folder, Self.gene(16001, "Igf1r")))
        let store = try Store(path: folder("store.sqlite"))
        let first = try #require(try store.text(of: Self.old))
        let desk = ArticleDesk(store, contributor: .person("Ada"))
        _ = try desk.revise(Self.old, text: first + "\nAda's paragraph.\n")
        try await run(
            pipeline(folder, Self.gene(99001, "Igf1r"), history: "10090\t99001\t16001\tIgf1r\t20250101\n"))
        #expect(try store.redirect(of: Self.old.curie) == Self.new.curie)
        let library = ArticleLibrary(store)
        #expect(try library.entity(named: Self.old.curie, taxon: nil) == Self.new)
        let text = try #require(try store.text(of: Self.new))
        #expect(text.contains("Ada's paragraph."))
        let record = try #require(try store.articleRecord(of: Self.new))
        #expect(record.credits().first?.contributor == .person("Ada"))
        #expect(record.contributors.first == .run(1), "the machine's words keep their run")
        #expect(
            Set(text.split(separator: "\n").filter { $0.hasPrefix("- ") }).count
                == text.split(separator: "\n").filter { $0.hasPrefix("- ") }.count, "nothing twice")
    }

    @Test func `a discontinued GeneID keeps people's words, and its page`() async throws {
        let folder = try TemporaryFolder()
        try await run(pipeline(folder, Self.gene(16001, "Igf1r")))
        let store = try Store(path: folder("store.sqlite"))
        let first = try #require(try store.text(of: Self.old))
        _ = try ArticleDesk(store, contributor: .person("Ada")).revise(
            Self.old, text: first + "\nAda's paragraph.\n")
        try await run(pipeline(folder, "10090\t5\tNone5\t-\t-\tnothing\t20240131\n"))
        let record = try #require(try store.articleRecord(of: Self.old))
        #expect(record.text.contains("Ada's paragraph."))
        #expect(!record.text.contains("[@pubmed:"))
        #expect(record.decisions.contains { $0.verb == .withdraw && $0.reason == "discontinued" })
    }

    @Test func `a new symbol changes the headings, and the old one leads to the article`() async throws {
        let folder = try TemporaryFolder()
        try await run(pipeline(folder, Self.gene(16001, "Igf1r")))
        let store = try Store(path: folder("store.sqlite"))
        try await run(pipeline(folder, Self.gene(16001, "Igfr9")))
        let text = try #require(try store.text(of: Self.old))
        #expect(text.hasPrefix("# Igfr9 - insulin-like growth factor I receptor\n"))
        #expect(text.contains("\n## Disease relevance of Igfr9\n") || text.contains(" of Igfr9\n"))
        #expect(!text.contains("## Biological context of Igf1r\n"))
        #expect(try ArticleLibrary(store).entity(named: "Igf1r", taxon: .mouse) == Self.old)
    }
}
