extension RevisionMatcher {
    /// A sentence of the new text and one that it may be a version of.
    private struct Pair {
        var sentence: Int
        /// A sentence of the base, or a removed one.
        var old: Int
        var isRemoved: Bool
        var score: Float
        /// How far it is from where it would stand.
        var distance: Int
    }

    /// Edited sentences: best first, then nearest.
    mutating func pairSentences() {
        let open = (0..<new.sentenceCount).filter { isOpen(new.sentence($0)) }
        if open.isEmpty { return }
        let postings = openPostings()
        var pairs: [Pair] = []
        var comparison = BagComparison(classes: strings.count, constants: constants)
        for sentence in open {
            let range = new.sentence(sentence)
            if weight(range) < constants.comparedWeight { continue }
            comparison.set(new.classes, range, weights)
            let expected = expectedSentence(of: range)
            for old in liveCandidates(range, postings) {
                let score = similarity(&comparison, toLive: old)
                if score >= constants.similarSentence {
                    pairs.append(
                        Pair(
                            sentence: sentence, old: old, isRemoved: false,
                            score: score + constants.livePreference, distance: abs(old - expected)))
                }
            }
            for old in removedCandidates(range) {
                let score = similarity(&comparison, toRemoved: old)
                if score >= constants.similarSentence {
                    pairs.append(
                        Pair(sentence: sentence, old: old, isRemoved: true, score: score, distance: 0))
                }
            }
        }
        pairs.sort { one, other in
            if one.score != other.score { return one.score > other.score }
            if one.distance != other.distance { return one.distance < other.distance }
            if one.sentence != other.sentence { return one.sentence < other.sentence }
            // Of removed ones the newest.
            return one.isRemoved == other.isRemoved
                ? (one.isRemoved ? one.old > other.old : one.old < other.old) : !one.isRemoved
        }
        var isDone = Set<Int>()
        var isUsed = Set<Int>()
        for pair in pairs where !isDone.contains(pair.sentence) {
            let range = new.sentence(pair.sentence)
            var score = pair.score - (pair.isRemoved ? 0 : constants.livePreference)
            if pair.isRemoved {
                // Others may have taken its tokens meanwhile.
                comparison.set(new.classes, range, weights)
                score = similarity(&comparison, toRemoved: pair.old)
                if score < constants.similarSentence { continue }
            } else if !isUsed.insert(pair.old).inserted {
                continue
            }
            isDone.insert(pair.sentence)
            let ids =
                pair.isRemoved
                ? removed.sentence(pair.old).map { removed.identities[$0] }
                : base.sentence(pair.old).map { baseIdentities[$0] }
            compare(
                Array(range), with: ids.filter { isFree($0) }, isStrong: score >= constants.strongSentence)
        }
    }

    private func similarity(_ comparison: inout BagComparison, toLive old: Int) -> Float {
        comparison.similarity(
            base.sentence(old).filter { !isBaseTaken[$0] }.map { base.classes[$0] }, weights)
    }

    private func similarity(_ comparison: inout BagComparison, toRemoved old: Int) -> Float {
        comparison.similarity(
            removed.identities[removed.sentence(old)].filter { isFree($0) }.map { classOfToken($0) }, weights)
    }

    /// The sentences of the base that still have free tokens, by the classes that say something.
    private func openPostings() -> [Int32: [Int32]] {
        var postings: [Int32: [Int32]] = [:]
        for number in 0..<base.sentenceCount {
            for index in base.sentence(number)
            where !isBaseTaken[index] && weights[base.classes[index]] >= constants.indexedWeight {
                let token = base.classes[index]
                if postings[token]?.last != Int32(number) {
                    postings[token, default: []].append(Int32(number))
                }
            }
        }
        return postings
    }

    /// Up to so many sentences of the base that share most with a sentence.
    private func liveCandidates(_ range: Range<Int>, _ postings: [Int32: [Int32]]) -> [Int] {
        var shared: [Int32: Float] = [:]
        for token in Set(new.classes[range]).sorted() {
            guard let found = postings[token], found.count <= constants.indexedSentences else { continue }
            for sentence in found { shared[sentence, default: 0] += weights[token] }
        }
        return shared.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(constants.liveCandidates).map
        { Int($0.key) }
    }

    /// Up to so many removed sentences that share most stretches of three tokens with a sentence.
    private func removedCandidates(_ range: Range<Int>) -> [Int] {
        guard removed.sentenceCount > 0, range.count >= 3 else { return [] }
        var shared: [Int: Int] = [:]
        for index in range.lowerBound...(range.upperBound - 3) {
            let (one, two, three) = (new.classes[index], new.classes[index + 1], new.classes[index + 2])
            if weights.rarest(one, two, three) > constants.clauseFrequency { continue }
            let triple = TokenHash.triple(one, two, three)
            var last = -1
            removed.places(triple: triple, limit: constants.indexedSentences) { place in
                let sentence = removed.sentence(at: place)
                if sentence != last { shared[sentence, default: 0] += 1 }
                last = sentence
            }
        }
        return shared.sorted { ($0.value, $0.key) > ($1.value, $1.key) }
            .prefix(constants.restoredCandidates).map(\.key)
    }

