import Corpus
import Terminology

/// What speaks for and against a sentence saying that two genes interact: the words between, before and after their
/// names, and how words of interactions stand to them.
///
/// The features are those of bag-of-words and pattern kernels for relations (Bunescu and Mooney 2005,
/// doi:10.5555/2976248.2976270; Tikk et al. 2010, doi:10.1371/journal.pcbi.1000837), without parsing.
struct PairFeatures {
    /// The hashes of the features, each once.
    private(set) var hashes: [UInt64] = []
    /// The features that are one word, with the word's number in the sentence.
    private(set) var words: [(hash: UInt64, word: Int)] = []
    /// The features as the file of weights writes them; empty unless they are wanted.
    private(set) var names: [String] = []
    private let isNamed: Bool
    private var seen = TokenSet(expected: 128)

    /// A place in the sentence: a word by its number, or a name of a gene that is not of the pair.
    private enum Item {
        case word(Int)
        case otherGene
    }

    private let stems: SentenceStems
    private var before: [Item] = []
    private var between: [Item] = []
    private var after: [Item] = []

    /// Finds the features of a pair; nil where the names overlap.
    ///
    /// - Parameters:
    ///   - others: where the other genes of the sentence stand.
    ///   - isSameName: whether both names are spelled alike.
    init?(
        _ one: TextRange, _ two: TextRange, others: [TextRange], isSameName: Bool, in stems: SentenceStems,
        isNamed: Bool
    ) {
        guard !one.overlaps(two) else { return nil }
        let (left, right) = one.start < two.start ? (one, two) : (two, one)
        self.stems = stems
        self.isNamed = isNamed
        cut(left, right, others)
        addShape(isSameName: isSameName)
        addWords()
        addCues()
    }

    /// Parts the sentence at the two names.
    private mutating func cut(_ left: TextRange, _ right: TextRange, _ others: [TextRange]) {
        var isInOther = false
        for (number, word) in stems.words.enumerated() {
            if word.range.overlaps(left) || word.range.overlaps(right) {
                isInOther = false
                continue
            }
            let item: Item
            if others.contains(where: { $0.overlaps(word.range) }) {
                if isInOther { continue }
                isInOther = true
                item = .otherGene
            } else {
                isInOther = false
                item = .word(number)
            }
            if word.range.end <= left.start {
                before.append(item)
            } else if word.range.start >= right.end {
                after.append(item)
            } else {
                between.append(item)
            }
        }
    }

    // MARK: - Features

    private mutating func addShape(isSameName: Bool) {
        let all = before + between + after
        add("bias", [])
        let gap = [0, 1, 2, 3, 4, 6, 10, 15, 25].last { $0 <= between.count } ?? 0
        add("gap", number: gap)
        add("genes-between", number: min(3, between.count(where: Self.isGene)))
        add("genes", number: min(6, all.count(where: Self.isGene)))
        if isSameName { add("same", []) }
        let negations = ["not", "no", "fail", "unable", "neither", "nor"]
        if between.contains(where: { item in negations.contains { text(of: item).elementsEqual($0.utf8) } }) {
            add("negation", [])
        }
    }

    private mutating func addWords() {
        let near = (before: Array(before.suffix(6)), after: Array(after.prefix(6)))
        for item in between { add("between", [item]) }
        for place in between.indices.dropLast() { add("between2", [between[place], between[place + 1]]) }
        for place in between.indices.dropLast(2) {
            add("between3", [between[place], between[place + 1], between[place + 2]])
        }
        if between.count <= 4 { add("whole", between) }
        if let first = between.first, let last = between.last {
            add("first", [first])
            add("last", [last])
            add("first-last", [first, last])
        }
        if between.count > 1 {
            add("first2", Array(between.prefix(2)))
            add("last2", Array(between.suffix(2)))
        }
        for item in near.before { add("before", [item]) }
        for item in near.after { add("after", [item]) }
        if let item = near.before.last { add("before1", [item]) }
        if near.before.count > 1 { add("before2", Array(near.before.suffix(2))) }
        if let item = near.after.first { add("after1", [item]) }
        if near.after.count > 1 { add("after2", Array(near.after.prefix(2))) }
    }

    private mutating func addCues() {
        let near = (before: Array(before.suffix(6)), after: Array(after.prefix(6)))
        let last = between.last.map { [$0] } ?? []
        func has(_ items: [Item]) -> String { items.contains { cue(of: $0) != nil } ? "1" : "0" }
        add("cues", [], has(near.before) + has(between) + has(near.after))
        add("cues-between", number: min(3, between.count { cue(of: $0) != nil }))
        for (place, item) in between.enumerated() {
            guard let cue = cue(of: item) else { continue }
            add("cue-at", [], "\(cue)_\(min(place, between.count - 1 - place, 3))")
            if place + 1 < between.count { add("cue-next", [between[place + 1]], cue) }
            add("cue-last", last, cue)
            let isApart = (
                between[..<place].contains(where: Self.isGene),
                between[(place + 1)...].contains(where: Self.isGene)
            )
            add("cue-genes", [], "\(cue)_\(isApart.0 ? 1 : 0)\(isApart.1 ? 1 : 0)")
        }
        for (distance, item) in near.before.reversed().enumerated() {
            guard let cue = cue(of: item) else { continue }
            add("cue-before", last, cue)
            add("cue-before-at", [], "\(cue)_\(min(distance, 3))")
        }
        for (distance, item) in near.after.enumerated() {
            guard let cue = cue(of: item) else { continue }
            add("cue-after-at", [], "\(cue)_\(min(distance, 2))")
            add("cue-after", last, cue)
        }
    }

    // MARK: - Items

    private static let otherGene = Array("GENE".utf8)

    private static func isGene(_ item: Item) -> Bool {
        if case .otherGene = item { true } else { false }
    }

    private func text(of item: Item) -> ArraySlice<UInt8> {
        switch item {
        case .word(let number): stems.stem(number)
        case .otherGene: Self.otherGene[...]
        }
    }

    private func cue(of item: Item) -> String? {
        guard case .word(let number) = item, let cue = stems.words[number].cue else { return nil }
        return String(decoding: SentenceStems.cue(cue), as: UTF8.self)
    }

    private mutating func add(_ template: String, number: Int) { add(template, [], "\(number)") }

    /// Adds a feature once: a template and the parts of its value, parted by `_`.
    private mutating func add(_ template: String, _ items: [Item], _ word: String = "") {
        var hash = NameHash()
        for byte in template.utf8 { hash.combine(byte) }
        var separator = UInt8(ascii: "=")
        if !word.isEmpty {
            hash.combine(separator)
            for byte in word.utf8 { hash.combine(byte) }
            separator = UInt8(ascii: "_")
        }
        for item in items {
            hash.combine(separator)
            for byte in text(of: item) { hash.combine(byte) }
            separator = UInt8(ascii: "_")
        }
        // No set of hashes holds 0.
        guard seen.insert(hash.value == 0 ? 1 : hash.value) else { return }
        hashes.append(hash.value)
        if items.count == 1, word.isEmpty, case .word(let number) = items[0] {
            words.append((hash.value, number))
        }
        if isNamed {
            let parts =
                (word.isEmpty ? [] : [word]) + items.map { String(decoding: text(of: $0), as: UTF8.self) }
            names.append(template + (parts.isEmpty ? "" : "=" + parts.joined(separator: "_")))
        }
    }
}
