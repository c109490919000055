import Corpus
import Foundation
import Store
import Testing

/// Writes and reads at size. The environment variable `BIOSCRIBE_BULK` sets the number of citations (1,000 when it is
/// missing; a file of PubMed's baseline has 30,000) and has the figures printed; nothing is asserted of time. Run it alone: the figures are CPU time of the whole process.
///
///     BIOSCRIBE_BULK=30000 swift test -c release --filter BulkTests
struct BulkTests {
    static let words = [
        "insulin", "receptor", "phosphorylation", "of", "the", "in", "mice", "with", "diabetes", "signaling",
        "β-cells",
        "increased", "expression", "was", "by", "glucose", "and", "Igf1r", "deficient", "pathway",
    ]
    static let genes = (1...2000).map {
        Entity(
            id: EntityID(prefix: "ncbigene", local: "\($0)"), kind: .gene, name: "Gene\($0)",
            fullName: "made-up gene \($0)", taxon: $0.isMultiple(of: 2) ? .mouse : .human)
    }

    static func sentence(_ count: Int, using generator: inout SeededGenerator) -> String {
        (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ") + "."
    }

    /// A citation of about the length of PubMed's; half of them carry two sentences of evidence, about two genes each.
    static func extraction(_ number: Int, using generator: inout SeededGenerator) -> CitationExtraction {
        let sentences = (0..<8).map { _ in sentence(22, using: &generator) }
        var citation = Citation(
            pmid: PMID(Int64(10_000_000 + number)), status: "MEDLINE", dateRevised: "2026-01-02",
            title: sentence(14, using: &generator),
            abstract: [AbstractSection(text: sentences.joined(separator: " "))],
            authors: (0..<6).map {
                Author(lastName: "Author\(number % 977)x\($0)", foreName: "Given Name", initials: "GN")
            },
            journal: Journal(
                title: "The Journal of \(number % 300)", isoAbbreviation: "J. \(number % 300)",
                issn: "0000-0000",
                nlmID: "\(number % 300)"), year: 2020, languages: ["eng"],
            publicationTypes: [PublicationType(ui: "D016428", name: "Journal Article")])
        citation.meshHeadings = (0..<12).map { _ in
            let number = Int.random(in: 1...3000, using: &generator)
            return MeshHeading(
                descriptor: MeshTerm(
                    ui: "D00\(number)", name: "Heading number \(number)", isMajorTopic: false))
        }
        citation.articleIdentifiers = [ArticleIdentifier(type: "doi", value: "10.5555/made.up.\(number)")]
        var evidence: [IdentifiedEvidence] = []
        if number.isMultiple(of: 2) {
            for place in [1, 5] {
                let start = sentences[..<place].reduce(0) { $0 + $1.utf8.count + 1 }
                let range = TextRange(start, start + sentences[place].utf8.count)
                let mentions = (0..<6).map { mention in
                    let gene = genes[Int.random(in: 0..<genes.count, using: &generator)]
                    return Mention(
                        passage: 1, range: range, kind: .gene,
                        entity: gene.id, taxon: gene.taxon, dictionaryName: gene.name,
                        source: "genes/Mus_musculus.gene_info.gz",
                        reasons: ["case folded", "species by title"],
                        treeNumbers: ["C04.588.\(mention)", "C19.246"])
                }
                for gene in Set([number % 2000, (number * 7 + place) % 2000]).sorted() {
                    let item = Evidence(
                        pmid: citation.pmid, version: 1, passage: 1, passageKind: .abstract, sentence: place,
                        range: range, text: sentences[place], entity: genes[gene].id, mentions: mentions,
                        qualities: SentenceQualities(),
                        placements: [SectionID.disease, .regulatory].map {
                            Placement(
                                section: $0, rule: "rule-of-\($0)",
                                triggers: [Trigger(range: range, concept: "mesh:D003920")],
                                parts: ["section", "position", "journal", "kind", "verb"].enumerated().map {
                                    ScorePart(name: $1, value: Double($0) * 0.25 + Double(number % 7) / 10)
                                })
                        })
                    evidence.append(IdentifiedEvidence(id: Samples.identifier(of: item), evidence: item))
                }
            }
        }
        return Samples.extraction(citation, record: number, evidence)
    }

    @Test func `a file of many citations is written, read and seeded`() throws {
        let wanted = ProcessInfo.processInfo.environment["BIOSCRIBE_BULK"].flatMap { Int($0) }
        let count = wanted ?? 1000
        func report(_ what: String, _ number: Int, _ seconds: Double) {
            guard wanted != nil else { return }
            let rate = Int(Double(number) / max(seconds, 1e-9))
            print("bulk: \(what): \(number) in \(Int(seconds * 1000)) ms of CPU, \(rate) a second")
        }
        func timed<Result>(_ body: () throws -> Result) rethrows -> (Result, Double) {
            // The time of all threads of this process, in microseconds: a busy machine does not change it much.
            let start = clock()
            let result = try body()
            return (result, Double(clock() - start) / 1e6)
        }

        var generator = SeededGenerator(seed: 1)
        let folder = try TemporaryFolder()
        let store = try Store(path: folder.file("a.sqlite"))
        let run = try store.beginRun(Samples.origin)
        let writer = try store.beginFile(Samples.file("a1.xml"), run: run)
        var spent = 0.0
        var sent = 0
        var genes = Self.genes
        for start in stride(from: 0, to: count, by: 500) {
            let citations = (start..<min(start + 500, count)).map { Self.extraction($0, using: &generator) }
            sent += citations.reduce(0) { $0 + $1.evidence.count }
            let batch = ExtractionBatch(citations: citations, entities: genes)
            genes = []
            spent += try timed { try writer.append(batch) }.1
        }
        let (outcome, commit) = try timed { try writer.commit(totals: FileTotals(citations: count)) }
        #expect(outcome.evidenceKept == sent)
        #expect(outcome.citationsKept == (count + 1) / 2)
        report("citations written", count, spent + commit)
        report("evidence written", sent, spent + commit)

        let (found, reading) = try timed { () throws -> Int in
            var found = 0
            for entity in try store.entities() {
                found += try store.material(for: entity)?.evidence.count ?? 0
            }
            return found
        }
        #expect(found == sent)
        report("evidence read by entity", found, reading)

        let (exported, exporting) = try timed { try Samples.evidence(of: store).count }
        #expect(exported == sent)
        report("evidence exported", exported, exporting)

        let bytes = try store.status().bytes
        let drafts = Self.genes.map { gene in
            let text = (0..<20).map { _ in Self.sentence(22, using: &generator) }
            var draft = Samples.draft(gene, text: text.joined(separator: "\n"), statement: "")
            draft.statements = text.map { Samples.draft(gene, text: "", statement: $0).statements[0] }
            return draft
        }
        let (written, seeding) = try timed { try store.save(drafts, run: run) }
        #expect(written.created.count == Self.genes.count)
        report("articles with 20 statements written", written.created.count, seeding)
        report(
            "articles written again", drafts.count, try timed { try store.save(drafts, run: run) }.1)
        let (hits, searching) = try timed { try store.search("insulin recep") }
        #expect(hits.count == 20)
        report("searches", 1, searching)
        report("searches", 1, try timed { try store.search("Gene77") }.1)

        let status = try store.status()
        #expect(status.evidence == sent)
        if wanted != nil {
            print("bulk: \(bytes / count) bytes a citation read, \(status.bytes / count) with the articles")
        }
    }
}
