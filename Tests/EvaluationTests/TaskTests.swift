import Evaluation
import Testing

/// Sentences, abbreviations and sections on gold that was written for these tests.
struct TaskTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func read<Row: Decodable & Sendable>(_ type: Row.Type, _ text: String) throws -> [Row] {
        try GoldReader.lines(of: type, path: folder.file("gold.jsonl", text), what: "gold") {
            Issue.record("\($0)")
        }.rows
    }

    @Test func `sentences are counted by both ends and by their ends`() throws {
        let gold = try read(
            GoldSentences.self,
            """
            {"pmid":"1","title":"T.","abstract":"α rises. It falls.","sentences":[[0,8],[9,18]]}
            {"id":2,"text":"One. Two.","sentences":[[0,4],[5,9]]}
            """)
        #expect(SentenceTask.sentences(in: gold[0].text) == gold[0].sentences)
        let path = try folder.file(
            "found",
            """
            {"id":"1","passage":"title","start":0,"end":2}
            {"id":"1","passage":"abstract","start":0,"end":18}
            {"id":"2","passage":"abstract","start":0,"end":4,"text":"One."}
            {"id":"2","passage":"abstract","start":4,"end":9}
            """)
        let found = try SentenceTask.predictions(path: path) { Issue.record("\($0)") }
        let sheet = SentenceTask.sheet(gold: gold) { found.sentences[$0.id] ?? [] }
        #expect(
            sheet.documents == [
                [
                    Counts(hits: 0, falseAlarms: 1, misses: 2), Counts(hits: 1, falseAlarms: 0, misses: 1),
                ],
                [
                    Counts(hits: 1, falseAlarms: 1, misses: 1), Counts(hits: 2, falseAlarms: 0, misses: 0),
                ],
            ])
    }

    @Test func `abbreviations are counted as pairs, whatever the white space`() throws {
        let gold = try read(
            GoldAbbreviations.self,
            """
            {"pmid":"1","title":"","abstract":"Tumor necrosis factor (TNF) and heat shock (HS).",\
            "abbrevs":[{"short":"TNF","long":"Tumor  necrosis\\nfactor"},["HS","heat shock"],{"sf":"X","lf":"Y"}]}
            """)
        #expect(
            AbbreviationTask.pairs(in: gold[0].texts)
                == [
                    AbbreviationPair(short: "TNF", long: "Tumor necrosis factor"),
                    AbbreviationPair(short: "HS", long: "heat shock"),
                ])
        let path = try folder.file(
            "found", #"{"id":1,"short":"TNF","long":"Tumor necrosis factor"}"# + "\n{\"id\":1}\n")
        var problems: [String] = []
        let found = try AbbreviationTask.predictions(path: path) { problems.append($0) }
        #expect(found.setAside == 1 && problems.count == 1)
        let sheet = AbbreviationTask.sheet(gold: gold) { found.pairs[$0.id] ?? [] }
        #expect(sheet.documents == [[Counts(hits: 1, falseAlarms: 0, misses: 2)]])
    }

    private static let sentence = """
        {"id":"a","pmid":"1","text":"T","entity":"ncbigene:1","sections_agreed":["disease","other"],\
        "sections_either":["anatomical","disease","other"],"best":["disease"],"standalone":[true,true],\
        "negated":[true,true],"speculative":[true,false],"kind":["finding"]}

        """

    /// The counts of the measures that a classification gets.
    private func counts(_ classification: SentenceClassification) throws -> [String: Counts] {
        let sheet = SectionTask.sheet(gold: try read(GoldSentence.self, Self.sentence)) { _ in classification
        }
        return Dictionary(
            zip(sheet.measures.map(\.name), try #require(sheet.documents.first)),
            uniquingKeysWith: { one, _ in one })
    }

    @Test func `what one annotator alone gave does not count`() throws {
        let counts = try counts(
            SentenceClassification(
                sections: ["high-impact", "disease", "anatomical", "chemical"], isNegated: true,
                isSpeculative: false,
                standsAlone: true, kind: "aim"))
        #expect(counts["best"] == Counts(isRight: true))
        #expect(counts["sections"] == Counts(hits: 1, falseAlarms: 1, misses: 1))
        #expect(counts["chemical"] == Counts(falseAlarms: 1))
        #expect(counts["anatomical"] == nil && counts["high-impact"] == nil)
        #expect(counts["negated"] == Counts(hits: 1))
        #expect(counts["speculative"] == Counts())
        #expect(counts["not_standalone"] == Counts())
        #expect(counts["kind"] == Counts(isRight: false))
    }

    @Test func `what is not said is wrong`() throws {
        let counts = try counts(SentenceClassification())
        #expect(counts["best"] == Counts(isRight: false))
        #expect(counts["sections"] == Counts(misses: 2))
        #expect(counts["negated"] == Counts(misses: 1))
        #expect(counts["not_standalone"] == Counts(falseAlarms: 1))
    }

    @Test func `sentences of one document are drawn together`() throws {
        let gold = try read(
            GoldSentence.self,
            Self.sentence + Self.sentence.replacing(#""id":"a""#, with: #""id":"b""#)
                + Self.sentence.replacing(#""pmid":"1","#, with: ""))
        let sheet = SectionTask.sheet(gold: gold) { _ in SentenceClassification(sections: ["disease"]) }
        #expect(sheet.documents.map { $0[0].hits } == [2, 1])
    }
}
