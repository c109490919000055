import Corpus
import Terminology

// What rules find in a sentence.
extension PlacementScene {
    /// What a rule finds in the sentence; nil when it does not apply. What it went by is put behind the causes.
    ///
    /// A rule with words goes by these, and the model only must not speak against it; where there are no weights for the
    /// question, words decide alone.
    mutating func finding(
        of rule: CompiledRules.Rule, _ rules: CompiledRules, words: FoldedWords, passage: Span<UInt8>,
        sentence: TextRange, by model: InteractionModel
    ) -> RuleFinding? {
        var found: RuleFinding?
        if !rule.requires.isEmpty || rule.interaction == nil {
            found = finding(of: rule, rules, words)
            if found == nil { return nil }
        }
        guard let demand = rule.interaction, found == nil || model.answers(demand.question) else {
            return found
        }
        guard model.answers(demand.question),
            let said = interaction(
                demand.question, with: rule.partner, passage: passage, sentence: sentence, by: model,
                isWordWanted: found == nil),
            Double(said.score) > demand.above
        else { return nil }
        if found == nil {
            causes.append(said.partner)
            if let word = said.word { causes.append(word) }
        }
        var finding = found ?? RuleFinding(hitCount: 1, distance: nil)
        finding.modelScore = Double(said.score)
        return finding
    }

    private mutating func finding(
        of rule: CompiledRules.Rule, _ rules: CompiledRules, _ words: FoldedWords
    ) -> RuleFinding? {
        switch rule.triggerPlace {
        case .sentence(let within):
            guard areFree(of: rule, rules) else { return nil }
            return finding(of: rule, within: within, rules)
        case .pair(let before, let after, let span, let others):
            return pairFinding(
                of: rule, rules, words, before: before, after: after, span: span, others: others)
        }
    }

    /// Whether a mention of the entity is not followed by a word that makes it a circumstance.
    private func areFree(of rule: CompiledRules.Rule, _ rules: CompiledRules) -> Bool {
        if rule.freeOf == nil { return true }
        for index in entities.indices where !isFollowed(entities[index], by: rule.freeOf, rules) {
            return true
        }
        return false
    }

    private mutating func finding(
        of rule: CompiledRules.Rule, within: Int?, _ rules: CompiledRules
    ) -> RuleFinding? {
        var wantsPartner = true
        if case .none = rule.partner { wantsPartner = false }
        if wantsPartner, !hasPartner(rule.partner) { return nil }
        let start = causes.count
        var count = 0
        var distance: Int?
        for list in rule.requires {
            var nearest: Int?
            for index in hits.indices where rules.set(list, holds: hits[index].number) {
                let away = self.distance(to: hits[index].words)
                if let within, away > within { continue }
                nearest = min(nearest ?? away, away)
                causes.append(hits[index].cause)
                count += 1
            }
            guard let nearest else {
                causes.removeSubrange(start...)
                return nil
            }
            distance = max(distance ?? 0, nearest)
        }
        if wantsPartner {
            for index in partners.indices where Self.isWanted(partners[index], rule.partner) {
                causes.append(Cause(range: partners[index].range, concept: .mention(partners[index].mention)))
                if rule.requires.isEmpty {
                    count += 1
                    let away = self.distance(to: partners[index].words)
                    distance = min(distance ?? away, away)
                }
            }
        }
        return RuleFinding(hitCount: count, distance: distance)
    }

    private func hasPartner(_ demand: PartnerDemand) -> Bool {
        for index in partners.indices where Self.isWanted(partners[index], demand) { return true }
        return false
    }

    /// Whether a name is a partner that a rule asks for.
    static func isWanted(_ partner: Partner, _ demand: PartnerDemand) -> Bool {
        if case .product = demand { return true }
        return !partner.isFamily
    }

