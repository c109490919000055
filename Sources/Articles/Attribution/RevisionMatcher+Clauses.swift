extension RevisionMatcher {
    /// What is left between kept stretches that stand in the same order in both texts, compared word by word.
    mutating func compareGaps() {
        var lastIndex = -1
        var lastPlace = -1
        for (index, place) in orderedAnchors() + [(new.count, base.count)] {
            defer { (lastIndex, lastPlace) = (index, place) }
            if index <= lastIndex + 1 || place <= lastPlace + 1 { continue }
            let indices = ((lastIndex + 1)..<index).filter { assigned[$0] < 0 }
            if indices.isEmpty { continue }
            let ids = ((lastPlace + 1)..<place).filter { !isBaseTaken[$0] }.map { baseIdentities[$0] }
            if ids.isEmpty { continue }
            compare(indices, with: ids, isStrong: false)
        }
    }

    /// The longest chain of kept tokens that stand in the same order in both texts: patience sorting (Fredman 1975).
    private func orderedAnchors() -> [(index: Int, place: Int)] {
        let kept = (0..<new.count).filter { basePlace($0) >= 0 }
        // The place that ends the best chain of each length, and for each kept token the one before it in its chain.
        var tails: [Int] = []
        var before = [Int](repeating: -1, count: kept.count)
        for (number, index) in kept.enumerated() {
            let place = basePlace(index)
            var (low, high) = (0, tails.count)
            if let last = tails.last, basePlace(kept[last]) < place {
                low = tails.count
            } else {
                while low < high {
                    let middle = (low + high) / 2
                    if basePlace(kept[tails[middle]]) < place { low = middle + 1 } else { high = middle }
                }
            }
            before[number] = low > 0 ? tails[low - 1] : -1
            if low == tails.count { tails.append(number) } else { tails[low] = number }
        }
        var chain: [(index: Int, place: Int)] = []
        var number = tails.last ?? -1
        while number >= 0 {
            chain.append((kept[number], basePlace(kept[number])))
            number = before[number]
        }
        return chain.reversed()
    }

    /// A stretch of the new text that stands somewhere else too.
    private struct Clause {
        var range: Range<Int>
        /// Where it starts in the other text.
        var start: Int
        var isRemoved: Bool
    }

    /// Clauses from elsewhere: from free tokens of the base, and from removed text of any time. Kept tokens count as
    /// context where they are the same tokens there.
    mutating func reuseClauses() {
        guard assigned.contains(-1) else { return }
        let freeTriples = openTriples()
        var clauses: [Clause] = []
        // Up to where each shift between the two texts has been looked at.
        var seen: [Int: Int] = [:]
        var index = 0
        while index + 3 <= new.count {
            defer { index += 1 }
            guard assigned[index] < 0 || assigned[index + 1] < 0 || assigned[index + 2] < 0 else { continue }
            let (one, two, three) = (new.classes[index], new.classes[index + 1], new.classes[index + 2])
            if weights.rarest(one, two, three) > constants.clauseFrequency { continue }
            let triple = TokenHash.triple(one, two, three)
            for place in freeTriples[triple] ?? [] {
                consider(index, Int(place), isRemoved: false, &seen, &clauses)
            }
            removed.places(triple: triple, limit: constants.clauseCandidates) { place in
                consider(index, place, isRemoved: true, &seen, &clauses)
            }
        }
        clauses.sort { one, other in
            if one.range.count != other.range.count { return one.range.count > other.range.count }
            if one.isRemoved != other.isRemoved { return !one.isRemoved }
            if one.range.lowerBound != other.range.lowerBound {
                return one.range.lowerBound < other.range.lowerBound
            }
            return one.isRemoved ? one.start > other.start : one.start < other.start
        }
        for clause in clauses { takeClause(clause) }
    }

    private func sourceIdentity(_ place: Int, _ isRemoved: Bool) -> Int32 {
        isRemoved ? removed.identities[place] : baseIdentities[place]
    }

    /// Whether a place of the new text has, or may have, the token at a place of the other text.
    private func fits(_ index: Int, _ place: Int, _ isRemoved: Bool) -> Bool {
        let id = sourceIdentity(place, isRemoved)
        return assigned[index] < 0
            ? new.classes[index] == classOfToken(id) && isFree(id) : assigned[index] == id
    }

    private func consider(
        _ index: Int, _ place: Int, isRemoved: Bool, _ seen: inout [Int: Int], _ clauses: inout [Clause]
    ) {
        let shift = 2 * (place - index) + (isRemoved ? 1 : 0)
        if let end = seen[shift], end > index { return }
        let bounds = isRemoved ? removed.sentence(removed.sentence(at: place)) : 0..<base.count
        var end = 0
        while index + end < new.count, place + end < bounds.upperBound,
            fits(index + end, place + end, isRemoved)
        {
            end += 1
        }
        guard end >= 3 else { return }
        seen[shift] = index + end
        var start = 0
        while index - start > 0, place - start > bounds.lowerBound,
            fits(index - start - 1, place - start - 1, isRemoved)
        {
            start += 1
        }
        let range = (index - start)..<(index + end)
        clauses.append(Clause(range: range, start: place - start, isRemoved: isRemoved))
    }

    /// Takes what is still free of a clause, if that is still one.
    private mutating func takeClause(_ clause: Clause) {
        var index = clause.range.lowerBound
        while index < clause.range.upperBound {
            let start = index
            var fresh = 0
            while index < clause.range.upperBound,
                fits(index, clause.start + index - clause.range.lowerBound, clause.isRemoved)
            {
                if assigned[index] < 0 { fresh += 1 }
                index += 1
            }
            let range = withinSentences(start..<index)
            if fresh > 0, !range.isEmpty, isClause(range) {
                for place in range where assigned[place] < 0 {
                    take(
                        sourceIdentity(
                            clause.start + place - clause.range.lowerBound, clause.isRemoved),
                        at: place)
                }
            }
            index += 1
        }
    }

    /// A stretch without open ends that a boundary of sentences parts from what is kept of it, where they say
    /// little by themselves, as the full stop before a kept sentence does.
    private func withinSentences(_ range: Range<Int>) -> Range<Int> {
        guard let first = range.first(where: { assigned[$0] >= 0 }),
            let last = range.last(where: { assigned[$0] >= 0 })
        else { return range }
        var (lower, upper) = (range.lowerBound, range.upperBound)
        if lower < first, new.boundaries[first] >= 2, isLoose(lower..<first) { lower = first }
        if last + 1 < upper, new.boundaries[last + 1] >= 2, isLoose((last + 1)..<upper) { upper = last + 1 }
        return lower..<upper
    }

    private func isLoose(_ range: Range<Int>) -> Bool { weight(range) < constants.looseWeight }

    private func isClause(_ range: Range<Int>) -> Bool {
        // Between two kept tokens that stood around it, whatever stands there is the same.
        if assigned[range.lowerBound] >= 0, assigned[range.upperBound - 1] >= 0 { return true }
        let words = range.count { strings.areWords[Int(new.classes[$0])] }
        guard words >= constants.clauseWords, weight(range) >= constants.clauseWeight else { return false }
        if words >= constants.longClause { return true }
        return keptShare(around: range) >= constants.clauseShare
    }

    /// The share of the sentences that a stretch touches which is kept, the stretch included, by weight.
    private func keptShare(around range: Range<Int>) -> Float {
        let first = new.sentence(new.sentence(at: range.lowerBound)).lowerBound
        let end = new.sentence(new.sentence(at: range.upperBound - 1)).upperBound
        var (kept, all): (Float, Float) = (0, 0)
        for index in first..<end {
            let own = weights[new.classes[index]]
            all += own
            if assigned[index] >= 0 || range.contains(index) { kept += own }
        }
        return all == 0 ? 0 : kept / all
    }

    /// The places in the base where three tokens in a row start, by the hash of their classes, one of which is free.
    private func openTriples() -> [UInt64: [Int32]] {
        var triples: [UInt64: [Int32]] = [:]
        if base.count < 3 { return triples }
        for place in 0...(base.count - 3) {
            guard !isBaseTaken[place] || !isBaseTaken[place + 1] || !isBaseTaken[place + 2] else { continue }
            let (one, two, three) = (base.classes[place], base.classes[place + 1], base.classes[place + 2])
            if weights.rarest(one, two, three) > constants.clauseFrequency { continue }
            let triple = TokenHash.triple(one, two, three)
            if triples[triple, default: []].count < constants.clauseCandidates {
                triples[triple, default: []].append(Int32(place))
            }
        }
        return triples
    }

    /// Lengthens kept stretches by what follows and precedes them in both texts, within a sentence.
    mutating func growStretches() {
        if new.count < 2 { return }
        for index in 1..<new.count where assigned[index] < 0 && new.boundaries[index] < 2 {
            let before = basePlace(index - 1)
            guard before >= 0, before + 1 < base.count, !isBaseTaken[before + 1],
                base.classes[before + 1] == new.classes[index]
            else { continue }
            take(baseIdentities[before + 1], at: index)
        }
        for index in (0..<(new.count - 1)).reversed()
        where assigned[index] < 0 && new.boundaries[index + 1] < 2 {
            let behind = basePlace(index + 1)
            guard behind > 0, !isBaseTaken[behind - 1], base.classes[behind - 1] == new.classes[index]
            else { continue }
            take(baseIdentities[behind - 1], at: index)
        }
    }
}
