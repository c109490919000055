import Foundation
import Pipeline
import Store
import Testing

/// Files and nights that are not what they seem do not reach the readers.
struct ThresholdTests {
    private let mirror: SampleMirror

    init() throws { mirror = try SampleMirror([]) }

    private static let genes = [
        "Il6", "Tnf", "Vegfa", "Insr", "Irs1", "Irs2", "Igf1", "Igf1r", "Mtor", "Pten", "Trp53", "Stat3",
        "Il10", "Il1b", "Ccl2", "Lep", "Lepr", "Adipoq", "Pparg", "Ppara", "Bdnf", "Ngf", "Egfr", "Kras",
        "Braf",
        "Brca1", "Brca2", "Apoe", "Ldlr", "Sirt1", "Foxo1", "Foxo3", "Notch1", "Jag1", "Wnt1", "Ctnnb1",
        "Gsk3b", "Hif1a", "Nfe2l2", "Cdkn1a", "Cdkn2a", "Casp3", "Casp8", "Tlr4", "Tlr2", "Myd88", "Cxcr4",
        "Cxcl12",
    ]
    private static let diseases = [
        "obesity", "asthma", "arthritis", "colitis", "hepatitis", "atherosclerosis", "diabetes mellitus",
        "osteoporosis", "sepsis", "pneumonia", "glaucoma", "melanoma", "leukemia", "anemia", "hypertension",
        "schizophrenia", "epilepsy", "psoriasis",
    ]
    private static let organs = ["liver", "kidney", "lung", "heart", "brain", "spleen", "colon", "skin"]
    private static let chemicals = [
        "glucose", "aspirin", "ethanol", "dopamine", "cholesterol", "calcium", "zinc", "metformin",
        "rapamycin",
        "nitric oxide", "lithium", "morphine",
    ]

    /// A paper on mice.
    private static func paper(_ pmid: Int, _ title: String, _ text: String) -> String {
        """
        <PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">\(pmid)</PMID><Article>\
        <Journal><JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue></Journal>\
        <ArticleTitle>\(title)</ArticleTitle><Abstract><AbstractText>\(text)</AbstractText></Abstract></Article>\
        <MeshHeadingList><MeshHeading><DescriptorName UI="D051379">Mice</DescriptorName></MeshHeading>\
        </MeshHeadingList></MedlineCitation></PubmedArticle>\n
        """
    }

    /// Papers of one sentence on a gene, so unlike each other that many may stand in one article.
    private static func variedPapers(_ gene: String, count: Int, from first: Int) -> [String] {
        (0..<count).map { index in
            let organ = organs[index * 7 % organs.count]
            let disease = diseases[index * 5 % diseases.count]
            let chemical = chemicals[(index * 5 + index / 10) % chemicals.count]
            let other = genes[index * 11 % genes.count]
            let text =
                switch index % 10 {
                case 0: "Loss of \(gene) protected the \(organ) of mice against \(disease)."
                case 1: "\(gene) activates \(other) in the \(organ)."
                case 2: "\(chemical) raised the expression of \(gene) in \(organ) tissue."
                case 3: "Patients aside, mice without \(gene) developed \(disease) early."
                case 4: "\(gene) binds \(other) and thereby inhibits apoptosis."
                case 5: "Phosphorylation of \(gene) by \(other) was lowered by \(chemical)."
                case 6: "Overexpression of \(gene) worsened \(disease) after exposure to \(chemical)."
                case 7: "\(gene) controls angiogenesis and proliferation in the \(organ)."
                case 8: "Antagonists of \(gene) cured \(disease) within weeks."
                default: "\(chemical) repressed \(gene) through \(other)."
                }
            return paper(first + index, "A study of mice, number \(index).", text)
        }
    }

