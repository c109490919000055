import Corpus
public import Intake

/// A stretch of a document that annotators or a program have marked.
public struct MarkedMention: Hashable, Sendable {
    /// The first code point, counted over title, one character, abstract.
    public var start: Int
    /// The code point after the last one.
    public var end: Int
    /// Its type, as the file or the program calls it.
    public var type: String
    /// Its identifiers without prefixes, in order; empty where it has none.
    public var identifiers: [String]
    /// What stands there.
    public var text: String

    /// Makes a mention.
    public init(start: Int, end: Int, type: String, identifiers: [String], text: String) {
        self.start = start
        self.end = end
        self.type = type
        self.identifiers = identifiers
        self.text = text
    }

    /// Whether the two share a code point.
    func overlaps(_ other: MarkedMention) -> Bool { start < other.end && other.start < end }

    /// Whether the two have the same ends.
    func hasEnds(of other: MarkedMention) -> Bool { start == other.start && end == other.end }
}

/// The identifiers in a field of an annotation.
public enum GoldIdentifiers {
    /// The identifiers, in order, each once: parted by `;`, `,`, `|` or `+`, without white space at the ends, a prefix
    /// of letters (`MESH:`) and a note in brackets at the end (`(Tax:9606)`). A hyphen and an empty part are none;
    /// `-1`, which some corpora write for “unknown”, is none either.
    public static func parts(of field: String) -> [String] {
        var parts: [String] = []
        for piece in field.unicodeScalars.split(whereSeparator: { ";,|+".unicodeScalars.contains($0) }) {
            let part = bare(Substring(piece))
            if !part.isEmpty, part != "-", part != "-1", !parts.contains(part) { parts.append(part) }
        }
        return parts
    }

    private static func bare(_ piece: Substring) -> String {
        var scalars = trimmed(piece.unicodeScalars)
        if let colon = scalars.firstIndex(of: ":"), colon != scalars.startIndex,
            scalars[..<colon].allSatisfy({ ("a"..."z").contains($0) || ("A"..."Z").contains($0) })
        {
            scalars = scalars[scalars.index(after: colon)...]
        }
        if scalars.last == ")", let open = scalars.firstIndex(of: "(") { scalars = scalars[..<open] }
        return String(scalars)
    }

    private static func trimmed(_ scalars: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
        var scalars = scalars
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return scalars
    }
}

/// A document with what annotators have marked in it.
public struct GoldDocument: Hashable, Sendable {
    /// The document.
    public var document: Document
    /// What is marked, of all types, in the order of the file.
    public var mentions: [MarkedMention]

    /// Takes the annotations of a document for its gold mentions.
    public init(_ document: Document) {
        self.document = document
        mentions = document.annotations.map { annotation in
            let text = document.passages[annotation.passage].text
            let start = document.offsets[annotation.passage]
            return MarkedMention(
                start: start + text.codePointOffset(ofByte: annotation.range.start),
                end: start + text.codePointOffset(ofByte: annotation.range.end), type: annotation.type,
                identifiers: GoldIdentifiers.parts(of: annotation.identifier),
                text: text.slice(annotation.range) ?? annotation.text)
        }
    }
}
