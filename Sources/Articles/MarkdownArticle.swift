import Corpus

/// The text of an article, taken apart: what pages, plain text and JSON are made from.
///
/// The text is the one source. It is Markdown that Pandoc reads, of which the program itself writes headings (`#`),
/// bullets (`- `), citations and entity links; whatever else people type is a paragraph of text.
public struct MarkdownArticle: Hashable, Sendable {
    /// Headings, bullets and paragraphs, in the order of the text.
    public var blocks: [Block]

    /// A heading, a bullet or a paragraph.
    public enum Block: Hashable, Sendable {
        /// A heading of a level from 1 to 6.
        case heading(level: Int, [MarkdownInline])
        /// An item of a list.
        case bullet([MarkdownInline])
        /// A paragraph.
        case paragraph([MarkdownInline])

        /// The pieces of the block.
        public var inlines: [MarkdownInline] {
            switch self {
            case .heading(_, let inlines), .bullet(let inlines), .paragraph(let inlines): inlines
            }
        }
    }

    /// Reads a text. Every text is an article: nothing fails.
    ///
    /// - Complexity: O(length of the text).
    public init(_ text: String) {
        var reader = BlockReader()
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            reader.read(String(line) ?? "")
        }
        blocks = reader.finish()
    }

    /// The citations in the order of their first mention: the n-th has number n in every rendering, so numbers have
    /// no gap and a paper that is cited again keeps its number.
    public var citedPMIDs: [PMID] {
        var seen: Set<PMID> = []
        var order: [PMID] = []
        for block in blocks {
            for case .citation(let pmids) in block.inlines {
                for pmid in pmids where seen.insert(pmid).inserted { order.append(pmid) }
            }
        }
        return order
    }

    /// The text of the first heading of level 1; nil when there is none.
    public var title: String? {
        for case .heading(1, let inlines) in blocks { return inlines.plainText }
        return nil
    }

    /// The headings of level 2 with what stands below each, up to the next; what stands before the first of them
    /// has no heading. The title itself is left out.
    public var sections: [(heading: [MarkdownInline]?, blocks: [Block])] {
        var sections: [(heading: [MarkdownInline]?, blocks: [Block])] = [(nil, [])]
        var isTitleSeen = false
        for block in blocks {
            switch block {
            case .heading(2, let inlines):
                sections.append((inlines, []))
            case .heading(1, _) where !isTitleSeen:
                isTitleSeen = true
            default:
                sections[sections.count - 1].blocks.append(block)
            }
        }
        return sections
    }
}

extension [MarkdownInline] {
    /// The words, without citations.
    public var plainText: String { map(\.text).joined() }
}

/// Gathers lines into blocks.
private struct BlockReader {
    private var blocks: [MarkdownArticle.Block] = []
    private var lines: [String] = []
    private var isBullet = false

    mutating func read(_ line: String) {
        let indent = line.utf8.prefix { $0 == UInt8(ascii: " ") }.count
        let body = String(line.utf8.dropFirst(indent)) ?? ""
        if body.utf8.allSatisfy({ $0 == UInt8(ascii: "\t") }) {
            flush()
        } else if indent < 4, let heading = Self.heading(body) {
            flush()
            blocks.append(heading)
        } else if let item = Self.item(body) {
            flush()
            isBullet = true
            lines = [item]
        } else {
            lines.append(body)
        }
    }

    mutating func finish() -> [MarkdownArticle.Block] {
        flush()
        return blocks
    }

    private mutating func flush() {
        if !lines.isEmpty {
            let inlines = MarkdownInline.parse(lines.joined(separator: "\n").trimmedEnd)
            blocks.append(isBullet ? .bullet(inlines) : .paragraph(inlines))
        }
        lines = []
        isBullet = false
    }

    /// `## Words ##`, one to six signs and a space.
    private static func heading(_ line: String) -> MarkdownArticle.Block? {
        let sign = UInt8(ascii: "#")
        let level = line.utf8.prefix { $0 == sign }.count
        guard (1...6).contains(level) else { return nil }
        var rest = Array(line.utf8.dropFirst(level))
        guard rest.first == UInt8(ascii: " ") || rest.isEmpty else { return nil }
        while rest.last == UInt8(ascii: " ") { rest.removeLast() }
        let closing = rest.reversed().prefix { $0 == sign }.count
        if closing > 0, closing == rest.count || rest[rest.count - closing - 1] == UInt8(ascii: " ") {
            rest.removeLast(closing)
        }
        while rest.last == UInt8(ascii: " ") { rest.removeLast() }
        let text = rest.drop { $0 == UInt8(ascii: " ") }
        return .heading(level: level, MarkdownInline.parse(String(decoding: text, as: UTF8.self)))
    }

    /// What follows `- `, `* ` or `+ `.
    private static func item(_ line: String) -> String? {
        guard let first = line.utf8.first, "-*+".utf8.contains(first),
            line.utf8.dropFirst().first == UInt8(ascii: " ")
        else { return nil }
        return String(line.utf8.dropFirst(2).drop { $0 == UInt8(ascii: " ") })
    }
}

extension String {
    /// Without spaces at the end.
    fileprivate var trimmedEnd: String {
        var bytes = utf8[...]
        while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
        return String(bytes) ?? self
    }
}
