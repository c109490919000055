import Corpus
import Terminology
import Testing

struct `Names of HGNC` {
    @Test func `the complete set lends its names to the genes of NCBI`() throws {
        let folder = try SourceFolder([
            "h.gene_info": Samples.geneInfo,
            "hgnc_complete_set.txt": """
            hgnc_id\tsymbol\tname\tlocus_group\tstatus\talias_symbol\talias_name\tprev_symbol\tprev_name\tentrez_id\tdate_modified
            HGNC:5465\tIGF1R\tinsulin like growth factor 1 receptor\tx\tApproved\t"IGFR|a \"\"b\"\"\"\talias name\tOLD1\t"old one|old two"\t3480\t2023-01-20
            HGNC:1\tGONE\tx\tx\tEntry Withdrawn\tZZZ1\t\t\t\t3480\t2010-01-01
            HGNC:2\tNONE\tno gene\tx\tApproved\tZZZ2\t\t\t\t\t2024-02-03
            HGNC:3\tFAR\tanother gene\tx\tApproved\tZZZ3\t\t\t\t999\t2011-01-01

            """,
        ])
        let dictionary = try folder.dictionary()
        #expect(
            dictionary.names(of: "ncbigene:3480") == [
                "IGF1R/official", "insulin like growth factor 1 receptor/fullName", "CD221/synonym",
                "JTK13/synonym", "IGF1R/official", "insulin like growth factor 1 receptor/fullName",
                "IGFR/synonym", "a \"b\"/synonym", "OLD1/synonym", "alias name/related", "old one/related",
                "old two/related",
            ])
        #expect(dictionary.meanings(of: "OLD1") == ["ncbigene:3480/synonym"])
        #expect(dictionary.conceptCount == 2)
        #expect(dictionary.concept("hgnc:5465") == dictionary.concept("ncbigene:3480"))
        let source = try #require(dictionary.sources.first { $0.layout == "HGNC" })
        #expect(source.release == "2024-02-03" && source.concepts == 0 && source.names == 8)
    }

    @Test func `a custom download parts by commas`() throws {
        let folder = try SourceFolder([
            "h.gene_info": Samples.geneInfo,
            "hgnc.tsv": """
            HGNC ID\tApproved symbol\tApproved name\tStatus\tAlias symbols\tNCBI Gene ID(supplied by NCBI)\tPrevious symbols
            HGNC:5465\tIGF1R\tinsulin like growth factor 1 receptor\tApproved\tIGFR, CD221\t3480\tOLD1

            """,
        ])
        #expect(
            try folder.dictionary().names(of: "ncbigene:3480").suffix(3) == [
                "IGFR/synonym", "CD221/synonym", "OLD1/synonym",
            ])
    }

    @Test(arguments: [
        ("hgnc_id\tsymbol\tname\nHGNC:1\tA\tb\n", "h.txt:1: the header has no column entrez_id or"),
        ("hgnc_id\tsymbol\tname\tentrez_id\nHGNC:1\tA\tb\n", "h.txt:2: 3 fields where the header has 4"),
        ("hgnc_id\tsymbol\tname\tentrez_id\nHGNC:1\tA\tb\tx\n", "h.txt:2: the GeneID is no number"),
    ])
    func `a damaged table is an error with its line`(text: String, message: String) throws {
        #expect(
            try fault(of: ["h.gene_info": Samples.geneInfo, "h.txt": text]).hasPrefix(message))
    }
}