    /// Papers, each with a title and three sentences on a gene, no two alike.
    private static func papers(_ genes: [String], each: Int, from first: Int) -> [String] {
        var pmid = first
        return genes.flatMap { gene in
            (0..<each).map { index in
                pmid += 1
                let disease = diseases[(index + gene.utf8.count) % 6]
                let organ = organs[(index * 3 + gene.utf8.count) % organs.count]
                let text =
                    "Deletion of \(gene) protected mice against \(disease) of stage \(index). "
                    + "Expression of \(gene) rose in the \(organ) of mice after \(index + 2) weeks of fasting. "
                    + "Overexpression of \(gene) lowered glucose in the blood of mice by \(index + 10) percent."
                return paper(pmid, "\(gene) in mice, study \(pmid).", text)
            }
        }
    }

    private func add(_ name: String, _ papers: [String]) throws {
        try mirror.folder.file(
            "mirror/\(name)",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PubmedArticleSet>\n\(papers.joined())</PubmedArticleSet>\n"
        )
    }

    private func thresholds(_ text: String?) throws -> [String] {
        try mirror.night("a", ["thresholds": text])
    }

    /// Enters runs into the ledger that put in some bullets and pages.
    private func enterRuns(_ counts: [Int]) throws {
        let store = try Store(path: mirror.database("a"), access: .existing)
        defer { try? store.close() }
        let origin = try #require(try store.runs(limit: 1).first?.origin)
        for count in counts {
            let run = try store.beginRun(origin)
            try store.endRun(
                run, .done, counts: ["files": 1, "statementsInserted": count, "articlesCreated": count / 5])
        }
    }

    private func standing() throws -> (articles: [Int], evidence: Int, waiting: Int) {
        let store = try Store(path: mirror.database("a"), access: .readOnly)
        defer { try? store.close() }
        let status = try store.status()
        return (try store.articles().map(\.head), status.evidence, status.pending)
    }

    // MARK: - Records set aside

    @Test func `a file of which too much is set aside is kept out, and what it brought before stays`() throws
    {
        let good = Self.papers(["Il6", "Tnf"], each: 20, from: 1000)
        try add("a26n0001.xml", Self.papers(["Igf1r"], each: 3, from: 10))
        try add("a26n0002.xml", good)
        #expect(try bioscribe(thresholds(nil)).code == 0)
        let before = try export(mirror.database("a"))

        let bad = good.enumerated().map {
            $0.offset % 2 == 0 ? $0.element : $0.element.replacing("<PMID", with: "<PM")
        }
        try add("a26n0002.xml", bad)
        let outcome = try bioscribe(thresholds(nil) + ["--json"])
        #expect(outcome.code == 3)
        #expect(
            outcome.error.contains(
                "a26n0002.xml: 20 of 40 records were set aside, more than thresholds: set-aside: 0.05 allows"),
            "\(outcome.error)")
        #expect(outcome.output.contains("\"keptOut\": 1") && outcome.output.contains("\"read\": 0"))
        #expect(try export(mirror.database("a")) == before)

