import Corpus
import Testing
import TextMining

/// Rules as data: what is read, and what is refused with its line.
struct SectionsRulesTests {
    @Test func `the shipped rules have the twelve sections of a gene article in their order`() throws {
        let rules = try SectionsExamples.geneRules()
        #expect(rules.article == .gene)
        #expect(
            rules.sections.map { $0.heading(for: "Igf1r") } == [
                "Disease relevance of Igf1r", "Psychiatry related information on Igf1r",
                "High impact information on Igf1r", "Chemical compound and disease context of Igf1r",
                "Biological context of Igf1r", "Anatomical context of Igf1r",
                "Associations of Igf1r with chemical compounds", "Physical interactions of Igf1r",
                "Enzymatic interactions of Igf1r", "Regulatory relationships of Igf1r",
                "Other interactions of Igf1r", "Analytical, diagnostic and therapeutic context of Igf1r",
            ])
        #expect(
            rules.sections.map { $0.id } == [
                .disease, .psychiatry, .highImpact, .chemicalDisease, .biological, .anatomical, .chemical,
                .physical, .enzymatic, .regulatory, .other, .analytical,
            ])
        for section in rules.sections {
            #expect(rules.rules.contains { $0.section == section.id }, "no rule leads to \(section.id)")
        }
    }

    private static let valid = """
        article: gene
        classes:
          disease:
            kinds: [Disease]
            branches: [C, C10.228.140]
            words: [tumor*, heart failure, up-regulat*]
          binding:
            words: bind*
        sections:
          - id: disease
            heading: Disease relevance of {name}
            rules:
              - id: disease
                has: disease
                weight: 4
          - id: physical
            heading: Physical interactions of {name}
            rules:
              - id: binding
                partner: gene
                has: [binding]
                pair: { before: 1, after: 2, span: 10 }
                weight: 5.5
              - id: alone
                has: binding
                within: 3
                roles: [marker, reagent]
                sentences: method
                unless: disease
                weight: -1
        weights:
          proximity: 0.5
          reach: 10
          kinds: { finding: 0.25 }
        """

    @Test func `a rule file is read`() throws {
        let rules = try SectionRules(yaml: Self.valid, file: "test.yaml")
        #expect(rules.classes.map { $0.name } == ["disease", "binding"])
        #expect(rules.classes[0].kinds == [.disease])
        #expect(rules.classes[0].branches == ["C", "C10.228.140"])
        #expect(
            rules.classes[0].words.map { $0.words } == [["tumor"], ["heart", "failure"], ["up", "regulat"]])
        #expect(rules.classes[0].words.map { $0.isPrefix } == [true, false, true])
        #expect(rules.rules.map { $0.id } == ["disease", "binding", "alone"])
        #expect(rules.rules[1].place == .pair(before: 1, after: 2, span: 10, others: nil))
        #expect(rules.rules[1].partner == .gene)
        #expect(rules.rules[1].weight == 5.5)
        #expect(rules.rules[2].place == .sentence(within: 3))
        #expect(rules.rules[2].roles == [.marker, .reagent])
        #expect(rules.rules[2].sentences == [.method])
        #expect(rules.rules[2].unless == [.disease])
        #expect(rules.rules[0].roles == [.subject])
        #expect(rules.rules[0].sentences == SentenceKind.allCases)
        #expect(rules.weights.proximity == 0.5)
        #expect(rules.weights.kinds == [.finding: 0.25])
    }

    /// A change of the valid file that spoils it, with the line that must be named and words of the message.
    struct Fault: CustomTestStringConvertible {
        var old: String
        var new: String
        var line: Int?
        var says: String
        var testDescription: String { says }

        init(_ old: String, _ new: String, _ line: Int?, _ says: String) {
            (self.old, self.new, self.line, self.says) = (old, new, line, says)
        }
    }

    @Test(
        arguments: [
            Fault("kinds: [Disease]", "kind: [Disease]", 4, "unknown key \"kind\" in a class"),
            Fault("kinds: [Disease]", "kinds: [Diseases]", 4, "unknown kind of concept \"Diseases\""),
            Fault("kinds: [Disease]", "kinds: [Gene]", 4, "genes are no concepts of a class"),
            Fault("C10.228.140]", "C1.228]", 5, "\"C1.228\" is no branch of MeSH"),
            Fault("C10.228.140]", "10.228]", 5, "\"10.228\" is no branch of MeSH"),
            Fault("C10.228.140]", "C10.22]", 5, "\"C10.22\" is no branch of MeSH"),
            Fault("[tumor*,", "[Tumor*,", 6, "\"Tumor*\" is no word pattern"),
            Fault("[tumor*,", "[\"*tumor\",", 6, "\"*tumor\" is no word pattern"),
            Fault("heart failure", "\"heart  failure\"", 6, "is no word pattern"),
            Fault("  binding:\n    words: bind*", "  disease:\n    words: bind*", nil, "more than once"),
            Fault("    words: bind*", "    except-words: bind*", 7, "nothing can match"),
            Fault(
                "  - id: physical", "  - id: disease", 16, "the section \"disease\" stands here a second time"
            ),
            Fault("Physical interactions of {name}", "Physical interactions", 17, "does not say {name}"),
            Fault("- id: alone", "- id: binding", 24, "the rule \"binding\" stands here a second time"),
            Fault("has: disease", "has: diseases", 14, "there is no class \"diseases\""),
            Fault("has: disease", "has: []", 14, "the list \"has\" is empty"),
            Fault("        has: disease\n", "", 13, "would take every sentence"),
            Fault("weight: 4\n", "weight: much\n", 15, "\"much\" is no number"),
            Fault("        weight: 4\n", "", 13, "a rule lacks \"weight\""),
            Fault(
                "partner: gene", "partner: gone", 20,
                "unknown partner \"gone\"; known are none, gene, product"),
            Fault(
                "partner: gene\n        has: [binding]", "has: [binding]", 21,
                "\"pair\" needs \"partner: gene\""),
            Fault("before: 1", "before: -1", 22, "\"-1\" is no whole number"),
            Fault("before: 1", "afore: 1", 22, "unknown key \"afore\" in pair"),
            Fault("[marker, reagent]", "[markers]", 27, "unknown role \"markers\""),
            Fault("sentences: method", "sentences: methods", 28, "unknown kind of sentence \"methods\""),
            Fault("unless: disease", "unless: physical", 29, "is no other section"),
            Fault(
                "        has: disease\n", "        has: disease\n        unless: physical\n", 13,
                "waits for the section"),
            Fault("reach: 10", "reach: 0", 33, "must not be 0"),
            Fault("{ finding: 0.25 }", "{ findings: 0.25 }", 34, "unknown kind of sentence \"findings\""),
            Fault("article: gene\n", "", 1, "the file lacks \"article\""),
            Fault("article: gene", "article: species", 1, "known are gene, chemical, disease"),
            Fault("article: gene", "article: disease", 1, "does not say \"of\""),
            Fault("article: gene", "article: gene\nof: illness", 2, "there is no class \"illness\""),
            Fault("article: gene", "article: gene\nclasses-from: other.yaml", 2, "no file \"other.yaml\""),
            Fault("article: gene", "article: [", nil, "not YAML"),
        ])
    func `a fault is refused with its line`(fault: Fault) throws {
        #expect(Self.valid.contains(fault.old))
        let yaml = Self.valid.replacing(fault.old, with: fault.new, maxReplacements: 1)
        let error = try #require(throws: SectionRulesError.self) {
            _ = try SectionRules(yaml: yaml, file: "test.yaml")
        }
        #expect(error.message.contains(fault.says), "\(error)")
        if let line = fault.line {
            #expect(error.line == line, "\(error)")
            #expect(error.description.hasPrefix("test.yaml:\(line): "))
        }
    }

    @Test func `classes of another file are taken over, and may be replaced`() throws {
        let yaml = """
            article: chemical
            classes-from: gene.yaml
            of: compound
            classes:
              compound: { kinds: Chemical }
              binding: { words: grasp* }
            sections:
              - id: disease
                heading: Disease relevance of {name}
                rules: [{ id: disease, has: disease, weight: 4 }]
            """
        let rules = try SectionRules(yaml: yaml, file: "chemical.yaml") { name in
            name == "gene.yaml" ? Self.valid : nil
        }
        #expect(rules.article == .chemical)
        #expect(rules.subject == "compound")
        #expect(rules.classes.map(\.name) == ["compound", "binding", "disease"])
        #expect(rules.classes[1].words == [WordPattern("grasp*")])
        // A fault in the other file is told with its own name and line.
        let error = try #require(throws: SectionRulesError.self) {
            _ = try SectionRules(yaml: yaml, file: "chemical.yaml") { _ in
                Self.valid.replacing("kinds: [Disease]", with: "kinds: [Diseases]")
            }
        }
        #expect(error.description.hasPrefix("gene.yaml:4: "))
    }

    @Test(arguments: ["chemical", "disease"])
    func `articles without a species have a section on genes and none on interactions`(name: String) throws {
        let rules = try SectionsExamples.rules(name)
        #expect(rules.subject != nil)
        let ids = rules.sections.map(\.id)
        #expect(ids.contains(.gene))
        for id in [SectionID.physical, .enzymatic, .regulatory, .other] { #expect(!ids.contains(id)) }
        for section in rules.sections {
            #expect(rules.rules.contains { $0.section == section.id }, "no rule leads to \(section.id)")
        }
    }

    @Test func `an empty file is refused`() {
        #expect(throws: SectionRulesError(file: "e.yaml", line: nil, message: "the file is empty")) {
            _ = try SectionRules(yaml: "", file: "e.yaml")
        }
    }
}
