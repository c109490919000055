import Corpus
import Foundation
import Intake

/// The sources of a dictionary: a folder with files in the layouts that upstream publishes, told apart by their first
/// line. Gzip is seen by content. Files in no known layout (notices, tables of sources) are passed over.
public struct DictionaryFolder: Sendable {
    /// The folder.
    public let path: String

    /// Names a folder; nothing is read yet.
    public init(path: String) {
        self.path = path
    }

    /// The layouts, in the order in which they must be read.
    private enum Layout: String, CaseIterable {
        case geneInfo = "gene_info"
        case meshASCII = "MeSH ASCII"
        case entryTerms = "MeSH entry terms"
        case obo = "OBO"
        case taxonomy = "names.dmp"
        case lineage = "nodes.dmp"
        case orthologs = "orthologs"
        case nameTable = "table of names"
        case englishWords = "English words"
        case blockList = "block list"
        case weights = "weights"
        case roles = "roles"
    }

    private struct SourceFile {
        var name: String
        var layout: Layout
        var bytes: [UInt8]
        var digest: FileDigest
    }

    /// The compiled dictionary of the folder: taken from the cache when one of just these sources is there, else built
    /// and put there.
    ///
    /// - Parameters:
    ///   - cache: the folder of compiled dictionaries, which is made where it is missing.
    ///   - onBuild: called once before a dictionary is built, since that takes seconds.
    /// - Throws: `TerminologyError`.
    public func compiled(
        cache: String, onBuild: () -> Void = {}
    ) throws(TerminologyError) -> CompiledDictionary {
        let files = try readFiles()
        let digest = Self.digest(of: files)
        let target = cache + "/dictionary-" + String(digest.prefix(32)) + ".bin"
        if FileManager.default.fileExists(atPath: target) {
            // A damaged or outdated file in the cache is no reason to stop: it is built again.
            if let region = try? MappedFile.region(path: target),
                let dictionary = try? CompiledDictionary(region: region, path: target),
                dictionary.digest == digest
            {
                return dictionary
            }
        }
        onBuild()
        let draft = try draft(from: files)
        let bytes = DictionaryCompiler.compile(draft, digest: digest)
        do {
            try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
            try Data(bytes).write(to: URL(fileURLWithPath: target), options: .atomic)
        } catch {
            throw .unwritable(path: target, reason: error.localizedDescription)
        }
        return try CompiledDictionary(region: MappedFile.region(path: target), path: target)
    }

    /// The sources without what was learned from annotated texts, for training.
    ///
    /// - Throws: `TerminologyError`.
    public func base() throws(TerminologyError) -> DictionaryBase {
        let files = try readFiles().filter {
            $0.name != LearnedFiles.names && $0.name != LearnedFiles.weights
        }
        return DictionaryBase(draft: try draft(from: files))
    }

    // MARK: - Reading

    private func readFiles() throws(TerminologyError) -> [SourceFile] {
        guard Self.isFolder(path) else { throw .unreadable(path: path, reason: "there is no such folder") }
        let names = (FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? [])
            .filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var files: [SourceFile] = []
        for name in names {
            let file = path + "/" + name
            guard Self.mayBeSource(name), !Self.isFolder(file) else { continue }
            let bytes: [UInt8]
            let digest: FileDigest
            do {
                (bytes, digest) = try Self.read(file)
            } catch {
                throw .unreadable(path: file, reason: "\(error)")
            }
            if let layout = Self.layout(of: bytes, name: name) {
                files.append(SourceFile(name: name, layout: layout, bytes: bytes, digest: digest))
            }
        }
        guard files.contains(where: { ![.englishWords, .blockList, .weights, .roles].contains($0.layout) })
        else {
            throw .noSources(folder: path)
        }
        // MeSH descriptors must precede the supplementary records that are mapped to them: `c` before `d` by name.
        let order = Layout.allCases
        func rank(_ file: SourceFile) -> (Int, Int, String) {
            let isSupplementary = file.layout == .meshASCII && Self.isSupplementary(file.bytes)
            return (order.firstIndex(of: file.layout) ?? 0, isSupplementary ? 1 : 0, file.name)
        }
        return files.sorted { rank($0) < rank($1) }
    }

