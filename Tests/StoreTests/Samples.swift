import Articles
import Corpus
import Crypto
import Foundation
import Store

/// Citations, evidence and articles made up for these tests.
enum Samples {
    static let digests = ExtractionDigests(
        program: "0.1", rules: "rules-1", dictionary: "dictionary-1", species: "9606,10090")
    static let origin = RunOrigin(
        program: "0.1", pipeline: "pipeline-1", rules: "rules-1", dictionary: "dictionary-1",
        species: "9606,10090")

    static let igf1r = Entity(
        id: EntityID(prefix: "ncbigene", local: "16001"), kind: .gene, name: "Igf1r",
        fullName: "insulin-like growth factor I receptor",
        synonyms: [
            Synonym(name: "CD221", grade: .synonym, source: "mouse.gene_info"),
            Synonym(name: "IGF-1R", grade: .weak, source: "mouse.gene_info"),
        ], taxon: .mouse)
    static let irs1 = Entity(
        id: EntityID(prefix: "ncbigene", local: "16367"), kind: .gene, name: "Irs1",
        fullName: "insulin receptor substrate 1", taxon: .mouse)
    static let igf1rHuman = Entity(
        id: EntityID(prefix: "ncbigene", local: "3480"), kind: .gene, name: "IGF1R",
        fullName: "insulin like growth factor 1 receptor", taxon: .human, treeNumbers: ["D12.776"])
    static let entities = [igf1r, irs1, igf1rHuman]

    static func sha256(_ text: String) -> String { sha256(Data(text.utf8)) }

    static func sha256(_ bytes: Data) -> String { hexadecimal(digest(bytes)) }

    static func digest(_ bytes: Data) -> Data { Data(SHA256.hash(data: bytes)) }

    static func hexadecimal(_ bytes: Data) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
    }

    static func file(_ name: String, content: String = "content") -> SourceFile {
        SourceFile(name: name, size: 100, sha256: sha256(name + content), digests: digests)
    }

    /// Evidence about an entity: the whole of a passage is its sentence.
    static func evidence(_ citation: Citation, passage: Int, about entity: Entity) -> IdentifiedEvidence {
        let text = passage == 0 ? citation.title : citation.abstract[passage - 1].text
        let length = text.utf8.count
        let evidence = Evidence(
            pmid: citation.pmid, version: citation.version, passage: passage,
            passageKind: passage == 0 ? .title : .abstract, sentence: 0, range: TextRange(0, length),
            text: text, entity: entity.id,
            mentions: [
                Mention(
                    passage: passage, range: TextRange(0, length), kind: entity.kind, entity: entity.id,
                    taxon: entity.taxon, dictionaryName: entity.name, source: "mouse.gene_info",
                    reasons: ["case folded"], role: .marker, treeNumbers: ["C04.588", "C19.246"])
            ],
            qualities: SentenceQualities(
                kind: passage == 0 ? .title : .method, isNegated: true, isSpeculative: passage == 0,
                standsAlone: passage != 0),
            placements: [
                Placement(
                    section: .disease, rule: "disease-named",
                    triggers: [Trigger(range: TextRange(0, length), concept: "mesh:D003920")],
                    parts: [
                        ScorePart(name: "section", value: 0.125),
                        ScorePart(name: "position", value: -1.0 / 3),
                    ]),
                Placement(section: .other, rule: "any", triggers: [], parts: []),
            ])
        return IdentifiedEvidence(id: identifier(of: evidence), evidence: evidence)
    }

    /// Some identifier that depends on what the real one depends on.
    static func identifier(of evidence: Evidence) -> EvidenceID {
        let digits = sha256(
            "\(evidence.pmid) \(evidence.version) \(evidence.passage) \(evidence.text) \(evidence.entity) "
                + "\(evidence.range.start)")
        guard let id = EvidenceID(hex: String(digits.prefix(32))) else {
            preconditionFailure("not hexadecimal")
        }
        return id
    }

    static func extraction(
        _ citation: Citation, record: Int, _ evidence: [IdentifiedEvidence]
    ) -> CitationExtraction {
        CitationExtraction(
            citation: citation,
            place: RecordPlace(
                record: record, byteOffset: record * 1000,
                sha256: sha256("\(citation.pmid) \(citation.title) \(record)")),
            evidence: evidence)
    }

    /// A citation whose title and abstract are evidence about Igf1r.
    static func simple(_ pmid: Int64, version: Int = 1, title: String, record: Int) -> CitationExtraction {
        let citation = Citation(
            pmid: PMID(pmid), version: version, title: title,
            abstract: [AbstractSection(text: "Igf1r binds Irs1.")])
        return extraction(
            citation, record: record,
            [evidence(citation, passage: 0, about: igf1r), evidence(citation, passage: 1, about: irs1)])
    }

    /// An identifier of no evidence.
    private static let placeholder: EvidenceID = {
        guard let id = EvidenceID(hex: String(repeating: "a", count: 32)) else {
            preconditionFailure("32 digits")
        }
        return id
    }()

    static func draft(_ entity: Entity, text: String, statement: String) -> Draft {
        Draft(
            entity: entity.id, title: "\(entity.name) - \(entity.fullName ?? "")", text: text,
            statements: [
                ShownStatement(
                    section: .disease, evidence: placeholder,
                    pmid: PMID(1), key: sha256(statement), text: statement, marks: ["negated", "erratum"])
            ])
    }

    /// All evidence of a store, in the order of an export.
    static func evidence(of store: Store) throws -> [IdentifiedEvidence] {
        var all: [IdentifiedEvidence] = []
        try store.export { item in
            if case .evidence(let evidence, _) = item { all.append(evidence) }
        }
        return all
    }
}

/// What an article is to say, whatever it says already.
struct Draft {
    var entity: EntityID
    var title: String
    var text: String
    var statements: [ShownStatement]
}

extension Store {
    /// The change that makes an article say what a draft says.
    func change(to draft: Draft, run: Int) throws -> ArticleChange {
        let before = try articleRecord(of: draft.entity) ?? ArticleRecord(entity: draft.entity)
        var after = before
        after.save(draft.text, by: .run(run))
        var change = ArticleChange(from: before, to: after, kind: .machine)
        change.title = draft.title
        change.statements = draft.statements
        change.composed = Samples.origin.digest
        return change
    }

    /// Makes articles say what drafts say.
    @discardableResult func save(_ drafts: [Draft], run: Int) throws -> ArticleOutcome {
        try write(drafts.map { try change(to: $0, run: run) }, run: run)
    }
}

/// A folder that is removed when the test is done.
struct TemporaryFolder: ~Copyable {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func file(_ name: String) -> String { path + "/" + name }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
