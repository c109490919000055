import Corpus
import Testing
import TextMining

/// Abbreviations that a text defines. Every text here was written for these tests.
@Suite struct `Abbreviation definitions` {
    @Test(arguments: [
        ("The insulin-like growth factor 1 (IGF-1) binds.", ["IGF-1 = insulin-like growth factor 1"]),
        ("Loss of tumour necrosis factor alpha (TNF-α) matters.", ["TNF-α = tumour necrosis factor alpha"]),
        ("Serum C-reactive protein (CRP; 3 mg/l) rose.", ["CRP = C-reactive protein"]),
        (
            "We used IGF1R (insulin-like growth factor 1 receptor) mice.",
            ["IGF1R = insulin-like growth factor 1 receptor"]
        ),
        ("It is blocked by one drug (sodium valproate, SVP).", ["SVP = sodium valproate"]),
        ("The odds ratio was low (95% confidence interval [CI], 1 to 2).", ["CI = confidence interval"]),
        (
            "Both magnetic resonance imaging (MRI) and computed tomography (CT) were used.",
            ["MRI = magnetic resonance imaging", "CT = computed tomography"]
        ),
        // From a report on another system: the long form must not run over the sentence boundary.
        ("Wnt signals need Pygopus genes. Pygopus2 ( Pygo2 ) is one.", ["Pygo2 = Pygopus2"]),
        ("They expressed Pygopus2 ( Pygo2 ) weakly.", ["Pygo2 = Pygopus2"]),
        (
            "All single nucleotide polymorphisms (SNPs) were typed.",
            ["SNPs = single nucleotide polymorphisms"]
        ),
        ("The enzyme 1,2-diacylglycerol (DAG) kinase acts.", ["DAG = 1,2-diacylglycerol"]),
        ("In situ hybridization (ISH) was done.", ["ISH = In situ hybridization"]),
        ("Levels of non-high-density lipoprotein (HDL) fell.", ["HDL = high-density lipoprotein"]),
        (
            "Acquired immunodeficiency syndrome (AIDS), interleukin-6 (IL-6), interleukin-10 (IL-10) were named.",
            ["AIDS = Acquired immunodeficiency syndrome", "IL-6 = interleukin-6", "IL-10 = interleukin-10"]
        ),
    ])
    func `are found with their exact long forms`(text: String, expected: [String]) {
        let found = AbbreviationFinder.definitions(in: text).compactMap { definition -> String? in
            guard let short = text.slice(definition.short), let long = text.slice(definition.long) else {
                return nil
            }
            return "\(short) = \(long)"
        }
        #expect(found == expected)
    }

    @Test(arguments: [
        "Cells were treated (see Methods) and counted (n = 12).",
        "The level rose (P < 0.05) in all mice (Fig. 2).",
        "We saw (i) loss and (ii) gain of signal (A).",
        "The enzyme (EC 1.15.1.1) was assayed (10 mg).",
        "Growth of lung tumours (40%) and of others (mean, 3) was slow.",
        "Brackets ((((((((((((((((((((((((((((((((((((((((((((((((((((( that never close.",
    ])
    func `are not seen in other brackets`(text: String) {
        #expect(AbbreviationFinder.definitions(in: text).isEmpty)
    }

    @Test func `count bytes, not characters`() {
        let text = "β-Catenin and transforming growth factor β (TGFβ) act."
        let definition = AbbreviationFinder.definitions(in: text).first
        #expect(definition.flatMap { text.slice($0.short) } == "TGFβ")
        #expect(definition.flatMap { text.slice($0.long) } == "transforming growth factor β")
    }
}
