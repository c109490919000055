import Corpus
import Foundation
import GRDB

/// Which entities to list.
public struct EntitySelection: Hashable, Sendable {
    /// Only of this kind.
    public var kind: EntityKind?
    /// Only of this species.
    public var taxon: TaxonID?
    /// Only those whose evidence has changed since their article was last composed.
    public var pendingOnly: Bool
    /// Only those whose evidence this run added, replaced or removed.
    public var touchedBy: Int?

    /// Makes a selection; what is not given does not restrict it.
    public init(
        kind: EntityKind? = nil, taxon: TaxonID? = nil, pendingOnly: Bool = false, touchedBy: Int? = nil
    ) {
        self.kind = kind
        self.taxon = taxon
        self.pendingOnly = pendingOnly
        self.touchedBy = touchedBy
    }
}

extension Store {
    /// The entities that have evidence or an article, by CURIE.
    ///
    /// - Throws: `StoreError`.
    public func entities(_ selection: EntitySelection = EntitySelection()) throws -> [EntityID] {
        try read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT curie FROM entity
                    WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR taxon = ?2) AND (?3 = 0 OR pending = 1)
                        AND (?4 IS NULL OR id IN (SELECT entity FROM touched WHERE run = ?4))
                        AND (EXISTS (SELECT 1 FROM evidence WHERE entity = entity.id)
                            OR EXISTS (SELECT 1 FROM article WHERE entity = entity.id))
                    ORDER BY curie
                    """,
                arguments: [
                    selection.kind?.rawValue, selection.taxon?.number, selection.pendingOnly,
                    selection.touchedBy,
                ]
            ).compactMap { EntityID(curie: $0) }
        }
    }

    /// An entity as it was last written.
    ///
    /// - Throws: `StoreError`.
    public func entity(_ id: EntityID) throws -> Entity? {
        try entities(where: "curie = ?", [id.curie]).first
    }

    /// The entities with an official symbol or preferred name, whatever its case; exact case first, then by CURIE.
    ///
    /// - Throws: `StoreError`.
    public func entities(named name: String, taxon: TaxonID? = nil) throws -> [Entity] {
        try entities(
            where: "name = ?1 COLLATE NOCASE AND (?2 IS NULL OR taxon = ?2) ORDER BY name <> ?1, curie",
            [name, taxon?.number])
    }

    /// Brings names up to date, or adds entities, outside of a source file: before seeding with a new dictionary.
    ///
    /// - Throws: `StoreError`.
    public func writeEntities(_ entities: some Sequence<Entity>) throws {
        try write { db in
            let statement = try db.cachedStatement(sql: EntityRow.upsert)
            var encoder = RecordEncoder(table: try StringTable(db))
            for entity in entities { _ = try EntityRow.write(entity, &encoder, statement) }
        }
    }

    /// Marks entities so that the next run composes their articles and writes their pages.
    ///
    /// - Throws: `StoreError`.
    public func setPending(_ entities: some Sequence<EntityID>) throws {
        try write { db in
            let statement = try db.cachedStatement(sql: "UPDATE entity SET pending = 1 WHERE curie = ?")
            for entity in entities { try statement.execute(arguments: [entity.curie]) }
        }
    }

    /// Marks entities as composed although no article was written for them: too little evidence, say.
    ///
    /// - Throws: `StoreError`.
    public func clearPending(_ entities: some Sequence<EntityID>) throws {
        try write { db in
            let statement = try db.cachedStatement(sql: "UPDATE entity SET pending = 0 WHERE curie = ?")
            for entity in entities { try statement.execute(arguments: [entity.curie]) }
        }
    }

    private func entities(where condition: String, _ arguments: StatementArguments) throws -> [Entity] {
        try read { db in
            var decoder = RecordDecoder(strings: try StringReader(db, cache: strings))
            return try Row.fetchAll(
                db, sql: "SELECT \(EntityRow.columns) FROM entity WHERE \(condition)", arguments: arguments
            ).map { try EntityRow.entity($0, &decoder) }
        }
    }
}
