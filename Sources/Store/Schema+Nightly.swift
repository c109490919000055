import GRDB

extension Schema {
    /// Migration 4: retractions, whoever states them; what was withdrawn and why; where a citation stood before.
    @Sendable static func addWithdrawals(_ db: Database) throws {
        try db.execute(
            sql: """
                -- What is known of a file without reading it: the checksum that came with it, and when it was changed last, in
                -- nanoseconds since 1970.
                ALTER TABLE sourceFile ADD COLUMN md5 TEXT CHECK (length(md5) = 32);
                ALTER TABLE sourceFile ADD COLUMN modified INTEGER;

                -- The work that a citation is a version of: the preprint of an article, say. NULL where it says of none.
                ALTER TABLE citation ADD COLUMN work INTEGER;

                -- A record says that a paper was retracted: its own record, or that of the notice. It holds while it is the
                -- newest record of its citation. Files read before this migration state theirs when they are read again.
                CREATE TABLE retraction (
                    pmid INTEGER NOT NULL,
                    claimant INTEGER NOT NULL,
                    file INTEGER NOT NULL REFERENCES sourceFile (id),
                    record INTEGER NOT NULL CHECK (record >= 0),
                    -- The notice's PMID; 0 where none is named.
                    notice INTEGER NOT NULL,
                    PRIMARY KEY (pmid, claimant, file, record, notice)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX retractionByClaimant ON retraction (claimant);
                CREATE INDEX retractionInFile ON retraction (file);

                -- Evidence that a run took out of the database, with what is needed to know it again.
                CREATE TABLE withdrawnEvidence (
                    run INTEGER NOT NULL REFERENCES run (number),
                    id BLOB NOT NULL CHECK (length(id) = 16),
                    pmid INTEGER NOT NULL,
                    version INTEGER NOT NULL,
                    entity INTEGER NOT NULL REFERENCES entity (id),
                    passage INTEGER NOT NULL CHECK (passage >= 0),
                    start INTEGER NOT NULL CHECK (start >= 0),
                    text TEXT NOT NULL,
                    -- The name of the file that it was read from, and the record there.
                    file TEXT NOT NULL,
                    record INTEGER NOT NULL,
                    reason TEXT NOT NULL
                        CHECK (reason IN ('revised', 'deleted', 'retracted', 'unsupported', 'gone')),
                    PRIMARY KEY (run, id)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX withdrawnEvidenceByID ON withdrawnEvidence (id);
                CREATE INDEX withdrawnEvidenceOfCitation ON withdrawnEvidence (pmid);

                -- Words that a person copied from another article.
                CREATE TABLE copiedText (
                    article INTEGER NOT NULL REFERENCES article (id),
                    tokens BLOB NOT NULL,
                    source INTEGER NOT NULL REFERENCES article (id),
                    sourceTokens BLOB NOT NULL,
                    sourceRevision INTEGER NOT NULL CHECK (sourceRevision > 0),
                    contributor INTEGER NOT NULL REFERENCES contributor (id),
                    PRIMARY KEY (article, tokens)
                ) STRICT, WITHOUT ROWID;

                -- Where an unchanged citation was read from before it was found in a newer file.
                CREATE TABLE earlierPlace (
                    pmid INTEGER NOT NULL,
                    run INTEGER NOT NULL REFERENCES run (number),
                    file TEXT NOT NULL,
                    fileSHA256 TEXT NOT NULL CHECK (length(fileSHA256) = 64),
                    record INTEGER NOT NULL CHECK (record >= 0),
                    byteOffset INTEGER NOT NULL CHECK (byteOffset >= 0),
                    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
                    PRIMARY KEY (pmid, run, file)
                ) STRICT, WITHOUT ROWID;
                """)
    }
}
