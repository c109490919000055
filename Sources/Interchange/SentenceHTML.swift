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
    /// How often each paper was cited so far: each citation is a place that its reference leads back to.
    private(set) var citations: [PMID: Int] = [:]
    /// The statements that have a place of their own so far; a person may have put one in twice.
    private var placed: Set<EvidenceID> = []

    init(numbers: [PMID: Int], notes: [PMID: PaperNote], address: @escaping (EntityID) -> String?) {
        self.numbers = numbers
        self.notes = notes
        self.address = address
    }

    /// A quoted sentence with its names marked, its citation before the final full stop.
    mutating func quotation(_ bullet: Bullet) -> String {
        let (quoted, stop) = StatementLine.splitStop(bullet.sentence)
        let bytes = Array(quoted.utf8)
        var html = ""
        var position = 0
        for (range, mention) in bullet.mentionsInSentence
        where range.start >= position && range.end <= bytes.count {
            html += Self.text(bytes[position..<range.start])
            html += marked(Self.text(bytes[range.start..<range.end]), mention, focus: bullet.evidence.entity)
            position = range.end
        }
        html += Self.text(bytes[position...])
        return html + " " + citation(bullet.pmids) + stop
    }

    /// The attribute that makes a statement's item a place to link to: the first item of each statement only.
    mutating func place(of bullet: Bullet) -> String {
        placed.insert(bullet.id).inserted ? " id=\"e-\(bullet.id)\"" : ""
    }

    /// The pieces of a block that a person wrote.
    mutating func inlines(_ inlines: [MarkdownInline]) -> String {
        var html = ""
        for inline in inlines {
            switch inline {
            case .text(let text):
                html += HTMLText.escaped(text)
            case .link(let words, .web(let url)):
                html += "<a href=\"\(HTMLText.escaped(url))\" rel=\"nofollow\">\(HTMLText.escaped(words))</a>"
            case .link(let words, .entity(let entity)):
                let words = HTMLText.escaped(words)
                let href = address(entity) ?? EntityAddress(entity)?.url
                let title = HTMLText.escaped(entity.curie)
                html +=
                    href.map { "<a href=\"\(HTMLText.escaped($0))\" title=\"\(title)\">\(words)</a>" }
                    ?? words
            case .citation(let pmids):
                html += citation(pmids)
            }
        }
        return html
    }

    /// `[5]`, or `[5, 6]`: each number a link to its reference and a place to come back to.
    private mutating func citation(_ pmids: [PMID]) -> String {
        var links: [String] = []
        for pmid in pmids {
            guard let number = numbers[pmid] else { continue }
            citations[pmid, default: 0] += 1
            let anchor = Self.anchor(number: number, occurrence: citations[pmid] ?? 1)
            links.append(
                "<a id=\"\(anchor)\" href=\"#ref-\(number)\" aria-label=\"Reference \(number)\">\(number)</a>"
            )
        }
        let marks = pmids.compactMap { notes[$0]?.badge }.map {
            " <span class=\"mark \($0.rawValue)\">source \($0.label)</span>"
        }
        return "<span class=\"cite\">[" + links.joined(separator: ", ") + "]</span>" + marks.joined()
    }

    /// The name of a citation's place: `cite-5`, and from the second one `cite-5-2`.
    static func anchor(number: Int, occurrence: Int) -> String {
        occurrence == 1 ? "cite-\(number)" : "cite-\(number)-\(occurrence)"
    }

    /// A name of an entity: a link where the entity has a page, with its identifier as the title.
    private func marked(_ words: String, _ mention: Mention, focus: EntityID) -> String {
        let kind = "name \(mention.kind.cssClass)"
        var title = "\(mention.kind.words): \(mention.entity.curie)"
        if !mention.dictionaryName.isEmpty { title += " (\(mention.dictionaryName))" }
        let titleText = HTMLText.escaped(title)
        if mention.entity == focus {
            return "<span class=\"\(kind) focus\" title=\"\(titleText)\">\(words)</span>"
        }
        guard let href = address(mention.entity) else {
            return "<span class=\"\(kind)\" title=\"\(titleText)\">\(words)</span>"
        }
        return "<a class=\"\(kind)\" href=\"\(HTMLText.escaped(href))\" title=\"\(titleText)\">\(words)</a>"
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        HTMLText.escaped(String(decoding: bytes, as: UTF8.self))
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
