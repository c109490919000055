import Corpus
import Foundation
import GRDB

/// One citation that carries evidence, as rows of `citation`, `sentence` and `evidence`.
struct CitationRows {
    private let extraction: CitationExtraction
    private let file: String
    private let fileID: Int64
    /// The record of the citation.
    let content: Data
    private var sentences: [SentenceRow] = []
    private var evidence: [EvidenceRow] = []

    /// A sentence with one set of mentions; evidence about several entities shares it.
    private struct SentenceRow: Hashable {
        var passage: Int
        var place: Int
        var range: TextRange
        /// The record, so that equal means equal to the byte.
        var mentions: Data

        /// Few sentences have more than one set of mentions.
        func hash(into hasher: inout Hasher) { hasher.combine(passage << 32 | place) }
    }

    private struct EvidenceRow: Hashable {
        var sentence: Int
        var entity: Int64
        var id: Data
        var qualities: Int
        var placements: Data
    }

    /// Checks the evidence and makes its rows; `entityID` gives the row of an entity.
    ///
    /// - Throws: `StoreError.inexactEvidence` when evidence does not agree with the citation, `.repeatedEvidence`.
    init(
        _ extraction: CitationExtraction, file: String, fileID: Int64, _ encoder: inout RecordEncoder,
        entityID: (EntityID) throws -> Int64
    ) throws {
        self.extraction = extraction
        self.file = file
        self.fileID = fileID
        content = try encoder.record(of: extraction.citation)
        var numbers: [SentenceRow: Int] = [:]
        // Evidence on several entities in one sentence comes in a row, with the same mentions.
        var last: (evidence: Evidence, number: Int)?
        var seen: Set<EvidenceID> = []
        for item in extraction.evidence {
            let piece = item.evidence
            try check(item)
            guard seen.insert(item.id).inserted else {
                throw StoreError.repeatedEvidence(
                    file: file, record: extraction.place.record, pmid: extraction.citation.pmid,
                    evidence: item.id)
            }
            let number: Int
            if let last, last.evidence.passage == piece.passage, last.evidence.sentence == piece.sentence,
                last.evidence.range == piece.range, last.evidence.mentions == piece.mentions
            {
                number = last.number
            } else {
                let row = SentenceRow(
                    passage: piece.passage, place: piece.sentence, range: piece.range,
                    mentions: try encoder.record(of: piece.mentions))
                if let known = numbers[row] {
                    number = known
                } else {
                    number = sentences.count
                    numbers[row] = number
                    sentences.append(row)
                }
            }
            last = (piece, number)
            evidence.append(
                EvidenceRow(
                    sentence: number, entity: try entityID(piece.entity), id: item.id.blob,
                    qualities: piece.qualities.code,
                    placements: try encoder.record(of: piece.placements)))
        }
    }

    /// The rows of the entities that the evidence is about.
    var entities: Set<Int64> { Set(evidence.map(\.entity)) }

    /// Writes the rows.
    func write(_ statements: ContributionStatements) throws {
        let citation = extraction.citation
        let pmid = citation.pmid.number
        try statements.insertCitation.execute(arguments: [
            pmid, citation.version, fileID, extraction.place.record, extraction.place.byteOffset,
            try Hex.sha256(extraction.place.sha256), citation.year, citation.isRetracted, citation.isNotice,
            citation.hasExpressionOfConcern, citation.hasErratum, content,
            citation.work == citation.pmid ? nil : citation.work.number,
        ])
        for (number, row) in sentences.enumerated() {
            try statements.insertSentence.execute(arguments: [
                pmid, number, row.passage, row.place, row.range.start, row.range.end, row.mentions,
            ])
        }
        for row in evidence {
            try statements.insertEvidence.execute(arguments: [
                pmid, row.sentence, row.entity, row.id, row.qualities, row.placements,
            ])
        }
    }

