/// Finds out which tokens of a new text are old ones: the steps of attribution, from the surest to the vaguest.
///
/// 1. An insertion or a removal in one place, or in many, leaves all else as it was.
/// 2. Identical sentences in order keep their tokens; then those that were moved.
/// 3. A removed sentence that comes back word for word gets its tokens back.
/// 4. Edited sentences are paired with the most similar one, of the base or removed, and compared word by word.
/// 5. What is left between two kept stretches is compared word by word; only stretches that say something count.
/// 6. Clauses that stood elsewhere, or were removed at any time, are taken from there.
/// 7. What is left is new.
struct RevisionMatcher {
    let constants: AttributionConstants
    let base: TokenSequence
    let baseIdentities: [Int32]
    let new: TokenSequence
    let weights: TokenWeights
    let strings: TokenStrings
    let removed: RemovedText
    /// By token: its place in the base, or −1.
    let places: [Int32]
    /// By token: the number of its string.
    let tokenStrings: [Int32]

    /// For each token of the new text its identity, or −1.
    private(set) var assigned: [Int32]
    /// For each token of the base whether the new text has it.
    private(set) var isBaseTaken: [Bool]
    /// Tokens that are not in the base and that the new text has.
    private var takenRemoved: Set<Int32> = []

    init(history: TokenHistory, new: TokenSequence) {
        constants = history.constants
        base = history.newest
        baseIdentities = history.identities
        self.new = new
        strings = history.strings
        removed = history.removed
        places = history.places
        tokenStrings = history.tokenStrings
        weights = TokenWeights(
            base: base, new: new, strings: strings, commonWeight: constants.commonWeight)
        assigned = [Int32](repeating: -1, count: new.count)
        isBaseTaken = [Bool](repeating: false, count: base.count)
    }

    /// The identity of each token of the new text, −1 for a new one.
    mutating func match() -> [Int32] {
        if !keepAroundOneKindOfChange() {
            anchorSentences()
            moveSentences()
        }
        restoreSentences()
        pairSentences()
        compareGaps()
        reuseClauses()
        growStretches()
        return assigned
    }

    // MARK: Taking

    /// Whether a token may still be taken.
    func isFree(_ id: Int32) -> Bool {
        let place = places[Int(id)]
        return place >= 0 ? !isBaseTaken[Int(place)] : !takenRemoved.contains(id)
    }

    /// The class of a token's string.
    func classOfToken(_ id: Int32) -> Int32 { strings.classes[Int(tokenStrings[Int(id)])] }

    /// Gives an old token to a place of the new text.
    mutating func take(_ id: Int32, at index: Int) {
        assigned[index] = id
        let place = places[Int(id)]
        if place >= 0 { isBaseTaken[Int(place)] = true } else { takenRemoved.insert(id) }
    }

    /// Gives the tokens of the base to the places that a comparison of both whole texts found.
    mutating func take(_ partners: [Int32]) {
        for (index, partner) in partners.enumerated() where partner >= 0 {
            take(baseIdentities[Int(partner)], at: index)
        }
    }

    /// The place in the base of what stands at a place of the new text; −1 when it is no token of the base.
    func basePlace(_ index: Int) -> Int {
        assigned[index] < 0 ? -1 : Int(places[Int(assigned[index])])
    }

    /// The weight of a stretch of the new text.
    func weight(_ range: Range<Int>) -> Float {
        var sum: Float = 0
        for index in range { sum += weights[new.classes[index]] }
        return sum
    }

    // MARK: One kind of change

