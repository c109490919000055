import Articles
import Corpus
import Foundation
import Intake
import Interchange
import Testing

/// A folder for one test, gone with it.
private final class Folder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "history-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func file(_ bytes: some Sequence<UInt8>, _ name: String = "history") throws -> String {
        let file = url.appending(path: name)
        try Data(bytes).write(to: file)
        return file.path(percentEncoded: false)
    }
}

/// SplitMix64: small, seeded, the same on every machine.
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Any text that XML can hold, or any at all.
    mutating func text(isXML: Bool, maximumLength: Int = 30) -> String {
        let pool = [
            "a", " ", "\n", "\r\n", "\r", "\t", "&", "<", ">", "]]>", "&amp;", "\"", "'", "β", "e\u{301}",
            "👩‍🔬",
            "\u{85}", "\u{2028}", "\u{FEFF}", "\u{7F}", "</text>", "<!--", "- [@pubmed:1]", "\\", "\u{FFFD}",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0...maximumLength, using: &self) {
            guard Int.random(in: 0..<4, using: &self) == 0 else {
                text += pool.randomElement(using: &self) ?? ""
                continue
            }
            let limit: UInt32 = Bool.random(using: &self) ? 0x10FFFF : 0x20
            guard let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &self)) else { continue }
            let isForbidden =
                scalar.value < 0x20 && !["\n", "\r", "\t"].contains(scalar)
                || scalar.value == 0xFFFE || scalar.value == 0xFFFF
            if !isXML || !isForbidden { text.unicodeScalars.append(scalar) }
        }
        return text
    }

    mutating func record(_ number: Int, isXML: Bool) -> RevisionRecord {
        let name = "x" + text(isXML: isXML, maximumLength: 5)
        let contributors = [
            Contributor.person(name), .person("192.0.2.\(number % 256)"), .person("2001:db8::7"),
            .run(number),
            Contributor(kind: .machine, name: name), Contributor(kind: .importer, name: name),
            Contributor(kind: .system, name: name), .person("BioScribed"), .person("BioScribe run 012"),
        ]
        let contributor = contributors.randomElement(using: &self) ?? .run(1)
        return RevisionRecord(
            number: number, parent: number > 1 ? number - 1 : nil,
            kind: contributor.kind == .machine ? .machine : .edit, contributor: contributor,
            time: Bool.random(using: &self) ? "2026-11-27T18:52:\(10 + number / 9)Z" : nil,
            comment: text(isXML: isXML, maximumLength: 5), text: text(isXML: isXML))
    }
}

/// All bytes of a revision: `==` of strings takes other bytes of equal meaning for the same.
private func bytes(_ record: RevisionRecord) -> [[UInt8]] {
    [
        record.contributor.kind.rawValue, record.contributor.name, record.time ?? "-", record.comment,
        record.text, "\(record.number) \(record.parent ?? 0) \(record.kind)",
    ].map { Array($0.utf8) }
}

@Suite struct HistoryJSONLinesTests {
    private func read(_ text: String) throws -> [HistoryJSONLines.Item] {
        let folder = try Folder()
        let reader = try HistoryJSONLines(path: try folder.file(text.utf8))
        var items: [HistoryJSONLines.Item] = []
        while let item = try reader.next() { items.append(item) }
        return items
    }

    private func revisions(_ items: [HistoryJSONLines.Item]) -> [HistoryJSONLines.Revision] {
        items.compactMap { if case .revision(let revision) = $0 { revision } else { nil } }
    }

    private func problems(_ items: [HistoryJSONLines.Item]) -> [RecordProblem] {
        items.compactMap { if case .setAside(let problem) = $0 { problem } else { nil } }
    }

