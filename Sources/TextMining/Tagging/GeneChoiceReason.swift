import Corpus
import Terminology

/// Why a name was given its gene and not another, for explanation.
struct GeneChoiceReason {
    /// How the species of the gene stands to the name.
    var relation: SpeciesRelation
    /// Whether the name is listed for an ortholog only.
    var isOrtholog: Bool
    /// How many genes of the species the name may mean, this one among them.
    var rivals: Int32
    /// Whether another name in the text supports the gene.
    var isNamed: Bool

    /// A number above 0 that no other reason has, below 2^30: so many rivals has no name.
    var number: UInt64 {
        UInt64(UInt32(rivals)) << 11 | UInt64(relation.number) << 3 | (isOrtholog ? 4 : 0)
            | (isNamed ? 2 : 0) | 1
    }

    /// Adds it to reasons, as a reader is told it.
    func add(to reasons: inout [String], for reading: Reading, in dictionary: CompiledDictionary) {
        reasons.append(relation.sentence)
        if isOrtholog {
            let listed = dictionary.identifier(ofConcept: dictionary.entry(reading.entry).concept)
            reasons.append("by a name of its ortholog \(listed)")
        }
        if rivals > 1 {
            reasons.append(
                isNamed
                    ? "the only one of \(rivals) genes that another name in the text supports"
                    : "the likeliest of \(rivals) genes by name, words of the text and number of names")
        }
    }
}
