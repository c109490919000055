import Articles
import Corpus
import Foundation
import GRDB

/// A piece of evidence with what a list of references shows of its paper: what an article shows of it.
public struct CitedEvidence: Hashable, Sendable {
    /// Its identifier.
    public var id: EvidenceID
    /// The evidence.
    public var evidence: Evidence
    /// The paper.
    public var reference: CitationReference
}

extension EvidenceReader {
    /// Pieces of evidence on an entity, by their identifiers and papers; nil for one that is not there.
    mutating func evidence(
        _ ids: [EvidenceID], from papers: [PMID], on entity: EntityID
    ) throws -> [CitedEvidence?] {
        var found: [CitedEvidence?] = []
        found.reserveCapacity(ids.count)
        for (id, paper) in zip(ids, papers) {
            let rows = try Row.fetchCursor(findCited, arguments: [paper.number, id.blob])
            // The row is the cursor's: it must not go before the row is read.
            defer { withExtendedLifetime(rows) {} }
            found.append(try rows.next().map { try cited($0, id, from: paper, on: entity) })
        }
        return found
    }

    private mutating func cited(
        _ row: Row, _ id: EvidenceID, from paper: PMID, on entity: EntityID
    ) throws -> CitedEvidence {
        let passage: Int = row[Column.passage]
        let start: Int = row[Column.start]
        let end: Int = row[Column.end]
        guard start <= end, let qualities = SentenceQualities(code: row[Column.qualities]) else {
            throw StoreError.undecodable(what: paper.curie)
        }
        let range = TextRange(start, end)
        var badges: [ReferenceBadge] = []
        if row[Column.hasErratum] { badges.append(.erratum) }
        if row[Column.hasConcern] { badges.append(.concern) }
        if row[Column.isRetracted] { badges.append(.retracted) }
        let (sentence, reference) = try row.withUnsafeData(atIndex: Column.content) {
            try decoder.quotation(
                of: paper, passage: passage, range: range, badges: badges, record: $0 ?? Data())
        }
        let mentions = try row.withUnsafeData(atIndex: Column.mentions) {
            try decoder.mentions($0 ?? Data(), passage: passage, of: paper)
        }
        let placements = try row.withUnsafeData(atIndex: Column.placements) {
            try decoder.placements($0 ?? Data(), of: paper)
        }
        return CitedEvidence(
            id: id,
            evidence: Evidence(
                pmid: paper, version: row[Column.version], passage: passage,
                passageKind: passage == 0 ? .title : .abstract, sentence: row[Column.place], range: range,
                text: sentence, entity: entity, mentions: mentions, qualities: qualities,
                placements: placements),
            reference: reference)
    }
}
