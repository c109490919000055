import Corpus
import Dispatch
import Foundation
import Intake
import Synchronization

/// The sources of a dictionary: a folder with files in the layouts that upstream publishes, told apart by their first
/// lines. Gzip is seen by content. Files in no known layout (notices, tables of sources) are passed over.
///
/// In the place of a folder may stand a dictionary that was compiled before, or a list of files and folders.
public struct DictionaryFolder: Sendable {
    /// The folder, or the first of the list.
    public let path: String
    /// Files and folders; nil where only one folder was named.
    private let list: [String]?

    /// Names a folder, or a compiled dictionary; nothing is read yet.
    public init(path: String) {
        self.path = path
        list = nil
    }

    /// Names files and folders; nothing is read yet. A file must be in a known layout; files of folders that are not are
    /// passed over.
    public init(sources: [String]) {
        path = sources.first ?? "."
        list = sources
    }

    /// The layouts, in the order in which they must be read.
    enum Layout: String, CaseIterable {
        case geneInfo = "gene_info"
        case geneHistory = "gene_history"
        case hgnc = "HGNC"
        case meshASCII = "MeSH ASCII"
        case meshXML = "MeSH XML"
        case entryTerms = "MeSH entry terms"
        case obo = "OBO"
        case chebiCompounds = "ChEBI compounds"
        case chebiNames = "ChEBI names"
        case ctdDiseases = "CTD diseases"
        case ctdChemicals = "CTD chemicals"
        case taxonomy = "names.dmp"
        case mergedTaxa = "merged.dmp"
        case lineage = "nodes.dmp"
        case orthologs = "orthologs"
        case nameTable = "table of names"
        case englishWords = "English words"
        case blockList = "block list"
        case weights = "weights"
        case roles = "roles"

        /// Whether it brings words alone, no names of entities.
        var isWordList: Bool {
            self == .englishWords || self == .blockList || self == .weights || self == .roles
        }
        /// Whether the first line names the columns; nil where rows are not lines, or are counted by the importer.
        var hasHeader: Bool? {
            switch self {
            case .geneInfo, .entryTerms, .orthologs, .nameTable: true
            case .taxonomy, .lineage, .mergedTaxa: false
            default: nil
            }
        }
        /// Whether its importer adds names, entities or identifiers, so that none of them is odd.
        var bringsNames: Bool { !isWordList && self != .lineage && self != .orthologs }
    }

    struct SourceFile {
        var name: String
        var path: String
        var layout: Layout
        /// What it begins with: 64 KiB, inflated.
        var head: [UInt8]
        var digest: FileDigest
    }

    /// The compiled dictionary of the folder: taken from the cache when one of just these sources is there, else built
    /// and put there.
    ///
    /// - Parameters:
    ///   - cache: the folder of compiled dictionaries, which is made where it is missing.
    ///   - suspicions: what becomes of sources that look damaged when a dictionary is built.
    ///   - onBuild: called once before a dictionary is built, since that takes seconds.
    ///   - onWarning: called with what is odd about a source, when a dictionary is built.
    /// - Throws: `TerminologyError`.
    public func compiled(
        cache: String, suspicions: SuspicionPolicy = .refuse, onBuild: () -> Void = {},
        onWarning: (SourceWarning) -> Void = { _ in }
    ) throws(TerminologyError) -> CompiledDictionary {
        if list == nil, LoadedFile.begins(path, with: CompiledDictionary.magic) {
            return try CompiledDictionary(path: path)
        }
        return try withoutActuallyEscaping(onWarning) { onWarning throws(TerminologyError) in
            let report = SuspicionReport(policy: suspicions, onWarning: onWarning)
            let files = try readFiles(report)
            let digest = Self.digest(of: files)
            let target = cache + "/dictionary-" + String(digest.prefix(32)) + ".bin"
            if FileManager.default.fileExists(atPath: target) {
                // A damaged or outdated file in the cache is no reason to stop: it is built again.
                if let dictionary = try? CompiledDictionary(path: target), dictionary.digest == digest {
                    return dictionary
                }
            }
            onBuild()
            let draft = try draft(from: files, report)
            let bytes = DictionaryCompiler.compile(draft, digest: digest)
            return try Self.write(bytes, to: target)
        }
    }

