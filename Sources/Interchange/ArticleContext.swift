import Articles
import Corpus

/// What the template of an article's page is filled with.
///
/// Mustache looks for a missing value in what encloses it, so every value is given, absent ones as `false`.
struct ArticleContext {
    let page: ArticlePage
    /// The address of the page of an entity, as seen from this page.
    let address: (EntityID) -> String?
    /// The address of the style sheet, or nil when the page holds it.
    let stylesheet: String?
    /// The address of the list of all articles.
    let index: String?

    /// The values, by the names in the template.
    func values() -> [String: Any] {
        var html = SentenceHTML(numbers: page.numbers, notes: page.notes, address: address)
        let sections = page.sections.map { section in
            [
                "anchor": section.anchor, "heading": Self.optional(html.inlines(section.headingInlines)),
                "body": body(of: section, html: &html),
            ] as [String: Any]
        }
        let head = page.head
        let facts = head.facts
        let isOwnTitle = page.title != head.title
        let fullName = isOwnTitle || head.title == page.entity.name ? nil : page.entity.fullName
        let species = facts.scientificName.map { " (\($0))" } ?? ""
        let key = keyOfNames()
        return [
            "documentTitle": "\(page.title)\(species) - \(head.overline)",
            "description": "\(head.overline): \(page.title)\(species). \(head.notice)",
            "stylesheet": Self.optional(stylesheet),
            "style": stylesheet == nil ? Templates.style as Any : false,
            "indexLink": Self.optional(index),
            "overline": head.overline,
            "symbol": isOwnTitle ? page.title : page.entity.name,
            "fullName": Self.optional(fullName),
            "hasSpecies": facts.scientificName != nil || facts.commonName != nil,
            "scientificName": Self.optional(facts.scientificName),
            "commonName": Self.optional(facts.commonName),
            "hasSynonyms": !(head.synonyms.isEmpty && head.moreSynonyms.isEmpty),
            "synonyms": head.synonyms.joined(separator: ", "),
            "moreSynonyms": Self.optional(head.moreSynonyms.joined(separator: ", ")),
            "moreCount": "\(head.moreSynonyms.count)",
            "hasAddresses": !head.addresses.isEmpty,
            "addresses": head.addresses.map { ["url": $0.url, "source": $0.source] },
            "notice": head.notice,
            "hasContents": page.sections.contains { $0.heading != nil },
            "contents": contents(),
            "sections": sections,
            "hasKey": !key.isEmpty,
            "key": key,
            "hasReferences": !page.references.isEmpty,
            "references": references(citations: html.citations),
            "hasWithdrawn": !page.withdrawn.isEmpty,
            "withdrawn": page.withdrawn.map { pmid, note in
                [
                    "paperUrl": CitationReference.url(of: pmid), "paper": "\(pmid)",
                    "sentences": note.withdrawn == 1 ? "One sentence" : "\(note.withdrawn) sentences",
                    "why": note.badge.label, "notices": Self.links(to: note.notices),
                ] as [String: Any]
            },
            "sourceNotice": ArticleHead.sourceNotice,
        ]
    }

    /// Notices of retraction, as the template takes them.
    private static func links(to notices: [PMID]) -> [[String: Any]] {
        notices.map { ["noticeUrl": CitationReference.url(of: $0), "noticePmid": "\($0)"] }
    }

    /// The headings, shortened by the entity's name, with the number of statements below each.
    private func contents() -> [[String: Any]] {
        var lines = page.sections.compactMap { section -> [String: Any]? in
            guard let heading = section.heading else { return nil }
            let count = section.statements.count
            return [
                "anchor": section.anchor, "label": Self.label(of: heading, name: page.entity.name),
                "count": count == 0 ? false : "\(count)" as Any,
            ]
        }
        if !page.references.isEmpty {
            lines.append([
                "anchor": "references", "label": "References", "count": "\(page.references.count)",
            ])
        }
        return lines
    }

    /// A heading without ` of Igf1r`, ` on Igf1r`: the page says whose it is.
    static func label(of heading: String, name: String) -> String {
        for preposition in [" of ", " on "] {
            guard let range = heading.firstRange(of: preposition + name) else { continue }
            let rest = heading[range.upperBound...]
            if rest.isEmpty || rest.first == " " { return String(heading[..<range.lowerBound] + rest) }
        }
        return heading
    }

    private func body(of section: PageSection, html: inout SentenceHTML) -> String {
        var body = ""
        var isListOpen = false
        for block in section.blocks {
            let item: String?
            switch block {
            case .statement(let bullet):
                item = StatementHTML(bullet: bullet, page: page).item(
                    place: html.place(of: bullet), sentence: html.quotation(bullet))
            case .bullet(let inlines):
                item = "<li>\(html.inlines(inlines))</li>\n"
            case .paragraph, .heading:
                item = nil
            }
            if (item != nil) != isListOpen {
                body += isListOpen ? "</ul>\n" : "<ul class=\"statements\">\n"
                isListOpen.toggle()
            }
            switch block {
            case .paragraph(let inlines):
                body += "<p>\(html.inlines(inlines))</p>\n"
            case .heading(let level, let inlines):
                let level = min(6, max(3, level))
                body += "<h\(level)>\(html.inlines(inlines))</h\(level)>\n"
            case .statement, .bullet:
                body += item ?? ""
            }
        }
        return body + (isListOpen ? "</ul>" : "")
    }

    /// The kinds of the names that are marked, in a fixed order.
    private func keyOfNames() -> [[String: Any]] {
        let focus = page.entity.id
        let kinds = Set(
            page.statements.flatMap(\.mentionsInSentence).filter { $0.mention.entity != focus }
                .map(\.mention.kind))
        return EntityKind.allCases.filter(kinds.contains).map {
            ["class": $0.cssClass, "words": $0.words.lowercased()]
        }
    }

    private func references(citations: [PMID: Int]) -> String {
        page.references.enumerated().map { index, reference in
            ReferenceHTML(
                reference: reference, number: index + 1, citations: citations[reference.pmid] ?? 0
            ).item
        }.joined()
    }

    /// A text, or `false` where there is none: what a section of the template takes for absent.
    private static func optional(_ text: String?) -> Any {
        guard let text, !text.isEmpty else { return false }
        return text
    }
}
