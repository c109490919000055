import Corpus
import Terminology

/// What speaks for and against a sentence saying that two genes interact: the words between, before and after their
/// names, and how words of interactions stand to them.
///
/// The features are those of bag-of-words and pattern kernels for relations (Bunescu and Mooney 2005,
/// doi:10.5555/2976248.2976270; Tikk et al. 2010, doi:10.1371/journal.pcbi.1000837), without parsing.
///
/// A value is memory for one pair after the other.
struct PairFeatures {
    /// The hashes of the features, each once.
    private(set) var hashes: [UInt64] = []
    /// The features that are one word, with the word's number in the sentence.
    private(set) var words: [(hash: UInt64, word: Int)] = []
    /// The features as the file of weights writes them; empty unless they are wanted.
    private(set) var names: [String] = []
    private var isNamed = false
    private var seen = HashesSeen()

    /// A place in the sentence: a word by its number, or a name of a gene that is not of the pair.
    private struct Item {
        let number: Int

        static let otherGene = Item(number: -1)
        var isGene: Bool { number < 0 }
    }

    /// The places outside the two names, in order, and which stand between them.
    private var items: [Item] = []
    private var between = 0..<0
    // Tables of the program cost a call each time.
    private let templates = Template.states
    private let cues = SentenceStems.cues

    /// Finds the features of a pair in place of those at hand; false where the names overlap.
    ///
    /// - Parameters:
    ///   - others: where the other genes of the sentence stand.
    ///   - isSameName: whether both names are spelled alike.
    ///   - isNamed: whether the features are wanted as the file of weights writes them.
    mutating func find(
        _ one: TextRange, _ two: TextRange, others: [TextRange], isSameName: Bool,
        in stems: SentenceStems, isNamed: Bool
    ) -> Bool {
        guard !one.overlaps(two) else { return false }
        let (left, right) = one.start < two.start ? (one, two) : (two, one)
        self.isNamed = isNamed
        seen.forget()
        hashes.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
        names.removeAll(keepingCapacity: true)
        cut(stems, left, right, others)
        addShape(stems, isSameName: isSameName)
        addWords(stems)
        addCues(stems)
        return true
    }

    /// Parts the sentence at the two names.
    private mutating func cut(
        _ stems: SentenceStems, _ left: TextRange, _ right: TextRange, _ others: [TextRange]
    ) {
        items.removeAll(keepingCapacity: true)
        var isInOther = false
        var (before, notAfter) = (0, 0)
        for number in stems.words.indices {
            let word = stems.words[number].range
            if word.overlaps(left) || word.overlaps(right) {
                isInOther = false
                continue
            }
            if Self.isIn(others, word) {
                if isInOther { continue }
                isInOther = true
                items.append(.otherGene)
            } else {
                isInOther = false
                items.append(Item(number: number))
            }
            if word.end <= left.start { before = items.count }
            if word.start < right.end { notAfter = items.count }
        }
        between = before..<max(before, notAfter)
    }

    private static func isIn(_ others: [TextRange], _ word: TextRange) -> Bool {
        for index in others.indices where others[index].overlaps(word) { return true }
        return false
    }

    // MARK: - Features

    /// The six places before the first name.
    private var nearBefore: Range<Int> { max(0, between.lowerBound - 6)..<between.lowerBound }
    /// The six places behind the second name.
    private var nearAfter: Range<Int> { between.upperBound..<min(items.count, between.upperBound + 6) }

    private mutating func addShape(_ stems: SentenceStems, isSameName: Bool) {
        add(.bias, stems)
        add(.gap, stems, number: Self.step(of: between.count))
        add(.genesBetween, stems, number: min(3, genes(in: between)))
        add(.genes, stems, number: min(6, genes(in: items.indices)))
        if isSameName { add(.same, stems) }
        for place in between where !items[place].isGene {
            let stem = stems.words[items[place].number].stem
            if Self.negations.contains(stems.letters.span, from: stem.lowerBound, to: stem.upperBound) {
                add(.negation, stems)
                break
            }
        }
    }

    private static let negations = WordSet("not no fail unable neither nor")

    /// How many words stand between, in steps.
    private static func step(of count: Int) -> Int {
        switch count {
        case ..<5: count
        case 5: 4
        case 6..<10: 6
        case 10..<15: 10
        case 15..<25: 15
        default: 25
        }
    }

    private func genes(in places: Range<Int>) -> Int {
        var count = 0
        for place in places where items[place].isGene { count += 1 }
        return count
    }

