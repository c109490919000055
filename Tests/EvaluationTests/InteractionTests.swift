import Corpus
import Evaluation
import Foundation
import Terminology
import Testing
import TextMining

/// Gold on interactions, training and scores. The sentences were made up for these tests.
struct InteractionTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Forty documents: what "binds" interacts, what "resembles" does not.
    private func pairs() throws -> [GoldInteractions] {
        var lines = ""
        for number in 0..<40 {
            let isSo = number % 2 == 0
            let text = isSo ? "We say é that ZORB1 binds QUIX." : "We say é that ZORB1 resembles QUIX."
            let start = isSo ? 26 : 30
            lines +=
                #"{"id":"d\#(number)","sentences":[{"id":"d\#(number).s0","text":"\#(text)","entities":["#
                + #"{"id":"a","offset":"14-19","text":"ZORB1"},{"id":"b","offset":"\#(start)-\#(start + 4)","text":"QUIX"}],"#
                + #""pairs":[{"e1":"a","e2":"b","interaction":\#(isSo)}]}]}"# + "\n"
        }
        return try GoldInteractions.read(path: folder.file("pairs.jsonl", lines)) { Issue.record("\($0)") }
            .rows
    }

    @Test func `pairs are read, with code points for offsets`() throws {
        let gold = try pairs()
        let sentence = try #require(gold.first?.sentences.first)
        #expect(sentence.genes.map { sentence.text.slice($0.range) } == ["ZORB1", "QUIX"])
        #expect(gold.map(\.questions) == Array(repeating: [.any], count: 40))
        #expect(gold.map { $0.sentences[0].answers.count } == (0..<40).map { $0 % 2 == 0 ? 1 : 0 })
    }

    @Test func `events say who binds, modifies and regulates whom`() throws {
        let line = #"""
            {"id":"e","text":"A binds B. C phosphorylates D. E induces expression of F.","entities":[
            {"tid":"T1","type":"Protein","start":0,"end":1},{"tid":"T2","type":"Protein","start":8,"end":9},
            {"tid":"T3","type":"Protein","start":11,"end":12},{"tid":"T4","type":"Protein","start":28,"end":29},
            {"tid":"T5","type":"Protein","start":31,"end":32},{"tid":"T6","type":"Protein","start":55,"end":56}],
            "events":[{"eid":"E1","type":"Binding","args":[["Theme","T1"],["Theme2","T2"]]},
            {"eid":"E2","type":"Phosphorylation","args":[["Theme","T4"],["Cause","T3"]]},
            {"eid":"E3","type":"Gene_expression","args":[["Theme","T6"]]},
            {"eid":"E4","type":"Positive_regulation","args":[["Theme","E3"],["Cause","T5"]]}]}
            """#.replacing("\n", with: "")
        let gold = try GoldInteractions.read(path: folder.file("events.jsonl", line + "\nnonsense\n")) {
            #expect($0.contains("line 2"))
        }
        #expect(gold.setAside == 1)
        let sentences = try #require(gold.rows.first).sentences
        #expect(
            sentences.map { $0.answers.values.map { $0 } } == [
                [[.physical]], [[.enzymatic]], [[.regulatory]],
            ])
        #expect(sentences.map(\.id) == ["e.0", "e.1", "e.2"])
    }

    @Test func `an event within itself ends`() throws {
        let line =
            #"{"id":"e","text":"A and B.","entities":[{"tid":"T1","type":"Protein","start":0,"end":1},"#
            + #"{"tid":"T2","type":"Protein","start":6,"end":7}],"events":[{"eid":"E1","type":"Regulation","#
            + #""args":[["Theme","E1"],["Cause","T1"]]}]}"#
        let gold = try GoldInteractions.read(path: folder.file("loop.jsonl", line)) { _ in }
        #expect(gold.rows.first?.sentences.first?.answers.isEmpty == true)
    }

    @Test func `what others taught tells pairs apart, and the lines carry it over`() throws {
        let gold = try pairs()
        var settings = InteractionTrainer.Settings()
        settings.readiness = 0
        let found = InteractionTrainer(corpora: [gold], settings: settings).crossValidated { _ in }
        let sheet = InteractionTask.sheet(gold: gold, found: found)
        var counts = Counts()
        for document in sheet.documents { counts += document[0] }
        #expect(counts.hits == 20 && counts.falseAlarms == 0)
        let lines = found.lines(of: gold)
        #expect(lines.map(\.said) == Array(repeating: ["interaction"], count: 20))
        #expect(lines.first?.sentence == "d0.s0")
        let text = lines.map {
            #"{"sentence":"\#($0.sentence)","genes":["\#($0.genes[1])","\#($0.genes[0])"],"interactions":["interaction"]}"#
        }
        let path = try folder.file("found.jsonl", text.joined(separator: "\n") + "\n{}\n")
        var problems: [String] = []
        let read = try InteractionPredictions(path: path) { problems.append($0) }
        #expect(InteractionTask.sheet(gold: gold, found: read) == sheet)
        #expect(read.setAside == 1 && problems.count == 1)
    }

    @Test func `training gives the same rows each time, and a dictionary reads them`() throws {
        let gold = try pairs()
        let rows = InteractionTrainer(corpora: [gold]).rows()
        #expect(rows == InteractionTrainer(corpora: [gold]).rows())
        #expect(rows.contains { $0.hasPrefix("interaction\tbetween=bind") })
        _ = try folder.file(
            "sources/a.gene_info",
            "#tax_id\tGeneID\tSymbol\tSynonyms\tdescription\n9606\t1\tZORB1\t-\tzorbin\n")
        let path = try folder.file(
            "sources/i.weights.tsv", "kind\tfeature\tweight\n" + rows.joined(separator: "\n") + "\n")
        let base = try DictionaryFolder(path: String(path.dropLast("/i.weights.tsv".count))).base()
        let model = InteractionModel(dictionary: try base.compiled(names: []))
        #expect(model.questions == [.any])
        let sheet = InteractionTask.sheet(gold: gold, found: InteractionPredictions(of: gold, by: model))
        #expect(sheet.documents.map { $0[0].hits }.reduce(0, +) == 20)
    }
}
