import Corpus

/// A quoted sentence and what it cites, as one bullet of an article's text.
///
/// The citation stands before the final full stop, as readers of gene reviews know it:
///
///     - Mice lacking the receptor die at birth [@pubmed:8402902].
///
/// Exactly one full stop is taken from the sentence's end and put after the citation; a sentence that does not end
/// on a full stop keeps its end and nothing follows the citation. So the exact sentence can always be read back:
/// ``init(bullet:)`` is the inverse of ``bullet``.
public struct StatementLine: Hashable, Sendable {
    /// The exact sentence.
    public var sentence: String
    /// The citations, in order.
    public var pmids: [PMID]
    /// Entities that words of the sentence link to, by UTF-8 range in the sentence; in order, not overlapping.
    public var links: [EntityLink]

    /// Makes a line.
    public init(sentence: String, pmids: [PMID], links: [EntityLink] = []) {
        self.sentence = sentence
        self.pmids = pmids
        self.links = links
    }

    /// The bullet in Markdown, `- ` included, without line end.
    public var bullet: String {
        if links.isEmpty {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(sentence.utf8.count + sentence.utf8.count / 8 + 32 * pmids.count)
            Self.append(bulletOf: sentence, pmids: pmids, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
        let (quoted, stop) = Self.splitStop(sentence)
        let end = quoted.utf8.count
        let marks = links.filter { $0.range.end <= end && $0.isWritable }.flatMap { link in
            [(link.range.start, "["), (link.range.end, "](\(link.entity.curie))")]
        }
        let text = MarkdownText.escaped(quoted, inserting: marks)
        return "- \(text) \(Self.citation(pmids))\(stop)"
    }

    /// Appends the bullet of a sentence without links.
    static func append(bulletOf sentence: String, pmids: some Collection<PMID>, to output: inout [UInt8]) {
        output.append(contentsOf: "- ".utf8)
        let bytes = sentence.utf8Span.span
        let hasStop = hasStop(bytes)
        MarkdownText.append(escaping: bytes.extracting(first: bytes.count - (hasStop ? 1 : 0)), to: &output)
        output.append(contentsOf: " [".utf8)
        var isFirst = true
        for pmid in pmids {
            output.append(contentsOf: (isFirst ? "@pubmed:" : "; @pubmed:").utf8)
            isFirst = false
            output.append(contentsOf: String(pmid.number).utf8)
        }
        output.append(UInt8(ascii: "]"))
        if hasStop { output.append(UInt8(ascii: ".")) }
    }

    /// Whether a sentence has a final full stop that stands behind its citation (``splitStop(_:)``).
    package static func hasStop(_ sentence: Span<UInt8>) -> Bool {
        sentence.count > 1 && sentence[sentence.count - 1] == UInt8(ascii: ".")
    }

    /// A sentence without its final full stop, and that full stop: what stands before and after the citation. A
    /// sentence that ends otherwise, or is nothing but a full stop, is left whole.
    public static func splitStop(_ sentence: String) -> (quoted: String, stop: String) {
        guard sentence.utf8.last == UInt8(ascii: "."), sentence.utf8.count > 1,
            let quoted = String(sentence.utf8.dropLast())
        else { return (sentence, "") }
        return (quoted, ".")
    }

    /// Reads a bullet back; nil when it is not of the form that ``bullet`` writes: a text with entity links at most,
    /// one citation, and then the end or a full stop.
    public init?(bullet: String) {
        // Bytes, since a sentence that begins with a combining mark joins it to the space.
        guard bullet.utf8.starts(with: "- ".utf8) else { return nil }
        self.init(inlines: MarkdownInline.parse(String(bullet.utf8.dropFirst(2)) ?? ""))
    }

    /// Reads the content of a bullet, in the form that ``bullet`` writes.
    init?(inlines: [MarkdownInline]) {
        var body = inlines[...]
        var end = ""
        if case .text(".")? = body.last {
            end = "."
            body.removeLast()
        }
        guard case .citation(let pmids) = body.popLast() else { return nil }
        var sentence = ""
        var links: [EntityLink] = []
        for inline in body {
            switch inline {
            case .text(let text):
                sentence += text
            case .link(let text, .entity(let entity)):
                let start = sentence.utf8.count
                sentence += text
                links.append(EntityLink(range: TextRange(start, sentence.utf8.count), entity: entity))
            case .link, .citation:
                return nil
            }
        }
        guard sentence.utf8.last == UInt8(ascii: " ") else { return nil }
        self.init(sentence: (String(sentence.utf8.dropLast()) ?? "") + end, pmids: pmids, links: links)
    }

    /// The exact sentence that a bullet quotes; nil when the bullet is not of the form that ``bullet`` writes.
    public static func sentence(fromBullet bullet: String) -> String? {
        StatementLine(bullet: bullet)?.sentence
    }

    /// A citation as Pandoc reads it: `[@pubmed:1; @pubmed:2]`.
    public static func citation(_ pmids: [PMID]) -> String {
        "[" + pmids.map { "@" + $0.curie }.joined(separator: "; ") + "]"
    }
}

/// Words of a sentence that name an entity.
public struct EntityLink: Hashable, Sendable {
    /// Where the words stand, in UTF-8 bytes of the sentence.
    public var range: TextRange
    /// The entity.
    public var entity: EntityID

    /// Makes a link.
    public init(range: TextRange, entity: EntityID) {
        self.range = range
        self.entity = entity
    }

    /// Whether Markdown can hold the link: the CURIE is made of characters that need no quoting, and there are words.
    var isWritable: Bool { !range.isEmpty && LinkTarget(entity.curie) == .entity(entity) }
}