    private mutating func addWords(_ stems: SentenceStems) {
        for place in between { add(.between, stems, place..<place + 1) }
        for place in between.dropLast() { add(.between2, stems, place..<place + 2) }
        for place in between.dropLast(2) { add(.between3, stems, place..<place + 3) }
        if between.count <= 4 { add(.whole, stems, between) }
        if !between.isEmpty {
            add(.first, stems, between.prefix(1))
            add(.last, stems, between.suffix(1))
            add(.firstLast, stems, between.prefix(1), between.suffix(1))
        }
        if between.count > 1 {
            add(.first2, stems, between.prefix(2))
            add(.last2, stems, between.suffix(2))
        }
        for place in nearBefore { add(.before, stems, place..<place + 1) }
        for place in nearAfter { add(.after, stems, place..<place + 1) }
        if !nearBefore.isEmpty { add(.before1, stems, nearBefore.suffix(1)) }
        if nearBefore.count > 1 { add(.before2, stems, nearBefore.suffix(2)) }
        if !nearAfter.isEmpty { add(.after1, stems, nearAfter.prefix(1)) }
        if nearAfter.count > 1 { add(.after2, stems, nearAfter.prefix(2)) }
    }

    private mutating func addCues(_ stems: SentenceStems) {
        let last = between.suffix(1)
        let near = (
            before: cues(stems, in: nearBefore), between: cues(stems, in: between),
            after: cues(stems, in: nearAfter)
        )
        add(
            .cues, stems,
            signs: [
                near.before > 0 ? Self.one : Self.zero, near.between > 0 ? Self.one : Self.zero,
                near.after > 0 ? Self.one : Self.zero,
            ], count: 3)
        add(.cuesBetween, stems, number: min(3, near.between))
        // A gene stands before, or behind, the place at hand.
        var genesBefore = 0
        let genesBetween = genes(in: between)
        for place in between {
            if items[place].isGene {
                genesBefore += 1
                continue
            }
            guard let cue = cue(stems, at: place) else { continue }
            let index = place - between.lowerBound
            add(.cueAt, stems, cue: cue, number: min(index, between.count - 1 - index, 3))
            if place + 1 < between.upperBound { add(.cueNext, stems, place + 1..<place + 2, cue: cue) }
            add(.cueLast, stems, last, cue: cue)
            add(
                .cueGenes, stems, cue: cue,
                signs: [
                    genesBefore > 0 ? Self.one : Self.zero, genesBetween > genesBefore ? Self.one : Self.zero,
                    0,
                ], count: 2)
        }
        for (distance, place) in nearBefore.reversed().enumerated() {
            guard let cue = cue(stems, at: place) else { continue }
            add(.cueBefore, stems, last, cue: cue)
            add(.cueBeforeAt, stems, cue: cue, number: min(distance, 3))
        }
        for (distance, place) in nearAfter.enumerated() {
            guard let cue = cue(stems, at: place) else { continue }
            add(.cueAfterAt, stems, cue: cue, number: min(distance, 2))
            add(.cueAfter, stems, last, cue: cue)
        }
    }

    private static let zero = UInt8(ascii: "0")
    private static let one = UInt8(ascii: "1")

    // MARK: - Items

    private func cue(_ stems: SentenceStems, at place: Int) -> Int? {
        items[place].isGene ? nil : stems.words[items[place].number].cue
    }

    private func cues(_ stems: SentenceStems, in places: Range<Int>) -> Int {
        var count = 0
        for place in places where cue(stems, at: place) != nil { count += 1 }
        return count
    }

    private func text(of item: Item, in stems: SentenceStems) -> String {
        item.isGene ? "GENE" : String(decoding: stems.stem(item.number), as: UTF8.self)
    }

    private static func combine(_ item: Item, _ stems: SentenceStems, into hash: inout NameHash) {
        if item.isGene {
            hash.combine(UInt8(ascii: "G"))
            hash.combine(UInt8(ascii: "E"))
            hash.combine(UInt8(ascii: "N"))
            hash.combine(UInt8(ascii: "E"))
        } else {
            for index in stems.words[item.number].stem { hash.combine(stems.letters[index]) }
        }
    }

    // MARK: - Adding

    private mutating func add(_ template: Template, _ stems: SentenceStems, cue: Int? = nil, number: Int) {
        var digits: [3 of UInt8] = [0, 0, 0]
        var count = 1
        if number > 9 {
            digits[0] = Self.zero + UInt8(number / 10)
            count = 2
        }
        digits[count - 1] = Self.zero + UInt8(number % 10)
        add(template, stems, cue: cue, signs: digits, count: count)
    }

