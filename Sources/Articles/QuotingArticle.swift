import Corpus

/// The text of an article, taken apart, in which the machine's statements are recognized: a bullet that quotes one exactly, with
/// its citations.
struct QuotingArticle {
    /// The text of the first heading of level 1; nil when there is none.
    private(set) var title: String?
    /// The headings of level 2 with what stands below each, up to the next; what stands before the first of them has no
    /// heading. The title itself is left out.
    private(set) var sections: [(heading: [MarkdownInline]?, blocks: [PageBlock])] = [(nil, [])]
    /// The citations in the order of their first mention.
    private(set) var citedPMIDs: [PMID] = []

    private var seen: Set<PMID> = []

    /// Reads a text.
    ///
    /// - Complexity: O(length of the text and the statements).
    init(_ text: String, statements: [Bullet]) {
        let quotations = Quotations(statements)
        var article = self
        var unread: [Quotation: Int]?
        BlockReader(text).read { bytes, kind, lines in
            // A bullet as the machine writes it need not be read to be known.
            if case .bullet = kind, lines.count == 1, let index = quotations.index(of: bytes, lines[0]) {
                article.add(statements[index])
                return
            }
            let inlines = MarkdownInline.parse(BlockReader.joined(lines, of: bytes))
            if case .bullet = kind, let line = StatementLine(inlines: inlines) {
                let known = unread ?? Quotation.places(of: statements)
                unread = known
                if let index = known[Quotation(sentence: line.sentence, pmids: line.pmids)] {
                    article.add(statements[index])
                    return
                }
            }
            article.add(kind, inlines)
        }
        self = article
    }

    private mutating func add(_ statement: Bullet) {
        cite(statement.pmids)
        sections[sections.count - 1].blocks.append(.statement(statement))
    }

    private mutating func add(_ kind: BlockReader.Kind, _ inlines: [MarkdownInline]) {
        for case .citation(let pmids) in inlines { cite(pmids) }
        switch kind {
        case .heading(2): sections.append((inlines, []))
        case .heading(1) where title == nil: title = inlines.plainText
        case .heading(let level): sections[sections.count - 1].blocks.append(.heading(level: level, inlines))
        case .bullet: sections[sections.count - 1].blocks.append(.bullet(inlines))
        case .paragraph: sections[sections.count - 1].blocks.append(.paragraph(inlines))
        }
    }

    private mutating func cite(_ pmids: [PMID]) {
        for pmid in pmids where seen.insert(pmid).inserted { citedPMIDs.append(pmid) }
    }
}

/// What a bullet is recognized by. Bytes, not characters: a quotation that was only re-normalized is another text.
private struct Quotation: Hashable {
    let sentence: [UInt8]
    let pmids: [PMID]

    init(sentence: String, pmids: [PMID]) {
        self.sentence = Array(sentence.utf8)
        self.pmids = pmids
    }

    /// The places of statements by what they are recognized by; of equals the first.
    static func places(of statements: [Bullet]) -> [Quotation: Int] {
        Dictionary(
            statements.enumerated().map {
                (Quotation(sentence: $0.element.sentence, pmids: $0.element.pmids), $0.offset)
            }, uniquingKeysWith: { first, _ in first })
    }
}

/// Statements by their bullets, as the machine writes them, without dash.
private struct Quotations {
    /// All bullets, one behind the other.
    private var bytes: [UInt8] = []
    /// Where each one's words stand.
    private var places: [Range<Int>] = []
    /// The first statement of each hash; the few others of one are not looked for here.
    private var byHash: [UInt64: Int] = [:]

    init(_ statements: [Bullet]) {
        bytes.reserveCapacity(statements.reduce(0) { $0 + $1.sentence.utf8.count + 48 })
        places.reserveCapacity(statements.count)
        byHash.reserveCapacity(statements.count)
        for (index, statement) in statements.enumerated() {
            let start = bytes.count + 2
            StatementLine.append(bulletOf: statement.sentence, pmids: statement.pmids, to: &bytes)
            places.append(start..<bytes.count)
            let hash = Self.hash(bytes, places[index])
            if byHash[hash] == nil { byHash[hash] = index }
        }
    }

    /// The first statement whose bullet a stretch of a text is.
    func index(of text: [UInt8], _ line: Range<Int>) -> Int? {
        guard let index = byHash[Self.hash(text, line)], places[index].count == line.count else { return nil }
        let start = places[index].lowerBound - line.lowerBound
        for place in line where bytes[start + place] != text[place] { return nil }
        return index
    }

    /// FNV-1a.
    private static func hash(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for place in range { hash = (hash ^ UInt64(bytes[place])) &* 0x100_0000_01B3 }
        return hash
    }
}
