import Corpus

/// Reads MeSH in NLM's ASCII layout: descriptors (`RECTYPE = D`) and supplementary records (`RECTYPE = C`).
///
/// A line is `FIELD = value`; of `ENTRY` and `SY` only what stands before the first `|` is the term. Descriptors must
/// come before the supplementary records that are mapped to them.
struct MeshImporter {
    static func recognizes(_ firstLine: ArraySlice<UInt8>) -> Bool { firstLine.starts(with: "*NEWRECORD") }

    /// Branches of tree D that hold proteins, peptides, genes and biological factors: what stands in these alone is no
    /// chemical here, since the genes' own names stand for it. Amino acids (D12.125) and oligopeptides (D12.644.456, among
    /// them glutathione, angiotensin and drugs such as enalapril) are chemicals.
    private static let proteinBranches = [
        "D08.811", "D12.776", "D12.644.276", "D12.644.360", "D12.644.400", "D12.644.541", "D12.644.548",
        "D12.644.641", "D12.644.861", "D23", "D13.444",
    ]

    /// A descriptor or supplementary record, in whichever layout it came.
    struct Record {
        var ui = ""
        var name = ""
        var terms: [(name: String, grade: NameGrade)] = []
        var trees: [String] = []
        /// The names or identifiers of the descriptors that a supplementary record is mapped to.
        var headings: [String] = []
        var isSupplementary = false
    }

    static func read(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var record = Record()
        var lines = Lines(bytes)
        while let line = lines.next() {
            if line.starts(with: "*NEWRECORD") {
                add(record, to: &draft)
                record = Record()
                continue
            }
            guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let field = line[line.startIndex..<equals].trimmed
            let value = line[(equals + 1)...].trimmed
            switch field.text {
            case "RECTYPE": record.isSupplementary = value.first == UInt8(ascii: "C")
            case "MH", "NM": record.name = value.text
            case "UI": record.ui = value.text
            case "MN": record.trees.append(value.text)
            case "ENTRY", "PRINT ENTRY", "SY":
                record.terms.append((value.prefix { $0 != UInt8(ascii: "|") }.text, .synonym))
            // Date of entry and of the last change.
            case "DA", "DR", "MR": draft.noteRelease(ofDigits: value)
            case "HM":
                let heading = value.first == UInt8(ascii: "*") ? value.dropFirst() : value
                record.headings.append(heading.prefix { $0 != UInt8(ascii: "/") }.text)
            default: break
            }
        }
        add(record, to: &draft)
    }

    /// Adds a record that is of a kind that is tagged; remembers the places in the tree of every descriptor.
    static func add(_ record: Record, to draft: inout DictionaryDraft) {
        guard !record.ui.isEmpty, !record.name.isEmpty else { return }
        var trees = record.trees
        if record.isSupplementary {
            for heading in record.headings {
                trees.append(contentsOf: draft.treesOfHeading[heading] ?? [])
            }
        } else {
            draft.treesOfHeading[record.name] = trees
            draft.treesOfHeading[record.ui] = trees
        }
        guard let kind = kind(of: trees) else { return }
        let concept = draft.add(
            DictionaryDraft.Concept(
                id: EntityID(prefix: "mesh", local: record.ui), kind: kind, name: record.name,
                treeNumbers: trees))
        draft.add(name: record.name, to: concept, grade: .official)
        for term in record.terms {
            draft.add(name: term.name, to: concept, grade: term.grade)
        }
    }

    /// What a record is, by its places in the tree; nil for branches that are not tagged: organisms (the taxonomy has
    /// them), proteins, and H to Z.
    static func kind(of trees: [String]) -> EntityKind? {
        func has(_ prefix: String) -> Bool { trees.contains { $0.utf8.starts(with: prefix.utf8) } }
        if has("C") || has("F03") { return .disease }
        let chemical = trees.contains { tree in
            tree.utf8.first == UInt8(ascii: "D")
                && !proteinBranches.contains { tree.utf8.starts(with: $0.utf8) }
        }
        // Enzymes and most proteins have a place in D08 or D12.776, whatever other places they have.
        if has("D08.811") || has("D12.776") { return nil }
        if chemical { return .chemical }
        if has("D") { return nil }
        if has("A") { return .anatomy }
        if has("F01") || has("F02") { return .psychiatry }
        if has("E") || has("F04") { return .technique }
        if has("G") { return .process }
        return nil
    }
}

/// Reads more terms for MeSH records: a table with the columns `DescriptorUI` and `Term`.
struct EntryTermImporter {
    static func recognizes(_ firstLine: ArraySlice<UInt8>) -> Bool {
        firstLine.starts(with: "DescriptorUI\tTerm")
    }

    static func read(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var lines = Lines(bytes)
        _ = lines.next()
        while let line = lines.next() {
            if line.isEmpty { continue }
            let fields = line.fields(separatedBy: UInt8(ascii: "\t"))
            guard fields.count >= 2 else {
                throw .malformed(path: path, line: lines.number, reason: "fewer than two fields")
            }
            if let concept = draft.index(of: EntityID(prefix: "mesh", local: fields[0].text)) {
                draft.add(name: fields[1].text, to: concept, grade: .related)
            }
        }
    }
}
