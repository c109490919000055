import GRDB

extension Schema {
    /// Migration 1: ledger, citations, evidence, entities, articles, revisions and the search index.
    @Sendable static func createTables(_ db: Database) throws {
        try db.execute(sql: ledger)
        try db.execute(sql: corpus)
        try db.execute(sql: articles)
    }

    private static let ledger = """
        CREATE TABLE run (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            digest TEXT NOT NULL CHECK (length(digest) = 64),
            program TEXT NOT NULL,
            pipeline TEXT NOT NULL,
            rules TEXT NOT NULL,
            dictionary TEXT NOT NULL,
            species TEXT NOT NULL,
            started TEXT NOT NULL,
            ended TEXT,
            status TEXT NOT NULL CHECK (status IN ('running', 'done', 'failed')),
            counts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(counts)),
            summary TEXT NOT NULL DEFAULT '',
            CHECK ((ended IS NULL) = (status = 'running'))
        ) STRICT;

        -- One row a source file whose contribution is in the database. A file is in or out as a whole.
        CREATE TABLE sourceFile (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE CHECK (name <> ''),
            -- Where the file stands among all: FileOrder.
            place TEXT NOT NULL,
            size INTEGER NOT NULL CHECK (size >= 0),
            inflatedSize INTEGER NOT NULL DEFAULT 0 CHECK (inflatedSize >= 0),
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            program TEXT NOT NULL,
            rules TEXT NOT NULL,
            dictionary TEXT NOT NULL,
            species TEXT NOT NULL,
            run INTEGER NOT NULL REFERENCES run (number),
            citations INTEGER NOT NULL DEFAULT 0 CHECK (citations >= 0),
            deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted >= 0),
            books INTEGER NOT NULL DEFAULT 0 CHECK (books >= 0),
            setAside INTEGER NOT NULL DEFAULT 0 CHECK (setAside >= 0),
            sentences INTEGER NOT NULL DEFAULT 0 CHECK (sentences >= 0),
            mentions INTEGER NOT NULL DEFAULT 0 CHECK (mentions >= 0),
            evidence INTEGER NOT NULL DEFAULT 0 CHECK (evidence >= 0),
            -- 1 when a citation of this file has become the newest again, but its evidence was not kept.
            mustReread INTEGER NOT NULL DEFAULT 0 CHECK (mustReread IN (0, 1))
        ) STRICT;

        CREATE TABLE problem (
            id INTEGER PRIMARY KEY,
            file INTEGER NOT NULL REFERENCES sourceFile (id) ON DELETE CASCADE,
            record INTEGER,
            pmid INTEGER,
            byte INTEGER,
            reason TEXT NOT NULL CHECK (reason <> '')
        ) STRICT;
        CREATE INDEX problemOfFile ON problem (file);

        -- Every citation that was ever read, in every file: who wins is computed from these (Precedence).
        CREATE TABLE occurrence (
            pmid INTEGER NOT NULL,
            file INTEGER NOT NULL REFERENCES sourceFile (id),
            record INTEGER NOT NULL CHECK (record >= 0),
            version INTEGER NOT NULL,
            carriesEvidence INTEGER NOT NULL CHECK (carriesEvidence IN (0, 1)),
            PRIMARY KEY (pmid, file, record)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX occurrenceInFile ON occurrence (file);

        CREATE TABLE deletion (
            pmid INTEGER NOT NULL,
            file INTEGER NOT NULL REFERENCES sourceFile (id),
            PRIMARY KEY (pmid, file)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX deletionInFile ON deletion (file);
        """

