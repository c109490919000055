import Corpus
import Terminology

/// Sees to it that no two names of competing kinds stand in one place.
///
/// A name lies inside one sentence, so that only names of its sentence can touch it.
enum Overlaps {
    /// Kinds that compete for a place; all others may stand around or beside them.
    private static func isStrong(_ kind: EntityKind) -> Bool {
        switch kind {
        case .gene, .geneFamily, .chemical, .disease, .species, .cellLine: true
        case .anatomy, .process, .technique, .psychiatry: false
        }
    }

    /// Which kind a name is where it might be several: the lowest.
    private static func rank(_ kind: EntityKind) -> Int {
        switch kind {
        case .cellLine: 0
        case .geneFamily: 1
        case .species: 2
        case .disease: 3
        case .gene: 4
        case .chemical: 5
        case .psychiatry: 6
        case .anatomy: 7
        case .process: 8
        case .technique: 9
        }
    }
    private static let lastRank = 10

    /// The names without those that lie inside a longer strong one, or inside a longer one of their own kind.
    ///
    /// - Parameter names: in the document's order.
    /// - Complexity: O(number of names).
    static func withoutContained(_ names: [NameReading]) -> [NameReading] {
        var kept: [NameReading] = []
        kept.reserveCapacity(names.count)
        // How far the names reach that begin before the name at hand, and those that begin where it does: by kind, and
        // at the end for all strong ones.
        let strong = EntityKind.allCases.count
        var earlier = [Int](repeating: 0, count: strong + 1)
        var beside = earlier
        for (index, name) in names.enumerated() {
            if index == 0 || names[index - 1].passage != name.passage {
                for kind in earlier.indices { (earlier[kind], beside[kind]) = (0, 0) }
            } else if names[index - 1].range.start != name.range.start {
                for kind in earlier.indices { earlier[kind] = max(earlier[kind], beside[kind]) }
            }
            let kind = Int(name.kind.number)
            let end = name.range.end
            let isInside =
                earlier[kind] >= end || beside[kind] > end || earlier[strong] >= end || beside[strong] > end
            if !isInside { kept.append(name) }
            beside[kind] = max(beside[kind], end)
            if isStrong(name.kind) { beside[strong] = max(beside[strong], end) }
        }
        return kept
    }

    /// Leaves one name in each place: the longest strong one, by kind where they are equal; names of other kinds stand
    /// where they overlap no strong one that they do not contain.
    ///
    /// - Complexity: O(number of names · names in a sentence).
    static func chooseKinds(in document: inout TaggedDocument) {
        let names = document.names
        var kept: [NameReading] = []
        kept.reserveCapacity(names.count)
        var order: [Int] = []
        var start = 0
        while start < names.count {
            var end = start + 1
            while end < names.count, names[end].passage == names[start].passage,
                names[end].sentence == names[start].sentence
            {
                end += 1
            }
            if end == start + 1 {
                kept.append(names[start])
            } else {
                choose(names[start..<end], into: &kept, &order)
            }
            start = end
        }
        document.names = kept
    }

    /// Of two names with the same span the one with the better name wins: the symbol ATP8A2 has a synonym ATP, but the
    /// nucleotide is called so first of all.
    private static func precedence(_ name: NameReading) -> (Int, Int, Int, Int) {
        let isLesserGene = name.kind == .gene && (name.readings.first?.grade ?? .official) > .official
        return (
            isStrong(name.kind) ? 0 : 1, -name.range.count, isLesserGene ? lastRank : rank(name.kind),
            name.range.start
        )
    }

    /// - Parameter order: room for the places of the names.
    private static func choose(
        _ names: ArraySlice<NameReading>, into kept: inout [NameReading], _ order: inout [Int]
    ) {
        order.removeAll(keepingCapacity: true)
        // Few names stand in a sentence: each is put in its place among those before.
        for index in names.indices {
            let own = precedence(names[index])
            var place = order.count
            while place > 0, own < precedence(names[order[place - 1]]) { place -= 1 }
            order.insert(index, at: place)
        }
        let start = kept.count
        for index in order {
            let name = names[index]
            let clashes = kept[start...].contains { taken in
                guard taken.range.overlaps(name.range) else { return false }
                if isStrong(name.kind) || !isStrong(taken.kind) { return true }
                return !(name.range.contains(taken.range) && name.range.count > taken.range.count)
            }
            if !clashes { kept.append(name) }
        }
        kept[start...].sort { ($0.range, rank($0.kind)) < ($1.range, rank($1.kind)) }
    }
}
