import Corpus
import Store
import Terminology

/// Symbol, names, species and places of an entity are those of the dictionary, so that pages, which need no dictionary, agree
/// with it.
struct EntityNames: AuditCheck {
    let name = "entities"
    let unit = "entities with evidence"

    private static let page = 1000

    func check(_ database: DatabaseSubject, _ outcome: inout CheckOutcome) throws {
        let dictionary = database.workings.dictionary
        var last: EntityID?
        while true {
            let page = try database.store.entitiesWithEvidence(after: last, limit: Self.page)
            guard let end = page.last?.id else { break }
            last = end
            for (id, row) in page {
                guard database.context.isDictionaryCurrent else {
                    outcome.cannotJudge(1, because: "read with another dictionary")
                    continue
                }
                outcome.checked += 1
                func differs(_ message: String) {
                    outcome.differs(AuditFinding.Place(article: id), message, CheckOutcome.rereadAdvice)
                }
                switch row {
                case .failure(let error): differs("\(error)")
                case .success(let stored):
                    guard let concept = dictionary.concept(of: id),
                        dictionary.identifier(ofConcept: concept) == id
                    else {
                        differs("the dictionary has no such entity")
                        continue
                    }
                    let wanted = dictionary.entity(ofConcept: concept)
                    if let part = Self.difference(stored, wanted) {
                        differs("\(part) in the database is not the dictionary's")
                    }
                }
            }
        }
    }

    private static func difference(_ stored: Entity, _ wanted: Entity) -> String? {
        if stored == wanted { return nil }
        if stored.kind != wanted.kind { return "the kind" }
        if stored.name != wanted.name { return "the symbol or preferred name" }
        if stored.fullName != wanted.fullName { return "the full name" }
        if stored.taxon != wanted.taxon { return "the species" }
        if stored.synonyms != wanted.synonyms { return "one of the synonyms" }
        return "a tree number"
    }
}
