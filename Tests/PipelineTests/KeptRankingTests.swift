import Articles
import Corpus
import Foundation
import GRDB
import Pipeline
import Store
import Testing

/// Nights that go by the rankings of the night before write what nights without them write.
struct KeptRankingTests {
    /// A wiki with its sources.
    private struct Wiki {
        let file: PipelineFile
        let database: String

        init(_ folder: TemporaryFolder, _ name: String) throws {
            var file = try PipelineFile.read(Workshop.path("Pipelines/quickstart.yaml"))
            database = folder("\(name).sqlite")
            file.database = database
            file.output = folder(name)
            file.files = [folder("sources") + "/*.xml"]
            self.file = file
        }

        func night() async throws -> RunSummary {
            try await PipelineRun(file, options: Sample.options()).run()
        }

        func store() throws -> Store { try Store(path: database, access: .existing) }

        /// Takes all kept rankings away.
        func forget() throws {
            try DatabaseQueue(path: database).write { try $0.execute(sql: "DELETE FROM keptRanking") }
        }

        /// Takes away a bit of every kept ranking.
        func damage() throws {
            try DatabaseQueue(path: database).write {
                try $0.execute(sql: "UPDATE keptRanking SET rounds = CAST(rounds || x'00' AS BLOB)")
            }
        }

        /// What a reader and a writer can see.
        func outcome() throws -> [String: Data] {
            let store = try store()
            var outcome = try files(under: file.output ?? "")
            for article in try store.articles() {
                let statements = try store.statements(of: article.entity)
                outcome["\(article.entity)"] = Data(
                    "\(try store.text(of: article.entity) ?? "")\(statements)".utf8)
            }
            outcome["struck"] = Data("\(try store.struckSentences().sorted())".utf8)
            return outcome
        }

        /// A person takes the first bullet of an article away.
        func edit(_ entity: EntityID) throws {
            let store = try store()
            let before = try #require(try store.articleRecord(of: entity))
            var after = before
            var lines = before.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            guard let bullet = lines.firstIndex(where: { $0.hasPrefix("- ") }) else { return }
            lines.remove(at: bullet)
            after.save(lines.joined(separator: "\n"), by: .person("Ada"))
            try store.write([ArticleChange(from: before, to: after, kind: .edit)])
        }
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `kept rankings change nothing but the work`(seed: UInt64) async throws {
        var random = SeededGenerator(state: seed)
        print("seed \(seed)")
        let folder = try TemporaryFolder()
        let sources = folder("sources")
        try FileManager.default.createDirectory(atPath: sources, withIntermediateDirectories: true)
        for name in ["sample26n0001.xml", "sample26n0002.xml"] {
            try FileManager.default.copyItem(
                atPath: Workshop.path("Pipelines/sample/\(name)"), toPath: "\(sources)/\(name)")
        }
        let (wiki, twin) = (try Wiki(folder, "wiki"), try Wiki(folder, "twin"))
        for night in 1...6 {
            if night > 1 {
                let gone = (0..<4).map { _ in
                    "<PMID Version=\"1\">\(99_000_000 + Int.random(in: 1...800, using: &random))</PMID>"
                }
                try Data(
                    """
                    <?xml version="1.0"?>
                    <PubmedArticleSet><DeleteCitation>\(gone.joined())</DeleteCitation></PubmedArticleSet>
                    """.utf8
                ).write(to: URL(filePath: "\(sources)/sample26n000\(night + 1).xml"))
                try twin.forget()
            }
            if night == 4 {
                let articles = try wiki.store().articles().map(\.entity)
                let entity = try #require(articles.randomElement(using: &random))
                try wiki.edit(entity)
                try twin.edit(entity)
            }
            if night == 5 { try wiki.damage() }
            let (one, other) = (try await wiki.night(), try await twin.night())
            #expect(one.statements == other.statements)
            #expect(try wiki.outcome() == (try twin.outcome()), "seed \(seed), night \(night)")
            let (ranked, all) = (one.entitiesRanked, other.entitiesRanked)
            let isRight =
                switch night {
                // What was altered is no help.
                case 1, 5: ranked == all
                default: ranked * 2 < all
                }
            #expect(isRight, "seed \(seed), night \(night): \(ranked) of \(all)")
        }
        #expect(try wiki.store().alteredRankings().altered == [])
    }
}
