import Evaluation
import Intake
import Testing

/// Gold documents from every format that has annotations. The texts were written for these tests.
struct GoldReaderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static let title = "Zoë’s 🧬 test of IL-2."
    private static let abstract = "β-cells make IL-2."
    private static let jsonLine =
        #"{"pmid":"7","title":"\#(title)","abstract":"\#(abstract)","mentions":[{"start":16,"end":20,"#
        + #""text":"IL-2","type":"Gene","id":"16183"},{"start":35,"end":39,"text":"IL-2","type":"Gene","id":null}]}"#

    @Test(arguments: [
        "7|t|\(title)\n7|a|\(abstract)\n7\t16\t20\tIL-2\tGene\t16183\n7\t35\t39\tIL-2\tGene\t\n",
        jsonLine,
        """
        <?xml version="1.0"?><collection><document><id>7</id>
        <passage><infon key="type">title</infon><offset>0</offset><text>\(title)</text>
        <annotation id="1"><infon key="identifier">16183</infon><infon key="type">Gene</infon>
        <location offset="16" length="4"/><text>IL-2</text></annotation></passage>
        <passage><infon key="type">abstract</infon><offset>22</offset><text>\(abstract)</text>
        <annotation id="2"><infon key="type">Gene</infon><location offset="35" length="4"/><text>IL-2</text>
        </annotation></passage></document></collection>
        """,
        #"{"documents":[{"id":"7","passages":[{"infons":{"type":"title"},"offset":0,"text":"\#(title)","#
            + #""annotations":[{"infons":{"type":"Gene","identifier":"16183"},"text":"IL-2","#
            + #""locations":[{"offset":16,"length":4}]}]},{"infons":{"type":"abstract"},"offset":22,"#
            + #""text":"\#(abstract)","annotations":[{"infons":{"type":"Gene"},"text":"IL-2","#
            + #""locations":[{"offset":35,"length":4}]}]}]}]}"#,
    ])
    func `every format gives the same mentions, in code points`(input: String) throws {
        let reading = try GoldReader.documents(path: try folder.file("gold", input)) {
            Issue.record("\($0)")
        }
        #expect(reading.rows.map(\.document.id) == ["7"])
        #expect(
            reading.rows.first?.mentions == [
                MarkedMention(start: 16, end: 20, type: "Gene", identifiers: ["16183"], text: "IL-2"),
                MarkedMention(start: 35, end: 39, type: "Gene", identifiers: [], text: "IL-2"),
            ])
        #expect(reading.setAside == 0 && reading.doubtful == 0)
    }

    @Test func `an unreadable document is set aside, and the rest is read`() throws {
        var problems: [String] = []
        let path = try folder.file("gold.jsonl", Self.jsonLine + "\n{\"pmid\":\n" + Self.jsonLine + "\n")
        let reading = try GoldReader.documents(path: path) { problems.append($0) }
        #expect(reading.rows.count == 2 && reading.setAside == 1)
        #expect(problems.count == 1 && problems[0].hasPrefix("\(path): line 2: "))
    }

    @Test func `mentions that say another text are kept, and counted`() throws {
        var problems: [String] = []
        let path = try folder.file(
            "gold.jsonl", Self.jsonLine.replacing(#""text":"IL-2""#, with: #""text":"IL-3""#))
        let reading = try GoldReader.documents(path: path) { problems.append($0) }
        #expect(reading.rows.first?.mentions.count == 2)
        #expect(reading.doubtful == 2 && reading.setAside == 0 && problems.count == 1)
    }

    @Test(arguments: ["", "{\"pmid\":\n", "\n\n"])
    func `no gold documents at all is an error`(text: String) throws {
        let path = try folder.file("gold.jsonl", text)
        #expect(throws: EvaluationError.noGold(path: path)) {
            try GoldReader.documents(path: path, format: .jsonl) { _ in }
        }
        #expect(throws: EvaluationError.noGold(path: path)) {
            try GoldReader.lines(of: GoldSentences.self, path: path, what: "x") { _ in }
        }
    }

    @Test(arguments: [
        ("16001", ["16001"]), ("MESH:D003920|D003924", ["D003920", "D003924"]),
        ("OMIM:125853+ D1", ["125853", "D1"]),
        ("386463(Tax:10090)", ["386463"]), ("1;2,2 ; 3", ["1", "2", "3"]), ("-", []), ("-1", []), ("", []),
        ("SUB|W|64|R", ["SUB", "W", "64", "R"]), ("CVCL_0030", ["CVCL_0030"]), ("x1:2", ["x1:2"]),
        ("MESH:", []),
    ])
    func `identifiers of a field`(field: String, identifiers: [String]) {
        #expect(GoldIdentifiers.parts(of: field) == identifiers)
    }

    @Test func `predictions of PubTator are read with and without texts`() throws {
        var problems: [String] = []
        let path = try folder.file(
            "found",
            "1|t|A\n1|a|B|C\n1\t0\t1\tA\tGene\tMESH:7\n\n2\t3\t4\tx\tGene\n2\tCID\tD1\tD2\n2\tx\t4\tx\tGene\t1\n"
        )
        let found = try TaggingPredictions(pubTator: path) { problems.append($0) }
        #expect(
            found.mentions == [
                "1": [MarkedMention(start: 0, end: 1, type: "Gene", identifiers: ["7"], text: "A")],
                "2": [MarkedMention(start: 3, end: 4, type: "Gene", identifiers: [], text: "x")],
            ])
        #expect(found.setAside == 1)
        #expect(problems == ["\(path): line 7: this is no annotation of PubTator's format; set aside"])
    }
}
