import Corpus
import Terminology
import Testing

struct `Ontologies in OBO` {
    private static let ontology = """
        format-version: 1.4
        ontology: made-up

        [Term]
        id: CL:0000084
        name: T cell
        def: "A cell: of the immune system." [X:1]
        synonym: "T-lymphocyte" EXACT []
        synonym: "a \\"T\\" cell" RELATED [A:1]
        synonym: "lymphocyte" BROAD []
        synonym: "narrow cell" NARROW []

        [Term]
        id: CL:0000001
        name: obsolete cell
        is_obsolete: true

        [Term]
        id: GO:0006915
        name: apoptotic process

        [Term]
        id: FOO:1
        name: unknown ontology

        [Typedef]
        id: CL:0000002
        name: part of
        """

    @Test func `scopes become grades, escaped quotes are undone, obsolete terms are left out`() throws {
        let folder = try SourceFolder(["cl.obo": Self.ontology])
        let dictionary = try folder.dictionary()
        #expect(
            dictionary.names(of: "cl:0000084") == [
                "T cell/official", "T-lymphocyte/synonym", "a \"T\" cell/related", "lymphocyte/related",
                "narrow cell/related",
            ])
        #expect(dictionary.concept("cl:0000084").map { dictionary.kind(ofConcept: $0) } == .anatomy)
        #expect(dictionary.concept("go:0006915").map { dictionary.kind(ofConcept: $0) } == .process)
        #expect(dictionary.conceptCount == 2)
    }

    @Test func `a disease ontology lends its names to the MeSH record`() throws {
        let folder = try SourceFolder([
            "d.bin": "*NEWRECORD\nRECTYPE = D\nMH = Diabetes Mellitus\nMN = C19.246\nUI = D003920\n",
            "doid.obo": """
            format-version: 1.2

            [Term]
            id: DOID:9351
            name: diabetes
            synonym: "sugar disease" EXACT []
            xref: MESH:D003920 {source="made-up"}

            [Term]
            id: DOID:1
            name: without a record
            xref: MESH:D999999
            """,
        ])
        let dictionary = try folder.dictionary()
        #expect(
            dictionary.names(of: "mesh:D003920") == [
                "Diabetes Mellitus/official", "diabetes/related", "sugar disease/related",
            ])
        #expect(dictionary.conceptCount == 1)
    }

    @Test(arguments: [
        "synonym: bare EXACT []", "synonym: \"open EXACT []", "synonym:", "synonym: \"ends in a backslash\\",
    ])
    func `a synonym without its quotes is an error with its line`(line: String) throws {
        let text = "format-version: 1.2\n[Term]\nid: CL:1\nname: x cell\n\(line)\n"
        #expect(try fault(of: ["cl.obo": text]) == "cl.obo:5: a synonym without its quotes")
    }
}

struct `Species of the taxonomy` {
    private static let names = """
        1\t|\troot\t|\t\t|\tscientific name\t|
        10090\t|\tMus musculus\t|\t\t|\tscientific name\t|
        10090\t|\thouse mouse\t|\t\t|\tgenbank common name\t|
        10090\t|\tmouse\t|\tmouse <Mus musculus>\t|\tcommon name\t|
        10090\t|\tMus musculus Linnaeus, 1758\t|\t\t|\tauthority\t|
        4932\t|\tSaccharomyces cerevisiae\t|\t\t|\tscientific name\t|
        4932\t|\tbrewer's yeast\t|\t\t|\tsynonym\t|
        11676\t|\tHuman immunodeficiency virus 1\t|\t\t|\tscientific name\t|

        """

    @Test func `names have the grade of their class, and a binomial its short form`() throws {
        let folder = try SourceFolder(["names.dmp": Self.names])
        let dictionary = try folder.dictionary()
        #expect(
            dictionary.names(of: "ncbitaxon:10090") == [
                "Mus musculus/official", "M. musculus/synonym", "house mouse/fullName", "mouse/synonym",
            ])
        #expect(
            dictionary.names(of: "ncbitaxon:4932") == [
                "Saccharomyces cerevisiae/official", "S. cerevisiae/synonym", "brewer's yeast/synonym",
            ])
        #expect(dictionary.names(of: "ncbitaxon:11676") == ["Human immunodeficiency virus 1/official"])
        #expect(dictionary.concept("ncbitaxon:1") == nil)
        #expect(dictionary.concept("ncbitaxon:10090").flatMap { dictionary.taxon(ofConcept: $0) } == .mouse)
    }

    @Test(arguments: ["10090\t|\tMus", "x\t|\tMus\t|\t\t|\tscientific name\t|", "no bars"])
    func `a row of another shape is an error with its line`(row: String) throws {
        #expect(
            try fault(of: ["names.dmp": "1\t|\troot\t|\t\t|\tscientific name\t|\n\(row)\n"])
                == "names.dmp:2: not a row of names.dmp")
    }
}

struct `Orthologs` {
    private static let table =
        "human_entrez\ttaxon_id\tentrez\n3480\t10090\t16001\n3480\t10116\t25718\n1\t10090\t2\n"

