/// The rows of the project's own tables: fields parted by tabs, under a header that must be just so; empty lines and lines
/// that begin with `#` are passed over.
struct ProjectTable {
    private var lines: Lines
    private let path: String
    private let columns: [String]
    private var hasHeader = false

    init(_ bytes: [UInt8], path: String, columns: [String]) {
        lines = Lines(bytes)
        self.path = path
        self.columns = columns
    }

    /// The fields of the next row; nil at the end.
    ///
    /// - Throws: `TerminologyError.malformed` for another header or another number of fields.
    mutating func next() throws(TerminologyError) -> [String]? {
        while let line = lines.next() {
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            let fields = line.fields(separatedBy: UInt8(ascii: "\t")).map(\.text)
            guard fields.count == columns.count else {
                throw fault("\(fields.count) fields, not \(columns.count)")
            }
            if hasHeader { return fields }
            guard fields == columns else {
                throw fault("the header must be " + columns.joined(separator: ", "))
            }
            hasHeader = true
        }
        return nil
    }

    /// What is wrong with the row that was read last.
    func fault(_ reason: String) -> TerminologyError {
        .malformed(path: path, line: lines.number, reason: reason)
    }
}
