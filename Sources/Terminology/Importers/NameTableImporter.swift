import Corpus

/// Reads the project's own tables of names: the columns `kind`, `id`, `name`, `taxon`, `grade`, parted by tabs, under a
/// header; lines that begin with `#` are comments. A taxon of 0 is none. The grade `sole` says that the name means this
/// entity and no other of the kind, whatever other sources say.
struct NameTableImporter {
    static let columns = ["kind", "id", "name", "taxon", "grade"]

    private static let grades: [String: NameGrade] = [
        "official": .official, "fullName": .fullName, "synonym": .synonym, "related": .related, "weak": .weak,
        "sole": .official,
    ]

    static func recognizes(fileName: String) -> Bool { fileName.hasSuffix(".names.tsv") }

    static func read(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var table = ProjectTable(bytes, path: path, columns: columns)
        while let fields = try table.next() {
            guard let kind = EntityKind(rawValue: fields[0]), let id = EntityID(curie: fields[1]),
                let taxon = Int32(fields[3]), let grade = grades[fields[4]]
            else {
                throw table.fault("a kind, identifier, taxon or grade that is none")
            }
            guard !fields[2].isEmpty else {
                throw table.fault("an empty name")
            }
            let concept = draft.add(
                DictionaryDraft.Concept(id: id, kind: kind, name: fields[2], taxon: taxon))
            draft.add(name: fields[2], to: concept, grade: grade, isSole: fields[4] == "sole")
        }
    }
}
