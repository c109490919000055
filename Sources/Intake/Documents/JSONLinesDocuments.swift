import Corpus
import FoundationEssentials

/// Documents of JSON lines. A line is an object with `id` or `pmid`, a string or a number, and one of
///
/// - `passage` (`title` or `abstract`) and `text`: a passage; an abstract right after its title joins it;
/// - `title` and `abstract`: a document;
/// - `text`: a document of one text.
///
/// Texts keep their line ends. `mentions`, a list of `{"start","end","text","type","id"}` with offsets in code
/// points over title, one character, abstract, or over the one text, become annotations. Other keys are ignored.
struct JSONLinesDocuments: DocumentSource {
    private struct Line: Decodable {
        var id: TextOrNumber?
        var pmid: TextOrNumber?
        var passage: String?
        var title: String?
        var abstract: String?
        var text: String?
        var mentions: [Mention]?
    }

    private struct Mention: Decodable {
        var start: Int
        var end: Int
        var text: String?
        var type: String?
        var id: TextOrNumber?
    }

    private let lines: LineReader
    private let path: String
    private let decoder = JSONDecoder()
    /// A title that waits for its abstract.
    private var waiting: Document?
    private var ready: [DocumentReader.Item] = []
    private var isDone = false
    private var fault: IntakeError?

    init(source: InflatingReader) {
        path = source.path
        lines = LineReader(source: source)
    }

    mutating func next() throws(IntakeError) -> DocumentReader.Item? {
        while ready.isEmpty, !isDone {
            do {
                if let line = try lines.next() {
                    read(line)
                    continue
                }
            } catch {
                fault = error
            }
            isDone = true
            release()
        }
        if !ready.isEmpty { return ready.removeFirst() }
        if let fault {
            self.fault = nil
            throw fault
        }
        return nil
    }

    private mutating func read(_ bytes: [UInt8]) {
        if bytes.allSatisfy({ isXMLSpace($0) }) { return }
        let line: Line
        do {
            line = try decoder.decode(Line.self, from: Data(bytes))
        } catch {
            return setAside("the line is no JSON object of a document: \(explanation(of: error))")
        }
        guard let id = (line.id ?? line.pmid)?.text else {
            return setAside("the object has neither \"id\" nor \"pmid\"")
        }
        if let passage = line.passage {
            guard let kind = PassageKind(rawValue: passage), let text = line.text else {
                return setAside("a passage has \"passage\", \"title\" or \"abstract\", and \"text\"")
            }
            return read(kind, text, of: id)
        }
        release()
        var document: Document
        if line.title != nil || line.abstract != nil {
            document = Document(id: id, title: line.title ?? "", abstract: line.abstract ?? "")
        } else if let text = line.text {
            document = Document(id: id)
            document.append(kind: .abstract, text: text, offset: 0)
        } else {
            return setAside("the object has none of \"title\", \"abstract\" and \"text\"")
        }
        for mention in line.mentions ?? [] {
            let reason = document.annotate(
                start: mention.start, end: mention.end, text: mention.text, type: mention.type ?? "",
                identifier: mention.id?.text ?? "")
            if let reason { report(reason) }
        }
        ready.append(.document(document))
    }

    private mutating func read(_ kind: PassageKind, _ text: String, of id: String) {
        if kind == .abstract, var document = waiting, document.id == id {
            let title = document.passages.first?.text ?? ""
            document.append(kind: .abstract, text: text, offset: title.unicodeScalars.count + 1)
            ready.append(.document(document))
            waiting = nil
            return
        }
        release()
        if kind == .title {
            waiting = Document(id: id, title: text, abstract: "")
        } else {
            ready.append(.document(Document(id: id, title: "", abstract: text)))
        }
    }

    /// Gives a title that waits no longer.
    private mutating func release() {
        if let document = waiting { ready.append(.document(document)) }
        waiting = nil
    }

    private mutating func setAside(_ message: String) {
        report(.unreadable(message))
    }

    private mutating func report(_ reason: RecordProblem.Reason) {
        ready.append(.setAside(RecordProblem(file: path, line: lines.lineNumber, reason: reason)))
    }
}

/// A JSON value that is a string in some files and a number in others.
package struct TextOrNumber: Decodable, Sendable {
    /// The string, or the digits of the number.
    package let text: String

    /// Reads either.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            text = String(number)
        } else {
            text = try container.decode(String.self)
        }
    }
}

/// What a decoding error says, in a few words.
package func explanation(of error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    switch error {
    case .dataCorrupted(let context): return context.debugDescription
    case .keyNotFound(let key, _): return "\"\(key.stringValue)\" is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
        let place = context.codingPath.map(\.stringValue).joined(separator: ".")
        return "\"\(place)\" is of another type"
    @unknown default: return "\(error)"
    }
}
