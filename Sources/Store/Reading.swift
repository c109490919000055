import Articles
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

/// What the ranking of an entity's evidence goes by: less than an article is composed from, and more than
/// `EvidenceOutlines`.
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
                    arguments: [id.blob])
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
    var decoder: RecordDecoder
    /// The record of the citation whose outlines are read, and where its passages stand in it.
    var passages = ByteDecoder([])
    var passagePlaces: [Range<Int>] = []
    private let findCitation: Statement
    let findText: Statement
    private let findReference: Statement
    private let findEvidence: Statement
    private let findEvidenceByID: Statement
    private let findEntity: Statement
    let findEvidenceOfEntity: Statement
    let findNumber: Statement
    let findCited: Statement
    private let findEvidenceInPaper: Statement
    private let findAnyInPaper: Statement

    /// The numbers of `evidenceColumns`.
    enum Column {
        static let id = 0
        static let qualities = 1
        static let placements = 2
        static let passage = 3
        static let place = 4
        static let start = 5
        static let end = 6
        static let mentions = 7
        static let pmid = 8
        /// Only where the entity is not known beforehand.
        static let entity = 9
        /// Only with the citation.
        static let version = 9
        static let content = 10
        static let hasErratum = 11
        static let hasConcern = 12
        static let isRetracted = 13
    }

    private static let evidenceColumns = """
        evidence.id, evidence.qualities, evidence.placements, sentence.passage, sentence.place,
        sentence.start, sentence."end", sentence.mentions, evidence.pmid
        """
    private static let joinedSentence =
        "JOIN sentence ON sentence.pmid = evidence.pmid AND sentence.number = evidence.sentence"

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
        findReference = try db.cachedStatement(
            sql: "SELECT hasErratum, hasConcern, isRetracted, content FROM citation WHERE pmid = ?")
        findEvidence = try db.cachedStatement(
            sql: """
                SELECT \(Self.evidenceColumns), entity.curie
                FROM evidence JOIN entity ON entity.id = evidence.entity \(Self.joinedSentence)
                WHERE evidence.pmid = ?
                """)
        findEvidenceByID = try db.cachedStatement(
            sql: """
                SELECT \(Self.evidenceColumns), entity.curie
                FROM evidence JOIN entity ON entity.id = evidence.entity \(Self.joinedSentence)
                WHERE evidence.id = ?
                """)
        findEntity = try db.cachedStatement(
            sql: "SELECT \(EntityRow.columns), entity.id FROM entity WHERE curie = ?")
        findEvidenceOfEntity = try db.cachedStatement(
            sql: """
                SELECT \(Self.evidenceColumns) FROM evidence \(Self.joinedSentence)
                WHERE evidence.entity = ? ORDER BY evidence.pmid
                """)
        findNumber = try db.cachedStatement(sql: "SELECT id FROM string WHERE text = ?")
        // By the paper, which has few pieces of evidence, and not by the index of all identifiers: hence the sign.
        findCited = try db.cachedStatement(
            sql: """
                SELECT \(Self.evidenceColumns), citation.version, citation.content, citation.hasErratum,
                    citation.hasConcern, citation.isRetracted
                FROM evidence \(Self.joinedSentence) JOIN citation ON citation.pmid = evidence.pmid
                WHERE evidence.pmid = ? AND +evidence.id = ?
                """)
        findEvidenceInPaper = try db.cachedStatement(
            sql: """
                SELECT \(Self.evidenceColumns) FROM evidence \(Self.joinedSentence)
                WHERE evidence.entity = ? AND evidence.pmid = ?
                """)
        findAnyInPaper = try db.cachedStatement(
            sql: """
                SELECT 1 FROM evidence JOIN entity ON entity.id = evidence.entity
                WHERE entity.curie = ? AND evidence.pmid = ? LIMIT 1
                """)
    }

    mutating func citation(_ pmid: PMID) throws -> KeptCitation? {
        guard let row = try Row.fetchOne(findCitation, arguments: [pmid.number]) else { return nil }
        let citation = try decoder.citation(pmid: pmid, version: row[0], record: row[1])
        return KeptCitation(
            citation: citation, file: row[5],
            place: RecordPlace(record: row[2], byteOffset: row[3], sha256: Hexadecimal.digits(row[4] as Data))
        )
    }

    /// What a list of references shows of a citation; nil when none of that PMID carries evidence.
    mutating func reference(of pmid: PMID) throws -> CitationReference? {
        let rows = try Row.fetchCursor(findReference, arguments: [pmid.number])
        // The row is the cursor's: it must not go before the row is read.
        defer { withExtendedLifetime(rows) {} }
        guard let row = try rows.next() else { return nil }
        var badges: [ReferenceBadge] = []
        if row[0] { badges.append(.erratum) }
        if row[1] { badges.append(.concern) }
        if row[2] { badges.append(.retracted) }
        return try row.withUnsafeData(atIndex: 3) {
            try decoder.reference(of: pmid, badges: badges, record: $0 ?? Data())
        }
    }

    /// All evidence from a citation, by passage, start, end, entity.
    mutating func evidence(in citation: Citation) throws -> [IdentifiedEvidence] {
        let source = QuotedCitation(citation)
        var evidence: [IdentifiedEvidence] = []
        let rows = try Row.fetchCursor(findEvidence, arguments: [citation.pmid.number])
        while let row = try rows.next() { evidence.append(try item(row, in: source)) }
        return evidence.sorted(by: Self.precedes)
    }

    mutating func material(for id: EntityID) throws -> EntityMaterial? {
        guard let (entity, number) = try entity(id) else { return nil }
        var material = EntityMaterial(entity: entity, evidence: [], citations: [:])
        var source: QuotedCitation?
        let rows = try Row.fetchCursor(findEvidenceOfEntity, arguments: [number])
        while let row = try rows.next() {
            let pmid = PMID(row[Column.pmid])
            let current: QuotedCitation
            if let source, source.pmid == pmid {
                current = source
            } else {
                guard let found = try citation(pmid) else { throw StoreError.undecodable(what: pmid.curie) }
                material.citations[pmid] = found
                current = QuotedCitation(found.citation)
                source = current
            }
            material.evidence.append(try item(row, in: current, on: id))
        }
        Self.sort(&material.evidence)
        return material
    }

    /// What a ranking goes by, with all that there is to say of it.
    mutating func rankingMaterial(for id: EntityID) throws -> RankingMaterial? {
        guard let (entity, number) = try entity(id) else { return nil }
        var material = RankingMaterial(entity: entity, evidence: [], years: [:])
        // By PMID: one text at hand is enough.
        var source: QuotedCitation?
        let rows = try Row.fetchCursor(findEvidenceOfEntity, arguments: [number])
        while let row = try rows.next() {
            let pmid = PMID(row[Column.pmid])
            let current: QuotedCitation
            if let source, source.pmid == pmid {
                current = source
            } else {
                current = try quoted(pmid)
                source = current
                material.years[pmid] = current.year
                if let work = current.work { material.works[pmid] = work }
            }
            material.evidence.append(try item(row, in: current, on: id))
        }
        Self.sort(&material.evidence)
        return material
    }

    /// The pieces of evidence of some identifiers; those that are not there are missing.
    mutating func evidence(_ ids: some Sequence<EvidenceID>) throws -> [EvidenceID: Evidence] {
        var found: [EvidenceID: Evidence] = [:]
        // Few sentences of one paper are asked for, and not one behind the other.
        var papers: [PMID: QuotedCitation] = [:]
        for id in ids {
            let rows = try Row.fetchCursor(findEvidenceByID, arguments: [id.blob])
            defer { withExtendedLifetime(rows) {} }
            guard let row = try rows.next() else { continue }
            let pmid = PMID(row[Column.pmid])
            let current = try papers[pmid] ?? quoted(pmid)
            papers[pmid] = current
            found[id] = try item(row, in: current).evidence
        }
        return found
    }

    /// The evidence on an entity in some papers, by PMID, passage, start of the sentence.
    mutating func evidence(on id: EntityID, in papers: Set<PMID>) throws -> [IdentifiedEvidence] {
        guard !papers.isEmpty, let (_, number) = try entity(id) else { return [] }
        var evidence: [IdentifiedEvidence] = []
        for pmid in papers.sorted() {
            var source: QuotedCitation?
            let rows = try Row.fetchCursor(findEvidenceInPaper, arguments: [number, pmid.number])
            while let row = try rows.next() {
                let current = try source ?? quoted(pmid)
                source = current
                evidence.append(try item(row, in: current, on: id))
            }
        }
        Self.sort(&evidence)
        return evidence
    }

    /// Whether a paper has evidence on an entity.
    func hasEvidence(on id: EntityID, in pmid: PMID) throws -> Bool {
        try Int.fetchOne(findAnyInPaper, arguments: [id.curie, pmid.number]) != nil
    }

    /// An entity and the number of its row.
    mutating func entity(_ id: EntityID) throws -> (entity: Entity, row: Int64)? {
        guard let row = try Row.fetchOne(findEntity, arguments: [id.curie]) else { return nil }
        return (try EntityRow.entity(row, &decoder), row[6])
    }

    /// The texts that evidence is cut from.
    private mutating func quoted(_ pmid: PMID) throws -> QuotedCitation {
        let rows = try Row.fetchCursor(findText, arguments: [pmid.number])
        defer { withExtendedLifetime(rows) {} }
        guard let row = try rows.next() else { throw StoreError.undecodable(what: pmid.curie) }
        let work: Int64? = row[3]
        return QuotedCitation(
            pmid: pmid, version: row[0],
            passages: try row.withUnsafeData(atIndex: 1) {
                try decoder.passages(of: pmid, record: $0 ?? Data())
            }, year: row[2], work: work.map { PMID($0) })
    }

    /// Reads an entity from the columns `EntityRow.columns`.
    mutating func entity(_ row: Row) throws -> Entity {
        try EntityRow.entity(row, &decoder)
    }

    /// A piece of evidence; of an entity that is known, or else of that in the last column.
    private mutating func item(
        _ row: Row, in citation: QuotedCitation, on known: EntityID? = nil
    ) throws -> IdentifiedEvidence {
        let passage: Int = row[Column.passage]
        let start: Int = row[Column.start]
        let end: Int = row[Column.end]
        let id = try row.withUnsafeData(atIndex: Column.id) { EvidenceID(blob: $0) }
        guard let id, let entity = known ?? EntityID(curie: row[Column.entity]),
            let qualities = SentenceQualities(code: row[Column.qualities]), start <= end,
            citation.passages.indices.contains(passage),
            let text = citation.passages[passage].slice(TextRange(start, end))
        else { throw StoreError.undecodable(what: citation.pmid.curie) }
        let mentions = try row.withUnsafeData(atIndex: Column.mentions) {
            try decoder.mentions($0 ?? Data(), passage: passage, of: citation.pmid)
        }
        let placements = try row.withUnsafeData(atIndex: Column.placements) {
            try decoder.placements($0 ?? Data(), of: citation.pmid)
        }
        return IdentifiedEvidence(
            id: id,
            evidence: Evidence(
                pmid: citation.pmid, version: citation.version, passage: passage,
                passageKind: passage == 0 ? .title : .abstract, sentence: row[Column.place],
                range: TextRange(start, end), text: text, entity: entity, mentions: mentions,
                qualities: qualities, placements: placements))
    }

    /// Brings evidence into its order, in which it mostly comes.
    private static func sort(_ evidence: inout [IdentifiedEvidence]) {
        let isSorted = zip(evidence, evidence.dropFirst()).allSatisfy { !precedes($1, $0) }
        if !isSorted { evidence.sort(by: precedes) }
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

/// What evidence is cut from: the passages of a citation.
private struct QuotedCitation {
    let pmid: PMID
    let version: Int
    /// The title, then the sections of the abstract.
    let passages: [String]
    var year: Int?
    var work: PMID?

    init(pmid: PMID, version: Int, passages: [String], year: Int?, work: PMID?) {
        self.pmid = pmid
        self.version = version
        self.passages = passages
        self.year = year
        self.work = work
    }

    init(_ citation: Citation) {
        self.init(
            pmid: citation.pmid, version: citation.version,
            passages: [citation.title] + citation.abstract.map(\.text), year: nil, work: nil)
    }
}
