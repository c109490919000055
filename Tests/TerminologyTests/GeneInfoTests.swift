import Corpus
import Terminology
import Testing

struct `Genes of gene_info` {
    @Test func `names come with the grade of their column`() throws {
        let folder = try SourceFolder(["m.gene_info": Samples.geneInfo])
        let dictionary = try folder.dictionary()
        #expect(
            dictionary.names(of: "ncbigene:16001") == [
                "Igf1r/official", "insulin-like growth factor I receptor/fullName", "IGF-1R/synonym",
                "CD221/synonym",
                "IGF-I receptor/related", "receptor, IGF1/related",
            ])
        let concept = try #require(dictionary.concept("ncbigene:16001"))
        #expect(dictionary.name(ofConcept: concept) == "Igf1r")
        #expect(dictionary.fullName(ofConcept: concept) == "insulin-like growth factor I receptor")
        #expect(dictionary.taxon(ofConcept: concept) == .mouse)
        #expect(dictionary.kind(ofConcept: concept) == .gene)
        #expect(dictionary.conceptCount == 2)
    }

    @Test(arguments: ["#tax_id", "tax_id"])
    func `columns are found by name, in any order, with or without the sign before the header`(first: String)
        throws
    {
        let folder = try SourceFolder([
            "yeast.gene_info": """
            \(first)\tGeneID\tdescription\tFull_name_from_nomenclature_authority\tnew_column\tSynonyms\tSymbol_from_nomenclature_authority\tSymbol
            4932\t850295\tactin\t-\tx|y\tABY1|END7\tACT1\tACT1
            4932\t1\tan enzyme\tthe full name\t-\t-\tOFF1\tSYM1

            """
        ])
        let dictionary = try folder.dictionary()
        #expect(
            dictionary.names(of: "ncbigene:850295") == [
                "ACT1/official", "actin/fullName", "ABY1/synonym", "END7/synonym",
            ])
        #expect(
            dictionary.names(of: "ncbigene:1") == [
                "SYM1/official", "OFF1/official", "the full name/fullName", "an enzyme/fullName",
            ])
    }

    @Test func `a dash is empty, bars part values, quotes and second colons are plain text`() throws {
        let folder = try SourceFolder([
            "h.gene_info": """
            #tax_id\tGeneID\tSymbol\tSynonyms\tdbXrefs\tdescription
            9606\t1\tAAA\t-\tMIM:1|HGNC:HGNC:5\t-
            9606\t2\tBBB\tthe "b" gene|"open| 5'-B \tMGI:MGI:96433\tprotein "b, alpha
            9606\t3\tCCC\ta||b-c\t-\tc

            """
        ])
        let dictionary = try folder.dictionary()
        #expect(dictionary.names(of: "ncbigene:1") == ["AAA/official"])
        #expect(
            dictionary.names(of: "ncbigene:2") == [
                "BBB/official", "protein \"b, alpha/fullName", "the \"b\" gene/synonym", "\"open/synonym",
                "5'-B/synonym",
            ])
        #expect(
            dictionary.names(of: "ncbigene:3") == ["CCC/official", "c/fullName", "a/synonym", "b-c/synonym"])
    }

    @Test func `placeholders, comments and blank lines are passed over, Windows ends of lines are not seen`()
        throws
    {
        let rows = [
            "#tax_id\tGeneID\tSymbol\tSynonyms\tdescription",
            "10090\t5\tNEWENTRY\tNew1\tRecord to support submission",
            "# a comment", "", "10090\t6\t-\tAli6\tno symbol", "10091\t7\tCas7\t-\ta subspecies",
        ]
        let folder = try SourceFolder(["m.gene_info": rows.joined(separator: "\r\n") + "\r\n"])
        let dictionary = try folder.dictionary()
        #expect(dictionary.concept("ncbigene:5") == nil)
        #expect(dictionary.concept("ncbigene:6") == nil)
        #expect(dictionary.names(of: "ncbigene:7") == ["Cas7/official", "a subspecies/fullName"])
        #expect(
            dictionary.concept("ncbigene:7").flatMap { dictionary.taxon(ofConcept: $0) } == TaxonID(10091))
    }

    @Test(arguments: [
        (
            "#tax_id\tGeneID\tSymbol\tSynonyms\tdescription\n9606\t1\tA\t-\tx\n9606\t2\tB\t-\n",
            "h.gene_info:3: 4 fields where the header has 5"
        ),
        (
            "#tax_id\tGeneID\tSymbol\tSynonyms\tdescription\n9606\t1\tA\t-\tx\ty\n",
            "h.gene_info:2: 6 fields where the header has 5"
        ),
        (
            "#tax_id\tGeneID\tSymbol\tSynonyms\n9606\t1\tA\t-\n",
            "h.gene_info:1: the header has no column description"
        ),
        (
            "#tax_id\tGeneID\tSymbol\tSynonyms\tdescription\nx\t1\tA\t-\tx\n",
            "h.gene_info:2: tax_id or GeneID is no number"
        ),
        (
            "#tax_id\tGeneID\tSymbol\tSynonyms\tdescription\n9606\t-\tA\t-\tx\n",
            "h.gene_info:2: tax_id or GeneID is no number"
        ),
        (
            "#tax_id\tGeneID\tSymbol\tSynonyms\tdescription\n9606\t12345678901234567890\tA\t-\tx\n",
            "h.gene_info:2: tax_id or GeneID is no number"
        ),
    ])
    func `a damaged table is an error with its line`(text: String, message: String) throws {
        #expect(try fault(of: ["h.gene_info": text]) == message)
    }
}
