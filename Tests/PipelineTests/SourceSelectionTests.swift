import Corpus
import Foundation
import Pipeline
import Store
import Testing

/// Which files a night reads: numbers, checksums, times of change, and a new year's baseline.
struct SourceSelectionTests {
    /// A citation of its own in each file: of the sample, so that there is evidence.
    private static func records() throws -> [String] {
        let file = try String(
            contentsOfFile: Workshop.path("Pipelines/sample/sample26n0001.xml"), encoding: .utf8)
        return file.components(separatedBy: "<PubmedArticle>").dropFirst().prefix(12).map {
            "<PubmedArticle>" + ($0.components(separatedBy: "</PubmedArticle>").first ?? "")
                + "</PubmedArticle>"
        }
    }

    private static func xml(_ records: some Sequence<String>) -> String {
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<PubmedArticleSet>\n"
            + records.joined(separator: "\n") + "\n</PubmedArticleSet>\n"
    }

    /// A mirror with some files of a year, four records a file.
    private struct Mirror {
        let folder: TemporaryFolder
        let pipeline: String
        let records: [String]

        init(_ more: [String: String?] = [:]) throws {
            folder = try TemporaryFolder()
            pipeline = try folder.pipeline(folder.path + "/*.xml", more)
            records = try SourceSelectionTests.records()
        }

        func put(_ year: Int, _ number: Int, _ places: Range<Int>) throws {
            try folder.file("pubmed\(year)n000\(number).xml", SourceSelectionTests.xml(records[places]))
        }

        func run(_ arguments: [String] = []) throws -> Execution {
            try bioscribe(["run", pipeline, "--progress", "none"] + arguments)
        }

        /// The code that a dry run of replacing the old year by this many files prints.
        func confirmation(_ count: Int) throws -> String {
            let shown = try run(["--new-baseline", "\(count)", "--dry-run"])
            let code = try #require(
                shown.output.firstMatch(of: #/--confirm ([0-9a-f]{10}) /#), "\(shown.error)")
            return String(code.1)
        }

        /// Replaces the old year, having looked.
        func replace(_ count: Int) throws -> Execution {
            try run(["--new-baseline", "\(count)", "--confirm", confirmation(count)])
        }

        func store() throws -> Store { try Store(path: folder("store.sqlite"), access: .readOnly) }
    }

    @Test func `a missing number is reported, and by setting waited for`() throws {
        for setting in ["report", "wait"] {
            let mirror = try Mirror(["missing-files": setting])
            try mirror.put(26, 1, 0..<4)
            try mirror.put(26, 4, 4..<8)
            let done = try mirror.run()
            #expect(done.code == 0, "\(done.error)")
            #expect(done.output.contains("missing in their series: pubmed26n0002.xml … pubmed26n0003.xml"))
            let names = try mirror.store().ledger().map(\.file.name)
            if setting == "report" {
                #expect(names == ["pubmed26n0001.xml", "pubmed26n0004.xml"])
                continue
            }
            #expect(names == ["pubmed26n0001.xml"])
            #expect(done.output.contains("1 files from pubmed26n0004.xml on wait for them"))
            try mirror.put(26, 2, 8..<9)
            try mirror.put(26, 3, 9..<10)
            #expect(try mirror.run().code == 0)
            #expect(try mirror.store().ledger().count == 4)
        }
    }

    @Test func `a file that is not what its checksum says is left alone, and read once it is`() throws {
        let mirror = try Mirror()
        try mirror.put(26, 1, 0..<4)
        try mirror.folder.file(
            "pubmed26n0001.xml.md5", "MD5(pubmed26n0001.xml)= " + String(repeating: "0", count: 32))
        let bad = try mirror.run()
        #expect(bad.code == 3)
        #expect(bad.output.contains("its checksum file says 00000000000000000000000000000000"))
        #expect(try mirror.store().ledger().isEmpty)

        let md5 = try execute("/usr/bin/md5sum", [mirror.folder("pubmed26n0001.xml")]).output.prefix(32)
        try mirror.folder.file("pubmed26n0001.xml.md5", "MD5(pubmed26n0001.xml)= \(md5)\n")
        #expect(try mirror.run().code == 0)
        #expect(try mirror.store().ledger().first?.file.md5 == String(md5))
    }

