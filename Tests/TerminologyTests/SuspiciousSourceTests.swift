import Corpus
import Foundation
import Terminology
import Testing

/// What a build says of its sources: warnings, or the error that it ends with.
private func findings(
    _ files: [String: String], _ suspicions: SuspicionPolicy = .refuse
) throws -> [String] {
    let folder = try SourceFolder(files)
    var warnings: [String] = []
    do throws(TerminologyError) {
        _ = try DictionaryFolder(path: folder.path).compiled(
            cache: folder.cache, suspicions: suspicions, onWarning: { warnings.append($0.description) })
    } catch {
        warnings.append("error: \(error)")
    }
    return warnings.map { $0.replacing(folder.path + "/", with: "") }
}

struct `Suspicious sources` {
    private static let good = ["m.gene_info": Samples.geneInfo]
    private static let header = "#tax_id\tGeneID\tSymbol\tSynonyms\tdescription\n"

    private func with(_ name: String, _ text: String) -> [String: String] {
        Self.good.merging([name: text]) { _, new in new }
    }

    /// A table of genes with three synonyms each, which a function may damage.
    private static func genes(_ count: Int, _ synonyms: (Int) -> [String]) -> String {
        header
            + (1...count).map {
                "10090\t\($0)\tGene\($0)\t\(synonyms($0).joined(separator: "|"))\tgene \($0)\n"
            }
            .joined()
    }