    private static func isFolder(_ path: String) -> Bool {
        let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        if type == .typeSymbolicLink {
            guard let target = try? FileManager.default.contentsOfDirectory(atPath: path) else {
                return false
            }
            return !target.isEmpty
        }
        return type == .typeDirectory
    }

    private static func mayBeSource(_ name: String) -> Bool {
        let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
        return [".gene_info", ".bin", ".obo", ".dmp", ".tsv", ".txt"].contains { plain.hasSuffix($0) }
    }

    private static func read(_ path: String) throws -> ([UInt8], FileDigest) {
        let reader = try InflatingReader(path: path)
        let bytes = try reader.readAll()
        return (bytes, try reader.finish())
    }

    private static func layout(of bytes: [UInt8], name: String) -> Layout? {
        let fileName = name.split(separator: "/").last.map(String.init) ?? name
        if WordListImporter.blockedKind(fileName: fileName) != nil { return .blockList }
        if fileName.hasPrefix("english") { return .englishWords }
        if NameTableImporter.recognizes(fileName: fileName) { return .nameTable }
        if WeightsImporter.recognizes(fileName: fileName) { return .weights }
        if RoleCueImporter.recognizes(fileName: fileName) { return .roles }
        var lines = Lines(bytes)
        guard let first = lines.next() else { return nil }
        if GeneInfoImporter.recognizes(first) { return .geneInfo }
        if MeshImporter.recognizes(first) { return .meshASCII }
        if EntryTermImporter.recognizes(first) { return .entryTerms }
        if OBOImporter.recognizes(first) { return .obo }
        if fileName.hasPrefix("names"), TaxonomyImporter.recognizes(first) { return .taxonomy }
        if LineageImporter.recognizes(fileName: fileName, first) { return .lineage }
        if OrthologImporter.recognizes(first) { return .orthologs }
        return nil
    }

    private static func isSupplementary(_ bytes: [UInt8]) -> Bool {
        Lines(bytes).prefix(3).contains { $0.text == "RECTYPE = C" }
    }

    /// The digest of what a dictionary is made of: the layout of the compiled file, names and digests of the sources.
    private static func digest(of files: [SourceFile]) -> String {
        let facts = files.flatMap { [$0.name, $0.digest.sha256] }
        return sha256Hex(of: ["layout \(CompiledDictionary.layoutVersion)"] + facts)
    }

    private func draft(from files: [SourceFile]) throws(TerminologyError) -> DictionaryDraft {
        var draft = DictionaryDraft()
        for file in files {
            draft.sources.append(
                DictionaryDraft.Source(
                    name: file.name, layout: file.layout.rawValue, sha256: file.digest.sha256,
                    bytes: file.digest.byteCount))
            let path = path + "/" + file.name
            switch file.layout {
            case .geneInfo: try GeneInfoImporter.read(file.bytes, path: path, into: &draft)
            case .meshASCII: try MeshImporter.read(file.bytes, path: path, into: &draft)
            case .entryTerms: try EntryTermImporter.read(file.bytes, path: path, into: &draft)
            case .obo: try OBOImporter.read(file.bytes, path: path, into: &draft)
            case .taxonomy: try TaxonomyImporter.read(file.bytes, path: path, into: &draft)
            case .lineage: try LineageImporter.read(file.bytes, path: path, into: &draft)
            case .orthologs: try OrthologImporter.read(file.bytes, path: path, into: &draft)
            case .nameTable: try NameTableImporter.read(file.bytes, path: path, into: &draft)
            case .weights: try WeightsImporter.read(file.bytes, path: path, into: &draft)
            case .roles: try RoleCueImporter.read(file.bytes, path: path, into: &draft)
            case .englishWords: draft.words += WordListImporter.read(file.bytes)
            case .blockList:
                let fileName = file.name.split(separator: "/").last.map(String.init) ?? file.name
                if let kind = WordListImporter.blockedKind(fileName: fileName) {
                    draft.blocked[kind, default: []] += WordListImporter.read(file.bytes)
                }
            }
        }
        return draft
    }
}
