import Corpus

/// Reads ChEBI's tables: `compounds.tsv`, with the name of each compound and the compound that took its place, and `names.tsv`,
/// with all names. Columns are found by their names, those of before 2025 (`COMPOUND_ID`) and those of today (`compound_id`).
///
/// Neither table tells chemicals from roles (*drug*) and groups; `chebi.obo` does.
struct ChEBIImporter {
    enum Table {
        case compounds
        case names
    }

    /// Which table a header belongs to; nil for other files.
    static func table(ofHeader line: ArraySlice<UInt8>) -> Table? {
        let columns = TableReader.names(in: line)
        if columns.contains("chebi_accession"), columns.contains("parent_id") { return .compounds }
        if columns.contains("compound_id"), columns.contains("name"), columns.contains("type") {
            return .names
        }
        return nil
    }

    static func readCompounds(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var table = try TableReader(bytes, path: path, header: ["chebi_accession"])
        let accession = try table.column("chebi_accession")
        let name = try table.column("name")
        let plainName = table.optionalColumn("ascii_name")
        let parent = try table.column("parent_id")
        let status = table.optionalColumn("status")
        let modified = table.optionalColumn("modified_on")
        var merged: [(old: EntityID, new: EntityID)] = []
        while let row = try table.next() {
            draft.rows += 1
            if let modified { draft.noteRelease(ofISO: row[modified]) }
            guard let id = identifier(row[accession]) else {
                throw .malformed(
                    path: path, line: table.line, reason: "\"\(row[accession].text)\" is no ChEBI accession")
            }
            if let above = identifier(row[parent]) {
                merged.append((id, above))
                continue
            }
            // Deleted and obsolete compounds.
            if let status, ["D", "O"].contains(row[status].text) { continue }
            let text = plain(row[name], row, plainName)
            if text.isEmpty { continue }
            let concept = ChemicalRecord.concept(of: id, named: text, in: &draft)
            draft.add(
                name: text, to: concept, grade: draft.concepts[concept].id == id ? .official : .related)
        }
        for (old, new) in merged {
            if let concept = draft.index(of: new) ?? draft.alternative(new) {
                draft.add(alternative: old, of: concept)
            }
        }
    }

    static func readNames(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var table = try TableReader(bytes, path: path, header: ["compound_id"])
        let compound = try table.column("compound_id")
        let name = try table.column("name")
        let plainName = table.optionalColumn("ascii_name")
        let type = try table.column("type")
        let language = table.optionalColumn("language", "language_code")
        var names: [EntityID: [(text: String, isName: Bool)]] = [:]
        var order: [EntityID] = []
        while let row = try table.next() {
            draft.rows += 1
            guard let id = identifier(row[compound]) else {
                throw .malformed(
                    path: path, line: table.line, reason: "\"\(row[compound].text)\" is no ChEBI identifier")
            }
            if let language, !["en", "la", "", "null", "-"].contains(row[language].text) { continue }
            let text = plain(row[name], row, plainName)
            if text.isEmpty { continue }
            if names[id] == nil { order.append(id) }
            names[id, default: []].append((text, row[type].text.uppercased() == "NAME"))
        }
        for id in order {
            let all = names[id] ?? []
            guard let preferred = all.first(where: \.isName) ?? all.first else { continue }
            let concept = ChemicalRecord.concept(of: id, named: preferred.text, in: &draft)
            let isLent = draft.concepts[concept].id != id
            for (text, isName) in all {
                draft.add(
                    name: text, to: concept, grade: isLent ? .related : isName ? .official : .synonym)
            }
        }
    }

    /// `17234` or `CHEBI:17234`; nil for an empty field, `null` and 0.
    private static func identifier(_ field: ArraySlice<UInt8>) -> EntityID? {
        var digits = field.trimmed
        if digits.starts(with: "CHEBI:") { digits = digits.dropFirst(6) }
        guard let number = digits.number, number > 0 else { return nil }
        return EntityID(prefix: "chebi", local: String(number))
    }

    /// A name without markup: the new tables have `<small>L</small>-alanine`, and the plain spelling beside it.
    private static func plain(
        _ field: ArraySlice<UInt8>, _ row: [ArraySlice<UInt8>], _ plainColumn: Int?
    ) -> String {
        var text = field.trimmed
        if let plainColumn, text.contains(UInt8(ascii: "<")), !row[plainColumn].trimmed.isEmpty {
            text = row[plainColumn].trimmed
        }
        return text == Array("null".utf8)[...] ? "" : text.text
    }
}

/// Which entity a compound of ChEBI is: the MeSH record that has its name, so that a substance has one article and one
/// identifier, else an entity of its own.
struct ChemicalRecord {
    /// The concept of a compound. Where a MeSH record has the name, and no second one, the compound's identifier becomes
    /// another identifier of that record.
    static func concept(of id: EntityID, named name: String, in draft: inout DictionaryDraft) -> Int {
        if let known = draft.index(of: id) ?? draft.alternative(id) { return known }
        if let record = draft.meshChemical(named: name) {
            draft.add(alternative: id, of: record)
            return record
        }
        return draft.add(DictionaryDraft.Concept(id: id, kind: .chemical, name: name))
    }
}
