import Corpus
import Foundation
import Terminology
import Testing

/// Files as upstream publishes them, which may not be shipped: the folder `../shared` beside the checkout, or the one that
/// `BIOSCRIBE_SHARED` names.
private enum Shared {
    static let dictionaries: String? = {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder =
            ProcessInfo.processInfo.environment["BIOSCRIBE_SHARED"]
            ?? package.deletingLastPathComponent().appending(path: "shared").path()
        let path = folder + "/dictionaries"
        return FileManager.default.fileExists(atPath: path + "/upstream") ? path : nil
    }()

    static func files(_ folder: String) -> [String] {
        guard let dictionaries else { return [] }
        let path = dictionaries + "/" + folder
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted().map {
            path + "/" + $0
        }
    }

    /// Builds a dictionary of files beside nothing else.
    static func build(
        _ sources: [String], _ suspicions: SuspicionPolicy = .refuse
    ) throws -> (CompiledDictionary, warnings: [String]) {
        let folder = try SourceFolder()
        var warnings: [String] = []
        let (dictionary, _) = try DictionaryFolder(sources: sources).build(
            output: folder.cache + "/d.bin", suspicions: suspicions, onWarning: { warnings.append("\($0)") })
        return (dictionary, warnings)
    }
}

@Suite(.enabled(if: Shared.dictionaries != nil, "the shared dictionaries are not here"), .serialized)
struct `Files of upstream` {
    @Test func `damaged snapshots of gene_info are refused, and all others pass`() throws {
        let damaged = Shared.files("damaged")
        #expect(damaged.count == 2)
        for file in damaged {
            let error = try #require(throws: TerminologyError.self, "\(file)") { try Shared.build([file]) }
            guard case .suspicious(let path, let line, let reason, _) = error else {
                Issue.record("\(error)")
                continue
            }
            #expect(path == file && line != nil && reason.contains("cut short"), "\(error)")
        }
        let (taken, warnings) = try Shared.build([damaged[0]], .warn)
        #expect(taken.conceptCount > 20_000 && warnings.count == 1)
        for file in Shared.files("upstream/gene_info") + Shared.files("default/genes")
            + Shared.files("default/genes-optional")
        {
            let (dictionary, warnings) = try Shared.build([file])
            #expect(dictionary.conceptCount > 4_000 && warnings.isEmpty, "\(file) \(warnings)")
        }
    }

    @Test func `NLM's XML is read as its ASCII is, with all concepts`() throws {
        let fixtures = Shared.files("upstream/fixtures")
        let sample = try #require(fixtures.first { $0.hasSuffix("mesh_desc_sample.xml") })
        let supplementary = try #require(fixtures.first { $0.hasSuffix("mesh_supp_sample.xml") })
        let ascii = try #require(Shared.files("upstream/mesh").first { $0.contains("/d2024") })
        let (xml, _) = try Shared.build([sample])
        let (text, _) = try Shared.build([ascii])
        #expect(xml.names(of: "mesh:D000001").contains("Calcimycin/official"))
        #expect(xml.names(of: "mesh:D000001").contains("A-23187/related"))
        for concept in 0..<xml.conceptCount {
            let id = xml.identifier(ofConcept: concept)
            let other = try #require(text.concept(of: id))
            #expect(xml.kind(ofConcept: concept) == text.kind(ofConcept: other), "\(id)")
            #expect(xml.name(ofConcept: concept) == text.name(ofConcept: other), "\(id)")
        }
        let (both, _) = try Shared.build([ascii, supplementary])
        #expect(both.names(of: "mesh:C117343").contains("Cholestin/related"))
        #expect(both.sources.last?.release == "2007-02-15")
        for set in fixtures where set.contains("_pa_") || set.contains("_qual_") {
            #expect(throws: TerminologyError.unknownLayout(path: set)) { try Shared.build([set]) }
        }
    }

    @Test func `ontologies, chemicals and HGNC are read`() throws {
        let obo = Shared.files("upstream/obo")
        for file in obo where !file.contains("HumanDO") {
            let (dictionary, warnings) = try Shared.build([file])
            #expect(dictionary.conceptCount > 1_000 && warnings.isEmpty, "\(file) \(warnings)")
        }
        let bto = try #require(obo.first { $0.contains("bto") })
        let (tissues, _) = try Shared.build([bto])
        #expect(tissues.sources[0].release == "2021-10-26")
        #expect(tissues.names(of: "bto:0000007").contains("HEK-293 cell/official"))
        let chebi = try #require(Shared.files("upstream/chem").first { $0.contains("chebi") })
        let (chemicals, _) = try Shared.build([chebi])
        #expect(chemicals.names(of: "chebi:7") == ["(+)-car-3-ene/official"])
        let genes = try #require(Shared.files("upstream/gene_info").first { $0.contains("Homo_sapiens") })
        let (human, _) = try Shared.build([genes] + Shared.files("upstream/hgnc"))
        #expect(human.replacement(of: "hgnc:5") == "ncbigene:1 by Homo_sapiens.gene_info.gz")
        #expect(human.sources.last.map { $0.layout == "HGNC" && $0.names > 100_000 } == true)
        #expect(human.sources[0].release.hasPrefix("20"))
    }
}
