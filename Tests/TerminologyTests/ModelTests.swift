import AhoCorasick
import Corpus
import Terminology
import Testing

/// The weights of the tagger's models, and names that displace others. All sources are made up for these tests.
struct ModelTests {
    private static let genes = """
        #tax_id\tGeneID\tSymbol\tSynonyms\tdescription
        9606\t1\tABC1\tshared\tfirst gene
        9606\t2\tABC2\tshared\tacyl carrier dehydrogenase medium chain
        9606\t3\tABC3\t-\tcytochrome zeta, somatic

        """

    private func dictionary(adding files: [String: String]) throws -> CompiledDictionary {
        let folder = try SourceFolder(files.merging(["a.gene_info": Self.genes]) { first, _ in first })
        return try folder.dictionary()
    }

    private func number(_ kind: EntityKind, _ written: String) -> UInt64? {
        var tokenizer = Tokenizer()
        return FeatureNumber.of(kind, written: written, tokenizer: &tokenizer)
    }

    @Test func `weights are found under the numbers of their features`() throws {
        let table = """
            # trained by a test
            kind\tfeature\tweight
            Gene\tleft1=human\t0.53
            Gene\tbias\t-1.25
            Disease\tleft1=human\t2.00
            Gene\ttopic=cancer/9606\t0.10
            Gene\tname=TNF-α\t0.70

            """
        let weights = try dictionary(adding: ["learned/t.weights.tsv": table]).weights
        #expect(weights[try #require(number(.gene, "left1=human"))] == 0.53)
        #expect(weights[try #require(number(.disease, "left1=human"))] == 2)
        #expect(weights[try #require(number(.gene, "bias"))] == -1.25)
        #expect(weights[try #require(number(.gene, "topic=cancer/9606"))] == 0.1)
        #expect(weights[try #require(number(.gene, "topic=cancer/10090"))] == 0)
        // The name is folded as texts are.
        #expect(weights[try #require(number(.gene, "name=TNFalpha"))] == 0.7)
        #expect(weights[try #require(number(.chemical, "bias"))] == 0)
    }

    @Test(arguments: [
        (
            "kind\tfeature\tweight\nGene\tleft1=a b\t1\n",
            "learned/t.weights.tsv:2: a kind, feature or weight that is none"
        ),
        (
            "kind\tfeature\tweight\nGene\tnosuch=a\t1\n",
            "learned/t.weights.tsv:2: a kind, feature or weight that is none"
        ),
        (
            "kind\tfeature\tweight\nGene\tbias\tmuch\n",
            "learned/t.weights.tsv:2: a kind, feature or weight that is none"
        ),
        (
            "kind\tfeature\tweight\nGene\tbias\tinf\n",
            "learned/t.weights.tsv:2: a kind, feature or weight that is none"
        ),
        ("kind\tfeature\tweight\nGene\tbias\n", "learned/t.weights.tsv:2: 2 fields, not 3"),
        (
            "kind\tweight\tfeature\n",
            "learned/t.weights.tsv:1: the header must be kind, feature, weight"
        ),
    ])
    func `a bad row is refused with its line`(table: String, message: String) throws {
        let fault = try fault(of: ["a.gene_info": Self.genes, "learned/t.weights.tsv": table])
        #expect(fault.contains(message), "\(fault)")
    }

    @Test func `a table of weights gives back what was put in`() {
        var dice = Dice(seed: 20_261_127)
        for count in [0, 1, 2, 3, 100, 5_000] {
            var weights: [UInt64: Float] = [:]
            for _ in 0..<count { weights[dice.next() | 1] = Float(dice.next() % 2_000) / 100 - 10 }
            let table = FeatureWeights(weights)
            #expect(table.isEmpty == weights.isEmpty)
            for (key, weight) in weights { #expect(table[key] == weight) }
            for _ in 0..<100 {
                let other = dice.next() & ~1
                if other != 0 { #expect(table[other] == 0) }
            }
        }
    }

    @Test func `a sole name displaces what other sources say, of its kind alone`() throws {
        let names = """
            kind\tid\tname\ttaxon\tgrade
            Gene\tncbigene:2\tshared\t9606\tsole
            Disease\tmesh:D1\tshared\t0\tsynonym

            """
        let displaced = try dictionary(adding: ["n.names.tsv": names])
        let found = displaced.entries(named: "shared").map {
            displaced.identifier(ofConcept: $0.concept).curie
        }
        #expect(Set(found) == ["ncbigene:2", "mesh:D1"])
        let plain = try dictionary(adding: [:])
        #expect(plain.entries(named: "shared").count == 2)
    }

    @Test(arguments: [
        ("medium chain acyl carrier dehydrogenase", "ncbigene:2", "last words first"),
        ("cytochrome zeta", "ncbigene:3", "qualifier dropped"),
    ])
    func `full names are found as texts put them`(name: String, entity: String, variation: String) throws {
        let dictionary = try dictionary(adding: [:])
        let entry = try #require(dictionary.entries(named: name).first)
        #expect(dictionary.identifier(ofConcept: entry.concept).curie == entity)
        #expect(entry.variation == variation)
    }
}
