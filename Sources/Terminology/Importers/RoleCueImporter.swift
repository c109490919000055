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
        var lines = Lines(bytes)
        var hasHeader = false
        while let line = lines.next() {
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            let fields = line.fields(separatedBy: UInt8(ascii: "\t")).map(\.text)
            guard fields.count == columns.count else {
                throw .malformed(
                    path: path, line: lines.number, reason: "\(fields.count) fields, not \(columns.count)")
            }
            if !hasHeader {
                guard fields == columns else {
                    throw .malformed(
                        path: path, line: lines.number,
                        reason: "the header must be " + columns.joined(separator: ", "))
                }
                hasHeader = true
                continue
            }
            guard let cue = RoleCue(fields: fields) else {
                throw .malformed(
                    path: path, line: lines.number,
                    reason: "a role, place or case that is none, or an empty phrase")
            }
            draft.roleCues.append(cue)
        }
    }
}
