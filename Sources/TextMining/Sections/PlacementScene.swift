import Corpus
import Terminology

/// A sentence as rules see it for an entity: where the entity stands, where its possible partners, and where the words
/// and concepts of each class.
///
/// A value is memory for one entity after the other; what is the same for all genes of a sentence is found once.
struct PlacementScene: Sendable {
    /// What the entity does in the sentence: subject, when one of its mentions is.
    private(set) var role = MentionRole.subject
    /// The words of each mention of the entity in that role, ordered by place.
    private(set) var entities: [Range<Int>] = []
    /// The bytes of each mention of the entity in that role, the one that it is judged by last.
    private(set) var entityRanges: [TextRange] = []
    /// Other genes, and families of genes, that may be partners, ordered by place.
    private(set) var partners: [Partner] = []
    /// All hits, ordered by place.
    private(set) var hits: [ClassHit] = []
    /// The classes that have a hit, as a set.
    private(set) var present: [UInt64] = []
    /// The words of all genes and families, ordered by place.
    private(set) var genes: [Range<Int>] = []
    /// Whether each gene starts a group, once that is asked for: those listed together are one group.
    private(set) var startsGroup: [Bool] = []
    /// The bytes of all genes and families.
    private(set) var geneRanges: [TextRange] = []
    /// How many genes and families the sentence names.
    private(set) var geneCount = 0
    /// What the model says of pairs of genes.
    var pairs = PairScores()
    /// What the rule at hand went by.
    var causes: [Cause] = []

    /// The mentions of the entity. The one that it is judged by is the last one.
    private var own: [Own] = []
    /// How genes are called, without case and punctuation: IL-2 and Il2 are one.
    private var spellings = Spellings()
    /// What the genes and hits at hand are those of.
    private var state = State.none

    /// A name that may be the entity's partner.
    struct Partner: Sendable {
        let words: Range<Int>
        let range: TextRange
        let mention: Int
        let isFamily: Bool
    }

    /// A mention of the entity.
    private struct Own: Sendable {
        let mention: Int
        let range: TextRange
        let role: UInt8
        let words: Range<Int>
    }

    private enum State { case none, allGenes, genesAndEntity }

    /// Starts anew with another sentence.
    mutating func forget() {
        state = .none
        pairs.forget()
        spellings.forget()
    }

    /// Looks at a sentence for an entity.
    ///
    /// - Parameters:
    ///   - focus: the place of the mention by which the entity is judged.
    ///   - number: the first name of the sentence that means the entity; nil where none does.
    mutating func look(
        at focus: Int, named number: Int?, in reading: SentenceReading, _ words: FoldedWords,
        passage: Span<UInt8>, mentions: [Mention], classes: CompiledClasses, rules: CompiledRules
    ) {
        let range = mentions[focus].range
        let areNames = findOwn(focus, range, number, reading, words, mentions)
        let focusRole = CompiledRules.bit(of: mentions[focus].role)
        let subject = CompiledRules.bit(of: .subject)
        var isSubject = false
        for index in own.indices where own[index].role == subject { isSubject = true }
        role = isSubject ? .subject : mentions[focus].role
        let wanted = isSubject ? subject : focusRole
        entities.removeAll(keepingCapacity: true)
        entityRanges.removeAll(keepingCapacity: true)
        for index in own.indices where own[index].role == wanted {
            entityRanges.append(own[index].range)
            Self.insert(own[index].words, into: &entities)
        }
        if !(areNames && state == .allGenes) {
            if state == .genesAndEntity || !areNames { pairs.forgetPairs() }
            findGenes(reading, withOwn: !areNames)
            findHits(reading, words, besides: areNames ? nil : number, classes, rules)
            state = areNames ? .allGenes : .genesAndEntity
        }
        findPartners(reading, besides: number, passage, mentions)
    }

    /// Finds the mentions of the entity; whether all of them are genes that the sentence names.
    private mutating func findOwn(
        _ focus: Int, _ range: TextRange, _ number: Int?, _ reading: SentenceReading, _ words: FoldedWords,
        _ mentions: [Mention]
    ) -> Bool {
        own.removeAll(keepingCapacity: true)
        var areNames = true
        var isNamed = false
        for index in reading.names.indices {
            if reading.names[index].range == range {
                isNamed = isNamed || reading.names[index].isGene
            } else if reading.names[index].entity == number {
                areNames = areNames && reading.names[index].isGene
                own.append(
                    Own(
                        mention: reading.names[index].mention, range: reading.names[index].range,
                        role: CompiledRules.bit(of: reading.names[index].role),
                        words: reading.names[index].words))
            }
        }
        own.append(
            Own(
                mention: focus, range: range, role: CompiledRules.bit(of: mentions[focus].role),
                words: words.indices(in: range)))
        return areNames && isNamed
    }

    /// Puts words into a list that is ordered by place.
    private static func insert(_ words: Range<Int>, into list: inout [Range<Int>]) {
        var place = list.count
        while place > 0, precedes(words, list[place - 1]) { place -= 1 }
        list.insert(words, at: place)
    }

    private static func precedes(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        one.lowerBound != other.lowerBound
            ? one.lowerBound < other.lowerBound : one.upperBound < other.upperBound
    }

