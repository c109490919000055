import Corpus

/// A word or concept of a class, where it stands in a sentence.
struct ClassHit {
    /// The class's number.
    var number: Int
    /// The words it covers.
    var words: Range<Int>
    /// The bytes it covers.
    var range: TextRange
    /// The concept's identifier, or the class's name for a word.
    var concept: String

    var trigger: Trigger { Trigger(range: range, concept: concept) }

    /// By place, then by class.
    static func precedes(_ one: ClassHit, _ other: ClassHit) -> Bool {
        (one.range, one.number) < (other.range, other.number)
    }
}

/// What a rule found in a sentence.
struct RuleFinding {
    /// What it went by, ordered by place.
    var triggers: [Trigger]
    /// How many words and concepts of the rule's classes there are.
    var hitCount: Int
    /// How many words part the nearest of them from the entity; nil when the rule asks for none.
    var distance: Int?
}

/// A sentence as rules see it: where the entity stands, where its possible partners, and where the words and concepts
/// of each class.
struct PlacementScene {
    /// What the entity does in the sentence: subject, when one of its mentions is.
    let role: MentionRole
    /// The words of each mention of the entity in that role.
    private let entities: [Range<Int>]
    /// Other genes that may be partners, ordered by place.
    private let partners: [(words: Range<Int>, trigger: Trigger)]
    /// The words of all genes and families, those listed together in one group, ordered by place.
    private let geneGroups: [[Range<Int>]]
    /// All hits, ordered by place.
    private let hits: [ClassHit]

    init(
        words: FoldedWords, passage: Span<UInt8>, range: TextRange, focus: Mention, mentions: [Mention],
        classes: CompiledClasses
    ) {
        let mentions = mentions.filter { range.contains($0.range) }.sorted(by: Self.precedes)
        let own = mentions.filter { $0.entity == focus.entity && $0.range != focus.range } + [focus]
        let role = own.contains { $0.role == .subject } ? MentionRole.subject : focus.role
        self.role = role
        entities = own.filter { $0.role == role }.map { words.indices(in: $0.range) }
            .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }

        let ownNames = own.map { Self.folded(passage, $0.range) } + own.map { Self.folded($0.dictionaryName) }
        partners = mentions.filter { mention in
            mention.kind == .gene && mention.role == .subject && mention.entity != focus.entity
                && !own.contains { $0.range.overlaps(mention.range) }
                && !ownNames.contains(Self.folded(passage, mention.range))
                && !ownNames.contains(Self.folded(mention.dictionaryName))
        }.map { (words.indices(in: $0.range), Trigger(range: $0.range, concept: $0.entity.curie)) }

        geneGroups = Self.groups(
            (own + mentions.filter(Self.isGene)).map { words.indices(in: $0.range) }, words: words)