    /// The best standing of entity, partner and word: the fewest words lie between the three; the leftmost of equals.
    private mutating func pairFinding(
        of rule: CompiledRules.Rule, _ rules: CompiledRules, _ words: FoldedWords, before: Int, after: Int,
        span: Int, others: Int?
    ) -> RuleFinding? {
        guard let wanted = rule.requires.first, hasPartner(rule.partner) else { return nil }
        let between = rule.requires.dropFirst()
        var best: (distance: Int, hit: Int, partner: Int)?
        var count = 0
        for place in hits.indices where rules.set(wanted, holds: hits[place].number) {
            let hit = hits[place].words
            var isUsed = false
            for index in entities.indices where !isFollowed(entities[index], by: rule.freeOf, rules) {
                let entity = entities[index]
                for number in partners.indices where Self.isWanted(partners[number], rule.partner) {
                    let partner = partners[number].words
                    let first = min(entity.lowerBound, partner.lowerBound)
                    let last = max(entity.upperBound, partner.upperBound)
                    guard Self.gap(entity, partner) <= span, hit.upperBound > first - before,
                        hit.lowerBound < last + after, !isFollowed(partner, by: rule.freeOf, rules)
                    else { continue }
                    let innerStart = min(entity.upperBound, partner.upperBound)
                    let inner = innerStart..<max(entity.lowerBound, partner.lowerBound, innerStart)
                    guard areAll(between, in: inner, rules) else { continue }
                    if let others {
                        let whole = min(first, hit.lowerBound)..<max(last, hit.upperBound)
                        findGroups(words)
                        guard otherGroups(in: whole, beside: entity, and: partner) <= others else { continue }
                    }
                    isUsed = true
                    let parted = Self.gap(hit, entity) + Self.gap(hit, partner)
                    let distance = Self.lies(hit, in: inner) ? parted : max(Self.gap(hit, entity), parted / 2)
                    if distance < best?.distance ?? Int.max { best = (distance, place, number) }
                }
            }
            if isUsed { count += 1 }
        }
        guard let best else { return nil }
        causes.append(hits[best.hit].cause)
        causes.append(
            Cause(range: partners[best.partner].range, concept: .mention(partners[best.partner].mention)))
        return RuleFinding(hitCount: count, distance: best.distance)
    }

    /// Whether each of some lists of classes has a hit within a stretch.
    private func areAll(_ lists: Range<Int>, in stretch: Range<Int>, _ rules: CompiledRules) -> Bool {
        lists: for list in lists {
            for index in hits.indices
            where rules.set(list, holds: hits[index].number) && Self.lies(hits[index].words, in: stretch) {
                continue lists
            }
            return false
        }
        return true
    }

    /// How many groups of genes stand within a stretch and hold neither of two mentions.
    private func otherGroups(in stretch: Range<Int>, beside one: Range<Int>, and other: Range<Int>) -> Int {
        var count = 0
        var (liesIn, isOwn) = (false, false)
        for index in genes.indices {
            if startsGroup[index] {
                if liesIn, !isOwn { count += 1 }
                (liesIn, isOwn) = (false, false)
            }
            let gene = genes[index]
            liesIn = liesIn || Self.lies(gene, in: stretch)
            isOwn = isOwn || gene.overlaps(one) || gene.overlaps(other) || gene == one || gene == other
        }
        return liesIn && !isOwn ? count + 1 : count
    }

    /// Whether a word of one of some classes follows directly.
    private func isFollowed(_ words: Range<Int>, by set: Int?, _ rules: CompiledRules) -> Bool {
        guard let set else { return false }
        for index in hits.indices
        where hits[index].words.lowerBound == words.upperBound && rules.set(set, holds: hits[index].number) {
            return true
        }
        return false
    }

    /// How many words part a stretch from the nearest mention of the entity.
    private func distance(to words: Range<Int>) -> Int {
        var nearest = Int.max
        for index in entities.indices { nearest = min(nearest, Self.gap(entities[index], words)) }
        return nearest
    }

    private static func lies(_ words: Range<Int>, in stretch: Range<Int>) -> Bool {
        words.lowerBound >= stretch.lowerBound && words.upperBound <= stretch.upperBound
    }

    /// How many words part two stretches; 0 when they touch or overlap.
    private static func gap(_ one: Range<Int>, _ other: Range<Int>) -> Int {
        max(0, max(one.lowerBound, other.lowerBound) - min(one.upperBound, other.upperBound))
    }
}
