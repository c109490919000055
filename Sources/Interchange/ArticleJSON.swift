import Articles
import Corpus

/// Articles, statements and evidence as JSON, with members in a fixed order. All offsets are UTF-8 bytes: of
/// sentences and mentions in the passage that they name.
public enum ArticleJSON {
    /// An article: its head, its sections with their statements, its references and its text.
    public static func value(_ page: ArticlePage) -> JSONValue {
        let head = page.head
        let entity = page.entity
        return .members(
            ("format", .string("bioscribe-article")),
            ("version", .integer(1)),
            ("offsetUnit", .string("utf8-byte")),
            ("entity", .string(entity.id.curie)),
            ("kind", .string(entity.kind.rawValue)),
            ("name", .string(entity.name)),
            ("fullName", .optional(entity.fullName)),
            ("taxon", entity.taxon.map { .integer(Int64($0.number)) } ?? .null),
            ("scientificName", .optional(head.facts.scientificName)),
            ("commonName", .optional(head.facts.commonName)),
            ("title", .string(page.title)),
            ("synonyms", .strings(head.synonyms)),
            ("moreSynonyms", .strings(head.moreSynonyms)),
            (
                "links",
                .array(
                    head.addresses.map { .members(("source", .string($0.source)), ("url", .string($0.url))) })
            ),
            ("statements", .integer(head.statementCount)),
            ("reviewed", .integer(min(head.facts.reviewedStatements, head.statementCount))),
            ("newestYear", .optional(head.newestYear)),
            ("notice", .string(head.notice)),
            ("sections", .array(page.sections.map { section($0, numbers: page.numbers) })),
            (
                "references",
                .array(page.references.enumerated().map { reference($0.element, number: $0.offset + 1) })
            ),
            (
                "withdrawn",
                .array(
                    page.withdrawn.map { pmid, note in
                        .members(
                            ("pmid", .integer(pmid.number)), ("reason", .string(note.reason.rawValue)),
                            ("statements", .integer(note.withdrawn)),
                            ("notices", .array(note.notices.map { .integer($0.number) })))
                    })
            ),
            ("sourceNotice", .string(ArticleHead.sourceNotice)),
            ("text", .string(page.text)))
    }

    /// A statement and why it is there.
    public static func statement(_ bullet: Bullet) -> [JSONValue.Member] {
        let evidence = bullet.evidence
        return [
            .init("sentence", .string(bullet.sentence)),
            .init("pmids", .array(bullet.pmids.map { .integer($0.number) })),
            .init("evidence", .string(bullet.id.hex)),
            .init("statement", .string(bullet.key.hex)),
            .init("entity", .string(evidence.entity.curie)),
            .init("marks", .strings(bullet.marks.map(\.label))),
            .init("supportingPapers", .integer(bullet.supportingPapers)),
        ] + place(evidence) + [.init("placement", placement(bullet.placement))]
            + [.init("mentions", .array(evidence.mentions.map(mention)))]
    }

    /// A piece of evidence.
    public static func evidence(_ evidence: Evidence) -> [JSONValue.Member] {
        [
            .init("id", .string(evidence.identifier().hex)),
            .init("statement", .string(evidence.statementKey().hex)),
            .init("entity", .string(evidence.entity.curie)),
            .init("pmid", .integer(evidence.pmid.number)),
            .init("sentence", .string(evidence.text)),
        ] + place(evidence) + [
            .init("negated", .bool(evidence.qualities.isNegated)),
            .init("speculative", .bool(evidence.qualities.isSpeculative)),
            .init("standalone", .bool(evidence.qualities.standsAlone)),
            .init("placements", .array(evidence.placements.map(placement))),
            .init("mentions", .array(evidence.mentions.map(mention))),
        ]
    }

    /// A reference.
    public static func reference(_ reference: CitationReference, number: Int) -> JSONValue {
        .members(
            ("number", .integer(number)),
            ("pmid", .integer(reference.pmid.number)),
            ("title", .string(reference.title)),
            ("authors", .strings(reference.authors)),
            ("journal", .string(reference.journal)),
            ("year", .optional(reference.year)),
            ("copyright", .optional(reference.copyright)),
            ("badges", .strings(reference.badges.map(\.rawValue))),
            ("notices", .array(reference.notices.map { .integer($0.number) })),
            ("url", .string(reference.url)))
    }

    private static func section(_ section: PageSection, numbers: [PMID: Int]) -> JSONValue {
        .members(
            ("id", .optional(section.id?.rawValue)),
            ("heading", .optional(section.heading)),
            ("blocks", .array(section.blocks.map { block($0, numbers: numbers) })))
    }

    private static func block(_ block: PageBlock, numbers: [PMID: Int]) -> JSONValue {
        switch block {
        case .statement(let bullet):
            let cited = bullet.pmids.compactMap { numbers[$0] }.map { JSONValue.integer($0) }
            return .object(
                [.init("type", .string("statement")), .init("citations", .array(cited))] + statement(bullet))
        case .bullet(let inlines): return words("bullet", inlines, numbers)
        case .paragraph(let inlines): return words("paragraph", inlines, numbers)
        case .heading(_, let inlines): return words("heading", inlines, numbers)
        }
    }

    private static func words(_ type: String, _ inlines: [MarkdownInline], _ numbers: [PMID: Int])
        -> JSONValue
    {
        let pmids = inlines.flatMap { inline -> [PMID] in
            if case .citation(let pmids) = inline { pmids } else { [] }
        }
        return .members(
            ("type", .string(type)),
            ("citations", .array(pmids.compactMap { numbers[$0] }.map { .integer($0) })),
            ("text", .string(inlines.plainText)),
            ("pmids", .array(pmids.map { .integer($0.number) })))
    }

    /// Where a sentence stands and what it does there.
    private static func place(_ evidence: Evidence) -> [JSONValue.Member] {
        [
            .init("citationVersion", .integer(evidence.version)),
            .init("passage", .integer(evidence.passage)),
            .init("passageKind", .string(evidence.passageKind.rawValue)),
            .init("index", .integer(evidence.sentence)),
            .init("start", .integer(evidence.range.start)),
            .init("end", .integer(evidence.range.end)),
            .init("kind", .string(evidence.qualities.kind.rawValue)),
        ]
    }

    private static func placement(_ placement: Placement) -> JSONValue {
        .members(
            ("section", .string(placement.section.rawValue)),
            ("rule", .string(placement.rule)),
            ("score", .number(placement.score)),
            (
                "parts",
                .array(
                    placement.parts.map { .members(("name", .string($0.name)), ("value", .number($0.value))) }
                )
            ),
            (
                "triggers",
                .array(
                    placement.triggers.map {
                        .members(
                            ("start", .integer($0.range.start)), ("end", .integer($0.range.end)),
                            ("concept", .string($0.concept)))
                    })
            ))
    }

    private static func mention(_ mention: Mention) -> JSONValue {
        .members(
            ("start", .integer(mention.range.start)),
            ("end", .integer(mention.range.end)),
            ("kind", .string(mention.kind.rawValue)),
            ("entity", .string(mention.entity.curie)),
            ("taxon", mention.taxon.map { .integer(Int64($0.number)) } ?? .null),
            ("name", .string(mention.dictionaryName)),
            ("source", .string(mention.source)),
            ("role", .string(mention.role.rawValue)),
            ("reasons", .strings(mention.reasons)))
    }
}
