import Corpus
import TextMining

/// A text with its sentences, as annotators cut it. A line is
/// `{"pmid" or "id","abstract" or "text","sentences":[[start,end]]}`, offsets in code points of the abstract or text.
public struct GoldSentences: Decodable, Hashable, Sendable {
    /// The identifier of the document.
    public let id: String
    /// The abstract, or the one text.
    public let text: String
    /// The sentences.
    public let sentences: Set<CodePointRange>

    private enum Key: String, CodingKey {
        case id, pmid, abstract, text, sentences
    }

    /// Reads a line.
    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Key.self)
        id = try row.decode(
            DocumentIdentifier.self, forKey: row.contains(.pmid) ? .pmid : .id
        ).text
        text = try row.decode(String.self, forKey: row.contains(.abstract) ? .abstract : .text)
        sentences = Set(try row.decode([CodePointRange].self, forKey: .sentences))
    }
}

/// A stretch of a text in code points; in JSON a list of its two ends.
public struct CodePointRange: Decodable, Hashable, Sendable {
    /// The first code point.
    public let start: Int
    /// The code point after the last one.
    public let end: Int

    /// Makes a range.
    public init(start: Int, end: Int) {
        self.start = start
        self.end = end
    }

    /// Reads a list of two numbers.
    public init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        start = try list.decode(Int.self)
        end = try list.decode(Int.self)
    }
}

/// Scores sentence boundaries.
public enum SentenceTask {
    /// What is measured.
    public static let measures = [
        Measure("spans", title: "sentences, both ends"), Measure("ends", title: "ends of sentences"),
    ]

    private struct Prediction: Decodable, Sendable {
        let id: DocumentIdentifier
        let passage: String
        let start: Int
        let end: Int
    }

    /// Reads the lines that `segment` writes: the sentences of abstracts, by document.
    public static func predictions(
        path: String, onProblem: (String) -> Void
    ) throws -> (sentences: [String: Set<CodePointRange>], setAside: Int) {
        let reading = try GoldReader.predictions(
            of: Prediction.self, path: path, what: "a sentence with id, passage, start and end",
            onProblem: onProblem)
        var sentences: [String: Set<CodePointRange>] = [:]
        for row in reading.rows where row.passage == "abstract" {
            sentences[row.id.text, default: []].insert(CodePointRange(start: row.start, end: row.end))
        }
        return (sentences, reading.setAside)
    }

    /// Cuts a text into sentences.
    public static func sentences(in text: String) -> Set<CodePointRange> {
        // One pass over the text: the ranges come in order.
        var points = 0
        var byte = 0
        var rest = text.utf8.makeIterator()
        func point(at target: Int) -> Int {
            while byte < target, let next = rest.next() {
                if next & 0xC0 != 0x80 { points += 1 }
                byte += 1
            }
            return points
        }
        return Set(
            SentenceSplitter.ranges(in: text).map { range in
                let start = point(at: range.start)
                return CodePointRange(start: start, end: point(at: range.end))
            })
    }

    /// The counts of all documents.
    public static func sheet(
        gold: [GoldSentences], found: (GoldSentences) -> Set<CodePointRange>
    ) -> ScoreSheet {
        var sheet = ScoreSheet(measures)
        for document in gold {
            let sentences = found(document)
            sheet.add([
                Counts(gold: document.sentences, found: sentences),
                Counts(gold: Set(document.sentences.map(\.end)), found: Set(sentences.map(\.end))),
            ])
        }
        return sheet
    }
}
