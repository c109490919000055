import Corpus
import GRDB

/// An article that answers a search.
public struct SearchHit: Hashable, Sendable {
    /// The article.
    public var article: ArticleSummary
    /// Whether the query is its symbol, or one of its synonyms, whatever the case.
    public var isExact: Bool
    /// The place of the article's text that answers best, cut short with `…`.
    public var snippet: String
    /// The words of the snippet that were found, in UTF-8 bytes of the snippet.
    public var highlights: [TextRange]
}

extension Store {
    /// The articles whose statements, or people's own paragraphs, hold some words one behind the other, by CURIE.
    ///
    /// - Parameter words: Letters and digits alone, a word each.
    /// - Throws: `StoreError`.
    public func articles(holding words: [String], limit: Int = 8) throws -> [EntityID] {
        let phrase = words.joined(separator: " ").replacing("\"", with: " ")
        guard let expression = SearchIndex.Query(phrase).expression, !expression.isEmpty else { return [] }
        return try read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT entity.curie FROM search JOIN article ON article.id = search.rowid
                        JOIN entity ON entity.id = article.entity
                    WHERE search MATCH ? ORDER BY entity.curie LIMIT ?
                    """, arguments: ["statements : \"\(phrase)\"", limit]
            ).compactMap { EntityID(curie: $0) }
        }
    }

    /// Finds articles that hold all words of a query in symbol, names or statements; the last word may be the
    /// beginning of one. First come articles whose symbol is the query, then those with such a synonym, then the
    /// rest by bm25; equals by CURIE.
    ///
    /// Any text is a valid query: punctuation, quotes and operators are text like any other. Only the first 1,000
    /// bytes count. A query without letters or digits finds nothing.
    ///
    /// - Throws: `StoreError`.
    public func search(_ query: String, taxon: TaxonID? = nil, limit: Int = 20) throws -> [SearchHit] {
        let query = SearchIndex.Query(query)
        guard let expression = query.expression, limit > 0 else { return [] }
        return try read { db in
            // Snippets are cut for the hits alone, not for all that matched.
            let cutSnippet = try db.cachedStatement(
                sql: """
                    SELECT snippet(search, -1, char(2), char(3), '…', 24) FROM search
                    WHERE search MATCH ? AND rowid = ?
                    """)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT entity.curie, entity.kind, entity.name, entity.fullName, entity.taxon, article.title,
                        article.head, (SELECT count(*) FROM statement WHERE statement.article = article.id),
                        CASE WHEN searchText.symbol = ?2 THEN 0
                            WHEN searchText.symbol = ?2 COLLATE NOCASE THEN 1
                            WHEN instr(lower(char(10) || searchText.synonyms || char(10)),
                                lower(char(10) || ?2 || char(10))) THEN 2
                            ELSE 3 END AS exactness,
                        search.rowid
                    FROM search JOIN searchText ON searchText.article = search.rowid
                        JOIN article ON article.id = search.rowid
                        JOIN entity ON entity.id = article.entity
                    WHERE search MATCH ?1 AND (?3 IS NULL OR entity.taxon = ?3)
                    ORDER BY exactness, bm25(search, 10, 5, 4, 1), entity.curie LIMIT ?4
                    """, arguments: [expression, query.text, taxon?.number, limit]
            ).map { row in
                let exactness: Int = row[8]
                let marked = try String.fetchOne(cutSnippet, arguments: [expression, row[9] as Int64])
                let (snippet, highlights) = SearchIndex.parted(marked ?? "")
                return SearchHit(
                    article: try ArticleRow.summary(row), isExact: exactness < 3, snippet: snippet,
                    highlights: highlights)
            }
        }
    }

    /// Builds the search index anew from the stored texts.
    ///
    /// - Throws: `StoreError`.
    public func rebuildSearch() throws {
        try write { db in try db.execute(sql: "INSERT INTO search (search) VALUES ('rebuild')") }
    }
}

/// The full-text index over articles: FTS5 with its texts in `searchText`. Triggers would be some ten times slower,
/// so this is the only code that writes either, and it writes both.
enum SearchIndex {
    /// Writes what can be searched of an article.
    static func write(_ entity: Entity, statements: [String], article: Int64, _ db: Database) throws {
        let old = try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT symbol, fullName, synonyms, statements FROM searchText WHERE article = ?"),
            arguments: [article])
        let new = [
            entity.name, entity.fullName ?? "", lines(entity.synonyms.map(\.name)), lines(statements),
        ]
        if let old {
            let texts: [String] = [old[0], old[1], old[2], old[3]]
            if zip(texts, new).allSatisfy({ $0.hasSameBytes(as: $1) }) { return }
            try db.cachedStatement(
                sql: """
                    INSERT INTO search (search, rowid, symbol, fullName, synonyms, statements)
                    VALUES ('delete', ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [article, texts[0], texts[1], texts[2], texts[3]])
        }
        try db.cachedStatement(
            sql: """
                INSERT INTO searchText (article, symbol, fullName, synonyms, statements) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (article) DO UPDATE SET symbol = excluded.symbol, fullName = excluded.fullName,
                    synonyms = excluded.synonyms, statements = excluded.statements
                """
        ).execute(arguments: [article, new[0], new[1], new[2], new[3]])
        try db.cachedStatement(
            sql: "INSERT INTO search (rowid, symbol, fullName, synonyms, statements) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [article, new[0], new[1], new[2], new[3]])
    }

    /// One text a line. The marks that `snippet` sets must not stand in the texts themselves.
    private static func lines(_ texts: [String]) -> String {
        String(
            decoding: texts.joined(separator: "\n").utf8.map { $0 == 2 || $0 == 3 ? UInt8(ascii: " ") : $0 },
            as: UTF8.self)
    }

    /// What a person typed, made safe.
    struct Query {
        /// The query, cut to length, without white space at its ends.
        let text: String
        /// The query in FTS5's language; nil when it holds nothing to look for.
        ///
        /// Every word becomes a string in double quotes, in which only the double quote has a meaning; a word
        /// without letter or digit would be an empty phrase, and is left out.
        let expression: String?

        init(_ query: String) {
            var scalars = String.UnicodeScalarView()
            var bytes = 0
            for scalar in query.unicodeScalars {
                bytes += UTF8.width(scalar)
                if bytes > 1000 { break }
                scalars.append(scalar.value == 0 ? " " : scalar)
            }
            let words = scalars.split { $0.properties.isWhitespace }
            text = words.map { String($0) }.joined(separator: " ")
            let phrases = words.filter { word in word.contains { Self.isWordPart($0) } }
                .map { "\"" + String($0).replacing("\"", with: "\"\"") + "\"" }
            expression = phrases.isEmpty ? nil : phrases.joined(separator: " ") + "*"
        }

        /// Whether FTS5's `unicode61` takes a character as part of a word: letters, marks, numbers, private use.
        private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
                .decimalNumber, .letterNumber, .otherNumber, .privateUse:
                true
            default: false
            }
        }
    }

    /// Takes the marks out of a snippet.
    static func parted(_ marked: String) -> (text: String, highlights: [TextRange]) {
        var bytes: [UInt8] = []
        var highlights: [TextRange] = []
        var start: Int?
        for byte in marked.utf8 {
            switch byte {
            case 2: start = bytes.count
            case 3:
                if let from = start { highlights.append(TextRange(from, bytes.count)) }
                start = nil
            default: bytes.append(byte)
            }
        }
        return (String(decoding: bytes, as: UTF8.self), highlights)
    }
}
