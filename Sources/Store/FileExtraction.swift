import Corpus

/// Evidence with its content-addressed identifier (DESIGN.md, section 3).
public struct IdentifiedEvidence: Hashable, Sendable {
    /// The identifier.
    public var id: EvidenceID
    /// The evidence.
    public var evidence: Evidence

    /// Joins the two.
    public init(id: EvidenceID, evidence: Evidence) {
        self.id = id
        self.evidence = evidence
    }
}

/// Where a record stands in its file.
public struct RecordPlace: Hashable, Sendable {
    /// The record's place in its file, from 0. Rises with every citation of a file; gaps are allowed.
    public var record: Int
    /// The offset of its first byte in the inflated stream.
    public var byteOffset: Int
    /// SHA-256 of its bytes: 64 lower-case hexadecimal digits.
    public var sha256: String

    /// Makes a place.
    public init(record: Int, byteOffset: Int, sha256: String) {
        self.record = record
        self.byteOffset = byteOffset
        self.sha256 = sha256
    }
}

/// A citation and the evidence found in it.
public struct CitationExtraction: Hashable, Sendable {
    /// The citation; kept only when it carries evidence.
    public var citation: Citation
    /// Where it stands in the file.
    public var place: RecordPlace
    /// The evidence found in it, in any order; empty for most citations.
    public var evidence: [IdentifiedEvidence]
    /// The concepts that it names, each once: they are counted whether or not there is evidence.
    public var concepts: [EntityID]

    /// Makes an extraction.
    public init(
        citation: Citation, place: RecordPlace, evidence: [IdentifiedEvidence], concepts: [EntityID] = []
    ) {
        self.citation = citation
        self.place = place
        self.evidence = evidence
        self.concepts = concepts
    }
}

/// A stretch of a source file, ready to be written.
public struct ExtractionBatch: Hashable, Sendable {
    /// The citations, in the order of the file. Every citation counts, those without evidence too: they may
    /// replace an older version that had some.
    public var citations: [CitationExtraction]
    /// The entities that the evidence is about; those of earlier batches may be left out or repeated.
    public var entities: [Entity]
    /// The records set aside.
    public var problems: [Problem]

    /// Makes a batch.
    public init(citations: [CitationExtraction] = [], entities: [Entity] = [], problems: [Problem] = []) {
        self.citations = citations
        self.entities = entities
        self.problems = problems
    }
}

/// All that one source file gives, for files small enough to be held whole.
public struct FileExtraction: Hashable, Sendable {
    /// The file.
    public var file: SourceFile
    /// Its citations, entities and problems.
    public var batch: ExtractionBatch
    /// The citations that the file deletes (`DeleteCitation`).
    public var deletions: [PMID]
    /// The counts.
    public var totals: FileTotals

    /// Makes an extraction.
    public init(
        file: SourceFile, batch: ExtractionBatch, deletions: [PMID] = [], totals: FileTotals = FileTotals()
    ) {
        self.file = file
        self.batch = batch
        self.deletions = deletions
        self.totals = totals
    }
}

/// What came of writing a source file.
public struct FileOutcome: Hashable, Sendable {
    /// Citations of the file that are kept with evidence.
    public var citationsKept = 0
    /// Pieces of evidence written.
    public var evidenceKept = 0
    /// Citations of the file that had evidence but are not the newest, or are deleted.
    public var superseded = 0
    /// Older citations whose evidence this file replaced or deleted.
    public var replaced = 0
    /// Files whose citations have become the newest again, because this file deleted or no longer has what was
    /// newer, and whose evidence was not kept: read them again, whatever `standing` said before. In file order.
    public var filesToReread: [String] = []
}
