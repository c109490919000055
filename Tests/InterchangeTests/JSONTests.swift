import Articles
import Corpus
import Foundation
import Interchange
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        (JSONValue.null, "null"), (.bool(true), "true"), (.integer(-5), "-5"), (.number(0.1), "0.1"),
        (.number(.nan), "null"), (.number(-.infinity), "null"), (.array([]), "[]"), (.object([]), "{}"),
        (.string("a\"b\\c/d"), #""a\"b\\c/d""#),
        (.string("\u{0}\u{1F}\u{7F}\n\t\r"), #""\u0000\u001f\u007f\n\t\r""#),
        (.string("</script>\u{2028}"), #""</script>\u2028""#),
        (
            .object([.init("z", .integer(1)), .init("a", .array([.null, .bool(false)]))]),
            #"{"z":1,"a":[null,false]}"#
        ),
    ])
    func `a value on one line`(value: JSONValue, line: String) {
        #expect(value.line == line)
    }

    @Test(arguments: [31, 32] as [UInt64])
    func `another reader reads the same text`(seed: UInt64) throws {
        var state = seed
        for _ in 0..<300 {
            var text = ""
            for _ in 0..<20 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let number = UInt32(truncatingIfNeeded: state >> 33) % (state % 3 == 0 ? 0x110000 : 0x100)
                if let scalar = Unicode.Scalar(number) { text.unicodeScalars.append(scalar) }
            }
            let line = JSONValue.array([.string(text)]).line
            let read = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String]
            #expect(read.map { Array($0.joined().utf8) } == Array(text.utf8), "seed \(seed)")
            #expect(!line.utf8.contains { $0 < 0x20 }, "seed \(seed)")
        }
    }

    @Test func `everything as JSON Lines`() throws {
        var lines = ""
        let export = JSONLinesExport { lines += $0 }
        let page = try Samples.page()
        try export.header()
        try export.evidence(Self.sorted(page.statements.map(\.evidence)))
        try export.articles([page])
        try export.revisions([
            ExportedRevision(
                article: Samples.igf1r, number: 1, kind: "machine", agent: "run 1", comment: "seeded",
                text: "# Igf1r\n"),
            ExportedRevision(
                article: Samples.igf1r, number: 2, kind: "edit", agent: "Ada",
                text: "# Igf1r\n\nA \"note\".\n"),
        ])
        try expectGolden(lines, "export.jsonl")
        for line in lines.split(separator: "\n") {
            #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
        }
    }

    @Test func `records out of order are refused, and so are records that come twice`() throws {
        let export = JSONLinesExport { _ in }
        let page = try Samples.page()
        let evidence = Self.sorted(page.statements.map(\.evidence))
        #expect(throws: ExportError.self) { try export.evidence(evidence.reversed()) }
        #expect(throws: ExportError.self) { try export.evidence([evidence[0], evidence[0]]) }
        #expect(throws: ExportError(record: "article ncbigene:16001")) { try export.articles([page, page]) }
        let second = ExportedRevision(article: Samples.igf1r, number: 2, kind: "edit", agent: "Ada", text: "")
        #expect(throws: ExportError(record: "revision 2 of ncbigene:16001")) {
            try export.revisions([second, second])
        }
    }

    @Test func `what the sink throws comes out`() {
        struct Full: Error {}
        let export = JSONLinesExport { _ in throw Full() }
        #expect(throws: Full.self) { try export.header() }
    }

    private static func sorted(_ evidence: [Evidence]) -> [Evidence] {
        evidence.sorted { ($0.pmid, $0.range, $0.identifier()) < ($1.pmid, $1.range, $1.identifier()) }
    }
}
