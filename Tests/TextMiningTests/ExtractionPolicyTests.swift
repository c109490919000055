import Corpus
import Terminology
import Testing
import TextMining

/// DESIGN.md's policies on what is evidence, each with its examples, from a whole citation to its evidence. All
/// sentences were written for these tests.
struct ExtractionPolicyTests {
    private static func analysis(
        _ abstract: String, title: String = "A study.", headings: [String] = [],
        type: (ui: String, name: String)? = nil, species: Set<TaxonID> = [.mouse, .human]
    ) throws -> CitationAnalysis {
        let dictionary = try #require(TaggingScene.dictionary)
        let extractor = EvidenceExtractor(
            dictionary: dictionary, rules: try SectionsExamples.allRules(), journals: JournalRanking(),
            species: species)
        var citation = Citation(
            pmid: PMID(1), version: 1, title: title, abstract: [AbstractSection(text: abstract)])
        citation.meshHeadings = headings.map {
            MeshHeading(descriptor: MeshTerm(ui: "D000000", name: $0, isMajorTopic: false), qualifiers: [])
        }
        if let type { citation.publicationTypes = [PublicationType(ui: type.ui, name: type.name)] }
        return extractor.analysis(of: citation)
    }

    private static func entities(
        _ abstract: String, title: String = "A study.", headings: [String] = []
    ) throws -> Set<String> {
        Set(try analysis(abstract, title: title, headings: headings).evidence.map(\.entity.curie))
    }

    private static let human = "ncbigene:7124"
    private static let mouse = "ncbigene:21926"

    // MARK: - Species

    @Test(
        arguments: [
            // The sentence says whose gene it is.
            ("TNF was raised in tumors of patients.", "A study.", [human]),
            ("TNF was raised in tumors of mice.", "A study.", [mouse]),
            // The title is about mice; a sentence that names no species is about them, too.
            ("Tnf drives apoptosis in tumors.", "Tnf in mice", [mouse]),
            // Both are named: each sentence for itself.
            ("TNF kills tumors of patients. Tnf kills tumors of mice.", "A study.", [human, mouse]),
        ] as [(String, String, [String])])
    func `a page takes evidence of its own species`(
        abstract: String, title: String, genes: [String]
    ) throws {
        let found = try Self.entities(abstract, title: title).filter { $0.hasPrefix("ncbigene") }
        #expect(found == Set(genes))
    }

    @Test func `rats are no mice and no humans`() throws {
        let found = try Self.entities("Tnf drives apoptosis in tumors of rats.", title: "Tnf in rats")
        #expect(!found.contains(Self.human))
        #expect(!found.contains(Self.mouse))
    }

    // MARK: - Roles

    @Test(arguments: [
        "Ki67 staining was strong in tumors.", "Tumors were treated with anti-CD4.",
        "GAPDH served as loading control in tumors.",
    ])
    func `names that are not the subject make no evidence but of technique`(sentence: String) throws {
        let sections = try Self.analysis(sentence, title: "Patients").evidence
            .filter { $0.entity.curie.hasPrefix("ncbigene") }.flatMap(\.placements).map(\.section)
        #expect(sections.allSatisfy { $0 == .analytical }, "\(sections)")
    }

    @Test(arguments: [
        "TNF inhibitors relieve tumors of patients.", "TNF antagonists relieve tumors of patients.",
    ])
    func `a class of drugs is no evidence on the gene`(sentence: String) throws {
        #expect(try !Self.entities(sentence).contains(Self.human))
    }

    @Test func `a gene that is named again as subject is evidence`() throws {
        let found = try Self.entities(
            "TNF inhibitors lower TNF and shrink tumors of patients.")
        #expect(found.contains(Self.human))
    }

    // MARK: - What is no statement

