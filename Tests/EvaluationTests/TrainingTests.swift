import Corpus
import Evaluation
import Foundation
import Intake
import Terminology
import Testing
import TextMining

/// Training on a small corpus whose sentences and names were made up for these tests.
struct TrainingTests {
    private let folder: TemporaryFolder
    private let sources: String
    private let corpus: [GoldDocument]

    init() throws {
        folder = try TemporaryFolder()
        let genes = try folder.file(
            "sources/a.gene_info",
            """
            #tax_id\tGeneID\tSymbol\tSynonyms\tdescription
            9606\t1\tZORB1\tzap\tzorbin 1
            9606\t2\tZAPR\tzap\tzapper
            9606\t3\tQUIX\t-\tquixin

            """)
        _ = try folder.file(
            "sources/d.bin", "*NEWRECORD\nRECTYPE = D\nMH = Zorb Disease\nMN = C01.1\nUI = D000001\n")
        sources = String(genes.dropLast("/a.gene_info".count))
        var lines = ""
        for number in 0..<40 {
            // QUIX is a gene after "gene", a device after "device"; "zorbitis" is what annotators call the disease.
            let isGene = number % 2 == 0
            let text = (isGene ? "The gene QUIX causes zorbitis." : "The device QUIX measures zorbitis.")
            let start = isGene ? 21 : 25
            let gene = isGene ? #"{"start":9,"end":13,"type":"Gene","id":"3"},"# : ""
            lines +=
                #"{"pmid":"\#(number)","title":"\#(text)","abstract":"","mentions":[\#(gene)"#
                + #"{"start":\#(start),"end":\#(start + 8),"type":"Disease","id":"D000001"}]}"# + "\n"
        }
        let path = try folder.file("gold.jsonl", lines)
        corpus = try GoldReader.documents(path: path) { Issue.record("\($0)") }.rows
    }

    private func trainer() throws -> TaggerTrainer {
        try TaggerTrainer(dictionaries: sources, corpora: [.init(documents: corpus)], onProgress: { _ in })
    }

    @Test func `a name that annotators use is learned`() throws {
        let learned = try trainer().train()
        #expect(learned.names == ["Disease\tmesh:D000001\tzorbitis\t0\tsynonym"])
    }

    @Test func `the word beside a name tells a gene from a device`() throws {
        let learned = try trainer().train()
        let dictionary = try DictionaryFolder(path: sources).base().compiled(
            names: learned.names, weights: learned.weights)
        let tagger = Tagger(dictionary: dictionary)
        func genes(_ text: String) -> Int {
            tagger.mentions(in: [Passage(kind: .title, index: 0, text: text)]).filter { $0.kind == .gene }
                .count
        }
        #expect(genes("The gene QUIX causes zorbitis.") == 1)
        #expect(genes("The device QUIX measures zorbitis.") == 0)
    }

    @Test func `training gives the same bytes each time`() throws {
        let one = try trainer().train()
        let other = try trainer().train()
        #expect(one.nameTable(origin: ["a test"]) == other.nameTable(origin: ["a test"]))
        #expect(one.weightTable(origin: ["a test"]) == other.weightTable(origin: ["a test"]))
    }

    @Test func `each document is tagged once by what others taught`() throws {
        let found = try trainer().crossValidated()
        var counts = Counts()
        for document in TaggingScores(type: .gene).sheet(gold: corpus, found: found).documents {
            counts += document[0]
        }
        #expect(Set(found.mentions.keys) == Set(corpus.map(\.document.id)))
        #expect(counts.f1 > 95)
    }
}
