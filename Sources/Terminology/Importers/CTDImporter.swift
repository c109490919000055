import Corpus

/// Reads the vocabularies of the Comparative Toxicogenomics Database, `CTD_diseases.tsv` and `CTD_chemicals.tsv`: comments, of
/// which the one after `# Fields:` names the columns, then rows.
///
/// Where the dictionary has the MeSH record of a row, the row lends it its names, as related ones; else the row is an entity
/// of its own. Its other identifiers become alternative ones.
struct CTDImporter {
    /// What a file's rows are; nil for other files.
    static func kind(ofHead head: [UInt8]) -> EntityKind? {
        for line in Lines(head) {
            guard line.first == UInt8(ascii: "#") else { return nil }
            let names = TableReader.names(in: line)
            if names.contains("diseaseid") { return .disease }
            if names.contains("chemicalid") { return .chemical }
        }
        return nil
    }

    private static let prefixes = [
        "MESH": "mesh", "OMIM": "omim", "DO": "doid", "PUBCHEM": "pubchem.compound",
    ]

    static func read(
        _ bytes: [UInt8], kind: EntityKind, path: String, into draft: inout DictionaryDraft
    ) throws(TerminologyError) {
        noteReport(bytes, into: &draft)
        var table = try TableReader(bytes, path: path, header: ["diseaseid", "chemicalid"])
        let name = try table.column("diseasename", "chemicalname")
        let id = try table.column("diseaseid", "chemicalid")
        let synonyms = try table.column("synonyms")
        let others = table.optionalColumn("altdiseaseids", "altchemicalids")
        let trees = table.optionalColumn("treenumbers")
        while let row = try table.next() {
            draft.rows += 1
            guard let identifier = identifier(row[id].trimmed) else {
                throw .malformed(
                    path: path, line: table.line,
                    reason: "\"\(row[id].text)\" is no identifier as CTD has them")
            }
            let known = draft.index(of: identifier)
            let concept =
                known
                ?? draft.add(
                    DictionaryDraft.Concept(
                        id: identifier, kind: kind, name: row[name].trimmed.text,
                        treeNumbers: trees.map { meshTrees(row[$0]) } ?? []))
            draft.add(
                name: row[name].trimmed.text, to: concept, grade: known == nil ? .official : .related)
            for synonym in row[synonyms].split(separator: UInt8(ascii: "|")) {
                draft.add(name: synonym.trimmed.text, to: concept, grade: known == nil ? .synonym : .related)
            }
            guard let others else { continue }
            for other in row[others].split(separator: UInt8(ascii: "|")) {
                if let other = self.identifier(other.trimmed) { draft.add(alternative: other, of: concept) }
            }
        }
    }

    /// `MESH:D003920`, `OMIM:222100`, `DO:DOID:9744`, or a bare MeSH identifier; nil for anything else.
    private static func identifier(_ field: ArraySlice<UInt8>) -> EntityID? {
        guard let colon = field.firstIndex(of: UInt8(ascii: ":")) else {
            guard let first = field.first, first == UInt8(ascii: "C") || first == UInt8(ascii: "D"),
                field.dropFirst().number != nil
            else { return nil }
            return EntityID(prefix: "mesh", local: field.text)
        }
        guard let prefix = prefixes[field[..<colon].text] else { return nil }
        let last = field.lastIndex(of: UInt8(ascii: ":")) ?? colon
        let local = field[(last + 1)...]
        return local.isEmpty ? nil : EntityID(prefix: prefix, local: local.text)
    }

    /// The tree numbers that are MeSH's own: CTD adds `/C123456` for records that it hangs below them.
    private static func meshTrees(_ field: ArraySlice<UInt8>) -> [String] {
        field.split(separator: UInt8(ascii: "|")).map(\.trimmed.text).filter { !$0.contains("/") }
    }

    /// `# Report created: Thu Jul 31 11:09:19 EDT 2025`
    private static func noteReport(_ bytes: [UInt8], into draft: inout DictionaryDraft) {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        for line in Lines(bytes) {
            guard line.first == UInt8(ascii: "#") else { return }
            let words = line.text.split(separator: " ")
            guard line.starts(with: "# Report created:"), words.count >= 6, let year = words.last,
                let month = months.firstIndex(where: { $0 == words[4] }), let day = Int(words[5])
            else { continue }
            func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            draft.noteRelease(ofISO: Array("\(year)-\(padded(month + 1))-\(padded(day))".utf8)[...])
        }
    }
}
