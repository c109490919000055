import Articles
import Corpus

/// Sentences, citations and links as HTML, on one page.
struct SentenceHTML {
    /// The number of each paper.
    let numbers: [PMID: Int]
    /// What is to be known of papers that are no longer what was quoted.
    let notes: [PMID: PaperNote]
    /// The address of the page of an entity, as seen from this page; nil when it has none.
    let address: (EntityID) -> String?
    /// What the page is about.
    let subject: EntityID
    /// The kinds of the names that were marked so far, those of the page's own entity left out.
    private(set) var kinds: Set<EntityKind> = []
    /// How often each paper was cited so far: each citation is a place that its reference leads back to.
    private(set) var citations: [PMID: Int] = [:]
    /// The statements that have a place of their own so far; a person may have put one in twice.
    private var placed: Set<EvidenceID> = []

    init(
        numbers: [PMID: Int], notes: [PMID: PaperNote], subject: EntityID,
        address: @escaping (EntityID) -> String?
    ) {
        self.subject = subject
        self.numbers = numbers
        self.notes = notes
        self.address = address
    }

    /// Writes a quoted sentence with its names marked, its citation before the final full stop.
    mutating func quotation(_ bullet: Bullet, into html: inout HTMLWriter) {
        let sentence = bullet.sentence.utf8Span.span
        let hasStop = StatementLine.hasStop(sentence)
        let end = sentence.count - (hasStop ? 1 : 0)
        var position = 0
        for (range, index) in bullet.mentionPlaces {
            let mention = bullet.evidence.mentions[index]
            if mention.entity != subject { kinds.insert(mention.kind) }
            guard range.start >= position, range.end <= end else { continue }
            html.add(escaping: sentence.extracting(position..<range.start))
            mark(
                sentence.extracting(range.start..<range.end), mention, focus: bullet.evidence.entity,
                into: &html)
            position = range.end
        }
        html.add(escaping: sentence.extracting(position..<end))
        html.add(" ")
        citation(bullet.pmids, into: &html)
        if hasStop { html.add(".") }
    }

    /// Writes the attribute that makes a statement's item a place to link to: the first item of each statement only.
    mutating func place(of bullet: Bullet, into html: inout HTMLWriter) {
        guard placed.insert(bullet.id).inserted else { return }
        html.add(" id=\"e-")
        html.add(digitsOf: bullet.id.words)
        html.add("\"")
    }

    /// Writes the pieces of a block that a person wrote.
    mutating func inlines(_ inlines: [MarkdownInline], into html: inout HTMLWriter) {
        for inline in inlines {
            switch inline {
            case .text(let text):
                html.add(escaping: text)
            case .link(let words, .web(let url)):
                html.add("<a href=\"")
                html.add(escaping: url)
                html.add("\" rel=\"nofollow\">")
                html.add(escaping: words)
                html.add("</a>")
            case .link(let words, .entity(let entity)):
                guard let href = address(entity) ?? EntityAddress(entity)?.url else {
                    html.add(escaping: words)
                    continue
                }
                html.add("<a href=\"")
                html.add(escaping: href)
                html.add("\" title=\"")
                html.add(escaping: entity.curie)
                html.add("\">")
                html.add(escaping: words)
                html.add("</a>")
            case .citation(let pmids):
                citation(pmids, into: &html)
            }
        }
    }

    /// `[5]`, or `[5, 6]`: each number a link to its reference and a place to come back to.
    private mutating func citation(_ pmids: [PMID], into html: inout HTMLWriter) {
        html.add("<span class=\"cite\">[")
        var isFirst = true
        for pmid in pmids {
            guard let number = numbers[pmid] else { continue }
            if !isFirst { html.add(", ") }
            isFirst = false
            let occurrence = citations[pmid, default: 0] + 1
            citations[pmid] = occurrence
            html.add("<a id=\"")
            Self.anchor(number: number, occurrence: occurrence, into: &html)
            html.add("\" href=\"#ref-")
            html.add(number)
            html.add("\" aria-label=\"Reference ")
            html.add(number)
            html.add("\">")
            html.add(number)
            html.add("</a>")
        }
        html.add("]</span>")
        if notes.isEmpty { return }
        for badge in pmids.compactMap({ notes[$0]?.badge }) {
            html.add(" <span class=\"mark \(badge.rawValue)\">source \(badge.label)</span>")
        }
    }

    /// The name of a citation's place: `cite-5`, and from the second one `cite-5-2`.
    static func anchor(number: Int, occurrence: Int, into html: inout HTMLWriter) {
        html.add("cite-")
        html.add(number)
        if occurrence == 1 { return }
        html.add("-")
        html.add(occurrence)
    }

    /// Writes a name of an entity: a link where the entity has a page, with its identifier as the title.
    private func mark(
        _ words: Span<UInt8>, _ mention: Mention, focus: EntityID, into html: inout HTMLWriter
    ) {
        let href = mention.entity == focus ? nil : address(mention.entity)
        html.add(href == nil ? "<span class=\"name " : "<a class=\"name ")
        html.add(mention.kind.cssClass)
        if mention.entity == focus { html.add(" focus") }
        if let href {
            html.add("\" href=\"")
            html.add(escaping: href)
        }
        html.add("\" title=\"")
        html.add(mention.kind.words)
        html.add(": ")
        html.add(escaping: mention.entity.curie)
        if !mention.dictionaryName.isEmpty {
            html.add(" (")
            html.add(escaping: mention.dictionaryName)
            html.add(")")
        }
        html.add("\">")
        html.add(escaping: words)
        html.add(href == nil ? "</span>" : "</a>")
    }
}

extension EntityKind {
    /// The kind as a class of the style sheet.
    var cssClass: String {
        switch self {
        case .gene: "gene"
        case .geneFamily: "family"
        case .chemical: "chemical"
        case .disease: "disease"
        case .species: "species"
        case .anatomy, .cellLine: "anatomy"
        case .process: "process"
        case .technique: "technique"
        case .psychiatry: "psychiatry"
        }
    }

    /// The kind in words, without capitals.
    var wordsInSmallLetters: String {
        switch self {
        case .gene: "gene"
        case .geneFamily: "gene family or complex"
        case .chemical: "chemical"
        case .disease: "disease"
        case .species: "species"
        case .anatomy: "anatomy"
        case .process: "process"
        case .technique: "technique"
        case .psychiatry: "psychiatry"
        case .cellLine: "cell line"
        }
    }

    /// The kind in words.
    var words: String {
        switch self {
        case .gene: "Gene"
        case .geneFamily: "Gene family or complex"
        case .chemical: "Chemical"
        case .disease: "Disease"
        case .species: "Species"
        case .anatomy: "Anatomy"
        case .process: "Process"
        case .technique: "Technique"
        case .psychiatry: "Psychiatry"
        case .cellLine: "Cell line"
        }
    }
}
