import Corpus
import Intake
import Interchange
import TextMining

/// The streams that programs rely on: documents in, lines out. Offsets are Unicode code points.
public struct DocumentStream {
    /// What is read: a path, or `-`.
    public var path: String
    /// Its format; guessed when nil.
    public var format: InputFormat?

    /// Makes a stream.
    public init(path: String, format: InputFormat?) {
        self.path = path
        self.format = format
    }

    /// What came of reading a stream.
    public struct Outcome: Hashable, Sendable {
        /// Documents read.
        public var documents = 0
        /// Lines or records set aside.
        public var setAside = 0
    }

    /// Reads the documents one after the other.
    ///
    /// - Parameters:
    ///   - onProblem: called with a sentence on each line or record that is set aside.
    ///   - body: called with each document.
    /// - Throws: `IntakeError` when the input as a whole cannot be read, and what the body throws.
    @discardableResult
    public func read(onProblem: (String) -> Void, _ body: (Document) throws -> Void) throws -> Outcome {
        var outcome = Outcome()
        guard let reader = try open() else { return outcome }
        while let item = try Self.next(of: reader) {
            switch item {
            case .document(let document):
                outcome.documents += 1
                try body(document)
            case .setAside(let problem):
                // What contradicts itself but was kept is worth a word, and loses nothing.
                if case .doubtful = problem.reason {} else { outcome.setAside += 1 }
                onProblem(problem.description)
            }
        }
        return outcome
    }
}

extension IntakeError {
    /// Whether standard input had no bytes: that is no text, while a file without bytes is a broken one.
    var isEmptyPipe: Bool { kind == .empty && path == "-" }
}

extension DocumentStream {
    /// A reader; nil where standard input has no bytes at all.
    private func open() throws -> DocumentReader? {
        do {
            return try DocumentReader(path: path, format: format)
        } catch {
            if error.isEmptyPipe { return nil }
            throw error
        }
    }

    private static func next(of reader: DocumentReader) throws -> DocumentReader.Item? {
        do {
            return try reader.next()
        } catch {
            if error.isEmptyPipe { return nil }
            throw error
        }
    }
}

extension Document {
    /// The code point at which a passage starts within the title or within the abstract.
    fileprivate func start(ofPassage place: Int) -> Int {
        guard passages[place].kind == .abstract,
            let first = passages.firstIndex(where: { $0.kind == .abstract })
        else { return 0 }
        return offsets[place] - offsets[first]
    }
}

/// `segment`: a JSON line a sentence.
public enum SegmentLines {
    /// The lines of a document: `{"id","passage","index","start","end","text"}`; offsets count within the title or the
    /// abstract, whose sections are joined by one space.
    public static func lines(of document: Document) -> String {
        var lines = ""
        var index: [PassageKind: Int] = [:]
        for (place, passage) in document.passages.enumerated() {
            let start = document.start(ofPassage: place)
            var counter = CodePointCounter(passage.text)
            for range in SentenceSplitter.ranges(in: passage.text) {
                let number = index[passage.kind, default: 0]
                index[passage.kind] = number + 1
                let from = start + counter.offset(ofByte: range.start)
                let to = start + counter.offset(ofByte: range.end)
                lines +=
                    JSONValue.object([
                        .init("id", .string(document.id)), .init("passage", .string(passage.kind.rawValue)),
                        .init("index", .integer(Int64(number))), .init("start", .integer(Int64(from))),
                        .init("end", .integer(Int64(to))),
                        .init("text", .string(passage.text.slice(range) ?? "")),
                    ]).line + "\n"
            }
        }
        return lines
    }
}

/// `abbreviations`: a JSON line a definition.
public enum AbbreviationLines {
    /// The lines of a document: `{"id","short","long"}`, in order of place, each pair once.
    public static func lines(of document: Document) -> String {
        var lines = ""
        var seen: Set<[String]> = []
        for passage in document.passages {
            for definition in AbbreviationFinder.definitions(in: passage.text) {
                guard let short = passage.text.slice(definition.short),
                    let long = passage.text.slice(definition.long),
                    seen.insert([short, long]).inserted
                else { continue }
                lines +=
                    JSONValue.object([
                        .init("id", .string(document.id)), .init("short", .string(short)),
                        .init("long", .string(long)),
                    ]).line + "\n"
            }
        }
        return lines
    }
}

/// Turns byte offsets of one text, asked for in ascending order, into code points in one pass.
struct CodePointCounter {
    private let bytes: [UInt8]
    private var position = 0
    private var count = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The number of code points before a byte offset. An offset before the last one starts again.
    mutating func offset(ofByte offset: Int) -> Int {
        if offset < position {
            position = 0
            count = 0
        }
        while position < offset, position < bytes.count {
            if bytes[position] & 0xC0 != 0x80 { count += 1 }
            position += 1
        }
        return count
    }
}
