import Articles
import Corpus
import Foundation
import Pipeline
import Store
import Testing

/// A night that is killed while it reads or writes: people's articles are as they were or as they are to be.
struct KilledNightTests {
    /// An article as readers and the next night find it.
    private struct Standing: Equatable {
        var text: String?
        var contributors: [Contributor]
        var summary: ArticleSummary
        var statements: [StoredStatement]
        var instances: [StoredInstance]
    }

    private static func articles(_ database: String) throws -> [EntityID: Standing] {
        let store = try Store(path: database, access: .existing)
        defer { try? store.close() }
        #expect(try store.damage() == [])
        return try store.articles().reduce(into: [:]) { articles, summary in
            let entity = summary.entity
            articles[entity] = Standing(
                text: try store.text(of: entity),
                // Who saved which revision; the night's own run has another number when it begins once more.
                contributors: try store.revisions(of: entity).map {
                    $0.kind == .machine ? Contributor(kind: .machine, name: "") : $0.contributor
                },
                summary: summary, statements: try store.statements(of: entity),
                instances: try store.standing(of: entity).instances)
        }
    }

    /// A person takes the first bullet of some articles out, changes the second and adds a paragraph.
    private static func edit(_ database: String) throws {
        let store = try Store(path: database, access: .existing)
        defer { try? store.close() }
        for summary in try store.articles().prefix(40) {
            let before = try #require(try store.articleRecord(of: summary.entity))
            var after = before
            var lines = before.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let bullets = lines.indices.filter { lines[$0].hasPrefix("- ") }
            if bullets.count > 1 {
                lines[bullets[1]].replace("the", with: "this very")
                lines.remove(at: bullets[0])
            }
            after.save(lines.joined(separator: "\n") + "\nA person wrote this.\n", by: .person("Ada"))
            try store.write([
                ArticleChange(from: before, to: after, kind: .edit, time: "2026-11-27T18:52:44Z")
            ])
        }
    }

    private static func copy(_ from: String, to target: String, in folder: TemporaryFolder) throws {
        let manager = FileManager.default
        for name in try manager.contentsOfDirectory(atPath: folder.path)
        where name == target || name.hasPrefix(target + ".sqlite") {
            try manager.removeItem(atPath: folder(name))
        }
        for name in try manager.contentsOfDirectory(atPath: folder.path)
        where name == from || name.hasPrefix(from + ".sqlite") {
            try manager.copyItem(atPath: folder(name), toPath: folder(target + name.dropFirst(from.count)))
        }
    }

    @Test func `T34 wherever a night is killed, heads are old or new, and the next night ends it`()
        throws
    {
        let folder = try TemporaryFolder()
        func add(_ name: String) throws {
            let bytes = try Data(contentsOf: URL(filePath: Workshop.path("Pipelines/sample/\(name)")))
            try folder.file("mirror/\(name)", [UInt8](bytes))
        }
        func night(_ name: String) throws -> [String] {
            let pipeline = try folder.pipeline(
                "mirror/*.xml", name: name + ".yaml",
                ["database": folder(name + ".sqlite"), "output": folder(name)])
            return ["run", pipeline, "--progress", "none"]
        }
        func succeed(_ arguments: [String]) throws {
            let outcome = try bioscribe(arguments)
            #expect(outcome.code == 0, "\(outcome.error)")
        }
        // The first night and what people did on the day after it; then a whole night.
        try add("sample26n0001.xml")
        try succeed(night("old"))
        try Self.edit(folder("old.sqlite"))
        let old = try Self.articles(folder("old.sqlite"))
        try add("sample26n0002.xml")
        try Self.copy("old", to: "new", in: folder)
        let began = ContinuousClock.now
        try succeed(night("new"))
        let length = ContinuousClock.now - began
        let new = try Self.articles(folder("new.sqlite"))
        let changed = new.count { $0.value != old[$0.key] }
        #expect(changed > 10 && changed < new.count)
        let (whole, pages) = (try export(folder("new.sqlite")), try files(under: folder("new")))

        var killed = 0
        let points = 20
        for point in 1...points {
            try Self.copy("old", to: "killed", in: folder)
            let arguments = try night("killed")
            let time = length * point / (points + 1)
            if try wasKilled(arguments, after: time) { killed += 1 }
            let found = try Self.articles(folder("killed.sqlite"))
            #expect(Set(found.keys).isSuperset(of: old.keys))
            for (entity, article) in found {
                #expect(
                    article == old[entity] || article == new[entity],
                    "\(entity), after \(point) of \(points)")
            }
            try succeed(arguments)
            #expect(try export(folder("killed.sqlite")) == whole, "after \(point) of \(points)")
            let written = try files(under: folder("killed"))
            let differing = Set(written.keys).union(pages.keys).filter { written[$0] != pages[$0] }
            #expect(differing == [], "after \(point) of \(points)")
        }
        #expect(killed > points / 2)
    }
}
