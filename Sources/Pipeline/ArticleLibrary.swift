import Articles
import Corpus
import Interchange
import Store

/// Reads the articles of a store as pages, and finds entities by what people call them.
public struct ArticleLibrary: Sendable {
    private let store: Store

    /// Makes a library.
    public init(_ store: Store) {
        self.store = store
    }

    /// The page of an article as its head revision, or an older one, has it.
    ///
    /// - Throws: `PipelineError.unknownEntity` where there is no such article, `StoreError`.
    public func page(of entity: EntityID, revision: Int? = nil) throws -> ArticlePage {
        guard let summary = try store.article(entity),
            let text = try store.text(of: entity, revision: revision)
        else { throw PipelineError.unknownEntity(entity.curie, candidates: []) }
        let mask = try store.redactionMask()
        let standing = try store.standing(of: entity)
        let statements = try store.statements(of: entity)
        let notes = try PaperNotes.of(entity, standing: standing, in: store)
        let names = summary.taxon.flatMap { SpeciesSelection.usualNames(of: $0) }
        // What is shown alone, and the papers cited: there may be a thousand times the evidence.
        return try store.reading { snapshot in
            guard let subject = try snapshot.entity(entity) else {
                throw PipelineError.unknownEntity(entity.curie, candidates: [])
            }
            let found = try snapshot.evidence(statements.map(\.evidence))
            var orthologs: [EntityID: Ortholog] = [:]
            let bullets = try statements.compactMap { statement -> Bullet? in
                let marks = StatementMarks(words: statement.marks)
                if let id = marks.ortholog, orthologs[id] == nil, let other = try snapshot.entity(id) {
                    let species = other.taxon.flatMap { SpeciesSelection.usualNames(of: $0)?.common }
                    orthologs[id] = Ortholog(
                        entity: other, species: species ?? other.taxon?.description ?? "")
                }
                let section = marks.placed ?? statement.section
                guard let evidence = found[statement.evidence],
                    let placement = evidence.placements.first(where: { $0.section == section })
                else { return nil }
                let chosen = ChosenEvidence(
                    evidence: evidence, placement: placement, supportingPapers: marks.supportingPapers)
                guard let id = marks.ortholog else { return Bullet(chosen) }
                return orthologs[id].map { Bullet(chosen, in: entity, of: $0) }
            }
            let shown = orthologs.sorted { $0.key < $1.key }.map(\.value)
            let subjects = [entity] + shown.map(\.entity.id)
            return try ArticlePage(
                entity: subject,
                facts: HeadFacts(
                    scientificName: names?.scientific, commonName: names?.common,
                    reviewedStatements: standing.instances.count { $0.state == .touched }),
                text: mask.masked(text), sections: Section.ofArticle(on: subject.kind) + shown.map(\.section),
                statements: bullets, notes: notes
            ) { pmid in
                // Of a paper that a person cites, and that has no evidence on what the page is about, nothing is known.
                guard try subjects.contains(where: { try snapshot.hasEvidence(on: $0, in: pmid) }) else {
                    return nil
                }
                return try snapshot.reference(of: pmid)?.hidden(by: mask)
            }
        }
    }

    /// The entity that a CURIE, a symbol or a synonym means.
    ///
    /// - Throws: `PipelineError.unknownEntity`, with the candidates where there are several.
    public func entity(named name: String, taxon: TaxonID?) throws -> EntityID {
        if let target = try store.redirect(of: name), let id = EntityID(curie: target),
            try store.article(id) != nil
        {
            return id
        }
        if let id = EntityID(curie: name), try store.entity(id) != nil { return id }
        let found = try store.entities(named: name, taxon: taxon)
        let exact = found.filter { $0.name == name }
        if exact.count == 1, found.count == 1 || taxon != nil { return exact[0].id }
        if found.count == 1 { return found[0].id }
        throw PipelineError.unknownEntity(
            name,
            candidates: found.map { entity in
                let species = entity.taxon.map {
                    SpeciesSelection.usualNames(of: $0)?.common ?? "taxon \($0)"
                }
                return "\(entity.id)  \(entity.name)" + (species.map { " (\($0))" } ?? "")
                    + (entity.fullName.map { ", \($0)" } ?? "")
            })
    }

    /// Writes all evidence, articles and revisions as JSON Lines, in a total order and without times.
    public func export(to sink: @escaping (String) throws -> Void) throws {
        let export = JSONLinesExport(to: sink)
        try export.header()
        let mask = try store.redactionMask()
        for entity in try store.entities() {
            guard let material = try store.material(for: entity) else { continue }
            try export.evidence(
                material.evidence.map(\.evidence).filter {
                    mask.isEmpty || !mask.covers($0.statementKey(), pmid: $0.pmid)
                }.sorted(by: Self.precedes))
        }
        let articles = try store.articles().map(\.entity).sorted()
        for entity in articles {
            try export.articles([page(of: entity)])
        }
        for entity in articles {
            let revisions = try store.revisions(of: entity).sorted { $0.number < $1.number }
            try export.revisions(
                revisions.map { revision in
                    ExportedRevision(
                        article: entity, number: revision.number, kind: revision.kind.rawValue,
                        agent: revision.contributor.kind == .machine
                            ? "BioScribe" : revision.contributor.name,
                        text: mask.masked(try store.text(of: entity, revision: revision.number) ?? ""))
                })
        }
    }

    private static func precedes(_ one: Evidence, _ other: Evidence) -> Bool {
        let left = (one.pmid, one.version, one.passage, one.range.start)
        let right = (other.pmid, other.version, other.passage, other.range.start)
        return left == right ? one.identifier() < other.identifier() : left < right
    }
}
