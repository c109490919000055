import Corpus

/// Reads tables of roles: the columns `role`, `name`, `place`, `case`, `phrase`, parted by tabs, under a header; lines
/// that begin with `#` are comments. The rows are tried in their order, and the first that fits tells the role.
struct RoleCueImporter {
    static let columns = ["role", "name", "place", "case", "phrase"]

    static func recognizes(fileName: String) -> Bool {
        fileName == "roles.tsv" || fileName.hasSuffix(".roles.tsv")
    }

    static func read(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var table = ProjectTable(bytes, path: path, columns: columns)
        while let fields = try table.next() {
            guard let cue = RoleCue(fields: fields) else {
                throw table.fault("a role, place or case that is none, or an empty phrase")
            }
            draft.roleCues.append(cue)
        }
    }
}
