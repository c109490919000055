import Corpus

/// The text of an article that was never written: the title, and the sections for which there is something, with their
/// headings and bullets. All of its words are new.
struct FirstText {
    /// A line of it that is to be found again.
    struct Line {
        /// Where it stands in the bytes, its end excluded.
        var range: Range<Int>
        var content: Content
    }

    /// What a line is.
    enum Content {
        /// The heading of a section, or the title.
        case heading(SectionID)
        /// A statement's bullet.
        case statement(MergeWriter.Entry)
    }

    /// The text in UTF-8.
    private(set) var bytes: [UInt8] = []
    /// Its lines in order, blank ones left out.
    private(set) var lines: [Line] = []

    /// About how many bytes a bullet has.
    private static let bullet = 256

    /// Writes it.
    ///
    /// - Parameter entries: The statements of each section, in order.
    init(_ merge: ArticleMerge, _ entries: [SectionID: [MergeWriter.Entry]]) {
        let count = entries.values.reduce(0) { $0 + $1.count }
        bytes.reserveCapacity(Self.bullet * (count + 2))
        lines.reserveCapacity(count + entries.count + 1)
        add(.heading(.title)) { $0.append(contentsOf: "# \(merge.title)".utf8) }
        for section in merge.sections {
            guard let entries = entries[section.id] else { continue }
            bytes.append(UInt8(ascii: "\n"))
            add(.heading(section.id)) { $0.append(contentsOf: "## \(section.heading)".utf8) }
            bytes.append(UInt8(ascii: "\n"))
            for entry in entries { add(.statement(entry), entry.append) }
        }
    }

    private mutating func add(_ content: Content, _ write: (inout [UInt8]) -> Void) {
        let start = bytes.count
        write(&bytes)
        lines.append(Line(range: start..<bytes.count, content: content))
        bytes.append(UInt8(ascii: "\n"))
    }
}
