import Corpus
import Testing
import TextMining

/// What the wording says. Every sentence here was written for these tests, but for three that users of other
/// systems reported.
@Suite struct `Sentence qualities` {
    private static let judge = SentenceJudge()

    /// The qualities of a sentence for every place where a name occurs in it.
    private static func qualities(_ text: String, about name: String) -> SentenceQualities {
        let bytes = Array(text.utf8)
        let needle = Array(name.utf8)
        var focus: [TextRange] = []
        if needle.count <= bytes.count {
            for start in 0...(bytes.count - needle.count) where bytes[start...].starts(with: needle) {
                focus.append(TextRange(start, start + needle.count))
            }
        }
        return judge.qualities(of: text, focus: focus)
    }

    @Test(arguments: [
        ("AFG 1 did not cause EMT in the tumor cells", "AFG 1", true),
        ("AFG 1 did not cause EMT in the tumor cells", "EMT", true),
        ("EGF is mitogenic for PC12 cells and does not normally stimulate differentiation", "EGF", true),
        (
            "EGF is mitogenic for PC12 cells and does not normally stimulate differentiation",
            "differentiation", true
        ),
        (
            "No asphyxia was observed in him, but he showed salivation and feeding difficulty after birth",
            "feeding difficulty", false
        ),
        (
            "No asphyxia was observed in him, but he showed salivation and feeding difficulty after birth",
            "asphyxia", true
        ),
        ("Deletion of Irs1 had no effect on glucose uptake.", "Irs1", true),
        ("Irs1 not only binds IGF1R but also activates it.", "IGF1R", false),
        ("No doubt Irs1 binds IGF1R in adipocytes.", "Irs1", false),
        ("Neither Irs1 nor Irs2 bound the receptor.", "Irs2", true),
        ("Gab1, but neither Irs1 nor Irs2, bound the receptor.", "Gab1", false),
        ("Gab1, but neither Irs1 nor Irs2, bound the receptor.", "Irs1", true),
        ("Insulin induced Irs1 but not Irs2.", "Irs1", false),
        ("Insulin induced Irs1 but not Irs2.", "Irs2", true),
        ("Irs1 lowers glucose without affecting Pten.", "Irs1", false),
        ("Irs1 lowers glucose without affecting Pten.", "Pten", true),
        ("Akt1 failed to phosphorylate Foxo1.", "Foxo1", true),
        ("Growth was independent of Akt1.", "Akt1", true),
        ("In the absence of IL-2, Akt1 is cleaved.", "Akt1", false),
        ("Akt1 induced Bcl2 whereas Bax was not changed.", "Akt1", false),
        ("The function of Bax has not been examined.", "Bax", false),
        ("Levels of inactive Gsk3b rose in the cortex.", "Gsk3b", false),
        ("Cd4 kills by a mechanism independent of Fas.", "Cd4", false),
        ("Cd4 kills by a mechanism independent of Fas.", "Fas", true),
        ("A role of Bax cannot be excluded.", "Bax", false),
    ])
    func `are negated where the entity is in a cue's scope`(text: String, name: String, isNegated: Bool) {
        #expect(Self.qualities(text, about: name).isNegated == isNegated)
    }

    @Test(arguments: [
        ("Akt1 may regulate Foxo1.", true),
        ("These results suggest that Akt1 regulates Foxo1.", true),
        ("Akt1 is likely to act upstream.", true),
        ("We hypothesized that Akt1 acts upstream.", true),
        ("It is possible that Akt1 acts upstream.", true),
        ("Akt1 phosphorylates Foxo1.", false),
        ("Samples of May 2004 held Akt1.", false),
        ("Akt1 could be detected in liver.", false),
        ("We investigated whether Akt1 might bind Foxo1.", false),
        ("The data indicate that Akt1 binds Foxo1.", false),
    ])
    func `are speculative where a hedge stands`(text: String, isSpeculative: Bool) {
        #expect(Self.qualities(text, about: "Akt1").isSpeculative == isSpeculative)
    }

