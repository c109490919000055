import Corpus
import Foundation
import GRDB
import Store
import Testing

struct SchemaTests {
    @Test func `a database is made once, and opened again with what it held`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.sqlite")
        #expect(throws: StoreError.missing(path: path)) { try Store(path: path, access: .existing) }
        #expect(throws: StoreError.missing(path: path)) { try Store(path: path, access: .readOnly) }
        let store = try Store(path: path)
        #expect(try store.beginRun(Samples.origin) == 1)
        #expect(try store.status().schema == 6)
        try store.close()
        let again = try Store(path: path, access: .existing)
        #expect(try again.runs().map(\.origin) == [Samples.origin])
        #expect(try again.beginRun(Samples.origin) == 2)
    }

    @Test func `a newer schema is refused with both versions`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.sqlite")
        try Store(path: path).close()
        try DatabaseQueue(path: path).write { try $0.execute(sql: "PRAGMA user_version = 7") }
        for access in [Store.Access.create, .existing, .readOnly] {
            #expect(throws: StoreError.newerSchema(path: path, found: 7, known: 6)) {
                try Store(path: path, access: access)
            }
        }
        let message = StoreError.newerSchema(path: path, found: 7, known: 6).description
        #expect(message.contains("schema 7") && message.contains("up to 6") && message.contains(path))
    }

    @Test func `an older schema that cannot be brought up to date is refused`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.sqlite")
        try DatabaseQueue(path: path).write { db in
            try db.execute(sql: "PRAGMA application_id = 0x42696F53; CREATE TABLE t (a)")
        }
        #expect(throws: StoreError.olderSchema(path: path, found: 0, known: 6)) {
            try Store(path: path, access: .readOnly)
        }
    }

    @Test func `a database of the first schema is brought up to date with what it holds`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.sqlite")
        let store = try Store(path: path)
        let run = try store.beginRun(Samples.origin)
        _ = try store.write(
            FileExtraction(
                file: Samples.file("pubmed26n0001.xml.gz"),
                batch: ExtractionBatch(
                    citations: [Samples.simple(1, title: "Title", record: 0)], entities: Samples.entities),
                totals: FileTotals(citations: 1)), run: run)
        let evidence = try Samples.evidence(of: store)
        try store.close()
        try DatabaseQueue(path: path).write { db in
            try db.execute(
                sql: [6, 5, 4, 3, 2].map(OlderSchema.back).joined())
        }
        #expect(throws: StoreError.olderSchema(path: path, found: 1, known: 6)) {
            try Store(path: path, access: .readOnly)
        }
        let again = try Store(path: path, access: .existing)
        #expect(try again.status().schema == 6)
        #expect(try Samples.evidence(of: again) == evidence)
        #expect(try again.refreshStatistics(ifChangedBy: 0.1, dictionary: "one", run: run))
        #expect(try again.statistics()?.citations == 1)
        #expect(try again.damage() == [])
    }

    @Test func `articles without authors go, and are composed anew from the evidence, which stays`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.sqlite")
        let store = try Store(path: path)
        let run = try store.beginRun(Samples.origin)
        _ = try store.write(
            FileExtraction(
                file: Samples.file("pubmed26n0001.xml.gz"),
                batch: ExtractionBatch(
                    citations: [Samples.simple(1, title: "Title", record: 0)], entities: Samples.entities)),
            run: run)
        let evidence = try Samples.evidence(of: store)
        try store.close()
        try DatabaseQueue(path: path).write { db in
            try db.execute(sql: [6, 5, 4, 3].map(OlderSchema.back).joined() + OlderSchema.article)
        }
        let again = try Store(path: path, access: .existing)
        #expect(try again.status().schema == 6)
        #expect(try again.articles() == [])
        #expect(try again.revisions(of: Samples.igf1r.id) == [])
        #expect(try again.statements(from: PMID(1)) == [])
        #expect(try again.search("Igf1r") == [])
        #expect(try again.articleRecord(of: Samples.igf1r.id) == nil)
        #expect(try Samples.evidence(of: again) == evidence)
        #expect(
            try again.entities(EntitySelection(pendingOnly: true)) == [Samples.igf1r.id, Samples.irs1.id],
            "an entity without evidence has nothing to compose")
        #expect(try again.damage() == [])
        try again.save([Samples.draft(Samples.igf1r, text: "# Igf1r", statement: "One")], run: run)
        #expect(try again.revisions(of: Samples.igf1r.id).map(\.number) == [1])
        #expect(try again.search("Igf1r").count == 1)
    }

    @Test func `a file that is no database, and another program's database, are refused`() throws {
        let folder = try TemporaryFolder()
        let text = folder.file("text.sqlite")
        try Data(String(repeating: "This is no database. ", count: 100).utf8).write(
            to: URL(fileURLWithPath: text))
        #expect(throws: StoreError.notADatabase(path: text)) { try Store(path: text) }
        let other = folder.file("other.sqlite")
        try DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE recipe (id INTEGER)") }
        #expect(throws: StoreError.otherDatabase(path: other)) { try Store(path: other) }
        let nowhere = folder.file("no/such/folder/a.sqlite")
        let error = #expect(throws: StoreError.self) { try Store(path: nowhere) }
        #expect(error?.description.contains(nowhere) == true)
    }

    @Test func `a database that is open for reading is not written`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.sqlite")
        let writing = try Store(path: path)
        let reading = try Store(path: path, access: .readOnly)
        #expect(throws: StoreError.readOnly(path: path)) { try reading.beginRun(Samples.origin) }
        _ = try writing.beginRun(Samples.origin)
        #expect(try reading.runs().count == 1)
    }

    @Test func `a database that another connection writes to is busy`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.sqlite")
        let one = try Store(path: path)
        let run = try one.beginRun(Samples.origin)
        let other = try Store(path: path, access: .existing, patience: 0.05)
        let writer = try one.beginFile(Samples.file("a1.xml"), run: run)
        #expect(throws: StoreError.busy(path: path)) { try other.beginRun(Samples.origin) }
        #expect(throws: StoreError.busy(path: path)) { try other.beginFile(Samples.file("a2.xml"), run: run) }
        writer.rollBack()
        #expect(try other.beginRun(Samples.origin) == 2)
    }

    @Test func `a damaged database is reported with its path`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.sqlite")
        try Store(path: path).close()
        // What is still in the log would hide the damage.
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try queue.close()
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: 200)
        try handle.write(contentsOf: Data(repeating: 0x5A, count: Int(size) - 200))
        try handle.close()
        let error = #expect(throws: StoreError.self) { try Store(path: path).ledger() }
        #expect(error?.description.hasPrefix(path) == true)
    }

    @Test func `a stored record that was changed is reported, not trusted`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.sqlite")
        let store = try Store(path: path)
        let run = try store.beginRun(Samples.origin)
        let file = FileExtraction(
            file: Samples.file("a1.xml"),
            batch: FileWriterTests.batch([Samples.simple(1, title: "One", record: 0)]))
        _ = try store.write(file, run: run)
        let other = try DatabaseQueue(path: path)
        let content = try other.read { try Data.fetchOne($0, sql: "SELECT content FROM citation") }
        let bytes = try #require(content)
        for cut in 0..<bytes.count {
            try other.write { db in
                try db.execute(sql: "UPDATE citation SET content = ?", arguments: [Data(bytes.prefix(cut))])
            }
            #expect(throws: StoreError.undecodable(what: "pubmed:1")) { try store.citation(PMID(1)) }
        }
        // Any bytes at all are read back or refused; nothing traps.
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            var changed = bytes
            changed[Int.random(in: 0..<bytes.count, using: &generator)] = .random(
                in: 0...255, using: &generator)
            try other.write { db in
                try db.execute(
                    sql: "UPDATE citation SET content = ?; UPDATE sentence SET mentions = ?",
                    arguments: [changed, changed])
            }
            do { _ = try store.evidence(in: PMID(1)) } catch { #expect(error is StoreError) }
        }
    }
}
