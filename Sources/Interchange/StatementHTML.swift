import Articles
import Corpus

/// A statement as an item of a list, with all that says why it is there.
struct StatementHTML {
    let bullet: Bullet
    /// The year of its paper.
    let year: Int?

    /// Writes the item.
    ///
    /// - Parameters:
    ///   - sentence: Writes sentences, and knows which items are places to link to.
    func write(_ sentence: inout SentenceHTML, into html: inout HTMLWriter) {
        html.add("<li")
        sentence.place(of: bullet, into: &html)
        html.add(">")
        sentence.quotation(bullet, into: &html)
        for mark in bullet.marks {
            html.add(" <span class=\"mark ")
            html.add(mark.cssClass)
            html.add("\">")
            html.add(escaping: mark.label)
            html.add("</span>")
        }
        html.add(
            " <details class=\"why\"><summary aria-label=\"Why is this sentence here?\">why?</summary><dl>")
        reasons(into: &html)
        html.add("</dl></details></li>\n")
    }

    private func reasons(into html: inout HTMLWriter) {
        let evidence = bullet.evidence
        html.add("<dt>Paper</dt><dd><a href=\"https://pubmed.ncbi.nlm.nih.gov/")
        html.add(evidence.pmid.number)
        html.add("/\">PubMed ")
        html.add(evidence.pmid.number)
        html.add("</a>")
        if let year {
            html.add(" (")
            html.add(year)
            html.add(")")
        }
        if evidence.version > 1 { html.add(", version \(evidence.version)") }
        html.add("</dd><dt>Place</dt><dd>")
        place(into: &html)
        html.add("</dd><dt>Section rule</dt><dd>")
        html.add(escaping: bullet.placement.rule)
        triggers(into: &html)
        html.add("</dd><dt>Score</dt><dd>")
        score(into: &html)
        if !evidence.mentions.isEmpty {
            html.add("</dd><dt>Names</dt><dd>")
            names(into: &html)
        }
        html.add("</dd><dt>Evidence</dt><dd><code>")
        html.add(digitsOf: bullet.id.words)
        html.add("</code></dd>")
    }

    /// `Abstract, section 2, sentence 4, finding`.
    private func place(into html: inout HTMLWriter) {
        let evidence = bullet.evidence
        switch evidence.passageKind {
        case .title: html.add("Title")
        case .abstract:
            html.add("Abstract, section ")
            html.add(evidence.passage)
        }
        html.add(", sentence ")
        html.add(evidence.sentence + 1)
        if evidence.qualities.kind != .title {
            html.add(", ")
            html.add(evidence.qualities.kind.rawValue)
        }
    }

    private func triggers(into html: inout HTMLWriter) {
        var isFirst = true
        let sentence = bullet.sentence.utf8Span.span
        for trigger in bullet.placement.triggers {
            guard bullet.evidence.range.contains(trigger.range),
                let place = words(at: trigger.range, of: sentence)
            else { continue }
            html.add(isFirst ? ": “" : ", “")
            isFirst = false
            html.add(escaping: sentence.extracting(place))
            html.add("” <span class=\"minor\">")
            html.add(escaping: trigger.concept)
            html.add("</span>")
        }
    }

    private func score(into html: inout HTMLWriter) {
        html.add(twoDecimalsOf: bullet.placement.score)
        guard !bullet.placement.parts.isEmpty else { return }
        html.add(" <span class=\"parts\">=")
        for (index, part) in bullet.placement.parts.enumerated() {
            html.add(part.value < 0 ? " −" : index > 0 ? " +" : "")
            html.add(" ")
            html.add(escaping: part.name)
            html.add(" ")
            html.add(twoDecimalsOf: abs(part.value))
        }
        html.add("</span>")
    }

    private func names(into html: inout HTMLWriter) {
        html.add("<ul>")
        let sentence = bullet.sentence.utf8Span.span
        for mention in bullet.evidence.mentions {
            html.add("<li>")
            if let place = words(at: mention.range, of: sentence) {
                html.add(escaping: sentence.extracting(place))
            } else {
                html.add(escaping: mention.dictionaryName)
            }
            html.add(" ")
            if let address = EntityAddress(mention.entity) {
                html.add("<a href=\"")
                html.add(escaping: address.start)
                html.add(escaping: address.local)
                html.add("\">")
                html.add(escaping: mention.entity.curie)
                html.add("</a>")
            } else {
                html.add(escaping: mention.entity.curie)
            }
            html.add(" <span class=\"minor\">")
            html.add(mention.kind.wordsInSmallLetters)
            if mention.role != .subject {
                html.add("; ")
                html.add(mention.role.rawValue)
            }
            for reason in mention.reasons {
                html.add("; ")
                html.add(escaping: reason)
            }
            html.add("</span></li>")
        }
        html.add("</ul>")
    }

    /// Where in the sentence a range of the passage is; nil where it is not within, or cuts a letter in two.
    private func words(at range: TextRange, of sentence: Span<UInt8>) -> Range<Int>? {
        let range = range.shifted(by: -bullet.evidence.range.start)
        guard range.start >= 0, range.end <= sentence.count,
            !Self.isContinued(sentence, at: range.start), !Self.isContinued(sentence, at: range.end)
        else { return nil }
        return range.start..<range.end
    }

    /// Whether the byte at a place is not the first of a letter's.
    private static func isContinued(_ text: Span<UInt8>, at place: Int) -> Bool {
        place < text.count && text[place] & 0xC0 == 0x80
    }
}

extension StatementMark {
    /// The mark as a class of the style sheet.
    fileprivate var cssClass: String {
        switch self {
        case .negated: "negated"
        case .speculative: "speculative"
        case .ortholog: "ortholog"
        case .supported: "supported"
        }
    }
}
