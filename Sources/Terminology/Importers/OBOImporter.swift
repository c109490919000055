import Corpus

/// Reads an ontology in OBO format 1.2 or 1.4: `id`, `name`, `synonym` with its scope, `xref`, `is_obsolete`.
///
/// Terms of DOID with one MeSH cross-reference lend their names to the MeSH record; those of other ontologies are
/// entities of their own.
struct OBOImporter {
    static func recognizes(_ firstLine: ArraySlice<UInt8>) -> Bool {
        firstLine.starts(with: "format-version:")
    }

    private struct Term {
        var id = ""
        var name = ""
        var synonyms: [(String, NameGrade)] = []
        var meshReferences: [String] = []
        var isObsolete = false
    }

    static func read(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var term: Term?
        var lines = Lines(bytes)
        while let line = lines.next() {
            if line.first == UInt8(ascii: "[") {
                if let term { finish(term, into: &draft) }
                term = line.starts(with: "[Term]") ? Term() : nil
                continue
            }
            guard term != nil, let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let value = line[(colon + 1)...].trimmed
            if line.starts(with: "id:") {
                term?.id = value.text
            } else if line.starts(with: "name:") {
                term?.name = value.text
            } else if line.starts(with: "synonym:") {
                guard let synonym = synonym(value) else {
                    throw .malformed(path: path, line: lines.number, reason: "a synonym without its quotes")
                }
                term?.synonyms.append(synonym)
            } else if line.starts(with: "xref: MESH:") {
                term?.meshReferences.append(value.dropFirst(5).prefix { $0 > 0x20 }.text)
            } else if line.starts(with: "is_obsolete: true") {
                term?.isObsolete = true
            }
        }
        if let term { finish(term, into: &draft) }
    }

    /// `"text" EXACT []`; a quote in the text is escaped by a backslash.
    private static func synonym(_ value: ArraySlice<UInt8>) -> (String, NameGrade)? {
        guard value.first == UInt8(ascii: "\"") else { return nil }
        var text: [UInt8] = []
        var index = value.startIndex + 1
        while index < value.endIndex, value[index] != UInt8(ascii: "\"") {
            if value[index] == UInt8(ascii: "\\"), index + 1 < value.endIndex { index += 1 }
            text.append(value[index])
            index += 1
        }
        guard index < value.endIndex else { return nil }
        let scope = value[(index + 1)...].trimmed
        let grade: NameGrade = scope.starts(with: "EXACT") ? .synonym : .related
        return (String(decoding: text, as: UTF8.self), grade)
    }

    private static func finish(_ term: Term, into draft: inout DictionaryDraft) {
        guard !term.isObsolete, !term.name.isEmpty, let colon = term.id.firstIndex(of: ":") else { return }
        let prefix = String(decoding: term.id[..<colon].utf8.map { $0 | 0x20 }, as: UTF8.self)
        let local = String(term.id[term.id.index(after: colon)...])
        let concept: Int
        let grade: NameGrade
        if prefix == "doid" {
            guard let first = term.meshReferences.first,
                let mesh = draft.index(of: EntityID(prefix: "mesh", local: first))
            else { return }
            concept = mesh
            grade = .related
        } else {
            let kind: EntityKind
            switch prefix {
            case "cl", "uberon", "bto": kind = .anatomy
            case "go": kind = .process
            case "chebi": kind = .chemical
            default: return
            }
            concept = draft.add(
                DictionaryDraft.Concept(
                    id: EntityID(prefix: prefix, local: local), kind: kind, name: term.name))
            grade = .official
        }
        draft.add(name: term.name, to: concept, grade: grade)
        for (name, scope) in term.synonyms {
            draft.add(name: name, to: concept, grade: max(scope, grade))
        }
    }
}
