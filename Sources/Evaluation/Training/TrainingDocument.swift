import Corpus
import Intake
import TextMining

/// A gold document as the trainer reads it.
struct TrainingDocument {
    let gold: GoldDocument
    /// The types that its corpus annotates: of others, nothing can be learned from it.
    let types: [GoldType]
    /// The species whose genes alone are asked for where it is tagged; nil for all.
    var species: TaxonID?

    var id: String { gold.document.id }

    /// The identifiers of a type, without prefixes.
    func identifiers(of type: GoldType) -> Set<String> {
        Set(gold.mentions.filter { type.names.contains($0.type) }.flatMap(\.identifiers))
    }

    /// The gold mentions of a type by their place, in UTF-8 bytes of a passage: the annotations of the document in the
    /// order of its gold mentions.
    func places(of type: GoldType) -> [(passage: Int, range: TextRange, mention: MarkedMention)] {
        zip(gold.document.annotations, gold.mentions).compactMap { annotation, mention in
            guard type.names.contains(mention.type) else { return nil }
            return (gold.document.passages[annotation.passage].index, annotation.range, mention)
        }
    }
}
