import FoundationEssentials
public import Intake

/// What reading a gold file gave.
public struct GoldReading<Row: Sendable>: Sendable {
    /// The documents, in the order of the file.
    public var rows: [Row] = []
    /// How many lines, records or annotations could not be read.
    public var setAside = 0
    /// How many annotations say something else than what stands in the text; they were kept.
    public var doubtful = 0
}

/// Reads gold files, plain or gzipped.
public enum GoldReader {
    /// Reads documents with annotations: PubTator, BioC in XML and JSON, or JSON lines with `mentions`.
    ///
    /// - Parameters:
    ///   - format: the format; guessed from the content when nil.
    ///   - onProblem: called with a sentence on each document or annotation that is set aside.
    /// - Throws: `EvaluationError.noGold` where there is no document, `IntakeError` where the file as a whole is bad.
    public static func documents(
        path: String, format: InputFormat? = nil, onProblem: (String) -> Void
    ) throws -> GoldReading<GoldDocument> {
        var reading = GoldReading<GoldDocument>()
        try orNoGold(path) {
            let reader = try DocumentReader(path: path, format: format)
            // These formats have no annotations; a blank file is guessed to be text.
            if reader.format == .text || reader.format == .pubmedXML {
                throw EvaluationError.noGold(path: path)
            }
            while let item = try reader.next() {
                switch item {
                case .document(let document): reading.rows.append(GoldDocument(document))
                case .setAside(let problem):
                    if case .doubtful = problem.reason {
                        reading.doubtful += 1
                    } else {
                        reading.setAside += 1
                        onProblem(problem.description)
                    }
                }
            }
        }
        if reading.rows.isEmpty { throw EvaluationError.noGold(path: path) }
        if reading.doubtful > 0 {
            onProblem(
                "\(path): \(reading.doubtful) annotations say another text than what stands there; kept as they came"
            )
        }
        return reading
    }

    /// Reads JSON lines, each an object of one kind.
    ///
    /// - Parameters:
    ///   - what: what a line should be, for messages: “a document with sentences”.
    ///   - onProblem: called with a sentence on each line that is set aside.
    /// - Throws: `EvaluationError.noGold` where no line could be read, `IntakeError` where the file as a whole is bad.
    public static func lines<Row: Decodable & Sendable>(
        of type: Row.Type, path: String, what: String, onProblem: (String) -> Void
    ) throws -> GoldReading<Row> {
        let reading = try predictions(of: type, path: path, what: what, onProblem: onProblem)
        if reading.rows.isEmpty { throw EvaluationError.noGold(path: path) }
        return reading
    }

    /// Reads JSON lines that may be none at all: a program that finds nothing writes nothing.
    ///
    /// - Throws: `IntakeError` where the file as a whole is bad.
    static func predictions<Row: Decodable & Sendable>(
        of type: Row.Type, path: String, what: String, onProblem: (String) -> Void
    ) throws -> GoldReading<Row> {
        var reading = GoldReading<Row>()
        let decoder = JSONDecoder()
        try eachLine(of: path) { line, number in
            do {
                reading.rows.append(try decoder.decode(type, from: Data(line)))
            } catch {
                reading.setAside += 1
                onProblem("\(path): line \(number): this is not \(what); set aside")
            }
        }
        return reading
    }

    /// Calls a function with each line that is not blank, and its number; a file without bytes has none.
    static func eachLine(of path: String, _ body: ([UInt8], Int) throws -> Void) throws {
        do {
            let lines = try LineReader(path: path)
            while let line = try lines.next() {
                if line.allSatisfy({ $0 == UInt8(ascii: " ") || (0x09...0x0D).contains($0) }) { continue }
                try body(line, lines.lineNumber)
            }
        } catch let error as IntakeError where error.kind == .empty {
            return
        }
    }

    private static func orNoGold(_ path: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as IntakeError where error.kind == .empty {
            throw EvaluationError.noGold(path: path)
        }
    }
}

/// An identifier of a document, which is a string in some files and a number in others.
struct DocumentIdentifier: Decodable, Hashable, Sendable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            text = String(number)
        } else {
            text = try container.decode(String.self)
        }
    }
}
