import Corpus

/// Reads NCBI's gene_info: a table with tabs, whose columns are found by the names in its header.
///
/// A field `-` is empty; several values in a field are parted by `|`. Nothing is quoted.
struct GeneInfoImporter {
    static func recognizes(_ firstLine: ArraySlice<UInt8>) -> Bool {
        firstLine.starts(with: "#tax_id\tGeneID") || firstLine.starts(with: "tax_id\tGeneID")
    }

    static func read(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var lines = Lines(bytes)
        guard let header = lines.next() else { return }
        let columns = header.fields(separatedBy: UInt8(ascii: "\t")).map(\.text)
        func column(_ name: String) throws(TerminologyError) -> Int {
            if let index = columns.firstIndex(where: { $0 == name || $0 == "#" + name }) { return index }
            throw .malformed(path: path, line: 1, reason: "the header has no column \(name)")
        }
        let taxon = try column("tax_id")
        let gene = try column("GeneID")
        let symbol = try column("Symbol")
        let synonyms = try column("Synonyms")
        let description = try column("description")
        let official = columns.firstIndex(of: "Symbol_from_nomenclature_authority")
        let fullName = columns.firstIndex(of: "Full_name_from_nomenclature_authority")
        let designations = columns.firstIndex(of: "Other_designations")
        while let line = lines.next() {
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            let fields = line.fields(separatedBy: UInt8(ascii: "\t"))
            guard fields.count == columns.count else {
                throw .malformed(
                    path: path, line: lines.number,
                    reason: "\(fields.count) fields where the header has \(columns.count)")
            }
            guard let taxonNumber = fields[taxon].number, let geneNumber = fields[gene].number else {
                throw .malformed(path: path, line: lines.number, reason: "tax_id or GeneID is no number")
            }
            func value(_ column: Int?) -> String {
                guard let column else { return "" }
                let text = fields[column].text
                return text == "-" ? "" : text
            }
            let name = value(symbol)
            // Placeholders of NCBI for genes that have been published without a record of their own.
            guard name != "NEWENTRY", !name.isEmpty else { continue }
            let full = value(fullName).isEmpty ? value(description) : value(fullName)
            let concept = draft.add(
                DictionaryDraft.Concept(
                    id: EntityID(prefix: "ncbigene", local: String(geneNumber)), kind: .gene, name: name,
                    fullName: full, taxon: Int32(truncatingIfNeeded: taxonNumber)))
            draft.add(name: name, to: concept, grade: .official)
            if value(official) != name { draft.add(name: value(official), to: concept, grade: .official) }
            draft.add(name: full, to: concept, grade: .fullName)
            if value(description) != full {
                draft.add(name: value(description), to: concept, grade: .fullName)
            }
            for synonym in fields[synonyms].split(separator: UInt8(ascii: "|")) where synonym != [0x2D] {
                draft.add(name: synonym.trimmed.text, to: concept, grade: .synonym)
            }
            if let designations {
                for designation in fields[designations].split(separator: UInt8(ascii: "|"))
                where designation != [0x2D] {
                    draft.add(name: designation.trimmed.text, to: concept, grade: .related)
                }
            }
        }
    }
}
