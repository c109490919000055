import Corpus

// What rules find in a sentence.
extension PlacementScene {
    /// The hits of some classes, ordered by place.
    func hits(of numbers: [Int]) -> [ClassHit] {
        hits.filter { numbers.contains($0.number) }
    }

    /// What a rule finds in the sentence; nil when it does not apply.
    ///
    /// A rule with words goes by these, and the model only must not speak against it; where there are no weights for the
    /// question, words decide alone.
    func finding(
        of rule: SectionRule, requires: [[Int]], freeOf: [Int], passage: Span<UInt8>, sentence: TextRange,
        by model: InteractionModel
    ) -> RuleFinding? {
        var found: RuleFinding?
        if !requires.isEmpty || rule.interaction == nil {
            found = finding(
                place: rule.place, partner: rule.partner, requires: requires, freeOf: freeOf)
            if found == nil { return nil }
        }
        guard let demand = rule.interaction, found == nil || model.questions.contains(demand.question) else {
            return found
        }
        guard
            let said = interaction(
                demand.question, with: rule.partner, passage: passage, sentence: sentence, by: model),
            model.questions.contains(demand.question), Double(said.score) > demand.above
        else { return nil }
        let triggers = [said.partner] + (said.word.map { [$0] } ?? [])
        var finding = found ?? RuleFinding(triggers: Self.inOrder(triggers), hitCount: 1, distance: nil)
        finding.modelScore = Double(said.score)
        return finding
    }

    private func finding(
        place: TriggerPlace, partner: PartnerDemand, requires: [[Int]], freeOf: [Int]
    ) -> RuleFinding? {
        switch place {
        case .sentence(let within):
            guard freeOf.isEmpty || entities.contains(where: { !isFollowed($0, by: freeOf) }) else {
                return nil
            }
            return finding(within: within, partner: partner, requires: requires)
        case .pair(let before, let after, let span, let others):
            let partners = partners(partner).filter { !isFollowed($0.words, by: freeOf) }
            return pairFinding(
                of: entities.filter { !isFollowed($0, by: freeOf) }, with: partners,
                numbers: requires.first ?? [], between: Array(requires.dropFirst()),
                before: before,
                after: after,
                span: span, others: others)
        }
    }

    private func finding(within: Int?, partner: PartnerDemand, requires: [[Int]]) -> RuleFinding? {
        let partners = partner == .none ? [] : partners(partner)
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
        if partner != .none {
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
        of entities: [Range<Int>], with partners: [Partner], numbers: [Int], between: [[Int]], before: Int,
        after: Int, span: Int,
        others: Int?
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

    /// Whether a word of one of some classes follows directly.
    private func isFollowed(_ words: Range<Int>, by numbers: [Int]) -> Bool {
        !numbers.isEmpty
            && hits.contains { $0.words.lowerBound == words.upperBound && numbers.contains($0.number) }
    }

    /// How many words part a stretch from the nearest mention of the entity.
    private func distance(to words: Range<Int>) -> Int {
        entities.map { Self.gap($0, words) }.min() ?? Int.max
    }

    static func lies(_ words: Range<Int>, in stretch: Range<Int>) -> Bool {
        words.lowerBound >= stretch.lowerBound && words.upperBound <= stretch.upperBound
    }

    /// How many words part two stretches; 0 when they touch or overlap.
    private static func gap(_ one: Range<Int>, _ other: Range<Int>) -> Int {
        max(0, max(one.lowerBound, other.lowerBound) - min(one.upperBound, other.upperBound))
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
}
