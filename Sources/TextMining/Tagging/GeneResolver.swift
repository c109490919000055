import Corpus
import Terminology

/// Gives each gene name one gene: of all the genes that it may mean, in all the species that the document speaks of,
/// the one for which most speaks, by the weights of a linear model.
struct GeneResolver {
    let dictionary: CompiledDictionary
    let species: SpeciesContext
    /// The concept of the gene that is looked for, whatever the species around its names.
    let focus: Int?

    func resolve(_ document: inout TaggedDocument) {
        var choices = GeneChoices(document: document, dictionary: dictionary, species: species)
        var list = FeatureList(isNamed: false)
        for index in document.names.indices where document.names[index].kind == .gene {
            let name = document.names[index]
            if let focused = focused(name) {
                document.names[index].readings = [focused]
                document.names[index].doubts = []
                document.names[index].isSought = true
                continue
            }
            guard let (reading, reason) = choices.best(for: name, &list) else {
                document.names[index].readings = []
                continue
            }
            document.names[index].readings = [reading]
            document.names[index].choice = reason
        }
        document.names.removeAll { $0.readings.isEmpty }
    }

    /// The reading as the gene that was asked for, by its own name or its ortholog's.
    private func focused(_ name: NameReading) -> Reading? {
        guard let focus else { return nil }
        if let own = name.readings.first(where: { $0.concept == focus }) { return own }
        let group = dictionary.orthologGroup(ofConcept: focus)
        guard group != 0,
            var other = name.readings.first(where: {
                dictionary.orthologGroup(ofConcept: $0.concept) == group
            })
        else { return nil }
        other.concept = focus
        return other
    }
}
