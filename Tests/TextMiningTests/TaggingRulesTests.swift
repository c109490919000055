import Corpus
import Testing
import TextMining

/// Species, orthologs, families, roles and cell lines, in sentences written for these tests.
struct TaggingRulesTests {
    // MARK: - Species

    @Test(arguments: [
        ("Human Igf1r binds.", "ncbigene:3480"),
        ("The mouse IGF1R binds.", "ncbigene:16001"),
        ("In rats, Igf1r was low.", "ncbigene:25718"),
        ("Igf1r was low in rats.", "ncbigene:25718"),
        ("In mice Igf1r was lower than in rats.", "ncbigene:16001"),
        ("Igf1r was low.", "ncbigene:3480"),
        ("The murine IGF-1R binds in patients.", "ncbigene:16001"),
    ])
    func `the nearest species decides: before the name, to its left, to its right, else human`(
        text: String, expected: String
    ) throws {
        let surface = text.contains("IGF-1R") ? "IGF-1R" : text.contains("IGF1R") ? "IGF1R" : "Igf1r"
        #expect(try TaggingScene.entities(of: surface, in: text, kinds: [.gene]) == [expected])
    }

    @Test func `a sentence without a species takes that of the document`() throws {
        let text = "Igf1r was low."
        func found(title: String, headings: [String] = []) throws -> [String] {
            try TaggingScene.entities(of: "Igf1r", in: text, title: title, headings: headings, kinds: [.gene])
        }
        #expect(try found(title: "A receptor in mice") == ["ncbigene:16001"])
        #expect(try found(title: "A receptor in the rat") == ["ncbigene:25718"])
        #expect(try found(title: "A receptor", headings: ["Mice"]) == ["ncbigene:16001"])
        #expect(try found(title: "A receptor", headings: ["Humans"]) == ["ncbigene:3480"])
    }

    @Test(arguments: [
        ("Igf1r was silenced in HEK293 cells.", "ncbigene:3480"),
        ("Igf1r was silenced in 3T3-L1 adipocytes.", "ncbigene:16001"),
        ("Igf1r was silenced in PC12 cells.", "ncbigene:25718"),
        ("Igf1r was silenced in DU-145 cells.", "ncbigene:3480"),
    ])
    func `a cell line is a cue of species`(text: String, expected: String) throws {
        #expect(try TaggingScene.entities(of: "Igf1r", in: text, kinds: [.gene]) == [expected])
    }

