import Corpus

/// What a record of a PubMed file is.
public enum RecordKind: Hashable, Sendable {
    /// `PubmedArticle`.
    case citation
    /// `PubmedBookArticle`.
    case bookArticle
    /// `DeleteCitation`.
    case deletions
}

/// The bytes of one record of a PubMed file, from the start of its start tag to the end of its end tag.
public struct RawRecord: Hashable, Sendable {
    /// The file, as the caller named it.
    public var file: String
    /// The record's place in the file, from 1, counting every record of any kind.
    public var ordinal: Int
    /// The byte of the inflated text, from 0, at which the record starts.
    public var byteOffset: Int
    /// What it is.
    public var kind: RecordKind
    /// The bytes as they stand in the inflated text: UTF-8 unless the file is damaged.
    public var bytes: [UInt8]

    /// Makes a record.
    public init(file: String, ordinal: Int, byteOffset: Int, kind: RecordKind, bytes: [UInt8]) {
        self.file = file
        self.ordinal = ordinal
        self.byteOffset = byteOffset
        self.kind = kind
        self.bytes = bytes
    }

    /// The SHA-256 digest of the bytes, as 64 lower-case hexadecimal digits.
    ///
    /// - Complexity: O(length); computed at every call.
    public var sha256: String { sha256Hex(bytes.span) }
}

/// What a parsed record says.
public enum PubMedRecord: Hashable, Sendable {
    /// A citation, new or revised.
    case citation(Citation)
    /// A book or a chapter of one, which is passed over; its identifier where it has one.
    case bookArticle(PMID?)
    /// Citations that are withdrawn from PubMed.
    case deletions([PMID])
}