    @Test func `a known file is told by size and time of change, and read to its end when asked to`() throws {
        let mirror = try Mirror()
        try mirror.put(26, 1, 0..<4)
        #expect(try mirror.run().code == 0)
        let path = mirror.folder("pubmed26n0001.xml")
        let before = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        // Another white space at its end, and the time of change set back: only its bytes tell.
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try mirror.folder.file("pubmed26n0001.xml", text.dropLast() + " ")
        let store = try mirror.store()
        let known = try #require(try store.ledger().first?.file)
        try FileManager.default.setAttributes(
            [.modificationDate: try #require(before)], ofItemAtPath: path)
        let facts = try execute("/usr/bin/stat", ["-c", "%.Y", path]).output
        // Foundation keeps no more than microseconds: the ledger is told the time that the file has now.
        let parts = facts.trimmingCharacters(in: .whitespacesAndNewlines).split(separator: ".")
        let time = try #require(Int64(parts[0]).map { $0 * 1_000_000_000 + (Int64(parts[1]) ?? 0) })
        var same = known
        same.modified = time
        try Store(path: mirror.folder("store.sqlite")).noteSeen([same])
        #expect(try mirror.run().output.contains("0 read, 1 known and unchanged"))
        #expect(try mirror.run(["--verify-files"]).output.contains("1 read, 0 known and unchanged"))
        #expect(try store.ledger().first?.file.sha256 != known.sha256)
    }

    @Test func `a new baseline with a file cut short leaves the old year where it is, and says so`() throws {
        let mirror = try Mirror()
        try mirror.put(26, 1, 0..<4)
        #expect(try mirror.run().code == 0)
        try mirror.put(27, 1, 2..<4)
        let path = mirror.folder("pubmed27n0001.xml")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try mirror.folder.file("pubmed27n0001.xml", String(text.dropLast(200)))
        let cut = try mirror.run(["--new-baseline", "1", "--dry-run"])
        #expect(cut.code != 0)
        #expect((cut.output + cut.error).contains("pubmed27n0001.xml"))
        #expect(try mirror.store().ledger().map(\.file.name) == ["pubmed26n0001.xml"])
        try mirror.folder.file("pubmed27n0001.xml", text)
        #expect(try mirror.replace(1).code == 0)
        #expect(try mirror.store().ledger().map(\.file.name) == ["pubmed27n0001.xml"])
    }

    @Test func `only what a dry run showed takes the old year's place`() throws {
        let mirror = try Mirror()
        try mirror.put(26, 1, 0..<4)
        #expect(try mirror.run().code == 0)
        try mirror.put(27, 1, 1..<4)
        let shown = try mirror.confirmation(1)
        for arguments in [[], ["--confirm", "0123456789"]] {
            let refused = try mirror.run(["--new-baseline", "1"] + arguments)
            #expect(refused.code == 1)
            #expect(refused.error.contains("--new-baseline 1 --dry-run"), "\(refused.error)")
            #expect(!refused.error.contains(shown), "the code is only for those who have looked")
        }
        // Another file than the one that was shown.
        try mirror.put(27, 1, 2..<4)
        #expect(try mirror.run(["--new-baseline", "1", "--confirm", shown]).code == 1)
        #expect(try mirror.store().ledger().map(\.file.name) == ["pubmed26n0001.xml"])
        #expect(try mirror.store().runs().count == 1)
        #expect(try mirror.replace(1).code == 0)
        #expect(try mirror.store().ledger().map(\.file.name) == ["pubmed27n0001.xml"])
        // Where no file gives way there is nothing to confirm.
        #expect(try mirror.run(["--new-baseline", "1"]).code == 0)
    }

    @Test func `a new year's baseline takes the old one's place as a whole, after a dry run`() throws {
        let mirror = try Mirror()
        try mirror.put(26, 1, 0..<4)
        try mirror.put(26, 2, 4..<10)
        #expect(try mirror.run().code == 0)
        let store = try mirror.store()
        let old = try store.citationsKept()
        let text = try export(mirror.folder("store.sqlite"))

        // The new year: all but the last two records, in other files; its second file comes later.
        try mirror.put(27, 1, 2..<8)
        let early = try mirror.run()
        #expect(early.output.contains("1 files of pubmed27n are there and were not read"))
        #expect(try store.ledger().count == 2)
        let refused = try mirror.run(["--new-baseline", "2"])
        #expect(refused.code == 1)
        #expect(refused.error.contains("pubmed27n0002.xml"))
        #expect(try export(mirror.folder("store.sqlite")) == text)

        try mirror.put(27, 2, 0..<2)
        let dry = try mirror.run(["--new-baseline", "2", "--dry-run"])
        #expect(dry.code == 0, "\(dry.error)")
        #expect(try export(mirror.folder("store.sqlite")) == text)
        let done = try mirror.replace(2)
        #expect(done.code == 0, "\(done.error)")
        #expect(done.output.contains("2 files of earlier years gave way"))
        #expect(try store.ledger().map(\.file.name) == ["pubmed27n0001.xml", "pubmed27n0002.xml"])
        let now = try store.citationsKept()
        let gone = old.subtracting(now)
        #expect(now.isSubset(of: old))
        #expect(
            dry.output.contains(
                "\(now.count) citations with evidence as they are and 0 revised; \(gone.count) are gone"))
        #expect(try store.withdrawalCounts(run: 3).keys.allSatisfy { $0 == "gone" })
        // What stayed is where it is now, with where it was.
        for pmid in now {
            #expect(try store.citation(pmid)?.file.hasPrefix("pubmed27n") == true)
            #expect(try store.earlierPlaces(of: pmid).map(\.file).allSatisfy { $0.hasPrefix("pubmed26n") })
            #expect(try store.earlierPlaces(of: pmid).count == 1)
        }
        let revised = try store.articles().map(\.entity).filter { try store.revisions(of: $0).count > 1 }
        let concerned = try Set(gone.flatMap { try store.articles(quoting: $0) })
        #expect(
            Set(revised).isSubset(of: concerned), "only articles that quoted what is gone have a revision")

        // The old files still lie there: they are passed over.
        let after = try mirror.run()
        #expect(after.output.contains("0 read, 2 known and unchanged"))
        #expect(after.output.contains("2 files of earlier years passed over"))
        // The evidence is that of a fresh build of the new year alone.
        let fresh = try Mirror()
        try fresh.put(27, 1, 2..<8)
        try fresh.put(27, 2, 0..<2)
        #expect(try fresh.run().code == 0)
        #expect(
            lines(try export(mirror.folder("store.sqlite")), "evidence")
                == lines(try export(fresh.folder("store.sqlite")), "evidence"))
    }
}