    /// Finds the genes, with the mentions of the entity or without.
    private mutating func findGenes(_ reading: SentenceReading, withOwn: Bool) {
        genes.removeAll(keepingCapacity: true)
        geneRanges.removeAll(keepingCapacity: true)
        startsGroup.removeAll(keepingCapacity: true)
        geneCount = 0
        if withOwn {
            for index in own.indices {
                geneRanges.append(own[index].range)
                Self.insert(own[index].words, into: &genes)
            }
        }
        for index in reading.names.indices where reading.names[index].isGene {
            geneRanges.append(reading.names[index].range)
            Self.insert(reading.names[index].words, into: &genes)
            var isNew = true
            for earlier in reading.names[index].entity..<max(reading.names[index].entity, index)
            where reading.names[earlier].isGene
                && reading.names[earlier].entity == reading.names[index].entity
            {
                isNew = false
            }
            if isNew { geneCount += 1 }
        }
    }

    /// Puts genes together between which there is nothing but `and`, `or`, `as well as` and punctuation.
    mutating func findGroups(_ words: FoldedWords) {
        if startsGroup.count == genes.count { return }
        for index in genes.indices {
            let end = index == 0 ? 0 : genes[index - 1].upperBound
            startsGroup.append(
                index == 0 || !words.areOnlyListing(end..<max(end, genes[index].lowerBound)))
        }
    }

    /// Finds other genes that are no families, fusions or other spellings of the entity.
    private mutating func findPartners(
        _ reading: SentenceReading, besides number: Int?, _ passage: Span<UInt8>, _ mentions: [Mention]
    ) {
        partners.removeAll(keepingCapacity: true)
        names: for index in reading.names.indices where reading.names[index].isGene {
            guard case .subject = reading.names[index].role, reading.names[index].entity != number else {
                continue
            }
            let range = reading.names[index].range
            for own in own.indices where self.own[own].range.overlaps(range) { continue names }
            let mention = reading.names[index].mention
            let spelling = spellings.place(of: mention, mentions, passage)
            if spellings.isFusion(spelling) { continue }
            for own in own.indices {
                let other = spellings.place(of: self.own[own].mention, mentions, passage)
                if spellings.areAlike(spelling, other) { continue names }
            }
            var isFamily = false
            if case .geneFamily = reading.names[index].kind { isFamily = true }
            partners.append(
                Partner(words: reading.names[index].words, range: range, mention: mention, isFamily: isFamily)
            )
        }
    }

    /// Finds the words and concepts of classes. A word inside the name of a gene says nothing about the sentence:
    /// "binding protein 2".
    private mutating func findHits(
        _ reading: SentenceReading, _ words: FoldedWords, besides number: Int?, _ classes: CompiledClasses,
        _ rules: CompiledRules
    ) {
        hits.removeAll(keepingCapacity: true)
        for index in reading.names.indices where !reading.names[index].classes.isEmpty {
            guard reading.names[index].entity != number, !isInGene(reading.names[index].range) else {
                continue
            }
            for place in reading.names[index].classes {
                let number = reading.classNumbers[place]
                if Self.isHidden(reading.names[index].words, number: number, by: reading) { continue }
                hits.append(
                    ClassHit(
                        number: number, words: reading.names[index].words, range: reading.names[index].range,
                        mention: reading.names[index].mention))
            }
        }
        for index in reading.matches.indices where reading.matches[index].label.isMultiple(of: 2) {
            let match = reading.matches[index]
            let range = TextRange(
                words.ranges[match.words.lowerBound].start, words.ranges[match.words.upperBound - 1].end)
            // A concept of the same class at the same place says it better.
            let number = match.label / 2
            if isInGene(range) || isNamed(range, number: number)
                || Self.isHidden(match.words, number: number, by: reading)
                || Self.isInside(range, kinds: classes.exceptInside[number], reading)
            {
                continue
            }
            hits.append(ClassHit(number: number, words: match.words, range: range, mention: nil))
        }
        hits.sort(by: ClassHit.precedes)
        rules.clear(&present)
        for index in hits.indices { present[hits[index].number / 64] |= 1 << UInt64(hits[index].number % 64) }
    }

    private func isInGene(_ range: TextRange) -> Bool {
        for index in geneRanges.indices where geneRanges[index].overlaps(range) { return true }
        return false
    }

    private func isNamed(_ range: TextRange, number: Int) -> Bool {
        for index in hits.indices where hits[index].number == number && hits[index].range.overlaps(range) {
            return true
        }
        return false
    }

    /// Whether a word pattern that is excepted from a class covers the words.
    private static func isHidden(_ words: Range<Int>, number: Int, by reading: SentenceReading) -> Bool {
        guard reading.hasHiding else { return false }
        for index in reading.matches.indices where reading.matches[index].label == 2 * number + 1 {
            let cover = reading.matches[index].words
            if cover.lowerBound <= words.lowerBound, cover.upperBound >= words.upperBound { return true }
        }
        return false
    }

    /// Whether a name of some kinds stands at a place.
    private static func isInside(_ range: TextRange, kinds: UInt64, _ reading: SentenceReading) -> Bool {
        guard kinds != 0 else { return false }
        for index in reading.names.indices where reading.names[index].range.overlaps(range) {
            if CompiledClasses.bit(of: reading.names[index].kind) & kinds != 0 { return true }
        }
        return false
    }
}
