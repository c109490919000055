import Articles
import Corpus

/// A reference as an item of the list under an article. Built here and not by the template: a page has dozens, and filling
/// a template for each took a fifth of a seeding's time.
struct ReferenceHTML {
    let reference: CitationReference
    /// Its number in the article, from 1.
    let number: Int
    /// How often the text cites it.
    let citations: Int

    /// The item, with its line end.
    var item: String {
        var html = "<li id=\"ref-\(number)\" value=\"\(number)\">"
        let title = reference.displayTitle
        if !title.isEmpty { html += "<span class=\"title\">\(HTMLText.escaped(title))</span> " }
        let authors = reference.displayAuthors
        if !authors.isEmpty {
            let stop = authors.utf8.last == UInt8(ascii: ".") ? "" : "."
            html += "<span class=\"authors\">\(HTMLText.escaped(authors))\(stop)</span> "
        }
        if !reference.journal.isEmpty {
            html += "<i class=\"journal\">\(HTMLText.escaped(reference.journal))</i> "
        }
        if let year = reference.year { html += "<span class=\"year\">(\(year))</span> " }
        html +=
            "<span class=\"source\">[<a href=\"\(HTMLText.escaped(reference.url))\""
            + " title=\"PMID \(reference.pmid)\">PubMed</a>]</span>"
        for badge in reference.badges {
            html += " <span class=\"mark \(badge.rawValue)\">\(HTMLText.escaped(badge.label))</span>"
        }
        for notice in reference.notices {
            html +=
                " <a href=\"\(HTMLText.escaped(CitationReference.url(of: notice)))\""
                + " title=\"PMID \(notice)\">notice</a>"
        }
        html += " <span class=\"back\">"
        if citations > 0 {
            for occurrence in 1...citations {
                html +=
                    "<a href=\"#\(SentenceHTML.anchor(number: number, occurrence: occurrence))\""
                    + " aria-label=\"Back to citation \(occurrence) of reference \(number)\">"
                    + (citations == 1 ? "↑" : "↑\(occurrence)") + "</a>"
            }
        }
        html += "</span>"
        if let copyright = reference.copyright, !copyright.isEmpty {
            html += " <span class=\"copyright\">\(HTMLText.escaped(copyright))</span>"
        }
        return html + "</li>\n"
    }
}