    /// Where tokens were only added or only removed, all others are kept.
    ///
    /// - Returns: whether that is so.
    private mutating func keepAroundOneKindOfChange() -> Bool {
        let (old, text) = (base.classes, new.classes)
        let (shorter, longer) = old.count < text.count ? (old, text) : (text, old)
        var prefix = 0
        while prefix < shorter.count, shorter[prefix] == longer[prefix] { prefix += 1 }
        var suffix = 0
        while suffix < shorter.count - prefix,
            shorter[shorter.count - 1 - suffix] == longer[longer.count - 1 - suffix]
        {
            suffix += 1
        }
        if prefix + suffix < shorter.count {
            // In many places: the shorter one must be a subsequence, and not by chance.
            var found = prefix
            for element in longer[prefix..<(longer.count - suffix)] {
                if found < shorter.count - suffix, element == shorter[found] { found += 1 }
            }
            guard found == shorter.count - suffix else { return false }
        }
        var partners = SequenceDifference(from: old, to: text, limit: constants.differenceLimit).partners
        let kept = partners.indices.filter { partners[$0] >= 0 }
        guard kept.count == shorter.count else { return false }
        DifferenceSliding.slide(&partners, base: base, new: new)
        if prefix + suffix < shorter.count, old.count < text.count {
            var stretches = 0
            for index in partners.indices
            where partners[index] >= 0 && (index == 0 || partners[index - 1] != partners[index] - 1) {
                stretches += 1
            }
            guard kept.count >= constants.gapRun * stretches else { return false }
        }
        take(partners)
        return true
    }

    // MARK: Sentences as they were

    private static func wordings(_ sequence: TokenSequence) -> [UInt64] {
        (0..<sequence.sentenceCount).map { TokenHash.sequence(sequence.classes, sequence.sentence($0)) }
    }

    /// Identical sentences in order.
    private mutating func anchorSentences() {
        var numbers: [UInt64: Int32] = [:]
        func number(_ wording: UInt64) -> Int32 {
            let next = Int32(numbers.count)
            if let known = numbers[wording] { return known }
            numbers[wording] = next
            return next
        }
        let old = Self.wordings(base).map(number)
        let text = Self.wordings(new).map(number)
        let difference = SequenceDifference(from: old, to: text, limit: constants.differenceLimit)
        for (sentence, partner) in difference.partners.enumerated() where partner >= 0 {
            takeSentence(Int(partner), at: sentence)
        }
    }

    private mutating func takeSentence(_ old: Int, at sentence: Int) {
        let (from, to) = (base.sentence(old), new.sentence(sentence))
        guard base.classes[from] == new.classes[to] else { return }
        for offset in 0..<to.count {
            take(baseIdentities[from.lowerBound + offset], at: to.lowerBound + offset)
        }
    }

    /// Whether no token of a sentence of the new text has an identity.
    func isOpen(_ range: Range<Int>) -> Bool { range.allSatisfy { assigned[$0] < 0 } }

    /// Identical sentences elsewhere, the k-th to the k-th.
    private mutating func moveSentences() {
        var open: [UInt64: [Int]] = [:]
        for number in (0..<base.sentenceCount).reversed() {
            let range = base.sentence(number)
            if range.count < constants.movedSentence || isBaseTaken[range.lowerBound] { continue }
            open[TokenHash.sequence(base.classes, range), default: []].append(number)
        }
        if open.isEmpty { return }
        for number in 0..<new.sentenceCount {
            let range = new.sentence(number)
            if range.count < constants.movedSentence || assigned[range.lowerBound] >= 0 { continue }
            let wording = TokenHash.sequence(new.classes, range)
            if let old = open[wording]?.popLast() { takeSentence(old, at: number) }
        }
    }

    /// Removed sentences that come back word for word.
    private mutating func restoreSentences() {
        for number in 0..<new.sentenceCount {
            let range = new.sentence(number)
            guard range.count >= constants.restoredSentence, isOpen(range) else { continue }
            let whole = weight(range)
            if whole < constants.restoredWeight { continue }
            var best: (share: Float, start: Int) = (0, 0)
            removed.sentences(wording: TokenHash.sequence(new.classes, range)) { old in
                let stretch = removed.sentence(old)
                guard stretch.count == range.count else { return true }
                var free: Float = 0
                for offset in 0..<range.count {
                    let id = removed.identities[stretch.lowerBound + offset]
                    let token = new.classes[range.lowerBound + offset]
                    if classOfToken(id) != token { return true }
                    if isFree(id) { free += weights[token] }
                }
                if free > best.share * whole { best = (free / whole, stretch.lowerBound) }
                return best.share < 0.999
            }
            if best.share < constants.restoredShare { continue }
            for offset in 0..<range.count where isFree(removed.identities[best.start + offset]) {
                take(removed.identities[best.start + offset], at: range.lowerBound + offset)
            }
        }
    }
}
