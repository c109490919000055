import AhoCorasick
import Corpus
import Foundation
import Terminology

/// A folder of dictionary sources that a test writes, with a cache beside it; it lives as long as the test.
final class SourceFolder {
    private let folder: URL

    /// Writes the files; all of them are made up for these tests in the layouts that upstream publishes.
    init(_ files: [String: String] = [:]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "terminology-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "sources"), withIntermediateDirectories: true)
        for name in files.keys.sorted() { try write(name, Array((files[name] ?? "").utf8)) }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// The folder of sources.
    var path: String { folder.appending(path: "sources").path(percentEncoded: false) }
    /// The folder of compiled dictionaries.
    var cache: String { folder.appending(path: "cache").path(percentEncoded: false) }

    /// Writes a source.
    func write(_ name: String, _ bytes: [UInt8]) throws {
        let file = folder.appending(path: "sources/" + name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// The dictionary of the sources.
    func dictionary() throws(TerminologyError) -> CompiledDictionary {
        try DictionaryFolder(path: path).compiled(cache: cache)
    }

    /// The compiled files in the cache.
    func cached() throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: URL(filePath: cache), includingPropertiesForKeys: nil)
            .sorted { $0.path() < $1.path() }
    }
}

/// What a build throws, as text; empty where it throws nothing.
func fault(of files: [String: String]) throws -> String {
    let folder = try SourceFolder(files)
    do throws(TerminologyError) {
        _ = try folder.dictionary()
        return ""
    } catch {
        return error.description.replacing(folder.path + "/", with: "")
    }
}

extension CompiledDictionary {
    /// The concept of a CURIE.
    func concept(_ curie: String) -> Int? { EntityID(curie: curie).flatMap { concept(of: $0) } }

    /// The names of a concept with their grades: `Igf1r/official`.
    func names(of curie: String) -> [String] {
        guard let concept = concept(curie) else { return [] }
        return entity(ofConcept: concept).synonyms.map { "\($0.name)/\($0.grade)" }
    }

    /// What a name leads to: `ncbigene:1/official`, with the variation where there is one.
    func meanings(of name: String) -> [String] {
        entries(named: name).map { entry in
            "\(identifier(ofConcept: entry.concept))/\(entry.grade)"
                + (entry.variation.isEmpty ? "" : "/" + entry.variation)
        }
    }
}

/// Sources that several tests begin with.
enum Samples {
    static let geneInfo = """
        #tax_id\tGeneID\tSymbol\tLocusTag\tSynonyms\tdbXrefs\tdescription\tOther_designations
        10090\t16001\tIgf1r\t-\tIGF-1R|CD221\tMGI:MGI:96433|Ensembl:ENSMUSG00000005533\tinsulin-like growth factor I receptor\tIGF-I receptor|receptor, IGF1
        9606\t3480\tIGF1R\t-\tCD221|JTK13\tMIM:147370|HGNC:HGNC:5465\tinsulin like growth factor 1 receptor\t-

        """
    static let english = "the\nwas\nmice\nclock\n"
}
