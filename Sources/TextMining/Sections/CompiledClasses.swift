import Corpus
import Terminology

/// The classes of a rule file, ready to be looked for.
struct CompiledClasses: Sendable {
    /// The names, by number.
    let names: [String]
    /// All word patterns: label `2n` for words of class n, `2n + 1` for the words that hide them.
    let table: WordTable
    /// The kinds of concepts inside which a word of a class does not count, by class.
    let exceptInside: [[EntityKind]]
    /// The classes that name a kind, by its number: those without branches, and those with some.
    private let ofKind: [(plain: [Int], branched: [Int])]
    /// The classes that name a branch of a vocabulary, or except one, by the hash of its number.
    private let ofBranch: [UInt64: Branch]
    /// Entities that do not belong, by class.
    private let exceptEntities: [Set<EntityID>]

    /// The classes of a branch.
    private struct Branch {
        var classes: [Int] = []
        var excepting: [Int] = []
    }

    init(_ classes: [TriggerClass]) {
        names = classes.map { $0.name }
        exceptInside = classes.map { $0.exceptInside }
        var table = WordTable()
        for (number, one) in classes.enumerated() {
            for (label, words) in [(2 * number, one.words), (2 * number + 1, one.exceptWords)] {
                for word in words {
                    let isIn = table.insert(word, label: label)
                    precondition(isIn, "the word lists of a rule file need more than 65,535 nodes")
                }
            }
        }
        self.table = table
        exceptEntities = classes.map { Set($0.exceptEntities) }
        ofKind = EntityKind.allCases.sorted { $0.number < $1.number }.map { kind in
            let all = classes.indices.filter { classes[$0].kinds.contains(kind) }
            return (
                all.filter { classes[$0].branches.isEmpty }, all.filter { !classes[$0].branches.isEmpty }
            )
        }
        var ofBranch: [UInt64: Branch] = [:]
        for (number, one) in classes.enumerated() {
            for branch in one.branches {
                ofBranch[NameHash.of(branch.utf8), default: Branch()].classes.append(number)
            }
            for branch in one.exceptBranches {
                ofBranch[NameHash.of(branch.utf8), default: Branch()].excepting.append(number)
            }
        }
        self.ofBranch = ofBranch
    }

    /// Whether a mention belongs to a class by its kind or its place in MeSH.
    func holds(_ mention: Mention, number: Int) -> Bool { numbers(holding: mention).contains(number) }

    /// The classes that a mention belongs to by its kind or its place in MeSH, by number, in ascending order.
    ///
    /// - Complexity: O(letters of its tree numbers).
    func numbers(holding mention: Mention) -> [Int] {
        var numbers: [Int] = []
        var excepted: [Int] = []
        // Its places in MeSH know better than its kind: schizophrenia is a Disease, but of no branch of C.
        let ofKind = ofKind[Int(mention.kind.number)]
        numbers += ofKind.plain
        if mention.treeNumbers.isEmpty { numbers += ofKind.branched }
        for tree in mention.treeNumbers {
            var hash = NameHash()
            var isFirst = true
            // At each point the part before is a branch; `C` is a branch of one letter.
            for byte in tree.utf8 {
                if byte == UInt8(ascii: "."), !isFirst { look(up: hash.value, &numbers, &excepted) }
                hash.combine(byte)
                if isFirst, tree.utf8.count > 1 { look(up: hash.value, &numbers, &excepted) }
                isFirst = false
            }
            if !isFirst { look(up: hash.value, &numbers, &excepted) }
        }
        if numbers.isEmpty { return numbers }
        numbers.sort()
        var kept: [Int] = []
        for number in numbers
        where kept.last != number && !excepted.contains(number)
            && !exceptEntities[number].contains(mention.entity)
        {
            kept.append(number)
        }
        return kept
    }

    private func look(up branch: UInt64, _ numbers: inout [Int], _ excepted: inout [Int]) {
        guard let found = ofBranch[branch] else { return }
        numbers += found.classes
        excepted += found.excepting
    }
}
