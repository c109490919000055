import Corpus

/// An article as it is shown: its text, taken apart, with what is known of its statements and of the papers it cites.
///
/// The text decides what stands on the page. A bullet that still quotes a statement exactly, with the statement's
/// citations, is shown with all that says why it is there; a bullet that a person changed is shown as the person
/// left it.
public struct ArticlePage: Hashable, Sendable {
    /// What the article is about.
    public var entity: Entity
    /// Its head.
    public var head: ArticleHead
    /// Its text.
    public var text: String
    /// The title: that of the text, or else of the entity.
    public var title: String
    /// Its sections, in the order of the text.
    public var sections: [PageSection]
    /// The papers cited: the n-th has number n.
    public var references: [CitationReference]
    /// What is to be known of papers whose citations are no longer what the article was made from.
    public var notes: [PMID: PaperNote]

    /// The page of an article's text.
    ///
    /// - Parameters:
    ///   - entity: What the article is about.
    ///   - facts: What its head says beside the entity's names.
    ///   - text: Its text, as ``SeedArticle/text`` or a person wrote it.
    ///   - sections: The sections of such an article: their headings give anchors and identifiers.
    ///   - statements: The machine's statements of this article; those that the text does not quote are not shown.
    ///   - references: What is shown of the papers; a paper that is missing is shown by its PMID alone.
    ///   - notes: What is to be known of papers that were retracted, deleted or revised since.
    public init(
        entity: Entity, facts: HeadFacts, text: String, sections: [Section], statements: [Bullet],
        references: [PMID: CitationReference], notes: [PMID: PaperNote] = [:]
    ) {
        self.init(
            entity: entity, facts: facts, text: text, sections: sections, statements: statements, notes: notes
        ) { references[$0] }
    }

    /// The page of an article's text, asking for those papers alone that the text cites.
    ///
    /// - Parameters:
    ///   - entity: What the article is about.
    ///   - facts: What its head says beside the entity's names.
    ///   - text: Its text, as ``SeedArticle/text`` or a person wrote it.
    ///   - sections: The sections of such an article: their headings give anchors and identifiers.
    ///   - statements: The machine's statements of this article; those that the text does not quote are not shown.
    ///   - notes: What is to be known of papers that were retracted, deleted or revised since.
    ///   - reference: What is shown of a paper; nil for its PMID alone.
    public init(
        entity: Entity, facts: HeadFacts, text: String, sections: [Section], statements: [Bullet],
        notes: [PMID: PaperNote], reference: (PMID) throws -> CitationReference?
    ) rethrows {
        let document = QuotingArticle(text, statements: statements)
        let cited = try document.citedPMIDs.map {
            (try reference($0) ?? CitationReference(pmid: $0)).noted(notes[$0])
        }
        self.notes = notes
        self.entity = entity
        self.text = text
        self.references = cited
        self.sections = PageSection.sections(of: document, known: sections, name: entity.name)
        head = ArticleHead(
            entity: entity, facts: facts,
            statementCount: self.sections.reduce(0) { $0 + $1.statementCount },
            newestYear: cited.compactMap(\.year).max())
        title = document.title ?? head.title
    }

    /// The page of a seed article.
    public init(_ seed: SeedArticle) {
        self.init(
            entity: seed.entity, facts: seed.head.facts, text: seed.text,
            sections: seed.sections.map(\.section),
            statements: seed.bullets,
            references: Dictionary(
                seed.references.map { ($0.pmid, $0) }, uniquingKeysWith: { first, _ in first }))
    }

    /// The number of each paper cited.
    public var numbers: [PMID: Int] {
        Dictionary(
            references.enumerated().map { ($0.element.pmid, $0.offset + 1) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The papers of which sentences were taken out, by PMID.
    public var withdrawn: [(pmid: PMID, note: PaperNote)] {
        notes.filter { $0.value.withdrawn > 0 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The statements shown, in the order of the page.
    public var statements: [Bullet] { sections.flatMap(\.statements) }
}

/// A section of a page.
public struct PageSection: Hashable, Sendable {
    /// The section's identifier, where its heading is one that the machine gives.
    public var id: SectionID?
    /// The words of the heading; nil for what stands before the first one.
    public var heading: String?
    /// The pieces of the heading, with its links.
    public var headingInlines: [MarkdownInline]
    /// The name of its place in the page: unique there, lower-case ASCII.
    public var anchor: String
    /// What stands in it.
    public var blocks: [PageBlock]

    /// How many statements are shown in it.
    public var statementCount: Int {
        blocks.count { if case .statement = $0 { true } else { false } }
    }

    /// The statements shown in it.
    public var statements: [Bullet] {
        blocks.compactMap { block in
            if case .statement(let bullet) = block { bullet } else { nil }
        }
    }

    /// Takes a document apart.
    fileprivate static func sections(
        of document: QuotingArticle, known: [Section], name: String
    ) -> [PageSection] {
        let identifiers = known.map { (heading: $0.heading(for: name), id: $0.id) }
        var anchors: Set<String> = ["article", "contents", "references", "top", "withdrawn"]
        return document.sections.compactMap { heading, blocks in
            if heading == nil, blocks.isEmpty { return nil }
            let words = heading?.plainText
            let id = words.flatMap { words in identifiers.first { $0.heading == words }?.id }
            let wish = anchor(for: id?.rawValue ?? words ?? "introduction")
            var anchor = wish
            var count = 1
            while !anchors.insert(anchor).inserted {
                count += 1
                anchor = "\(wish)-\(count)"
            }
            return PageSection(
                id: id, heading: words, headingInlines: heading ?? [], anchor: anchor,
                blocks: blocks)
        }
    }

    /// A heading as the name of a place. What pages call citations, references and statements (`cite-1`, `ref-1`,
    /// `e-…`) is no heading's.
    private static func anchor(for words: String) -> String {
        let slug = words.asciiSlug
        let isTaken = slug.isEmpty || ["cite-", "ref-", "e-"].contains { slug.hasPrefix($0) }
        return isTaken ? ["section", slug].filter { !$0.isEmpty }.joined(separator: "-") : slug
    }
}

/// What stands in a section of a page.
public enum PageBlock: Hashable, Sendable {
    /// A bullet that quotes a statement exactly.
    case statement(Bullet)
    /// Another bullet.
    case bullet([MarkdownInline])
    /// A paragraph.
    case paragraph([MarkdownInline])
    /// A heading within the section.
    case heading(level: Int, [MarkdownInline])
}

extension String {
    /// The text in lower-case ASCII letters and digits, everything else one hyphen between words.
    package var asciiSlug: String {
        var slug: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                slug.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                slug.append(byte | 0x20)
            default:
                if let last = slug.last, last != UInt8(ascii: "-") { slug.append(UInt8(ascii: "-")) }
            }
        }
        if slug.last == UInt8(ascii: "-") { slug.removeLast() }
        return String(decoding: slug, as: UTF8.self)
    }
}
