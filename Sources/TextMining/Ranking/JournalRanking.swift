public import Corpus

/// Which journals are of the first rank: a table that people draw up and date, such as
/// `Dictionaries/journals-first-rank.tsv`.
///
/// The table is tab-separated with a header line that names its columns in any order: `nlm_id`, `iso_abbreviation`,
/// `title`, `criterion`, `date`. Lines that start with `#` are comments. A row needs an id, an abbreviation or a title.
///
/// Scimago's yearly table (`scimagojr 2024.csv`) may stand in its place and is known by its header: the journals with the
/// highest SJR are then those of the first rank.
public struct JournalRanking: Hashable, Sendable {
    /// A row of the table.
    public struct Entry: Hashable, Sendable {
        /// The journal's identifier in NLM's catalogue.
        public var nlmID: String?
        /// The ISO abbreviation.
        public var isoAbbreviation: String?
        /// The title.
        public var title: String?
        /// Why the journal is of the first rank.
        public var criterion: String
        /// When that was decided, as `YYYY-MM-DD`.
        public var date: String
    }

    /// The rows, in the order of the file.
    public let entries: [Entry]
    private let byID: [String: Int]
    private let byName: [String: Int]
    private let byISSN: [String: Int]

    /// How many journals of Scimago's table are of the first rank, if nobody says otherwise.
    public static let scimagoLimit = 200

    /// A ranking without any journal.
    public init() {
        entries = []
        byID = [:]
        byName = [:]
        byISSN = [:]
    }

    /// Reads a table, the project's or Scimago's.
    ///
    /// - Parameters:
    ///   - tsv: the text of the file.
    ///   - file: how errors call the file.
    ///   - scimagoLimit: how many journals of Scimago's table are of the first rank.
    /// - Throws: the first fault, with its line.
    public init(
        tsv: String, file: String, scimagoLimit: Int = JournalRanking.scimagoLimit
    ) throws(JournalRankingError) {
        if ScimagoTable.recognizes(tsv) {
            self.init(try ScimagoTable(tsv, file: file), limit: scimagoLimit)
        } else {
            try self.init(rows: tsv, file: file)
        }
    }

