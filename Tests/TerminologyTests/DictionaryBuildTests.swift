import Corpus
import Foundation
import Terminology
import Testing

struct `A dictionary from named sources` {
    private func build(
        _ sources: [String], to output: String
    ) throws(TerminologyError) -> (CompiledDictionary, previous: CompiledDictionary?, warnings: [String]) {
        var warnings: [String] = []
        let (dictionary, previous) = try DictionaryFolder(sources: sources).build(output: output) {
            warnings.append($0.description)
        }
        return (dictionary, previous, warnings)
    }

    @Test func `files and folders are read, and the file is a dictionary in the place of a folder`() throws {
        let folder = try SourceFolder([
            "a/m.gene_info": Samples.geneInfo, "words/english.txt": Samples.english,
        ])
        let output = folder.cache + "/out/d.bin"
        let (built, previous, warnings) = try build(
            [folder.path + "/a/m.gene_info", folder.path + "/words"], to: output)
        #expect(previous == nil && warnings.isEmpty)
        #expect(built.sources.map(\.name) == ["m.gene_info", "english.txt"])
        var builds = 0
        let opened = try DictionaryFolder(path: output).compiled(cache: folder.cache + "/other") {
            builds += 1
        }
        #expect(opened.digest == built.digest && builds == 0)
        #expect(opened.meanings(of: "CD221").count == 2)
        #expect(!FileManager.default.fileExists(atPath: folder.cache + "/other"))
    }

    @Test func `the same bytes make the same file, whatever the dates of the files`() throws {
        let files = [
            "m.gene_info": Samples.geneInfo,
            "gene_history":
                "#tax_id\tGeneID\tDiscontinued_GeneID\tDiscontinued_Symbol\tDiscontinue_Date\n"
                + "10090\t16001\t99\tOld\t20210203\n10090\t16001\t98\tOlder\t20210203\n",
            "d.xml":
                "<DescriptorRecordSet><DescriptorRecord><DescriptorUI>D1</DescriptorUI><DescriptorName><String>x y</String>"
                + "</DescriptorName><TreeNumberList><TreeNumber>C1</TreeNumber></TreeNumberList></DescriptorRecord>"
                + "</DescriptorRecordSet>",
            "o.obo": "format-version: 1.2\n\n[Term]\nid: CL:1\nalt_id: CL:2\nalt_id: CL:3\nname: x cell\n",
        ]
        let bytes = try (0..<2).map { number in
            let folder = try SourceFolder(files)
            for name in files.keys {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSince1970: Double(number) * 1e8)],
                    ofItemAtPath: folder.path + "/" + name)
            }
            let sources = DictionaryFolder(path: folder.path)
            #expect(
                sources.modificationDates()["m.gene_info"] == (number == 0 ? "1970-01-01" : "1973-03-03"))
            _ = try sources.build(output: folder.cache + "/d.bin")
            _ = try sources.compiled(cache: folder.cache + "/cache")
            let cached = try FileManager.default.contentsOfDirectory(atPath: folder.cache + "/cache")
            let built = try Data(contentsOf: URL(filePath: folder.cache + "/d.bin"))
            #expect(
                try Data(contentsOf: URL(filePath: folder.cache + "/cache/" + #require(cached.first)))
                    == built)
            return built
        }
        #expect(bytes[0] == bytes[1])
    }

    @Test func `faults are errors, and the file that was there stays`() throws {
        let folder = try SourceFolder([
            "m.gene_info": Samples.geneInfo, "x/m.gene_info": Samples.geneInfo, "notes.txt": "nothing\n",
            "bad.gene_info": "#tax_id\tGeneID\tSymbol\tSynonyms\tdescription\nx\t1\tA\t-\tx\n",
        ])
        let output = folder.cache + "/d.bin"
        _ = try build([folder.path + "/m.gene_info"], to: output)
        let before = try Data(contentsOf: URL(filePath: output))
        func message(_ sources: [String]) -> String {
            do throws(TerminologyError) {
                _ = try build(sources.map { folder.path + "/" + $0 }, to: output)
                return ""
            } catch {
                return error.description.replacing(folder.path + "/", with: "")
            }
        }
        #expect(message(["notes.txt"]).hasPrefix("notes.txt: in no layout of a dictionary source"))
        #expect(message(["missing"]).hasPrefix("missing: cannot be read: "))
        #expect(
            message(["m.gene_info", "x/m.gene_info"]).hasPrefix(
                "two sources are called m.gene_info: m.gene_info and x/m.gene_info; rename one"))
        #expect(message(["bad.gene_info"]) == "bad.gene_info:2: tax_id or GeneID is no number")
        #expect(try Data(contentsOf: URL(filePath: output)) == before)
        #expect(throws: TerminologyError.self) {
            _ = try build([folder.path + "/m.gene_info"], to: folder.path + "/notes.txt/d.bin")
        }
    }

    @Test func `a source that shrank to less than half is told`() throws {
        func genes(_ count: Int) -> String {
            "#tax_id\tGeneID\tSymbol\tSynonyms\tdescription\n"
                + (1...count).map { "10090\t\($0)\tGene\($0)\t-\tgene \($0)\n" }.joined()
        }
        let folder = try SourceFolder(["m.gene_info": genes(1000), "english.txt": Samples.english])
        let output = folder.cache + "/d.bin"
        #expect(try build([folder.path], to: output).warnings == [])
        try folder.write("m.gene_info", Array(genes(600).utf8))
        let smaller = try build([folder.path], to: output)
        #expect(smaller.warnings == [] && smaller.previous?.conceptCount == 1000)
        try folder.write("m.gene_info", Array(genes(100).utf8))
        #expect(
            try build([folder.path], to: output).warnings == [
                "m.gene_info: 200 names were read, where the build before had 1200: compare the files"
            ])
        // Under another name the layout is compared.
        try folder.write("m.gene_info", Array(genes(1000).utf8))
        _ = try build([folder.path], to: output)
        try folder.write("other.gene_info", Array(genes(10).utf8))
        try FileManager.default.removeItem(atPath: folder.path + "/m.gene_info")
        #expect(
            try build([folder.path], to: output).warnings == [
                "other.gene_info: 20 names were read in the layout gene_info, where the build before had 2000"
            ])
    }
}