    private static let corpus = """
        -- Strings that recur in the compact records below.
        CREATE TABLE string (
            id INTEGER PRIMARY KEY,
            -- UTF-8, as a blob: text would end at U+0000.
            text BLOB NOT NULL UNIQUE
        ) STRICT;

        CREATE TABLE entity (
            id INTEGER PRIMARY KEY,
            curie TEXT NOT NULL UNIQUE CHECK (instr(curie, ':') > 1),
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            fullName TEXT,
            taxon INTEGER,
            -- Synonyms with grades and sources, and tree numbers: RecordEncoder.
            names BLOB NOT NULL,
            -- 1 when its evidence has changed since its article was last composed.
            pending INTEGER NOT NULL DEFAULT 0 CHECK (pending IN (0, 1))
        ) STRICT;
        CREATE INDEX entityByName ON entity (name COLLATE NOCASE);
        CREATE INDEX entityPending ON entity (id) WHERE pending = 1;

        CREATE TABLE touched (
            run INTEGER NOT NULL REFERENCES run (number),
            entity INTEGER NOT NULL REFERENCES entity (id),
            PRIMARY KEY (run, entity)
        ) STRICT, WITHOUT ROWID;

        -- The newest version of every citation that carries evidence.
        CREATE TABLE citation (
            pmid INTEGER PRIMARY KEY,
            version INTEGER NOT NULL,
            file INTEGER NOT NULL REFERENCES sourceFile (id),
            record INTEGER NOT NULL CHECK (record >= 0),
            -- Where the record starts in the inflated file.
            byteOffset INTEGER NOT NULL CHECK (byteOffset >= 0),
            sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
            year INTEGER,
            isRetracted INTEGER NOT NULL CHECK (isRetracted IN (0, 1)),
            isNotice INTEGER NOT NULL CHECK (isNotice IN (0, 1)),
            hasConcern INTEGER NOT NULL CHECK (hasConcern IN (0, 1)),
            hasErratum INTEGER NOT NULL CHECK (hasErratum IN (0, 1)),
            -- The whole record: RecordEncoder.
            content BLOB NOT NULL
        ) STRICT;
        CREATE INDEX citationInFile ON citation (file);

        -- Sentences that are evidence, with their mentions. Two sets of mentions of one sentence are two rows.
        CREATE TABLE sentence (
            pmid INTEGER NOT NULL REFERENCES citation (pmid) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number >= 0),
            passage INTEGER NOT NULL CHECK (passage >= 0),
            place INTEGER NOT NULL CHECK (place >= 0),
            -- UTF-8 bytes of the passage, end exclusive.
            start INTEGER NOT NULL CHECK (start >= 0),
            "end" INTEGER NOT NULL CHECK ("end" >= start),
            mentions BLOB NOT NULL,
            PRIMARY KEY (pmid, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE evidence (
            pmid INTEGER NOT NULL,
            sentence INTEGER NOT NULL,
            entity INTEGER NOT NULL REFERENCES entity (id),
            id BLOB NOT NULL CHECK (length(id) = 16),
            -- The kind of sentence (0 finding, 1 aim, 2 method, 3 background, 4 title), plus 8 negated,
            -- 16 speculative, 32 standing alone.
            qualities INTEGER NOT NULL CHECK (qualities BETWEEN 0 AND 63 AND qualities & 7 <= 4),
            placements BLOB NOT NULL,
            PRIMARY KEY (pmid, sentence, entity),
            FOREIGN KEY (pmid, sentence) REFERENCES sentence (pmid, number) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX evidenceByID ON evidence (id);
        CREATE INDEX evidenceOfEntity ON evidence (entity);
        """

    private static let articles = """
        CREATE TABLE article (
            id INTEGER PRIMARY KEY,
            entity INTEGER NOT NULL UNIQUE REFERENCES entity (id),
            title TEXT NOT NULL,
            head INTEGER NOT NULL CHECK (head > 0)
        ) STRICT;

        CREATE TABLE text (
            id INTEGER PRIMARY KEY,
            sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
            content TEXT NOT NULL
        ) STRICT;

        CREATE TABLE revision (
            article INTEGER NOT NULL REFERENCES article (id),
            number INTEGER NOT NULL CHECK (number > 0),
            parent INTEGER CHECK (parent < number),
            kind TEXT NOT NULL CHECK (kind IN ('machine', 'edit', 'revert', 'import', 'redact', 'restore')),
            run INTEGER REFERENCES run (number),
            text INTEGER NOT NULL REFERENCES text (id),
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

        -- The statements that the head revision of an article shows. Evidence may have gone since: no foreign key.
        CREATE TABLE statement (
            article INTEGER NOT NULL REFERENCES article (id),
            position INTEGER NOT NULL CHECK (position >= 0),
            section TEXT NOT NULL,
            evidence BLOB NOT NULL CHECK (length(evidence) = 16),
            pmid INTEGER NOT NULL,
            "key" BLOB NOT NULL CHECK (length("key") = 32),
            marks TEXT NOT NULL,
            PRIMARY KEY (article, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX statementOfCitation ON statement (pmid);

        -- What the search index reads; kept in step with it by the one function that writes both.
        CREATE TABLE searchText (
            article INTEGER PRIMARY KEY REFERENCES article (id),
            symbol TEXT NOT NULL,
            fullName TEXT NOT NULL,
            synonyms TEXT NOT NULL,
            statements TEXT NOT NULL
        ) STRICT;
        CREATE VIRTUAL TABLE search USING fts5 (
            symbol, fullName, synonyms, statements,
            content = 'searchText', content_rowid = 'article',
            tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
        );
        """
}
