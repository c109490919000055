import Corpus

/// Reads NCBI Taxonomy's names.dmp: `taxon | name | unique name | class |`, parted by tab, bar, tab.
struct TaxonomyImporter {
    static func recognizes(_ firstLine: ArraySlice<UInt8>) -> Bool { firstLine.starts(with: "1\t|\t") }

    static func read(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var lines = Lines(bytes)
        var current = -1
        var names: [(String, String)] = []
        while let line = lines.next() {
            if line.isEmpty { continue }
            let fields = line.fields(separatedBy: UInt8(ascii: "|")).map(\.trimmed)
            guard fields.count >= 4, let taxon = fields[0].number else {
                throw .malformed(path: path, line: lines.number, reason: "not a row of names.dmp")
            }
            if taxon != current {
                finish(current, names, into: &draft)
                current = taxon
                names = []
            }
            names.append((fields[1].text, fields[3].text))
        }
        finish(current, names, into: &draft)
    }

    private static func finish(_ taxon: Int, _ names: [(String, String)], into draft: inout DictionaryDraft) {
        guard taxon > 1, let name = names.first(where: { $0.1 == "scientific name" })?.0 ?? names.first?.0
        else {
            return
        }
        let common = names.first { $0.1 == "genbank common name" || $0.1 == "common name" }?.0
        let concept = draft.add(
            DictionaryDraft.Concept(
                id: EntityID(prefix: "ncbitaxon", local: String(taxon)), kind: .species, name: name,
                fullName: common ?? "", taxon: Int32(truncatingIfNeeded: taxon)))
        for (text, kind) in names {
            switch kind {
            case "scientific name":
                draft.add(name: text, to: concept, grade: .official)
                if let short = abbreviated(text) { draft.add(name: short, to: concept, grade: .synonym) }
            case "authority", "type material", "in-part", "blast name", "acronym":
                continue
            case "genbank common name":
                draft.add(name: text, to: concept, grade: .fullName)
            default:
                draft.add(name: text, to: concept, grade: .synonym)
            }
        }
    }

    /// `E. coli` for `Escherichia coli`: nil for names that are not a genus and one epithet.
    private static func abbreviated(_ name: String) -> String? {
        let parts = name.split(separator: " ")
        guard parts.count == 2, let initial = parts[0].utf8.first, initial >= 0x41, initial <= 0x5A,
            parts[0].utf8.count > 2, parts[1].utf8.count > 3,
            parts[1].utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A })
        else { return nil }
        return String(decoding: [initial], as: UTF8.self) + ". " + parts[1]
    }
}

/// Reads a table of orthologs with the columns `human_entrez`, `taxon_id`, `entrez`: a row a pair.
struct OrthologImporter {
    static func recognizes(_ firstLine: ArraySlice<UInt8>) -> Bool {
        firstLine.starts(with: "human_entrez\t")
    }

    static func read(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var lines = Lines(bytes)
        guard let header = lines.next() else { return }
        let columns = header.fields(separatedBy: UInt8(ascii: "\t")).map(\.text)
        guard let human = columns.firstIndex(of: "human_entrez"), let other = columns.firstIndex(of: "entrez")
        else {
            throw .malformed(path: path, line: 1, reason: "the header needs human_entrez and entrez")
        }
        while let line = lines.next() {
            if line.isEmpty { continue }
            let fields = line.fields(separatedBy: UInt8(ascii: "\t"))
            guard fields.count > max(human, other), let group = fields[human].number else {
                throw .malformed(path: path, line: lines.number, reason: "not a pair of GeneIDs")
            }
            for field in [fields[human], fields[other]] {
                if let concept = draft.index(of: EntityID(prefix: "ncbigene", local: field.text)),
                    draft.concepts[concept].orthologGroup == 0
                {
                    draft.setOrthologGroup(UInt32(truncatingIfNeeded: group), of: concept)
                }
            }
        }
    }
}
