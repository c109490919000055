import Articles
import Corpus

/// An article in the formats that people and programs read.
public struct ArticleRenderer: Sendable {
    /// The address of the page of an entity, as seen from the article's page; nil when it has none.
    public var address: @Sendable (EntityID) -> String?

    /// Makes a renderer.
    ///
    /// - Parameter address: Where the page of an entity is, as seen from the article's page; by default no entity
    ///   has one.
    public init(address: @escaping @Sendable (EntityID) -> String? = { _ in nil }) {
        self.address = address
    }

    /// Markdown: the article's text, which is the source of all else. Pandoc reads it, and with a bibliography of
    /// the PMIDs it cites it sets the references.
    public func markdown(_ page: ArticlePage) -> String {
        page.text
    }

    /// A page of HTML that needs no other file.
    public func html(_ page: ArticlePage) -> String {
        html(page, stylesheet: nil, index: nil)
    }

    /// A page of HTML within a site.
    ///
    /// - Parameters:
    ///   - page: The article.
    ///   - stylesheet: The address of the style sheet as seen from the page; nil to put it into the page.
    ///   - index: The address of the list of all articles as seen from the page.
    public func html(_ page: ArticlePage, stylesheet: String?, index: String?) -> String {
        String(decoding: bytes(page, stylesheet: stylesheet, index: index), as: UTF8.self)
    }

    /// The bytes of a page of HTML within a site.
    func bytes(_ page: ArticlePage, stylesheet: String?, index: String?) -> [UInt8] {
        let context = ArticleContext(page: page, address: address, stylesheet: stylesheet, index: index)
        return Templates.article.render(context.values())
    }

    /// Plain text for a terminal: head, sections with numbered citations, references.
    public func plainText(_ page: ArticlePage) -> String {
        let head = page.head
        let numbers = page.numbers
        var text = "\(head.overline)\n\n\(page.title)\n"
        let species = [head.facts.scientificName, head.facts.commonName.map { "(\($0))" }].compactMap(\.self)
        if !species.isEmpty { text += "\n\(species.joined(separator: " "))\n" }
        let synonyms = head.synonyms + head.moreSynonyms
        if !synonyms.isEmpty { text += "\nSynonyms: \(synonyms.joined(separator: ", "))\n" }
        text += "\n\(head.notice)\n"
        for section in page.sections {
            if let heading = section.heading { text += "\n\(heading)\n" }
            var isListOpen = false
            for block in section.blocks {
                let (line, isItem) = Self.line(block, numbers: numbers)
                if !(isListOpen && isItem) { text += "\n" }
                isListOpen = isItem
                text += line + "\n"
            }
        }
        if !page.references.isEmpty {
            text += "\nReferences\n\n"
            for (index, reference) in page.references.enumerated() {
                text += "\(index + 1). \(reference.line)\n"
            }
        }
        if !page.withdrawn.isEmpty {
            text += "\nWithdrawn evidence\n\n"
            for (pmid, note) in page.withdrawn {
                let notices = note.notices.map { ", notice: PubMed \($0)" }.joined()
                text += "• \(note.withdrawn) of PubMed \(pmid): \(note.badge.label)\(notices)\n"
            }
        }
        return text + "\n\(ArticleHead.sourceNotice)\n"
    }

    /// JSON for programs; ``ArticleJSON`` says what it holds.
    public func json(_ page: ArticlePage) -> String {
        ArticleJSON.value(page).pretty
    }

    /// A block on one line, and whether it is an item of a list.
    private static func line(_ block: PageBlock, numbers: [PMID: Int]) -> (String, isItem: Bool) {
        switch block {
        case .statement(let bullet):
            let (quoted, stop) = StatementLine.splitStop(bullet.sentence)
            let marks = bullet.marks.map(\.label).joined(separator: "; ")
            let line = "• \(visible(quoted)) \(citation(bullet.pmids, numbers))\(stop)"
            return (marks.isEmpty ? line : "\(line) (\(marks))", true)
        case .bullet(let inlines):
            return ("• " + words(inlines, numbers), true)
        case .paragraph(let inlines), .heading(_, let inlines):
            return (words(inlines, numbers), false)
        }
    }

    private static func words(_ inlines: [MarkdownInline], _ numbers: [PMID: Int]) -> String {
        inlines.map { inline in
            switch inline {
            case .text(let text): visible(text)
            case .link(let words, .entity): visible(words)
            case .link(let words, .web(let url)): words == url ? url : "\(visible(words)) (\(url))"
            case .citation(let pmids): citation(pmids, numbers)
            }
        }.joined()
    }

    private static func citation(_ pmids: [PMID], _ numbers: [PMID: Int]) -> String {
        "[" + pmids.compactMap { numbers[$0] }.map(String.init).joined(separator: ", ") + "]"
    }

    /// A text without control characters, which would move a terminal's cursor: a space each.
    private static func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { shown.append(isControl(scalar) ? " " : scalar) }
        return String(shown)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }
}
