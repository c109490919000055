import Articles
import Corpus

/// A statement as an item of a list, with all that says why it is there.
struct StatementHTML {
    let bullet: Bullet
    let page: ArticlePage

    /// The item.
    ///
    /// - Parameters:
    ///   - place: The attribute that makes it a place to link to, or nothing.
    ///   - sentence: The sentence with its citation, as HTML.
    func item(place: String, sentence: String) -> String {
        let marks = bullet.marks.map { mark in
            " <span class=\"mark \(mark.cssClass)\">\(HTMLText.escaped(mark.label))</span>"
        }
        return "<li\(place)>\(sentence)\(marks.joined())"
            + " <details class=\"why\"><summary aria-label=\"Why is this sentence here?\">why?</summary>"
            + "<dl>\(reasons())</dl></details></li>\n"
    }

    private func reasons() -> String {
        let evidence = bullet.evidence
        let reference = page.references.first { $0.pmid == evidence.pmid }
        let year = reference?.year.map { " (\($0))" } ?? ""
        let version = evidence.version > 1 ? ", version \(evidence.version)" : ""
        let paper =
            "<a href=\"https://pubmed.ncbi.nlm.nih.gov/\(evidence.pmid)/\">PubMed \(evidence.pmid)</a>"
            + HTMLText.escaped("\(year)\(version)")
        var rows = row("Paper", paper)
        rows += row("Place", HTMLText.escaped(place))
        rows += row("Section rule", HTMLText.escaped(bullet.placement.rule) + triggers())
        rows += row("Score", score())
        if !evidence.mentions.isEmpty { rows += row("Names", names()) }
        rows += row("Evidence", "<code>\(bullet.id)</code>")
        return rows
    }

    private func row(_ term: String, _ html: String) -> String {
        "<dt>\(term)</dt><dd>\(html)</dd>"
    }

    /// `Abstract, section 2, sentence 4, finding`.
    private var place: String {
        let evidence = bullet.evidence
        let passage =
            switch evidence.passageKind {
            case .title: "Title"
            case .abstract: "Abstract, section \(evidence.passage)"
            }
        let kind = evidence.qualities.kind == .title ? "" : ", \(evidence.qualities.kind.rawValue)"
        return "\(passage), sentence \(evidence.sentence + 1)\(kind)"
    }

    private func triggers() -> String {
        let words = bullet.placement.triggers.compactMap { trigger -> String? in
            let range = trigger.range
            guard bullet.evidence.range.contains(range),
                let text = bullet.sentence.slice(range.shifted(by: -bullet.evidence.range.start))
            else { return nil }
            return
                "“\(HTMLText.escaped(text))” <span class=\"minor\">\(HTMLText.escaped(trigger.concept))</span>"
        }
        return words.isEmpty ? "" : ": " + words.joined(separator: ", ")
    }

    private func score() -> String {
        let total = TwoDecimals.text(bullet.placement.score)
        var sum = "="
        for (index, part) in bullet.placement.parts.enumerated() {
            let isLess = part.value < 0
            sum += isLess ? " −" : index > 0 ? " +" : ""
            sum += " \(part.name) \(TwoDecimals.text(abs(part.value)))"
        }
        guard !bullet.placement.parts.isEmpty else { return total }
        return "\(total) <span class=\"parts\">\(HTMLText.escaped(sum))</span>"
    }

    private func names() -> String {
        let items = bullet.evidence.mentions.map { mention -> String in
            let words = bullet.sentence.slice(mention.range.shifted(by: -bullet.evidence.range.start))
            let identifier = HTMLText.escaped(mention.entity.curie)
            let linked =
                EntityAddress(mention.entity).map {
                    "<a href=\"\(HTMLText.escaped($0.url))\">\(identifier)</a>"
                } ?? identifier
            var notes = [mention.kind.words.lowercased()]
            if mention.role != .subject { notes.append(mention.role.rawValue) }
            notes += mention.reasons
            let note = HTMLText.escaped(notes.joined(separator: "; "))
            return "<li>\(HTMLText.escaped(words ?? mention.dictionaryName)) \(linked) "
                + "<span class=\"minor\">\(note)</span></li>"
        }
        return "<ul>\(items.joined())</ul>"
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
