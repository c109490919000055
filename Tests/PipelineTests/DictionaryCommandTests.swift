import Corpus
import Foundation
import Pipeline
import Store
import Testing
import TextMining

/// `dictionary build`, `info`, `lookup` and `diff` through the real program, over sources that a user might have fetched;
/// all made up.
struct DictionaryCommandTests {
    private static let genes = """
        #tax_id\tGeneID\tSymbol\tSynonyms\tdbXrefs\tdescription\tModification_date
        10090\t16001\tIgf1r\tIGF-1R|CD221\tMGI:MGI:96433\tinsulin-like growth factor I receptor\t20240131
        9606\t3480\tIGF1R\tCD221|CSR\t-\tinsulin like growth factor 1 receptor\t20230101

        """
    private static let history =
        "#tax_id\tGeneID\tDiscontinued_GeneID\tDiscontinued_Symbol\tDiscontinue_Date\n10090\t16001\t777\tOld\t20200101\n"

    private func folder(_ files: [String: String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: folder(name))) }
        return folder
    }

    private func object(_ text: some StringProtocol) throws -> [String: any Sendable] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: any Sendable], "\(text)")
    }

    @Test func `a dictionary is built from files, and a second build tells what changed`() throws {
        let folder = try folder([
            "m.gene_info": Self.genes, "gene_history": Self.history, "english.txt": "the\n",
            "blocklist.gene.txt": "CSR\n",
        ])
        let output = folder("d.bin")
        let sources = ["m.gene_info", "gene_history", "english.txt", "blocklist.gene.txt"].map { folder($0) }
        let first = try bioscribe(["dictionary", "build"] + sources + ["--output", output])
        #expect(first.code == 0 && first.error == "", "\(first.error)")
        #expect(
            first.output.contains(
                "  m.gene_info  gene_info, 2 entities, 8 names, 1 other identifiers, as of 2024-01-31, SHA-256 "
            ))
        #expect(first.output.contains("  english.txt  English words, 0 entities, 0 names, file of 20"))
        #expect(!first.output.contains("against the build before"))
        let info = try bioscribe(["dictionary", "info", "--dictionaries", output])
        #expect(info.output.contains("as of 2024-01-31") && !info.output.contains("file of"))

        try Data(Self.genes.replacing("|CD221\tMGI", with: "|JTK13\tMGI").utf8).write(
            to: URL(filePath: folder("m.gene_info")))
        let second = try bioscribe(["dictionary", "build"] + sources + ["--output", output])
        #expect(second.output.contains("against the build before\nentities: 0 added, 0 removed, 1 changed\n"))
        #expect(second.output.contains("names: 1 added, 1 removed, 0 changed"))
        let json = try object(
            bioscribe(["dictionary", "build"] + sources + ["--output", output, "--json"]).output)
        let changes = try #require(json["changes"] as? [String: any Sendable])
        let entities = try #require(changes["entities"] as? [String: any Sendable])
        #expect((entities["all"] as? [String: Int])?["changed"] == 0)
        let listed = try #require(json["sources"] as? [[String: any Sendable]])
        #expect(
            listed[0]["release"] as? String == "2024-01-31" && (listed[0]["modified"] as? String)?.count == 10
        )
        #expect(listed[0]["sha256"] as? String != nil && listed[1]["layout"] as? String == "gene_history")
    }

    @Test func `a lookup tells all readings, and follows other identifiers`() throws {
        let folder = try folder([
            "m.gene_info": Self.genes, "gene_history": Self.history, "blocklist.gene.txt": "CSR\n",
        ])
        let output = folder("d.bin")
        _ = try bioscribe(["dictionary", "build", folder("."), "--output", output])
        func lookup(_ name: String, _ more: [String] = []) throws -> Execution {
            try bioscribe(["dictionary", "lookup", name, "--dictionaries", output] + more)
        }
        let both = try lookup("CD221")
        #expect(both.output.contains("ncbigene:16001  Gene  Igf1r") && both.output.contains("ncbigene:3480"))
        #expect(both.output.contains("    also mgi:96433, ncbigene:777\n"))
        #expect(try lookup("CSR").output.contains("; blocked in this spelling by a list in words/"))
        let old = try lookup("ncbigene:777")
        #expect(
            old.output.hasPrefix(
                "ncbigene:777 is another identifier, by gene_history, of\nncbigene:16001  Gene  Igf1r - insulin"
            ))
        let json = try object(lookup("ncbigene:777", ["--json"]).output)
        #expect(
            json["entity"] as? String == "ncbigene:16001" && json["replaces"] as? String == "ncbigene:777")
        #expect(try object(lookup("ncbigene:16001", ["--json"]).output)["replaces"] == nil)
        let reading = try object(lookup("CSR", ["--json"]).output)
        #expect(reading["blocked"] as? Bool == true && reading["grade"] as? String == "synonym")
    }

    @Test func `a suspicious source is refused, and taken with leave`() throws {
        let folder = try folder([
            "m.gene_info": Self.genes, "h.gene_info": "<!DOCTYPE html>\n<html>404</html>\n",
        ])
        let output = folder("d.bin")
        let refused = try bioscribe(["dictionary", "build", folder("."), "--output", output])
        #expect(refused.code == 1 && refused.output == "")
        #expect(refused.error.contains("h.gene_info: a web page stands in its place: fetch the file again"))
        #expect(refused.error.contains("--allow-suspicious"))
        #expect(!FileManager.default.fileExists(atPath: output))
        let taken = try bioscribe(
            ["dictionary", "build", folder("."), "--output", output, "--allow-suspicious"])
        #expect(taken.code == 0 && taken.error.contains("warning: ") && taken.output.contains("m.gene_info"))
    }

    @Test func `two dictionaries are compared, files or folders`() throws {
        let old = try folder(["m.gene_info": Self.genes])
        let new = try folder([
            "m.gene_info": Self.genes.replacing("CD221|CSR", with: "CD221")
                + "10116\t1\tXyz1\t-\t-\ta gene\t20240101\n"
        ])
        let output = old("d.bin")
        _ = try bioscribe(["dictionary", "build", old("m.gene_info"), "--output", output])
        let text = try bioscribe(["dictionary", "diff", output, new("."), "--list", "3"])
        #expect(text.code == 0, "\(text.error)")
        #expect(
            text.output == """
                entities: 1 added, 0 removed, 1 changed
                  Gene  1 added, 0 removed, 1 changed
                names: 2 added, 1 removed, 0 changed
                  Gene  2 added, 1 removed, 0 changed
                names by source
                  m.gene_info  2 added, 1 removed, 0 changed
                + ncbigene:1  Gene  Xyz1 - a gene
                ~ ncbigene:3480  Gene  IGF1R - insulin like growth factor 1 receptor
                    - “CSR”, synonym, in m.gene_info

                """)
        let json = try object(
            bioscribe(["dictionary", "diff", output, new("."), "--list", "1", "--json"]).output)
        #expect((json["added"] as? [[String: any Sendable]])?.first?["entity"] as? String == "ncbigene:1")
        #expect((json["changed"] as? [[String: any Sendable]])?.count == 1)
        let same = try bioscribe(["dictionary", "diff", output, output])
        #expect(same.output.hasPrefix("entities: 0 added, 0 removed, 0 changed\nnames: 0 added"))
        #expect(try bioscribe(["dictionary", "diff", output, new("nothing")]).code == 1)
    }

    @Test func `a pipeline takes a compiled dictionary, and Scimago's table of journals`() throws {
        let folder = try folder([
            "scimagojr 2024.csv": """
            Rank;Title;Type;Issn;SJR;SJR Best Quartile;Total Docs. (2024)
            1;"First Journal";journal;"12345678";9,5;Q1;1
            2;"Second Journal";journal;"23456789";8,5;Q1;1

            """
        ])
        var file = try Sample.pipeline(in: folder)
        file.journals = [folder("scimagojr 2024.csv")]
        let plain = try PreparedPipeline(file, cache: Workshop.cache)
        #expect(plain.journals.entries.map(\.title) == ["First Journal", "Second Journal"])
        // Other tests keep other dictionaries in the same cache.
        let compiled = "dictionary-\(plain.digests.dictionary.prefix(32)).bin"
        file.dictionaries = Workshop.cache + "/" + compiled
        file.thresholds.firstRankJournals = 1
        let limited = try PreparedPipeline(file, cache: folder("no-cache"))
        #expect(limited.journals.entries.map(\.title) == ["First Journal"])
        #expect(limited.digests.dictionary == plain.digests.dictionary)
        // The limit is part of what evidence is extracted with.
        #expect(limited.digests.rules != plain.digests.rules)
        #expect(limited.journals.isFirstRank(Journal(issn: "1234-5678")))
    }
}
