import Intake

/// The rows of a table whose columns are found by the names in its header, whatever their order and case.
///
/// Fields are parted by one byte and hold no quotes; lines before the header and comments are passed over.
struct TableReader {
    private var lines: Lines
    private let path: String
    private let separator: UInt8
    private let columns: [String]
    /// The number of the line of the last row.
    var line: Int { lines.number }

    /// Reads up to the header: the first line that has the column, in any of its spellings.
    ///
    /// - Throws: `TerminologyError.malformed` when there is none.
    init(
        _ bytes: [UInt8], path: String, header column: [String], separator: UInt8 = UInt8(ascii: "\t")
    ) throws(TerminologyError) {
        lines = Lines(bytes)
        self.path = path
        self.separator = separator
        while let line = lines.next() {
            let names = Self.names(in: line, separator: separator)
            if names.contains(where: { column.contains($0) }) {
                columns = names
                return
            }
        }
        throw .malformed(
            path: path, line: 1,
            reason: "there is no header with the column \(column.joined(separator: " or "))")
    }

    /// The names of the columns in lower case, without the sign that some files put before the header.
    static func names(in header: ArraySlice<UInt8>, separator: UInt8 = UInt8(ascii: "\t")) -> [String] {
        var names = header.fields(separatedBy: separator).map { field in
            field.trimmed.text.lowercased().replacing("\"", with: "")
        }
        if let first = names.first, first.hasPrefix("#") {
            names[0] = String(first.drop { $0 == "#" || $0 == " " })
        }
        return names
    }

    /// The column of one of several names, which the file must have.
    func column(_ names: String...) throws(TerminologyError) -> Int {
        for name in names {
            if let index = columns.firstIndex(of: name) { return index }
        }
        throw .malformed(
            path: path, line: lines.number,
            reason: "the header has no column \(names.joined(separator: " or "))")
    }

    /// The column of one of several names; nil where the file has none.
    func optionalColumn(_ names: String...) -> Int? {
        for name in names {
            if let index = columns.firstIndex(of: name) { return index }
        }
        return nil
    }

    /// The fields of the next row; nil at the end.
    ///
    /// - Throws: `TerminologyError.malformed` for a row with another number of fields than the header.
    mutating func next() throws(TerminologyError) -> [ArraySlice<UInt8>]? {
        while let line = lines.next() {
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            let fields = line.fields(separatedBy: separator)
            guard fields.count == columns.count else {
                throw .malformed(
                    path: path, line: lines.number,
                    reason: "\(fields.count) fields where the header has \(columns.count)")
            }
            return fields
        }
        return nil
    }
}
