import Corpus
import Evaluation
import Intake
import Terminology
import Testing

/// Scores and causes of errors on documents that were written for these tests.
struct TaggingTests {
    /// A document in which every name of a list is a mention: name, type, identifier field.
    private static func gold(
        _ id: String, _ text: String, _ mentions: [(String, String, String)]
    ) -> GoldDocument {
        var gold = GoldDocument(Document(id: id, title: "", abstract: text))
        gold.mentions = mentions.map { mark($0.0, in: text, $0.1, $0.2) }
        return gold
    }

    /// The first place of a name in a text of ASCII, behind an empty title and one character.
    private static func mark(_ name: String, in text: String, _ type: String, _ field: String)
        -> MarkedMention
    {
        let start = Array(text.utf8).firstRange(of: Array(name.utf8))?.lowerBound ?? 0
        return MarkedMention(
            start: start + 1, end: start + 1 + name.utf8.count, type: type,
            identifiers: GoldIdentifiers.parts(of: field), text: name)
    }

    private static let text = "TNF alpha binds p55 and the SH3 domain of Src kinases in liver cells."

    @Test func `identifiers, exact and overlapping mentions are counted as the definitions say`() {
        let gold = Self.gold(
            "1", Self.text,
            [
                ("TNF alpha", "Gene", "7124;1"), ("p55", "GeneOrGeneProduct", "-1"),
                ("SH3", "DomainMotif", "-"),
                ("Src", "FamilyName", "6714"), ("liver", "Organ", ""),
            ])
        let found = [
            Self.mark("TNF", in: Self.text, "Gene", "7124"), Self.mark("p55", in: Self.text, "Gene", "7132"),
            Self.mark("SH3 domain", in: Self.text, "Gene", "5"),
            Self.mark("cells", in: Self.text, "Gene", "7132"),
            Self.mark("liver", in: Self.text, "Anatomy", "D008099"),
        ]
        let counts = TaggingScores(type: .gene).counts(gold: gold, found: found)
        #expect(counts[0] == Counts(hits: 1, falseAlarms: 2, misses: 1))
        #expect(counts[1] == Counts(hits: 1, falseAlarms: 3, misses: 1))
        // SH3 is lenient: no false alarm, and no hit either.
        #expect(counts[2] == Counts(hits: 2, falseAlarms: 1, misses: 0))
        #expect(abs(counts[3].hits - 0.4) < 1e-12)
        let restricted = TaggingScores(type: .gene, counted: IdentifierList(["7124", "7132"]))
        #expect(
            restricted.counts(gold: gold, found: found)[0] == Counts(hits: 1, falseAlarms: 1, misses: 0))
        #expect(TaggingScores.types(in: [gold]) == [.gene, .anatomy])
    }

    @Test func `the mean F1 leaves out documents without identifiers on either side`() {
        let documents = [
            Self.gold("1", "Tnf", [("Tnf", "Gene", "1")]), Self.gold("2", "Tnf", [("Tnf", "Gene", "1")]),
            Self.gold("3", "Tnf", []),
        ]
        let found = TaggingPredictions(mentions: ["1": documents[0].mentions])
        let scores = TaggingScores(type: .gene).sheet(gold: documents, found: found).scores(Bootstrap())
        #expect(scores[3].recall.value == 50)
        #expect(scores[0].recall.value == 50 && scores[0].precision.value == 100)
    }

    // MARK: - Errors

    private static let names = """
        kind\tid\tname\ttaxon\tgrade
        Gene\tncbigene:1\tTnf\t10090\tofficial
        Gene\tncbigene:2\tTNF\t9606\tofficial
        Gene\tncbigene:3\tIl6\t10090\tofficial
        Gene\tncbigene:4\tAbc1\t10090\tofficial
        Gene\tncbigene:5\tAbc2\t10090\tofficial
        Gene\tncbigene:5\tAbc1\t10090\tsynonym
        Gene\tncbigene:6\tClock\t10090\tofficial

        """

    private static func errors(
        of documents: [GoldDocument], _ found: [String: [MarkedMention]], species: Set<TaxonID>? = nil,
        examples: Int = 3
    ) throws -> TaggingErrors.Result {
        let dictionary = try TemporaryFolder().dictionary([
            "genes.names.tsv": names, "blocklist.gene.txt": "Clock\n", "english.txt": "the\n",
        ])
        return TaggingErrors(scores: TaggingScores(type: .gene), dictionary: dictionary, species: species)
            .result(gold: documents, found: TaggingPredictions(mentions: found), examples: examples)
    }

    private static let sentence = "Tnf and Il6 raise Abc1 with the Clock gene in mice."

    /// What is missed when gold has one gene and a program found others; the cause and what was found instead.
    @Test(
        arguments: [
            ("Tnf", "99", [], .unknownIdentifier, []), ("mice", "1", [], .unknownName, []),
            ("Clock", "1", [("Clock", "Gene", "6")], .unknownName, ["6"]),
            ("Tnf", "1", [("Tnf", "Gene", "2")], .otherSpecies, ["2"]),
            ("Abc1", "5", [("Abc1", "Gene", "4")], .otherEntity, ["4"]),
            ("Il6", "3", [("Tnf and Il6", "Gene", "4")], .otherBoundaries, ["“Tnf and Il6”", "4"]),
            ("Il6", "3", [("Il6", "Chemical", "D1")], .otherType, ["Chemical"]),
            ("Clock", "6", [], .blocked, []), ("Tnf", "1", [("Il6", "Gene", "3")], .ruledOut, []),
        ] as [(String, String, [(String, String, String)], MissCause, [String])])
    func `an identifier is missed for a cause`(
        name: String, identifier: String, found: [(String, String, String)], cause: MissCause,
        instead: [String]
    ) throws {
        let gold = Self.gold("1", Self.sentence, [(name, "Gene", identifier)])
        let predicted = found.map { Self.mark($0.0, in: Self.sentence, $0.1, $0.2) }
        let misses = try Self.errors(of: [gold], ["1": predicted]).misses
        #expect(misses.map(\.cause) == [cause])
        let example = ErrorExample(text: name, identifier: identifier, instead: instead, count: 1)
        #expect(misses.first?.examples == [example])
    }

    @Test func `a species that was not asked for is a cause of its own`() throws {
        let gold = Self.gold("1", Self.sentence, [("Tnf", "Gene", "1")])
        #expect(
            try Self.errors(of: [gold], [:], species: [.human]).misses.map(\.cause) == [.speciesLeftOut])
        #expect(try Self.errors(of: [gold], [:], species: [.mouse]).misses.map(\.cause) == [.ruledOut])
    }

    @Test(
        arguments: [
            ([("Tnf", "Gene", "2")], .otherSpecies, ["2"]),
            ([("Tnf and Il6", "Gene", "3")], .otherIdentifier, ["3"]),
            ([("Tnf", "Gene", "-1")], .noIdentifier, []),
            ([("Tnf", "FamilyName", "7")], .otherType, ["FamilyName"]),
            ([("mice", "Gene", "3")], .unmarked, []),
        ] as [([(String, String, String)], FalseAlarmCause, [String])])
    func `an identifier is found in error for a cause`(
        marked: [(String, String, String)], cause: FalseAlarmCause, instead: [String]
    ) throws {
        let gold = Self.gold("1", Self.sentence, marked)
        let predicted = [Self.mark("Tnf", in: Self.sentence, "Gene", "1")]
        let alarms = try Self.errors(of: [gold], ["1": predicted]).falseAlarms
        #expect(alarms.map(\.cause) == [cause])
        let example = ErrorExample(text: "Tnf", identifier: "1", instead: instead, count: 1)
        #expect(alarms.first?.examples == [example])
    }

    @Test func `the most frequent come first, and every error is counted`() throws {
        let documents =
            (1...3).map { Self.gold("\($0)", Self.sentence, [("Tnf", "Gene", "98"), ("Il6", "Gene", "99")]) }
            + [Self.gold("4", Self.sentence, [("Abc1", "Gene", "98"), ("Clock", "Gene", "6")])]
        let misses = try Self.errors(of: documents, [:], examples: 2).misses
        #expect(misses.map(\.cause) == [.unknownIdentifier, .blocked])
        #expect(misses.map(\.count) == [7, 1])
        #expect(
            misses.first?.examples == [
                ErrorExample(text: "Il6", identifier: "99", instead: [], count: 3),
                ErrorExample(text: "Tnf", identifier: "98", instead: [], count: 3),
            ])
    }
}
