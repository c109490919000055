import Corpus
import Intake
import Terminology

/// Learns names of entities that annotators used and the dictionary lacks, or reads as something else.
///
/// A name is taken where most annotators agree on its entity, and where it is annotated in at least half of the documents
/// that have it. It displaces the dictionary's own reading only where many documents agree against it.
struct NameLearner {
    /// What is asked of a name.
    struct Thresholds {
        /// The share of the documents annotating it that must give the entity.
        var agreement = 0.6
        /// The share of the documents that have the name in which it must be annotated.
        var annotated = 0.5
        /// How many documents must agree before the dictionary's own reading is displaced, and their share.
        var displacing = 3
        var displacingAgreement = 0.8
    }

    private struct Learned {
        var spellings: [String: Int] = [:]
        var documents: [EntityID: Int] = [:]
    }

    let dictionary: CompiledDictionary
    var thresholds = Thresholds()

    /// The table of names learned from documents, in the layout of tables of names, without header.
    ///
    /// - Complexity: O(length of the documents × length of the longest name in tokens).
    func rows(from documents: [TrainingDocument], types: [GoldType] = [.disease, .chemical, .species])
        -> [String]
    {
        types.flatMap { type in
            rows(of: type, from: documents.filter { $0.types.contains(type) })
        }
    }

    private func rows(of type: GoldType, from documents: [TrainingDocument]) -> [String] {
        var folding = NameFolding()
        var learned: [[UInt64]: Learned] = [:]
        for document in documents {
            var seen: Set<[UInt64]> = []
            for place in document.places(of: type) where place.mention.identifiers.count == 1 {
                guard let entity = entity(place.mention.identifiers[0], type), isName(place.mention.text)
                else {
                    continue
                }
                let key = folding.tokens(of: place.mention.text)
                guard !key.isEmpty, key.count <= 12 else { continue }
                learned[key, default: Learned()].spellings[place.mention.text, default: 0] += 1
                if seen.insert(key).inserted { learned[key]?.documents[entity, default: 0] += 1 }
            }
        }
        let occurrences = occurrences(of: learned, in: documents)
        var rows: [String] = []
        for (key, name) in learned {
            let best = name.documents.max { ($0.value, $1.key) < ($1.value, $0.key) }
            guard let (entity, count) = best, let occurrence = occurrences[key] else { continue }
            let annotated = name.documents.values.reduce(0, +)
            guard Double(count) >= thresholds.agreement * Double(annotated),
                Double(annotated) >= thresholds.annotated * Double(occurrence)
            else { continue }
            let spelling = name.spellings.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
            guard let grade = grade(of: spelling, entity, type, count: count, annotated: annotated) else {
                continue
            }
            rows.append(
                [type.kind.rawValue, entity.curie, spelling, taxon(of: entity), grade].joined(separator: "\t")
            )
        }
        return rows.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// In how many documents each name stands as a sequence of whole tokens.
    private func occurrences(
        of learned: [[UInt64]: Learned], in documents: [TrainingDocument]
    ) -> [[UInt64]: Int] {
        let longest = learned.keys.map(\.count).max() ?? 0
        let firsts = Set(learned.keys.compactMap(\.first))
        var counts: [[UInt64]: Int] = [:]
        var folding = NameFolding()
        for document in documents {
            var seen: Set<[UInt64]> = []
            for passage in document.gold.document.passages {
                let tokens = folding.tokens(of: passage.text)
                for start in tokens.indices where firsts.contains(tokens[start]) {
                    for end in start..<min(tokens.count, start + longest) {
                        let key = Array(tokens[start...end])
                        if learned[key] != nil { seen.insert(key) }
                    }
                }
            }
            for key in seen { counts[key, default: 0] += 1 }
        }
        return counts
    }

    /// The entity of an identifier, where the dictionary has it as one of the type. A disease may also be one of OMIM's, of
    /// six digits, which the dictionary need not have.
    private func entity(_ identifier: String, _ type: GoldType) -> EntityID? {
        let known = type.entities(of: identifier).first { id in
            dictionary.concept(of: id).map { dictionary.kind(ofConcept: $0) == type.kind } ?? false
        }
        if known != nil { return known }
        guard type == .disease, identifier.utf8.count == 6,
            identifier.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
        else { return nil }
        return EntityID(prefix: "omim", local: identifier)
    }

    private func taxon(of entity: EntityID) -> String {
        guard let concept = dictionary.concept(of: entity), let taxon = dictionary.taxon(ofConcept: concept)
        else { return "0" }
        return "\(taxon.number)"
    }

    /// Whether a text may be a name: three letters at least, and nothing that a table cannot hold.
    private func isName(_ text: String) -> Bool {
        var letters = 0
        for byte in text.utf8 {
            if byte < 0x20 { return false }
            if (byte | 0x20) >= 0x61, (byte | 0x20) <= 0x7A { letters += 1 }
        }
        return letters >= 3
    }

    /// How far a name is to be trusted; nil where it is not wanted: the dictionary reads it so already, or differently
    /// with too little against it, or it is an acronym that too few documents use without defining it.
    private func grade(
        of spelling: String, _ entity: EntityID, _ type: GoldType, count: Int, annotated: Int
    ) -> String? {
        let isAcronym = spelling.utf8.allSatisfy { $0 < 0x61 || $0 > 0x7A }
        if isAcronym, count < 3 { return nil }
        let known = dictionary.entries(named: spelling).filter {
            dictionary.kind(ofConcept: $0.concept) == type.kind
        }
        guard let first = known.first else { return count > 1 ? "synonym" : "related" }
        if dictionary.identifier(ofConcept: first.concept) == entity { return nil }
        let isCertain =
            entity.prefix != "omim" && count >= thresholds.displacing
            && Double(count) >= thresholds.displacingAgreement * Double(annotated)
        return isCertain ? "sole" : nil
    }
}
