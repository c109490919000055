import Corpus
import Foundation
import Testing
import TextMining

/// Errors that users of other systems reported, each in sentences written for these tests.
struct TaggingReportedErrorsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let surface: String
        let text: String
        var title = ""
        var kinds: Set<EntityKind> = [.gene]
        /// What the name must lead to; empty: to nothing of the kinds.
        var expected: [String] = []
        /// The word of the report that the case is about, where it is not the name.
        var reported: String?
        var testDescription: String { "\(surface): \(text)" }
    }

    static let aliases = [
        Case(
            surface: "CSR",
            text: "Chronic sleep restriction (CSR) impairs memory. CSR was induced for a week."),
        Case(
            surface: "CSR", text: "Patients were scored by the Clinical Severity Rating (CSR). The CSR fell."),
        Case(surface: "CSR", text: "Class-switch recombination (CSR) needs a deaminase, and CSR was lost."),
        Case(surface: "CSR", text: "In B cells CSR was reduced."),
        Case(
            surface: "CSR",
            text: "Heart failure with Cheyne-Stokes respiration (CSR) is common; CSR was treated."),
        Case(surface: "IgM", text: "Serum IgM and IgG were raised in lupus."),
        Case(surface: "ANA", text: "All patients with lupus were positive for ANA."),
        Case(surface: "ANA", text: "Antinuclear antibodies (ANA) were found; the titre of ANA was high."),
        Case(surface: "RNP", text: "Antibodies against RNP and Sm are typical of lupus."),
        Case(surface: "Hb", text: "The patients had anemia with a mean Hb of 8 g/dl."),
        Case(
            surface: "LSD", text: "Psychosis after LSD was reported.", kinds: [.gene, .chemical],
            expected: ["mesh:D008238"]
        ),
        Case(
            surface: "LSD", text: "Lysergic acid diethylamide (LSD) was given. LSD impaired memory.",
            kinds: [.gene, .chemical], expected: ["mesh:D008238"]),
        Case(
            surface: "TS", text: "Thymidylate synthetase (TS) was cloned, and TS was expressed.",
            expected: ["ncbigene:7298"]),
        Case(surface: "TS", text: "Tissue softening (TS) was seen, and TS was severe."),
        Case(
            surface: "SCARA3", text: "The receptor SCARA3 was lost.", expected: ["ncbigene:51435"]),
        Case(surface: "CD40L", text: "T cells express CD40L.", expected: ["ncbigene:959"]),
    ]

    static let diseases = [
        Case(
            surface: "AGS", text: "CDH1 was silenced in AGS gastric cancer cells.", kinds: [.disease, .gene]),
        Case(surface: "SMA", text: "Fibrosis was shown by α-SMA in stellate cells.", kinds: [.disease]),
        Case(surface: "SMA", text: "Myofibroblasts expressed alpha-SMA.", kinds: [.disease]),
        Case(
            surface: "SMA", text: "Smooth muscle actin (SMA) rose. The level of SMA was high.",
            kinds: [.disease]),
        Case(
            surface: "SMA", text: "Spinal muscular atrophy (SMA) is inherited. SMA was treated.",
            kinds: [.disease],
            expected: ["mesh:D009134"]),
        Case(
            surface: "ED", text: "Early death (ED) remains frequent. ED was due to bleeding.",
            kinds: [.disease, .gene]),
        Case(surface: "ED", text: "Visits to the ED were counted.", kinds: [.disease, .gene]),
        Case(
            surface: "EDS", text: "Ehlers-Danlos syndrome (EDS) was found. EDS was mild.", kinds: [.disease],
            expected: ["mesh:D004535"]),
        Case(
            surface: "ATC", text: "Anaplastic thyroid cancer (ATC) is lethal. In ATC the gene was lost.",
            kinds: [.disease, .gene], expected: ["mesh:D065646"]),
    ]

    static let commonWords = [
        Case(surface: "por", text: "El receptor fue activado por insulina."),
        Case(surface: "mice", text: "The mice were fed glucose."),
        Case(surface: "Mice", text: "Mice were fed glucose."),
        Case(surface: "MICE", text: "STUDIES IN MICE AND RATS."),
        Case(surface: "obese", text: "In obese mice glucose was high."),
        Case(surface: "POR", text: "Human POR reduces cytochromes.", expected: ["ncbigene:5447"]),
    ]

    static let species = [
        Case(
            surface: "Igf1r", text: "Igf1r was silenced in DU-145 carcinoma cells.",
            title: "A receptor in tumors",
            expected: ["ncbigene:3480"], reported: "DU-145"),
        Case(surface: "Usp8", text: "The protease Usp8 was cloned from mice.", expected: ["ncbigene:84092"]),
        Case(surface: "Usp8", text: "Usp8 was mutated in human tumors.", expected: ["ncbigene:9101"]),
        Case(surface: "Rab32", text: "In patients Rab32 was lost.", expected: ["ncbigene:10981"]),
        Case(surface: "Rab32", text: "Rab32 was knocked out in mice.", expected: ["ncbigene:67844"]),
        Case(
            surface: "TYMS", text: "The enzyme TYMS was inhibited in patients.", expected: ["ncbigene:7298"]),
    ]

    @Test(arguments: aliases + diseases + commonWords + species)
    func `a reported error is not made`(example: Case) throws {
        let found = try TaggingScene.entities(of: example.surface, in: example.text, kinds: example.kinds)
        #expect(found == example.expected)
    }

    /// Reports that a test below has, not a case.
    private static let elsewhere: [String: String] = [
        "yeast RNA Pol III paper, PMID 10473618": "a paper on yeast names no human genes"
    ]

    @Test(.enabled(if: TaggingReports.file != nil, "the shared list of reports is not beside the checkout"))
    func `every report on names has a case`() throws {
        let reports = try TaggingReports.all()
        #expect(reports.count >= 16)
        let covered = Set(
            (Self.aliases + Self.diseases + Self.commonWords + Self.species).map { $0.reported ?? $0.surface }
        )
        for report in reports where Self.elsewhere[report.surface] == nil {
            #expect(!covered.isDisjoint(with: report.words), "no case for \(report.surface)")
        }
    }

    @Test func `a short form that a text defines with a Greek letter is not read as a disease without it`()
        throws
    {
        let found = try TaggingScene.entities(
            of: "SMA", in: "Alpha smooth muscle actin (alpha-SMA) rose. The level of SMA was high.",
            kinds: [.disease])
        withKnownIssue("Definitions hold for the short form as it was defined, Greek letter included.") {
            #expect(found.isEmpty)
        }
    }

    @Test func `mice are the species`() throws {
        let found = try TaggingScene.entities(of: "mice", in: "The mice were fed glucose.", kinds: [.species])
        #expect(found == ["ncbitaxon:10090"])
    }

    @Test func `AGS cells are the cell line`() throws {
        let found = try TaggingScene.entities(
            of: "AGS", in: "CDH1 was silenced in AGS cells.", kinds: [.cellLine])
        #expect(found == ["cellosaurus:CVCL_0139"])
    }

    @Test(arguments: ["TBP", "RPC155"])
    func `a paper on yeast names no human genes`(surface: String) throws {
        let found = try TaggingScene.entities(
            of: surface,
            in: "In yeast, RNA polymerase III needs \(surface) and TFIIIC. \(surface) bound the promoter.",
            title: "Transcription by Saccharomyces cerevisiae RNA polymerase III",
            headings: ["Saccharomyces cerevisiae"], kinds: [.gene])
        #expect(found.isEmpty)
    }

    @Test func `human genes are named in a paper on yeast that names humans too`() throws {
        let found = try TaggingScene.entities(
            of: "TBP", in: "Human TBP was expressed in yeast.", title: "Yeast as a host", kinds: [.gene])
        #expect(found == ["ncbigene:6908"])
    }
}

/// The errors that users of other systems reported, as the shared list has them.
private enum TaggingReports {
    struct Report: Decodable {
        let kind: String
        let surface: String

        /// The words of its surface.
        var words: Set<String> {
            Set(surface.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init))
        }
    }

    /// The kinds of reports that are about names.
    private static let kinds: Set<String> = [
        "gene_alias", "disease_alias", "gene_confusion", "gene_common_word", "species",
    ]

    /// The list: in `BIOSCRIBE_SHARED`, or in `../shared` beside the checkout; nil when absent.
    static let file: URL? = {
        let shared =
            ProcessInfo.processInfo.environment["BIOSCRIBE_SHARED"].map { URL(filePath: $0) }
            ?? URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared")
        let file = shared.appending(path: "gold/regressions.jsonl")
        return FileManager.default.fileExists(atPath: file.path()) ? file : nil
    }()

    static func all() throws -> [Report] {
        let data = try Data(contentsOf: #require(file))
        return try data.split(separator: UInt8(ascii: "\n"))
            .map { try JSONDecoder().decode(Report.self, from: Data($0)) }
            .filter { kinds.contains($0.kind) }
    }
}
