import Corpus

/// Sees to it that no two names of competing kinds stand in one place.
enum Overlaps {
    /// Kinds that compete for a place; all others may stand around or beside them.
    private static func isStrong(_ kind: EntityKind) -> Bool {
        switch kind {
        case .gene, .geneFamily, .chemical, .disease, .species, .cellLine: true
        case .anatomy, .process, .technique, .psychiatry: false
        }
    }

    /// Which kind a name is where it might be several: the first in this list.
    private static let precedence: [EntityKind] = [
        .cellLine, .geneFamily, .species, .disease, .gene, .chemical, .psychiatry, .anatomy, .process,
        .technique,
    ]

    private static func rank(_ kind: EntityKind) -> Int {
        precedence.firstIndex(of: kind) ?? precedence.count
    }

    /// Drops a strong name that lies inside a longer strong one, and a name inside a longer one of its own kind.
    static func dropContained(in document: inout TaggedDocument) {
        let names = document.names
        var kept: [NameReading] = []
        var from = 0
        for (index, name) in names.enumerated() {
            while from < index, names[from].passage < name.passage { from += 1 }
            let isInside = names.indices.suffix(from: from).prefix { names[$0].passage == name.passage }
                .contains {
                    other in
                    names[other].range.count > name.range.count && names[other].range.contains(name.range)
                        && (names[other].kind == name.kind
                            || (isStrong(names[other].kind) && isStrong(name.kind))
                            || (isStrong(names[other].kind) && !isStrong(name.kind)))
                }
            if !isInside { kept.append(name) }
        }
        document.names = kept
    }

    /// Leaves one name in each place: the longest strong one, by kind where they are equal; names of other kinds stand
    /// where they overlap no strong one that they do not contain.
    static func chooseKinds(in document: inout TaggedDocument) {
        func key(_ name: NameReading) -> [Int] {
            // Of two kinds with the same span the one with the better name wins: the symbol ATP8A2 has a synonym ATP,
            // but the nucleotide is called so first of all.
            let grade = Int(name.readings.first?.grade.rawValue ?? 0)
            let isGene = name.kind == .gene && grade > 0
            return [
                isStrong(name.kind) ? 0 : 1, -name.range.count,
                isGene ? precedence.count : rank(name.kind),
                name.passage,
                name.range.start,
            ]
        }
        let keys = document.names.map(key)
        let order = document.names.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
        var kept: [Int] = []
        for index in order {
            let name = document.names[index]
            let clashes = kept.contains { other in
                let taken = document.names[other]
                guard taken.passage == name.passage, taken.range.overlaps(name.range) else { return false }
                if isStrong(name.kind) || !isStrong(taken.kind) { return true }
                return !(name.range.contains(taken.range) && name.range.count > taken.range.count)
            }
            if !clashes { kept.append(index) }
        }
        document.names = kept.sorted().map { document.names[$0] }
        document.names.sort { ($0.passage, $0.range, rank($0.kind)) < ($1.passage, $1.range, rank($1.kind)) }
    }
}
