import GRDB

extension Schema {
    /// Migration 2: what every citation names, counts of it, and the sentences that the quotation limit keeps back.
    @Sendable static func addStatistics(_ db: Database) throws {
        try db.execute(
            sql: """
                -- The concepts that a citation names: RecordEncoder. Those of files read before this migration are
                -- counted when their files are read again.
                ALTER TABLE occurrence ADD COLUMN concepts BLOB NOT NULL DEFAULT x'';

                -- Counts over all citations that had been read, taken at one time.
                CREATE TABLE snapshot (
                    number INTEGER PRIMARY KEY AUTOINCREMENT,
                    run INTEGER NOT NULL REFERENCES run (number),
                    dictionary TEXT NOT NULL,
                    -- Citations in all files, revisions counted each time: what growth is measured by.
                    read INTEGER NOT NULL CHECK (read >= 0),
                    citations INTEGER NOT NULL CHECK (citations >= 0)
                ) STRICT;

                -- How many citations name a concept, by the newest snapshot.
                CREATE TABLE conceptCount (
                    concept INTEGER PRIMARY KEY REFERENCES string (id),
                    citations INTEGER NOT NULL CHECK (citations > 0)
                ) STRICT;

                -- The sentences that no article may show, so that no abstract is quoted too much.
                CREATE TABLE struckSentence (
                    pmid INTEGER NOT NULL,
                    passage INTEGER NOT NULL,
                    start INTEGER NOT NULL,
                    "end" INTEGER NOT NULL,
                    PRIMARY KEY (pmid, passage, start, "end")
                ) STRICT, WITHOUT ROWID;
                """)
    }
}
