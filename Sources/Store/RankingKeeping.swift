import Corpus
import Crypto
import Foundation
import GRDB

extension Store {
    /// Keeps rankings in place of those kept before of the same entities.
    ///
    /// - Throws: `StoreError`.
    public func keep(_ rankings: [(entity: EntityID, ranking: KeptRanking)]) throws {
        if rankings.isEmpty { return }
        try write { db in
            let insert = try db.cachedStatement(
                sql: """
                    INSERT INTO keptRanking (entity, circumstances, rounds, digest)
                    SELECT id, ?, ?, ? FROM entity WHERE curie = ?
                    ON CONFLICT (entity) DO UPDATE SET circumstances = excluded.circumstances,
                        rounds = excluded.rounds, digest = excluded.digest
                    """)
            for (entity, ranking) in rankings {
                let circumstances = try Hex.sha256(ranking.circumstances)
                let record = Data(ranking.record)
                try insert.execute(arguments: [
                    circumstances, record, Self.digest(of: entity, circumstances, record), entity.curie,
                ])
            }
        }
    }

    /// The entities of which the kept ranking is not what was written: it is made anew when it is asked for.
    ///
    /// - Returns: how many rankings there are, and the entities.
    /// - Throws: `StoreError`.
    public func alteredRankings() throws -> (count: Int, altered: [EntityID?]) {
        try read { db in
            var found: (count: Int, altered: [EntityID?]) = (0, [])
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT entity.curie, circumstances, rounds, digest
                    FROM keptRanking LEFT JOIN entity ON entity.id = keptRanking.entity ORDER BY keptRanking.entity
                    """)
            while let row = try rows.next() {
                found.count += 1
                let entity = (row[0] as String?).flatMap { EntityID(curie: $0) }
                if let entity, Self.ranking(row, of: entity) != nil { continue }
                found.altered.append(entity)
            }
            return found
        }
    }

    static func ranking(of entity: EntityID, _ db: Database) throws -> KeptRanking? {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT curie, circumstances, rounds, digest
                    FROM keptRanking JOIN entity ON entity.id = keptRanking.entity WHERE curie = ?
                    """), arguments: [entity.curie])
        return row.flatMap { ranking($0, of: entity) }
    }

    /// A ranking from its row; nil where that was altered.
    private static func ranking(_ row: Row, of entity: EntityID) -> KeptRanking? {
        let (circumstances, record, digest): (Data, Data, Data) = (row[1], row[2], row[3])
        guard self.digest(of: entity, circumstances, record) == digest else { return nil }
        return KeptRanking(circumstances: Hexadecimal.digits(circumstances), record: [UInt8](record))
    }

    private static func digest(of entity: EntityID, _ circumstances: Data, _ record: Data) -> Data {
        var hash = SHA256()
        hash.update(data: circumstances)
        hash.update(data: Data("\(entity.curie.utf8.count):\(entity.curie)".utf8))
        hash.update(data: record)
        return Data(hash.finalize())
    }

    /// The entities with evidence in a sentence.
    static func entities(withEvidenceIn sentence: SentenceKey, _ db: Database) throws -> [EntityID] {
        try String.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT curie FROM sentence
                        JOIN evidence ON evidence.pmid = sentence.pmid AND evidence.sentence = sentence.number
                        JOIN entity ON entity.id = evidence.entity
                    WHERE sentence.pmid = ? AND passage = ? AND start = ? AND "end" = ?
                    """),
            arguments: [
                sentence.pmid.number, sentence.passage, sentence.range.start, sentence.range.end,
            ]
        ).compactMap { EntityID(curie: $0) }
    }
}
