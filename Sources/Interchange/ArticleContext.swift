import Articles
import Corpus

/// What the template of an article's page is filled with.
struct ArticleContext {
    let page: ArticlePage
    /// The address of the page of an entity, as seen from this page.
    let address: (EntityID) -> String?
    /// The address of the style sheet, or nil when the page holds it.
    let stylesheet: String?
    /// The address of the list of all articles.
    let index: String?

    /// About how many bytes of HTML a statement has.
    private static let statement = 2048
    /// About how many bytes of HTML a reference has.
    private static let reference = 768

    /// The values, by the names in the template.
    func values() -> PageTemplate.Values {
        var html = SentenceHTML(
            numbers: page.numbers, notes: page.notes, subject: page.entity.id, address: address)
        let sections = page.sections.map { section -> PageTemplate.Values in
            var heading = HTMLWriter()
            html.inlines(section.headingInlines, into: &heading)
            return [
                .anchor: .text(section.anchor),
                .heading: heading.bytes.isEmpty ? .absent : .html(heading.bytes),
                .body: .html(body(of: section, html: &html)),
            ]
        }
        let head = page.head
        let facts = head.facts
        let isOwnTitle = page.title != head.title
        let fullName = isOwnTitle || head.title == page.entity.name ? nil : page.entity.fullName
        let species = facts.scientificName.map { " (\($0))" } ?? ""
        let key = EntityKind.allCases.filter(html.kinds.contains).map { kind -> PageTemplate.Values in
            [.kind: .text(kind.cssClass), .words: .text(kind.wordsInSmallLetters)]
        }
        let notice = head.notice
        let withdrawn = page.withdrawn
        return [
            .documentTitle: .text("\(page.title)\(species) - \(head.overline)"),
            .description: .text("\(head.overline): \(page.title)\(species). \(notice)"),
            .stylesheet: Self.optional(stylesheet),
            .style: stylesheet == nil ? .text(Templates.style) : .absent,
            .indexLink: Self.optional(index),
            .overline: .text(head.overline),
            .symbol: .text(isOwnTitle ? page.title : page.entity.name),
            .fullName: Self.optional(fullName),
            .hasSpecies: Self.flag(facts.scientificName != nil || facts.commonName != nil),
            .scientificName: Self.optional(facts.scientificName),
            .commonName: Self.optional(facts.commonName),
            .hasSynonyms: Self.flag(!(head.synonyms.isEmpty && head.moreSynonyms.isEmpty)),
            .synonyms: .text(head.synonyms.joined(separator: ", ")),
            .moreSynonyms: Self.optional(head.moreSynonyms.joined(separator: ", ")),
            .moreCount: .text("\(head.moreSynonyms.count)"),
            .hasAddresses: Self.flag(!head.addresses.isEmpty),
            .addresses: .list(head.addresses.map { [.url: .text($0.url), .source: .text($0.source)] }),
            .notice: .text(notice),
            .hasContents: Self.flag(page.sections.contains { $0.heading != nil }),
            .contents: .list(contents()),
            .sections: .list(sections),
            .hasKey: Self.flag(!key.isEmpty),
            .key: .list(key),
            .hasReferences: Self.flag(!page.references.isEmpty),
            .references: .html(references(citations: html.citations)),
            .hasWithdrawn: Self.flag(!withdrawn.isEmpty),
            .withdrawn: .list(
                withdrawn.map { pmid, note in
                    [
                        .paperUrl: .text(CitationReference.url(of: pmid)), .paper: .text("\(pmid)"),
                        .sentences: .text(
                            note.withdrawn == 1 ? "One sentence" : "\(note.withdrawn) sentences"),
                        .why: .text(note.badge.label), .notices: .list(Self.links(to: note.notices)),
                    ]
                }),
            .sourceNotice: .text(ArticleHead.sourceNotice),
        ]
    }

    /// Notices of retraction, as the template takes them.
    private static func links(to notices: [PMID]) -> [PageTemplate.Values] {
        notices.map {
            [.noticeUrl: .text(CitationReference.url(of: $0)), .noticePmid: .text("\($0)")]
        }
    }

    /// The headings, shortened by the entity's name, with the number of statements below each.
    private func contents() -> [PageTemplate.Values] {
        var lines = page.sections.compactMap { section -> PageTemplate.Values? in
            guard let heading = section.heading else { return nil }
            let count = section.statementCount
            return [
                .anchor: .text(section.anchor),
                .label: .text(Self.label(of: heading, name: page.entity.name)),
                .count: count == 0 ? .absent : .text("\(count)"),
            ]
        }
        if !page.references.isEmpty {
            lines.append([
                .anchor: .text("references"), .label: .text("References"),
                .count: .text("\(page.references.count)"),
            ])
        }
        return lines
    }

    /// A heading without ` of Igf1r`, ` on Igf1r`: the page says whose it is.
    static func label(of heading: String, name: String) -> String {
        let bytes = Array(heading.utf8)
        for preposition in [" of ", " on "] {
            let own = Array((preposition + name).utf8)
            guard own.count <= bytes.count,
                let start = (0...(bytes.count - own.count)).first(where: { bytes[$0...].starts(with: own) })
            else { continue }
            let rest = bytes[(start + own.count)...]
            if rest.first ?? UInt8(ascii: " ") == UInt8(ascii: " ") {
                return String(decoding: bytes[..<start] + rest, as: UTF8.self)
            }
        }
        return heading
    }

    private func body(of section: PageSection, html: inout SentenceHTML) -> [UInt8] {
        var body = HTMLWriter(room: Self.statement * section.blocks.count)
        var isListOpen = false
        for block in section.blocks {
            let isItem =
                switch block {
                case .statement, .bullet: true
                case .paragraph, .heading: false
                }
            if isItem != isListOpen {
                body.add(isListOpen ? "</ul>\n" : "<ul class=\"statements\">\n")
                isListOpen.toggle()
            }
            switch block {
            case .statement(let bullet):
                let number = html.numbers[bullet.evidence.pmid]
                StatementHTML(bullet: bullet, year: number.flatMap { page.references[$0 - 1].year })
                    .write(&html, into: &body)
            case .bullet(let inlines):
                body.add("<li>")
                html.inlines(inlines, into: &body)
                body.add("</li>\n")
            case .paragraph(let inlines):
                body.add("<p>")
                html.inlines(inlines, into: &body)
                body.add("</p>\n")
            case .heading(let level, let inlines):
                let level = min(6, max(3, level))
                body.add("<h\(level)>")
                html.inlines(inlines, into: &body)
                body.add("</h\(level)>\n")
            }
        }
        if isListOpen { body.add("</ul>") }
        return body.bytes
    }

    private func references(citations: [PMID: Int]) -> [UInt8] {
        var html = HTMLWriter(room: Self.reference * page.references.count)
        for (index, reference) in page.references.enumerated() {
            ReferenceHTML(
                reference: reference, number: index + 1, citations: citations[reference.pmid] ?? 0
            ).write(into: &html)
        }
        return html.bytes
    }

    /// A text; absent where there is none.
    private static func optional(_ text: String?) -> PageTemplate.Value {
        guard let text, !text.isEmpty else { return .absent }
        return .text(text)
    }

    private static func flag(_ isThere: Bool) -> PageTemplate.Value { isThere ? .present : .absent }
}
