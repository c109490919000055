import Corpus

/// How often each of a few species was counted.
struct TaxonCounts: Sendable {
    private var counts: [(taxon: TaxonID, count: Int)] = []

    /// How often a species was counted.
    subscript(taxon: TaxonID) -> Int { counts.first { $0.taxon == taxon }?.count ?? 0 }

    /// How often the species was counted that was counted most often.
    var most: Int { counts.reduce(0) { max($0, $1.count) } }

    /// Counts a species once more.
    mutating func count(_ taxon: TaxonID) {
        if let index = counts.firstIndex(where: { $0.taxon == taxon }) {
            counts[index].count += 1
        } else {
            counts.append((taxon, 1))
        }
    }

    /// Forgets all counts.
    mutating func removeAll() { counts.removeAll(keepingCapacity: true) }
}