    private init(rows tsv: String, file: String) throws(JournalRankingError) {
        var columns: [String]?
        var entries: [Entry] = []
        var byID: [String: Int] = [:]
        var byName: [String: Int] = [:]
        // A Character is never half of a CR LF.
        let lines = tsv.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for (offset, line) in lines.enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            func fault(_ message: String) -> JournalRankingError {
                JournalRankingError(file: file, line: offset + 1, message: message)
            }
            guard let header = columns else {
                for name in cells where !Self.columnNames.contains(name) {
                    throw fault(
                        "unknown column \"\(name)\"; known are \(Self.columnNames.joined(separator: ", "))")
                }
                for name in ["criterion", "date"] where !cells.contains(name) {
                    throw fault("the column \"\(name)\" is missing")
                }
                columns = cells
                continue
            }
            guard cells.count == header.count else {
                throw fault("\(cells.count) cells where the header has \(header.count)")
            }
            var row: [String: String] = [:]
            for (name, cell) in zip(header, cells) where !cell.isEmpty { row[name] = cell }
            let entry = Entry(
                nlmID: row["nlm_id"], isoAbbreviation: row["iso_abbreviation"], title: row["title"],
                criterion: row["criterion"] ?? "", date: row["date"] ?? "")
            guard entry.nlmID != nil || entry.isoAbbreviation != nil || entry.title != nil else {
                throw fault("a journal needs an id, an abbreviation or a title")
            }
            guard !entry.criterion.isEmpty, !entry.date.isEmpty else {
                throw fault("a journal needs a criterion and a date")
            }
            if let id = entry.nlmID, byID.updateValue(entries.count, forKey: id) != nil {
                throw fault("the journal \(id) stands here a second time")
            }
            for name in [entry.isoAbbreviation, entry.title].compactMap({ $0 }).map(Self.folded) {
                if let other = byName.updateValue(entries.count, forKey: name), other != entries.count {
                    throw fault("the journal \"\(name)\" stands here a second time")
                }
            }
            entries.append(entry)
        }
        guard columns != nil else {
            throw JournalRankingError(file: file, line: nil, message: "there is no header line")
        }
        self.entries = entries
        self.byID = byID
        self.byName = byName
        byISSN = [:]
    }

    private init(_ table: ScimagoTable, limit: Int) {
        var entries: [Entry] = []
        var byName: [String: Int] = [:]
        var byISSN: [String: Int] = [:]
        for journal in table.journals.prefix(limit) {
            for issn in journal.issns where byISSN[issn] == nil { byISSN[issn] = entries.count }
            let name = Self.folded(journal.title)
            // PubMed has no article before a title.
            for spelling in [name, name.hasPrefix("the ") ? String(name.dropFirst(4)) : name]
            where byName[spelling] == nil {
                byName[spelling] = entries.count
            }
            entries.append(
                Entry(
                    title: journal.title,
                    criterion: "among the \(limit) journals of the highest SJR (\(journal.sjr)"
                        + (journal.quartile.isEmpty ? ")" : ", \(journal.quartile))"),
                    date: table.year.map { $0 + "-12-31" } ?? "undated"))
        }
        self.entries = entries
        byID = [:]
        self.byName = byName
        self.byISSN = byISSN
    }

    /// The row of a journal: by its identifier or ISSN, else by its abbreviation or title without case and punctuation; nil
    /// when the journal is not of the first rank.
    public func entry(for journal: Journal) -> Entry? {
        if let id = journal.nlmID, let index = byID[id] { return entries[index] }
        if !byISSN.isEmpty, let issn = journal.issn,
            let index = byISSN[String(decoding: issn.utf8.filter { $0 != UInt8(ascii: "-") }, as: UTF8.self)]
        {
            return entries[index]
        }
        for name in [journal.isoAbbreviation, journal.title].compactMap({ $0 }) {
            if let index = byName[Self.folded(name)] { return entries[index] }
        }
        return nil
    }

    /// The journals of several tables; where two list the same one, the first is right.
    public init(joining tables: [JournalRanking]) {
        var entries: [Entry] = []
        var byID: [String: Int] = [:]
        var byName: [String: Int] = [:]
        var byISSN: [String: Int] = [:]
        for table in tables {
            let offset = entries.count
            entries += table.entries
            byID.merge(table.byID.mapValues { $0 + offset }) { first, _ in first }
            byName.merge(table.byName.mapValues { $0 + offset }) { first, _ in first }
            byISSN.merge(table.byISSN.mapValues { $0 + offset }) { first, _ in first }
        }
        self.entries = entries
        self.byID = byID
        self.byName = byName
        self.byISSN = byISSN
    }

    /// Whether a journal is of the first rank.
    public func isFirstRank(_ journal: Journal) -> Bool { entry(for: journal) != nil }

    private static var columnNames: [String] { ["nlm_id", "iso_abbreviation", "title", "criterion", "date"] }

    /// Letters and digits in lower case, everything else one space: `Proc. Natl. Acad. Sci. U.S.A.` and
    /// `Proc Natl Acad Sci U S A` are one.
    private static func folded(_ name: String) -> String {
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            if byte.isLowerCaseLetter || byte.isDigit || byte >= 0x80 {
                bytes.append(byte)
            } else if byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") {
                bytes.append(byte | 0x20)
            } else if let last = bytes.last, last != 0x20 {
                bytes.append(0x20)
            }
        }
        if bytes.last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// What is wrong with a table of journals, and where.
public struct JournalRankingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, as the caller named it.
    public let file: String
    /// The line, from 1; nil when the file as a whole is at fault.
    public let line: Int?
    /// One sentence that says what is wrong.
    public let message: String

    /// `Dictionaries/journals-first-rank.tsv:12: a journal needs a criterion and a date`
    public var description: String {
        guard let line else { return "\(file): \(message)" }
        return "\(file):\(line): \(message)"
    }
}