    @Test(arguments: [
        "Copyright 2001 TNF Tumor Society of Patients.",
        "All rights reserved by the TNF tumor society of patients.",
        "Trial registration: TNF in tumors of patients, NCT00000000.",
        "ABBREVIATIONS: TNF = tumor necrosis factor A = a B = b C = c tumors of patients.",
        "h/l), but the TNF of the tumors of patients was lower.",
        "STRUCTURED DIGITAL ABSTRACT: TNF and ALB colocalize in tumors of patients.",
    ])
    func `lines that state nothing give no evidence`(sentence: String) throws {
        #expect(try Self.analysis(sentence).evidence == [])
    }

    @Test(arguments: [
        ("RESULTS: TNF kills tumors of patients.", "TNF kills tumors of patients."),
        ("Conclusions: TNF kills tumors of patients.", "TNF kills tumors of patients."),
        ("METHODS AND RESULTS: TNF kills tumors of patients.", "TNF kills tumors of patients."),
        ("TNF: it kills tumors of patients.", "TNF: it kills tumors of patients."),
    ])
    func `a label is no part of the sentence`(abstract: String, text: String) throws {
        let evidence = try Self.analysis(abstract).evidence.filter { $0.entity.curie == Self.human }
        if abstract != text { #expect(!evidence.isEmpty) }
        for piece in evidence {
            #expect(piece.text == text)
            #expect(abstract.slice(piece.range) == text)
        }
    }

    @Test(arguments: [
        ("D016441", "Retracted Publication"), ("D016440", "Retraction of Publication"),
        ("D016425", "Published Erratum"), ("D016420", "Comment"),
    ])
    func `retracted papers and notices give no evidence`(ui: String, name: String) throws {
        #expect(try Self.analysis("TNF kills tumors of patients.", type: (ui, name)).evidence == [])
        #expect(try Self.analysis("TNF kills tumors of patients.").evidence != [])
    }

    // MARK: - What a sentence is worth

    private static func parts(_ abstract: String, title: String = "A study.") throws -> Set<String> {
        let evidence = try analysis(abstract, title: title).evidence.filter {
            $0.entity.curie == human && $0.passageKind == .abstract
        }
        return Set(try #require(evidence.last).placements[0].parts.map(\.name))
    }

    @Test func `the parts of a score say what a sentence is worth`() throws {
        let plain = "TNF kills the tumors of the patients within two days."
        let without = try Self.parts(plain)
        for name in ["topic", "focus", "abbreviations", "opening", "outlook"] {
            #expect(!without.contains(name), "\(name)")
        }
        #expect(try Self.parts(plain, title: "TNF in patients").contains(ScorePartName.topic))
        #expect(
            try Self.parts("TNF kills the tumors of the patients where TNF was given.").contains(
                ScorePartName.focus))
        #expect(
            try Self.parts("We grew Quiet Little Cells (QLC). TNF kills the tumors of the patients with QLC.")
                .contains(ScorePartName.abbreviations))
        #expect(
            try !Self.parts("TNF kills the tumors of the patients with Quiet Little Cells (QLC).")
                .contains(ScorePartName.abbreviations))
        #expect(
            try Self.parts("Moreover, TNF kills the tumors of the patients.").contains(ScorePartName.opening))
        #expect(
            try Self.parts("The role of TNF in the tumors of the patients remains to be determined.")
                .contains(ScorePartName.outlook))
    }

    // MARK: - Chemicals and diseases

    @Test func `chemicals and diseases have evidence of their own, from the same sentence`() throws {
        let analysis = try Self.analysis("Glucose lowers TNF and shrinks the tumors of the patients.")
        let sections = Dictionary(grouping: analysis.evidence, by: \.entity.curie).mapValues {
            Set($0.flatMap(\.placements).map(\.section))
        }
        let chemical = try #require(sections["mesh:D005947"])
        #expect(chemical.contains(.gene))
        #expect(chemical.isDisjoint(with: [.physical, .enzymatic, .regulatory, .other]))
        #expect(sections[Self.human]?.contains(.gene) == false)
    }
}
