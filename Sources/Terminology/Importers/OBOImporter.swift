import Corpus

/// Reads an ontology in OBO format 1.2 or 1.4: `id`, `alt_id`, `name`, `synonym` with its scope, `xref`, `is_a`,
/// `is_obsolete`.
///
/// Exact synonyms are synonyms, those of other scopes related names; names in other languages are left out. Terms of DOID
/// with one MeSH cross-reference lend their names to the MeSH record, compounds of ChEBI to the MeSH record of their name;
/// all others are entities of their own. ChEBI's roles (*drug*) and subatomic particles are no chemicals.
struct OBOImporter {
    static func recognizes(_ firstLine: ArraySlice<UInt8>) -> Bool {
        firstLine.starts(with: "format-version:")
    }

    private struct Term {
        var id = ""
        var alternatives: [String] = []
        var parents: [String] = []
        var name = ""
        var synonyms: [(String, NameGrade)] = []
        var meshReferences: [String] = []
        var isObsolete = false
    }

    /// ChEBI's `role` and `subatomic particle`.
    private static let noChemicals: Set<String> = ["CHEBI:50906", "CHEBI:36342"]

    static func read(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var term: Term?
        var terms: [Term] = []
        var languages: [[UInt8]] = []
        var lines = Lines(bytes)
        while let line = lines.next() {
            if line.first == UInt8(ascii: "[") {
                if let term { terms.append(term) }
                term = line.starts(with: "[Term]") ? Term() : nil
                continue
            }
            if terms.isEmpty, term == nil { readHeader(line, &languages, into: &draft) }
            guard term != nil, let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let value = line[(colon + 1)...].trimmed
            if line.starts(with: "id:") {
                term?.id = value.text
            } else if line.starts(with: "name:") {
                term?.name = value.text
            } else if line.starts(with: "synonym:") {
                guard let synonym = synonym(value, languages: languages) else {
                    throw .malformed(path: path, line: lines.number, reason: "a synonym without its quotes")
                }
                if !synonym.isForeign { term?.synonyms.append((synonym.text, synonym.grade)) }
            } else if line.starts(with: "alt_id:") {
                term?.alternatives.append(value.prefix { $0 > 0x20 }.text)
            } else if line.starts(with: "is_a: CHEBI:") {
                term?.parents.append(value.prefix { $0 > 0x20 }.text)
            } else if line.starts(with: "xref: MESH:") || line.starts(with: "xref: MSH:") {
                // DOID wrote `MSH` until 2016.
                let identifier = value.drop { $0 != UInt8(ascii: ":") }.dropFirst()
                term?.meshReferences.append(identifier.prefix { $0 > 0x20 }.text)
            } else if line.starts(with: "is_obsolete: true") {
                term?.isObsolete = true
            }
        }
        if let term { terms.append(term) }
        draft.rows += terms.count
        let roles = descendants(of: noChemicals, in: terms)
        for term in terms where !roles.contains(term.id) { finish(term, into: &draft) }
    }

    /// The date or version of the file, and the types of synonyms that are in other languages, as BTO marks them.
    private static func readHeader(
        _ line: ArraySlice<UInt8>, _ languages: inout [[UInt8]], into draft: inout DictionaryDraft
    ) {
        if line.starts(with: "synonymtypedef:") {
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
            if words.count == 3, words[2].starts(with: "\"LANGUAGE "),
                !words[2].starts(with: "\"LANGUAGE ENG")
            {
                languages.append(Array(words[1]))
            }
        } else if line.starts(with: "data-version:") {
            let version = line.dropFirst(13).trimmed
            let parts = version.fields(separatedBy: UInt8(ascii: "/"))
            draft.setRelease(version.text.replacing("\t", with: " "))
            // `releases/2021-10-26`, `uberon/releases/2015-04-23/basic.owl`.
            if let date = parts.first(where: { isDate($0) }) { draft.setRelease(date.text) }
        }
    }

    private static func isDate(_ part: ArraySlice<UInt8>) -> Bool {
        let numbers = part.fields(separatedBy: UInt8(ascii: "-"))
        return part.count == 10 && numbers.count == 3 && numbers.allSatisfy { $0.number != nil }
    }

    /// The terms of ChEBI below some terms, these included.
    private static func descendants(of roots: Set<String>, in terms: [Term]) -> Set<String> {
        var below: [String: [String]] = [:]
        for term in terms {
            for parent in term.parents { below[parent, default: []].append(term.id) }
        }
        var found = roots
        var next = Array(roots)
        while let id = next.popLast() {
            for child in below[id] ?? [] where found.insert(child).inserted { next.append(child) }
        }
        return found
    }

    /// `"text" EXACT []`, or with a type `"text" RELATED GE []`; a quote in the text is escaped by a backslash.
    private static func synonym(
        _ value: ArraySlice<UInt8>, languages: [[UInt8]]
    ) -> (text: String, grade: NameGrade, isForeign: Bool)? {
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
        let words = scope.split(separator: UInt8(ascii: " "), maxSplits: 2)
        let isForeign = words.count > 1 && languages.contains(Array(words[1]))
        return (String(decoding: text, as: UTF8.self), grade, isForeign)
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
            let id = EntityID(prefix: prefix, local: local)
            concept =
                prefix == "chebi"
                ? ChemicalRecord.concept(of: id, named: term.name, in: &draft)
                : draft.add(DictionaryDraft.Concept(id: id, kind: kind, name: term.name))
            grade = draft.concepts[concept].id == id ? .official : .related
        }
        for other in [term.id] + term.alternatives {
            if let id = identifier(other) { draft.add(alternative: id, of: concept) }
        }
        draft.add(name: term.name, to: concept, grade: grade)
        for (name, scope) in term.synonyms {
            draft.add(name: name, to: concept, grade: max(scope, grade))
        }
    }

    /// `CL:0000084` with the prefix in lower case.
    private static func identifier(_ text: String) -> EntityID? {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        return EntityID(curie: text[..<colon].lowercased() + text[colon...])
    }
}
