import Corpus

/// The classes of a rule file, ready to be looked for.
struct CompiledClasses: Sendable {
    /// The names, by number.
    let names: [String]
    /// All word patterns: label `2n` for words of class n, `2n + 1` for the words that hide them.
    let table: WordTable
    /// The kinds of concepts inside which a word of a class does not count, by class.
    let exceptInside: [[EntityKind]]
    private let concepts: [ConceptTest]

    /// What a mention must have to belong to a class.
    private struct ConceptTest {
        let kinds: [EntityKind]
        let branches: [[UInt8]]
        let exceptBranches: [[UInt8]]
        let exceptEntities: Set<EntityID>
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
        concepts = classes.map { one in
            ConceptTest(
                kinds: one.kinds, branches: one.branches.map { Array($0.utf8) },
                exceptBranches: one.exceptBranches.map { Array($0.utf8) },
                exceptEntities: Set(one.exceptEntities))
        }
    }

    /// Whether a mention belongs to a class by its kind or its place in MeSH.
    func holds(_ mention: Mention, number: Int) -> Bool {
        // Most classes end here: asked before the test is copied.
        if concepts[number].branches.isEmpty, !concepts[number].kinds.contains(mention.kind) { return false }
        let test = concepts[number]
        // Its places in MeSH know better than its kind: schizophrenia is a Disease, but of no branch of C.
        let isKind =
            test.kinds.contains(mention.kind) && (test.branches.isEmpty || mention.treeNumbers.isEmpty)
        guard isKind || Self.stands(mention, in: test.branches) else { return false }
        return !test.exceptEntities.contains(mention.entity) && !Self.stands(mention, in: test.exceptBranches)
    }

    /// The classes that a mention belongs to, by number, in ascending order.
    func numbers(holding mention: Mention) -> [Int] {
        concepts.indices.filter { holds(mention, number: $0) }
    }

    /// Whether one of a mention's tree numbers is a branch or stands below it. `C` is a branch of one letter.
    private static func stands(_ mention: Mention, in branches: [[UInt8]]) -> Bool {
        guard !branches.isEmpty else { return false }
        for tree in mention.treeNumbers {
            for branch in branches where tree.utf8.starts(with: branch) {
                if branch.count == 1 || tree.utf8.count == branch.count { return true }
                if tree.utf8.dropFirst(branch.count).first == UInt8(ascii: ".") { return true }
            }
        }
        return false
    }
}
