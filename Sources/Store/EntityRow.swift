import Corpus
import Foundation
import GRDB

/// The table `entity`: what pages need to know of an entity, so that they need no dictionary.
enum EntityRow {
    /// Writes an entity, or brings its names up to date, and returns its row.
    static let upsert = """
        INSERT INTO entity (curie, kind, name, fullName, taxon, names) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (curie) DO UPDATE SET kind = excluded.kind, name = excluded.name,
            fullName = excluded.fullName, taxon = excluded.taxon, names = excluded.names
        RETURNING id
        """

    /// The columns that `entity(_:_:)` reads.
    static let columns = "entity.curie, entity.kind, entity.name, entity.fullName, entity.taxon, entity.names"

    static func write(
        _ entity: Entity, _ encoder: inout RecordEncoder, _ statement: Statement
    ) throws -> Int64 {
        let id = try Int64.fetchOne(
            statement,
            arguments: [
                entity.id.curie, entity.kind.rawValue, entity.name, entity.fullName, entity.taxon?.number,
                try encoder.record(of: entity),
            ])
        guard let id else { throw StoreError.unknownEntity(entity.id) }
        return id
    }

    /// Reads an entity from the first columns of a row.
    static func entity(_ row: Row, _ decoder: inout RecordDecoder) throws -> Entity {
        guard let id = EntityID(curie: row[0]), let kind = EntityKind(rawValue: row[1]) else {
            throw StoreError.undecodable(what: row[0])
        }
        var entity = Entity(
            id: id, kind: kind, name: row[2], fullName: row[3], taxon: try taxon(row[4], of: id))
        try decoder.names(row[5], into: &entity)
        return entity
    }

    /// A taxon from its column; a number that is none is damage, not a trap.
    static func taxon(_ number: Int64?, of entity: EntityID) throws -> TaxonID? {
        guard let number else { return nil }
        guard let taxon = Int32(exactly: number) else { throw StoreError.undecodable(what: entity.curie) }
        return TaxonID(taxon)
    }
}