    /// Where in the base a sentence would stand, by the kept token before it.
    private func expectedSentence(of range: Range<Int>) -> Int {
        var index = range.lowerBound - 1
        while index >= 0, basePlace(index) < 0 { index -= 1 }
        if index < 0 { return 0 }
        return base.sentence(at: basePlace(index)) + 1
    }

    /// Compares places of the new text with free tokens, word by word, and takes those of the stretches that count.
    mutating func compare(_ indices: [Int], with ids: [Int32], isStrong: Bool) {
        let partners = SequenceDifference(
            from: ids.map { classOfToken($0) }, to: indices.map { new.classes[$0] },
            limit: constants.differenceLimit
        ).partners
        var stretches: [Range<Int>] = []
        var start = 0
        while start < partners.count {
            guard partners[start] >= 0 else {
                start += 1
                continue
            }
            var end = start + 1
            while end < partners.count, partners[end] == partners[end - 1] + 1,
                indices[end] == indices[end - 1] + 1
            {
                end += 1
            }
            stretches.append(start..<end)
            start = end
        }
        let isStrong = isStrong || isSmallEdit(indices, ids.count, partners)
        var counts = stretches.map { stretch in
            isStrong || isTelling(indices[stretch.lowerBound]..<(indices[stretch.upperBound - 1] + 1))
        }
        if !isStrong {
            // A short stretch near one that counts.
            for order in [Array(stretches.indices), stretches.indices.reversed()] {
                var last: Range<Int>?
                for number in order {
                    let stretch = stretches[number]
                    if !counts[number], let last {
                        let (first, second) =
                            last.lowerBound < stretch.lowerBound ? (last, stretch) : (stretch, last)
                        let gap = indices[second.lowerBound] - indices[first.upperBound - 1] - 1
                        let oldGap = Int(partners[second.lowerBound] - partners[first.upperBound - 1]) - 1
                        counts[number] = max(gap, oldGap) <= constants.growReach
                    }
                    if counts[number] { last = stretch }
                }
            }
        }
        for (number, stretch) in stretches.enumerated() where counts[number] {
            for index in stretch { take(ids[Int(partners[index])], at: indices[index]) }
        }
    }

    /// Whether a comparison of short texts found a few tokens changed beside a word that says something.
    private func isSmallEdit(_ indices: [Int], _ oldCount: Int, _ partners: [Int32]) -> Bool {
        var (kept, sum): (Int, Float) = (0, 0)
        for (number, partner) in partners.enumerated() where partner >= 0 {
            kept += 1
            sum += weights[new.classes[indices[number]]]
        }
        return indices.count + oldCount - 2 * kept <= constants.smallEdit
            && sum >= constants.smallEditWeight
    }

    /// Whether a kept stretch says by itself that it was kept.
    func isTelling(_ range: Range<Int>) -> Bool {
        let sum = weight(range)
        if range.count >= constants.gapRun, sum >= constants.gapRunWeight { return true }
        if range.count == constants.gapRun - 1, sum >= constants.gapShortRunWeight { return true }
        if range.count >= constants.gapWords {
            let words = range.count { strings.areWords[Int(new.classes[$0])] }
            if words >= constants.gapWords { return true }
        }
        return range.count >= 2 && sum >= constants.gapSentenceWeight && new.boundaries[range.lowerBound] >= 2
            && (range.upperBound == new.count || new.boundaries[range.upperBound] >= 2)
    }
}

/// Compares the weighted bags of tokens of one sentence and many others.
struct BagComparison {
    private let constants: AttributionConstants
    private var needed: [Int32]
    private var touched: [Int32] = []
    private var weight: Float = 0

    init(classes: Int, constants: AttributionConstants) {
        self.constants = constants
        needed = [Int32](repeating: 0, count: classes)
    }

    /// Takes the one sentence.
    mutating func set(_ classes: [Int32], _ range: Range<Int>, _ weights: TokenWeights) {
        for token in touched { needed[Int(token)] = 0 }
        touched = Array(classes[range])
        weight = 0
        for token in touched {
            needed[Int(token)] += 1
            weight += weights[token]
        }
    }

    /// The weight of what both have, as a share of the mean of both (Dice's coefficient), or of the lighter one where that is
    /// a good deal of text.
    mutating func similarity(_ other: [Int32], _ weights: TokenWeights) -> Float {
        var (common, all): (Float, Float) = (0, 0)
        for token in other {
            let own = weights[token]
            all += own
            if needed[Int(token)] > 0 { common += own }
            needed[Int(token)] -= 1
        }
        for token in other { needed[Int(token)] += 1 }
        if common == 0 { return 0 }
        let dice = 2 * common / (weight + all)
        return common >= constants.containedWeight
            ? max(dice, constants.containedShare * common / min(weight, all)) : dice
    }
}
