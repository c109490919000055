import Corpus
import Terminology
import Testing
import TextMining

/// What the model on interactions goes by, and what section rules ask it. The sentences were written for these tests.
struct InteractionModelTests {
    /// The features of the first two names, which stand in brackets as all names do.
    private func features(_ marked: String) throws -> Set<String> {
        let sentence = Self.sentence(marked)
        let bytes = Array(sentence.text.utf8)
        let found = InteractionModel.features(
            of: sentence.names[0], and: sentence.names[1], others: Array(sentence.names.dropFirst(2)),
            passage: bytes.span, sentence: TextRange(0, bytes.count))
        return Set(try #require(found).map(\.name))
    }

    private static func sentence(_ marked: String) -> (text: String, names: [TextRange]) {
        var bytes: [UInt8] = []
        var names: [TextRange] = []
        var start = 0
        for byte in marked.utf8 {
            if byte == UInt8(ascii: "[") {
                start = bytes.count
            } else if byte == UInt8(ascii: "]") {
                names.append(TextRange(start, bytes.count))
            } else {
                bytes.append(byte)
            }
        }
        return (String(decoding: bytes, as: UTF8.self), names)
    }

    @Test func `words count between, before and after the names, without endings`() throws {
        let found = try features("Loss of [GRB2] inhibited binding to [SHC1] in cells")
        #expect(
            found.isSuperset(of: ["between=inhibit", "between=bind", "between2=inhibit_bind", "last=to"]))
        #expect(found.isSuperset(of: ["before=loss", "before1=of", "after1=in", "after=cells"]))
        #expect(
            found.isSuperset(of: ["gap=3", "genes=0", "cues=010", "cue-next=bind_to", "cue-at=inhibit_0"]))
        #expect(!found.contains { $0.contains("grb") || $0.contains("shc") }, "a name itself is no sign")
    }

    @Test func `the order in which the two names are given does not matter`() throws {
        let sentence = Self.sentence("The [GRB2]-[SHC1] complex with [SOS1] formed.")
        let bytes = Array(sentence.text.utf8)
        func names(_ one: Int, _ two: Int, _ other: Int) -> [String]? {
            InteractionModel.features(
                of: sentence.names[one], and: sentence.names[two], others: [sentence.names[other]],
                passage: bytes.span, sentence: TextRange(0, bytes.count))?.map(\.name)
        }
        #expect(names(0, 1, 2) == names(1, 0, 2))
        #expect(names(0, 2, 1)?.contains("genes-between=1") == true)
        #expect(names(0, 0, 1) == nil, "a name has no pair with itself")
    }

    /// Random bytes of names, words and signs: nothing is out of bounds, each feature comes once.
    @Test(arguments: 0..<200)
    func `any sentence has features, each once`(number: Int) throws {
        var dice = TaggingDice(state: UInt64(number) &* 2_862_933_555_777_941_757 &+ 3_037_000_493)
        let text = dice.text(naming: ["GRB2", "é", "IL-2"]) + " x " + dice.text(naming: ["SHC1"])
        let bytes = Array(text.utf8)
        let middle = dice.below(bytes.count - 1) + 1
        let one = TextRange(dice.below(middle), middle)
        let two = TextRange(middle, middle + dice.below(bytes.count - middle) + 1)
        let features = InteractionModel.features(
            of: one, and: two, others: [], passage: bytes.span, sentence: TextRange(0, bytes.count))
        let found = try #require(features, "seed \(number)")
        #expect(Set(found.map(\.number)).count == found.count, "seed \(number)")
        #expect(found.contains { $0.name == "bias" })
    }

    // MARK: - In section rules

    private static let rules = """
        article: gene
        classes:
          word: { words: [never] }
        sections:
          - id: physical
            heading: Physical interactions of {name}
            rules:
              - { id: model, partner: gene, interaction: physical, above: 0.5, weight: 4 }
        """

    private func placements(
        _ marked: String, weights: String, rules: String = rules
    ) throws -> [Placement] {
        let dictionary = try TaggingScene.dictionary(adding: ["learned/i.weights.tsv": weights])
        let classifier = SectionClassifier(
            rules: try SectionRules(yaml: rules, file: "test.yaml"),
            model: InteractionModel(dictionary: dictionary))
        let sentence = MarkedSentence(marked)
        return classifier.placements(
            passage: sentence.text, range: TextRange(0, sentence.text.utf8.count), focus: sentence.focus,
            mentions: sentence.mentions,
            qualities: SentenceQualities(
                kind: .finding, isNegated: false, isSpeculative: false, standsAlone: true),
            context: PlacementContext())
    }

    private static let weights = """
        kind\tfeature\tweight
        physical\tbias\t-1.00
        physical\tbetween=binds\t2.00
        physical\tbefore=may\t-0.70

        """

    @Test func `a rule asks the model, and tells the partner and the word`() throws {
        let found = try placements("{g:Grb2} binds {g:Shc1} in cells.", weights: Self.weights)
        #expect(found.map(\.rule) == ["model"])
        #expect(found.first?.triggers.map(\.concept) == ["physical", "ncbigene:Shc1"])
        #expect(try placements("{g:Grb2} meets {g:Shc1} in cells.", weights: Self.weights).isEmpty)
        #expect(
            try placements("It may be that {g:Grb2} binds {g:Shc1} in cells.", weights: Self.weights).isEmpty)
        #expect(try placements("{g:Grb2} binds in cells.", weights: Self.weights).isEmpty)
    }

    @Test func `a family is a partner where the rule says product`() throws {
        let sentence = "{g:Grb2} binds {f:MAPK} in cells."
        #expect(try placements(sentence, weights: Self.weights).isEmpty)
        let rules = Self.rules.replacing("partner: gene", with: "partner: product")
        #expect(try placements(sentence, weights: Self.weights, rules: rules).map(\.rule) == ["model"])
    }

    @Test func `a rule with words goes by them, unless the model speaks against it`() throws {
        let rules = Self.rules.replacing("[never]", with: "[binds]").replacing(
            "partner: gene,", with: "partner: gene, has: word,")
        let weights = Self.weights.replacing("bias\t-1.00", with: "bias\t-1.60")
        func found(_ sentence: String, _ weights: String) throws -> Int {
            try placements(sentence, weights: weights, rules: rules).count
        }
        #expect(try found("{g:Grb2} binds {g:Shc1} in cells.", Self.weights) == 1)
        #expect(try found("{g:Grb2} binds {g:Shc1} in cells.", weights) == 0, "0.4 is not above 0.5")
        #expect(try found("{g:Grb2} meets {g:Shc1} in cells.", Self.weights) == 0, "a word is wanted")
        #expect(try found("{g:Grb2} binds {g:Shc1} in cells.", "kind\tfeature\tweight\n") == 1, "no model")
    }

    /// The tagger asks whether it has weights of its own: those on interactions are none.
    @Test func `weights on interactions change nothing for the tagger`() throws {
        let plain = try #require(TaggingScene.dictionary)
        let weighted = try TaggingScene.dictionary(adding: ["learned/i.weights.tsv": Self.weights])
        #expect(weighted.weights.isEmpty && !weighted.interactionWeights.isEmpty)
        let passage = Passage(
            kind: .abstract, index: 1, text: "In wheat Igf1r binds USP8. In mice RAB32 binds TNF and glucose."
        )
        #expect(
            Tagger(dictionary: weighted).mentions(in: [passage])
                == Tagger(dictionary: plain).mentions(in: [passage]))
    }

    @Test func `without weights such a rule never applies`() throws {
        let none = "kind\tfeature\tweight\n"
        #expect(try placements("{g:Grb2} binds {g:Shc1} in cells.", weights: none).isEmpty)
    }

    @Test(arguments: [
        ("interaction: physical, weight: 4", "needs \"partner: gene\""),
        ("partner: gene, interaction: friendly, weight: 4", "friendly"),
        ("partner: gene, above: 1, weight: 4", "needs \"interaction\""),
    ])
    func `a rule that asks wrongly is refused with its line`(rule: String, reason: String) throws {
        let yaml = Self.rules.replacing(
            "partner: gene, interaction: physical, above: 0.5, weight: 4", with: rule)
        let error = try #require(throws: SectionRulesError.self) {
            try SectionRules(yaml: yaml, file: "test.yaml")
        }
        #expect("\(error)".contains(reason), "\(error)")
        #expect("\(error)".contains("test.yaml:8"), "\(error)")
    }
}