    @Test func `good sources pass without a word`() throws {
        #expect(try findings(Self.good) == [])
        #expect(
            try findings(["g.gene_info": Self.genes(400) { ["Clock\($0)", "Tim-\($0)", "abc\($0)x"] }]) == [])
    }

    @Test(arguments: [
        "<!DOCTYPE html>\n<html><body>404 Not Found</body></html>\n", "\n  <HTML>\n<head></head></HTML>",
        "\u{FEFF}<!doctype HTML PUBLIC \"x\">\n",
    ])
    func `a web page in the place of data is refused`(page: String) throws {
        for name in [
            "h.gene_info", "names.dmp", "d2026.bin", "blocklist.gene.txt", "desc.xml", "a.names.tsv",
        ] {
            #expect(
                try findings(with(name, page)) == [
                    "error: \(name): a web page stands in its place: fetch the file again; or take it as it is with "
                        + "--allow-suspicious"
                ])
            // With leave, it is passed over.
            #expect(
                try findings(with(name, page), .warn) == [
                    "\(name): a web page stands in its place: fetch the file again"
                ])
        }
    }

    @Test func `a server's message in the place of data is refused`() throws {
        let page = "<?xml version=\"1.0\"?>\n<Error><Code>NoSuchKey</Code></Error>"
        #expect(
            try findings(with("h.gene_info", page)).first?.hasPrefix(
                "error: h.gene_info: an error message of a server stands in its place") == true)
    }

    @Test func `an empty file is refused, gzipped or not`() throws {
        #expect(
            try findings(with("x.obo", "")) == [
                "error: x.obo: cannot be read: x.obo: the file is empty; fetch it again"
            ])
        let folder = try SourceFolder(Self.good)
        try folder.write("x.obo.gz", storedGzip([]))
        let error = try #require(throws: TerminologyError.self) { try folder.dictionary() }
        #expect(
            error.description.contains("x.obo.gz: there is nothing in it: fetch the file again"), "\(error)")
        #expect(try findings(with("x.obo", "\n \n")).first?.contains("there is nothing in it") == true)
    }

    @Test(arguments: [
        ("h.gene_info", header), ("extra.tsv", "DescriptorUI\tTerm\n"),
        ("orthologs.tsv", "human_entrez\ttaxon_id\tentrez\n"),
        ("o.obo", "format-version: 1.2\nontology: x\n"),
        ("names.tsv", "ID\tCOMPOUND_ID\tTYPE\tNAME\n"), ("c.tsv", "ID\tCHEBI_ACCESSION\tPARENT_ID\tNAME\n"),
        ("CTD.tsv", "# Fields:\n# DiseaseName\tDiseaseID\tSynonyms\n#\n"),
        ("hgnc.txt", "hgnc_id\tsymbol\tname\tentrez_id\n"),
        ("gene_history", "#tax_id\tGeneID\tDiscontinued_GeneID\tDiscontinued_Symbol\tDiscontinue_Date\n"),
        ("d.xml", "<DescriptorRecordSet>\n</DescriptorRecordSet>\n"),
        ("a.names.tsv", "# c\nkind\tid\tname\ttaxon\tgrade\n"),
    ])
    func `a header without rows is refused`(name: String, text: String) throws {
        let refused = try findings(with(name, text))
        #expect(refused.count == 1)
        #expect(refused.first?.hasPrefix("error: \(name): there is a beginning as of ") == true, "\(refused)")
        #expect(refused.first?.contains("but no row of data: the file was cut short, fetch it again") == true)
        let allowed = try findings(with(name, text), .warn)
        #expect(allowed.count == 1 && allowed[0].hasPrefix("\(name): there is a beginning"), "\(allowed)")
    }

    @Test func `synonyms that were cut short are refused, with an example`() throws {
        let damaged = Self.genes(400) { number in
            number % 3 == 0
                ? ["Clocks\(number)-a", "Cloc", "Clocks\(number)-"]
                : number % 3 == 1 ? ["wnt8b\(number)", "w"] : ["nothing\(number)", "odd\(number)"]
        }
        let refused = try findings(["g.gene_info": damaged])
        #expect(refused.count == 1)
        #expect(
            refused.first?.hasPrefix("error: g.gene_info:2: synonyms were cut short in this snapshot: of ")
                == true,
            "\(refused)")
        #expect(refused.first?.contains("as “w” beside “wnt8b1”") == true, "\(refused)")
        #expect(refused.first?.contains("fetch gene_info from NCBI again; or take it") == true)
        let allowed = try findings(["g.gene_info": damaged], .warn)
        #expect(allowed.count == 1 && allowed[0].hasPrefix("g.gene_info:2: synonyms were cut"), "\(allowed)")
    }

    @Test func `one sign alone condemns no file, and few synonyms say nothing`() throws {
        #expect(try findings(["g.gene_info": Self.genes(400) { ["a", "Clock\($0)"] }]) == [])
        #expect(
            try findings(["g.gene_info": Self.genes(60) { ["Clocks\($0)", "Cloc", "C", "Clocks-"] }]) == [])
    }

    @Test func `lines that end in two ways are told with the first such line`() throws {
        let text = Samples.geneInfo + "10090\t7\tXyz\t-\t-\t-\tx\t-\r\n"
        #expect(
            try findings(["m.gene_info": text]) == [
                "m.gene_info:4: the line ends in another way than those before it: parts of the file come from different "
                    + "systems"
            ])
        #expect(try findings(["m.gene_info": Samples.geneInfo.replacing("\n", with: "\r\n")]) == [])
    }

    @Test func `lines that end in carriage returns alone are an error`() throws {
        let text = Samples.geneInfo.replacing("\n", with: "\r")
        #expect(
            try findings(["m.gene_info": text]).first?.hasPrefix(
                "error: m.gene_info:1: the lines end in carriage returns alone") == true)
    }

    @Test func `a last line without an end is told`() throws {
        #expect(
            try findings(["m.gene_info": String(Samples.geneInfo.dropLast())]) == [
                "m.gene_info: the last line has no end: the file may have been cut short"
            ])
    }

    @Test func `a source that brings nothing is told`() throws {
        let text = "hgnc_id\tsymbol\tname\tentrez_id\nHGNC:1\tA\tb\t77\n"
        #expect(
            try findings(with("h.txt", text)) == [
                "h.txt: nothing was taken from it: what it speaks of is of no kind that is taken, or not in the dictionary"
            ])
    }

    @Test func `a gzip that is cut before its header is not passed over`() throws {
        let folder = try SourceFolder(Self.good)
        try folder.write("h.gene_info.gz", Array(storedGzip(Array(Samples.geneInfo.utf8)).prefix(20)))
        let error = try #require(throws: TerminologyError.self) { try folder.dictionary() }
        #expect(error.description.contains("h.gene_info.gz: cannot be read: "), "\(error)")
    }

    @Test func `damage is an error whatever is allowed`() throws {
        let folder = try SourceFolder(Self.good)
        try folder.write("h.gene_info.gz", Array(storedGzip(Array(Samples.geneInfo.utf8)).dropLast(9)))
        #expect(throws: TerminologyError.self) {
            try DictionaryFolder(path: folder.path).compiled(cache: folder.cache, suspicions: .warn)
        }
    }
}
