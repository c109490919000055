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

        init(_ kind: BlockReader.Kind, _ inlines: [MarkdownInline]) {
            switch kind {
            case .heading(let level): self = .heading(level: level, inlines)
            case .bullet: self = .bullet(inlines)
            case .paragraph: self = .paragraph(inlines)
            }
        }

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
        var blocks: [Block] = []
        BlockReader(text).read { bytes, kind, lines in
            blocks.append(Block(kind, MarkdownInline.parse(BlockReader.joined(lines, of: bytes))))
        }
        self.blocks = blocks
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