    @Test(arguments: ["CHO cells", "COS-7 cells"])
    func `a host line is none`(line: String) throws {
        let text = "Igf1r was expressed in \(line)."
        #expect(
            try TaggingScene.entities(of: "Igf1r", in: text, title: "Mice", kinds: [.gene]) == [
                "ncbigene:16001"
            ])
        #expect(
            try TaggingScene.entities(of: "Igf1r", in: text, title: "A rat", kinds: [.gene]) == [
                "ncbigene:25718"
            ])
    }

    @Test func `a name that only the ortholog has leads to the gene of the species at hand`() throws {
        // Of the three species, only the human gene is listed as JTK13.
        let mentions = try TaggingScene.mentions("JTK13 was low.", title: "A receptor in mice")
        let gene = try #require(mentions.first { $0.kind == .gene })
        #expect(gene.entity.curie == "ncbigene:16001")
        #expect(gene.taxon == .mouse)
        #expect(
            gene.reasons.contains { $0.contains("ortholog") && $0.contains("ncbigene:3480") },
            "\(gene.reasons)")
    }

    @Test func `the gene that was asked for is found under its own names, whatever the species around`()
        throws
    {
        let mentions = try TaggingScene.mentions("In rats Igf1r was low.", focus: "ncbigene:16001")
        #expect(mentions.filter { $0.kind == .gene }.map(\.entity.curie) == ["ncbigene:16001"])
    }

    @Test func `only genes of the wanted species are given`() throws {
        let text = "Human TNF and mouse Igf1r were measured."
        let mice = try TaggingScene.mentions(text, species: [.mouse]).filter { $0.kind == .gene }
        #expect(mice.map(\.entity.curie) == ["ncbigene:16001"])
    }

    // MARK: - Families

    @Test(arguments: [
        "PI3K", "AMPK", "NF-kappaB", "NF-κB", "NFκB", "NF-kB", "PKC", "ERK1/2", "ERK", "αvβ3",
        "integrin αvβ3",
        "BCR-ABL", "BCR/ABL", "EML4-ALK",
    ])
    func `a family, complex or fusion is never mapped to a member`(name: String) throws {
        for text in [
            "\(name) was activated.", "In mice, \(name) was activated by TNF.", "Activation of \(name).",
        ] {
            let mentions = try TaggingScene.mentions(text).filter { text.slice($0.range) != "TNF" }
            #expect(mentions.filter { $0.kind == .gene }.map(\.entity.curie) == [], "\(text)")
            #expect(
                mentions.contains { $0.kind == .geneFamily && text.slice($0.range) == name },
                "\(text): \(mentions)")
        }
    }

    @Test(arguments: [
        ("PKC-alpha was activated.", "PKC-alpha", "ncbigene:5578"),
        ("ERK2 was activated.", "ERK2", "ncbigene:5594"),
        ("PIK3CA was mutated.", "PIK3CA", "ncbigene:5290"), ("ALK was mutated.", "ALK", "ncbigene:238"),
        ("NFKB1 was mutated.", "NFKB1", "ncbigene:4790"),
    ])
    func `a member is itself`(text: String, surface: String, expected: String) throws {
        #expect(try TaggingScene.entities(of: surface, in: text) == [expected])
    }

    // MARK: - Roles

    @Test(arguments: [
        ("CD4+ T cells were counted.", "CD4", MentionRole.marker),
        ("CD4 T cells were counted.", "CD4", .marker),
        ("CD4-positive cells were counted.", "CD4", .marker),
        ("Cells were treated with anti-CD4.", "CD4", .reagent),
        ("A CD4 antibody was used.", "CD4", .reagent),
        ("Antibodies against CD4 were used.", "CD4", .reagent),
        ("GAPDH was the loading control.", "GAPDH", .control),
        ("Levels were normalized to GAPDH.", "GAPDH", .control),
        ("Alb-Cre mice were bred.", "Alb", .driver),
        ("In Tnf/Tnf mice glucose was high.", "Tnf", .strain),
        ("Igf1r-/- mice died at birth.", "Igf1r", .subject),
        ("Igf1r+/- mice lived longer.", "Igf1r", .subject),
        ("Igf1r(-/-) mice died at birth.", "Igf1r", .subject),
        ("CD4-/CD8- cells were counted.", "CD4", .marker),
        ("Proliferation was shown by Ki67 staining.", "Ki67", .reagent),
        ("The Ki-67 index was high.", "Ki-67", .reagent),
        ("CD4 binds to TNF.", "CD4", .subject),
        ("GAPDH was oxidized.", "GAPDH", .subject),
        ("Alb was deleted in mice.", "Alb", .subject),
    ])
    func `what a gene does in its sentence`(text: String, surface: String, role: MentionRole) throws {
        let mentions = try TaggingScene.mentions(text).filter {
            $0.kind == .gene && text.slice($0.range) == surface
        }
        #expect(!mentions.isEmpty)
        #expect(mentions.allSatisfy { $0.role == role }, "\(mentions.map(\.role))")
    }

    @Test func `the mice called ob/ob are not spoken of as leptin`() throws {
        let mentions = try TaggingScene.mentions("In ob/ob mice glucose was high.")
        #expect(!mentions.contains { $0.kind == .gene && $0.role == .subject })
    }

    // MARK: - Places

    @Test(arguments: 0..<200)
    func `every mention is the exact text of its range, and a name that is found`(number: Int) throws {
        let seed = UInt64(number) &* 2_654_435_761 &+ 9
        var generator = TaggingDice(state: seed)
        let names = [
            "IGF1R", "TNF-α", "TNFα", "NF-κB", "diabetes", "αvβ3", "Igf1r", "mice", "glucose", "PC12", "CD4+",
        ]
        let joints = [
            " ", " é", ", ", "🧬 ", " (", ") ", ". ", " ≥ ", "\u{A0}", "\u{2009}", "\r\n", " 中 ", "\u{301} ",
            " – ", "/", "’s ",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 1...12, using: &generator) {
            text += joints.randomElement(using: &generator) ?? ""
            text += names.randomElement(using: &generator) ?? ""
        }
        text += joints.randomElement(using: &generator) ?? ""
        let mentions = try TaggingScene.mentions(text)
        for mention in mentions {
            let slice = try #require(text.slice(mention.range), "seed \(seed): \(mention.range) in \(text)")
            #expect(!slice.isEmpty && slice.first != " " && slice.last != " ", "seed \(seed): \(slice)")
            #expect(slice.utf8.count == mention.range.count, "seed \(seed)")
        }
        #expect(
            mentions == mentions.sorted { ($0.passage, $0.range) < ($1.passage, $1.range) }, "seed \(seed)")
    }
}
