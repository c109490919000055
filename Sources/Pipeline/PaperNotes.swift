import Articles
import Corpus
import Store

/// What is to be known of the papers of articles.
enum PaperNotes {
    /// Notes with the notices that the store knows of, without papers that have come back since.
    static func complete(_ notes: [PMID: PaperNote], fates: [PMID: CitationFate]) -> [PMID: PaperNote] {
        var current = notes.filter { $0.value.reason == .changed || fates[$0.key] != nil }
        for (pmid, fate) in fates { current[pmid]?.notices = fate.notices }
        return current
    }

    /// The notes of an article as it stands in the store.
    ///
    /// - Throws: `StoreError`.
    static func of(
        _ entity: EntityID, standing: ArticleStanding, in store: Store
    ) throws -> [PMID: PaperNote] {
        let notes = PaperNote.notes(
            of: standing.instances.lazy.map { ($0.key, $0.pmid, $0.state) },
            decisions: try store.decisions(on: entity)
        )
        return complete(notes, fates: try store.fates(of: Set(notes.keys)))
    }
}