    @Test(arguments: [
        ("Akt1 phosphorylates Foxo1 in liver.", true),
        ("Furthermore, Igf1r-null keratinocytes exhibit a higher rate of differentiation.", true),
        ("Furthermore, these cells lack Igf1r.", false),
        ("This process requires Igf1r.", false),
        ("These results suggest that Igf1r is required.", true),
        ("This study examined Igf1r in mice.", true),
        ("It binds Igf1r with high affinity.", false),
        ("It has been shown that Igf1r binds Irs1.", true),
        ("They express Igf1r in the liver.", false),
        ("The latter binds Igf1r.", false),
        ("Both were bound by Igf1r.", false),
        ("Both Irs1 and Irs2 were bound by Igf1r.", true),
        ("Similarly, Igf1r was lost in the kidney.", false),
        ("In contrast, Igf1r was lost in the kidney.", true),
        ("The phenotype was rescued by Igf1r.", false),
        ("The gene for Igf1r was cloned.", true),
        ("To test this hypothesis, we deleted Igf1r.", false),
        ("Igf1r is lost in tumours, suggesting that this receptor is a target.", true),
        ("RESULTS: They express Igf1r in the liver.", false),
        ("However, if Igf1r is deleted, it is replaced by Insr.", true),
        ("This double-blind, randomised study compared Igf1r levels.", true),
        ("Expression of Igf1r was also reduced.", false),
    ])
    func `stand alone unless they open on what they do not name`(text: String, standsAlone: Bool) {
        #expect(Self.qualities(text, about: "Igf1r").standsAlone == standsAlone)
    }

    @Test(arguments: [
        ("We found that deletion of Akt1 reduced tumour growth in mice.", SentenceKind.finding),
        ("The aim of this study was to determine the role of Akt1 in growth.", .aim),
        ("We sought to identify substrates of Akt1.", .aim),
        ("Akt1 levels were measured by immunoblotting in liver lysates.", .method),
        ("To examine its role, we expressed Akt1 in fibroblasts.", .method),
        ("The role of Akt1 in the kidney remains unknown.", .background),
        ("Previous studies have shown that Akt1 binds Foxo1.", .background),
        ("Role of Akt1 in hepatic insulin resistance: a novel mechanism", .title),
    ])
    func `have the kind that their wording shows`(text: String, kind: SentenceKind) {
        #expect(Self.judge.qualities(of: text).kind == kind)
    }

    @Test func `have the kind of their passage, section and place`() {
        let text = "Akt1 is a kinase."
        #expect(Self.judge.qualities(of: text, passage: .title).kind == .title)
        #expect(
            Self.judge.qualities(of: text, passage: .abstract, category: "BACKGROUND").kind == .background)
        #expect(Self.judge.qualities(of: text, passage: .abstract, category: "RESULTS").kind == .finding)
        #expect(Self.judge.qualities(of: text, passage: .abstract, label: "CONCLUSION").kind == .finding)
        #expect(
            Self.judge.qualities(of: text, passage: .abstract, position: .init(index: 0, count: 9)).kind
                == .background)
        let last = "Akt1 regulates growth of tumours in the liver."
        #expect(
            Self.judge.qualities(of: last, passage: .abstract, position: .init(index: 8, count: 9)).kind
                == .finding)
    }

    @Test(arguments: ["", " ", ".", ":", "RESULTS:", "no", "The", "This", "(", "α", "\u{0}"])
    func `are given for scraps too`(text: String) {
        // Nothing to assert but that it ends, and says the same again.
        #expect(Self.judge.qualities(of: text) == Self.judge.qualities(of: text))
    }

    @Test func `are given for a megabyte of cues`() {
        let text = String(repeating: "this may not be, which neither ", count: 40_000)
        let qualities = Self.judge.qualities(of: text)
        #expect(qualities.isNegated && qualities.isSpeculative && !qualities.standsAlone)
    }
}
