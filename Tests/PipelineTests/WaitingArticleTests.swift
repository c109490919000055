import Articles
import Corpus
import Foundation
import Pipeline
import Store
import Testing

/// What people change waits for the next run, which has it on the page and keeps it.
struct WaitingArticleTests {
    @Test func `what a person saved reaches the page with the next run, though no file is new`() async throws
    {
        let folder = try TemporaryFolder()
        let file = try Sample.pipeline(in: folder)
        let options = Sample.options()
        _ = try await PipelineRun(file, options: options).run()
        let store = try Store(path: folder("store.sqlite"), access: .existing)
        #expect(try store.entities(EntitySelection(pendingOnly: true)) == [])

        let entity = try ArticleLibrary(store).entity(named: "Igf1r", taxon: .mouse)
        let before = try #require(try store.articleRecord(of: entity))
        var after = before
        var lines = before.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let bullet = try #require(lines.firstIndex { $0.hasPrefix("- ") })
        let taken = lines.remove(at: bullet)
        after.save(lines.joined(separator: "\n") + "\nA person wrote this.\n", by: .person("Ada"))
        try store.write([ArticleChange(from: before, to: after, kind: .edit)])

        let summary = try await PipelineRun(file, options: options).run()
        #expect(summary.files.isEmpty)
        let page = try #require(
            files(under: folder("wiki")).first { $0.key.hasSuffix("/igf1r-16001.html") }?.value)
        #expect(String(decoding: page, as: UTF8.self).contains("A person wrote this."))
        let now = try #require(try store.articleRecord(of: entity))
        #expect(now.text.contains("A person wrote this."))
        #expect(!now.text.contains(taken), "a person took it away")
        // Nothing waits any more.
        #expect(try store.entities(EntitySelection(pendingOnly: true)) == [])
        let last = try await PipelineRun(file, options: options).run()
        #expect(last.articlesRevised + last.pagesWritten == 0)
        #expect(try store.text(of: entity) == now.text)
    }
}
