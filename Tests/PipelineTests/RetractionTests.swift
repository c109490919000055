import Articles
import Corpus
import Foundation
import Interchange
import Pipeline
import Store
import Testing

/// A paper is retracted by the sample's update file, and re-instated by another one: nights of the real program.
struct RetractionTests {
    /// The paper that the second file of the sample retracts, and the notice.
    private static let (paper, notice) = (PMID(99_000_119), PMID(99_000_131))

    /// The record of a citation in a file of the sample.
    private static func record(of pmid: PMID, in name: String) throws -> String {
        let file = try String(contentsOfFile: Workshop.path("Pipelines/sample/" + name), encoding: .utf8)
        let records = file.components(separatedBy: "<PubmedArticle>").dropFirst()
        let found = try #require(
            records.first { record in
                // The first identifier of a record is its own.
                record.components(separatedBy: "</PMID>").first?.hasSuffix(">\(pmid)") ?? false
            })
        let body = try #require(found.components(separatedBy: "</PubmedArticle>").first)
        return "<PubmedArticle>" + body + "</PubmedArticle>"
    }

    private static func file(_ records: [String], in folder: TemporaryFolder, name: String) throws -> String {
        try folder.file(
            name,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<PubmedArticleSet>\n"
                + records.joined(separator: "\n") + "\n</PubmedArticleSet>\n")
    }

    /// A night of the real program over one file.
    private static func night(_ pipeline: String, _ file: String) throws {
        let done = try bioscribe(["run", pipeline, "--files", file, "--progress", "none"])
        #expect(done.code == 0, "\(done.error)")
    }

    @Test func `T30 a retracted paper's sentences go with their reason, the page tells, and they come back`()
        async throws
    {
        let folder = try TemporaryFolder()
        let pipeline = try folder.pipeline(Workshop.path("Pipelines/sample/*.xml"))
        try Self.night(pipeline, Workshop.path("Pipelines/sample/sample26n0001.xml"))
        let store = try Store(path: folder("store.sqlite"))
        let citation = "[@pubmed:\(Self.paper)]"
        let articles = try store.articles(quoting: Self.paper)
        let entity = try #require(articles.first)
        let before = try #require(try store.text(of: entity))
        let line = try #require(before.split(separator: "\n").first { $0.contains(citation) })

        // A person vouches for the sentence in a second article by changing it.
        let touched = try #require(articles.dropFirst().first)
        let text = try #require(try store.text(of: touched))
        _ = try ArticleDesk(store, contributor: .person("Ada"), time: { "2026-11-27T20:00:00Z" })
            .revise(touched, text: text.replacing(" " + citation, with: " indeed " + citation))

        try Self.night(pipeline, Workshop.path("Pipelines/sample/sample26n0002.xml"))
        let after = try #require(try store.text(of: entity))
        #expect(!after.contains(citation))
        let fate = try #require(try store.fates(of: [Self.paper])[Self.paper])
        #expect(fate.isRetracted && fate.notices == [Self.notice])
        #expect(try store.decisions(on: entity).contains { $0.verb == .withdraw && $0.reason == "retracted" })
        let withdrawn = try store.withdrawnEvidence(run: 2).filter { $0.pmid == Self.paper }
        #expect(!withdrawn.isEmpty && withdrawn.allSatisfy { $0.reason == "retracted" })

        let library = ArticleLibrary(store)
        let page = try library.page(of: entity)
        #expect(page.withdrawn.map(\.pmid) == [Self.paper])
        #expect(page.withdrawn.first?.note.notices == [Self.notice])
        let html = try #require(
            try files(under: folder("wiki")).first {
                $0.key.hasSuffix(".html") && $0.key.contains(entity.local)
            }.map { String(decoding: $0.value, as: UTF8.self) })
        #expect(html.contains("Withdrawn evidence"))
        #expect(html.contains("https://pubmed.ncbi.nlm.nih.gov/\(Self.notice)/"))
        #expect(try #require(try store.text(of: touched)).contains(" indeed " + citation))
        #expect(ArticleRenderer().html(try library.page(of: touched)).contains("source retracted"))

        // The record without the retraction comes again, in a later file.
        let back = try Self.file(
            [
                Self.record(of: Self.paper, in: "sample26n0001.xml"),
                Self.record(of: Self.notice, in: "sample26n0002.xml").replacing(
                    "RetractionOf", with: "Cites"),
            ], in: folder, name: "sample26n0003.xml")
        try Self.night(pipeline, back)
        #expect(try #require(try store.text(of: entity)).contains(String(line)))
        #expect(try library.page(of: entity).withdrawn.isEmpty)
        #expect(try store.fates(of: [Self.paper]).isEmpty)
        #expect(!ArticleRenderer().html(try library.page(of: touched)).contains("source retracted"))
    }

    @Test func `a paper that only the notice calls retracted is withdrawn, and waits for the notice to go`()
        async throws
    {
        let folder = try TemporaryFolder()
        let pipeline = try folder.pipeline(Workshop.path("Pipelines/sample/*.xml"))
        try Self.night(pipeline, Workshop.path("Pipelines/sample/sample26n0001.xml"))
        let store = try Store(path: folder("store.sqlite"), access: .readOnly)
        #expect(try !store.evidence(in: Self.paper).isEmpty)
        let notice = try Self.record(of: Self.notice, in: "sample26n0002.xml")
        try Self.night(pipeline, Self.file([notice], in: folder, name: "sample26n0003.xml"))
        #expect(try store.evidence(in: Self.paper).isEmpty)
        #expect(try store.fates(of: [Self.paper])[Self.paper]?.notices == [Self.notice])
        let deletion = try folder.file(
            "sample26n0004.xml",
            "<PubmedArticleSet><DeleteCitation><PMID Version=\"1\">\(Self.notice)</PMID></DeleteCitation></PubmedArticleSet>"
        )
        // The paper's own file must be within reach to be read again.
        let done = try bioscribe([
            "run", pipeline, "--files", Workshop.path("Pipelines/sample/sample26n0001.xml"), "--files",
            deletion,
            "--progress", "none",
        ])
        #expect(done.code == 0, "\(done.error)")
        #expect(try !store.evidence(in: Self.paper).isEmpty)
        #expect(try store.fates(of: [Self.paper]).isEmpty)
    }
}
