import Articles
import Corpus
import Foundation
import GRDB
import Store
import Testing

/// Who wrote what: it is read back as it was written, and nobody changes it afterwards.
struct AuthorshipTests {
    /// A store in a file, so that tests can reach into it, with a run.
    private static func store(in folder: borrowing TemporaryFolder) throws -> (Store, run: Int) {
        let store = try Store(path: folder.file("a.sqlite"))
        try store.writeEntities(Samples.entities)
        return (store, try store.beginRun(Samples.origin))
    }

    /// All rows of all tables, in text.
    private static func content(of folder: borrowing TemporaryFolder) throws -> [String] {
        try DatabaseQueue(path: folder.file("a.sqlite")).read { db in
            try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
                .flatMap { table in
                    try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").map { "\(table) \($0)" }
                }
        }
    }

    /// A person's save.
    private static func edit(
        _ before: ArticleRecord, _ text: String, by contributor: Contributor = .person("Ada"),
        comment: String = "", kind: RevisionRecord.Kind = .edit
    ) -> ArticleChange {
        var after = before
        after.save(text, by: contributor)
        return ArticleChange(
            from: before, to: after, kind: kind, comment: comment, time: "2026-11-27T18:52:44Z")
    }

    // MARK: - Reading back

    @Test func `any history is read back as it was written`() throws {
        var seen: Set<StatementState> = []
        for seed: UInt64 in 0..<16 {
            let store = try Store()
            try store.writeEntities(Samples.entities)
            let run = try store.beginRun(Samples.origin)
            var world = AuthorshipWorld(store, run: run, seed: seed)
            for step in 0..<30 {
                try world.step()
                guard world.record.history.revisionCount > 0 else { continue }
                let stored = try #require(try store.articleRecord(of: Samples.igf1r.id))
                try #require(differences(world.record, stored) == [], "seed \(seed), step \(step)")
            }
            seen.formUnion(world.seen)
            let revisions = try store.revisions(of: Samples.igf1r.id)
            #expect(revisions.map(\.number) == Array(1...revisions.count), "seed \(seed)")
            #expect(revisions.map(\.parent) == [nil] + (1..<revisions.count).map { $0 }, "seed \(seed)")
            #expect(revisions.map(\.kind) == world.revisions.map(\.kind), "seed \(seed)")
            #expect(revisions.map(\.contributor) == world.revisions.map(\.contributor), "seed \(seed)")
            #expect(revisions.map(\.time) == world.revisions.map(\.time), "seed \(seed)")
            #expect(revisions.map(\.comment) == world.revisions.map(\.comment), "seed \(seed)")
            #expect(
                revisions.map(\.run) == world.revisions.map { $0.kind == .machine ? run : nil },
                "seed \(seed)")
            for (revision, written) in zip(revisions, world.revisions) {
                let text = try store.text(of: Samples.igf1r.id, revision: revision.number)
                #expect(text?.utf8.elementsEqual(written.text.utf8) == true, "seed \(seed)")
            }
            // What stands is known without the texts too.
            let standing = try store.standing(of: Samples.igf1r.id)
            let keys = world.record.instances.keys.sorted()
            #expect(standing.instances.map(\.key) == keys, "seed \(seed)")
            #expect(
                standing.instances.map(\.state) == keys.map { world.record.state(of: $0) }, "seed \(seed)")
            #expect(
                standing.instances.map(\.evidence) == keys.map { world.record.instances[$0]?.evidence },
                "seed \(seed)")
            #expect(
                standing.instances.map(\.section) == keys.map { world.record.instances[$0]?.section },
                "seed \(seed)")
            #expect(standing.rejected == Set(keys.filter { world.record.isRejected($0) }), "seed \(seed)")
            #expect(standing.policy == world.record.machinePolicy, "seed \(seed)")
            // And it goes on as the one that was never stored.
            let stored = try #require(try store.articleRecord(of: Samples.igf1r.id))
            let candidates = world.tonight()
            #expect(
                AuthorshipWorld.merge.plan(candidates, for: stored)
                    == AuthorshipWorld.merge.plan(candidates, for: world.record), "seed \(seed)")
            #expect(try store.damage() == [], "seed \(seed)")
        }
        #expect(seen == Set(StatementState.allCases).subtracting([.absent]))
    }

    @Test func `contributors of one name are two when they are of two kinds`() throws {
        let folder = try TemporaryFolder()
        let (store, _) = try Self.store(in: folder)
        let contributors = [
            Contributor.person("undo"), Contributor(kind: .system, name: "undo"),
            Contributor(kind: .importer, name: "undo"), .person("Undo"), .person("undo"),
        ]
        for (number, contributor) in contributors.enumerated() {
            let record = try store.articleRecord(of: Samples.igf1r.id)
            try store.write([
                Self.edit(
                    record ?? ArticleRecord(entity: Samples.igf1r.id), "Text \(number)", by: contributor)
            ])
        }
        #expect(try store.revisions(of: Samples.igf1r.id).map(\.contributor) == contributors)
        #expect(try store.articleRecord(of: Samples.igf1r.id)?.contributors == contributors)
        #expect(try Self.content(of: folder).count { $0.hasPrefix("contributor ") } == 4)
    }

    @Test func `an article has people when a person or an import saved it`() throws {
        let (store, run) = try ArticleTests.store()
        #expect(try store.standing(of: Samples.igf1r.id) == ArticleStanding())
        try store.save(Samples.entities.map { Samples.draft($0, text: "A", statement: "A") }, run: run)
        let contributors = [
            Contributor.person("Ada"), Contributor(kind: .importer, name: "MediaWiki"),
            Contributor(kind: .system, name: "undo"),
        ]
        for (entity, contributor) in zip(Samples.entities, contributors) {
            #expect(try !store.standing(of: entity.id).hasPeople)
            let record = try #require(try store.articleRecord(of: entity.id))
            try store.write([Self.edit(record, "A B", by: contributor)])
            #expect(try store.standing(of: entity.id).hasPeople == contributor.isHuman)
        }
    }

    @Test func `what a person changes waits for the next run, even where they say what is shown`() throws {
        let (store, run) = try ArticleTests.store()
        try store.save([Samples.draft(Samples.igf1r, text: "A", statement: "A")], run: run)
        #expect(try store.entities(EntitySelection(pendingOnly: true)) == [])
        let record = try #require(try store.articleRecord(of: Samples.igf1r.id))
        var change = Self.edit(record, "A B")
        change.statements = []
        try store.write([change])
        #expect(try store.statements(of: Samples.igf1r.id) == [])
        #expect(try store.entities(EntitySelection(pendingOnly: true)) == [Samples.igf1r.id])
        try store.save([Samples.draft(Samples.igf1r, text: "A B", statement: "A")], run: run)
        #expect(try store.entities(EntitySelection(pendingOnly: true)) == [])
        #expect(try store.standing(of: Samples.igf1r.id).composed == Samples.origin.digest)
    }

    // MARK: - Two at a time

    @Test func `a change made from an old head is told, and writes nothing`() throws {
        let folder = try TemporaryFolder()
        let (store, run) = try Self.store(in: folder)
        let early = try store.change(
            to: Samples.draft(Samples.igf1r, text: "Too late", statement: "Too late"), run: run)
        try store.save([Samples.draft(Samples.igf1r, text: "A", statement: "A")], run: run)
        let late = try store.change(
            to: Samples.draft(Samples.igf1r, text: "A B C", statement: "Newer"), run: run)
        let record = try #require(try store.articleRecord(of: Samples.igf1r.id))
        var decided = record
        decided.machinePolicy = .off
        decided.take(
            StatementDecision(
                key: StatementKey(
                    article: Samples.igf1r.id, pmid: PMID(1), passageKind: .abstract, sentence: "A"),
                verb: .reject, contributor: .person("Eve")))
        let decision = ArticleChange(from: record, to: decided, kind: .edit)
        #expect(try store.write([Self.edit(record, "A and B")]).revised == [Samples.igf1r.id])
        let before = try Self.content(of: folder)
        for change in [early, late, decision] {
            let outcome = try store.write([change], run: run)
            #expect(outcome.overtaken == [Samples.igf1r.id])
            #expect(outcome.created + outcome.revised + outcome.unchanged == [])
            #expect(try Self.content(of: folder) == before)
        }
        // It holds up nothing else; and made anew, it is written.
        let other = try store.change(to: Samples.draft(Samples.irs1, text: "B", statement: "B"), run: run)
        let outcome = try store.write([late, other], run: run)
        #expect(outcome.overtaken == [Samples.igf1r.id] && outcome.created == [Samples.irs1.id])
        let anew = try #require(try store.articleRecord(of: Samples.igf1r.id))
        #expect(try store.write([Self.edit(anew, "A B C")]).revised == [Samples.igf1r.id])
        #expect(
            try store.revisions(of: Samples.igf1r.id).map(\.contributor)
                == [.run(run), .person("Ada"), .person("Ada")])
    }

    // MARK: - Never changed afterwards

    @Test(arguments: [
        "UPDATE revision SET run = NULL", "UPDATE revision SET comment = 'better'",
        "UPDATE revision SET contributor = contributor", "DELETE FROM revision",
        "DELETE FROM revision WHERE number = 2", "UPDATE decision SET verb = 'unreject'",
        "UPDATE decision SET note = ''", "DELETE FROM decision",
    ])
    func `revisions and decisions are neither changed nor deleted, even by hand`(sql: String) throws {
        let folder = try TemporaryFolder()
        let (store, run) = try Self.store(in: folder)
        try store.save([Samples.draft(Samples.igf1r, text: "1", statement: "One")], run: run)
        let record = try #require(try store.articleRecord(of: Samples.igf1r.id))
        var after = record
        after.save("1 2", by: .person("Ada"))
        after.take(
            StatementDecision(
                key: StatementKey(
                    article: Samples.igf1r.id, pmid: PMID(1), passageKind: .abstract, sentence: "One"),
                verb: .reject, contributor: .person("Ada")))
        try store.write([ArticleChange(from: record, to: after, kind: .edit)])
        let before = try Self.content(of: folder)
        let error = #expect(throws: DatabaseError.self) {
            try DatabaseQueue(path: folder.file("a.sqlite")).write { try $0.execute(sql: sql) }
        }
        #expect(error?.message?.hasSuffix("s are append-only") == true)
        #expect(try Self.content(of: folder) == before)
    }

    /// The hash of a revision as it is documented, from what the database holds now.
    private static func hash(_ row: Row) throws -> Data {
        let run: String? = row["digest"]
        let (parent, time): (Int?, String?) = (row["parent"], row["time"])
        func quoted(_ text: String?) -> String {
            text.map { "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" }
                ?? "null"
        }
        let contributor =
            row["contributorKind"] == "machine"
            ? "machine" : "\(row["contributorKind"] as String):\(row["contributorName"] as String)"
        let json =
            "{\"article\":\(quoted(row["curie"])),\"comment\":\(quoted(row["comment"])),"
            + "\"contributor\":\(quoted(contributor)),\"kind\":\(quoted(row["kind"])),"
            + "\"number\":\(row["number"] as Int),\"parent\":\(parent.map { "\($0)" } ?? "null"),"
            + "\"run\":\(quoted(run)),\"text\":\"\(Samples.sha256(row["content"] as String))\","
            + "\"time\":\(quoted(time)),\"tokenizer\":\(row["tokenizer"] as Int),"
            + "\"tokens\":\"\(Samples.sha256(row["tokens"] as Data))\"}"
        return Samples.digest((row["previous"] as Data? ?? Data()) + Data(json.utf8))
    }

    /// The numbers of the revisions whose hash is not what their row and the row before give.
    private static func brokenLinks(in folder: borrowing TemporaryFolder) throws -> [Int] {
        try DatabaseQueue(path: folder.file("a.sqlite")).read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT revision.*, curie, run.digest, text.content, contributor.kind AS contributorKind,
                        contributor.name AS contributorName,
                        (SELECT one.hash FROM revision AS one WHERE one.number = revision.number - 1) AS previous
                    FROM revision JOIN article ON article.id = revision.article
                        JOIN entity ON entity.id = article.entity JOIN text ON text.id = revision.text
                        JOIN contributor ON contributor.id = revision.contributor
                        LEFT JOIN run ON run.number = revision.run
                    ORDER BY revision.number
                    """
            ).filter { try hash($0) != $0["hash"] }.map { $0["number"] }
        }
    }

    @Test(
        arguments: [
            ("UPDATE revision SET comment = 'kinder' WHERE number = 2", [2]),
            ("UPDATE text SET content = 'One two thre' WHERE id = 2", [2]),
            ("UPDATE revision SET text = 1 WHERE number = 3", [3]),
            ("UPDATE revision SET tokens = x'0001' WHERE number = 1", [1]),
            ("UPDATE contributor SET name = 'Eve' WHERE name = 'Ada'", [2]),
            ("UPDATE contributor SET kind = 'system' WHERE kind = 'importer'", [3]),
            ("UPDATE revision SET contributor = 2 WHERE number = 1", [1]),
            ("UPDATE revision SET time = NULL WHERE number = 3", [3]),
            ("UPDATE revision SET kind = 'revert' WHERE number = 2", [2]),
            ("UPDATE revision SET tokenizer = 2 WHERE number = 2", [2]),
            ("UPDATE run SET digest = replace(digest, 'a', 'b')", [1]),
            ("UPDATE revision SET parent = 1 WHERE number = 3", [3]),
            ("UPDATE revision SET hash = zeroblob(32) WHERE number = 1", [1, 2]),
        ] as [(String, [Int])])
    func `what is changed by hand is evident from the hashes`(sql: String, broken: [Int]) throws {
        let folder = try TemporaryFolder()
        let (store, run) = try Self.store(in: folder)
        try store.save([Samples.draft(Samples.igf1r, text: "One two", statement: "One")], run: run)
        for (text, contributor, comment) in [
            ("One two three", Contributor.person("Ada"), "says \"é\" / \\"),
            ("One three", Contributor(kind: .importer, name: "import"), ""),
        ] {
            let record = try #require(try store.articleRecord(of: Samples.igf1r.id))
            try store.write([Self.edit(record, text, by: contributor, comment: comment)])
        }
        #expect(try Self.brokenLinks(in: folder) == [])
        try DatabaseQueue(path: folder.file("a.sqlite")).write { db in
            try db.execute(sql: "DROP TRIGGER revisionIsNeverChanged; \(sql)")
            #expect(db.totalChangesCount > 0)
        }
        #expect(try Self.brokenLinks(in: folder) == broken)
    }

    // MARK: - Identities as they are stored

    @Test func `the identities of tokens are stored as documented`() throws {
        let folder = try TemporaryFolder()
        let (store, run) = try Self.store(in: folder)
        let words = (0..<200).map { "word\($0)" }
        let texts = [
            words.joined(separator: " "), "new " + words.dropFirst(150).joined(separator: " "), "",
            (words[150...] + words[..<50]).joined(separator: " "),
        ]
        for text in texts {
            try store.save([Samples.draft(Samples.igf1r, text: text, statement: "")], run: run)
        }
        let record = try #require(try store.articleRecord(of: Samples.igf1r.id))
        let stored = try DatabaseQueue(path: folder.file("a.sqlite")).read { db in
            try Data.fetchAll(db, sql: "SELECT tokens FROM revision ORDER BY number").map { Array($0) }
        }
        // 200 takes two bytes; 150 − 201 is −51, which zigzag makes 101; 0 − 200 is −200, which it makes 399.
        #expect(
            stored == [
                [0, 0xC8, 1], [0x90, 3, 1, 101, 50], [], [0xAC, 2, 50, 0x8F, 3, 50],
            ])
        for (number, text) in texts.enumerated() {
            #expect(
                record.history.tokens(ofRevision: number + 1).map { record.history.string(of: $0) }
                    == text.split(separator: " ").map(String.init))
        }
    }

    @Test(
        arguments: [
            ("revision", "number = 1"), ("instance", "\"key\" = (SELECT min(\"key\") FROM instance)"),
            ("heading", "section = (SELECT min(section) FROM heading)"),
        ] as [(String, String)])
    func `identities that were changed are reported, not trusted`(table: String, row: String) throws {
        let folder = try TemporaryFolder()
        let (store, run) = try Self.store(in: folder)
        var world = AuthorshipWorld(store, run: run, seed: 7)
        while world.record.instances.isEmpty { try world.step() }
        let database = try DatabaseQueue(path: folder.file("a.sqlite"))
        let bytes = try #require(
            try database.write { db in
                try db.execute(sql: "DROP TRIGGER revisionIsNeverChanged")
                return try Data.fetchOne(db, sql: "SELECT tokens FROM \(table) WHERE \(row)")
            })
        func read(_ tokens: Data) throws -> ArticleRecord? {
            try database.write {
                try $0.execute(sql: "UPDATE \(table) SET tokens = ? WHERE \(row)", arguments: [tokens])
            }
            return try store.articleRecord(of: Samples.igf1r.id)
        }
        // Cut short, a number that never ends, a run of none, one before the first, one beyond the last token, and
        // numbers that are none.
        let beyond = [0xFE, 0xFF, 0x7F, 1] as [UInt8]
        let malformed: [[UInt8]] = [
            [0], [0x80], [0, 0], [1, 1], beyond, [0, 0xFF, 0xFF, 0xFF, 0xFF, 0x07],
            [0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], Array(repeating: 0xFF, count: 12),
        ]
        for tokens in malformed {
            let error = #expect(throws: StoreError.self, "\(tokens)") { try read(Data(tokens)) }
            guard case .undecodable(let what) = error else {
                Issue.record("\(tokens): \(String(describing: error))")
                continue
            }
            #expect(what.contains("ncbigene:16001"))
        }
        // Any bytes at all are read back or refused; nothing traps.
        var generator = SeededGenerator(seed: 11)
        var refused = 0
        for round in 0..<300 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                changed[Int.random(in: 0..<changed.count, using: &generator)] = .random(
                    in: 0...255, using: &generator)
            }
            do {
                guard let record = try read(changed) else { continue }
                for key in record.instances.keys {
                    _ = record.state(of: key)
                    _ = record.firstPlace(of: key)
                }
                _ = AuthorshipWorld.merge.plan([], for: record)
            } catch {
                refused += 1
                #expect(error is StoreError, "seed 11, round \(round)")
            }
        }
        #expect(refused > 50)
        #expect(try read(bytes).map { differences(world.record, $0) } == [])
    }
}
