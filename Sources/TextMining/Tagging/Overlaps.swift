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

    /// How far the names of a passage reach, as they come in the document's order: by kind, and at the end for all strong
    /// ones.
    struct Reach {
        /// The end of the name that reaches farthest, and the start of the first of those that do.
        private var ends = InlineArray<11, Int>(repeating: 0)
        private var starts = InlineArray<11, Int>(repeating: 0)
        private var passage = -1

        private static let strong = 10

        /// Takes in the next name; whether it lies inside a longer strong one, or inside a longer one of its own kind.
        mutating func takesInside(_ kind: EntityKind, _ range: TextRange, passage: Int) -> Bool {
            if passage != self.passage {
                self = Reach()
                self.passage = passage
            }
            let number = Int(kind.number)
            let isInside = isInside(range, number) || isInside(range, Self.strong)
            take(range, number)
            if Overlaps.isStrong(kind) { take(range, Self.strong) }
            return isInside
        }

        private func isInside(_ range: TextRange, _ place: Int) -> Bool {
            ends[place] > range.end || ends[place] == range.end && starts[place] < range.start
        }

        private mutating func take(_ range: TextRange, _ place: Int) {
            guard range.end > ends[place] else { return }
            (ends[place], starts[place]) = (range.end, range.start)
        }
    }

    /// Removes the names that lie inside a longer strong one, or inside a longer one of their own kind.
    ///
    /// - Parameter names: in the document's order.
    /// - Complexity: O(number of names).
    static func removeContained(from names: inout [NameReading]) {
        var reach = Reach()
        names.removeAll { reach.takesInside($0.kind, $0.range, passage: $0.passage) }
    }

    /// Leaves one name in each place: the longest strong one, by kind where they are equal; names of other kinds stand
    /// where they overlap no strong one that they do not contain.
    ///
    /// - Complexity: O(number of names · names in a sentence).
    static func chooseKinds(in document: inout TaggedDocument) {
        // Names that touch no other stay as they are; the others are chosen among those that they are joined to.
        var order: [Contender] = []
        var kept = 0
        var start = 0
        let count = document.names.count
        while start < count {
            let (passage, sentence) = (document.names[start].passage, document.names[start].sentence)
            var reach = document.names[start].range.end
            var end = start + 1
            while end < count, document.names[end].range.start < reach,
                document.names[end].passage == passage,
                document.names[end].sentence == sentence
            {
                reach = max(reach, document.names[end].range.end)
                end += 1
            }
            if end == start + 1 {
                if kept < start { document.names[kept] = document.names[start] }
                kept += 1
            } else {
                choose(start..<end, of: &document.names, &kept, &order)
            }
            start = end
        }
        document.names.removeSubrange(kept...)
    }

    /// A name that competes for a place.
    private struct Contender {
        let index: Int
        let kind: EntityKind
        let range: TextRange
        /// By which the names are taken, the lowest first: strong ones, longer ones, by kind, by place.
        let first: Int
        let second: Int

        init(_ name: NameReading, _ index: Int) {
            self.index = index
            kind = name.kind
            range = name.range
            first = (isStrong(name.kind) ? 0 : 1 << 40) - name.range.count
            // Of two names with the same span the one with the better name wins: the symbol ATP8A2 has a synonym ATP, but
            // the nucleotide is called so first of all.
            let isLesserGene = name.kind == .gene && (name.readings.first?.grade ?? .official) > .official
            second = (isLesserGene ? lastRank : rank(name.kind)) << 40 + name.range.start
        }

        func isBefore(_ other: Contender) -> Bool {
            first < other.first || first == other.first && second < other.second
        }

        /// Whether it cannot stand beside a name that has been taken.
        func clashes(with taken: Contender) -> Bool {
            guard taken.range.overlaps(range) else { return false }
            if isStrong(kind) || !isStrong(taken.kind) { return true }
            return !(range.contains(taken.range) && range.count > taken.range.count)
        }
    }

    /// Chooses among names that stand side by side, and moves those that are left to where those before them end.
    ///
    /// - Parameters:
    ///   - kept: how many names are left so far.
    ///   - order: room for the names in their order.
    private static func choose(
        _ places: Range<Int>, of names: inout [NameReading], _ kept: inout Int, _ order: inout [Contender]
    ) {
        order.removeAll(keepingCapacity: true)
        // Few names stand side by side: each is put in its place among those before.
        for index in places {
            let own = Contender(names[index], index)
            var place = order.count
            while place > 0, own.isBefore(order[place - 1]) { place -= 1 }
            order.insert(own, at: place)
        }
        // Those that are left stand first, in the order of the document.
        var left = 0
        for next in order.indices {
            let own = order[next]
            if order[..<left].contains(where: { own.clashes(with: $0) }) { continue }
            var place = left
            while place > 0,
                (own.range, rank(own.kind)) < (order[place - 1].range, rank(order[place - 1].kind))
            {
                order[place] = order[place - 1]
                place -= 1
            }
            order[place] = own
            left += 1
        }
        let chosen = order[..<left].map { names[$0.index] }
        for name in chosen {
            names[kept] = name
            kept += 1
        }
    }
}
