import Corpus
import Terminology

/// Gives each gene name one gene: of all the genes that it may mean, in all the species that the document speaks of,
/// the one for which most speaks, by the weights of a linear model.
struct GeneResolver {
    let dictionary: CompiledDictionary
    let species: SpeciesContext
    /// The concept of the gene that is looked for, whatever the species around its names.
    let focus: Int?
    /// The weights in hundredths; nil where they are not all such.
    let tables: TabledWeights?

    /// Gives the names of a document their genes.
    ///
    /// - Parameters:
    ///   - words: the tagger's memory, which has the document's words where there are tables.
    ///   - room: what is worked with; where there is none yet, it is made.
    func resolve(_ document: inout TaggedDocument, _ words: WordMemory, _ room: inout GeneChoices.Room?) {
        let decisions = decisions(in: document, words, &room)
        guard !decisions.isEmpty else { return }
        var areAllMeant = true
        for (index, decision) in decisions {
            document.names[index].readings = Readings(decision.reading)
            document.names[index].choice = decision.reason
            if decision.reading == nil { areAllMeant = false }
            if decision.isSought {
                document.names[index].doubts = []
                document.names[index].isSought = true
            }
        }
        if !areAllMeant { document.names.removeAll { $0.readings.isEmpty } }
    }

    /// What becomes of the name of a gene.
    private struct Decision {
        var reading: Reading?
        var reason: GeneChoiceReason?
        var isSought = false
    }

    /// The decisions on all genes, by the places of their names. A function of its own: what it works with holds the
    /// document, and would have it copied where a name is changed.
    private func decisions(
        in document: TaggedDocument, _ words: WordMemory, _ room: inout GeneChoices.Room?
    ) -> [(index: Int, decision: Decision)] {
        var genes = 0
        for index in document.names.indices where document.names[index].kind == .gene { genes += 1 }
        guard genes > 0 else { return [] }
        var decisions: [(index: Int, decision: Decision)] = []
        decisions.reserveCapacity(genes)
        var choices = GeneChoices(
            document: document, dictionary: dictionary, species: species,
            tables: tables.map { ($0, words.weights) }, room: room.take() ?? GeneChoices.Room())
        var list = FeatureList(isNamed: false)
        for index in document.names.indices where document.names[index].kind == .gene {
            let name = document.names[index]
            if let focused = focused(name, in: document) {
                decisions.append((index, Decision(reading: focused, reason: name.choice, isSought: true)))
            } else if let (reading, reason) = choices.best(for: name, &list) {
                decisions.append((index, Decision(reading: reading, reason: reason)))
            } else {
                decisions.append((index, Decision()))
            }
        }
        room = choices.room
        return decisions
    }

    /// The reading as the gene that was asked for, by its own name or its ortholog's.
    private func focused(_ name: NameReading, in document: TaggedDocument) -> Reading? {
        guard let focus else { return nil }
        if let own = document.readings.first(of: name.readings, where: { $0.concept == focus }) {
            return own
        }
        let group = dictionary.orthologGroup(ofConcept: focus)
        guard group != 0,
            var other = document.readings.first(
                of: name.readings,
                where: {
                    dictionary.orthologGroup(ofConcept: $0.concept) == group
                })
        else { return nil }
        other.concept = focus
        return other
    }
}
