import Corpus
import Terminology
import Testing

extension CompiledDictionary {
    /// What an identifier leads to by a table of other identifiers: `ncbigene:5 by gene_history`.
    func replacement(of curie: String) -> String? {
        EntityID(curie: curie).flatMap { alternative($0) }.map {
            "\(identifier(ofConcept: $0.concept)) by \($0.source)"
        }
    }
}

struct `Withdrawn genes` {
    private static let genes = """
        #tax_id\tGeneID\tSymbol\tSynonyms\tdescription
        10090\t5\tAaa\t-\tfirst
        10090\t6\tBbb\t-\tsecond

        """
    private static let header =
        "#tax_id\tGeneID\tDiscontinued_GeneID\tDiscontinued_Symbol\tDiscontinue_Date\n"

    @Test func `a GeneID that was replaced leads to its successor`() throws {
        let folder = try SourceFolder([
            "m.gene_info": Self.genes,
            "gene_history": Self.header + """
                9606\t5\t900\tNot a mouse\t20200101
                10090\t-\t100\tGone\t20200101
                10090\t5\t101\tOld\t20210203
                10090\t101\t102\tOlder\t20190101
                10090\t777\t103\tLost\t20190101
                10090\t6\t5\tStill there\t20240101
                10090\t105\t104\tCircle\t20190101
                10090\t104\t105\tCircle\t20190101

                """,
        ])
        let dictionary = try folder.dictionary()
        #expect(dictionary.replacement(of: "ncbigene:101") == "ncbigene:5 by gene_history")
        #expect(dictionary.concept("ncbigene:101") == dictionary.concept("ncbigene:5"))
        // The successor was withdrawn in turn.
        #expect(dictionary.replacement(of: "ncbigene:102") == "ncbigene:5 by gene_history")
        for none in ["ncbigene:100", "ncbigene:103", "ncbigene:104", "ncbigene:900", "zzz:1"] {
            #expect(dictionary.replacement(of: none) == nil && dictionary.concept(none) == nil, "\(none)")
        }
        // What is a gene of its own is nobody's former number.
        #expect(dictionary.replacement(of: "ncbigene:5") == nil)
        #expect(dictionary.alternativeCount == 2)
        let concept = try #require(dictionary.concept("ncbigene:5"))
        #expect(
            dictionary.alternatives(ofConcept: concept).map(\.id.curie) == ["ncbigene:101", "ncbigene:102"])
        #expect(dictionary.conceptCount == 2 && dictionary.nameCount == 4)
        let source = try #require(dictionary.sources.first { $0.layout == "gene_history" })
        #expect(source.alternatives == 3 && source.release == "2024-01-01" && source.names == 0)
    }

    @Test func `gzipped, and before the genes by name, it is read after them`() throws {
        let folder = try SourceFolder(["z.gene_info": Self.genes])
        try folder.write(
            "gene_history.gz", storedGzip(Array((Self.header + "10090\t6\t9\tOld\t20210203\n").utf8)))
        #expect(try folder.dictionary().replacement(of: "ncbigene:9") == "ncbigene:6 by gene_history.gz")
    }

    @Test(arguments: [
        ("x\t5\t101\tOld\t20210203\n", "gene_history:2: tax_id is no number"),
        ("10090\t5\n", "gene_history:2: 2 fields where the header has 5"),
        ("10090\t5\tx\tOld\t20210203\n", "gene_history:2: GeneID or Discontinued_GeneID is no number"),
        ("no tab\n", "gene_history:2: tax_id is no number"),
    ])
    func `a damaged row is an error with its line`(row: String, message: String) throws {
        #expect(try fault(of: ["m.gene_info": Self.genes, "gene_history": Self.header + row]) == message)
    }

    @Test func `a truncated file is an error, not half a history`() throws {
        let folder = try SourceFolder(["m.gene_info": Self.genes])
        let whole = storedGzip(Array((Self.header + "10090\t6\t9\tOld\t20210203\n").utf8))
        try folder.write("gene_history.gz", Array(whole.dropLast(6)))
        let error = try #require(throws: TerminologyError.self) { try folder.dictionary() }
        #expect(error.description.contains("gene_history.gz: cannot be read: "), "\(error)")
    }
}

struct `Identifiers of other databases` {
    @Test func `a gene is found by those that name one gene`() throws {
        let folder = try SourceFolder([
            "m.gene_info": """
            #tax_id\tGeneID\tSymbol\tSynonyms\tdbXrefs\tdescription
            10090\t11287\tPzp\t-\tMGI:MGI:87854|Ensembl:ENSMUSG1|AllianceGenome:MGI:87854\tpregnancy zone
            9606\t1\tA1BG\t-\tMIM:138670|HGNC:HGNC:5|Ensembl:\tglycoprotein
            9606\t2\tA2M\t-\t-\tx

            """
        ])
        let dictionary = try folder.dictionary()
        #expect(dictionary.replacement(of: "mgi:87854") == "ncbigene:11287 by m.gene_info")
        #expect(dictionary.replacement(of: "ensembl:ENSMUSG1") == "ncbigene:11287 by m.gene_info")
        #expect(dictionary.replacement(of: "hgnc:5") == "ncbigene:1 by m.gene_info")
        #expect(dictionary.alternativeCount == 3)
    }
}

struct `Merged taxa` {
    private static let names =
        "1\t|\troot\t|\t\t|\tscientific name\t|\n9\t|\tBuchnera aphidicola\t|\t\t|\tscientific name\t|\n"

    @Test func `an old taxon leads to the new one`() throws {
        let folder = try SourceFolder([
            "names.dmp": Self.names, "merged.dmp": "12\t|\t74109\t|\n28\t|\t9\t|\n9\t|\t9\t|\n",
        ])
        let dictionary = try folder.dictionary()
        #expect(dictionary.replacement(of: "ncbitaxon:28") == "ncbitaxon:9 by merged.dmp")
        #expect(dictionary.alternativeCount == 1 && dictionary.concept("ncbitaxon:12") == nil)
    }

    @Test(arguments: ["x\t|\t9\t|\n", "28\n", "28\t|\t\t|\n"])
    func `a row of another shape is an error with its line`(row: String) throws {
        #expect(
            try fault(of: ["names.dmp": Self.names, "merged.dmp": "12\t|\t74109\t|\n" + row])
                == "merged.dmp:2: not a row of merged.dmp")
    }
}

struct `Genes of strains` {
    @Test func `become genes of their species where the lineage is known`() throws {
        let genes = """
            #tax_id\tGeneID\tSymbol\tSynonyms\tdescription
            559292\t1\tACT1\t-\tactin
            10090\t2\tActb\t-\tactin
            77\t3\tXyz\t-\tof an unknown taxon

            """
        let nodes = """
            1\t|\t1\t|\tno rank\t|
            2759\t|\t1\t|\tsuperkingdom\t|
            4930\t|\t2759\t|\tgenus\t|
            4932\t|\t4930\t|\tspecies\t|
            559292\t|\t4932\t|\tstrain\t|
            10090\t|\t2759\t|\tspecies\t|

            """
        let folder = try SourceFolder(["y.gene_info": genes, "nodes.dmp": nodes])
        let dictionary = try folder.dictionary()
        func taxon(_ curie: String) -> Int32? {
            dictionary.concept(curie).flatMap { dictionary.taxon(ofConcept: $0)?.number }
        }
        #expect(taxon("ncbigene:1") == 4932 && taxon("ncbigene:2") == 10090 && taxon("ncbigene:3") == 77)
    }
}
