import Corpus
import Terminology

/// The classes of a rule file, ready to be looked for.
struct CompiledClasses: Sendable {
    /// The names, by number.
    let names: [String]
    /// All word patterns: label `2n` for words of class n, `2n + 1` for the words that hide them.
    let table: WordTable
    /// The kinds of concepts inside which a word of a class does not count, by class: a bit for each kind's number.
    let exceptInside: [UInt64]
    /// The classes that name a kind, by its number: those without branches, and those with some.
    private let ofKind: [(plain: [Int], branched: [Int])]
    /// The classes that name a branch of a vocabulary, or except one.
    private let branches: BranchTable
    /// The entities that do not belong to a class, and the hashes of their identifiers.
    private let exceptEntities: [(class: Int, entity: EntityID, hash: UInt64)]
    /// Whether there are such entities for a class.
    private let hasExceptEntities: [Bool]

    init(_ classes: [TriggerClass]) {
        names = classes.map { $0.name }
        exceptInside = classes.map { $0.exceptInside.reduce(0) { $0 | Self.bit(of: $1) } }
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
        exceptEntities = classes.enumerated().flatMap { number, one in
            one.exceptEntities.map { (number, $0, NameHash.of($0.curie.utf8)) }
        }
        hasExceptEntities = classes.map { !$0.exceptEntities.isEmpty }
        ofKind = EntityKind.allCases.sorted { $0.number < $1.number }.map { kind in
            let all = classes.indices.filter { classes[$0].kinds.contains(kind) }
            return (
                all.filter { classes[$0].branches.isEmpty }, all.filter { !classes[$0].branches.isEmpty }
            )
        }
        branches = BranchTable(classes)
    }

    /// The bit of a kind in sets of kinds.
    static func bit(of kind: EntityKind) -> UInt64 { 1 << UInt64(kind.number) }

    /// Appends the classes that a mention belongs to by its kind or its place in MeSH, by number, in ascending order.
    ///
    /// - Parameter excepted: a list that may be written to.
    /// - Complexity: O(letters of its tree numbers).
    func append(numbersHolding mention: Mention, to numbers: inout [Int], excepted: inout [Int]) {
        let start = numbers.count
        excepted.removeAll(keepingCapacity: true)
        // Its places in MeSH know better than its kind: schizophrenia is a Disease, but of no branch of C.
        let kind = Int(mention.kind.number)
        for number in ofKind[kind].plain { numbers.append(number) }
        if mention.treeNumbers.isEmpty {
            for number in ofKind[kind].branched { numbers.append(number) }
        }
        for tree in mention.treeNumbers {
            let bytes = tree.utf8Span.span
            var hash = NameHash()
            // At each point the part before is a branch; `C` is a branch of one letter.
            for index in bytes.indices {
                if bytes[index] == UInt8(ascii: "."), index > 0 {
                    branches.append(of: hash.value, to: &numbers, excepted: &excepted)
                }
                hash.combine(bytes[index])
                if index == 0, bytes.count > 1 {
                    branches.append(of: hash.value, to: &numbers, excepted: &excepted)
                }
            }
            if !bytes.isEmpty { branches.append(of: hash.value, to: &numbers, excepted: &excepted) }
        }
        keepAllowed(mention, from: start, of: &numbers, excepted: excepted)
    }

    /// Puts the last numbers of a list in order, each once, without those that the mention is excepted from.
    private func keepAllowed(
        _ mention: Mention, from start: Int, of numbers: inout [Int], excepted: [Int]
    ) {
        if numbers.count == start { return }
        for place in (start + 1)..<max(start + 1, numbers.count) {
            let number = numbers[place]
            var hole = place
            while hole > start, numbers[hole - 1] > number {
                numbers[hole] = numbers[hole - 1]
                hole -= 1
            }
            numbers[hole] = number
        }
        var hash: UInt64?
        var end = start
        for place in start..<numbers.count {
            let number = numbers[place]
            if end > start, numbers[end - 1] == number { continue }
            if excepted.contains(number) { continue }
            if hasExceptEntities[number] {
                let own = hash ?? NameHash.of(mention.entity.curie.utf8)
                hash = own
                if isExcepted(mention.entity, hash: own, from: number) { continue }
            }
            numbers[end] = number
            end += 1
        }
        numbers.removeSubrange(end...)
    }

    private func isExcepted(_ entity: EntityID, hash: UInt64, from number: Int) -> Bool {
        for place in exceptEntities.indices
        where exceptEntities[place].hash == hash && exceptEntities[place].class == number {
            if exceptEntities[place].entity == entity { return true }
        }
        return false
    }
}

/// The classes by the branches of vocabularies that they name or except: a hash table with open addressing.
private struct BranchTable: Sendable {
    /// The hashes of the branches; 0 marks an empty slot.
    private var hashes: [UInt64]
    /// The branch of each slot.
    private var places: [Int32]
    /// Where the classes of each branch begin; the next branch's end them.
    private var starts: [Int32] = [0]
    private var classes: [(number: Int, isExcepting: Bool)] = []

    init(_ all: [TriggerClass]) {
        var named: [UInt64: [(number: Int, isExcepting: Bool)]] = [:]
        for (number, one) in all.enumerated() {
            for branch in one.branches { named[Self.hash(branch), default: []].append((number, false)) }
            for branch in one.exceptBranches { named[Self.hash(branch), default: []].append((number, true)) }
        }
        var size = 16
        while size < 4 * named.count { size *= 2 }
        hashes = Array(repeating: 0, count: size)
        places = Array(repeating: 0, count: size)
        for (hash, found) in named {
            var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (size - 1)
            while hashes[slot] != 0 { slot = (slot + 1) & (size - 1) }
            hashes[slot] = hash
            places[slot] = Int32(starts.count - 1)
            classes += found
            starts.append(Int32(classes.count))
        }
    }

    private static func hash(_ branch: String) -> UInt64 { NameHash.of(branch.utf8) }

    /// Appends the classes that name a branch, and those that except it.
    func append(of branch: UInt64, to numbers: inout [Int], excepted: inout [Int]) {
        var slot = Int(truncatingIfNeeded: branch ^ branch >> 32) & (hashes.count - 1)
        while hashes[slot] != branch {
            if hashes[slot] == 0 { return }
            slot = (slot + 1) & (hashes.count - 1)
        }
        let place = Int(places[slot])
        for index in Int(starts[place])..<Int(starts[place + 1]) {
            if classes[index].isExcepting {
                excepted.append(classes[index].number)
            } else {
                numbers.append(classes[index].number)
            }
        }
    }
}
