import Articles
import Corpus
import Interchange
import Store

/// Evidence as W3C Web Annotations in JSON-LD: one page of annotations, each with what it is about and where in its passage the
/// sentence stands, as a quotation (32 code points before and after) and as a position in code points.
///
/// The target's source is the passage; a title is passage 0, the n-th section of an abstract passage n. Redacted evidence is left
/// out, and what is hidden around a quotation is `█`. One citation is held at a time.
public struct WebAnnotations {
    private let store: Store
    private let entities: Set<EntityID>?
    private let mask: RedactionMask

    /// How many code points stand before and after a quotation.
    public static let reach = 32

    /// Makes a page.
    ///
    /// - Parameter entities: Only evidence about these; nil for all.
    /// - Throws: `StoreError`.
    public init(about entities: Set<EntityID>?, in store: Store) throws {
        self.store = store
        self.entities = entities
        mask = try store.redactionMask()
    }

    /// Writes the page, an annotation a line.
    ///
    /// - Throws: `StoreError`, and what `sink` throws.
    public func write(to sink: (String) throws -> Void) throws {
        try sink(
            "{\"@context\": \"http://www.w3.org/ns/anno.jsonld\", \"id\": \"urn:bioscribe:annotations\", "
                + "\"type\": \"AnnotationPage\", \"items\": [")
        var isFirst = true
        var last: PMID?
        while true {
            let page = try store.keptCitations(after: last, limit: 500)
            guard let end = page.last else { break }
            last = end
            for pmid in page {
                guard let kept = try store.citation(pmid) else { continue }
                for item in try store.evidence(in: pmid)
                where entities?.contains(item.evidence.entity) ?? true {
                    guard let annotation = annotation(item, kept.citation) else { continue }
                    try sink((isFirst ? "\n" : ",\n") + annotation.line)
                    isFirst = false
                }
            }
        }
        try sink("\n]}\n")
    }

    /// Nil for what is hidden.
    private func annotation(_ item: IdentifiedEvidence, _ citation: Citation) -> JSONValue? {
        let evidence = item.evidence
        guard !mask.covers(evidence.statementKey(), pmid: evidence.pmid),
            mask.masked(evidence.text) == evidence.text,
            let text = citation.passages.first(where: { $0.index == evidence.passage })?.text
        else { return nil }
        let start = text.codePointOffset(ofByte: evidence.range.start)
        let end = text.codePointOffset(ofByte: evidence.range.end)
        let scalars = Array(mask.masked(text).unicodeScalars)
        guard start <= end, end <= scalars.count else { return nil }
        func words(_ from: Int, _ to: Int) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[max(0, from)..<min(scalars.count, to)])
            return String(view)
        }
        let paper = "https://pubmed.ncbi.nlm.nih.gov/\(evidence.pmid)/"
        let bodies = evidence.placements.map { placement in
            JSONValue.members(
                ("type", .string("TextualBody")), ("purpose", .string("classifying")),
                ("value", .string(placement.section.rawValue)), ("format", .string("text/plain")))
        }
        let about = JSONValue.members(
            ("type", .string("SpecificResource")), ("purpose", .string("identifying")),
            ("source", .string("https://bioregistry.io/\(evidence.entity)")))
        return .members(
            ("id", .string("urn:bioscribe:evidence:\(item.id)")), ("type", .string("Annotation")),
            ("motivation", .string("identifying")), ("body", .array([about] + bodies)),
            (
                "target",
                .members(
                    ("type", .string("SpecificResource")),
                    (
                        "source",
                        .members(
                            (
                                "id",
                                .string(
                                    "urn:bioscribe:passage:pubmed:\(evidence.pmid):\(evidence.version):\(evidence.passage)"
                                )
                            ), ("type", .string("Text")), ("format", .string("text/plain")),
                            ("partOf", .members(("id", .string(paper)), ("type", .string("Text")))))
                    ),
                    (
                        "selector",
                        .array([
                            .members(
                                ("type", .string("TextQuoteSelector")), ("exact", .string(evidence.text)),
                                ("prefix", .string(words(start - Self.reach, start))),
                                ("suffix", .string(words(end, end + Self.reach)))),
                            .members(
                                ("type", .string("TextPositionSelector")), ("start", .integer(start)),
                                ("end", .integer(end))),
                        ])
                    ))
            ))
    }
}
