import Articles
import Audit
import Corpus
import Foundation
import Pipeline
import Store
import Testing

/// A database of one's own with the quickstart's content, in which people have worked.
struct AuditedWiki {
    let folder: TemporaryFolder
    var file: PipelineFile
    /// What keeps the folder of the source files.
    private let origin: TemporaryFolder

    /// The folder of the source files.
    var sources: String { origin("sources") }

    /// The path of the database.
    var database: String { folder("store.sqlite") }

    /// The quickstart's content, before anybody touches it.
    init() async throws {
        folder = try TemporaryFolder()
        origin = folder
        file = try Sample.pipeline(in: folder)
        for name in ["sample26n0001.xml", "sample26n0002.xml"] {
            let source = try Data(contentsOf: URL(filePath: Workshop.path("Pipelines/sample/\(name)")))
            try folder.file("sources/\(name)", Array(source))
        }
        file.files = [folder("sources") + "/*.xml"]
        let sample = try await Sample.run()
        try Self.copy(sample.database, to: folder("store.sqlite"))
    }

    /// A copy of another wiki.
    init(copying other: AuditedWiki) throws {
        folder = try TemporaryFolder()
        file = other.file
        origin = other.origin
        file.database = folder("store.sqlite")
        file.output = nil
        try Self.copy(other.database, to: folder("store.sqlite"))
    }

    private static func copy(_ source: String, to target: String) throws {
        for ending in ["", "-wal"] where FileManager.default.fileExists(atPath: source + ending) {
            try FileManager.default.copyItem(atPath: source + ending, toPath: target + ending)
        }
    }

    /// The wiki after people revised, reverted, rejected, vouched, redacted, and a night went over it.
    static func livedIn() async throws -> AuditedWiki {
        let wiki = try await AuditedWiki()
        let store = try Store(path: wiki.database, access: .existing)
        let igf1r = try ArticleLibrary(store).entity(named: "Igf1r", taxon: .mouse)
        let il6 = try ArticleLibrary(store).entity(named: "Il6", taxon: .mouse)
        let ada = wiki.desk(store, "Ada")
        let noor = wiki.desk(store, "Noor")
        let first = try #require(try store.text(of: igf1r))
        let lines = first.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let edited =
            lines.filter { !$0.contains("Streptozotocin-induced diabetes mellitus reduced Igf1r") }.map {
                $0.replacingOccurrences(of: "reduced the load", with: "greatly reduced the load")
            }.joined(separator: "\n") + "\nA person wrote this about Igf1r, and it stays.\n"
        _ = try ada.revise(igf1r, text: edited, comment: "what I know of it")
        _ = try noor.revise(igf1r, text: edited.replacingOccurrences(of: "greatly", with: "hardly"))
        _ = try ada.revert(igf1r, to: 2)
        // A sentence of another article is pasted.
        let pasted = try #require(
            try store.text(of: il6)?.split(separator: "\n").first {
                $0.hasPrefix("- ") && ArticleTokenizer.tokens(in: String($0)).count > 12
            })
        let text = try #require(try store.text(of: igf1r))
        _ = try noor.revise(
            igf1r, text: text + "\nSomebody said so elsewhere.\n\n" + pasted.dropFirst(2) + "\n")
        let record = try #require(try store.articleRecord(of: igf1r))
        let standing = record.instances.keys.sorted().filter { record.state(of: $0) == .intact }
        try #require(standing.count >= 4)
        _ = try noor.reject(standing[0].hex, reason: .wrongGene, note: "this is another gene")
        try ada.adopt(standing[1].hex)
        _ = try ada.redact(standing[2].hex, note: "asked for")
        let other = try #require(try store.articleRecord(of: il6))
        let second = try #require(other.instances.keys.sorted().first { other.state(of: $0) == .intact })
        _ = try noor.reject(second.hex, reason: .redundant)
        try noor.unreject(second.hex)
        let paper = try #require(other.instances.values.map(\.pmid).sorted().last)
        _ = try ada.redact(paper.curie, note: "asked for too")
        try store.close()
        try wiki.folder.file("sources/sample26n0003.xml", Self.update)
        try await wiki.night()
        return wiki
    }

    func desk(_ store: Store, _ name: String) -> ArticleDesk {
        ArticleDesk(store, contributor: .person(name), time: { "2026-11-27T20:00:00Z" })
    }

    /// A night: what is new is read, articles that wait are composed.
    func night() async throws {
        var file = file
        file.output = nil
        _ = try await PipelineRun(file, options: Sample.options()).run()
    }

    /// The differences that an audit of all finds, and its summary.
    func audit(
        of name: String? = nil, jobs: Int = 2
    ) async throws -> (findings: [AuditFinding], summary: AuditSummary) {
        var audit = AuditRun(file)
        audit.database = database
        audit.sources = sources
        audit.jobs = jobs
        audit.cache = Workshop.cache
        var findings: [AuditFinding] = []
        let summary = try await audit.run(
            of: name, species: nil, onNotice: { _ in }, onFinding: { findings.append($0) })
        return (findings, summary)
    }

    /// A file that deletes a citation and holds a record that is set aside.
    private static let update = """
        <?xml version="1.0" encoding="utf-8"?>
        <PubmedArticleSet>
        <PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">none</PMID></MedlineCitation></PubmedArticle>
        <PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">99000901</PMID><Article></Articel></MedlineCitation></PubmedArticle>
        <PubmedArticle><MedlineCitation Status="MEDLINE" IndexingMethod="Automated"><PMID Version="1">99000900</PMID>
        <Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2025</Year></PubDate></JournalIssue>
        <Title>Journal of invented findings</Title></Journal><ArticleTitle>A letter about nothing in particular.</ArticleTitle>
        <Language>eng</Language></Article></MedlineCitation></PubmedArticle>
        <DeleteCitation><PMID Version="1">99000017</PMID></DeleteCitation>
        </PubmedArticleSet>

        """
}
