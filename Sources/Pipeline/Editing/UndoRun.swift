import Articles
import Corpus
import Foundation
import Store

/// Takes back what a run did to all articles. An operator's correction is no verdict on the statements: `ArticleUndo`.
public struct UndoRun {
    private let store: Store
    private let contributor: Contributor

    /// Makes an undoing.
    ///
    /// - Parameter operator: who wants it.
    public init(_ store: Store, by operator: String) {
        self.store = store
        contributor = Contributor(kind: .system, name: "undo by \(`operator`)")
    }

    /// Undoes a run while no other program works on the whole database.
    ///
    /// - Throws: as `undo`; `PipelineError.locked`, `Stopped`.
    public static func exclusively(
        _ number: Int, in database: String, by operator: String, wait: Duration
    ) async throws -> Outcome {
        guard FileManager.default.fileExists(atPath: database) else {
            throw PipelineError.noDatabase(path: database)
        }
        return try await ExclusiveWork(database: database, wait: wait).perform { _ in
            try UndoRun(Store(path: database, access: .existing), by: `operator`).undo(number)
        }
    }

    /// What came of it.
    public struct Outcome: Hashable, Sendable {
        /// The articles that have a new revision.
        public var articles: [EntityID] = []
        /// Statements that went.
        public var withdrawn = 0
        /// Statements that came back.
        public var reinstated = 0
    }

    /// Undoes a run, article by article, each in a transaction of its own: stopped on the way and begun again, it ends
    /// the same.
    ///
    /// - Throws: `EditingError.noRun` where nothing of the run still stands, `StoreError`.
    public func undo(_ number: Int) throws -> Outcome {
        guard let run = try store.runs().first(where: { $0.number == number }) else {
            throw EditingError.noRun(number)
        }
        let desk = ArticleDesk(store, contributor: contributor)
        var outcome = Outcome()
        for entity in try store.articles(changedBy: number) {
            try Task.checkCancellation()
            let name = try store.entity(entity)?.name ?? entity.curie
            let kind = try store.article(entity)?.kind ?? .gene
            var plan: MergePlan?
            let saved = try desk.change(entity, kind: .revert, comment: "undo of run \(number)") { record in
                let merge = ArticleMerge(
                    title: "", sections: Self.sections(of: record, kind: kind, name: name),
                    digest: run.origin.workings)
                plan = try ArticleUndo(merge).plan(undoing: .run(number), in: record) {
                    try store.text(of: entity, revision: $0)
                }
                if let plan { try record.apply(plan, by: contributor) }
                return false
            }
            guard let plan else { continue }
            outcome.withdrawn += plan.withdrawals.count
            outcome.reinstated += plan.decisions.count { $0.verb == .reinstate }
            if saved != .unchanged { outcome.articles.append(entity) }
        }
        if outcome.withdrawn + outcome.reinstated == 0 { throw EditingError.noRun(number) }
        return outcome
    }

    /// The sections that an article has or had, in order, with the headings that they had.
    private static func sections(
        of record: ArticleRecord, kind: EntityKind, name: String
    ) -> [(id: SectionID, heading: String)] {
        let known = Section.ofArticle(on: kind)
        let others = record.headings.keys.filter { id in id != .title && !known.contains { $0.id == id } }
        return known.map { ($0.id, MarkdownText.escaped($0.heading(for: name))) }
            + others.sorted { $0.rawValue < $1.rawValue }.map { ($0, record.words(ofHeading: $0)) }
    }
}
