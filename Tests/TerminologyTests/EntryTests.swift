import AhoCorasick
import Corpus
import Terminology
import Testing

struct `Entries of a dictionary` {
    private static let sources = [
        "m.gene_info": """
        #tax_id\tGeneID\tSymbol\tSynonyms\tdescription
        10090\t1\tTnf\tTNF-alpha|Cachectin\ttumor necrosis factor
        9606\t2\tIL1B\tIL1-BETA\tinterleukin 1 beta
        9606\t3\tAAA\tIGF1R\tprotein three (yeast)
        9606\t4\tIGF1R\tAAA2\treceptor, insulin-like
        9606\t5\tA\t1|12|ab\tx

        """,
        "names.dmp": "1\t|\troot\t|\t\t|\tscientific name\t|\n5\t|\tMus (Mus)\t|\t\t|\tscientific name\t|\n",
    ]

    private func dictionary() throws -> CompiledDictionary {
        let folder = try SourceFolder(Self.sources)
        return try folder.dictionary()
    }

    @Test(arguments: [
        ("tnf", ["ncbigene:1/official"]),
        ("TNF alpha", ["ncbigene:1/synonym"]),
        ("TNFα", ["ncbigene:1/synonym"]),
        ("TNF-A", ["ncbigene:1/related/Greek letter shortened"]),
        ("IL-1B", ["ncbigene:2/official"]),
        ("IL-1β", ["ncbigene:2/synonym"]),
        ("IGF-1R", ["ncbigene:4/official", "ncbigene:3/synonym"]),
        ("protein three", ["ncbigene:3/related/last brackets dropped"]),
        ("receptor insulin-like", ["ncbigene:4/related/commas dropped"]),
        ("receptor, insulin like", ["ncbigene:4/fullName"]),
        ("ab", ["ncbigene:5/synonym"]),
        ("A", []), ("x", []), ("1", []), ("12", []), ("nothing", []), ("", []),
    ])
    func `a name leads to its entries, best grade first`(name: String, meanings: [String]) throws {
        #expect(try dictionary().meanings(of: name) == meanings)
    }

    @Test func `an entry tells name, source and number`() throws {
        let dictionary = try dictionary()
        let entry = try #require(dictionary.entries(named: "TNF-A").first)
        #expect(dictionary.name(ofEntry: entry.number) == "TNF-alpha")
        #expect(dictionary.source(ofEntry: entry.number) == "m.gene_info")
        #expect(dictionary.entry(entry.number) == entry)
        #expect(entry.kind == .gene && entry.spelling.upper == 3 && entry.spelling.lower == 5)
        for (text, likeness) in [
            ("TNF-alpha", CompiledDictionary.Likeness.exact), ("Tnf-Alpha", .otherCapitals),
            ("TNF alpha", .other),
        ] {
            let found = dictionary.likeness(ofEntry: entry.number, to: text.utf8Span.span)
            #expect(found == likeness, "\(text)")
        }
        #expect(dictionary.concepts(named: "IGF1R", kind: .gene).count == 2)
        #expect(dictionary.concepts(named: "IGF1R", kind: .disease).isEmpty)
    }

    @Test func `an identifier leads to its concept and back`() throws {
        let dictionary = try dictionary()
        for concept in 0..<dictionary.conceptCount {
            #expect(dictionary.concept(of: dictionary.identifier(ofConcept: concept)) == concept)
        }
        #expect(dictionary.concept("ncbigene:0") == nil && dictionary.concept("zzz:9") == nil)
    }

    /// Random names over a small alphabet, as a table of names.
    private func table(_ names: [String]) -> String {
        "kind\tid\tname\ttaxon\tgrade\n"
            + names.enumerated().map { "Gene\tx:\($0.offset)\t\($0.element)\t9606\tofficial\n" }.joined()
    }

    @Test(arguments: 0..<40)
    func `a larger dictionary finds all that a smaller one finds, at the same offsets`(number: Int) throws {
        let seed = UInt64(number) &* 6007 &+ 11
        var dice = Dice(seed: seed)
        let words = ["ab", "cd", "ef", "α", "gh2", "12", "é"]
        func phrase(_ count: Int) -> String {
            (0..<count).map { _ in dice.pick(words) }.joined(separator: dice.pick([" ", "-"]))
        }
        let some = (0..<12).map { _ in "ab " + phrase(1 + dice.below(3)) }
        let more = (0..<30).map { _ in phrase(1 + dice.below(4)) + " cd" }
        let text = phrase(80)
        func found(_ names: [String]) throws -> Set<String> {
            let folder = try SourceFolder(["a.names.tsv": table(names)])
            let dictionary = try folder.dictionary()
            var tokenizer = Tokenizer()
            let tokens = tokenizer.tokens(of: text)
            var matches: [TokenMatch] = []
            dictionary.automaton.findMatches(in: tokens, into: &matches)
            var lines: Set<String> = []
            for match in matches {
                for entry in dictionary.entries(ofPattern: match.pattern) {
                    let concept = dictionary.identifier(ofConcept: dictionary.entry(entry).concept)
                    lines.insert("\(tokens[match.first].start) \(tokens[match.last].end) \(concept)")
                }
            }
            return lines
        }
        let small = try found(some)
        let large = try found(some + more)
        #expect(small.isSubset(of: large), "seed \(seed)")
        let own = large.filter { line in (Int(line.split(separator: ":")[1]) ?? 0) < some.count }
        #expect(own == small, "seed \(seed)")
    }
}
