import Corpus

/// Documents of PubTator's text format (Wei, Kao and Lu 2013, doi:10.1093/nar/gkt441).
///
/// `ID|t|title` and `ID|a|abstract`, then a line per annotation, `ID TAB start TAB end TAB text TAB type TAB
/// identifier`, offsets in code points over title, one character, abstract. Blank lines part the documents. Lines
/// of relations, `ID TAB type TAB identifier TAB identifier`, are passed over.
struct PubTatorDocuments: DocumentSource {
    private let lines: LineReader
    private let path: String
    private var id = ""
    private var title = ""
    private var abstract = ""
    private var hasText = false
    private var annotations: [(line: Int, fields: [Substring])] = []
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
            finishDocument()
        }
        if !ready.isEmpty { return ready.removeFirst() }
        if let fault {
            self.fault = nil
            throw fault
        }
        return nil
    }

    private mutating func read(_ bytes: [UInt8]) {
        guard let line = String(validating: bytes, as: UTF8.self) else {
            return setAside("the line is not UTF-8", line: lines.lineNumber)
        }
        if line.utf8.allSatisfy({ isXMLSpace($0) }) { return finishDocument() }
        let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
        if parts.count == 3, parts[1] == "t" || parts[1] == "a", !parts[0].isEmpty, !parts[0].contains("\t") {
            if parts[0] != id || !annotations.isEmpty { finishDocument() }
            id = String(parts[0])
            hasText = true
            if parts[1] == "t" { title = String(parts[2]) } else { abstract = String(parts[2]) }
            return
        }
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        if hasText, fields.count >= 4, fields[0] == id {
            let isRelation = fields.count == 4 && Int(fields[1]) == nil
            if !isRelation { annotations.append((lines.lineNumber, fields)) }
            return
        }
        setAside("this is no line of PubTator's format", line: lines.lineNumber)
    }

    private mutating func finishDocument() {
        if hasText {
            var document = Document(id: id, title: title, abstract: abstract)
            for (line, fields) in annotations {
                guard fields.count >= 5, let start = Int(fields[1]), let end = Int(fields[2]) else {
                    setAside("this is no annotation of PubTator's format", line: line)
                    continue
                }
                let reason = document.annotate(
                    start: start, end: end, text: String(fields[3]), type: String(fields[4]),
                    identifier: fields.count > 5 ? String(fields[5]) : "")
                if let reason { report(reason, line: line) }
            }
            ready.append(.document(document))
        }
        id = ""
        title = ""
        abstract = ""
        hasText = false
        annotations = []
    }

    private mutating func setAside(_ message: String, line: Int) {
        report(.unreadable(message), line: line)
    }

    private mutating func report(_ reason: RecordProblem.Reason, line: Int) {
        ready.append(.setAside(RecordProblem(file: path, line: line, reason: reason)))
    }
}
