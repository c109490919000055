import Articles
import Corpus
import Foundation
import GRDB

extension Store {
    /// Hides sentences everywhere, later runs included.
    ///
    /// - Parameters:
    ///   - subject: A statement's key, or a citation's CURIE.
    ///   - sentences: The exact sentences.
    /// - Throws: `StoreError`.
    public func redact(_ subject: String, sentences: [String], by contributor: Contributor, note: String)
        throws
    {
        try write { db in
            let list = String(decoding: try JSONEncoder().encode(sentences.sorted()), as: UTF8.self)
            try db.execute(
                sql: """
                    INSERT INTO redaction (subject, sentences, contributor, note) VALUES (?, ?, ?, ?)
                    ON CONFLICT (subject) DO UPDATE
                        SET sentences = excluded.sentences, contributor = excluded.contributor, note = excluded.note
                    """, arguments: [subject, list, try ContributorRow.id(of: contributor, db), note])
            try Seal.seal(.redaction, where: "subject = ?", [subject], db)
        }
    }

    /// What is hidden.
    ///
    /// - Throws: `StoreError`.
    public func redactionMask() throws -> RedactionMask {
        try read { try Self.redactionMask($0) }
    }

    static func redactionMask(_ db: Database) throws -> RedactionMask {
        var sentences: [String] = []
        var subjects: Set<String> = []
        for row in try Row.fetchAll(db, sql: "SELECT subject, sentences FROM redaction") {
            subjects.insert(row[0])
            sentences += try JSONDecoder().decode([String].self, from: Data((row[1] as String).utf8))
        }
        return RedactionMask(sentences: sentences, subjects: subjects)
    }

    /// The articles in which statements of a paper ever stood.
    ///
    /// - Throws: `StoreError`.
    public func articles(quoting pmid: PMID) throws -> [EntityID] {
        try read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT entity.curie FROM instance JOIN article ON article.id = instance.article
                        JOIN entity ON entity.id = article.entity
                    WHERE instance.pmid = ? ORDER BY 1
                    """, arguments: [pmid.number]
            ).compactMap { EntityID(curie: $0) }
        }
    }
}
