import Articles
import Corpus

/// A revision's text with the identities of its words.
struct ArticleWords {
    let text: String
    /// The identities, in the order of the text.
    let tokens: [TokenID]
    /// Where each stands in the text.
    let ranges: [TextRange]
    /// The words of headings.
    let headings: Set<TokenID>
    /// The words of each heading, with its signs.
    let headingLines: [[TokenID]]
    private let places: [TokenID: Int]

    /// Reads a revision; the identities must fit the text.
    init(_ text: String, _ tokens: [TokenID]) {
        self.text = text
        self.tokens = tokens
        ranges = ArticleTokenizer.tokens(in: text)
        places = Dictionary(
            tokens.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        let bytes = Array(text.utf8)
        var isHeading = false
        var position = 0
        var found: Set<TokenID> = []
        var lines: [[TokenID]] = []
        for (place, range) in ranges.enumerated() where place < tokens.count {
            if place == 0 || bytes[position..<range.start].contains(UInt8(ascii: "\n")) {
                isHeading = bytes[range.start] == UInt8(ascii: "#")
                if isHeading { lines.append([]) }
            }
            if isHeading {
                found.insert(tokens[place])
                lines[lines.count - 1].append(tokens[place])
            }
            position = range.end
        }
        headings = found
        headingLines = lines
    }

    /// The places of identities, in the order of the identities; those that do not stand here are left out.
    func places(of identities: [TokenID]) -> [Int] { identities.compactMap { places[$0] } }

    /// Whether a key is that of the words that a statement is, as a quotation from its paper in its article.
    func isKey(of instance: StatementInstance, places: [Int], article: EntityID) -> Bool {
        guard let first = places.first, let last = places.last, first <= last, last < ranges.count,
            let words = text.slice(TextRange(ranges[first].start, ranges[last].end))
        else { return false }
        let bullet = words.hasPrefix("- ") ? words : "- " + words
        // The full stop of a sentence stands behind the citation: whether it is one of the statement's words or not.
        return [bullet, bullet + "."].contains { line in
            guard let statement = StatementLine(bullet: line), statement.pmids == [instance.pmid] else {
                return false
            }
            return [PassageKind.abstract, .title].contains {
                instance.key
                    == StatementKey(
                        article: article, pmid: instance.pmid, passageKind: $0, sentence: statement.sentence)
            }
        }
    }
}