        // A word inside the name of a gene says nothing about the sentence: "binding protein 2".
        let names = own.map { $0.range } + mentions.filter(Self.isGene).map { $0.range }
        let matches = classes.table.matches(in: words)
        var hits: [ClassHit] = []
        for mention in mentions where mention.entity != focus.entity && !Self.isGene(mention) {
            guard !names.contains(where: { $0.overlaps(mention.range) }) else { continue }
            let covered = words.indices(in: mention.range)
            for number in classes.names.indices where classes.holds(mention, number: number) {
                guard !Self.isHidden(covered, number: number, by: matches) else { continue }
                hits.append(
                    ClassHit(
                        number: number, words: covered, range: mention.range, concept: mention.entity.curie))
            }
        }
        for match in matches where match.label.isMultiple(of: 2) {
            let range = TextRange(
                words.ranges[match.words.lowerBound].start, words.ranges[match.words.upperBound - 1].end)
            // A concept of the same class at the same place says it better.
            let number = match.label / 2
            let isHidden = Self.isHidden(match.words, number: number, by: matches)
            let isNamed = hits.contains { $0.number == number && $0.range.overlaps(range) }
            let kinds = classes.exceptInside[number]
            let isInside =
                !kinds.isEmpty && mentions.contains { kinds.contains($0.kind) && $0.range.overlaps(range) }
            guard !isHidden, !isNamed, !isInside, !names.contains(where: { $0.overlaps(range) }) else {
                continue
            }
            hits.append(
                ClassHit(number: number, words: match.words, range: range, concept: classes.names[number]))
        }
        self.hits = hits.sorted(by: ClassHit.precedes)
    }

    /// The hits of some classes, ordered by place.
    func hits(of numbers: [Int]) -> [ClassHit] {
        hits.filter { numbers.contains($0.number) }
    }

    /// What a rule finds in the sentence; nil when it does not apply.
    func finding(place: TriggerPlace, partner: PartnerDemand, requires: [[Int]]) -> RuleFinding? {
        switch place {
        case .sentence(let within):
            return finding(within: within, partner: partner, requires: requires)
        case .pair(let before, let after, let span, let others):
            return pairFinding(
                numbers: requires.first ?? [], between: Array(requires.dropFirst()), before: before,
                after: after,
                span: span, others: others)
        }
    }

    private func finding(within: Int?, partner: PartnerDemand, requires: [[Int]]) -> RuleFinding? {
        guard partner == .none || !partners.isEmpty else { return nil }
        var triggers: [Trigger] = []
        var count = 0
        var distance: Int?
        for numbers in requires {
            let near = hits(of: numbers).filter {
                within == nil || self.distance(to: $0.words) <= within ?? 0
            }
            guard let nearest = near.map({ self.distance(to: $0.words) }).min() else { return nil }
            triggers += near.map { $0.trigger }
            count += near.count
            distance = max(distance ?? 0, nearest)
        }
        if partner == .gene {
            triggers += partners.map { $0.trigger }
            if requires.isEmpty {
                count = partners.count
                distance = partners.map { self.distance(to: $0.words) }.min()
            }
        }
        return RuleFinding(triggers: Self.inOrder(triggers), hitCount: count, distance: distance)
    }

    /// The best standing of entity, partner and word: the fewest words lie between the three; the leftmost of equals.
    private func pairFinding(
        numbers: [Int], between: [[Int]], before: Int, after: Int, span: Int, others: Int?
    ) -> RuleFinding? {
        var best: (distance: Int, hit: ClassHit, partner: Trigger)?
        let candidates = hits(of: numbers)
        var count = 0
        for hit in candidates {
            var isUsed = false
            for entity in entities {
                for partner in partners {
                    let first = min(entity.lowerBound, partner.words.lowerBound)
                    let last = max(entity.upperBound, partner.words.upperBound)
                    guard Self.gap(entity, partner.words) <= span, hit.words.upperBound > first - before,
                        hit.words.lowerBound < last + after
                    else { continue }
                    let inner =
                        min(
                            entity.upperBound, partner.words.upperBound)..<max(
                            entity.lowerBound, partner.words.lowerBound,
                            min(entity.upperBound, partner.words.upperBound))
                    guard
                        between.allSatisfy({ numbers in
                            hits.contains { numbers.contains($0.number) && Self.lies($0.words, in: inner) }
                        })
                    else { continue }
                    if let others {
                        let whole = min(first, hit.words.lowerBound)..<max(last, hit.words.upperBound)
                        guard otherGroups(in: whole, beside: entity, and: partner.words) <= others else {
                            continue
                        }
                    }
                    isUsed = true
                    let isBetween = Self.lies(hit.words, in: inner)
                    let parted = Self.gap(hit.words, entity) + Self.gap(hit.words, partner.words)
                    let distance = isBetween ? parted : max(Self.gap(hit.words, entity), parted / 2)
                    if distance < best?.distance ?? Int.max { best = (distance, hit, partner.trigger) }
                }
            }
            if isUsed { count += 1 }
        }
        guard let best else { return nil }
        return RuleFinding(
            triggers: Self.inOrder([best.hit.trigger, best.partner]), hitCount: count, distance: best.distance
        )
    }

    /// How many groups of genes stand within a stretch and hold neither of two mentions.
    private func otherGroups(in stretch: Range<Int>, beside one: Range<Int>, and other: Range<Int>) -> Int {
        geneGroups.count { group in
            group.contains { Self.lies($0, in: stretch) }
                && !group.contains { $0.overlaps(one) || $0.overlaps(other) || $0 == one || $0 == other }
        }
    }

    /// How many words part a stretch from the nearest mention of the entity.
    private func distance(to words: Range<Int>) -> Int {
        entities.map { Self.gap($0, words) }.min() ?? Int.max
    }

    /// Whether a word pattern that is excepted from a class covers the words.
    private static func isHidden(_ words: Range<Int>, number: Int, by matches: [WordTable.Match]) -> Bool {
        matches.contains {
            $0.label == 2 * number + 1 && $0.words.lowerBound <= words.lowerBound
                && $0.words.upperBound >= words.upperBound
        }
    }

    private static func lies(_ words: Range<Int>, in stretch: Range<Int>) -> Bool {
        words.lowerBound >= stretch.lowerBound && words.upperBound <= stretch.upperBound
    }

    /// How many words part two stretches; 0 when they touch or overlap.
    private static func gap(_ one: Range<Int>, _ other: Range<Int>) -> Int {
        max(0, max(one.lowerBound, other.lowerBound) - min(one.upperBound, other.upperBound))
    }

    /// Puts genes together between which there is nothing but `and`, `or`, `as well as` and punctuation.
    private static func groups(_ genes: [Range<Int>], words: FoldedWords) -> [[Range<Int>]] {
        var groups: [[Range<Int>]] = []
        for gene in genes.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            if let last = groups.last?.last,
                words.areOnlyListing(last.upperBound..<max(last.upperBound, gene.lowerBound))
            {
                groups[groups.count - 1].append(gene)
            } else {
                groups.append([gene])
            }
        }
        return groups
    }

    private static func isGene(_ mention: Mention) -> Bool {
        mention.kind == .gene || mention.kind == .geneFamily
    }

    /// By place, then by entity: total for mentions of one passage.
    private static func precedes(_ one: Mention, _ other: Mention) -> Bool {
        if one.range != other.range { return one.range < other.range }
        return one.entity < other.entity
    }

    private static func inOrder(_ triggers: [Trigger]) -> [Trigger] {
        var sorted = triggers.sorted {
            $0.range != $1.range
                ? $0.range < $1.range : $0.concept.utf8.lexicographicallyPrecedes($1.concept.utf8)
        }
        var index = 1
        while index < sorted.count {
            if sorted[index] == sorted[index - 1] { sorted.remove(at: index) } else { index += 1 }
        }
        return sorted
    }

    /// A name without case and punctuation, as bytes: IL-2 and Il2 are one.
    private static func folded(_ passage: Span<UInt8>, _ range: TextRange) -> [UInt8] {
        var bytes: [UInt8] = []
        for index in range.start..<range.end { append(passage[index], to: &bytes) }
        return bytes
    }

    private static func folded(_ name: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in name.utf8 { append(byte, to: &bytes) }
        return bytes
    }

    private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
        if byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") {
            bytes.append(byte | 0x20)
        } else if byte.isLowerCaseLetter || byte.isDigit || byte >= 0x80 {
            bytes.append(byte)
        }
    }
}
