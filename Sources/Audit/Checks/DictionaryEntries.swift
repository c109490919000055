import Corpus
import Store
import Terminology

/// Every mention names an entry that the dictionary has, of the entity and the species that it was resolved to.
struct DictionaryEntries: AuditCheck {
    let name = "dictionary"
    let unit = "mentions"

    /// Pairs of entity and name that are there.
    private struct Pair: Hashable {
        var entity: EntityID
        var name: String
    }

    func check(_ citation: CitationSubject, _ outcome: inout CheckOutcome) throws {
        let dictionary = citation.workings.dictionary
        var seen: Set<SentenceKey> = []
        var known: [Pair: String?] = [:]
        for item in citation.evidence where seen.insert(SentenceKey(item.evidence)).inserted {
            let mentions = item.evidence.mentions
            if citation.file?.file.digests.dictionary != citation.workings.digests.dictionary {
                outcome.cannotJudge(mentions.count, because: "read with another dictionary")
                continue
            }
            for mention in mentions {
                // A fusion that no dictionary lists has no entry.
                if mention.source.isEmpty { continue }
                outcome.checked += 1
                let pair = Pair(entity: mention.entity, name: mention.dictionaryName)
                let fault: String?
                if let found = known[pair] {
                    fault = found
                } else {
                    fault = Self.fault(of: mention, in: dictionary)
                    known[pair] = .some(fault)
                }
                if let fault {
                    outcome.differs(
                        citation.place(item.id), "the mention at bytes \(mention.range): \(fault)",
                        CheckOutcome.rereadAdvice)
                }
            }
        }
    }

    private static func fault(of mention: Mention, in dictionary: CompiledDictionary) -> String? {
        guard let concept = dictionary.concept(of: mention.entity),
            dictionary.identifier(ofConcept: concept) == mention.entity
        else { return "the dictionary has no \(mention.entity)" }
        if dictionary.taxon(ofConcept: concept) != mention.taxon {
            return "\(mention.entity) is of another species"
        }
        if dictionary.kind(ofConcept: concept) != mention.kind {
            return "\(mention.entity) is a \(dictionary.kind(ofConcept: concept).rawValue)"
        }
        if dictionary.name(ofConcept: concept) == mention.dictionaryName
            || dictionary.fullName(ofConcept: concept) == mention.dictionaryName
        {
            return nil
        }
        let name = Array(mention.dictionaryName.utf8)
        var isListed = false
        dictionary.forEachName(ofConcept: concept) { bytes, _ in
            guard !isListed, bytes.count == name.count else { return }
            for place in bytes.indices where bytes[place] != name[place] { return }
            isListed = true
        }
        if isListed { return nil }
        // A name that was entered in another spelling than its source's, or by which an ortholog is known.
        let group = dictionary.orthologGroup(ofConcept: concept)
        let isEntry = dictionary.entries(named: mention.dictionaryName).contains { entry in
            entry.concept == concept
                || group != 0 && dictionary.orthologGroup(ofConcept: entry.concept) == group
        }
        return isEntry ? nil : "“\(mention.dictionaryName)” is no name of \(mention.entity)"
    }
}
