import Articles
import Corpus
import Store
import Testing

struct ArticleTests {
    static func store() throws -> (Store, run: Int) {
        let store = try Store()
        try store.writeEntities(Samples.entities)
        return (store, try store.beginRun(Samples.origin))
    }

    @Test func `a text that differs is a revision, one that does not is none`() throws {
        let (store, run) = try Self.store()
        let first = Samples.draft(Samples.igf1r, text: "# Igf1r\n\nOne", statement: "One")
        let second = Samples.draft(Samples.igf1r, text: "# Igf1r\n\nTwo\u{301}", statement: "Two")
        #expect(try store.save([first], run: run).created == [Samples.igf1r.id])
        #expect(try store.save([first], run: run).unchanged == [Samples.igf1r.id])
        #expect(try store.revisions(of: Samples.igf1r.id).count == 1)
        #expect(try store.save([second], run: run).revised == [Samples.igf1r.id])

        let revisions = try store.revisions(of: Samples.igf1r.id)
        #expect(revisions.map(\.number) == [1, 2])
        #expect(revisions.map(\.parent) == [nil, 1])
        #expect(revisions.map(\.kind) == [.machine, .machine])
        #expect(revisions.map(\.run) == [run, run])
        #expect(revisions.map(\.textSHA256) == [Samples.sha256(first.text), Samples.sha256(second.text)])
        #expect(revisions[1].previousHash == revisions[0].hash)
        #expect(revisions[0].previousHash == nil)
        #expect(revisions[0].hash != revisions[1].hash)
        #expect(try store.text(of: Samples.igf1r.id, revision: 1) == first.text)
        #expect(Array(try store.text(of: Samples.igf1r.id)?.utf8 ?? "".utf8) == Array(second.text.utf8))
        #expect(try store.text(of: Samples.igf1r.id, revision: 3) == nil)
        #expect(try store.text(of: Samples.irs1.id) == nil)
        let summary = try #require(try store.article(Samples.igf1r.id))
        #expect((summary.head, summary.statements, summary.taxon) == (2, 1, .mouse))
    }

    @Test func `a return to an earlier text is a revision of its own, and stores no second text`() throws {
        let (store, run) = try Self.store()
        for text in ["A", "B", "A"] {
            try store.save([Samples.draft(Samples.igf1r, text: text, statement: text)], run: run)
        }
        let revisions = try store.revisions(of: Samples.igf1r.id)
        #expect(revisions.map(\.number) == [1, 2, 3])
        #expect(revisions[0].textSHA256 == revisions[2].textSHA256)
        #expect(Set(revisions.map(\.hash)).count == 3)
    }

    @Test func `the chain of hashes is the documented one`() throws {
        let (store, run) = try Self.store()
        try store.save([Samples.draft(Samples.igf1r, text: "A", statement: "A")], run: run)
        // The one token: its identity is 0, no step from the start, and its run is one long.
        let json =
            "{\"article\":\"ncbigene:16001\",\"comment\":\"\",\"contributor\":\"machine\",\"kind\":\"machine\","
            + "\"number\":1,\"parent\":null,\"run\":\"\(Samples.origin.digest)\","
            + "\"text\":\"\(Samples.sha256("A"))\",\"time\":null,\"tokenizer\":\(ArticleTokenizer.version),"
            + "\"tokens\":\"\(Samples.sha256("\0\u{1}"))\"}"
        #expect(try store.revisions(of: Samples.igf1r.id).first?.hash == Samples.sha256(json))
    }

