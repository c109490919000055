import Corpus
import GRDB

extension Store {
    /// The sentences that no article may show, so that no abstract is quoted too much, as the last seeding found them.
    ///
    /// - Throws: `StoreError`.
    public func struckSentences() throws -> Set<SentenceKey> {
        try read { db in try Self.struckSentences(db) }
    }

    /// Keeps the sentences that no article may show in place of those kept before.
    ///
    /// - Throws: `StoreError`.
    public func writeStruckSentences(_ sentences: Set<SentenceKey>) throws {
        if try struckSentences() == sentences { return }
        try write { db in
            try db.execute(sql: "DELETE FROM struckSentence")
            let insert = try db.cachedStatement(
                sql: #"INSERT INTO struckSentence (pmid, passage, start, "end") VALUES (?, ?, ?, ?)"#)
            for sentence in sentences {
                try insert.execute(arguments: [
                    sentence.pmid.number, sentence.passage, sentence.range.start, sentence.range.end,
                ])
            }
        }
    }

    private static func struckSentences(_ db: Database) throws -> Set<SentenceKey> {
        var sentences: Set<SentenceKey> = []
        let rows = try Row.fetchCursor(
            db, sql: #"SELECT pmid, passage, start, "end" FROM struckSentence"#)
        while let row = try rows.next() {
            let start: Int = row[2]
            let end: Int = row[3]
            guard start <= end else { throw StoreError.undecodable(what: PMID(row[0]).curie) }
            sentences.insert(
                SentenceKey(pmid: PMID(row[0]), passage: row[1], range: TextRange(start, end)))
        }
        return sentences
    }
}