struct `Differences of dictionaries` {
    private static let header = "kind\tid\tname\ttaxon\tgrade\n"

    private func dictionary(_ rows: [String]) throws -> CompiledDictionary {
        try SourceFolder(["a.names.tsv": Self.header + rows.map { $0 + "\n" }.joined()]).dictionary()
    }

    @Test func `what came, went and changed is counted and listed`() throws {
        let old = try dictionary([
            "Gene\tx:1\tAaa\t9606\tofficial", "Gene\tx:1\tA-1\t9606\tsynonym",
            "Gene\tx:1\tA-2\t9606\tsynonym",
            "Gene\tx:2\tBbb\t9606\tofficial", "Disease\tx:3\till\t0\tofficial", "Disease\tx:3\till\t0\tweak",
        ])
        let new = try dictionary([
            "Chemical\tx:0\tsalt\t0\tofficial", "Gene\tx:1\tAaa\t9606\tofficial",
            "Gene\tx:1\tA-1\t9606\tweak",
            "Gene\tx:1\tA-3\t9606\tsynonym", "Disease\tx:3\till\t0\tofficial",
        ])
        let diff = DictionaryDiff(from: old, to: new, listing: 5)
        #expect(diff.entities[.gene] == DictionaryDiff.Counts(removed: 1, changed: 1))
        #expect(diff.entities[.chemical] == DictionaryDiff.Counts(added: 1))
        // The same name twice in one entity counts once, with its best grade.
        #expect(diff.entities[.disease] == nil)
        let names = DictionaryDiff.total(diff.namesByKind)
        #expect(names == DictionaryDiff.Counts(added: 2, removed: 2, changed: 1))
        #expect(diff.namesBySource.keys.sorted() == ["a.names.tsv"])
        #expect(diff.added.map(\.id.curie) == ["x:0"] && diff.removed.map(\.id.curie) == ["x:2"])
        let change = try #require(diff.changed.first)
        #expect(change.added.map(\.name) == ["A-3"] && change.removed.map(\.name) == ["A-2"])
        #expect(change.regraded.map(\.name) == ["A-1"] && change.regraded[0].grade == .weak)
        #expect(DictionaryDiff(from: old, to: new).added.isEmpty)
    }

    @Test func `a dictionary does not differ from itself, and the way back mirrors the way there`() throws {
        for seed in 0..<20 as Range<UInt64> {
            var dice = Dice(seed: seed)
            func rows() -> [String] {
                (0..<30).map { _ in
                    "Gene\tx:\(dice.below(12))\tn\(dice.below(9))a\t\(9606 + dice.below(2))\t"
                        + dice.pick(["official", "synonym", "weak"])
                }
            }
            let (one, other) = (try dictionary(rows()), try dictionary(rows()))
            let same = DictionaryDiff(from: one, to: one, listing: 9)
            #expect(same.entities.isEmpty && same.namesByKind.isEmpty && same.namesBySource.isEmpty)
            let there = DictionaryDiff.total(DictionaryDiff(from: one, to: other).namesByKind)
            let back = DictionaryDiff.total(DictionaryDiff(from: other, to: one).namesByKind)
            #expect(
                there.added == back.removed && there.removed == back.added && there.changed == back.changed,
                "seed \(seed)")
        }
    }
}
