import Corpus
import Intake

/// Reads NCBI's gene_history: which GeneID took the place of one that was withdrawn. The old one becomes an alternative
/// identifier of its successor.
///
/// The file has all species and some fourteen million lines: it is streamed, and of other species' lines only the first
/// field is looked at. The genes must have been read before.
struct GeneHistoryImporter {
    static func recognizes(_ line: ArraySlice<UInt8>) -> Bool {
        line.starts(with: "#tax_id\tGeneID\tDiscontinued_GeneID")
            || line.starts(with: "tax_id\tGeneID\tDiscontinued_GeneID")
    }

    static func read(_ source: LineReader, path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        let taxa = draft.geneTaxa
        var successors: [Int: Int] = [:]
        var columns: [String]?
        var gene = 1
        var withdrawn = 2
        var date: Int?
        while true {
            let bytes: [UInt8]?
            do throws(IntakeError) {
                bytes = try source.next()
            } catch {
                throw .unreadable(path: path, reason: "\(error)")
            }
            guard let bytes else { break }
            let line = bytes[...]
            guard let header = columns else {
                guard recognizes(line) else { continue }
                let names = TableReader.names(in: line)
                guard let old = names.firstIndex(of: "discontinued_geneid"),
                    let new = names.firstIndex(of: "geneid")
                else {
                    throw .malformed(
                        path: path, line: source.lineNumber,
                        reason: "the header needs GeneID and Discontinued_GeneID")
                }
                (gene, withdrawn, date) = (new, old, names.firstIndex(of: "discontinue_date"))
                columns = names
                continue
            }
            draft.rows += 1
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            guard let tab = line.firstIndex(of: UInt8(ascii: "\t")), let taxon = line[..<tab].number else {
                throw .malformed(path: path, line: source.lineNumber, reason: "tax_id is no number")
            }
            guard taxa.contains(taxon) else { continue }
            let fields = line.fields(separatedBy: UInt8(ascii: "\t"))
            guard fields.count == header.count else {
                throw .malformed(
                    path: path, line: source.lineNumber,
                    reason: "\(fields.count) fields where the header has \(header.count)")
            }
            if let date { draft.noteRelease(ofDigits: fields[date]) }
            if fields[gene] == [UInt8(ascii: "-")] { continue }
            guard let old = fields[withdrawn].number, let new = fields[gene].number else {
                throw .malformed(
                    path: path, line: source.lineNumber, reason: "GeneID or Discontinued_GeneID is no number")
            }
            successors[old] = new
        }
        for old in successors.keys.sorted() {
            guard let concept = successor(of: old, in: successors, draft) else { continue }
            draft.add(alternative: EntityID(prefix: "ncbigene", local: String(old)), of: concept)
        }
    }

    /// The gene that a withdrawn one led to, over others that were withdrawn in turn; nil where none is known.
    private static func successor(of old: Int, in successors: [Int: Int], _ draft: DictionaryDraft) -> Int? {
        var at = old
        // A circle ends as well.
        for _ in 0..<100 {
            guard let next = successors[at] else { return nil }
            if let concept = draft.index(of: EntityID(prefix: "ncbigene", local: String(next))) {
                return concept
            }
            at = next
        }
        return nil
    }
}
