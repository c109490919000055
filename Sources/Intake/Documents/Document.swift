import Corpus

/// A text to mine, whatever format it came in: a title and an abstract, or one text.
public struct Document: Hashable, Sendable {
    /// The identifier, as the format has it: a PMID, mostly.
    public var id: String
    /// The texts. A text without title is one passage of kind abstract. An empty text is no passage.
    public var passages: [Passage]
    /// For each passage, where it starts in the document, in Unicode code points, as its format counts: the title
    /// at 0, the abstract one after the title's end.
    public var offsets: [Int]
    /// What people or programs have marked in the text, in the order of the file.
    public var annotations: [Annotation]
    /// The whole citation, where the format is PubMed's XML.
    public var citation: Citation?

    /// Makes a document.
    public init(
        id: String, passages: [Passage] = [], offsets: [Int] = [], annotations: [Annotation] = [],
        citation: Citation? = nil
    ) {
        self.id = id
        self.passages = passages
        self.offsets = offsets
        self.annotations = annotations
        self.citation = citation
    }

    /// Makes a document of a title and an abstract; the abstract starts one code point after the title's end.
    public init(id: String, title: String, abstract: String) {
        self.init(id: id)
        append(kind: .title, text: title, offset: 0)
        append(kind: .abstract, text: abstract, offset: title.unicodeScalars.count + 1)
    }

    /// Makes a document of a citation: the sections of the abstract follow one another with one space between.
    public init(_ citation: Citation) {
        self.init(id: citation.pmid.description, citation: citation)
        var offset = 0
        for passage in citation.passages {
            if passage.kind == .abstract, passages.isEmpty { offset = 1 }
            passages.append(passage)
            offsets.append(offset)
            offset += passage.text.unicodeScalars.count + 1
        }
    }

    /// Adds a passage unless its text is empty.
    mutating func append(kind: PassageKind, label: String? = nil, text: String, offset: Int) {
        if text.isEmpty { return }
        let index = kind == .title ? 0 : max(1, (passages.last?.index ?? 0) + 1)
        passages.append(Passage(kind: kind, index: index, label: label, text: text))
        offsets.append(offset)
    }

    /// Adds an annotation whose offsets are code points of the document.
    ///
    /// - Returns: why it is doubtful, though it was added, or why it was not: its text is not what stands there,
    ///   or it lies in no passage.
    mutating func annotate(
        start: Int, end: Int, text: String?, type: String, identifier: String
    ) -> RecordProblem.Reason? {
        for (place, passage) in passages.enumerated() {
            let from = start - offsets[place]
            let to = end - offsets[place]
            guard from >= 0, from <= to, let range = passage.text.byteRange(ofCodePoints: from..<to) else {
                continue
            }
            let found = passage.text.slice(range) ?? ""
            annotations.append(
                Annotation(
                    passage: place, range: range, text: text ?? found, type: type, identifier: identifier))
            if let text, text != found {
                return .doubtful(
                    "the annotation \(start)–\(end) says \"\(text)\", but \"\(found)\" stands there")
            }
            return nil
        }
        return .unreadable("the annotation \(start)–\(end) lies in no passage")
    }
}

/// A stretch of a document that people or programs have marked.
public struct Annotation: Hashable, Sendable {
    /// The place of the passage in `Document.passages`, from 0.
    public var passage: Int
    /// Where it stands, in UTF-8 bytes of the passage.
    public var range: TextRange
    /// Its text, as the file has it; what stands there where the file says nothing.
    public var text: String
    /// Its type, as the file has it: `Gene`, `SpecificDisease` …
    public var type: String
    /// Its identifiers, as the file has them; empty where it has none.
    public var identifier: String

    /// Makes an annotation.
    public init(passage: Int, range: TextRange, text: String, type: String, identifier: String) {
        self.passage = passage
        self.range = range
        self.text = text
        self.type = type
        self.identifier = identifier
    }
}

extension String {
    /// The UTF-8 bytes that code points take; nil when they are not all in the string.
    ///
    /// - Complexity: O(length).
    public func byteRange(ofCodePoints range: Range<Int>) -> TextRange? {
        var start: Int?
        var point = 0
        var byte = 0
        for scalar in unicodeScalars {
            if point == range.lowerBound { start = byte }
            if point == range.upperBound { break }
            byte += UTF8.width(scalar)
            point += 1
        }
        if point == range.lowerBound { start = start ?? byte }
        guard let start, point == range.upperBound else { return nil }
        return TextRange(start, byte)
    }
}