    @Test func `the genes of a group lead to one another`() throws {
        let folder = try SourceFolder(["m.gene_info": Samples.geneInfo, "orthologs.tsv": Self.table])
        let dictionary = try folder.dictionary()
        let human = try #require(dictionary.concept("ncbigene:3480"))
        let mouse = try #require(dictionary.concept("ncbigene:16001"))
        #expect(dictionary.ortholog(ofConcept: human, in: .mouse) == mouse)
        #expect(dictionary.ortholog(ofConcept: mouse, in: .human) == human)
        #expect(dictionary.ortholog(ofConcept: mouse, in: .mouse) == mouse)
        #expect(dictionary.ortholog(ofConcept: mouse, in: .rat) == nil)
        #expect(dictionary.orthologGroup(ofConcept: human) == dictionary.orthologGroup(ofConcept: mouse))
    }

    @Test func `a gene without a group has no ortholog`() throws {
        let folder = try SourceFolder(["m.gene_info": Samples.geneInfo])
        let dictionary = try folder.dictionary()
        let human = try #require(dictionary.concept("ncbigene:3480"))
        #expect(dictionary.orthologGroup(ofConcept: human) == 0)
        #expect(dictionary.ortholog(ofConcept: human, in: .mouse) == nil)
    }

    @Test(arguments: [
        ("human_entrez\ttaxon_id\tentrez\nx\t10090\t16001\n", "orthologs.tsv:2: not a pair of GeneIDs"),
        ("human_entrez\ttaxon_id\tentrez\n3480\t10090\n", "orthologs.tsv:2: not a pair of GeneIDs"),
        ("human_entrez\ttaxon_id\tgene\n", "orthologs.tsv:1: the header needs human_entrez and entrez"),
    ])
    func `a damaged table is an error with its line`(text: String, message: String) throws {
        #expect(try fault(of: ["m.gene_info": Samples.geneInfo, "orthologs.tsv": text]) == message)
    }
}

struct `Tables of names` {
    private static let header = "kind\tid\tname\ttaxon\tgrade\n"

    @Test func `rows become entities, comments are passed over`() throws {
        let folder = try SourceFolder([
            "lines.names.tsv": "# made up\n\n" + Self.header
                + "CellLine\tcellosaurus:CVCL_1\tPC12\t10116\tofficial\n"
                + "# more\nCellLine\tcellosaurus:CVCL_1\tPC-12\t10116\tweak\nGeneFamily\tf:PI3K\tPI3K\t0\tofficial\n"
        ])
        let dictionary = try folder.dictionary()
        #expect(dictionary.names(of: "cellosaurus:CVCL_1") == ["PC12/official", "PC-12/weak"])
        #expect(dictionary.concept("cellosaurus:CVCL_1").flatMap { dictionary.taxon(ofConcept: $0) } == .rat)
        let family = try #require(dictionary.concept("f:PI3K"))
        #expect(
            dictionary.taxon(ofConcept: family) == nil && dictionary.kind(ofConcept: family) == .geneFamily)
    }

    @Test(arguments: [
        ("Gene\tx:1\tA\t0\tofficial\n", "the header must be kind, id, name, taxon, grade"),
        ("\(header)Gene\tx:1\tA\t0\n", "4 fields, not 5"),
        ("\(header)Genes\tx:1\tA\t0\tofficial\n", "a kind, identifier, taxon or grade that is none"),
        ("\(header)Gene\tx1\tA\t0\tofficial\n", "a kind, identifier, taxon or grade that is none"),
        ("\(header)Gene\tx:1\tA\tnine\tofficial\n", "a kind, identifier, taxon or grade that is none"),
        ("\(header)Gene\tx:1\tA\t0\tgood\n", "a kind, identifier, taxon or grade that is none"),
        ("\(header)Gene\tx:1\t\t0\tofficial\n", "an empty name"),
    ])
    func `a faulty row is an error with its line`(text: String, message: String) throws {
        let line = text.hasPrefix("kind") ? 3 : 2
        #expect(try fault(of: ["a.names.tsv": "# c\n" + text]) == "a.names.tsv:\(line): \(message)")
    }
}

struct `Lists of words` {
    @Test func `English words are known whatever their capitals, comments are none`() throws {
        let folder = try SourceFolder([
            "m.gene_info": Samples.geneInfo, "words/english.txt": "# from nowhere\nthe\n  mice  \n\nnaïve\n",
        ])
        let dictionary = try folder.dictionary()
        for word in ["the", "The", "MICE", "naïve"] { #expect(dictionary.isEnglishWord(word), "\(word)") }
        for word in ["th", "", "from", "# from nowhere"] {
            #expect(!dictionary.isEnglishWord(word), "\(word)")
        }
    }

    @Test func `a block list holds for its kind and for just this spelling`() throws {
        let folder = try SourceFolder([
            "m.gene_info": Samples.geneInfo, "blocklist.gene.curated.txt": "# x\nCSR\n",
            "blocklist.disease.txt": "ED\n",
            "blocklist.nothing.txt": "ABC\n",
        ])
        let dictionary = try folder.dictionary()
        #expect(dictionary.isBlocked("CSR", as: .gene))
        #expect(!dictionary.isBlocked("Csr", as: .gene))
        #expect(!dictionary.isBlocked("CSR", as: .disease))
        #expect(dictionary.isBlocked("ED", as: .disease) && !dictionary.isBlocked("ED", as: .gene))
        for kind in EntityKind.allCases { #expect(!dictionary.isBlocked("ABC", as: kind)) }
    }
}