        // Switched off, the good half is taken.
        #expect(try bioscribe(thresholds("{set-aside: off, withdrawals: off}")).code == 3)
        #expect(try export(mirror.database("a")) != before)
        // And a file with few records loses what it must.
        try add("a26n0003.xml", Array(bad.prefix(38)))
        let small = try bioscribe(thresholds(nil) + ["--json"])
        #expect(small.code == 3 && small.output.contains("\"keptOut\": 0"), "\(small.output)")
    }

    // MARK: - Floods

    @Test
    func `a night that would put in far more than usual publishes nothing, and is published when told to`()
        throws
    {
        try add("a26n0001.xml", Self.papers(["Igf1r"], each: 3, from: 10))
        let arguments = try thresholds(nil)
        #expect(try bioscribe(arguments).code == 0)
        try enterRuns([12, 9, 30, 11])
        let (heads, _, _) = try standing()
        try add("a26n0002.xml", Self.papers(Self.genes, each: 6, from: 1000))
        let summary = mirror.folder("summary.json")
        let outcome = try bioscribe(arguments + ["--summary", summary])
        #expect(outcome.code == 1 && outcome.output == "", "\(outcome.output)\(outcome.error)")
        #expect(
            outcome.error.firstMatch(
                of: /([0-9]+) bullets would be new, more than 10.0 times the median of the last 5 runs/)
                != nil, "\(outcome.error)")
        #expect(outcome.error.contains("were placed by the rule "))
        #expect(outcome.error.contains("bioscribe seed --species NAME --pipeline \(arguments[1]) --dry-run"))
        #expect(outcome.error.contains("bioscribe run \(arguments[1]) --allow-flood"))
        let after = try standing()
        #expect(after.articles == heads, "no revision was written")
        #expect(after.waiting > 40 && after.evidence > 200)
        #expect(try lastRun(mirror.database("a"))?.status == .failed)
        // The same the next night, though no file is new.
        #expect(try bioscribe(arguments).code == 1)
        #expect(try standing().articles == heads)

        let told = try bioscribe(arguments + ["--allow-flood"])
        #expect(told.code == 0, "\(told.error)")
        #expect(try standing().articles.count > 40 && standing().waiting < 5)
    }

    @Test func `a baseline is no flood, nor is a night where the limit is off`() throws {
        try add("a26n0001.xml", Self.papers(["Igf1r"], each: 3, from: 10))
        #expect(try bioscribe(thresholds(nil)).code == 0)
        // One run and three more: too few to tell what is usual.
        try enterRuns([12, 9, 30])
        try add("a26n0002.xml", Self.papers(Self.genes, each: 6, from: 1000))
        let outcome = try bioscribe(thresholds(nil))
        #expect(outcome.code == 0, "\(outcome.error)")
        try enterRuns([12, 9, 30, 10, 11])
        try add("a26n0003.xml", Self.papers(Self.genes, each: 6, from: 5000))
        let off = try bioscribe(thresholds("{flood: off, one-name: off}"))
        #expect(off.code == 0, "\(off.error)")
    }

    @Test func `a name that gives most of what is new is named, with its dictionary entry`() throws {
        try add("a26n0001.xml", Self.papers(["Il6"], each: 3, from: 10))
        let seed: [String: String?] = ["seed": "{cap: 200, per-paper: 3}"]
        #expect(try bioscribe(mirror.night("a", seed)).code == 0)
        try add("a26n0002.xml", Self.variedPapers("Igf1r", count: 240, from: 1000))
        let arguments = try mirror.night("a", seed)
        let outcome = try bioscribe(arguments)
        #expect(outcome.code == 1, "\(outcome.output)")
        #expect(
            outcome.error.contains(
                "new bullets, more than thresholds: one-name: 0.25 allows, come from the name “igf1r”"),
            "\(outcome.error)")
        #expect(outcome.error.contains("ncbigene:16001, listed as “Igf1r” in genes/Mus_musculus.gene_info"))
        #expect(try standing().articles.count == 1)
        #expect(
            try bioscribe(mirror.night("a", seed.merging(["thresholds": "{one-name: off}"]) { $1 })).code == 0
        )
        #expect(try standing().articles.count > 1)
    }

    // MARK: - The pipeline file

    @Test func `limits are numbers or off`() throws {
        func file(_ thresholds: String) throws -> PipelineFile {
            try PipelineFile(
                text: "files: a\nspecies: mouse\ndictionaries: d\nsections: s\nthresholds: {\(thresholds)}\n",
                path: "p.yaml")
        }
        let usual = try file("minimum-score: 1").thresholds
        #expect(
            usual.setAside == 0.05 && usual.withdrawals == 0.1 && usual.flood == 10 && usual.oneName == 0.25)
        let off = try file("set-aside: off, withdrawals: off, flood: off, one-name: off").thresholds
        #expect(off.setAside == nil && off.withdrawals == nil && off.flood == nil && off.oneName == nil)
        #expect(try file("flood: 2.5").thresholds.flood == 2.5)
        for wrong in ["flood: never", "set-aside: -1", "one-name: [1]"] {
            #expect(throws: PipelineFileError.self) { try file(wrong) }
        }
    }
}
