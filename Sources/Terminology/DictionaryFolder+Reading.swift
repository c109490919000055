import Corpus
import Foundation
import Intake

extension DictionaryFolder {
    /// Reads the sources in their order.
    func draft(
        from files: [SourceFile], _ report: SuspicionReport
    ) throws(TerminologyError) -> DictionaryDraft {
        var draft = DictionaryDraft()
        for file in files {
            draft.sources.append(
                DictionaryDraft.Source(
                    name: file.name, layout: file.layout.rawValue, sha256: file.digest.sha256,
                    bytes: file.digest.byteCount))
            draft.rows = 0
            try Self.add(file, to: &draft, report)
            try Self.inspect(file, draft, report)
        }
        return draft
    }

    private static func add(
        _ file: SourceFile, to draft: inout DictionaryDraft, _ report: SuspicionReport
    ) throws(TerminologyError) {
        let source: InflatingReader
        do throws(IntakeError) {
            source = try InflatingReader(path: file.path)
        } catch {
            throw .unreadable(path: file.path, reason: "\(error)")
        }
        switch file.layout {
        case .geneHistory:
            try GeneHistoryImporter.read(LineReader(source: source), path: file.path, into: &draft)
        case .meshXML: try MeshXMLImporter.read(source, path: file.path, into: &draft)
        default:
            let bytes: [UInt8]
            do throws(IntakeError) {
                bytes = try source.readAll()
            } catch {
                throw .unreadable(path: file.path, reason: "\(error)")
            }
            try inspect(bytes, of: file, into: &draft, report)
            try add(bytes, of: file, to: &draft)
        }
        guard (try? source.finish()) == file.digest else {
            throw .unreadable(path: file.path, reason: "it was changed while it was read; build again")
        }
    }

    private static func add(
        _ bytes: [UInt8], of file: SourceFile, to draft: inout DictionaryDraft
    ) throws(TerminologyError) {
        let path = file.path
        switch file.layout {
        case .geneHistory, .meshXML: break
        case .geneInfo: try GeneInfoImporter.read(bytes, path: path, into: &draft)
        case .hgnc: try HGNCImporter.read(bytes, path: path, into: &draft)
        case .meshASCII: try MeshImporter.read(bytes, path: path, into: &draft)
        case .entryTerms: try EntryTermImporter.read(bytes, path: path, into: &draft)
        case .obo: try OBOImporter.read(bytes, path: path, into: &draft)
        case .chebiCompounds: try ChEBIImporter.readCompounds(bytes, path: path, into: &draft)
        case .chebiNames: try ChEBIImporter.readNames(bytes, path: path, into: &draft)
        case .ctdDiseases: try CTDImporter.read(bytes, kind: .disease, path: path, into: &draft)
        case .ctdChemicals: try CTDImporter.read(bytes, kind: .chemical, path: path, into: &draft)
        case .taxonomy: try TaxonomyImporter.read(bytes, path: path, into: &draft)
        case .mergedTaxa: try MergedTaxonImporter.read(bytes, path: path, into: &draft)
        case .lineage: try LineageImporter.read(bytes, path: path, into: &draft)
        case .orthologs: try OrthologImporter.read(bytes, path: path, into: &draft)
        case .nameTable: try NameTableImporter.read(bytes, path: path, into: &draft)
        case .weights: try WeightsImporter.read(bytes, path: path, into: &draft)
        case .roles: try RoleCueImporter.read(bytes, path: path, into: &draft)
        case .englishWords: draft.words += WordListImporter.read(bytes)
        case .blockList:
            let fileName = file.name.split(separator: "/").last.map(String.init) ?? file.name
            if let kind = WordListImporter.blockedKind(fileName: fileName) {
                draft.blocked[kind, default: []] += WordListImporter.read(bytes)
            }
        }
    }

    // MARK: - Inspection

    /// Looks at a file that was read whole, before it is taken.
    private static func inspect(
        _ bytes: [UInt8], of file: SourceFile, into draft: inout DictionaryDraft, _ report: SuspicionReport
    ) throws(TerminologyError) {
        if SourceInspection.hasOldMacLineEnds(file.head) {
            throw .malformed(
                path: file.path, line: 1,
                reason: "the lines end in carriage returns alone: convert them to line feeds")
        }
        if let line = SourceInspection.mixedLineEnds(in: bytes) {
            report.warn(
                file.path, line: line,
                "the line ends in another way than those before it: parts of the file come from different systems"
            )
        }
        if let hasHeader = file.layout.hasHeader {
            draft.rows = SourceInspection.rows(of: bytes, hasHeader: hasHeader)
        }
        if file.layout == .geneInfo, let finding = GeneSynonymInspection(bytes).finding {
            try report.suspect(
                file.path, line: finding.line, finding.reason,
                advice: "the snapshot is damaged, fetch gene_info from NCBI again")
        }
        if file.layout == .geneInfo || file.layout == .taxonomy, let last = bytes.last,
            last != UInt8(ascii: "\n")
        {
            report.warn(file.path, "the last line has no end: the file may have been cut short")
        }
    }

    /// Looks at what a file has brought.
    private static func inspect(
        _ file: SourceFile, _ draft: DictionaryDraft, _ report: SuspicionReport
    ) throws(TerminologyError) {
        guard !file.layout.isWordList, let source = draft.sources.last else { return }
        if draft.rows == 0, file.layout != .meshASCII {
            try report.suspect(
                file.path, "there is a beginning as of \(file.layout.rawValue), but no row of data",
                advice: "the file was cut short, fetch it again")
        } else if file.layout.bringsNames, source.concepts == 0, source.names == 0, source.alternatives == 0 {
            report.warn(
                file.path,
                "nothing was taken from it: what it speaks of is of no kind that is taken, or not in the dictionary"
            )
        }
    }

    // MARK: - Dates of files

    /// When the files were changed last, as `YYYY-MM-DD` in UTC, by the names of the sources. The compiled dictionary does not
    /// hold these dates: the same bytes make the same dictionary.
    public func modificationDates() -> [String: String] {
        var dates: [String: String] = [:]
        for candidate in (try? candidates()) ?? [] {
            let attributes = try? FileManager.default.attributesOfItem(atPath: candidate.path)
            guard let date = attributes?[.modificationDate] as? Date else { continue }
            dates[candidate.name] = String(date.ISO8601Format().prefix(10))
        }
        return dates
    }
}
