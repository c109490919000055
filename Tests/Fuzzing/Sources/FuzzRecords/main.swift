import Corpus
import FuzzSupport
import Intake

/// The parsers that are compared. Each goes on after damaged records, which is a part of what is tried here.
nonisolated(unsafe) private let parser = CitationParser()
nonisolated(unsafe) private let reference = CitationParser(withLibXML2Alone: true)

/// What a parser makes of a record.
private func outcome(_ record: RawRecord, _ parser: CitationParser) -> Result<PubMedRecord, RecordProblem> {
    Result { () throws(RecordProblem) in try parser.parse(record) }
}

// A record gives the same through the scanner of regular records and libxml2 as through libxml2 alone.
unsafe fuzz { start, count in
    let bytes = unsafe input(start, count)
    for kind in [RecordKind.citation, .bookArticle, .deletions] {
        let record = RawRecord(file: "fuzz", ordinal: 1, byteOffset: 0, kind: kind, bytes: bytes)
        let found = unsafe outcome(record, parser)
        let expected = unsafe outcome(record, reference)
        precondition(found == expected, "\(found) is not \(expected)")
    }
    return 0
}
