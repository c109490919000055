import GRDB

extension Schema {
    /// Migration 6: what articles wanted to show when their evidence was ranked last.
    @Sendable static func addRankings(_ db: Database) throws {
        try db.execute(
            sql: """
                -- A row goes when the evidence on its entity changes. Whatever a ranking is made from is in other tables:
                -- rows may be removed at any time.
                CREATE TABLE keptRanking (
                    entity INTEGER PRIMARY KEY REFERENCES entity (id),
                    -- Digest of what it was made from beside the evidence.
                    circumstances BLOB NOT NULL CHECK (length(circumstances) = 32),
                    -- KeptRanking.
                    rounds BLOB NOT NULL,
                    -- SHA-256 over the other columns.
                    digest BLOB NOT NULL CHECK (length(digest) = 32)
                ) STRICT;
                CREATE TRIGGER keptRankingFalls AFTER UPDATE OF pending ON entity WHEN new.pending = 1
                    BEGIN DELETE FROM keptRanking WHERE entity = new.id; END;
                """)
    }
}
