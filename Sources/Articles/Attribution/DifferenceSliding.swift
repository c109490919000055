/// Slides the stretches of a comparison that could as well stand some tokens further left or right, to where a writer would have
/// put them: between sentences rather than across them.
enum DifferenceSliding {
    /// Slides what was added and what was removed.
    ///
    /// - Complexity: O(tokens) for stretches that do not repeat.
    static func slide(_ partners: inout [Int32], base: TokenSequence, new: TokenSequence) {
        let count = partners.count
        var index = 0
        while index < count {
            if partners[index] >= 0 {
                index += 1
                continue
            }
            let start = index
            while index < count, partners[index] < 0 { index += 1 }
            slideAdded(&partners, start..<index, base, new)
            while index < count, partners[index] < 0 { index += 1 }
        }
        // What was removed: between the partners of neighbours.
        index = 1
        while index < count {
            if partners[index] >= 0, partners[index - 1] >= 0, partners[index] > partners[index - 1] + 1 {
                slideRemoved(&partners, before: index, base, new)
            }
            index += 1
        }
    }

    private static let reach = 200

    /// Moves a stretch of the new text as long as the token before it equals its last one, or its first one the token behind.
    private static func slideAdded(
        _ partners: inout [Int32], _ range: Range<Int>, _ base: TokenSequence, _ new: TokenSequence
    ) {
        // First right as far as may be, so that what follows sees every place.
        var range = range
        let limit = range.upperBound + reach
        while range.upperBound < min(partners.count, limit), partners[range.upperBound] >= 0,
            new.classes[range.lowerBound] == new.classes[range.upperBound]
        {
            partners[range.lowerBound] = partners[range.upperBound]
            partners[range.upperBound] = -1
            range = (range.lowerBound + 1)..<(range.upperBound + 1)
        }
        var best = (score: score(new, range.lowerBound, range.upperBound), shift: 0)
        var shift = 0
        while shift < 2 * reach, range.lowerBound - shift > 0 {
            let before = range.lowerBound - shift - 1
            let last = range.upperBound - shift - 1
            guard partners[before] >= 0, new.classes[before] == new.classes[last] else { break }
            // Nothing may have been removed between the tokens whose partners change places.
            if shift > 0, partners[before] != partners[before + 1] - 1 { break }
            shift += 1
            let found = score(new, before, last)
            if found > best.score { best = (found, shift) }
        }
        for step in 0..<best.shift {
            partners[range.upperBound - step - 1] = partners[range.lowerBound - step - 1]
            partners[range.lowerBound - step - 1] = -1
        }
    }

    private static func slideRemoved(
        _ partners: inout [Int32], before index: Int, _ base: TokenSequence, _ new: TokenSequence
    ) {
        let start = Int(partners[index - 1]) + 1
        let end = Int(partners[index])
        var best = (score: score(base, start, end), shift: 0)
        var shift = 0
        while shift < reach, index - 1 - shift >= 0, start - shift > 0 {
            let place = index - 1 - shift
            guard Int(partners[place]) == start - shift - 1,
                base.classes[start - shift - 1] == base.classes[end - shift - 1]
            else { break }
            shift += 1
            let found = score(base, start - shift, end - shift)
            if found > best.score { best = (found, shift) }
        }
        for step in 0..<best.shift { partners[index - 1 - step] = Int32(end - step - 1) }
    }

    /// How well a stretch of a text begins and ends.
    private static func score(_ sequence: TokenSequence, _ start: Int, _ end: Int) -> Int {
        let open = start < sequence.count ? Int(sequence.boundaries[start]) : 3
        let close = end < sequence.count ? Int(sequence.boundaries[end]) : 3
        return open + close + (open > 1 && close > 1 ? 2 : 0)
    }
}
