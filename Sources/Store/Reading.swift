import Corpus
import Foundation
import GRDB

/// A kept citation with the place of its record.
public struct KeptCitation: Hashable, Sendable {
    /// The citation, whole.
    public var citation: Citation
    /// The name of the source file.
    public var file: String
    /// Where the record stands in it.
    public var place: RecordPlace
}

/// What an article on an entity is composed from.
public struct EntityMaterial: Hashable, Sendable {
    /// The entity.
    public var entity: Entity
    /// Its evidence, by PMID, passage, start of the sentence.
    public var evidence: [IdentifiedEvidence]
    /// The citations of the evidence.
    public var citations: [PMID: KeptCitation]
}

/// What the ranking of an entity's evidence goes by: less than an article is composed from.
public struct RankingMaterial: Hashable, Sendable {
    /// The entity.
    public var entity: Entity
    /// Its evidence, by PMID, passage, start of the sentence.
    public var evidence: [IdentifiedEvidence]
    /// The years of publication of its citations.
    public var years: [PMID: Int]
    /// The works that citations are versions of, where they say so.
    public var works: [PMID: PMID] = [:]
}

extension Store {
    /// A kept citation; nil when none of that PMID carries evidence.
    ///
    /// - Throws: `StoreError`.
    public func citation(_ pmid: PMID) throws -> KeptCitation? {
        try read { db in
            var reader = try EvidenceReader(db, strings: strings)
            return try reader.citation(pmid)
        }
    }

    /// A piece of evidence and its citation; nil when it is not, or no longer, in the database.
    ///
    /// - Throws: `StoreError`.
    public func evidence(_ id: EvidenceID) throws -> (evidence: IdentifiedEvidence, citation: KeptCitation)? {
        try read { db in
            guard
                let pmid = try Int64.fetchOne(
                    db, sql: "SELECT pmid FROM evidence WHERE id = ?",
                    arguments: [Hex.bytes(id.hex, count: 16)])
            else { return nil }
            var reader = try EvidenceReader(db, strings: strings)
            guard let citation = try reader.citation(PMID(pmid)),
                let evidence = try reader.evidence(in: citation.citation).first(where: { $0.id == id })
            else { return nil }
            return (evidence, citation)
        }
    }

    /// All evidence from a citation, by passage, start, entity.
    ///
    /// - Throws: `StoreError`.
    public func evidence(in pmid: PMID) throws -> [IdentifiedEvidence] {
        try read { db in
            var reader = try EvidenceReader(db, strings: strings)
            guard let citation = try reader.citation(pmid) else { return [] }
            return try reader.evidence(in: citation.citation)
        }
    }

    /// All that an article on an entity is composed from; nil when the entity was never written. An entity whose
    /// evidence has gone has empty material. May be called from several threads at a time.
    ///
    /// - Complexity: O(evidence of the entity).
    /// - Throws: `StoreError`.
    public func material(for entity: EntityID) throws -> EntityMaterial? {
        try read { db in
            var reader = try EvidenceReader(db, strings: strings)
            return try reader.material(for: entity)
        }
    }

    /// What the ranking of an entity's evidence goes by; nil when the entity was never written. May be called from several
    /// threads at a time.
    ///
    /// - Complexity: O(evidence of the entity).
    /// - Throws: `StoreError`.
    public func rankingMaterial(for entity: EntityID) throws -> RankingMaterial? {
        try read { db in
            var reader = try EvidenceReader(db, strings: strings)
            return try reader.rankingMaterial(for: entity)
        }
    }
}

/// Reads citations and evidence on one snapshot, with statements prepared once.
struct EvidenceReader {
    private let db: Database
    private var decoder: RecordDecoder
    private let findCitation: Statement
    private let findText: Statement
    private let findEvidence: Statement
    private let findEntity: Statement
    private let findEvidenceOfEntity: Statement

    private static let evidenceColumns = """
        evidence.id, entity.curie, evidence.qualities, evidence.placements, sentence.passage, sentence.place,
        sentence.start, sentence."end", sentence.mentions, evidence.pmid
        """

    init(_ db: Database, strings: StringCache) throws {
        self.db = db
        decoder = RecordDecoder(strings: try StringReader(db, cache: strings))
        findCitation = try db.cachedStatement(
            sql: """
                SELECT citation.version, citation.content, citation.record, citation.byteOffset,
                    citation.sha256, sourceFile.name
                FROM citation JOIN sourceFile ON sourceFile.id = citation.file WHERE citation.pmid = ?
                """)
        findText = try db.cachedStatement(
            sql: "SELECT version, content, year, work FROM citation WHERE pmid = ?")
        findEvidence = try db.cachedStatement(
            sql: """
                SELECT \(Self.evidenceColumns)
                FROM evidence JOIN entity ON entity.id = evidence.entity
                    JOIN sentence ON sentence.pmid = evidence.pmid AND sentence.number = evidence.sentence
                WHERE evidence.pmid = ?
                """)
        findEntity = try db.cachedStatement(
            sql: "SELECT \(EntityRow.columns), entity.id FROM entity WHERE curie = ?")
        findEvidenceOfEntity = try db.cachedStatement(
            sql: """
                SELECT \(Self.evidenceColumns)
                FROM evidence JOIN entity ON entity.id = evidence.entity
                    JOIN sentence ON sentence.pmid = evidence.pmid AND sentence.number = evidence.sentence
                WHERE evidence.entity = ? ORDER BY evidence.pmid
                """)
    }

