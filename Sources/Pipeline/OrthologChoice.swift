import Corpus
import Terminology

/// Which evidence on its orthologs a gene's article shows.
struct OrthologChoice: Sendable {
    /// The dictionary with the table of orthologs.
    let dictionary: CompiledDictionary
    /// The most statements of one ortholog.
    let statements: Int

    /// Makes a choice; nil where a pipeline wants none.
    init?(dictionary: CompiledDictionary, statements: Int) {
        guard statements > 0 else { return nil }
        self.dictionary = dictionary
        self.statements = statements
    }

    /// The ortholog of a gene in a species.
    func ortholog(of gene: EntityID, in taxon: TaxonID) -> EntityID? {
        guard let concept = dictionary.concept(of: gene),
            let other = dictionary.ortholog(ofConcept: concept, in: taxon)
        else { return nil }
        return dictionary.identifier(ofConcept: other)
    }
}
