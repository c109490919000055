import Corpus
import Terminology
import Testing
import TextMining

/// Names that lists shorten, letters for species, and what the models say. The sentences were written for these tests; the
/// dictionary of the fixtures brings no weights.
struct TaggingModelTests {
    @Test(arguments: [
        ("In cells hIGF1R was expressed.", "hIGF1R", "ncbigene:3480"),
        ("In cells mIgf1r was expressed.", "mIgf1r", "ncbigene:16001"),
        ("In mice hIGF1R was expressed.", "hIGF1R", "ncbigene:3480"),
    ])
    func `a letter before a symbol gives its species`(text: String, surface: String, entity: String) throws {
        #expect(try TaggingScene.entities(of: surface, in: text, kinds: [.gene]) == [entity])
    }

    @Test(arguments: [
        ("ACTA2 and -3 rose.", 0), ("MAPK1 and 3 were active.", 1),
        ("MAPK1, 3 mg of it, was given.", 0), ("MAPK1 and 7 were active.", 0),
    ])
    func `designators in a list stand for their names`(text: String, count: Int) throws {
        let found = try TaggingScene.mentions(text).filter { $0.entity.curie == "ncbigene:5595" }
        #expect(found.count == count)
        for mention in found { #expect(text.slice(mention.range) == "3") }
    }

    @Test func `weights decide which names are mentions`() throws {
        let table = """
            kind\tfeature\tweight
            Gene\tbias\t1.00
            Gene\tleft1=the\t-3.00

            """
        let dictionary = try TaggingScene.dictionary(adding: ["learned/t.weights.tsv": table])
        let tagger = Tagger(dictionary: dictionary)
        func found(_ text: String) -> [String] {
            tagger.mentions(in: [Passage(kind: .abstract, index: 1, text: text)])
                .filter { $0.kind == .gene }.map(\.entity.curie)
        }
        #expect(found("In humans RAB32 was lost.") == ["ncbigene:10981"])
        #expect(found("In humans the RAB32 was lost.").isEmpty)
        // All places of a name are judged together, by the mean: -2 and 1 are too little, -2 and three times 1 enough.
        #expect(found("In humans the RAB32 was lost. RAB32 rose.").isEmpty)
        #expect(found("In humans the RAB32 was lost. RAB32 rose. RAB32 fell. RAB32 is here.").count == 4)
    }

    @Test func `an explanation adds up and names the alternatives`() throws {
        let table = """
            kind\tfeature\tweight
            Gene\tbias\t1.00
            Gene\tcue=left\t2.00
            Gene\tname=Usp8\t0.25

            """
        let dictionary = try TaggingScene.dictionary(adding: ["learned/t.weights.tsv": table])
        let passage = Passage(kind: .abstract, index: 1, text: "In mice the protease Usp8 was cloned.")
        let explanation = try #require(
            Tagger(dictionary: dictionary).explanations(in: [passage]).first { $0.mention.kind == .gene })
        #expect(explanation.mention.entity.curie == "ncbigene:84092")
        #expect(explanation.score == 3.25)
        #expect(explanation.shares.map(\.feature) == ["cue=left", "bias", "name=Usp8"])
        #expect(explanation.alternatives.first?.entity.curie == "ncbigene:84092")
        #expect(explanation.alternatives.contains { $0.entity.curie == "ncbigene:9101" })
        for alternative in explanation.alternatives {
            #expect(alternative.score == alternative.shares.map(\.weight).reduce(0, +))
        }
    }

    /// One species is asked for: what the text says of another counts only where it stands directly before the name.
    @Test(arguments: [
        ("In mice we lost Igf1r.", ["ncbigene:3480"]), ("The mouse Igf1r was lost.", []),
        ("In rats hIGF1R was lost.", ["ncbigene:3480"]),
    ])
    func `a species that is asked for is taken for the one that is meant`(
        text: String, entities: [String]
    ) throws {
        let dictionary = try #require(TaggingScene.dictionary)
        let settings = TaggerSettings(species: [.human], assumed: .human)
        let found = Tagger(dictionary: dictionary, settings: settings)
            .mentions(in: [Passage(kind: .abstract, index: 1, text: text)]).filter { $0.kind == .gene }
        #expect(found.map(\.entity.curie) == entities)
        for mention in found where text.contains("mice") {
            #expect(mention.reasons.last == "read as the ortholog in the species that was asked for")
        }
    }

    @Test func `names that are no mentions are explained when asked for, each once`() throws {
        let table = "kind\tfeature\tweight\nGene\tbias\t1.00\nGene\tleft1=the\t-3.00\n"
        let dictionary = try TaggingScene.dictionary(adding: ["learned/t.weights.tsv": table])
        let passage = Passage(
            kind: .abstract, index: 1, text: "In humans the RAB32 was lost, but IGF1R rose.")
        let tagger = Tagger(dictionary: dictionary)
        let all = tagger.explanations(in: [passage], includesRejected: true).filter {
            $0.mention.kind == .gene
        }
        #expect(all.map(\.isRejected) == [true, false])
        #expect(all.first?.mention.entity.curie == "ncbigene:10981")
        #expect(all.first?.shares.map(\.feature) == ["left1=the", "bias"])
        #expect(
            tagger.explanations(in: [passage]).filter { $0.mention.kind == .gene }.map(\.isRejected) == [
                false
            ])
    }

    @Test func `a readier tagger takes what a little speaks against`() throws {
        let table = "kind\tfeature\tweight\nGene\tbias\t-0.50\n"
        let dictionary = try TaggingScene.dictionary(adding: ["learned/t.weights.tsv": table])
        let passage = Passage(kind: .abstract, index: 1, text: "In humans RAB32 was lost.")
        for (readiness, count) in [(Float(0), 0), (1, 1)] {
            let tagger = Tagger(dictionary: dictionary, settings: TaggerSettings(readiness: readiness))
            #expect(tagger.mentions(in: [passage]).filter { $0.kind == .gene }.count == count)
        }
    }
}
