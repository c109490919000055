import Corpus
import Testing
import TextMining

/// The examples of the policies on families, fusions, roles, diseases and species, in sentences written for these tests.
struct TaggingPolicyTests {
    private func found(_ text: String, title: String = "") throws -> [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        for mention in try TaggingScene.mentions(text, title: title) where mention.passage == 1 {
            found[text.slice(mention.range) ?? "", default: []].insert(mention.entity.curie)
        }
        return found
    }

    // MARK: - Families and fusions

    @Test(arguments: [
        ("PI3K", "family:PI3K"), ("AMPK", "family:AMPK"), ("NF-kappaB", "family:NF-kappaB"),
        ("NF-κB", "family:NF-kappaB"), ("PKC", "family:PKC"), ("ERK1/2", "family:ERK"),
        ("integrin αvβ3", "family:integrin-alphaV-beta3"), ("αvβ3 integrin", "family:integrin-alphaV-beta3"),
        ("integrin α5β1", "family:integrin-alpha5-beta1"), ("mTORC1", "family:mTORC1"),
        ("PRC2", "family:PRC2"),
        ("SWI/SNF", "family:SWI-SNF"), ("the 26S proteasome", "family:proteasome"),
        ("GABAA receptors", "family:GABA-A-receptor"), ("NMDAR", "family:NMDA-receptor"),
        ("the selectins", "family:selectin"), ("BCR-ABL", "fusion:BCR-ABL1"),
        ("BCR/ABL", "fusion:BCR-ABL1"), ("BCR::ABL1", "fusion:BCR-ABL1"), ("EML4-ALK", "fusion:EML4-ALK"),
        ("EML4::ALK", "fusion:EML4-ALK"), ("PML-RARα", "fusion:PML-RARA"), ("EWS/FLI-1", "fusion:EWSR1-FLI1"),
    ])
    func `families, complexes and fusions are classes of their own`(name: String, id: String) throws {
        let text = "Inhibition of \(name) was measured."
        let mentions = try TaggingScene.mentions(text)
        #expect(mentions.filter { $0.kind == .gene } == [], "\(mentions)")
        #expect(
            mentions.filter { $0.kind == .geneFamily }.map(\.entity.curie) == ["bioscribe." + id],
            "\(mentions)")
    }

    @Test(arguments: [
        ("The USP8-RAB32 fusion was cloned.", "USP8-RAB32", "USP8-RAB32"),
        ("A fusion gene, USP8/RAB32, was cloned.", "USP8/RAB32", "USP8-RAB32"),
        ("USP8::RAB32 was cloned.", "USP8::RAB32", "USP8-RAB32"),
        ("A chimeric USP8–RAB32 transcript was cloned.", "USP8–RAB32", "USP8-RAB32"),
        ("The translocation t(1;2) makes RAB32-USP8.", "RAB32-USP8", "RAB32-USP8"),
        ("A rearrangement joins USP8-RAB32 in tumors.", "USP8-RAB32", "USP8-RAB32"),
        ("The Usp8-Rab32 fusion of mice was cloned.", "Usp8-Rab32", "USP8-RAB32"),
        ("ALK-BCR was cloned as a fusion transcript.", "ALK-BCR", "ALK-BCR"),
    ])
    func `two joined names are one fusion where the text says so`(
        text: String, surface: String, id: String
    ) throws {
        let mentions = try TaggingScene.mentions(text)
        #expect(mentions.filter { $0.kind == .gene } == [], "\(mentions)")
        let fusion = try #require(mentions.first { $0.kind == .geneFamily })
        #expect(text.slice(fusion.range) == surface)
        #expect(fusion.entity.curie == "bioscribe.fusion:" + id)
        #expect(fusion.taxon == nil)
        #expect(fusion.dictionaryName == id)
    }

    @Test(arguments: [
        "The USP8-RAB32 complex was purified.", "The USP8/RAB32 heterodimer was purified.",
        "USP8/RAB32 was measured.", "USP8-RAB32 binding was measured.",
        "USP8/RAB32/TNF were seen in fusion genes.", "USP8/RAB32 rearrangements were looked for.",
        "The USP8-RAB32 pair drives membrane fusion.", "USP8/RAB32 nuclear translocation was seen.",
        "USP8 was fused to RAB32.",
    ])
    func `two names that are no fusion stay two`(text: String) throws {
        let genes = try TaggingScene.mentions(text).filter { $0.kind == .gene }.map(\.entity.curie)
        #expect(genes.starts(with: ["ncbigene:9101", "ncbigene:10981"]), "\(genes)")
    }

    @Test func `partners are themselves where they stand alone`() throws {
        let found = try found("EML4-ALK was found, and ALK was inhibited; EML4 was not.")
        #expect(found["EML4-ALK"] == ["bioscribe.fusion:EML4-ALK"])
        #expect(found["ALK"] == ["ncbigene:238"])
        #expect(found["EML4"] == ["ncbigene:27436"])
    }

    // MARK: - Roles

    @Test(arguments: [
        ("CD4+ T cells were counted.", "CD4", MentionRole.marker),
        ("CD4(+) lymphocytes were counted.", "CD4", .marker),
        ("Cells were incubated with anti-CD4.", "CD4", .reagent),
        ("GAPDH served as loading control.", "GAPDH", .control),
        ("Beta-actin was used as a loading control.", "Beta-actin", .control),
        ("Levels were normalised to ACTB.", "ACTB", .control),
        ("Ki67 staining was strong.", "Ki67", .reagent),
        ("Sections were stained for Ki67.", "Ki67", .reagent),
        ("Ki67 immunohistochemistry was done.", "Ki67", .reagent),
        ("Alb-Cre mice were bred.", "Alb", .driver),
        ("Alb-cre mice were bred.", "Alb", .driver),
        ("Alb-CreERT2 mice were bred.", "Alb", .driver),
        ("In ob/ob mice glucose was high.", "ob", .strain),
        ("Autoantibodies against ALB were found in patients.", "ALB", .subject),
        ("Alb-/- mice died.", "Alb", .subject),
    ])
    func `roles`(text: String, surface: String, role: MentionRole) throws {
        let mentions = try TaggingScene.mentions(text, title: text.contains("mice") ? "Mice" : "").filter {
            $0.passage == 1 && $0.kind == .gene && text.slice($0.range) == surface
        }
        // A short word in small letters is no name of a gene to begin with, unless a model says so.
        #expect(surface == "ob" || !mentions.isEmpty)
        #expect(mentions.allSatisfy { $0.role == role }, "\(mentions.map(\.role))")
    }

    // MARK: - Diseases

    @Test func `ALL and CML are diseases, and “all” is not`() throws {
        let found = try found("BCR-ABL was found in ALL and in CML, in all samples.")
        #expect(found["ALL"] == ["mesh:D054198"])
        #expect(found["CML"] == ["mesh:D015464"])
        #expect(found["all"] == nil)
        #expect(found["BCR-ABL"] == ["bioscribe.fusion:BCR-ABL1"])
    }

    @Test func `ALL and CML are diseases where the text defines them`() throws {
        let found = try found(
            "Acute lymphoblastic leukemia (ALL) and chronic myeloid leukemia (CML) differ. ALL was cured.")
        #expect(found["ALL"] == ["mesh:D054198"])
        #expect(found["CML"] == ["mesh:D015464"])
    }

    // MARK: - Species

    @Test(arguments: [
        ("HEK293 cells", "ncbigene:7124"), ("DU-145 cells", "ncbigene:7124"), ("HeLa cells", "ncbigene:7124"),
        ("3T3-L1 adipocytes", "ncbigene:21926"), ("NIH3T3 fibroblasts", "ncbigene:21926"),
        ("NIH-3T3 fibroblasts", "ncbigene:21926"), ("PC12 cells", "ncbigene:24835"),
    ])
    func `cell lines tell the species`(line: String, expected: String) throws {
        #expect(try found("The level of Tnf rose in \(line).")["Tnf"] == [expected])
    }

    @Test(arguments: ["CHO cells", "COS-7 cells"], [("Mice", "ncbigene:21926"), ("Rats", "ncbigene:24835")])
    func `host lines tell none`(line: String, species: (title: String, gene: String)) throws {
        #expect(
            try found("The level of Tnf rose in \(line).", title: species.title)["Tnf"] == [species.gene])
    }

    @Test(arguments: [
        ("Human IGF1R was expressed in mouse NIH3T3 cells.", "IGF1R", "ncbigene:3480"),
        ("Mouse Igf1r was expressed in HEK293 cells.", "Igf1r", "ncbigene:16001"),
        ("Rat Igf1r was expressed in CHO cells.", "Igf1r", "ncbigene:25718"),
        ("Human IGF1R was expressed in COS-7 cells.", "IGF1R", "ncbigene:3480"),
        ("Mice expressing human IGF1R were bred.", "IGF1R", "ncbigene:3480"),
    ])
    func `an expressed transgene keeps its own species`(text: String, surface: String, expected: String)
        throws
    {
        #expect(try found(text)[surface] == [expected])
    }
}
