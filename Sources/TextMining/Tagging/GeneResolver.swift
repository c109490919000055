import Corpus
import Terminology

/// Gives each gene name one gene: first the species, then the gene within it.
struct GeneResolver {
    let dictionary: CompiledDictionary
    let species: SpeciesContext
    /// The concept of the gene that is looked for, whatever the species around its names.
    let focus: Int?

    func resolve(_ document: inout TaggedDocument) {
        let certain = certainConcepts(in: document)
        for index in document.names.indices where document.names[index].kind == .gene {
            let name = document.names[index]
            if let focused = focused(name) {
                document.names[index].readings = [focused]
                document.names[index].reasons = ["the gene that was asked for"]
                continue
            }
            let (order, reason) = taxa(for: name, in: document)
            if let (reading, why) = choose(name, order: order, certain: certain) {
                document.names[index].readings = [reading]
                document.names[index].reasons = [reason] + (why.isEmpty ? [] : [why])
            } else {
                document.names[index].readings = []
            }
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

    // MARK: - Species

    /// The species to try, in order, and why the first comes first.
    private func taxa(for name: NameReading, in document: TaggedDocument) -> ([TaxonID], String) {
        let near = species.near(name, in: document)
        var order: [TaxonID] = []
        var reason = ""
        func add(_ taxon: TaxonID?, _ why: String) {
            guard let taxon, !order.contains(taxon) else { return }
            if order.isEmpty { reason = why }
            order.append(taxon)
        }
        add(near.direct, "species named directly before")
        add(near.left, "nearest species to the left in the sentence")
        add(near.right, "nearest species to the right in the sentence")
        for taxon in species.focus { add(taxon, "species that the document names most") }
        if !species.isForeign { add(.human, "no species named: human by default") }
        return (order, reason)
    }

    // MARK: - Gene

    /// The concepts that some name of the document stands for without any doubt within its species.
    private func certainConcepts(in document: TaggedDocument) -> Set<Int> {
        var certain: Set<Int> = []
        for name in document.names where name.kind == .gene {
            var byTaxon: [TaxonID: [Int]] = [:]
            for reading in name.readings {
                if let taxon = dictionary.taxon(ofConcept: reading.concept) {
                    byTaxon[taxon, default: []].append(reading.concept)
                }
            }
            for concepts in byTaxon.values where Set(concepts).count == 1 { certain.insert(concepts[0]) }
        }
        return certain
    }

    private func choose(
        _ name: NameReading, order: [TaxonID], certain: Set<Int>
    ) -> (Reading, String)? {
        for (place, taxon) in order.enumerated() {
            let own = name.readings.filter { dictionary.taxon(ofConcept: $0.concept) == taxon }
            if !own.isEmpty {
                return choose(among: own, certain: certain)
            }
            guard place == 0 else { continue }
            // The name is listed for other species only: it stands for their ortholog in this one.
            var orthologs: [Reading] = []
            for reading in name.readings {
                if let concept = dictionary.ortholog(ofConcept: reading.concept, in: taxon) {
                    var other = reading
                    other.concept = concept
                    other.grade = max(reading.grade, .related)
                    orthologs.append(other)
                }
            }
            if let (reading, why) = choose(among: orthologs, certain: certain) {
                let from = dictionary.identifier(ofConcept: name.readings[0].concept)
                return (reading, (why.isEmpty ? "" : why + "; ") + "by a name of its ortholog \(from)")
            }
        }
        return nil
    }

    /// One gene of one species for a name.
    private func choose(among readings: [Reading], certain: Set<Int>) -> (Reading, String)? {
        let concepts = Set(readings.map(\.concept))
        if concepts.isEmpty { return nil }
        if concepts.count == 1 { return (readings[0], "") }
        let known = readings.filter { certain.contains($0.concept) }
        if Set(known.map(\.concept)).count == 1 {
            return (
                known[0], "the only one of \(concepts.count) genes that another name in the text supports"
            )
        }
        let best = readings.map(\.grade).min() ?? .weak
        let leading = readings.filter { $0.grade == best }
        if Set(leading.map(\.concept)).count == 1, best <= .fullName {
            return (leading[0], "the symbol or full name of this one of \(concepts.count) genes")
        }
        return nil
    }
}
