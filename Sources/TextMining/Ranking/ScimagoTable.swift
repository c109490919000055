/// Reads the table of journals that Scimago publishes each year (`scimagojr 2024.csv`, https://www.scimagojr.com): fields
/// parted by semicolons, some in quotes, decimal commas, columns by name.
///
/// Of it the journals with the highest SJR are taken; book series, proceedings and trade journals are none.
struct ScimagoTable {
    /// A row that is a journal.
    struct Journal: Hashable {
        var title: String
        /// The ISSNs, eight characters each.
        var issns: [String]
        /// The SJR as the table spells it.
        var sjr: String
        var value: Double
        var quartile: String
    }

    /// The journals, highest SJR first; those of equal SJR in the order of the table.
    let journals: [Journal]
    /// The year that the table is about, where its header tells it.
    let year: String?

    /// Whether a text begins with Scimago's header.
    static func recognizes(_ text: String) -> Bool {
        let header = text.utf8.prefix(4096).prefix { $0 != 0x0A }
        let columns = header.split(separator: UInt8(ascii: ";")).map { String(decoding: $0, as: UTF8.self) }
        return columns.contains("Rank") || columns.contains("\u{FEFF}Rank")
            ? columns.contains("SJR") && columns.contains("Issn") : false
    }

    /// Reads the table.
    ///
    /// - Throws: `JournalRankingError` with the line of the first fault.
    init(_ text: String, file: String) throws(JournalRankingError) {
        var rows = Rows(text)
        let header = rows.next()?.map { $0.replacing("\u{FEFF}", with: "") } ?? []
        func column(_ name: String) throws(JournalRankingError) -> Int {
            if let index = header.firstIndex(of: name) { return index }
            throw JournalRankingError(file: file, line: 1, message: "Scimago's column \"\(name)\" is missing")
        }
        let title = try column("Title")
        let type = try column("Type")
        let issn = try column("Issn")
        let sjr = try column("SJR")
        let quartile = header.firstIndex(of: "SJR Best Quartile")
        year = header.lazy.compactMap { Self.year(in: $0) }.first
        var found: [Journal] = []
        while let row = rows.next() {
            if row == [""] { continue }
            guard row.count == header.count else {
                throw JournalRankingError(
                    file: file, line: rows.line,
                    message: "\(row.count) fields where the header has \(header.count)")
            }
            // Journals without an SJR have an empty field.
            guard row[type] == "journal", !row[sjr].isEmpty else { continue }
            guard let value = Self.decimal(row[sjr]) else {
                throw JournalRankingError(
                    file: file, line: rows.line, message: "the SJR \"\(row[sjr])\" is no number")
            }
            let issns = row[issn].split { $0 == "," || $0 == " " }.map { String($0.filter { $0 != "-" }) }
            found.append(
                Journal(
                    title: row[title], issns: issns.filter { $0.utf8.count == 8 }, sjr: row[sjr],
                    value: value,
                    quartile: quartile.map { row[$0] } ?? ""))
        }
        guard !found.isEmpty else {
            throw JournalRankingError(
                file: file, line: nil, message: "Scimago's table has no row of a journal")
        }
        journals = found.enumerated().sorted {
            ($1.element.value, $0.offset) < ($0.element.value, $1.offset)
        }.map(\.element)
    }

    /// `Total Docs. (2024)`
    private static func year(in column: String) -> String? {
        guard column.hasPrefix("Total Docs. ("), column.hasSuffix(")") else { return nil }
        let year = column.dropFirst(13).dropLast()
        return year.utf8.count == 4 && year.utf8.allSatisfy(\.isDigit) ? String(year) : nil
    }

    /// `145,004`, `1.145,004` or `145.004`.
    private static func decimal(_ text: String) -> Double? {
        let plain = text.contains(",") ? text.replacing(".", with: "").replacing(",", with: ".") : text
        guard let value = Double(plain), value.isFinite else { return nil }
        return value
    }

    /// Rows of fields parted by semicolons; a field in quotes may hold semicolons, ends of lines and doubled quotes.
    private struct Rows {
        private let bytes: [UInt8]
        private var position = 0
        private var nextLine = 1
        /// The line on which the last row began, from 1.
        private(set) var line = 0

        init(_ text: String) { bytes = Array(text.utf8) }

        mutating func next() -> [String]? {
            guard position < bytes.count else { return nil }
            line = nextLine
            var fields: [String] = []
            var field: [UInt8] = []
            var isQuoted = false
            while position < bytes.count {
                let byte = bytes[position]
                position += 1
                if byte == UInt8(ascii: "\n") { nextLine += 1 }
                if isQuoted {
                    if byte != UInt8(ascii: "\"") {
                        field.append(byte)
                    } else if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
                        field.append(byte)
                        position += 1
                    } else {
                        isQuoted = false
                    }
                } else if byte == UInt8(ascii: "\""), field.isEmpty {
                    isQuoted = true
                } else if byte == UInt8(ascii: ";") {
                    fields.append(String(decoding: field, as: UTF8.self))
                    field = []
                } else if byte == UInt8(ascii: "\n") {
                    break
                } else {
                    field.append(byte)
                }
            }
            if field.last == UInt8(ascii: "\r") { field.removeLast() }
            fields.append(String(decoding: field, as: UTF8.self))
            return fields
        }
    }
}