    mutating func citation(_ pmid: PMID) throws -> KeptCitation? {
        guard let row = try Row.fetchOne(findCitation, arguments: [pmid.number]) else { return nil }
        let citation = try decoder.citation(
            pmid: pmid, version: row[0], record: [UInt8](row[1] as Data))
        return KeptCitation(
            citation: citation, file: row[5],
            place: RecordPlace(record: row[2], byteOffset: row[3], sha256: Hex.digits(row[4] as Data)))
    }

    /// All evidence from a citation, by passage, start, end, entity.
    mutating func evidence(in citation: Citation) throws -> [IdentifiedEvidence] {
        var evidence: [IdentifiedEvidence] = []
        let rows = try Row.fetchCursor(findEvidence, arguments: [citation.pmid.number])
        while let row = try rows.next() { evidence.append(try item(row, in: citation)) }
        return evidence.sorted(by: Self.precedes)
    }

    mutating func material(for id: EntityID) throws -> EntityMaterial? {
        guard let row = try Row.fetchOne(findEntity, arguments: [id.curie]) else { return nil }
        var material = EntityMaterial(
            entity: try EntityRow.entity(row, &decoder), evidence: [], citations: [:])
        let entityRow: Int64 = row[6]
        let rows = try Row.fetchCursor(findEvidenceOfEntity, arguments: [entityRow])
        while let row = try rows.next() {
            let pmid = PMID(row[9])
            let kept: KeptCitation
            if let known = material.citations[pmid] {
                kept = known
            } else if let found = try citation(pmid) {
                kept = found
                material.citations[pmid] = found
            } else {
                throw StoreError.undecodable(what: pmid.curie)
            }
            material.evidence.append(try item(row, in: kept.citation))
        }
        material.evidence.sort(by: Self.precedes)
        return material
    }

    mutating func rankingMaterial(for id: EntityID) throws -> RankingMaterial? {
        guard let row = try Row.fetchOne(findEntity, arguments: [id.curie]) else { return nil }
        var material = RankingMaterial(
            entity: try EntityRow.entity(row, &decoder), evidence: [], years: [:])
        let entityRow: Int64 = row[6]
        // By PMID: one text at hand is enough.
        var citation: Citation?
        let rows = try Row.fetchCursor(findEvidenceOfEntity, arguments: [entityRow])
        while let row = try rows.next() {
            let pmid = PMID(row[9])
            let current: Citation
            if let citation, citation.pmid == pmid {
                current = citation
            } else {
                guard let row = try Row.fetchOne(findText, arguments: [pmid.number]) else {
                    throw StoreError.undecodable(what: pmid.curie)
                }
                current = try decoder.quotedText(
                    pmid: pmid, version: row[0], record: [UInt8](row[1] as Data))
                citation = current
                material.years[pmid] = row[2]
                let work: Int64? = row[3]
                if let work { material.works[pmid] = PMID(work) }
            }
            material.evidence.append(try item(row, in: current))
        }
        material.evidence.sort(by: Self.precedes)
        return material
    }

    /// Reads an entity from the columns `EntityRow.columns`.
    mutating func entity(_ row: Row) throws -> Entity {
        try EntityRow.entity(row, &decoder)
    }

    private mutating func item(_ row: Row, in citation: Citation) throws -> IdentifiedEvidence {
        let passage: Int = row[4]
        let start: Int = row[6]
        let end: Int = row[7]
        guard let id = EvidenceID(hex: Hex.digits(row[0] as Data)), let entity = EntityID(curie: row[1]),
            let qualities = SentenceQualities(code: row[2]), start <= end,
            let text = citation.text(ofPassage: passage)?.slice(TextRange(start, end))
        else { throw StoreError.undecodable(what: citation.pmid.curie) }
        return IdentifiedEvidence(
            id: id,
            evidence: Evidence(
                pmid: citation.pmid, version: citation.version, passage: passage,
                passageKind: passage == 0 ? .title : .abstract, sentence: row[5],
                range: TextRange(start, end), text: text, entity: entity,
                mentions: try decoder.mentions(
                    [UInt8](row[8] as Data), passage: passage, of: citation.pmid),
                qualities: qualities,
                placements: try decoder.placements([UInt8](row[3] as Data), of: citation.pmid)))
    }

    /// The total order of evidence: PMID, passage, sentence, entity, identifier.
    private static func precedes(_ one: IdentifiedEvidence, _ other: IdentifiedEvidence) -> Bool {
        let (a, b) = (one.evidence, other.evidence)
        if a.pmid != b.pmid { return a.pmid < b.pmid }
        if a.passage != b.passage { return a.passage < b.passage }
        if a.range != b.range { return a.range < b.range }
        if a.entity != b.entity { return a.entity < b.entity }
        return one.id < other.id
    }
}