    /// Builds the dictionary, writes it to a file, which is replaced as a whole, and opens it.
    ///
    /// - Parameters:
    ///   - output: the file; a dictionary that is there is compared with the new one.
    ///   - suspicions: what becomes of sources that look damaged.
    ///   - onWarning: called with what is odd about a source.
    /// - Returns: the new dictionary, and the one that was at its place, if one of this layout was.
    /// - Throws: `TerminologyError`; the file that was there is then untouched.
    public func build(
        output: String, suspicions: SuspicionPolicy = .refuse, onWarning: (SourceWarning) -> Void = { _ in }
    ) throws(TerminologyError) -> (dictionary: CompiledDictionary, previous: CompiledDictionary?) {
        let previous = try? CompiledDictionary(path: output)
        return try withoutActuallyEscaping(onWarning) { onWarning throws(TerminologyError) in
            let report = SuspicionReport(policy: suspicions, onWarning: onWarning)
            let files = try readFiles(report)
            let draft = try draft(from: files, report)
            if let previous {
                for (path, message) in Shrinkage.findings(from: previous.sources, to: draft.sources) {
                    report.warn(path, message)
                }
            }
            let bytes = DictionaryCompiler.compile(draft, digest: Self.digest(of: files))
            return (try Self.write(bytes, to: output), previous)
        }
    }

