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
            html.add(" <span class=\"mark \(mark.cssClass)\">")
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
        if let year { html.add(" (\(year))") }
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
        html.add(bullet.id.hex)
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
        for trigger in bullet.placement.triggers {
            let range = trigger.range
            guard bullet.evidence.range.contains(range),
                let text = bullet.sentence.slice(range.shifted(by: -bullet.evidence.range.start))
            else { continue }
            html.add(isFirst ? ": “" : ", “")
            isFirst = false
            html.add(escaping: text)
            html.add("” <span class=\"minor\">")
            html.add(escaping: trigger.concept)
            html.add("</span>")
        }
    }

    private func score(into html: inout HTMLWriter) {
        html.add(TwoDecimals.text(bullet.placement.score))
        guard !bullet.placement.parts.isEmpty else { return }
        html.add(" <span class=\"parts\">=")
        for (index, part) in bullet.placement.parts.enumerated() {
            html.add(part.value < 0 ? " −" : index > 0 ? " +" : "")
            html.add(" ")
            html.add(escaping: part.name)
            html.add(" ")
            html.add(TwoDecimals.text(abs(part.value)))
        }
        html.add("</span>")
    }

    private func names(into html: inout HTMLWriter) {
        html.add("<ul>")
        for mention in bullet.evidence.mentions {
            html.add("<li>")
            html.add(
                escaping: bullet.sentence.slice(mention.range.shifted(by: -bullet.evidence.range.start))
                    ?? mention.dictionaryName)
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
            html.add(mention.kind.words.lowercased())
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

/// Numbers with two decimals, the same in every locale.
enum TwoDecimals {
    /// `-0.5` is `-0.50`; rounded half away from zero.
    static func text(_ number: Double) -> String {
        guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
        let hundredths = Int64((abs(number) * 100).rounded())
        let fraction = hundredths % 100
        let sign = number < 0 && hundredths > 0 ? "-" : ""
        return "\(sign)\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
