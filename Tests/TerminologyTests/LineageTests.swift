import Corpus
import Terminology
import Testing

struct `Lineages of the taxonomy` {
    private static let names = [
        (1, "root"), (2, "Bacteria"), (562, "Escherichia coli"), (10_090, "Mus musculus"), (7, "Loop"),
    ]
    .map { "\($0.0)\t|\t\($0.1)\t|\t\t|\tscientific name\t|\n" }.joined()

    /// 7 and 8 are a circle, as no real file has one.
    private static let nodes = [
        (1, 1), (2, 1), (2759, 1), (561, 2), (562, 561), (10_090, 2759), (7, 8), (8, 7),
    ]
    .map { "\($0.0)\t|\t\($0.1)\t|\tno rank\t|\n" }.joined()

    @Test(arguments: [
        ("ncbitaxon:562", ["Bacteria", "no rank"]), ("ncbitaxon:10090", ["Eukaryota", "no rank"]),
        ("ncbitaxon:2", ["Bacteria", "no rank"]),
        ("ncbitaxon:7", []),
    ])
    func `a species has its domain and rank, and a circle ends`(curie: String, domain: [String]) throws {
        let folder = try SourceFolder(["names.dmp": Self.names, "nodes.dmp": Self.nodes])
        let dictionary = try folder.dictionary()
        let concept = try #require(dictionary.concept(curie))
        #expect(dictionary.treeNumbers(ofConcept: concept) == domain)
    }

    @Test(arguments: ["562\t|\tx\t|", "562", "x\t|\t1\t|"])
    func `a row of another shape is an error with its line`(row: String) throws {
        #expect(
            try fault(of: ["names.dmp": Self.names, "nodes.dmp": "1\t|\t1\t|\tno rank\t|\n\(row)\n"])
                == "nodes.dmp:2: not a row of nodes.dmp")
    }
}