    private static func write(_ bytes: [UInt8], to target: String) throws(TerminologyError)
        -> CompiledDictionary
    {
        let url = URL(fileURLWithPath: target)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: url, options: .atomic)
        } catch {
            throw .unwritable(path: target, reason: error.localizedDescription)
        }
        return try CompiledDictionary(path: target)
    }

    /// The sources without what was learned from annotated texts, for training.
    ///
    /// - Throws: `TerminologyError`.
    public func base() throws(TerminologyError) -> DictionaryBase {
        let report = SuspicionReport(policy: .refuse) { _ in }
        let files = try readFiles(report).filter {
            $0.name != LearnedFiles.names && $0.name != LearnedFiles.weights
        }
        return DictionaryBase(draft: try draft(from: files, report))
    }

    // MARK: - Reading

    private func readFiles(_ report: SuspicionReport) throws(TerminologyError) -> [SourceFile] {
        let candidates = try candidates()
        // Each command reads them all for their digest: by several threads, and told of in their order.
        let looks = Mutex([Result<Look, TerminologyError>?](repeating: nil, count: candidates.count))
        DispatchQueue.concurrentPerform(iterations: candidates.count) { index in
            let look = Self.look(at: candidates[index])
            looks.withLock { $0[index] = look }
        }
        var files: [SourceFile] = []
        for (candidate, look) in zip(candidates, looks.withLock { $0 }) {
            guard let look = try look?.get() else { continue }
            if let reason = look.strangeContent {
                try report.suspect(candidate.path, reason, advice: "fetch the file again")
                continue
            }
            if let layout = look.layout {
                files.append(
                    SourceFile(
                        name: candidate.name, path: candidate.path, layout: layout, head: look.head,
                        digest: look.digest))
            } else if candidate.isNamed {
                throw .unknownLayout(path: candidate.path)
            }
        }
        guard files.contains(where: { !$0.layout.isWordList }) else { throw .noSources(folder: path) }
        // MeSH descriptors must precede the supplementary records that are mapped to them.
        let order = Layout.allCases
        func rank(_ file: SourceFile) -> (Int, Int, String) {
            let isSupplementary =
                file.layout == .meshASCII && Self.isSupplementary(file.head)
                || file.layout == .meshXML && MeshXMLImporter.recordSet(in: file.head) == .supplementary
            return (order.firstIndex(of: file.layout) ?? 0, isSupplementary ? 1 : 0, file.name)
        }
        return files.sorted { rank($0) < rank($1) }
    }

    /// What a look at a candidate tells of it.
    private struct Look {
        /// nil where it is unknown.
        var layout: Layout?
        /// What it begins with: 64 KiB, inflated.
        var head: [UInt8]
        var digest: FileDigest
        /// Why what it begins with is no data; nil where it may be data.
        var strangeContent: String?
    }

    /// Reads a candidate.
    private static func look(at candidate: Candidate) -> Result<Look, TerminologyError> {
        do {
            let reader = try InflatingReader(path: candidate.path)
            let head = try reader.peek()
            let layout = layout(of: head, name: candidate.name)
            // Damage that hides the header is not to look like a file of no concern.
            if layout == nil { try readToEnd(ofHead: reader, head.count) }
            return .success(
                Look(
                    layout: layout, head: head, digest: try reader.finish(),
                    strangeContent: SourceInspection.strangeContent(in: head)))
        } catch {
            return .failure(.unreadable(path: candidate.path, reason: "\(error)"))
        }
    }

    /// Reads past what was looked at, where that was all: a fault that was met there is thrown.
    private static func readToEnd(ofHead reader: InflatingReader, _ count: Int) throws(IntakeError) {
        var buffer = [UInt8](repeating: 0, count: count + 1)
        var read = 0
        while read <= count {
            let got = try reader.read(into: &buffer, at: 0)
            if got == 0 { return }
            read += got
        }
    }

    /// A file that may be a source, with its name in the dictionary; `isNamed` where the user named the file itself.
    typealias Candidate = (name: String, path: String, isNamed: Bool)

    /// The files that may be sources.
    func candidates() throws(TerminologyError) -> [Candidate] {
        guard let list else { return try Self.candidates(inFolder: path) }
        var all: [Candidate] = []
        for path in list {
            if Self.isFolder(path) {
                all += try Self.candidates(inFolder: path)
            } else {
                let name = path.split(separator: "/").last.map(String.init) ?? path
                all.append((name, path, true))
            }
        }
        var paths: [String: String] = [:]
        for (name, path, _) in all {
            if let other = paths.updateValue(path, forKey: name) {
                throw .sameName(name, paths: [other, path])
            }
        }
        return all
    }

    private static func candidates(inFolder path: String) throws(TerminologyError) -> [Candidate] {
        guard isFolder(path) else { throw .unreadable(path: path, reason: "there is no such folder") }
        return (FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? [])
            .filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .filter { mayBeSource($0) && !isFolder(path + "/" + $0) }
            .map { ($0, path + "/" + $0, false) }
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
        return ["gene_info", "gene_history", ".bin", ".obo", ".dmp", ".tsv", ".txt", ".xml"].contains {
            plain.hasSuffix($0)
        }
    }

    private static func layout(of bytes: [UInt8], name: String) -> Layout? {
        let fileName = name.split(separator: "/").last.map(String.init) ?? name
        if WordListImporter.blockedKind(fileName: fileName) != nil { return .blockList }
        if fileName.hasPrefix("english") { return .englishWords }
        if NameTableImporter.recognizes(fileName: fileName) { return .nameTable }
        if WeightsImporter.recognizes(fileName: fileName) { return .weights }
        if RoleCueImporter.recognizes(fileName: fileName) { return .roles }
        if MeshXMLImporter.recordSet(in: bytes) != nil { return .meshXML }
        if let kind = CTDImporter.kind(ofHead: bytes) {
            return kind == .disease ? .ctdDiseases : .ctdChemicals
        }
        var lines = Lines(bytes)
        guard var first = lines.next() else { return nil }
        // A comment may stand before the header.
        while first.first == UInt8(ascii: "#"), !GeneInfoImporter.recognizes(first),
            !GeneHistoryImporter.recognizes(first), let next = lines.next()
        {
            first = next
        }
        if GeneHistoryImporter.recognizes(first) { return .geneHistory }
        if HGNCImporter.recognizes(first) { return .hgnc }
        if let table = ChEBIImporter.table(ofHeader: first) {
            return table == .compounds ? .chebiCompounds : .chebiNames
        }
        if MergedTaxonImporter.recognizes(fileName: fileName, first) { return .mergedTaxa }
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
}
