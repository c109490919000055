import Corpus

/// Reads HGNC's table of human genes, the complete set or a custom download, and lends its names to the human genes of
/// NCBI, which must have been read before. HGNC's identifiers become alternative ones.
///
/// Several values in a field are parted by `|` in the complete set, which puts quotes around such a field, and by a comma
/// and a space in a custom download.
struct HGNCImporter {
    static func recognizes(_ firstLine: ArraySlice<UInt8>) -> Bool {
        firstLine.starts(with: "hgnc_id\tsymbol\t") || firstLine.starts(with: "HGNC ID\tApproved symbol\t")
    }

    static func read(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var table = try TableReader(bytes, path: path, header: ["hgnc_id", "hgnc id"])
        let id = try table.column("hgnc_id", "hgnc id")
        let symbol = try table.column("symbol", "approved symbol")
        let name = try table.column("name", "approved name")
        let gene = try table.column(
            "entrez_id", "ncbi gene id(supplied by ncbi)", "ncbi gene id (supplied by ncbi)", "ncbi gene id")
        let status = table.optionalColumn("status")
        let modified = table.optionalColumn("date_modified", "date modified")
        let symbols = [
            table.optionalColumn("alias_symbol", "alias symbols"),
            table.optionalColumn("prev_symbol", "previous symbols"),
        ].compactMap { $0 }
        let names = [
            table.optionalColumn("alias_name", "alias names"),
            table.optionalColumn("prev_name", "previous names", "previous name"),
        ].compactMap { $0 }
        let isCompleteSet = table.optionalColumn("entrez_id") != nil
        while let row = try table.next() {
            draft.rows += 1
            if let modified { draft.noteRelease(ofISO: row[modified]) }
            if let status, row[status].text != "Approved" { continue }
            let number = row[gene].trimmed
            if number.isEmpty { continue }
            guard number.number != nil else {
                throw .malformed(path: path, line: table.line, reason: "the GeneID is no number")
            }
            guard let concept = draft.index(of: EntityID(prefix: "ncbigene", local: number.text)) else {
                continue
            }
            draft.add(name: row[symbol].trimmed.text, to: concept, grade: .official)
            draft.add(name: unquoted(row[name]), to: concept, grade: .fullName)
            for column in symbols {
                for value in values(row[column], parted: isCompleteSet) {
                    draft.add(name: value, to: concept, grade: .synonym)
                }
            }
            for column in names {
                for value in values(row[column], parted: isCompleteSet) {
                    draft.add(name: value, to: concept, grade: .related)
                }
            }
            let local = row[id].trimmed.text.replacing("HGNC:", with: "")
            if !local.isEmpty { draft.add(alternative: EntityID(prefix: "hgnc", local: local), of: concept) }
        }
    }

    /// The values of a field.
    private static func values(_ field: ArraySlice<UInt8>, parted byBar: Bool) -> [String] {
        unquoted(field).split(separator: byBar ? "|" : ", ").map { String($0) }.filter { !$0.isEmpty }
    }

    /// Without one pair of quotes around it; doubled quotes within are single ones.
    private static func unquoted(_ field: ArraySlice<UInt8>) -> String {
        let value = field.trimmed
        guard value.count > 1, value.first == UInt8(ascii: "\""), value.last == UInt8(ascii: "\"") else {
            return value.text
        }
        return value.dropFirst().dropLast().text.replacing("\"\"", with: "\"")
    }
}
