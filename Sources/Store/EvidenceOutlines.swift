import Corpus
import Foundation
import GRDB

/// What a ranking goes by of the evidence on one entity, by PMID, passage, start of the sentence: numbers and bytes in a few
/// lists. Concepts and mentioned entities are the numbers of their identifiers in the database.
public struct EvidenceOutlines: Sendable {
    /// A citation.
    public struct Citation: Sendable {
        /// Its identifier.
        public var pmid: PMID
        /// The year of publication.
        public var year: Int?
        /// The work that it is a version of; itself where it says none.
        public var work: PMID
    }

    /// A piece of evidence.
    public struct Piece: Sendable {
        /// Its identifier.
        public var id: EvidenceID
        /// The place of its citation.
        public var citation: Int
        /// The passage's index in the citation: 0 for the title.
        public var passage: Int
        /// Where the sentence stands, in UTF-8 bytes of the passage.
        public var range: TextRange
        /// What the wording says.
        public var qualities: SentenceQualities
        /// Where its text stands in `texts`.
        public var text: Range<Int>
        /// Its mentions.
        public var mentions: Range<Int>
        /// The sections it qualifies for.
        public var placements: Range<Int>
    }

    /// A mention in the sentence.
    public struct Mention: Sendable {
        /// The number of the entity's identifier.
        public var entity: Int64
        /// What kind of thing it names.
        public var kind: EntityKind
    }

    /// A section that a piece qualifies for.
    public struct Placement: Sendable {
        /// The section's place among those of the article; nil where the article has none such.
        public var section: Int?
        /// The sum of the parts, added in their order.
        public var score: Double
        /// The numbers of the concepts that the rule went by, in order; words that are none are left out.
        public var concepts: Range<Int>
    }

    /// The entity.
    public var entity: Entity
    /// The number of its identifier; nil where no mention has it.
    public var number: Int64?
    /// The citations, rising.
    public internal(set) var citations: [Citation] = []
    /// The pieces of evidence, in order.
    public internal(set) var pieces: [Piece] = []
    /// The mentions of all pieces.
    public internal(set) var mentions: [Mention] = []
    /// The placements of all pieces.
    public internal(set) var placements: [Placement] = []
    /// The concepts of all placements.
    public internal(set) var concepts: [Int64] = []
    /// The bytes of all sentences.
    public internal(set) var texts: [UInt8] = []

    init(entity: Entity, number: Int64?) {
        self.entity = entity
        self.number = number
    }
}

/// The sections of the articles of a kind, in their order.
struct SectionPlaces {
    let kind: EntityKind
    let list: [SectionID]
}

extension EvidenceReader {
    /// What a ranking goes by of the evidence on an entity; nil when the entity was never written.
    ///
    /// - Parameter sections: The sections of each kind of article, in their order.
    mutating func outlines(
        of id: EntityID, sections: [EntityKind: [SectionID]]
    ) throws -> EvidenceOutlines? {
        guard let (entity, row) = try entity(id) else { return nil }
        var outlines = EvidenceOutlines(entity: entity, number: try number(of: id))
        let places = SectionPlaces(kind: entity.kind, list: sections[entity.kind] ?? [])
        let rows = try Row.fetchCursor(findEvidenceOfEntity, arguments: [row])
        while let row = try rows.next() {
            let pmid = PMID(row[Column.pmid])
            if outlines.citations.last?.pmid != pmid {
                outlines.citations.append(try loadPassages(of: pmid))
            }
            try append(row, of: pmid, among: places, to: &outlines)
        }
        outlines.sort()
        return outlines
    }

    /// Brings the passages of a citation to hand.
    private mutating func loadPassages(of pmid: PMID) throws -> EvidenceOutlines.Citation {
        let rows = try Row.fetchCursor(findText, arguments: [pmid.number])
        // The row is the cursor's: it must not go before the row is read.
        defer { withExtendedLifetime(rows) {} }
        guard let row = try rows.next() else { throw StoreError.undecodable(what: pmid.curie) }
        try row.withUnsafeData(atIndex: 1) { record in
            try RecordDecoder.passagePlaces(
                of: pmid, record: record ?? Data(), in: &passages, to: &passagePlaces)
        }
        let work: Int64? = row[3]
        return EvidenceOutlines.Citation(pmid: pmid, year: row[2], work: work.map { PMID($0) } ?? pmid)
    }

    private mutating func append(
        _ row: Row, of pmid: PMID, among places: SectionPlaces, to outlines: inout EvidenceOutlines
    ) throws {
        let passage: Int = row[Column.passage]
        let start: Int = row[Column.start]
        let end: Int = row[Column.end]
        let id = try row.withUnsafeData(atIndex: Column.id) { EvidenceID(blob: $0) }
        guard let id, let qualities = SentenceQualities(code: row[Column.qualities]), start >= 0,
            start <= end,
            passagePlaces.indices.contains(passage), end <= passagePlaces[passage].count
        else { throw StoreError.undecodable(what: pmid.curie) }
        let text = outlines.texts.count
        let base = passagePlaces[passage].lowerBound
        passages.copy(base + start..<base + end, to: &outlines.texts)
        let mentions = outlines.mentions.count
        try row.withUnsafeData(atIndex: Column.mentions) {
            try decoder.outlines(ofMentions: $0 ?? Data(), of: pmid, to: &outlines.mentions)
        }
        let placements = try row.withUnsafeData(atIndex: Column.placements) {
            try decoder.outlines(ofPlacements: $0 ?? Data(), of: pmid, among: places, to: &outlines)
        }
        outlines.pieces.append(
            EvidenceOutlines.Piece(
                id: id, citation: outlines.citations.count - 1, passage: passage,
                range: TextRange(start, end),
                qualities: qualities, text: text..<outlines.texts.count,
                mentions: mentions..<outlines.mentions.count, placements: placements))
    }

    /// The number of an entity's identifier; nil where no record has it.
    private func number(of id: EntityID) throws -> Int64? {
        try Int64.fetchOne(findNumber, arguments: [Data(id.curie.utf8)])
    }

    /// The entities whose identifiers have some numbers.
    mutating func entities(numbered numbers: some Sequence<Int64>) throws -> Set<EntityID> {
        var entities: Set<EntityID> = []
        for number in numbers {
            guard let entity = try decoder.entity(numbered: number) else {
                throw StoreError.undecodable(what: "the identifier numbered \(number)")
            }
            entities.insert(entity)
        }
        return entities
    }
}

extension EvidenceOutlines {
    /// Brings the pieces into their order, in which they mostly come: that of `EvidenceReader`.
    fileprivate mutating func sort() {
        func precedes(_ one: Piece, _ other: Piece) -> Bool {
            // Citations rise.
            if one.citation != other.citation { return one.citation < other.citation }
            if one.passage != other.passage { return one.passage < other.passage }
            if one.range != other.range { return one.range < other.range }
            return one.id < other.id
        }
        for place in pieces.indices.dropFirst() where precedes(pieces[place], pieces[place - 1]) {
            pieces.sort(by: precedes)
            return
        }
    }
}
