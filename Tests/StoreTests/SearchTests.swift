import Corpus
import Store
import Testing

struct SearchTests {
    static func store() throws -> Store {
        let store = try Store()
        try store.writeEntities(Samples.entities)
        let run = try store.beginRun(Samples.origin)
        try store.save(
            [
                Samples.draft(
                    Samples.igf1r, text: "1",
                    statement: "The receptor of IL-2 and TNF-α is phosphorylated by \"Src\" in naïve cells."),
                Samples.draft(
                    Samples.irs1, text: "2",
                    statement: "Irs1 is bound by Igf1r, Igf1r and again Igf1r; see CD221 AND OR NOT NEAR(x)."),
                Samples.draft(Samples.igf1rHuman, text: "3", statement: "Cancer cells depend on it: 100%."),
            ], run: run)
        return store
    }

    static func names(_ query: String) throws -> [String] {
        try store().search(query).map { $0.article.entity.local }
    }

    @Test(arguments: [
        // An article with that symbol comes first, with exact case before other case, however often others name it.
        ("Igf1r", ["16001", "3480", "16367"]), ("IGF1R", ["3480", "16001", "16367"]), ("Irs1", ["16367"]),
        // Then one with that synonym.
        ("cd221", ["16001", "16367"]), ("IGF-1R", ["16001"]),
        // All words must be there, the last may be a beginning, accents and case do not matter.
        ("naive phosph", ["16001"]), ("phosph naive", []), ("insulin-like growth", ["3480", "16001"]),
        ("IL-2", ["16001"]), ("IL 2", ["16001"]), ("tnf-α", ["16001"]), ("receptor src", ["16001"]),
        ("100%", ["3480"]), ("zebra", []),
    ])
    func `articles are found by symbol, name and statement`(query: String, expected: [String]) throws {
        #expect(try Self.names(query) == expected)
    }

    @Test(arguments: [
        "", " ", "\"", "\"\"", "'", "''", "*", "a*", "*a", "-", "--", ";", "a; DROP TABLE article;", "(", ")",
        "((((",
        "NEAR(", "NEAR(a b, 2)", "a AND", "AND", "OR", "NOT", "NOT a", "symbol:", "symbol:Igf1r",
        "{symbol}: x", "^Igf1r",
        "+", "a + b", "\\", "\0", "Igf1r\0", "\u{1}\u{2}\u{3}", "\u{301}", "👩\u{200D}🔬", "\u{FFFD}", "%", "_",
        "α", "½", "\u{E000}",
        "\u{200B}", "\u{202E}abc", "a\nb", "\"a\" OR \"b\"", "''''\"\"\"\"", "[1]", "rank MATCH 'x'", "٣",
        "ⅷ", "字",
        String(repeating: "(", count: 5000), String(repeating: "a ", count: 5000),
        String(repeating: "a-", count: 5000), String(repeating: "\"", count: 5001),
    ])
    func `no query is an error`(query: String) throws {
        let store = try Self.store()
        #expect(throws: Never.self) { try store.search(query) }
    }

    @Test(arguments: 0..<20)
    func `no random query is an error`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let store = try Self.store()
        for _ in 0..<50 {
            var query = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...12, using: &generator) {
                let limit: UInt32 = Bool.random(using: &generator) ? 0x7F : 0x1FFFF
                if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &generator)) {
                    query.append(scalar)
                }
            }
            #expect(throws: Never.self, "seed \(seed), \(String(query).debugDescription)") {
                try store.search(String(query))
            }
        }
    }

    @Test func `a snippet shows what was found`() throws {
        let hit = try #require(try Self.store().search("phosphorylated naïve").first)
        #expect(!hit.isExact)
        #expect(hit.snippet.hasPrefix("The receptor of IL-2 and TNF-α is phosphorylated"))
        #expect(hit.highlights.map { hit.snippet.slice($0) } == ["phosphorylated", "naïve"])
        #expect(try Self.store().search("Igf1r").first?.isExact == true)
        #expect(
            try Self.store().search("Igf1r", taxon: .human).map(\.article.entity) == [Samples.igf1rHuman.id])
        #expect(try Self.store().search("Igf1r", limit: 1).count == 1)
    }

    @Test func `the index follows the articles`() throws {
        let store = try Self.store()
        let run = try store.beginRun(Samples.origin)
        try store.save(
            [Samples.draft(Samples.igf1rHuman, text: "4", statement: "Longevity depends on it.")], run: run)
        #expect(try store.search("cancer") == [])
        #expect(try store.search("longev").count == 1)
        var renamed = Samples.igf1rHuman
        renamed.name = "IGFR1"
        try store.writeEntities([renamed])
        try store.save([Samples.draft(renamed, text: "4", statement: "Longevity.")], run: run)
        #expect(try store.search("IGFR1").map(\.isExact) == [true])
        let before = try store.search("insulin")
        try store.rebuildSearch()
        #expect(try store.search("insulin") == before)
        #expect(try store.search("cancer") == [])
        #expect(try store.damage() == [])
    }
}
