import Articles
import Corpus
import Foundation
import Intake
import Interchange
import Store

/// Brings histories of articles in from elsewhere, and takes them out, with their true contributors.
public struct HistoryTransfer {
    private let store: Store

    /// Makes a transfer.
    public init(_ store: Store) {
        self.store = store
    }

    /// What came of an import.
    public struct Outcome: Hashable, Sendable {
        /// How many revisions each article has got.
        public var revisions: [EntityID: Int] = [:]
        /// Lines and revisions that were set aside.
        public var setAside = 0
    }

    /// Appends the revisions of a file to articles: JSON Lines, or MediaWiki's XML export, gzipped or not.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - entity: The article, for a file that does not say; a MediaWiki page is an article by its title otherwise.
    ///   - taxon: The species of symbols.
    ///   - onProblem: Told of each thing that was set aside.
    /// - Throws: `HistoryError`, `IntakeError`, `PipelineError.unknownEntity`, `EditingError.overtaken`, `StoreError`.
    public func read(
        _ path: String, entity: EntityID?, taxon: TaxonID?, onProblem: (String) -> Void
    ) throws -> Outcome {
        var outcome = Outcome()
        var histories: [(entity: EntityID, records: [RevisionRecord])] = []
        func add(_ record: RevisionRecord, to entity: EntityID) {
            if let index = histories.firstIndex(where: { $0.entity == entity }) {
                histories[index].records.append(record)
            } else {
                histories.append((entity, [record]))
            }
        }
        func setAside(_ message: String) {
            outcome.setAside += 1
            onProblem(message)
        }
        let library = ArticleLibrary(store)
        if try Self.isXML(path) {
            try MediaWikiHistory(path: path).read { item in
                switch item {
                case .revision(let revision):
                    let target = try entity ?? library.entity(named: revision.page, taxon: taxon)
                    if revision.isTextHidden {
                        setAside(
                            "\(path):\(revision.line): the text of revision \(revision.record.number) is hidden"
                        )
                    } else {
                        add(revision.record, to: target)
                    }
                case .setAside(let problem): setAside("\(path): \(problem)")
                }
            }
        } else {
            let reader = try HistoryJSONLines(path: path)
            while let item = try reader.next() {
                switch item {
                case .revision(let revision):
                    guard let target = revision.article ?? entity else {
                        setAside("\(path): revision \(revision.id) names no article: give --entity")
                        continue
                    }
                    add(revision.record, to: target)
                case .setAside(let problem): setAside("\(path): \(problem)")
                }
            }
        }
        for (entity, records) in histories { outcome.revisions[entity] = try append(records, to: entity) }
        return outcome
    }

    private static func isXML(_ path: String) throws -> Bool {
        let name = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
        return name.hasSuffix(".xml")
    }

    /// Appends revisions; those that change nothing are passed over.
    private func append(_ records: [RevisionRecord], to entity: EntityID) throws -> Int {
        guard try store.entity(entity) != nil else {
            throw PipelineError.unknownEntity(entity.curie, candidates: [])
        }
        let before = try store.articleRecord(of: entity) ?? ArticleRecord(entity: entity)
        var after = before
        let saved = records.filter { record in
            // A machine's revision from elsewhere is no run of this store.
            var contributor = record.contributor
            if contributor.kind == .machine { contributor.name = "imported \(contributor.name)" }
            return after.save(record.text, by: contributor) != nil
        }
        if saved.isEmpty { return 0 }
        let change = ArticleChange(importing: saved, as: after, from: before)
        if try !store.write([change]).overtaken.isEmpty { throw EditingError.overtaken(entity) }
        try store.setPending([entity])
        return saved.count
    }

    /// The revisions of an article as they are exchanged; hidden sentences are `█`.
    public func records(of entity: EntityID) throws -> [RevisionRecord] {
        let mask = try store.redactionMask()
        return try store.revisions(of: entity).map { revision in
            RevisionRecord(
                number: revision.number, parent: revision.parent, kind: revision.kind,
                contributor: revision.contributor, time: revision.time, comment: revision.comment,
                text: mask.masked(try store.text(of: entity, revision: revision.number) ?? ""))
        }
    }

    /// Writes the histories of articles as MediaWiki's XML.
    public func writeMediaWiki(_ entities: [EntityID], to sink: @escaping (String) throws -> Void) throws {
        let export = MediaWikiExport(to: sink)
        try export.begin()
        for (index, entity) in entities.enumerated() {
            let title = try store.article(entity)?.title ?? entity.curie
            try export.page(title: title, number: index + 1, revisions: try records(of: entity))
        }
        try export.end()
    }

    /// Writes the histories of articles as JSON Lines, which `read` brings in again.
    public func writeJSONLines(_ entities: [EntityID], to sink: (String) throws -> Void) throws {
        for entity in entities {
            for record in try records(of: entity) {
                try sink(HistoryJSONLines.line(record, of: entity, withTime: true) + "\n")
            }
        }
    }
}
