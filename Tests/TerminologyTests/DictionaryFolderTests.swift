import AhoCorasick
import Corpus
import Foundation
import Terminology
import Testing

struct `Dictionary folder` {
    private func build(_ folder: SourceFolder) throws -> (CompiledDictionary, wasBuilt: Bool) {
        var builds = 0
        let dictionary = try DictionaryFolder(path: folder.path).compiled(cache: folder.cache) { builds += 1 }
        return (dictionary, builds == 1)
    }

    @Test func `the first use builds, the second takes the file from the cache as it is`() throws {
        let folder = try SourceFolder(["m.gene_info": Samples.geneInfo])
        let (first, wasBuilt) = try build(folder)
        #expect(wasBuilt)
        let files = try folder.cached()
        try #require(files.count == 1)
        let before = try FileManager.default.attributesOfItem(atPath: files[0].path())
        let (second, wasBuiltAgain) = try build(folder)
        #expect(!wasBuiltAgain)
        let after = try FileManager.default.attributesOfItem(atPath: files[0].path())
        #expect(try folder.cached() == files)
        #expect(before[.systemFileNumber] as? UInt64 == after[.systemFileNumber] as? UInt64)
        #expect(before[.modificationDate] as? Date == after[.modificationDate] as? Date)
        #expect(first.digest == second.digest && first.digest.utf8.count == 64)
        #expect(
            second.meanings(of: "IGF-1R") == first.meanings(of: "IGF-1R")
                && !first.meanings(of: "IGF1R").isEmpty)
    }

    @Test func `a change of a source, a new one and one taken away each make another dictionary`() throws {
        let folder = try SourceFolder(["m.gene_info": Samples.geneInfo])
        let original = try build(folder).0.digest
        try folder.write(
            "m.gene_info", Array(Samples.geneInfo.replacing("CD221|JTK13", with: "CD221|JTK14").utf8))
        let (changed, wasBuilt) = try build(folder)
        #expect(wasBuilt && changed.digest != original)
        #expect(
            changed.meanings(of: "JTK14") == ["ncbigene:3480/synonym"]
                && changed.meanings(of: "JTK13").isEmpty)
        try folder.write("english.txt", Array(Samples.english.utf8))
        let (enlarged, wasBuiltWithWords) = try build(folder)
        #expect(wasBuiltWithWords && enlarged.isEnglishWord("clock"))
        try FileManager.default.removeItem(atPath: folder.path + "/english.txt")
        try folder.write("m.gene_info", Array(Samples.geneInfo.utf8))
        let (again, wasBuiltAgain) = try build(folder)
        #expect(!wasBuiltAgain && again.digest == original)
    }

    @Test func `files that are no sources change nothing`() throws {
        let folder = try SourceFolder(["m.gene_info": Samples.geneInfo])
        let digest = try build(folder).0.digest
        try folder.write("NOTICE.md", [0x41])
        try folder.write(".hidden/x.gene_info", [0x41])
        try folder.write("table.tsv", Array("a\tb\n1\t2\n".utf8))
        #expect(try build(folder).0.digest == digest)
    }

    @Test func `two builds are the same to the byte`() throws {
        let files = [
            "m.gene_info": Samples.geneInfo, "english.txt": Samples.english, "blocklist.gene.txt": "CSR\n",
            "lines.names.tsv": "kind\tid\tname\ttaxon\tgrade\nCellLine\tc:1\tPC12\t10116\tofficial\n",
            "orthologs.tsv": "human_entrez\ttaxon_id\tentrez\n3480\t10090\t16001\n",
        ]
        let bytes = try (0..<2).map { _ in
            let folder = try SourceFolder(files)
            _ = try build(folder)
            return try Data(contentsOf: try #require(try folder.cached().first))
        }
        #expect(bytes[0] == bytes[1])
    }

    @Test func `the dictionary tells what it was built from`() throws {
        let folder = try SourceFolder(["genes/m.gene_info": Samples.geneInfo, "english.txt": Samples.english])
        let sources = try build(folder).0.sources
        #expect(sources.map(\.name) == ["genes/m.gene_info", "english.txt"])
        #expect(sources.map(\.layout) == ["gene_info", "English words"])
        #expect(sources[0].bytes == Samples.geneInfo.utf8.count && sources[0].sha256.utf8.count == 64)
        #expect(sources[0].concepts == 2 && sources[0].names == 10)
    }

    @Test func `gzip is told by content`() throws {
        let plain = try SourceFolder(["m.gene_info": Samples.geneInfo])
        let packed = try SourceFolder()
        try packed.write("m.gene_info", storedGzip(Array(Samples.geneInfo.utf8)))
        #expect(try build(packed).0.names(of: "ncbigene:3480") == build(plain).0.names(of: "ncbigene:3480"))
    }

    // MARK: - Faults

    @Test func `a folder that is not there is an error with its path`() throws {
        let missing = try SourceFolder().path + "/missing"
        #expect(throws: TerminologyError.unreadable(path: missing, reason: "there is no such folder")) {
            try DictionaryFolder(path: missing).compiled(cache: missing + "/cache")
        }
    }

    @Test func `a file in the folder's place is an error with its path`() throws {
        let folder = try SourceFolder(["m.gene_info": Samples.geneInfo])
        let file = folder.path + "/m.gene_info"
        #expect(throws: TerminologyError.unreadable(path: file, reason: "there is no such folder")) {
            try DictionaryFolder(path: file).compiled(cache: folder.cache)
        }
    }

    @Test(arguments: [[:], ["README.md": "x"], ["english.txt": "the\n"], ["a.tsv": "x\ty\n"]])
    func `a folder without sources is an error`(files: [String: String]) throws {
        let folder = try SourceFolder(files)
        #expect(throws: TerminologyError.noSources(folder: folder.path)) { try folder.dictionary() }
    }

    @Test func `a source that cannot be read is an error with its path`() throws {
        let folder = try SourceFolder(["m.gene_info": Samples.geneInfo])
        let link = folder.path + "/x.gene_info"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/nowhere/at/all")
        let error = try #require(throws: TerminologyError.self) { try folder.dictionary() }
        #expect(error.description.hasPrefix(link + ": cannot be read: "), "\(error)")
    }

    @Test(arguments: [1, 8, 9, 30, 200])
    func `a truncated or damaged gzip is an error with its path`(cut: Int) throws {
        let folder = try SourceFolder(["a.gene_info": Samples.geneInfo])
        let whole = storedGzip(Array(Samples.geneInfo.utf8))
        try folder.write("m.gene_info.gz", Array(whole.dropLast(cut)))
        let error = try #require(throws: TerminologyError.self) { try folder.dictionary() }
        #expect(error.description.hasPrefix(folder.path + "/m.gene_info.gz: cannot be read: "), "\(error)")
        var flipped = whole
        flipped[40 + cut % 50] ^= 0x20
        try folder.write("m.gene_info.gz", flipped)
        #expect(throws: TerminologyError.self) { try folder.dictionary() }
    }

    @Test func `a cache that cannot be written is an error with its path`() throws {
        let folder = try SourceFolder(["m.gene_info": Samples.geneInfo])
        let cache = folder.path + "/m.gene_info"
        let error = try #require(throws: TerminologyError.self) {
            try DictionaryFolder(path: folder.path).compiled(cache: cache)
        }
        guard case .unwritable(let path, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(path.hasPrefix(cache + "/"))
    }

    // MARK: - Damaged files in the cache

    @Test(arguments: 0..<60)
    func `a damaged file in the cache is built again, whatever byte it is`(number: Int) throws {
        let seed = UInt64(number) &+ 65_537
        var dice = Dice(seed: seed)
        let folder = try SourceFolder(["m.gene_info": Samples.geneInfo])
        _ = try build(folder)
        let file = try #require(try folder.cached().first)
        let whole = try Data(contentsOf: file)
        var damaged = whole
        switch number % 3 {
        case 0: damaged[dice.below(damaged.count)] ^= 1 << UInt8(dice.below(8))
        case 1: damaged = damaged.prefix(dice.below(damaged.count))
        default: for _ in 0..<20 { damaged[dice.below(damaged.count)] &+= UInt8(1 + dice.below(255)) }
        }
        if damaged == whole { damaged.append(0) }
        try damaged.write(to: file)
        let (dictionary, wasBuilt) = try build(folder)
        #expect(wasBuilt, "seed \(seed)")
        #expect(dictionary.meanings(of: "IGF-1R").contains("ncbigene:3480/official"), "seed \(seed)")
        #expect(try Data(contentsOf: file) == whole, "seed \(seed)")
    }

    @Test func `a wrong byte is refused in whichever block of a large file it is`() throws {
        // Long names, which are too long to be looked for, make it large.
        let description = String(repeating: "and so on ", count: 45)
        var genes = "#tax_id\tGeneID\tSymbol\tLocusTag\tSynonyms\tdbXrefs\tdescription\tOther_designations\n"
        for number in 1...20_000 {
            genes += "9606\t\(number)\tGen\(number)x\t-\t-\t-\t\(number) \(description)\t-\n"
        }
        let folder = try SourceFolder(["m.gene_info": genes])
        let digest = try build(folder).0.digest
        let file = try #require(try folder.cached().first)
        let compiled = DictionaryFolder(path: file.path(percentEncoded: false))
        func reason() -> String {
            do throws(TerminologyError) {
                let dictionary = try compiled.compiled(cache: folder.cache)
                return dictionary.digest == digest ? "" : "another dictionary"
            } catch {
                return error.description
            }
        }
        #expect(reason().isEmpty)
        let count = try #require(
            try FileManager.default.attributesOfItem(atPath: compiled.path)[.size] as? Int)
        let (block, stretch) = (256 << 10, 2 << 20)
        // Several threads read it, into huge pages, and neither a block nor a thread's stretch ends where it does.
        try #require(count > 4 * stretch && (count - 8) % stretch > block && (count - 8) % block > 0)
        let handle = try FileHandle(forUpdating: file)
        func flip(_ offset: Int) throws {
            try handle.seek(toOffset: UInt64(offset))
            let byte = try #require(try handle.read(upToCount: 1)?.first)
            try handle.seek(toOffset: UInt64(offset))
            try handle.write(contentsOf: [byte ^ 0x10])
        }
        let places = [
            24, block - 1, block, 2 * block - 1, 3 * block + 4097, stretch - 1, stretch, stretch + block + 5,
            count / stretch * stretch, (count - 8) / block * block, count - 9, count - 8, count - 1,
        ]
        for place in places {
            try flip(place)
            #expect(reason().contains("its checksum is wrong"), "byte \(place)")
            try flip(place)
        }
        #expect(reason().isEmpty)
        try handle.truncate(atOffset: UInt64(count - block))
        #expect(reason().contains("its checksum is wrong"))
    }

    @Test func `a compiled dictionary is refused with a reason`() throws {
        let folder = try SourceFolder(["m.gene_info": Samples.geneInfo])
        _ = try build(folder)
        let whole = [UInt8](try Data(contentsOf: try #require(try folder.cached().first)))
        func reason(_ bytes: [UInt8]) -> String {
            do throws(TerminologyError) {
                _ = try CompiledDictionary(region: MemoryRegion(bytes), path: "d.bin")
                return ""
            } catch {
                return error.description
            }
        }
        #expect(reason(whole).isEmpty)
        #expect(reason([]).contains("it does not begin as one"))
        #expect(reason([UInt8](repeating: 0, count: 4096)).contains("it does not begin as one"))
        var other = whole
        other[8] = 99
        #expect(reason(other).contains("its layout is version 99"))
        #expect(reason(whole + [0]).contains("checksum"))
        #expect(reason(Array(whole.dropLast())).contains("checksum"))
        #expect(reason(Array(whole.prefix(24))).contains("checksum"))
        for index in stride(from: 16, to: whole.count, by: 7) {
            var flipped = whole
            flipped[index] ^= 4
            #expect(reason(flipped).contains("checksum"), "byte \(index)")
        }
        #expect(reason(other).hasPrefix("d.bin: ") && reason(other).contains("delete it"))
    }
}