    @Test func `statements are those of the head, in order`() throws {
        let (store, run) = try Self.store()
        var draft = Samples.draft(Samples.igf1r, text: "A", statement: "One")
        draft.statements.append(
            contentsOf: Samples.draft(Samples.irs1, text: "A", statement: "Two").statements)
        draft.statements[1].section = .chemicalDisease
        draft.statements[1].marks = []
        try store.save(
            [draft, Samples.draft(Samples.irs1, text: "B", statement: "Two")], run: run)
        let statements = try store.statements(of: Samples.igf1r.id)
        #expect(statements.map(\.section) == [.disease, .chemicalDisease])
        #expect(statements.map(\.key) == draft.statements.map(\.key))
        #expect(statements.map(\.evidence) == draft.statements.map(\.evidence))
        #expect(statements.map(\.marks) == [["negated", "erratum"], []])
        #expect(
            try store.statements(from: PMID(1)).map(\.entity) == [
                Samples.igf1r.id, Samples.igf1r.id, Samples.irs1.id,
            ])
        // The same text with other evidence behind it: the statements change, no revision is written.
        draft.statements.removeLast()
        #expect(try store.save([draft], run: run).unchanged == [Samples.igf1r.id])
        #expect(try store.statements(of: Samples.igf1r.id).count == 1)
    }

    @Test func `articles that fail are not written at all`() throws {
        let (store, run) = try Self.store()
        let unknown = Entity(id: EntityID(prefix: "ncbigene", local: "1"), kind: .gene, name: "A1bg")
        #expect(throws: StoreError.unknownEntity(unknown.id)) {
            try store.save(
                [
                    Samples.draft(Samples.igf1r, text: "A", statement: "A"),
                    Samples.draft(unknown, text: "A", statement: "A"),
                ], run: run)
        }
        #expect(try store.articles() == [])
        #expect(try store.search("Igf1r") == [])
        #expect(throws: StoreError.unknownRun(9)) { try store.save([], run: 9) }
    }

    @Test func `articles are listed by CURIE, of a species when asked`() throws {
        let (store, run) = try Self.store()
        try store.save(
            Samples.entities.reversed().map { Samples.draft($0, text: $0.name, statement: "S") }, run: run)
        #expect(
            try store.articles().map(\.entity.curie) == ["ncbigene:16001", "ncbigene:16367", "ncbigene:3480"])
        #expect(try store.articles(kind: .gene, taxon: .human).map(\.name) == ["IGF1R"])
        #expect(try store.articles(kind: .disease) == [])
        #expect(
            try store.entities(named: "IGF1R").map(\.id) == [Samples.igf1rHuman.id, Samples.igf1r.id])
        #expect(try store.entities(named: "igf1r", taxon: .mouse).map(\.id) == [Samples.igf1r.id])
    }

    @Test func `an export holds everything once, in order`() throws {
        let (store, run) = try Self.store()
        _ = try store.write(
            FileExtraction(
                file: Samples.file("a1.xml"),
                batch: FileWriterTests.batch([
                    Samples.simple(20, title: "Twenty", record: 0),
                    Samples.simple(3, title: "Three", record: 1),
                ])), run: run)
        for text in ["A", "B"] {
            try store.save(
                [Samples.igf1rHuman, Samples.igf1r].map { Samples.draft($0, text: text, statement: text) },
                run: run)
        }
        var lines: [String] = []
        try store.export { item in
            switch item {
            case .evidence(let item, let kept):
                lines.append("\(kept.citation.pmid) \(item.evidence.passage) \(item.evidence.entity)")
            case .article(let article, let statements):
                lines.append("\(article.entity) \(article.head) \(statements.count)")
            case .revision(let revision, let text, let digest):
                lines.append(
                    "\(revision.entity) \(revision.number) \(text) \(digest == Samples.origin.digest)")
            }
        }
        #expect(
            lines == [
                "3 0 ncbigene:16001", "3 1 ncbigene:16367", "20 0 ncbigene:16001", "20 1 ncbigene:16367",
                "ncbigene:16001 2 1", "ncbigene:3480 2 1", "ncbigene:16001 1 A true",
                "ncbigene:16001 2 B true",
                "ncbigene:3480 1 A true", "ncbigene:3480 2 B true",
            ])
    }
}
