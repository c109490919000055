import Articles
import Corpus

/// A revision of an article, as exports know it: without the time of day, which differs from machine to machine.
public struct ExportedRevision: Hashable, Sendable {
    /// The article.
    public var article: EntityID
    /// Its number within the article, from 1.
    public var number: Int
    /// `machine`, `edit`, `revert`, `import`, `redact` …
    public var kind: String
    /// Who made it.
    public var agent: String
    /// What the agent said about it.
    public var comment: String
    /// The article's text after it.
    public var text: String

    /// Makes a revision.
    public init(
        article: EntityID, number: Int, kind: String, agent: String, comment: String = "", text: String
    ) {
        self.article = article
        self.number = number
        self.kind = kind
        self.agent = agent
        self.comment = comment
        self.text = text
    }
}

/// Writes all evidence, articles and revisions as JSON Lines: one object a line with `type` first, members in a
/// fixed order, no times, so that two stores of equal content give equal bytes.
///
/// The first line is a header that names the format, its version and the unit of offsets (UTF-8 bytes). Within a
/// type the lines are in a total order: evidence by entity, PMID, version, passage, sentence start, identifier;
/// articles by entity; revisions by article and number. The sequences must come in this order (a store sorts
/// cheaply, and nothing need be held in memory); the first record that does not is an error.
public struct JSONLinesExport {
    /// Takes a line, its line end included.
    private let sink: (String) throws -> Void

    /// Makes an export that hands its lines to a sink.
    ///
    /// - Parameter sink: Takes a line, line end included, and throws when it cannot write it.
    public init(to sink: @escaping (String) throws -> Void) {
        self.sink = sink
    }

    /// Writes the header.
    public func header() throws {
        try put(
            "header",
            [
                .init("format", .string("bioscribe-jsonl")), .init("version", .integer(1)),
                .init("offsetUnit", .string("utf8-byte")),
            ])
    }

    /// Writes evidence.
    ///
    /// - Throws: ``ExportError`` when the order is broken, or what the sink throws.
    public func evidence(_ evidence: some Sequence<Evidence>) throws {
        var last: (entity: EntityID, key: [Int64], hex: String)?
        for piece in evidence {
            let place = [
                piece.pmid.number, Int64(piece.version), Int64(piece.passage), Int64(piece.range.start),
            ]
            let key = (entity: piece.entity, key: place, hex: piece.identifier().hex)
            if let last, !Self.precedes(last, key) { throw ExportError(record: "evidence \(key.hex)") }
            last = key
            try put("evidence", ArticleJSON.evidence(piece))
        }
    }

    /// Writes articles: entity, title, text and the statements in it.
    ///
    /// - Throws: ``ExportError`` when the order is broken, or what the sink throws.
    public func articles(_ pages: some Sequence<ArticlePage>) throws {
        var last: EntityID?
        for page in pages {
            if let last, !(last < page.entity.id) { throw ExportError(record: "article \(page.entity.id)") }
            last = page.entity.id
            try put(
                "article",
                [
                    .init("entity", .string(page.entity.id.curie)), .init("title", .string(page.title)),
                    .init("statements", .strings(page.statements.map(\.key.hex))),
                    .init("evidence", .strings(page.statements.map(\.id.hex))),
                    .init("references", .array(page.references.map { .integer($0.pmid.number) })),
                    .init("text", .string(page.text)),
                ])
        }
    }

    /// Writes revisions.
    ///
    /// - Throws: ``ExportError`` when the order is broken, or what the sink throws.
    public func revisions(_ revisions: some Sequence<ExportedRevision>) throws {
        var last: (article: EntityID, number: Int)?
        for revision in revisions {
            let key = (article: revision.article, number: revision.number)
            if let last, !(last < key) {
                throw ExportError(record: "revision \(key.number) of \(key.article)")
            }
            last = key
            try put(
                "revision",
                [
                    .init("article", .string(revision.article.curie)),
                    .init("number", .integer(revision.number)),
                    .init("kind", .string(revision.kind)), .init("agent", .string(revision.agent)),
                    .init("comment", .string(revision.comment)), .init("text", .string(revision.text)),
                ])
        }
    }

    private func put(_ type: String, _ members: [JSONValue.Member]) throws {
        try sink(JSONValue.object([.init("type", .string(type))] + members).line + "\n")
    }

    private static func precedes(
        _ one: (entity: EntityID, key: [Int64], hex: String),
        _ other: (entity: EntityID, key: [Int64], hex: String)
    ) -> Bool {
        if one.entity != other.entity { return one.entity < other.entity }
        if one.key != other.key { return one.key.lexicographicallyPrecedes(other.key) }
        return one.hex < other.hex
    }
}

/// Records that came out of order.
public struct ExportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The first record that does not come after the one before it.
    public var record: String

    /// Makes an error.
    public init(record: String) {
        self.record = record
    }

    /// What happened and what to do.
    public var description: String {
        "\(record) is not in the export's order, or comes twice: sort the records as JSONLinesExport says"
    }
}
