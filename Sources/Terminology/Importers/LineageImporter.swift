import Corpus

/// Reads NCBI Taxonomy's nodes.dmp: `taxon | parent | rank | …`. Of the lineage only the domain and the rank are kept:
/// they tell an animal or plant, which a gene may belong to, from the virus or bacterium that it meets, and a species
/// from a class of them. Genes of a strain or subspecies become genes of its species: NCBI's yeast genes are those of strain
/// 559292, and who asks for yeast asks for 4932.
struct LineageImporter {
    static func recognizes(fileName: String, _ firstLine: ArraySlice<UInt8>) -> Bool {
        fileName.hasPrefix("nodes") && firstLine.starts(with: "1\t|\t1\t|")
    }

    /// What `Entity.treeNumbers` of a species says first, by the taxon of its domain; then comes the rank.
    private static let domains = [2759: "Eukaryota", 2: "Bacteria", 2157: "Archaea", 10239: "Viruses"]

    static func read(_ bytes: [UInt8], path: String, into draft: inout DictionaryDraft)
        throws(TerminologyError)
    {
        var parents: [Int: Int] = [:]
        var ranks: [(taxon: Int, rank: String)] = []
        var lines = Lines(bytes)
        while let line = lines.next() {
            if line.isEmpty { continue }
            let fields = line.fields(separatedBy: UInt8(ascii: "|")).prefix(3).map(\.trimmed)
            guard fields.count == 3, let taxon = fields[0].number, let parent = fields[1].number else {
                throw .malformed(path: path, line: lines.number, reason: "not a row of nodes.dmp")
            }
            parents[taxon] = parent
            ranks.append((taxon, fields[2].text))
        }
        assignSpecies(parents, ranks: ranks, in: &draft)
        for (taxon, rank) in ranks {
            guard let concept = draft.index(of: EntityID(prefix: "ncbitaxon", local: String(taxon))) else {
                continue
            }
            var at = taxon
            // No lineage is deeper than some forty ranks: a circle in the file ends as well.
            for _ in 0..<100 {
                if let domain = domains[at] {
                    draft.setTreeNumbers([domain, rank], of: concept)
                    break
                }
                guard let parent = parents[at], parent != at else { break }
                at = parent
            }
        }
    }

    private static func assignSpecies(
        _ parents: [Int: Int], ranks: [(taxon: Int, rank: String)], in draft: inout DictionaryDraft
    ) {
        let taxa = draft.geneTaxa
        let isSpecies = Set(ranks.lazy.filter { $0.rank == "species" }.map(\.taxon))
        var species: [Int32: Int32] = [:]
        for taxon in taxa where !isSpecies.contains(taxon) {
            var at = taxon
            for _ in 0..<100 {
                guard let parent = parents[at], parent != at else { break }
                at = parent
                if isSpecies.contains(at) {
                    species[Int32(truncatingIfNeeded: taxon)] = Int32(truncatingIfNeeded: at)
                    break
                }
            }
        }
        if species.isEmpty { return }
        for (index, concept) in draft.concepts.enumerated() where concept.kind == .gene {
            if let above = species[concept.taxon] { draft.setTaxon(above, of: index) }
        }
    }
}
