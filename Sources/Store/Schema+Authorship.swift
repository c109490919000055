import GRDB

extension Schema {
    /// Migration 3: who wrote what. Revisions get contributors and the identities of their tokens; statements are known
    /// for ever, also those that no longer stand.
    ///
    /// Before it no person could write. The articles of such a database are machine text alone, without identities: they
    /// are taken out and the next run composes them anew from the evidence.
    @Sendable static func addAuthorship(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO search (search) VALUES ('delete-all');
                DELETE FROM searchText;
                DELETE FROM statement;
                DROP TABLE revision;
                DELETE FROM article;
                DELETE FROM text;
                UPDATE entity SET pending = 1 WHERE EXISTS (SELECT 1 FROM evidence WHERE entity = entity.id);

                CREATE TABLE contributor (
                    id INTEGER PRIMARY KEY,
                    kind TEXT NOT NULL CHECK (kind IN ('person', 'machine', 'importer', 'system')),
                    name TEXT NOT NULL CHECK (name <> ''),
                    UNIQUE (kind, name)
                ) STRICT;

                -- What the machine may do; and which run's rules it was last composed with, by the digest of the run.
                ALTER TABLE article ADD COLUMN policy TEXT NOT NULL DEFAULT 'on'
                    CHECK (policy IN ('on', 'paused', 'off'));
                ALTER TABLE article ADD COLUMN composed TEXT;

                CREATE TABLE revision (
                    article INTEGER NOT NULL REFERENCES article (id),
                    number INTEGER NOT NULL CHECK (number > 0),
                    parent INTEGER CHECK (parent < number),
                    kind TEXT NOT NULL CHECK (kind IN ('machine', 'edit', 'revert', 'import', 'redact', 'restore')),
                    contributor INTEGER NOT NULL REFERENCES contributor (id),
                    run INTEGER REFERENCES run (number),
                    -- ISO 8601, UTC; none for the machine, so that its revisions are the same on every machine.
                    time TEXT,
                    comment TEXT NOT NULL DEFAULT '',
                    text INTEGER NOT NULL REFERENCES text (id),
                    -- The identities of the text's tokens, and the version of the rules that cut it: TokenRunsCoding.
                    tokens BLOB NOT NULL,
                    tokenizer INTEGER NOT NULL,
                    previousHash BLOB CHECK (length(previousHash) = 32),
                    hash BLOB NOT NULL CHECK (length(hash) = 32),
                    PRIMARY KEY (article, number),
                    FOREIGN KEY (article, parent) REFERENCES revision (article, number),
                    CHECK (kind <> 'machine' OR run IS NOT NULL)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX revisionOfRun ON revision (run);
                CREATE TRIGGER revisionIsNeverChanged BEFORE UPDATE ON revision
                    BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
                CREATE TRIGGER revisionIsNeverDeleted BEFORE DELETE ON revision
                    BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;

                -- Every time that a statement was put into an article, with the tokens that it is. The state is that of
                -- the newest one of each statement in the head revision.
                CREATE TABLE instance (
                    article INTEGER NOT NULL REFERENCES article (id),
                    "key" BLOB NOT NULL CHECK (length("key") = 32),
                    revision INTEGER NOT NULL CHECK (revision > 0),
                    section TEXT NOT NULL,
                    evidence BLOB NOT NULL CHECK (length(evidence) = 16),
                    pmid INTEGER NOT NULL,
                    tokens BLOB NOT NULL,
                    state TEXT NOT NULL,
                    PRIMARY KEY (article, "key", revision)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX instanceByKey ON instance ("key");

                -- The headings that the machine wrote.
                CREATE TABLE heading (
                    article INTEGER NOT NULL REFERENCES article (id),
                    section TEXT NOT NULL,
                    tokens BLOB NOT NULL,
                    PRIMARY KEY (article, section)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE decision (
                    id INTEGER PRIMARY KEY,
                    article INTEGER NOT NULL REFERENCES article (id),
                    "key" BLOB NOT NULL CHECK (length("key") = 32),
                    verb TEXT NOT NULL,
                    reason TEXT NOT NULL DEFAULT '',
                    contributor INTEGER NOT NULL REFERENCES contributor (id),
                    note TEXT NOT NULL DEFAULT '',
                    revision INTEGER
                ) STRICT;
                CREATE INDEX decisionOnArticle ON decision (article, "key");
                CREATE TRIGGER decisionIsNeverChanged BEFORE UPDATE ON decision
                    BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
                CREATE TRIGGER decisionIsNeverDeleted BEFORE DELETE ON decision
                    BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;

                -- What waits for a curator.
                CREATE TABLE proposal (
                    id INTEGER PRIMARY KEY,
                    kind TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    detail TEXT NOT NULL,
                    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'accepted', 'dismissed')),
                    contributor INTEGER REFERENCES contributor (id),
                    UNIQUE (kind, subject)
                ) STRICT;

                -- Texts that are hidden everywhere: a statement's key, or a citation's CURIE.
                CREATE TABLE redaction (
                    subject TEXT PRIMARY KEY,
                    -- The sentences, a JSON list.
                    sentences TEXT NOT NULL CHECK (json_valid(sentences)),
                    contributor INTEGER NOT NULL REFERENCES contributor (id),
                    note TEXT NOT NULL DEFAULT ''
                ) STRICT;

                -- Identifiers and symbols that lead to another article now.
                CREATE TABLE redirect (
                    source TEXT PRIMARY KEY,
                    target TEXT NOT NULL,
                    note TEXT NOT NULL DEFAULT ''
                ) STRICT;
                """)
    }
}