    /// Adds a feature once: a template and the parts of its value, parted by `_`: a cue, signs, places one behind the
    /// other, further places.
    private mutating func add(
        _ template: Template, _ stems: SentenceStems, _ places: Range<Int> = 0..<0,
        _ further: Range<Int> = 0..<0, cue: Int? = nil, signs: [3 of UInt8] = [0, 0, 0], count: Int = 0
    ) {
        var hash = templates[template.rawValue]
        var separator = UInt8(ascii: "=")
        if let cue {
            hash.combine(separator)
            cues.combine(cue, into: &hash)
            separator = UInt8(ascii: "_")
        }
        if count > 0 {
            hash.combine(separator)
            for index in 0..<count { hash.combine(signs[index]) }
            separator = UInt8(ascii: "_")
        }
        for place in places {
            hash.combine(separator)
            Self.combine(items[place], stems, into: &hash)
            separator = UInt8(ascii: "_")
        }
        for place in further {
            hash.combine(separator)
            Self.combine(items[place], stems, into: &hash)
        }
        guard seen.insert(hash.value) else { return }
        hashes.append(hash.value)
        if places.count == 1, further.isEmpty, cue == nil, count == 0, !items[places.lowerBound].isGene {
            words.append((hash.value, items[places.lowerBound].number))
        }
        if isNamed {
            var parts: [String] = []
            if let cue { parts.append(cues.text(cue)) }
            if count > 0 {
                parts.append(String(decoding: (0..<count).map { signs[$0] }, as: UTF8.self))
            }
            for place in [places, further].joined() { parts.append(text(of: items[place], in: stems)) }
            names.append(template.name + (parts.isEmpty ? "" : "=" + parts.joined(separator: "_")))
        }
    }
}

/// The kinds of features.
private enum Template: Int, CaseIterable {
    case bias, gap, genesBetween, genes, same, negation
    case between, between2, between3, whole, first, last, firstLast, first2, last2
    case before, after, before1, before2, after1, after2
    case cues, cuesBetween, cueAt, cueNext, cueLast, cueGenes, cueBefore, cueBeforeAt, cueAfterAt, cueAfter

    /// The name in the file of weights.
    var name: String {
        switch self {
        case .bias: "bias"
        case .gap: "gap"
        case .genesBetween: "genes-between"
        case .genes: "genes"
        case .same: "same"
        case .negation: "negation"
        case .between: "between"
        case .between2: "between2"
        case .between3: "between3"
        case .whole: "whole"
        case .first: "first"
        case .last: "last"
        case .firstLast: "first-last"
        case .first2: "first2"
        case .last2: "last2"
        case .before: "before"
        case .after: "after"
        case .before1: "before1"
        case .before2: "before2"
        case .after1: "after1"
        case .after2: "after2"
        case .cues: "cues"
        case .cuesBetween: "cues-between"
        case .cueAt: "cue-at"
        case .cueNext: "cue-next"
        case .cueLast: "cue-last"
        case .cueGenes: "cue-genes"
        case .cueBefore: "cue-before"
        case .cueBeforeAt: "cue-before-at"
        case .cueAfterAt: "cue-after-at"
        case .cueAfter: "cue-after"
        }
    }

    /// The hashes of the names.
    static let states = allCases.map { template in
        var hash = NameHash()
        for byte in template.name.utf8 { hash.combine(byte) }
        return hash
    }
}

/// Hashes that have been met, over and over: a hash table with open addressing.
private struct HashesSeen {
    /// 0 marks an empty place.
    private var places = [UInt64](repeating: 0, count: 512)
    private var count = 0

    /// Starts anew.
    mutating func forget() {
        if count == 0 { return }
        for place in places.indices { places[place] = 0 }
        count = 0
    }

    /// Puts a hash into the set; whether it is new there.
    mutating func insert(_ hash: UInt64) -> Bool {
        // The mark of an empty place is no member.
        let member = hash == 0 ? 1 : hash
        let mask = places.count - 1
        var place = Int(truncatingIfNeeded: member ^ (member >> 32)) & mask
        while places[place] != 0 {
            if places[place] == member { return false }
            place = (place + 1) & mask
        }
        places[place] = member
        count += 1
        if 2 * count > places.count { grow() }
        return true
    }

    private mutating func grow() {
        let old = places
        places = [UInt64](repeating: 0, count: 2 * old.count)
        count = 0
        for hash in old where hash != 0 { _ = insert(hash) }
    }
}
