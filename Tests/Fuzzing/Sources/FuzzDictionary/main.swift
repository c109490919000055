import Foundation
import FuzzSupport
import Terminology

/// Names by which the layouts of sources are known.
private let names = [
    "genes.gene_info", "genes.gene_history", "terms.obo", "names.dmp", "merged.dmp", "lineage.dmp",
    "orthologs.tsv",
    "mesh.bin", "mesh.xml", "own.names.tsv", "own.weights.tsv", "roles.tsv", "blocklist.gene.txt",
    "english.txt",
    "hgnc.tsv", "compounds.tsv", "names.tsv", "CTD_diseases.tsv", "anything.txt", "anything.tsv",
]
private let folder = FileManager.default.temporaryDirectory.appending(
    path: "fuzz-dictionary-\(ProcessInfo.processInfo.processIdentifier)")

// The first byte chooses the file's name, the others are the file: a source is refused with a reason, or what is built from
// it can be used.
unsafe fuzz { start, count in
    let bytes = unsafe input(start, count)
    guard let first = bytes.first else { return 0 }
    let file = folder.appending(path: names[Int(first) % names.count])
    do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(bytes.dropFirst()).write(to: file)
    } catch {
        preconditionFailure("the input cannot be written: \(error)")
    }
    defer { try? FileManager.default.removeItem(at: file) }
    do throws(TerminologyError) {
        let dictionary = try DictionaryFolder(path: folder.path()).base().compiled(names: [])
        for concept in 0..<dictionary.conceptCount { _ = dictionary.entity(ofConcept: concept) }
    } catch {
        precondition(!error.description.isEmpty, "a source is refused without a reason")
    }
    return 0
}
