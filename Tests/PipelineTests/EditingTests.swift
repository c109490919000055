import Articles
import Corpus
import Foundation
import Pipeline
import Store
import Testing

/// What people do with the articles of the quickstart, and what the nights after it leave of it.
struct EditingTests {
    /// A wiki of one's own, with the quickstart's content.
    private struct Wiki {
        let folder: TemporaryFolder
        let store: Store
        let igf1r: EntityID
        var file: PipelineFile

        init() async throws {
            folder = try TemporaryFolder()
            let sample = try await Sample.run()
            for ending in ["", "-wal"] where FileManager.default.fileExists(atPath: sample.database + ending)
            {
                try FileManager.default.copyItem(
                    atPath: sample.database + ending, toPath: folder("store.sqlite") + ending)
            }
            store = try Store(path: folder("store.sqlite"))
            igf1r = try ArticleLibrary(store).entity(named: "Igf1r", taxon: .mouse)
            file = try Sample.pipeline(in: folder)
        }

        var text: String {
            get throws { try #require(try store.text(of: igf1r)) }
        }

        func desk(_ name: String) -> ArticleDesk {
            ArticleDesk(store, contributor: .person(name), time: { "2026-11-27T20:00:00Z" })
        }

        /// A night: the articles of mouse genes are seeded anew.
        @discardableResult func night(_ change: (inout PipelineFile) -> Void = { _ in }) async throws
            -> String
        {
            var file = file
            change(&file)
            var seeding = SeedRun(file, .species("mouse"))
            seeding.cache = Workshop.cache
            seeding.jobs = 2
            return try await seeding.run()
        }

        /// The key of the first statement that stands and holds some words.
        func statement(_ words: String) throws -> StatementKey {
            let record = try #require(try store.articleRecord(of: igf1r))
            return try #require(
                record.instances.keys.sorted().first { record.text(of: $0)?.contains(words) == true },
                "\(words)")
        }
    }

    private static let plaques = "reduced the load of amyloid plaques in a mouse model"
    private static let diabetes = "Streptozotocin-induced diabetes mellitus reduced Igf1r"