    @Test func `a history of people and machines`() throws {
        let items = try read(
            """
            {"id":"a","contributor":"run 1","kind":"machine","text":"# T\\n"}
            {"id":"b","contributor":"Ada","kind":"person","text":"# T\\n\\nX\\n","time":"2026-01-02T03:04:05Z"}

            {"id":"c","contributor":"Ben","kind":"person","text":"# T\\n","parent":"a","revisionKind":"revert",\
            "comment":"back","unknown":[1]}
            """)
        #expect(problems(items).isEmpty)
        #expect(
            revisions(items).map(\.record) == [
                RevisionRecord(number: 1, kind: .machine, contributor: .run(1), text: "# T\n"),
                RevisionRecord(
                    number: 2, parent: 1, kind: .edit, contributor: .person("Ada"),
                    time: "2026-01-02T03:04:05Z", text: "# T\n\nX\n"),
                RevisionRecord(
                    number: 3, parent: 1, kind: .revert, contributor: .person("Ben"), comment: "back",
                    text: "# T\n"),
            ])
        #expect(revisions(items).map(\.id) == ["a", "b", "c"] && revisions(items)[0].article == nil)
    }

    @Test func `several articles in one file, each with its own numbers`() throws {
        let items = try read(
            """
            \u{FEFF}{"article":"ncbigene:1","id":7,"contributor":"Ada","kind":"person","text":"one"}
            {"article":"ncbigene:2","id":3,"contributor":"Ada","kind":"person","text":"two"}
            {"article":"ncbigene:1","id":"z","contributor":"Ada","kind":"person","text":"one more"}
            {"article":"ncbigene:2","id":9,"contributor":"Ada","kind":"person","text":"two more"}
            """)
        #expect(problems(items).isEmpty)
        #expect(
            revisions(items).map { $0.article?.curie } == [
                "ncbigene:1", "ncbigene:2", "ncbigene:1", "ncbigene:2",
            ])
        #expect(revisions(items).map(\.record.number) == [7, 3, 8, 9])
        #expect(revisions(items).map(\.record.parent) == [nil, nil, 7, 3])
    }

    @Test(arguments: [
        ("nonsense", "no JSON object"),
        (#"{"id":1,"contributor":"A","kind":"person"}"#, #""text" is missing"#),
        (#"{"id":1,"contributor":"A","text":""}"#, #""kind" is missing"#),
        (#"{"id":1,"contributor":"A","kind":"robot","text":""}"#, "robot"),
        (#"{"id":1,"contributor":"","kind":"person","text":""}"#, "no name"),
        (#"{"id":1,"contributor":"A","kind":"person","text":"","revisionKind":"?"}"#, "revisionKind"),
        (#"{"id":1,"contributor":"A","kind":"person","text":"","article":"nothing"}"#, "CURIE"),
        (#"{"id":1,"contributor":"A","kind":"person","text":5}"#, "another type"),
        (#"{"id":0,"contributor":"A","kind":"person","text":"again"}"#, "second time"),
        (#"{"id":1,"contributor":"A","kind":"person","text":"\ud800"}"#, "JSON"),
        ("[]", "JSON"),
    ])
    func `a bad line is set aside with its number, the others are read`(line: String, what: String) throws {
        let good = #"{"id":0,"contributor":"Ada","kind":"person","text":"good"}"#
        let last = good.replacing(":0", with: ":5")
        let items = try read(good + "\n" + line + "\n" + last)
        #expect(revisions(items).map(\.record.text) == ["good", "good"])
        let problem = try #require(problems(items).first)
        #expect(problems(items).count == 1 && problem.line == 2)
        #expect(problem.description.contains(what), "\(problem)")
    }

    @Test func `bytes that are no UTF-8 are set aside`() throws {
        let folder = try Folder()
        let line = Array(#"{"id":1,"contributor":"A","kind":"person","text":"é"}"#.utf8).filter { $0 != 0xA9 }
        let reader = try HistoryJSONLines(path: try folder.file(line))
        guard case .setAside(let problem) = try reader.next() else {
            Issue.record("taken for good")
            return
        }
        #expect(problem.line == 1)
        #expect(try reader.next() == nil)
    }

    @Test func `a doubtful time or parent is named, and the revision read`() throws {
        let items = try read(
            """
            {"id":1,"contributor":"A","kind":"person","text":"","time":"yesterday"}
            {"id":2,"contributor":"A","kind":"person","text":"","parent":17}
            """)
        #expect(problems(items).map(\.line) == [1, 2])
        #expect(revisions(items).map(\.record.time) == [nil, nil])
        #expect(revisions(items).map(\.record.parent) == [nil, 1])
    }

    @Test func `keys come in a fixed order, and no time unless it is asked for`() {
        let record = RevisionRecord(
            number: 2, parent: 1, kind: .revert, contributor: .person("Ada"), time: "2026-01-02T03:04:05Z",
            comment: "b", text: "t\n")
        #expect(
            HistoryJSONLines.line(record)
                == #"{"id":2,"parent":1,"revisionKind":"revert","contributor":"Ada","kind":"person","#
                + #""comment":"b","text":"t\n"}"# + "\n")
        #expect(
            HistoryJSONLines.line(record, of: Samples.igf1r, withTime: true)
                == #"{"article":"ncbigene:16001","id":2,"parent":1,"revisionKind":"revert","contributor":"Ada","#
                + #""kind":"person","time":"2026-01-02T03:04:05Z","comment":"b","text":"t\n"}"# + "\n")
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `what is written is read back, byte by byte`(seed: UInt64) throws {
        var dice = Dice(state: seed)
        let records = (1...300).map { dice.record($0, isXML: false) }
        let items = try read(
            records.map { HistoryJSONLines.line($0, of: Samples.irs2, withTime: true) }.joined())
        #expect(problems(items).isEmpty, "seed \(seed)")
        #expect(revisions(items).map { bytes($0.record) } == records.map(bytes), "seed \(seed)")
    }

    @Test(arguments: [
        ("2026-11-27T18:52:44Z", true), ("2026-11-27T18:52:44.123Z", true), ("2026-11-27T18:52:44", false),
        ("2026-11-27 18:52:44Z", false), ("2026-13-27T18:52:44Z", false), ("2026-11-27T25:52:44Z", false),
        ("2026-11-27T18:52:44.Z", false), ("2026-11-27T18:52:44+01:00", false), ("", false), ("Z", false),
    ])
    func `times`(text: String, isTime: Bool) {
        #expect(RevisionRecord.isTime(text) == isTime)
    }
}

@Suite struct MediaWikiHistoryTests {
    private func read(_ bytes: some Sequence<UInt8>) throws -> [MediaWikiHistory.Item] {
        let folder = try Folder()
        var items: [MediaWikiHistory.Item] = []
        try MediaWikiHistory(path: try folder.file(bytes)).read { items.append($0) }
        return items
    }

    private func revisions(_ items: [MediaWikiHistory.Item]) -> [MediaWikiHistory.Revision] {
        items.compactMap { if case .revision(let revision) = $0 { revision } else { nil } }
    }

    private func problems(_ items: [MediaWikiHistory.Item]) -> [RecordProblem] {
        items.compactMap { if case .setAside(let problem) = $0 { problem } else { nil } }
    }

    private static let export = """
        <mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/" version="0.10" xml:lang="en">
          <siteinfo><sitename>Invented</sitename><dbname>x</dbname></siteinfo>
          <page>
            <title>Igf1r &amp; friends</title>
            <ns>0</ns>
            <id>5</id>
            <revision>
              <id>11</id>
              <timestamp>2026-01-02T03:04:05Z</timestamp>
              <contributor><username>Ada &lt;3</username><id>4</id></contributor>
              <comment>first &#x3B2;</comment>
              <model>wikitext</model>
              <format>text/x-wiki</format>
              <text bytes="9" xml:space="preserve"> a &amp; &lt;b&gt;\r\nc </text>
            </revision>
            <revision>
              <id>12</id>
              <parentid>11</parentid>
              <timestamp>2026-01-02T03:04:05Z</timestamp>
              <contributor deleted="deleted" />
              <comment deleted="deleted" />
              <text bytes="4" deleted="deleted" />
            </revision>
            <revision>
              <id>10</id>
              <parentid>12</parentid>
              <timestamp>2026-01-02T03:04:05Z</timestamp>
              <contributor><ip>192.0.2.7</ip></contributor>
              <minor/>
              <origin>10</origin>
              <text xml:space="preserve"><![CDATA[<x>]]></text>
              <content><role>other</role><text xml:space="preserve">not this</text></content>
              <sha1>0000000000000000000000000000000</sha1>
            </revision>
          </page>
          <page>
            <title>Other</title>
            <ns>1</ns>
            <id>6</id>
            <revision>
              <id>13</id>
              <timestamp>2025-01-01T00:00:00Z</timestamp>
              <contributor><username>BioScribe run 12</username><id>9</id></contributor>
              <text />
            </revision>
            <revision>
              <id>14</id>
              <parentid>13</parentid>
              <timestamp>2024-01-01T00:00:00Z</timestamp>
              <contributor><username>Ada</username></contributor>
              <text bytes="77" id="5" />
            </revision>
          </page>
        </mediawiki>

        """

    @Test func `two pages, equal times, hidden parts, other slots`() throws {
        let items = try read(Self.export.utf8)
        let revisions = revisions(items)
        #expect(revisions.map(\.page) == ["Igf1r & friends", "Igf1r & friends", "Igf1r & friends", "Other"])
        #expect(revisions.map(\.pageNumber) == [1, 1, 1, 2])
        #expect(revisions.map(\.record.number) == [11, 12, 10, 13])
        #expect(revisions.map(\.record.parent) == [nil, 11, 12, nil])
        // Line ends are LF, as XML reads them; all else is exact.
        #expect(revisions.map(\.record.text) == [" a & <b>\nc ", "", "<x>", ""])
        #expect(
            revisions.map(\.record.contributor) == [
                .person("Ada <3"), Contributor(kind: .importer, name: "hidden contributor"),
                .person("192.0.2.7"), .run(12),
            ])
        #expect(revisions.map(\.record.kind) == [.edit, .redact, .edit, .machine])
        #expect(revisions.map(\.isTextHidden) == [false, true, false, false])
        #expect(revisions.map(\.isContributorHidden) == [false, true, false, false])
        #expect(revisions.map(\.isCommentHidden) == [false, true, false, false])
        #expect(revisions.map(\.record.comment) == ["first β", "", "", ""])
        #expect(Set(revisions.dropLast().map(\.record.time)) == ["2026-01-02T03:04:05Z"])
        let starts = Self.export.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
            .filter { String($0.element)?.contains("<revision>") == true }.map { $0.offset + 1 }
        #expect(revisions.map(\.line) == Array(starts.prefix(4)))
        let problems = problems(items)
        #expect(problems.map(\.record) == [3, 5] && problems.map(\.line) == [starts[2], starts[4]])
        #expect(problems[0].description.contains("SHA-1") && problems[1].description.contains("77 bytes"))
    }

    @Test func `a file that is cut short gives what came before, and its line`() throws {
        let folder = try Folder()
        let whole = Array(Self.export.utf8)
        var counts: Set<Int> = []
        for length in stride(from: 1, to: whole.count - 15, by: 37) {
            var count = 0
            let history = try MediaWikiHistory(path: try folder.file(whole.prefix(length)))
            let error = try #require(throws: HistoryError.self) {
                try history.read { if case .revision = $0 { count += 1 } }
            }
            guard case .malformedXML(_, let line, _) = error else {
                Issue.record("\(error) at \(length)")
                continue
            }
            #expect(
                line >= whole.prefix(length).count { $0 == 0x0A } - 1 || line == 0, "\(error) at \(length)")
            counts.insert(count)
        }
        #expect(counts == [0, 1, 2, 3, 4])
    }

    @Test func `other files are refused with a reason`() throws {
        #expect(throws: HistoryError.self) { try self.read("<html><title>x</title></html>".utf8) }
        #expect(throws: HistoryError.self) { try self.read("<opml/>".utf8) }
        #expect(throws: HistoryError.self) { try self.read("no XML".utf8) }
        #expect(throws: HistoryError.self) { try self.read([]) }
        #expect(throws: HistoryError.self) { try MediaWikiHistory(path: "no such file").read { _ in } }
        let gzip: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2]
        let error = try #require(throws: HistoryError.self) { try self.read(gzip) }
        guard case .source = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test func `a gzipped file is known by its content`() throws {
        // A gzip member of one stored block; its length fits in two bytes.
        let bytes = Array(Self.export.utf8)
        func littleEndian(_ number: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        var checksum: UInt32 = ~0
        for byte in bytes {
            checksum ^= UInt32(byte)
            for _ in 0..<8 { checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xEDB8_8320 : checksum >> 1 }
        }
        var gzip: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1]
        gzip += littleEndian(bytes.count, 2) + littleEndian(~bytes.count, 2) + bytes
        gzip += littleEndian(Int(~checksum), 4) + littleEndian(bytes.count, 4)
        #expect(try revisions(read(gzip)) == revisions(read(bytes)))
        #expect(try revisions(read(gzip)).count == 4)
    }

    @Test func `what the caller throws ends the reading`() throws {
        struct Enough: Error {}
        var count = 0
        let folder = try Folder()
        let history = try MediaWikiHistory(path: try folder.file(Self.export.utf8))
        #expect(throws: Enough.self) {
            try history.read { _ in
                count += 1
                throw Enough()
            }
        }
        #expect(count == 1)
    }

    private func exported(_ pages: [(String, [RevisionRecord])]) throws -> String {
        var text = ""
        let export = MediaWikiExport { text += $0 }
        try export.begin()
        for (index, page) in pages.enumerated() {
            try export.page(title: page.0, number: index + 1, revisions: page.1)
        }
        try export.end()
        return text
    }

    @Test(arguments: [3, 4, 5] as [UInt64])
    func `export and import keep contributors, comments, times and texts byte by byte`(seed: UInt64) throws {
        var dice = Dice(state: seed)
        let pages = (1...5).map { page in
            ("Page \(page) <&>", (1...60).map { dice.record($0, isXML: true) })
        }
        let items = try read(try exported(pages).utf8)
        // Times in these invented histories go backwards now and then.
        for problem in problems(items) {
            #expect(problem.description.contains("older"), "\(problem) seed \(seed)")
        }
        let revisions = revisions(items)
        #expect(revisions.map { bytes($0.record) } == pages.flatMap { $0.1.map(bytes) }, "seed \(seed)")
        #expect(revisions.map(\.page) == pages.flatMap { page in page.1.map { _ in page.0 } }, "seed \(seed)")
    }

    @Test func `an article's history as a page`() throws {
        let records = [
            RevisionRecord(
                number: 1, kind: .machine, contributor: .run(12), time: "2026-01-02T03:04:05Z",
                comment: "seeded",
                text: "# T\r\n\n- a < b & c > d\n"),
            RevisionRecord(
                number: 2, parent: 1, kind: .redact,
                contributor: Contributor(kind: .importer, name: "hidden contributor"),
                text: ""),
            RevisionRecord(number: 3, parent: 2, kind: .edit, contributor: .person("192.0.2.7"), text: "abc"),
        ]
        try expectGolden(try exported([("Igf1r", records)]), "history.xml")
    }

    @Test(arguments: [
        (RevisionRecord(number: 4, kind: .edit, contributor: .person("Ada"), text: "ab\u{1}"), 2),
        (RevisionRecord(number: 4, kind: .edit, contributor: .person("Ada"), text: "é\u{FFFF}"), 2),
        (
            RevisionRecord(
                number: 4, kind: .edit, contributor: .person("Ada"), comment: "\u{FFFE}", text: ""), 0
        ),
        (RevisionRecord(number: 4, kind: .edit, contributor: .person("A\u{0}"), text: ""), 1),
    ])
    func `a character that XML cannot hold is refused with its place`(record: RevisionRecord, byte: Int)
        throws
    {
        let error = try #require(throws: HistoryError.self) { try self.exported([("T", [record])]) }
        guard case .characterNotInXML(4, _, _, byte) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test(arguments: ["BioScribe run 3", "BioScribe system: undo", ""])
    func `a person with the name of a machine is refused`(name: String) {
        let record = RevisionRecord(number: 1, kind: .edit, contributor: .person(name), text: "")
        #expect(throws: HistoryError.reservedName(revision: 1, name: name)) {
            try self.exported([("T", [record])])
        }
    }

    @Test(.timeLimit(.minutes(2))) func `fifty thousand revisions in bounded memory`() throws {
        let folder = try Folder()
        let path = try folder.file([], "long.xml")
        let file = try #require(FileHandle(forWritingAtPath: path))
        var buffer: [UInt8] = []
        let export = MediaWikiExport { text in
            buffer += text.utf8
            if buffer.count > 1 << 20 {
                try file.write(contentsOf: Data(buffer))
                buffer.removeAll(keepingCapacity: true)
            }
        }
        let text = String(repeating: "- Loss of Igf1r protects mice [@pubmed:1] & more.\n", count: 40)
        try export.begin()
        try export.page(
            title: "Long", number: 1,
            revisions: (1...50_000).lazy.map {
                RevisionRecord(
                    number: $0, parent: $0 > 1 ? $0 - 1 : nil, kind: .edit, contributor: .person("Ada"),
                    time: "2026-01-02T03:04:05Z", text: text + "\($0)\n")
            })
        try export.end()
        try file.write(contentsOf: Data(buffer))
        try file.close()
        buffer = []
        // Other tests run beside this one and take memory, too: a reader that kept the file would need a multiple of it
        // each time.
        var grown = Int.max
        for _ in 1...3 where grown >= 100_000 {
            let before = Self.memory()
            var peak = before
            var count = 0
            try MediaWikiHistory(path: path).read { item in
                guard case .revision(let revision) = item else { return }
                count += 1
                if count.isMultiple(of: 1000) { peak = max(peak, Self.memory()) }
                if revision.record.number != count { Issue.record("revision \(count) is out of order") }
            }
            #expect(count == 50_000)
            grown = min(grown, peak - before)
            print("50,000 revisions: memory grew by \(peak - before) KiB from \(before) KiB")
        }
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        #expect(size > 100_000_000)
        #expect(grown < 100_000)
    }

    /// The memory that this process holds, in KiB.
    private static func memory() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return line.split(separator: " ").compactMap { Int($0) }.first ?? 0
    }
}
