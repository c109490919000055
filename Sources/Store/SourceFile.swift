import Corpus

/// What a source file was, or is to be, extracted with: a digest of each thing that decides the outcome.
public struct ExtractionDigests: Hashable, Sendable {
    /// The program's version.
    public var program: String
    /// The section rules and thresholds.
    public var rules: String
    /// The compiled dictionary.
    public var dictionary: String
    /// The species whose evidence is kept.
    public var species: String

    /// Makes the digests; what they look like is the caller's business, they are only compared.
    public init(program: String, rules: String, dictionary: String, species: String) {
        self.program = program
        self.rules = rules
        self.dictionary = dictionary
        self.species = species
    }
}

/// A file of citations, before it is read.
public struct SourceFile: Hashable, Sendable {
    /// The name without folders: what the ledger knows the file by.
    public let name: String
    /// The size on disk, in bytes.
    public var size: Int
    /// SHA-256 of the file as it is on disk: 64 lower-case hexadecimal digits.
    public var sha256: String
    /// What it is extracted with.
    public var digests: ExtractionDigests
    /// When it was changed last, in nanoseconds since 1970; nil where that is not known.
    public var modified: Int64?
    /// The MD5 that came beside it and that it has: 32 hexadecimal digits; nil where none came.
    public var md5: String?

    /// Makes a file; folders before the name are left out.
    public init(
        name: String, size: Int, sha256: String, digests: ExtractionDigests, modified: Int64? = nil,
        md5: String? = nil
    ) {
        self.modified = modified
        self.md5 = md5
        self.name = Self.baseName(of: name)
        self.size = size
        self.sha256 = sha256
        self.digests = digests
    }

    /// What stands after the last slash.
    static func baseName(of path: String) -> String {
        String(path.utf8.split(separator: UInt8(ascii: "/")).last.map { String($0) ?? path } ?? path)
    }
}

/// What is counted while a source file is read.
public struct FileTotals: Hashable, Sendable {
    /// The size of the inflated stream, in bytes.
    public var inflatedSize: Int
    /// Citations read.
    public var citations: Int
    /// `PubmedBookArticle` records passed over.
    public var books: Int
    /// Sentences found.
    public var sentences: Int
    /// Mentions resolved.
    public var mentions: Int

    /// Makes the counts.
    public init(
        inflatedSize: Int = 0, citations: Int = 0, books: Int = 0, sentences: Int = 0, mentions: Int = 0
    ) {
        self.inflatedSize = inflatedSize
        self.citations = citations
        self.books = books
        self.sentences = sentences
        self.mentions = mentions
    }
}

/// A record that was set aside, or damage to the file itself.
public struct Problem: Hashable, Sendable {
    /// The record's place in its file, from 0; nil when the file itself is at fault.
    public var record: Int?
    /// The citation, where it is known.
    public var pmid: PMID?
    /// The offset in the inflated stream, or in the file where inflating failed.
    public var byte: Int?
    /// What is wrong, in a sentence.
    public var reason: String

    /// Makes a problem.
    public init(record: Int? = nil, pmid: PMID? = nil, byte: Int? = nil, reason: String) {
        self.record = record
        self.pmid = pmid
        self.byte = byte
        self.reason = reason
    }
}
