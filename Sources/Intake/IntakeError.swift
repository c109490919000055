import Corpus

/// What is wrong with an input file as a whole. What was good before the fault has been delivered by then.
public struct IntakeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of fault.
    public enum Kind: Hashable, Sendable {
        /// The file cannot be opened or read; the system's message.
        case unreadable(String)
        /// The file has no bytes.
        case empty
        /// A gzip member ends before its end: the file was cut short, as by a broken download.
        case truncatedGzip
        /// The compressed data are damaged; zlib's message.
        case corruptGzip(String)
        /// Neither gzip nor a PubMed XML file; what it starts with.
        case notPubMedXML(String)
        /// The XML declaration names an encoding other than UTF-8.
        case unsupportedEncoding(String)
        /// The document type declares entities, which PubMed's files never do: refused, as it can blow up memory.
        case entityDeclaration
        /// The XML ends without `</PubmedArticleSet>`: the file was cut short before it was compressed.
        case cutShort
        /// The input is not in the format it was said to be, or in none that is known.
        case unknownFormat(String)
        /// The input breaks its format as a whole; what is wrong.
        case malformed(String)
    }

    /// The file, as the caller named it.
    public var path: String
    /// The kind of fault.
    public var kind: Kind
    /// Where: a byte of the file for faults of gzip, a byte of the inflated text for all others; nil where no
    /// place can be named.
    public var byte: Int?

    /// Makes an error.
    public init(path: String, kind: Kind, byte: Int? = nil) {
        self.path = path
        self.kind = kind
        self.byte = byte
    }

    /// One sentence: the file, the place, what happened and what to do.
    public var description: String {
        switch kind {
        case .unreadable(let message): "\(path): cannot be read: \(message)"
        case .empty: "\(path): the file is empty; fetch it again"
        case .truncatedGzip:
            "\(path): the gzip data end too early, after byte \(place) of the file; fetch it again"
        case .corruptGzip(let message):
            "\(path): the gzip data are damaged near byte \(place) of the file (\(message)); fetch it again"
        case .notPubMedXML(let start): "\(path): this is no PubMed XML, plain or gzipped: \(start)"
        case .unsupportedEncoding(let name):
            "\(path): the XML declares the encoding \(name); PubMed's files are UTF-8: convert it first"
        case .entityDeclaration:
            "\(path): byte \(place): the document type declares entities, which PubMed's files never do; refused"
        case .cutShort:
            "\(path): the XML ends at byte \(place) without </PubmedArticleSet>; fetch the file again"
        case .unknownFormat(let message): "\(path): \(message)"
        case .malformed(let message): "\(path): byte \(place): \(message)"
        }
    }

    private var place: String { byte.map(String.init) ?? "?" }
}

/// Why one record or one line of a file was set aside; the rest of the file goes on.
public struct RecordProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of fault.
    public enum Reason: Hashable, Sendable {
        /// The record has no end tag before the next record or the end of the file.
        case notClosed
        /// The record is longer than the limit, in bytes.
        case recordTooLong(limit: Int)
        /// Between the records stands what does not belong there; its first characters.
        case strayMarkup(String)
        /// The XML is not well-formed; libxml2's message.
        case malformed(String)
        /// The bytes are not UTF-8.
        case invalidUTF8
        /// An entity that neither XML nor HTML knows.
        case unknownEntity(String)
        /// A field is longer than the limit, in bytes.
        case fieldTooLong(field: String, limit: Int)
        /// The record has no PMID, or one that is no positive number; what stands there.
        case invalidPMID(String)
        /// A line or document of a text input cannot be understood; what is wrong.
        case unreadable(String)
        /// Something in a text input contradicts itself and was kept as it came; what is wrong.
        case doubtful(String)
    }

    /// The file, as the caller named it.
    public var file: String
    /// The record's place in the file, from 1; nil for what stands between records.
    public var record: Int?
    /// The record's identifier, when it could be read.
    public var pmid: PMID?
    /// The byte of the inflated text, from 0, where the fault is, or where the record starts when no better place
    /// is known.
    public var byte: Int?
    /// The line, from 1, in formats that are read by lines.
    public var line: Int?
    /// The kind of fault.
    public var reason: Reason

    /// Makes a problem.
    public init(
        file: String, record: Int? = nil, pmid: PMID? = nil, byte: Int? = nil, line: Int? = nil,
        reason: Reason
    ) {
        self.file = file
        self.record = record
        self.pmid = pmid
        self.byte = byte
        self.line = line
        self.reason = reason
    }

    /// One sentence: the file, the record, the place and what is wrong.
    public var description: String {
        var parts: [String] = []
        if let record {
            parts.append(pmid.map { "record \(record) (PMID \($0))" } ?? "record \(record)")
        }
        if let line { parts.append("line \(line)") }
        if let byte { parts.append("byte \(byte)") }
        let place = parts.isEmpty ? "" : parts.joined(separator: ", ") + ": "
        return "\(file): \(place)\(what)"
    }

    private var what: String {
        switch reason {
        case .notClosed: "the record has no end tag; set aside"
        case .recordTooLong(let limit): "the record is longer than \(limit) bytes; set aside"
        case .strayMarkup(let start): "\"\(start)\" does not belong between records; passed over"
        case .malformed(let message): "malformed XML: \(message); set aside"
        case .invalidUTF8: "the bytes are not UTF-8; set aside"
        case .unknownEntity(let name): "the entity &\(name); is unknown; set aside"
        case .fieldTooLong(let field, let limit): "\(field) is longer than \(limit) bytes; set aside"
        case .invalidPMID(let text): text.isEmpty ? "no PMID; set aside" : "\"\(text)\" is no PMID; set aside"
        case .unreadable(let message): "\(message); set aside"
        case .doubtful(let message): "\(message); kept as it came"
        }
    }
}
