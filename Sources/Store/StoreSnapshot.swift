import Articles
import Corpus
import GRDB

/// The database as it stands at one moment, for many reads in a row: statements are looked up once and no read waits for a
/// connection. It belongs to one thread, and to the call that hands it out (`Store.reading`).
public final class StoreSnapshot {
    private let store: Store
    private let db: Database
    private var reader: EvidenceReader

    fileprivate init(_ store: Store, _ db: Database) throws {
        self.store = store
        self.db = db
        reader = try EvidenceReader(db, strings: store.strings)
    }

    /// What a ranking goes by of the evidence on an entity; nil when the entity was never written.
    ///
    /// - Parameter sections: The sections of each kind of article, in their order.
    /// - Complexity: O(evidence of the entity).
    /// - Throws: `StoreError`.
    public func outlines(of entity: EntityID, sections: [EntityKind: [SectionID]]) throws -> EvidenceOutlines?
    {
        try reader.outlines(of: entity, sections: sections)
    }

    /// The same with all that there is to say of each piece of evidence.
    ///
    /// - Complexity: O(evidence of the entity).
    /// - Throws: `StoreError`.
    public func rankingMaterial(for entity: EntityID) throws -> RankingMaterial? {
        try reader.rankingMaterial(for: entity)
    }

    /// The entities whose identifiers have some numbers, as `outlines(of:sections:)` gives them.
    ///
    /// - Throws: `StoreError`.
    public func entities(numbered numbers: some Sequence<Int64>) throws -> Set<EntityID> {
        try reader.entities(numbered: numbers)
    }

    /// The rankings that were kept of an entity's evidence; nil where there are none, or they were altered. They hold while the
    /// entity is not pending and the circumstances are the same.
    ///
    /// - Throws: `StoreError`.
    public func keptRanking(of entity: EntityID) throws -> KeptRanking? {
        try Store.ranking(of: entity, db)
    }

    /// The entities with evidence in a sentence.
    ///
    /// - Throws: `StoreError`.
    public func entities(withEvidenceIn sentence: SentenceKey) throws -> [EntityID] {
        try Store.entities(withEvidenceIn: sentence, db)
    }

    /// An entity; nil when it was never written.
    ///
    /// - Throws: `StoreError`.
    public func entity(_ id: EntityID) throws -> Entity? { try reader.entity(id)?.entity }

    /// How an article stands, without its texts.
    ///
    /// - Throws: `StoreError`.
    public func standing(of entity: EntityID) throws -> ArticleStanding {
        try Store.standing(of: entity, db)
    }

    /// An article with its whole history; nil when there is none.
    ///
    /// - Complexity: O(length of the texts of all revisions).
    /// - Throws: `StoreError.undecodable` where the stored identities do not fit a text.
    public func articleRecord(of entity: EntityID) throws -> ArticleRecord? {
        try Store.articleRecord(of: entity, db)
    }

    /// The statements that the head of an article shows, in order.
    ///
    /// - Throws: `StoreError`.
    public func statements(of entity: EntityID) throws -> [StoredStatement] {
        try Store.statements(of: entity, db)
    }

    /// Pieces of evidence by their identifiers; those that are no longer there are missing.
    ///
    /// - Throws: `StoreError`.
    public func evidence(_ ids: some Sequence<EvidenceID>) throws -> [EvidenceID: Evidence] {
        try reader.evidence(ids)
    }

    /// Pieces of evidence on an entity, by their identifiers and papers, each with what a list of references shows of the paper;
    /// nil for one that is no longer there.
    ///
    /// - Throws: `StoreError`.
    public func evidence(
        _ ids: [EvidenceID], from papers: [PMID], on entity: EntityID
    ) throws -> [CitedEvidence?] {
        try reader.evidence(ids, from: papers, on: entity)
    }

    /// The evidence on an entity in some papers, by PMID, passage, start of the sentence.
    ///
    /// - Throws: `StoreError`.
    public func evidence(on entity: EntityID, in papers: Set<PMID>) throws -> [IdentifiedEvidence] {
        try reader.evidence(on: entity, in: papers)
    }

    /// Whether a paper has evidence on an entity.
    ///
    /// - Throws: `StoreError`.
    public func hasEvidence(on entity: EntityID, in pmid: PMID) throws -> Bool {
        try reader.hasEvidence(on: entity, in: pmid)
    }

    /// What a list of references shows of a citation; nil when none of that PMID carries evidence.
    ///
    /// - Throws: `StoreError`.
    public func reference(of pmid: PMID) throws -> CitationReference? { try reader.reference(of: pmid) }

    /// What became of those citations among some that were deleted or retracted.
    ///
    /// - Throws: `StoreError`.
    public func fates(of pmids: Set<PMID>) throws -> [PMID: CitationFate] {
        try store.fates(of: pmids, db)
    }
}

extension Store {
    /// Runs many reads on one snapshot. May be called from several threads at a time; the snapshot must not leave the call,
    /// in which the store itself must not be read.
    ///
    /// - Throws: `StoreError`, and what the reads throw.
    public func reading<Result>(_ body: (StoreSnapshot) throws -> Result) throws -> Result {
        try read { try body(StoreSnapshot(self, $0)) }
    }
}
