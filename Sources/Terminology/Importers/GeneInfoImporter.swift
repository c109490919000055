import Corpus

/// Reads NCBI's gene_info: a table with tabs, whose columns are found by the names in its header.
///
/// A field `-` is empty; several values in a field are parted by `|`. Nothing is quoted. Comments may stand before the
/// header, which begins with `#` or does not. A gene's identifiers in the databases of its species become alternative
/// ones.
struct GeneInfoImporter {
    static func recognizes(_ line: ArraySlice<UInt8>) -> Bool {
        line.starts(with: "#tax_id\tGeneID\t") && !GeneHistoryImporter.recognizes(line)
            || line.starts(with: "tax_id\tGeneID\t") && !GeneHistoryImporter.recognizes(line)
    }

    /// The databases whose identifiers name one gene, as `dbXrefs` calls them, and their Bioregistry prefixes.
    private static let databases = [
        "HGNC": "hgnc", "MGI": "mgi", "RGD": "rgd", "Ensembl": "ensembl", "FLYBASE": "flybase", "SGD": "sgd",
        "ZFIN": "zfin", "WormBase": "wormbase",
    ]

    static func read(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var lines = Lines(bytes)
        var header: ArraySlice<UInt8>?
        while header == nil, let line = lines.next() {
            if recognizes(line) { header = line }
        }
        guard let header else { return }
        let headerLine = lines.number
        let columns = header.fields(separatedBy: UInt8(ascii: "\t")).map(\.text)
        func column(_ name: String) throws(TerminologyError) -> Int {
            if let index = columns.firstIndex(where: { $0 == name || $0 == "#" + name }) { return index }
            throw .malformed(path: path, line: headerLine, reason: "the header has no column \(name)")
        }
        let taxon = try column("tax_id")
        let gene = try column("GeneID")
        let symbol = try column("Symbol")
        let synonyms = try column("Synonyms")
        let description = try column("description")
        let official = columns.firstIndex(of: "Symbol_from_nomenclature_authority")
        let fullName = columns.firstIndex(of: "Full_name_from_nomenclature_authority")
        let designations = columns.firstIndex(of: "Other_designations")
        let references = columns.firstIndex(of: "dbXrefs")
        let modified = columns.firstIndex(of: "Modification_date")
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
            if let modified { draft.noteRelease(ofDigits: fields[modified]) }
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
            if let references {
                for reference in fields[references].split(separator: UInt8(ascii: "|")) {
                    if let id = identifier(reference) { draft.add(alternative: id, of: concept) }
                }
            }
        }
    }

    /// `MGI:MGI:96433` and `Ensembl:ENSG00000000005` as CURIEs; nil for databases that do not name single genes.
    private static func identifier(_ reference: ArraySlice<UInt8>) -> EntityID? {
        guard let colon = reference.firstIndex(of: UInt8(ascii: ":")),
            let prefix = databases[reference[..<colon].text]
        else { return nil }
        // The local identifier is what follows the last colon: HGNC and MGI repeat their name.
        let last = reference.lastIndex(of: UInt8(ascii: ":")) ?? colon
        let local = reference[(last + 1)...].trimmed
        return local.isEmpty ? nil : EntityID(prefix: prefix, local: local.text)
    }
}
