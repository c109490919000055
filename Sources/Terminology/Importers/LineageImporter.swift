import Corpus

/// Reads NCBI Taxonomy's nodes.dmp: `taxon | parent | rank | …`. Of the lineage only the domain and the rank are kept:
/// they tell an animal or plant, which a gene may belong to, from the virus or bacterium that it meets, and a species
/// from a class of them.
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
}