    /// Whether the database has the very same citation with the very same evidence, wherever it was read.
    func areStored(_ statements: ContributionStatements) throws -> Bool {
        let citation = extraction.citation
        let pmid = citation.pmid.number
        guard let stored = try Row.fetchOne(statements.findContent, arguments: [pmid]),
            stored[0] == citation.version, stored[1] == content
        else { return false }
        let storedSentences = try Row.fetchAll(statements.findSentences, arguments: [pmid]).map { row in
            SentenceRow(
                passage: row[0], place: row[1], range: TextRange(row[2], row[3]), mentions: row[4])
        }
        guard storedSentences == sentences else { return false }
        let storedEvidence = try Row.fetchAll(statements.findEvidence, arguments: [pmid]).map { row in
            EvidenceRow(sentence: row[0], entity: row[1], id: row[2], qualities: row[3], placements: row[4])
        }
        return Set(storedEvidence) == Set(evidence)
    }

    /// Notes that the citation, unchanged, is read from here now.
    func move(_ statements: ContributionStatements) throws {
        try statements.moveCitation.execute(arguments: [
            fileID, extraction.place.record, extraction.place.byteOffset,
            try Hex.sha256(extraction.place.sha256), extraction.citation.pmid.number,
        ])
    }

    /// Offsets that do not cut exactly what they should are refused here, so that none is ever stored.
    private func check(_ item: IdentifiedEvidence) throws {
        let evidence = item.evidence
        let citation = extraction.citation
        func refuse(_ reason: String) -> StoreError {
            .inexactEvidence(
                file: file, record: extraction.place.record, pmid: citation.pmid, evidence: item.id,
                reason: reason)
        }
        guard evidence.pmid == citation.pmid, evidence.version == citation.version else {
            throw refuse("is evidence from \(evidence.pmid.curie) version \(evidence.version)")
        }
        guard let text = citation.text(ofPassage: evidence.passage),
            evidence.passageKind == (evidence.passage == 0 ? .title : .abstract)
        else { throw refuse("the citation has no passage \(evidence.passage) of that kind") }
        guard let sentence = text.slice(evidence.range), sentence.hasSameBytes(as: evidence.text),
            text.isScalarBoundary(evidence.range.start), text.isScalarBoundary(evidence.range.end)
        else { throw refuse("bytes \(evidence.range) of passage \(evidence.passage) are not its sentence") }
        for mention in evidence.mentions
        where mention.passage != evidence.passage || !evidence.range.contains(mention.range)
            || !text.isScalarBoundary(mention.range.start) || !text.isScalarBoundary(mention.range.end)
        {
            throw refuse("the mention at bytes \(mention.range) is not in the sentence")
        }
        for placement in evidence.placements {
            for trigger in placement.triggers
            where trigger.range.start < 0 || !text.isScalarBoundary(trigger.range.start)
                || !text.isScalarBoundary(trigger.range.end)
            {
                throw refuse("the trigger at bytes \(trigger.range) is not in the passage")
            }
        }
    }
}

extension Citation {
    /// The text of a passage by its index: 0 is the title, n the n-th section of the abstract.
    func text(ofPassage index: Int) -> String? {
        if index == 0 { return title }
        return abstract.indices.contains(index - 1) ? abstract[index - 1].text : nil
    }
}

extension String {
    /// Whether an offset in UTF-8 bytes lies in the text and does not cut a Unicode scalar.
    func isScalarBoundary(_ offset: Int) -> Bool {
        guard offset >= 0, offset <= utf8.count else { return false }
        if offset == utf8.count { return true }
        return utf8[utf8.index(startIndex, offsetBy: offset)] & 0xC0 != 0x80
    }
}

extension SentenceQualities {
    private static let kinds: [SentenceKind] = [.finding, .aim, .method, .background, .title]

    /// The number that stands for them in the database: see the table `evidence`.
    var code: Int {
        let kind =
            switch kind {
            case .finding: 0
            case .aim: 1
            case .method: 2
            case .background: 3
            case .title: 4
            }
        return kind + (isNegated ? 8 : 0) + (isSpeculative ? 16 : 0) + (standsAlone ? 32 : 0)
    }

    init?(code: Int) {
        guard code >= 0, code < 64, Self.kinds.indices.contains(code & 7) else { return nil }
        self.init(
            kind: Self.kinds[code & 7], isNegated: code & 8 != 0, isSpeculative: code & 16 != 0,
            standsAlone: code & 32 != 0)
    }
}
