import Corpus
import Testing
import TextMining

/// How sentences are written. All of them were written for these tests.
struct SentenceStyleTests {
    @Test(arguments: [
        "This process requires Igf1r.", "These cells lack Igf1r.", "However, Igf1r was lost.",
        "In contrast, Igf1r was lost.", "It binds Irs1.", "They bind Igf1r.", "Both were lost.",
        "Furthermore, these mice lack Igf1r.", "RESULTS: These mice lack Igf1r.",
        "To this end, Igf1r was deleted.",
        "Its loss impairs growth.", "These data show that Igf1r is lost.", "Such mice lack Igf1r.",
        "Igf1r, however, was lost.", "Igf1r does not bind Irs1, on the other hand, Irs2 does.",
        "Although all seven patients were ill, IGF1R was seen.", "Among the 18 polymorphisms, one was new.",
        "The effect was lost in mice without Igf1r.", "The patients lacked IGF1R.",
        "The model predicts loss of Igf1r.",
        "All patients lacked IGF1R.", "In turn, Igf1r was lost.", "30% were found to lack Igf1r.",
        "Although, in all the patients, IGF1R was seen.",
        "Thus, it is lost.", "In both, Igf1r was lost.",
        "In spite of its loss, Igf1r was seen.",
        "Analysis of these mice showed Igf1r.", "Of the 35 patients, two lacked IGF1R.",
        "In all patients, IGF1R was lost.", "Correspondingly, Igf1r was lost.",
        "Remarkably, these mice lack Igf1r.",
    ])
    func `openings on what is not named`(sentence: String) {
        #expect(SentenceStyle.opening(of: sentence) == .unnamed)
        #expect(SentenceStyle(sentence).opening == .unnamed)
    }

    @Test(arguments: [
        "Furthermore, Igf1r was lost.", "Here, we show that Igf1r binds Irs1.",
        "In this study, Igf1r was lost.",
        "In conclusion, Igf1r drives growth.", "It has been shown that Igf1r binds Irs1.",
    ])
    func `openings that lean on the paper`(sentence: String) {
        #expect(SentenceStyle.opening(of: sentence) == .leaning)
    }

    @Test(arguments: [
        "The effect of insulin on Igf1r was lost.", "The interaction between Igf1r and Irs1 drives growth.",
        "Both Igf1r and Insr were lost.", "Neither Igf1r nor Insr was lost.",
        "All patients with sepsis lacked IGF1R.",
        "The increase in Igf1r was lost.", "The model of growth needs Igf1r.",
        "In patients with sepsis, IGF1R was lost.", "Of 35 patients with sepsis, two lacked IGF1R.",
        "In two mice, Igf1r was lost.", "Analysis of Igf1r and its promoter showed loss.",
        "Six mice lacked Igf1r.", "30% of patients with sepsis lacked IGF1R.",
        "All genes of the family were lost.",
        "Igf1r drives growth.", "Loss of this receptor was seen.", "Itch was relieved.", "Both1 is a gene.",
        "Butyrate induces Igf1r.", "In mice, Igf1r drives growth.", "Thesaurus entries name Igf1r.", "",
    ])
    func `openings that name something`(sentence: String) {
        #expect(SentenceStyle.opening(of: sentence) == .named)
    }

    @Test(arguments: [
        ("The role of Igf1r in bone remains to be determined.", true, false),
        ("Trials of the antibody are ongoing.", true, false),
        ("Does Igf1r drive growth?", true, false),
        ("Plasma renin and insulin were assayed.", false, true),
        ("Igf1r was also measured in the kidney.", false, true),
        ("Igf1r was measured and found to be increased.", false, false),
        ("Increased Igf1r was measured in the kidney.", false, true),
        ("Igf1r was increased in the kidney.", false, false),
    ])
    func `outlooks and measurements`(sentence: String, isOutlook: Bool, isMeasurement: Bool) {
        let style = SentenceStyle(sentence)
        #expect(style.isOutlook == isOutlook)
        #expect(style.isMeasurement == isMeasurement)
    }

    @Test(arguments: [
        ("Effects of insulin on the kidney of mice.", true),
        ("Insulin inhibits growth of the kidney.", false),
        ("Igf1r and Irs1 regulate growth.", false),
        ("Glucocorticoid receptors in Alzheimer's disease.", true),
    ])
    func `headings have no finite verb`(title: String, isHeading: Bool) {
        #expect(SentenceStyle(title).isHeading == isHeading)
    }

    @Test func `words and figures are counted`() {
        let style = SentenceStyle("Values were 4.1 +/- 0.3 and 2.9 in 12 mice.")
        #expect(style.figures == 4)
        #expect(style.words == 9)
    }
}
