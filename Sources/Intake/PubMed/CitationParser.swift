import Corpus

/// Parses raw records into values. One per worker: one thread at a time may use it.
///
/// Texts are the record's own with markup flattened and entities decoded; see `FlattenedText` in this module for
/// what becomes of white space and formulas. A field that is empty in the record is nil or left out of its list. An
/// ORCID iD is kept as the record has it, without the address `https://orcid.org/` before it. Of an element that
/// must occur once, the first counts.
public final class CitationParser {
    /// The longest field that is kept, in bytes: 1 MiB. A record with a longer one is set aside.
    public static let fieldLimit = RecordBuilder.fieldLimit

    /// How many records were read without libxml2, and how many by it.
    package private(set) var counts = (regular: 0, irregular: 0)

    private var scanner = RecordScanner()
    private let parser = SAXParser()
    private let usesScanner: Bool

    /// Makes a parser.
    public init() { usesScanner = true }

    /// Makes a parser that reads all records with libxml2 or only those that are irregular: with the same results.
    package init(withLibXML2Alone: Bool) { usesScanner = !withLibXML2Alone }

    /// Parses a record.
    ///
    /// - Throws: why the record cannot be kept, with file, record, byte and, when it was read by then, PMID.
    /// - Complexity: O(length of the record).
    public func parse(_ record: RawRecord) throws(RecordProblem) -> PubMedRecord {
        if usesScanner, scanner.read(record.bytes.span) {
            switch record.kind {
            case .citation:
                if scanner.builder.pmid == nil { break }
                counts.regular += 1
                return .citation(scanner.builder.takeCitation())
            case .bookArticle:
                counts.regular += 1
                return .bookArticle(scanner.builder.pmid)
            case .deletions:
                counts.regular += 1
                return .deletions(scanner.builder.deletions)
            }
        }
        counts.irregular += 1
        return try parseWithLibXML2(record)
    }

    private func parseWithLibXML2(_ record: RawRecord) throws(RecordProblem) -> PubMedRecord {
        do {
            _ = try UTF8Span(validating: record.bytes.span)
        } catch {
            throw problem(record, .invalidUTF8, at: error.byteOffsets.lowerBound)
        }
        var bytes = record.bytes
        do {
            if let resolved = try CharacterEntities.resolved(record.bytes) { bytes = resolved }
        } catch {
            throw problem(record, .unknownEntity(error.name), at: error.byte)
        }
        do {
            try parser.parse(bytes)
        } catch {
            throw problem(record, .malformed(error.message), at: error.byte, pmid: parser.builder.pmid)
        }
        let builder = parser.builder
        if let reason = builder.problem { throw problem(record, reason, at: 0, pmid: builder.pmid) }
        switch record.kind {
        case .citation:
            if builder.pmid == nil { throw problem(record, .invalidPMID(""), at: 0) }
            return .citation(builder.citation)
        case .bookArticle: return .bookArticle(builder.pmid)
        case .deletions: return .deletions(builder.deletions)
        }
    }

    private func problem(
        _ record: RawRecord, _ reason: RecordProblem.Reason, at byte: Int, pmid: PMID? = nil
    ) -> RecordProblem {
        RecordProblem(
            file: record.file, record: record.ordinal, pmid: pmid, byte: record.byteOffset + byte,
            reason: reason)
    }
}
