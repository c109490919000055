import Corpus
import Terminology

/// The rules of a file, with names as numbers, so that most of them can be told not to apply by a glance at a few bits.
struct CompiledRules: Sendable {
    /// A rule.
    struct Rule: Sendable {
        /// Its place in the file.
        let place: Int
        /// Its section's number in the order of the article.
        let section: Int
        /// The lists of classes of which one must be present, as sets of classes one behind the other.
        let requires: Range<Int>
        /// The set of classes that must be absent.
        let without: Int
        /// The set of classes whose words must not follow; nil where there are none.
        let freeOf: Int?
        /// The sections that the sentence must not have reached, a set of sections.
        let unless: Int
        let partner: PartnerDemand
        let triggerPlace: TriggerPlace
        let interaction: InteractionDemand?
        /// A bit for each role in which the entity may stand.
        let roles: UInt8
        /// A bit for each kind of sentence.
        let kinds: UInt8
        let needsFirstRank: Bool
    }

    /// The rules in the order in which they are tried.
    let rules: [Rule]
    /// How many sections there are.
    let sectionCount: Int
    /// Sets of classes or of sections, one behind the other.
    private let sets: [UInt64]
    /// How many words of 64 bits a set takes.
    private let width: Int

    init(_ source: SectionRules) {
        var classes: [String: Int] = [:]
        for (number, one) in source.classes.enumerated() { classes[one.name] = number }
        let sections = Dictionary(
            source.sections.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        sectionCount = source.sections.count
        let width = max(1, (max(source.classes.count, sectionCount + 1) + 63) / 64)
        var sets: [UInt64] = []
        /// Keeps a set of numbers; its number among the sets.
        func keep(_ numbers: [Int]) -> Int {
            var set = [UInt64](repeating: 0, count: width)
            for number in numbers { set[number / 64] |= 1 << UInt64(number % 64) }
            sets += set
            return sets.count / width - 1
        }
        // Rules that wait for others come last.
        let places = source.rules.indices
        let inTurn =
            places.filter { source.rules[$0].unless.isEmpty }
            + places.filter { !source.rules[$0].unless.isEmpty }
        rules = inTurn.map { place in
            let rule = source.rules[place]
            let first = sets.count / width
            for one in rule.requires { _ = keep(one.compactMap { classes[$0] }) }
            let freeOf = rule.freeOf.compactMap { classes[$0] }
            return Rule(
                place: place, section: sections[rule.section] ?? sections.count,
                requires: first..<sets.count / width, without: keep(rule.without.compactMap { classes[$0] }),
                freeOf: freeOf.isEmpty ? nil : keep(freeOf),
                unless: keep(rule.unless.compactMap { sections[$0] }), partner: rule.partner,
                triggerPlace: rule.place, interaction: rule.interaction,
                roles: rule.roles.reduce(0) { $0 | Self.bit(of: $1) },
                kinds: rule.sentences.reduce(0) { $0 | Self.bit(of: $1) }, needsFirstRank: rule.needsFirstRank
            )
        }
        self.sets = sets
        self.width = width
    }

    /// Whether a set holds a number.
    func set(_ set: Int, holds number: Int) -> Bool {
        sets[set * width + number / 64] >> UInt64(number % 64) & 1 != 0
    }

    /// Whether a set shares a number with others that are at hand as bits.
    func set(_ set: Int, shares others: [UInt64]) -> Bool {
        for index in 0..<width where sets[set * width + index] & others[index] != 0 { return true }
        return false
    }

    /// Empties a set that can be compared with those of the rules.
    func clear(_ set: inout [UInt64]) {
        set.removeAll(keepingCapacity: true)
        for _ in 0..<width { set.append(0) }
    }

    /// The bit of a role in sets of roles.
    static func bit(of role: MentionRole) -> UInt8 {
        switch role {
        case .subject: 1
        case .marker: 2
        case .reagent: 4
        case .control: 8
        case .driver: 16
        case .strain: 32
        case .part: 64
        }
    }

    /// The bit of a kind of sentence in sets of kinds.
    static func bit(of kind: SentenceKind) -> UInt8 {
        switch kind {
        case .finding: 1
        case .aim: 2
        case .method: 4
        case .background: 8
        case .title: 16
        }
    }
}
