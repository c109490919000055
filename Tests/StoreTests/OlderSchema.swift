/// Makes databases as older programs left them: what the newest program made, with its migrations taken back.
enum OlderSchema {
    /// Takes one migration back.
    static func back(from schema: Int) -> String {
        let changes = [6: rankings, 5: seals, 4: withdrawals, 3: authorship][schema] ?? statistics
        return changes + """
            DELETE FROM grdb_migrations WHERE identifier = 'schema \(schema)';
            PRAGMA user_version = \(schema - 1);
            """
    }

    /// An article of schema 2 on Igf1r, with its text and its statement in the index, all of it up to date.
    static let article = """
        INSERT INTO article (id, entity, title, head)
            SELECT 1, id, 'Igf1r', 1 FROM entity WHERE curie = 'ncbigene:16001';
        INSERT INTO text (id, sha256, content) VALUES (1, zeroblob(32), '# Igf1r');
        INSERT INTO revision (article, number, kind, run, text, hash) VALUES (1, 1, 'machine', 1, 1, zeroblob(32));
        INSERT INTO statement (article, position, section, evidence, pmid, "key", marks)
            VALUES (1, 0, 'disease', zeroblob(16), 1, zeroblob(32), '');
        INSERT INTO searchText (article, symbol, fullName, synonyms, statements) VALUES (1, 'Igf1r', '', '', 'One');
        INSERT INTO search (rowid, symbol, fullName, synonyms, statements) VALUES (1, 'Igf1r', '', '', 'One');
        UPDATE entity SET pending = 0;
        """

    private static let rankings = "DROP TRIGGER keptRankingFalls; DROP TABLE keptRanking; "

    private static let seals =
        ["run", "sourceFile", "decision", "redaction", "proposal", "redirect"]
        .map { "ALTER TABLE \($0) DROP COLUMN seal; " }.joined() + "ALTER TABLE occurrence DROP COLUMN work; "

    private static let withdrawals = """
        DROP TABLE retraction; DROP TABLE withdrawnEvidence; DROP TABLE copiedText; DROP TABLE earlierPlace;
        ALTER TABLE citation DROP COLUMN work; ALTER TABLE sourceFile DROP COLUMN md5; ALTER TABLE sourceFile DROP COLUMN modified;
        """

    private static let statistics = """
        DROP TABLE struckSentence; DROP TABLE conceptCount; DROP TABLE snapshot;
        ALTER TABLE occurrence DROP COLUMN concepts;
        """

    private static let authorship = """
        DROP TABLE redirect; DROP TABLE redaction; DROP TABLE proposal; DROP TABLE decision; DROP TABLE heading;
        DROP TABLE instance; DROP TABLE revision; DROP TABLE contributor;
        ALTER TABLE article DROP COLUMN policy; ALTER TABLE article DROP COLUMN composed;
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
        """
}