    @Test func `what a person writes, changes and takes out stays so over many nights`() async throws {
        let wiki = try await Wiki()
        let lines = try wiki.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.contains { $0.contains(Self.diabetes) })
        let edited =
            lines.filter { !$0.contains(Self.diabetes) }.map {
                $0.replacingOccurrences(of: "reduced the load", with: "greatly reduced the load")
            }.joined(separator: "\n") + "\nA person wrote this.\n"
        #expect(try wiki.desk("Ada").revise(wiki.igf1r, text: edited) == .saved(2))
        #expect(try wiki.desk("Ada").revise(wiki.igf1r, text: edited) == .unchanged)
        for _ in 0..<3 { try await wiki.night() }
        let text = try wiki.text
        #expect(text.contains("greatly reduced the load of amyloid plaques"))
        #expect(text.contains("A person wrote this."))
        #expect(!text.contains(Self.diabetes))
        #expect(text.components(separatedBy: "the load of amyloid plaques").count == 2, "not put in twice")
        // The first night may fill the place; the others change nothing.
        #expect(try wiki.store.revisions(of: wiki.igf1r).count <= 3)
        let blame = try HistoryReport(wiki.igf1r, in: wiki.store).blameLines(json: false)
        #expect(blame.contains { $0.contains("\tAda\t") && $0.hasSuffix("\tgreatly") })
        #expect(
            blame.contains { $0.contains("run 1, pubmed:99000017, rule") && $0.contains("changed since") })
    }

    @Test func `two people's saves are brought together, or refused with the three texts`() async throws {
        let wiki = try await Wiki()
        let base = try wiki.text
        let ada = base.replacingOccurrences(of: "reduced the load", with: "halved the load")
        let noor = base + "\nNoor's paragraph.\n"
        #expect(try wiki.desk("Ada").revise(wiki.igf1r, text: ada, base: 1) == .saved(2))
        #expect(try wiki.desk("Noor").revise(wiki.igf1r, text: noor, base: 1) == .merged(3))
        let merged = try wiki.text
        #expect(merged.contains("halved the load") && merged.contains("Noor's paragraph."))
        let late = base.replacingOccurrences(of: "reduced the load", with: "doubled the load")
        let error = try #require(throws: EditingError.self) {
            try wiki.desk("Noor").revise(wiki.igf1r, text: late, base: 1)
        }
        for words in ["doubled the load", "halved the load", "reduced the load", "--base 3"] {
            #expect("\(error)".contains(words))
        }
        #expect(try wiki.text == merged)
        // By token, each has what they wrote, and nothing else.
        let credits = try #require(try wiki.store.articleRecord(of: wiki.igf1r)).credits()
        #expect(credits.first { $0.contributor.name == "Ada" }?.words == 1)
        #expect(credits.first { $0.contributor.name == "Noor" }?.words == 3)
    }

    @Test func `control characters are refused, and line ends become one`() async throws {
        let wiki = try await Wiki()
        #expect(throws: EditingError.self) { try wiki.desk("Ada").revise(wiki.igf1r, text: "a\u{1}b") }
        _ = try wiki.desk("Ada").revise(wiki.igf1r, text: "a\r\nb\rc\n")
        #expect(try wiki.text == "a\nb\nc\n")
    }

    @Test func `a revert brings back the words of their authors`() async throws {
        let wiki = try await Wiki()
        let first = try wiki.text
        _ = try wiki.desk("Mallory").revise(wiki.igf1r, text: "nothing\n")
        #expect(try wiki.store.proposals(.open).map(\.kind) == ["patrol"], "a curator is told")
        #expect(try wiki.desk("Ada").revert(wiki.igf1r, to: 1) == .saved(3))
        #expect(try wiki.text == first)
        let record = try #require(try wiki.store.articleRecord(of: wiki.igf1r))
        #expect(record.credits().allSatisfy { $0.words == 0 || $0.contributor == .run(1) })
        #expect(try !wiki.store.statements(of: wiki.igf1r).isEmpty, "the statements are shown again")
        #expect(throws: EditingError.self) { try wiki.desk("Ada").revert(wiki.igf1r, to: 9) }
    }

    @Test func `a rejected statement goes, and its reading counts nowhere`() async throws {
        let wiki = try await Wiki()
        let key = try wiki.statement(Self.plaques)
        let desk = wiki.desk("Noor")
        _ = try desk.reject(String(key.hex.prefix(12)), reason: .wrongGene, note: "it is Igf2r")
        #expect(try !wiki.text.contains(Self.plaques))
        #expect(try !wiki.store.barredReadings().isEmpty)
        for _ in 0..<2 { try await wiki.night() }
        #expect(try !wiki.text.contains(Self.plaques))
        let record = try #require(try wiki.store.articleRecord(of: wiki.igf1r))
        #expect(record.credits().first { $0.contributor.name == "Noor" }?.curation == 1)
        try desk.unreject(key.hex)
        #expect(try wiki.store.barredReadings().isEmpty)
        #expect(throws: EditingError.self) { try desk.reject("0123456789ab", reason: .other) }
    }

    @Test func `T48 a night that would empty the wiki stops before it writes`() async throws {
        let wiki = try await Wiki()
        let before = try wiki.store.revisions(of: wiki.igf1r).map(\.hash)
        let struck = try wiki.store.struckSentences()
        await #expect(throws: PipelineError.self) {
            try await wiki.night { $0.thresholds.minimumScore = 1000 }
        }
        #expect(try wiki.store.revisions(of: wiki.igf1r).map(\.hash) == before)
        #expect(try wiki.store.struckSentences() == struck)
        // If it is meant, it is done.
        try await wiki.night {
            $0.thresholds.minimumScore = 1000
            $0.thresholds.withdrawals = 1
        }
        #expect(try wiki.store.statements(of: wiki.igf1r).isEmpty)
    }

    @Test
    func `M11 an undone run waits for another dictionary, rule or program, and comes back with its words`()
        async throws
    {
        let wiki = try await Wiki()
        let person = try wiki.text.replacingOccurrences(of: "reduced the load", with: "halved the load")
        _ = try wiki.desk("Ada").revise(wiki.igf1r, text: person)
        let old = try #require(try wiki.store.articleRecord(of: wiki.igf1r))
        let outcome = try UndoRun(wiki.store, by: "op").undo(1)
        #expect(outcome.articles.contains(wiki.igf1r) && outcome.withdrawn > 100)
        let undone = try wiki.text
        #expect(undone.contains("halved the load of amyloid plaques"), "a person had a part in it")
        #expect(!undone.contains(Self.diabetes))
        #expect(undone.hasPrefix("# Igf1r - insulin-like growth factor I receptor\n"))
        try await wiki.night()
        #expect(try wiki.text == undone, "the same dictionary, rules and program: it waits")
        #expect(throws: EditingError.self) { try UndoRun(wiki.store, by: "op").undo(1) }
        try await wiki.night { $0.thresholds.firstRankJournals = 7 }
        let record = try #require(try wiki.store.articleRecord(of: wiki.igf1r))
        let key = try wiki.statement(Self.diabetes)
        #expect(record.state(of: key) == .intact)
        #expect(
            record.instances[key]?.tokens.identities.dropFirst()
                == old.instances[key]?.tokens.identities.dropFirst(), "the words that it had")
    }

    @Test func `T54 redaction hides everywhere and keeps counts`() async throws {
        let wiki = try await Wiki()
        let words = try #require(try wiki.store.articleRecord(of: wiki.igf1r)).credits()
        let pmid = Sample.pmid(17)
        let count = try wiki.desk("Ada").redact(pmid.curie, note: "the publisher asked")
        #expect(count > 0)
        #expect(try #require(try wiki.store.articleRecord(of: wiki.igf1r)).credits() == words)
        let library = ArticleLibrary(wiki.store)
        let page = try library.page(of: wiki.igf1r)
        #expect(!page.text.contains(Self.plaques) && page.text.contains("█"))
        #expect(page.references.first { $0.pmid == pmid }?.title == "Hidden")
        var export = ""
        try library.export { export += $0 }
        #expect(!export.contains(Self.plaques))
        #expect(try wiki.store.search("amyloid plaques").allSatisfy { $0.article.entity != wiki.igf1r })
        let report = try HistoryReport(wiki.igf1r, in: wiki.store)
        #expect(try !report.differenceText(from: 0, to: 1, isColored: false).contains(Self.plaques))
        #expect(try report.blameLines(json: true).allSatisfy { !$0.contains(Self.plaques) })
        try await wiki.night()
        #expect(try wiki.text.contains(Self.plaques), "what is stored stays")
        // Neither the next night nor anything that tells why shows it.
        #expect(try wiki.store.search("amyloid plaques").allSatisfy { $0.article.entity != wiki.igf1r })
        let explanation = try Explanation(
            of: wiki.igf1r.curie, species: nil, in: wiki.store, pipeline: wiki.file)
        #expect(!explanation.text().contains(Self.plaques))
        #expect(explanation.jsonLines().allSatisfy { !$0.contains(Self.plaques) })
        // A person who edits the hidden page does not destroy what is hidden.
        let shown = try library.page(of: wiki.igf1r).text
        _ = try wiki.desk("Noor").revise(wiki.igf1r, text: shown + "\nNoor's paragraph.\n")
        #expect(try wiki.text.contains(Self.plaques) && wiki.text.contains("Noor's paragraph."))
    }

    @Test func `T53 export and import keep who wrote each word`() async throws {
        let wiki = try await Wiki()
        _ = try wiki.desk("Ada").revise(
            wiki.igf1r,
            text: try wiki.text.replacingOccurrences(of: "reduced the load", with: "halved the load"))
        _ = try wiki.desk("Noor").revise(wiki.igf1r, text: try wiki.text + "\nNoor's paragraph.\n")
        let transfer = HistoryTransfer(wiki.store)
        var lines = ""
        try transfer.writeJSONLines([wiki.igf1r]) { lines += $0 }
        var xml = ""
        try transfer.writeMediaWiki([wiki.igf1r]) { xml += $0 }
        // Into an article of a wiki in which nobody has written it yet.
        let target = try #require(
            try wiki.store.entities().first { try wiki.store.article($0) == nil },
            "an entity without an article")
        let people = try #require(try wiki.store.articleRecord(of: wiki.igf1r)).credits().filter {
            $0.contributor.kind == .person
        }
        #expect(people.map(\.contributor.name) == ["Noor", "Ada"])
        for (name, content) in [("h.jsonl", lines), ("h.xml", xml)] {
            let other = try await Wiki()
            let own = content.replacingOccurrences(of: wiki.igf1r.curie, with: target.curie)
            let path = try wiki.folder.file(name, own)
            let outcome = try HistoryTransfer(other.store).read(path, entity: target, taxon: nil) {
                Issue.record("\($0)")
            }
            #expect(outcome.setAside == 0 && outcome.revisions == [target: 3], "\(name)")
            let record = try #require(try other.store.articleRecord(of: target))
            #expect(record.text == (try wiki.text))
            #expect(record.contributors.dropFirst().map(\.name) == ["Ada", "Noor"], "\(name)")
            #expect(
                record.credits().filter { $0.contributor.kind == .person }.map(\.words)
                    == people.map(\.words), "\(name)")
        }
    }

    @Test func `a vouched-for statement stays though nothing supports it`() async throws {
        let wiki = try await Wiki()
        let key = try wiki.statement(Self.plaques)
        try wiki.desk("Ada").adopt(key.hex)
        try await wiki.night {
            $0.thresholds.minimumScore = 1000
            $0.thresholds.withdrawals = 1
        }
        #expect(try wiki.text.contains(Self.plaques))
        let record = try #require(try wiki.store.articleRecord(of: wiki.igf1r))
        #expect(record.flag(of: key) == "unsupported", "and is marked")
    }

    @Test func `T43 a machine that may do nothing does nothing, until it may again`() async throws {
        let wiki = try await Wiki()
        try wiki.desk("Ada").setPolicy(.off, of: wiki.igf1r)
        let before = try wiki.text
        try await wiki.night {
            $0.thresholds.minimumScore = 1000
            $0.thresholds.withdrawals = 1
        }
        #expect(try wiki.text == before)
        try wiki.desk("Ada").setPolicy(.on, of: wiki.igf1r)
        try await wiki.night {
            $0.thresholds.minimumScore = 1000
            $0.thresholds.withdrawals = 1
        }
        #expect(try wiki.text != before)
    }

    @Test func `T22 a sentence pasted from another article is the paster's, and it is known whose it was`()
        async throws
    {
        let wiki = try await Wiki()
        let other = try #require(
            try wiki.store.articles(kind: .gene, taxon: .mouse).map(\.entity).first {
                try $0 != wiki.igf1r && wiki.store.statements(of: $0).count > 1
            })
        let source = try #require(try wiki.store.text(of: other))
        let bullets = source.split(separator: "\n").filter { $0.hasPrefix("- ") }
        let pasted = try #require(
            bullets.first { bullet in
                ArticleTokenizer.tokens(in: String(bullet)).count > 12
                    && !((try? wiki.text.contains(bullet)) ?? true)
            })
        // As it stands there, and in a paragraph of the person's own without its citation.
        let words = pasted.dropFirst(2).prefix { $0 != "[" }.trimmingCharacters(in: .whitespaces)
        let text = try wiki.text + "\n\(pasted)\n\nAda adds a paragraph of her own here. \(words).\n"
        _ = try wiki.desk("Ada").revise(wiki.igf1r, text: text)

        let record = try #require(try wiki.store.articleRecord(of: wiki.igf1r))
        let copies = record.authorship().filter { $0.copiedArticle == other }
        #expect(!copies.isEmpty)
        #expect(copies.allSatisfy { $0.contributor == .person("Ada") && $0.copiedFrom == .run(1) })
        let own = record.authorship().filter { span in
            span.contributor == .person("Ada") && span.copiedFrom == nil
        }.map { String(decoding: Array(record.text.utf8)[$0.range.start..<$0.range.end], as: UTF8.self) }
        #expect(own.contains { $0.contains("Ada adds a paragraph of her own here.") })
        #expect(!own.contains { $0.contains(words) })
        let credit = try #require(record.credits().first { $0.contributor == .person("Ada") })
        #expect(credit.liveWords == 8)
        #expect(credit.copiedWords > 8)
        #expect(record.credits().reduce(0) { $0 + $1.words } == record.wordCount)
        let blame = try HistoryReport(wiki.igf1r, in: wiki.store).blameLines(json: false)
        #expect(blame.contains { $0.contains("\tAda, copied from run 1 in \(other)\t") })

        // Another person changes it: the copies stay what they were.
        _ = try wiki.desk("Noor").revise(wiki.igf1r, text: text + "\nNoor's end.\n")
        let later = try #require(try wiki.store.articleRecord(of: wiki.igf1r))
        #expect(later.foreignCopies == record.foreignCopies)
    }

    @Test func `what a person brings back of what the machine took out stays`() async throws {
        let wiki = try await Wiki()
        let before = try wiki.text
        _ = try UndoRun(wiki.store, by: "operator").undo(1)
        #expect(try !wiki.text.contains(Self.plaques))
        _ = try wiki.desk("Ada").revert(wiki.igf1r, to: 1)
        #expect(try wiki.text == before)
        let key = try wiki.statement(Self.plaques)
        #expect(try wiki.store.articleRecord(of: wiki.igf1r)?.state(of: key) == .touched)
        try await wiki.night { $0.thresholds.minimumScore = 1_000 }
        #expect(try wiki.text.contains(Self.plaques))
    }
}
