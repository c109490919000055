import Corpus

/// Reads documents from any input format, gzipped or plain, from a file or from standard input.
///
/// `pubmed-xml`, `pubtator`, `jsonl` and BioC JSON with a document a line are read one document at a time, in
/// memory independent of the size of the input; the other formats are read whole. One thread at a time may use it.
public final class DocumentReader {
    /// What the reader finds, one after the other.
    public enum Item: Hashable, Sendable {
        /// A document.
        case document(Document)
        /// A line, a record or an annotation that cannot be understood, or (reason `doubtful`) an annotation that
        /// was kept though it contradicts the text; the reader goes on behind it.
        case setAside(RecordProblem)
    }

    /// The format, as said or as guessed.
    public let format: InputFormat

    private var source: any DocumentSource

    /// Opens an input; `-` is standard input.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - format: its format; guessed from the content when nil.
    /// - Throws: when it cannot be opened, or its format is none of these.
    public init(path: String, format: InputFormat? = nil) throws(IntakeError) {
        let bytes = try InflatingReader(path: path)
        if let format { self.format = format } else { self.format = try Self.guess(bytes) }
        source =
            switch self.format {
            case .pubmedXML: PubMedDocuments(source: bytes)
            case .pubtator: PubTatorDocuments(source: bytes)
            case .jsonl: JSONLinesDocuments(source: bytes)
            case .biocXML: BioCXMLDocuments(source: bytes)
            case .biocJSON: BioCJSONDocuments(source: bytes)
            case .text: PlainTextDocuments(source: bytes)
            }
    }

    /// Only a guess looks ahead: with a format said, a pipe gives its first document at once.
    private static func guess(_ bytes: InflatingReader) throws(IntakeError) -> InputFormat {
        if let format = InputFormat.guess(from: try bytes.peek()) { return format }
        throw IntakeError(
            path: bytes.path,
            kind: .unknownFormat("this XML is neither a PubmedArticleSet nor a BioC collection"))
    }

    /// The next document, or the next thing that is set aside; nil at the end of the input.
    ///
    /// - Throws: what is wrong with the input as a whole, after all good documents were given.
    public func next() throws(IntakeError) -> Item? {
        try source.next()
    }
}

/// A reader of one format.
protocol DocumentSource {
    /// The next document or problem; nil at the end.
    mutating func next() throws(IntakeError) -> DocumentReader.Item?
}

/// Documents of PubMed's XML; books and deletions are passed over.
struct PubMedDocuments: DocumentSource {
    private let reader: RawRecordReader
    private let parser = CitationParser()

    init(source: InflatingReader) {
        reader = RawRecordReader(source: source)
    }

    mutating func next() throws(IntakeError) -> DocumentReader.Item? {
        while let item = try reader.next() {
            switch item {
            case .setAside(let problem): return .setAside(problem)
            case .record(let record):
                do {
                    if case .citation(let citation) = try parser.parse(record) {
                        return .document(Document(citation))
                    }
                } catch {
                    return .setAside(error)
                }
            }
        }
        return nil
    }
}

/// The one document of a plain text, named after the file.
struct PlainTextDocuments: DocumentSource {
    private let source: InflatingReader
    private var isDone = false

    init(source: InflatingReader) {
        self.source = source
    }

    mutating func next() throws(IntakeError) -> DocumentReader.Item? {
        if isDone { return nil }
        isDone = true
        let bytes = try source.readAll()
        do {
            let text = String(copying: try UTF8Span(validating: bytes.span))
            var document = Document(id: name)
            document.append(kind: .abstract, text: text, offset: 0)
            return .document(document)
        } catch {
            throw IntakeError(
                path: source.path, kind: .malformed("the text is not UTF-8"),
                byte: error.byteOffsets.lowerBound)
        }
    }

    /// The name of the file without its folder, `stdin` for standard input.
    private var name: String {
        if source.path == "-" { return "stdin" }
        return source.path.split(separator: "/").last.map(String.init) ?? source.path
    }
}
