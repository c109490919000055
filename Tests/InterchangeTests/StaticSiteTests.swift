import Articles
import Corpus
import Foundation
import Interchange
import Testing

@Suite struct StaticSiteTests {
    /// An empty folder of its own for each test, removed at the end.
    private final class Folder {
        let path = NSTemporaryDirectory() + "bioscribe-site-" + UUID().uuidString

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func text(_ file: String) -> String? {
            FileManager.default.contents(atPath: path + "/" + file).map {
                String(decoding: $0, as: UTF8.self)
            }
        }

        func put(_ text: String, at file: String) throws {
            let url = URL(filePath: path + "/" + file)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }

        /// All files with their bytes.
        func files() throws -> [String: Data] {
            var files: [String: Data] = [:]
            for file in try FileManager.default.subpathsOfDirectory(atPath: path) {
                var isFolder: ObjCBool = false
                _ = unsafe FileManager.default.fileExists(atPath: path + "/" + file, isDirectory: &isFolder)
                if !isFolder.boolValue {
                    files[file] = FileManager.default.contents(atPath: path + "/" + file)
                }
            }
            return files
        }

        func inode(_ file: String) throws -> UInt64? {
            try FileManager.default.attributesOfItem(atPath: path + "/" + file)[.systemFileNumber] as? UInt64
        }
    }

    private let page = "gene/mouse/igf1r-16001.html"

    @discardableResult
    private func build(_ folder: Folder, entries: [SiteEntry] = Samples.entries) throws -> StaticSite {
        let site = StaticSite(folder: folder.path, entries: entries)
        try site.begin()
        try site.write(Samples.page())
        try site.finish()
        return site
    }

    @Test func `the list of articles and its data`() throws {
        let folder = Folder()
        try build(folder)
        try expectGolden(folder.text("index.html") ?? "", "index.html")
        try expectGolden(folder.text("articles.js") ?? "", "articles.js")
        #expect(
            folder.text("pages.txt")
                == "gene/human/igf1r-3480.html\ngene/mouse/igf1r-16001.html\ngene/mouse/irs2-384783.html\n")
        #expect(folder.text(page)?.contains("href=\"../../gene/mouse/irs2-384783.html\"") == true)
        #expect(folder.text(page)?.contains("href=\"../../style.css\"") == true)
    }

    @Test(arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]])
    func `the order in which entries come does not matter`(order: [Int]) throws {
        let one = Folder()
        let other = Folder()
        try build(one)
        try build(other, entries: order.map { Samples.entries[$0] })
        #expect(try one.files() == other.files())
    }

    @Test func `what did not change is not touched, and no other file is left behind`() throws {
        let folder = Folder()
        let site = try build(folder)
        let files = try folder.files()
        let inodes = try files.keys.sorted().map { try folder.inode($0) }
        #expect(
            Set(files.keys) == [page, "index.html", "articles.js", "filter.js", "style.css", "pages.txt"])
        #expect(try site.write(Samples.page()) == false)
        try build(folder)
        #expect(try files.keys.sorted().map { try folder.inode($0) } == inodes)
        #expect(try folder.files() == files)
    }

    @Test func `pages of articles that are gone are removed, other people's files are not`() throws {
        let folder = Folder()
        try build(folder)
        try folder.put("mine", at: "gene/mouse/notes.html")
        try folder.put("mine", at: "readme.txt")
        let site = StaticSite(folder: folder.path, entries: [Samples.entries[1]])
        try site.begin()
        #expect(try site.finish() == 1)
        #expect(folder.text(page) == nil)
        #expect(folder.text("gene/mouse/notes.html") == "mine" && folder.text("readme.txt") == "mine")
        #expect(folder.text("pages.txt") == "gene/mouse/irs2-384783.html\n")
    }

    @Test func `an empty site keeps no empty folders`() throws {
        let folder = Folder()
        try build(folder)
        let site = StaticSite(folder: folder.path, entries: [])
        try site.begin()
        try site.finish()
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/gene"))
        #expect(folder.text("index.html")?.contains("0 articles") == true)
    }

    @Test func `a ledger that leads elsewhere removes nothing there`() throws {
        let folder = Folder()
        try folder.put("mine", at: "outside.html")
        try folder.put("../outside.html\n/etc/hosts.html\nindex.html/../../x.html\n", at: "site/pages.txt")
        let site = StaticSite(folder: folder.path + "/site", entries: [])
        try site.begin()
        #expect(try site.finish() == 0)
        #expect(folder.text("outside.html") == "mine")
    }

    @Test func `killed halfway, the next run mends the folder`() throws {
        let whole = Folder()
        try build(whole)
        let folder = Folder()
        let doomed = StaticSite(
            folder: folder.path,
            entries: Samples.entries + [
                Samples.entry(EntityID(prefix: "ncbigene", local: "5"), "Gone", "gone", [], mouse: true, 1)
            ])
        try doomed.begin()
        try folder.put("<html>half a pa", at: page)
        try folder.put("<html>half", at: page + ".part")
        try folder.put("never listed by finish", at: "gene/mouse/gone-5.html")
        try build(folder)
        #expect(try folder.files() == whole.files())
    }

    @Test func `an article that the list does not have is refused`() throws {
        let folder = Folder()
        let site = StaticSite(folder: folder.path, entries: [])
        #expect(throws: SiteError.self) { try site.write(Samples.page()) }
    }

    @Test func `a folder that is a file is reported with its path`() throws {
        let folder = Folder()
        try folder.put("a file", at: "site")
        let site = StaticSite(folder: folder.path + "/site", entries: Samples.entries)
        let error = #expect(throws: SiteError.self) { try site.begin() }
        #expect(error?.description.contains(folder.path + "/site/pages.txt") == true)
    }

    @Test func `file names are distinct where case is ignored, and plain everywhere`() {
        let names = [
            ("ncbigene:1", "Igf1r"), ("ncbigene:2", "IGF1R"), ("ncbigene:3", "igf1r"),
            ("mesh:D003920", "CON"),
            ("chebi:17234", "D-glucose/β"), ("x:ab", "a"), ("x:AB", "a"), ("x:Ab", "a"), ("x:a.b", "a"),
            ("x:a-b", "a"), ("x-a:b", "a"), ("x:../../etc", "../.."), ("x:漢", "漢"), ("x:字", "字"),
            ("x:" + String(repeating: "a", count: 300), String(repeating: "n", count: 300)),
            ("x:" + String(repeating: "a", count: 301), String(repeating: "n", count: 300)),
        ]
        var seen: Set<String> = []
        for (curie, name) in names {
            guard let entity = EntityID(curie: curie) else {
                Issue.record("\(curie) is no CURIE")
                continue
            }
            let path = SiteEntry(
                entity: entity, kind: .gene, name: name, commonName: "mouse", statementCount: 1
            ).path
            #expect(seen.insert(path.lowercased()).inserted, "\(path) twice")
            #expect(
                path.utf8.allSatisfy { byte in "abcdefghijklmnopqrstuvwxyz0123456789-./".utf8.contains(byte)
                },
                "\(path)")
            #expect(!path.contains("..") && path.utf8.count < 200)
        }
        #expect(seen.contains("gene/mouse/con-d003920.html"))
    }
}
