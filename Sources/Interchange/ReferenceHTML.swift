import Articles
import Corpus

/// A reference as an item of the list under an article.
struct ReferenceHTML {
    let reference: CitationReference
    /// Its number in the article, from 1.
    let number: Int
    /// How often the text cites it.
    let citations: Int

    /// Writes the item, with its line end.
    func write(into html: inout HTMLWriter) {
        html.add("<li id=\"ref-")
        html.add(number)
        html.add("\" value=\"")
        html.add(number)
        html.add("\">")
        let title = reference.displayTitle
        if !title.isEmpty {
            html.add("<span class=\"title\">")
            html.add(escaping: title)
            html.add("</span> ")
        }
        let authors = reference.displayAuthors
        if !authors.isEmpty {
            html.add("<span class=\"authors\">")
            html.add(escaping: authors)
            html.add(authors.utf8.last == UInt8(ascii: ".") ? "</span> " : ".</span> ")
        }
        if !reference.journal.isEmpty {
            html.add("<i class=\"journal\">")
            html.add(escaping: reference.journal)
            html.add("</i> ")
        }
        if let year = reference.year {
            html.add("<span class=\"year\">(")
            html.add(year)
            html.add(")</span> ")
        }
        html.add("<span class=\"source\">[<a href=\"")
        html.add(escaping: reference.url)
        html.add("\" title=\"PMID ")
        html.add(reference.pmid.number)
        html.add("\">PubMed</a>]</span>")
        for badge in reference.badges {
            html.add(" <span class=\"mark \(badge.rawValue)\">")
            html.add(escaping: badge.label)
            html.add("</span>")
        }
        for notice in reference.notices {
            html.add(" <a href=\"")
            html.add(escaping: CitationReference.url(of: notice))
            html.add("\" title=\"PMID \(notice)\">notice</a>")
        }
        html.add(" <span class=\"back\">")
        if citations > 0 {
            for occurrence in 1...citations {
                html.add("<a href=\"#")
                SentenceHTML.anchor(number: number, occurrence: occurrence, into: &html)
                html.add("\" aria-label=\"Back to citation ")
                html.add(occurrence)
                html.add(" of reference ")
                html.add(number)
                html.add("\">↑")
                if citations > 1 { html.add(occurrence) }
                html.add("</a>")
            }
        }
        html.add("</span>")
        if let copyright = reference.copyright, !copyright.isEmpty {
            html.add(" <span class=\"copyright\">")
            html.add(escaping: copyright)
            html.add("</span>")
        }
        html.add("</li>\n")
    }
}
