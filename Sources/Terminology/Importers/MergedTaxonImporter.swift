import Corpus

/// Reads NCBI Taxonomy's merged.dmp: `old taxon | new taxon |`. The old one becomes an alternative identifier of the new
/// one, which must have been read before.
struct MergedTaxonImporter {
    static func recognizes(fileName: String, _ firstLine: ArraySlice<UInt8>) -> Bool {
        guard fileName.hasPrefix("merged") else { return false }
        let fields = firstLine.fields(separatedBy: UInt8(ascii: "|")).map(\.trimmed)
        return fields.count >= 2 && fields[0].number != nil && fields[1].number != nil
    }

    static func read(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var lines = Lines(bytes)
        while let line = lines.next() {
            if line.isEmpty { continue }
            let fields = line.fields(separatedBy: UInt8(ascii: "|")).map(\.trimmed)
            guard fields.count >= 2, let old = fields[0].number, let new = fields[1].number else {
                throw .malformed(path: path, line: lines.number, reason: "not a row of merged.dmp")
            }
            guard let concept = draft.index(of: EntityID(prefix: "ncbitaxon", local: String(new))) else {
                continue
            }
            draft.add(alternative: EntityID(prefix: "ncbitaxon", local: String(old)), of: concept)
        }
    }
}
