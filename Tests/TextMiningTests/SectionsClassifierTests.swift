import Corpus
import Foundation
import Testing
import TextMining

/// Sentences and the sections they must and must not reach by the shipped rules. All sentences were written for these
/// tests.
struct SectionsClassifierTests {
    private let classifier: SectionClassifier

    init() throws {
        classifier = SectionClassifier(rules: try SectionsExamples.geneRules())
    }

    struct Example: CustomTestStringConvertible {
        var section: SectionID
        var sentence: String
        var testDescription: String { "\(section): \(sentence)" }

        init(_ section: SectionID, _ sentence: String) {
            (self.section, self.sentence) = (section, sentence)
        }
    }

    @Test(
        arguments: [
            Example(.disease, "Mutations in {g:Igf1r} cause {d:short stature:C05.116}."),
            Example(.physical, "{g:Grb2} binds {f:integrins}."),
            Example(.physical, "{g:Grb2} interacts with a protein of 60 kDa."),
            Example(.disease, "{g:Cdkn2a} is lost in most gliomas of the cohort."),
            Example(
                .psychiatry, "{g:Disc1} variants were found in families with {y:schizophrenia:F03.700.750}."),
            Example(.psychiatry, "{g:App} mice lose spatial memory with age."),
            Example(
                .psychiatry,
                "{g:Mapt} aggregates in {d:Alzheimer disease:C10.228.140.380.100:F03.615.400.100}."),
            Example(.psychiatry, "{g:Disc1} variants run with {d:schizophrenia:F03.700.750}."),
            Example(.disease, "{g:Gba} mutations cause {d:a disorder without a place in MeSH}."),
            Example(
                .chemicalDisease,
                "{g:Abcg2} protects from {c:irinotecan:D02.455}-induced {d:diarrhoea:C23.888}."),
            Example(.biological, "Loss of {g:Trp53} blocks {p:apoptosis:G04.146}."),
            Example(.biological, "Two missense mutations of {g:Lep} were inherited together."),
            Example(.anatomical, "{g:Alb} is expressed in the {a:liver:A03.620}."),
            Example(.chemical, "{g:Insr} lowers {c:glucose:D09.947} in starved animals."),
            Example(.physical, "{g:Grb2} binds {g:Sos1} through its two SH3 domains."),
            Example(.physical, "The interaction of {g:Irs2} with {g:Pik3r1} was lost."),
            Example(.physical, "A {g:Xrcc4}/{g:Lig4} complex joins the ends."),
            Example(.enzymatic, "{g:Akt1} phosphorylates {g:Gsk3b} at serine 9."),
            Example(.enzymatic, "{g:Mdm2} promotes ubiquitination of {g:Trp53}."),
            Example(.regulatory, "{g:Myc} represses {g:Cdkn1a} in growing cells."),
            Example(.regulatory, "Induction of {g:Fos} by {g:Egf} needs calcium."),
            Example(.regulatory, "{g:Sox9} up-regulates {g:Col2a1} threefold."),
            Example(.other, "{g:Il6} and {g:Il8} were named in the same list."),
            Example(.analytical, "{g:Lep} in serum was measured by {t:immunoassay:E05.478.566}."),
            Example(.analytical, "A cDNA encoding {g:Slc2a4} was cloned."),
            Example(.analytical, "The cDNA of {g:Lep} was subcloned into a vector."),
            Example(.disease, "Three mutations of {g:Lep} were found in patients of one clinic."),
            Example(.anatomical, "{g:Emd} is lost from the nucleoplasm."),
            Example(.chemical, "{g:Abcb1} keeps xenobiotics out."),
            Example(.regulatory, "{g:Myc} with {g:Max}, not with {g:Mxd1}, represses {g:Cdkn1a}."),
        ])
    func `a sentence reaches its section`(example: Example) throws {
        let marked = MarkedSentence(example.sentence)
        let placements = marked.placements(classifier)
        let placement = try #require(
            placements.first { $0.section == example.section },
            "reached \(placements.map { $0.section.rawValue })")
        #expect(!placement.triggers.isEmpty)
        #expect(placement.parts.first?.name == ScorePartName.rule)
        for trigger in placement.triggers {
            let text = try #require(marked.text.slice(trigger.range))
            #expect(!text.isEmpty && text.first != " " && text.last != " ")
        }
    }

    @Test(
        arguments: [
            Example(.disease, "{g:Tnf} is a member of the tumor necrosis factor superfamily."),
            Example(.disease, "{g:Igf1r} is expressed in {a:muscle:A10.690}."),
            Example(
                .disease, "{g:Disc1} variants were found in families with {d:schizophrenia:F03.700.750}."),
            Example(.chemical, "{g:Src} is a {c:tyrosine:D12.125} kinase."),
            Example(.psychiatry, "{g:Jnk1} steers the migratory behaviour of cells."),
            Example(.psychiatry, "{g:Il7r} marks memory T cells."),
            Example(.chemicalDisease, "{g:Lep} is low in {d:obesity:C18.654}."),
            Example(.chemical, "{g:Igf1} is a ligand of a {c:receptor tyrosine kinase:D08.811}."),
            Example(.chemical, "{g:Gpr1} was cloned from {c:DNA:D13.444.308}."),
            Example(.anatomical, "{g:Egfr} is mutated in {d:lung cancer:C04.588}."),
            Example(.physical, "{g:Grb2} binds {c:phosphate:D01.248}."),
            Example(.regulatory, "{g:Myc} grows with age."),
            Example(
                .physical, "{g:Igfbp3} and {g:insulin-like growth factor binding protein 5} are secreted."),
            Example(.enzymatic, "{g:Akt1} was phosphorylated after feeding."),
            Example(.regulatory, "{g:Myc} induces growth."),
            Example(
                .regulatory, "{g:Myc} with {g:Max}, not with {g:Mxd1} but near {g:Mnt}, represses {g:Cdkn1a}."
            ),
            Example(.disease, "{g:Lep} was measured in patients before noon."),
            Example(.other, "{g:Myc} represses {g:Cdkn1a} in growing cells."),
            Example(.other, "{g:Myc} was found in all samples."),
            Example(.highImpact, "{g:Myc} was found in all samples."),
        ])
    func `a sentence does not reach a section that it says nothing for`(example: Example) {
        let placements = MarkedSentence(example.sentence).placements(classifier)
        #expect(!placements.contains { $0.section == example.section }, "\(placements)")
    }

    @Test func `a journal of the first rank opens its section`() {
        let marked = MarkedSentence("{g:Myc} was found in all samples.")
        let placements = marked.placements(classifier, context: PlacementContext(isFirstRank: true))
        #expect(placements.contains { $0.section == .highImpact })
    }

    @Test(
        arguments: [
            "{m:Cd4}+ T cells of patients with {d:lupus:C17} bind {g:Il2}, which induces growth by {t:ELISA:E05}.",
            "Anti-{r:Cd4} prevents {d:colitis:C06} and phosphorylates {g:Lck} in {a:spleen:A10} by {t:ELISA:E05}.",
        ])
    func `a gene that is no subject reaches only the analytical section, and low`(sentence: String) throws {
        let placements = MarkedSentence(sentence).placements(classifier)
        #expect(placements.map { $0.section } == [.analytical])
        let subject = MarkedSentence("{g:Lep} was measured by {t:ELISA:E05}.").placements(classifier)
        let analytical = try #require(subject.first { $0.section == .analytical })
        #expect(placements[0].score < analytical.score - 1)
    }

    @Test func `a gene that is a subject somewhere in the sentence is a subject`() {
        var marked = MarkedSentence("{m:Cd4}+ T cells of mice without {g:Cd4} have {d:colitis:C06}.")
        marked.focus = marked.mentions[0]
        #expect(marked.placements(classifier).contains { $0.section == .disease })
    }

    @Test(
        arguments: [
            "Human {g:TP53} binds mouse {g:Tp53} in vitro.",  // the ortholog
            "{g:IL-2} binds {g:Il2} in vitro.",  // the same name, written otherwise
        ])
    func `a gene under the same name is no partner`(sentence: String) {
        let placements = MarkedSentence(sentence).placements(classifier)
        #expect(!placements.contains { [.physical, .other].contains($0.section) }, "\(placements)")
    }

    @Test func `the placement names the partner and the word`() throws {
        let marked = MarkedSentence("In cells, {g:Grb2} binds {g:Sos1}.")
        let placement = try #require(
            marked.placements(classifier).first { $0.section == .physical })
        #expect(placement.rule == "binding")
        #expect(
            placement.triggers == [
                Trigger(range: TextRange(15, 20), concept: "binding"),
                Trigger(range: TextRange(21, 25), concept: "ncbigene:Sos1"),
            ])
    }

    @Test func `offsets count in the passage, in bytes, whatever the alphabet`() throws {
        let passage = "Zuvor ein Satz über Δ. Nach β-Gabe sinkt Grb2 in gliomas."
        let start = try #require(passage.utf8.firstIndex(of: UInt8(ascii: "N")))
        let range = TextRange(passage.utf8.distance(from: passage.startIndex, to: start), passage.utf8.count)
        let name = try #require(passage.range(of: "Grb2"))
        let from = passage.utf8.distance(from: passage.startIndex, to: name.lowerBound)
        let focus = Mention(
            passage: 1, range: TextRange(from, from + 4), kind: .gene,
            entity: EntityID(prefix: "ncbigene", local: "14784"), dictionaryName: "Grb2")
        let placements = classifier.placements(
            passage: passage, range: range, focus: focus, mentions: [focus], qualities: SentenceQualities(),
            context: PlacementContext())
        let trigger = try #require(placements.first { $0.section == .disease }?.triggers.first)
        #expect(passage.slice(trigger.range) == "gliomas")
    }

    @Test func `what is too long for a sentence is placed nowhere, and quickly`() {
        let marked = MarkedSentence(
            "{g:Grb2} binds {g:Sos1}" + String(repeating: " and {g:Sos2}", count: 1000) + ".")
        #expect(marked.text.utf8.count < SectionClassifier.longestSentence)
        #expect(marked.placements(classifier).contains { $0.section == .physical })
        let long = MarkedSentence(
            "{g:Grb2} binds {g:Sos1}" + String(repeating: " and {g:Sos2}", count: 2000) + ".")
        #expect(long.text.utf8.count > SectionClassifier.longestSentence)
        #expect(long.placements(classifier).isEmpty)
    }

    @Test func `other genes between two keep them apart, genes in one list do not`() {
        let apart = MarkedSentence("{g:Grb2} and the gene {g:Sos2} of mice bind {g:Sos1}.")
        #expect(!apart.placements(classifier).contains { $0.section == .physical })
        let listed = MarkedSentence("{g:Grb2}, {g:Shc1} and {g:Sos2} bind {g:Sos1}.")
        #expect(listed.placements(classifier).contains { $0.section == .physical })
    }

    @Test func `what stands outside of the sentence has no influence`() {
        let marked = MarkedSentence("{g:Grb2} is small. {g:Sos1} binds {d:gliomas:C04}.")
        let placements = classifier.placements(
            passage: marked.text, range: TextRange(0, 14), focus: marked.focus, mentions: marked.mentions,
            qualities: SentenceQualities(), context: PlacementContext())
        #expect(placements.isEmpty)
    }

    @Test func `circumstances are parts of the score, in a fixed order`() throws {
        let marked = MarkedSentence("{g:Lep} prevents {d:obesity:C18.654} and {d:diabetes:C18.452}.")
        let qualities = SentenceQualities(
            kind: .aim, isNegated: true, isSpeculative: true, standsAlone: false)
        let context = PlacementContext(
            passage: .abstract, sentence: 8, sentences: 9, isFirstRank: true, year: 2010)
        let placement = try #require(
            marked.placements(classifier, qualities: qualities, context: context).first {
                $0.section == .disease
            })
        #expect(
            placement.parts.map { $0.name } == [
                "rule", "proximity", "triggers", "kind", "negated", "speculative", "stands-alone", "position",
                "journal", "date", "form",
            ])
        let plain = try #require(marked.placements(classifier).first { $0.section == .disease })
        #expect(placement.score < plain.score)
        #expect(placement.score == placement.parts.reduce(0) { $0 + $1.value })
    }

    @Test func `placements come best first, one a section`() {
        let marked = MarkedSentence(
            "{g:Akt1} phosphorylates {g:Gsk3b} in {a:liver:A03} of mice with {d:diabetes:C18} given "
                + "{c:metformin:D02}, as {t:blotting:E05} of mutants showed.")
        let placements = marked.placements(classifier)
        #expect(placements.count > 5)
        #expect(Set(placements.map { $0.section }).count == placements.count)
        for (one, next) in zip(placements, placements.dropFirst()) { #expect(one.score >= next.score) }
        #expect(placements.first?.section == .enzymatic)
    }

    @Test func `the order of the mentions has no influence`() {
        let marked = MarkedSentence(
            "{g:Akt1} and {g:Pdk1} bind {g:Gsk3b} in {a:liver:A03}; {g:Akt1} inhibits {g:Tsc2} in {d:glioma:C04}."
        )
        let expected = marked.placements(classifier)
        var random = SectionsExamples.Generator(seed: 20_261_123)
        for round in 0..<50 {
            var shuffled = marked
            shuffled.mentions.shuffle(using: &random)
            #expect(shuffled.placements(classifier) == expected, "seed 20261123, round \(round)")
        }
    }

    @Test func `any text at all is classified without a fault and with exact triggers`() throws {
        var random = SectionsExamples.Generator(seed: 7)
        let pieces = [
            "Grb2", " ", "binds", "-", "β", "\u{2013}", "tumor", ",", "(", "up-regulated", "\u{A0}", "é", "😀",
            "/",
            "phosphorylation of", "Sos1", "in", ".", "cDNA", "\n", "5'", "expression",
        ]
        for round in 0..<300 {
            var marked = "{g:Myc}"
            for _ in 0..<Int.random(in: 0..<20, using: &random) {
                marked += pieces.randomElement(using: &random) ?? ""
                if Int.random(in: 0..<6, using: &random) == 0 { marked += "{g:Sos1}" }
                if Int.random(in: 0..<6, using: &random) == 0 { marked += "{d:glioma:C04}" }
            }
            let sentence = MarkedSentence(marked)
            for placement in sentence.placements(classifier) {
                for trigger in placement.triggers {
                    #expect(sentence.text.slice(trigger.range) != nil, "seed 7, round \(round): \(marked)")
                }
            }
        }
    }
}
