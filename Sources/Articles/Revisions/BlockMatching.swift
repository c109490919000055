/// Which elements of two sequences are the same, in order: a common subsequence, as a text comparison shows it.
///
/// What both begin and end with is matched first, then what occurs once in both sequences (patience diff), by a
/// heaviest increasing subsequence, then in the same way what stands between; where nothing occurs once, the k-th
/// occurrences are matched with one another. So a rare element is never given up for a common one, which a longest
/// common subsequence would do.
///
/// - Parameters:
///   - old: elements as numbers.
///   - new: elements as numbers.
///   - weight: the weight of an element; positive.
/// - Returns: for each element of `new`, its place in `old`, increasing; -1 where it has none.
/// - Complexity: O(n log n) for each level of what stands between, of which there are at most 32.
func blockMatching(_ old: [Int], _ new: [Int], weight: (Int) -> Int) -> [Int] {
    var partner = [Int](repeating: -1, count: new.count)
    var work: [(old: Range<Int>, new: Range<Int>, depth: Int)] = [(old.indices, new.indices, 0)]
    while var part = work.popLast() {
        while let one = part.old.first, let other = part.new.first, old[one] == new[other] {
            partner[other] = one
            part.old.removeFirst()
            part.new.removeFirst()
        }
        while let one = part.old.last, let other = part.new.last, old[one] == new[other] {
            partner[other] = one
            part.old.removeLast()
            part.new.removeLast()
        }
        if part.old.isEmpty || part.new.isEmpty { continue }
        var pairs = part.depth < 32 ? uniquePairs(old, part.old, new, part.new) : []
        let isLast = pairs.isEmpty
        if isLast { pairs = occurrencePairs(old, part.old, new, part.new) }
        let chosen = increasing(pairs, weights: pairs.map { weight(old[$0.old]) })
        var oldStart = part.old.lowerBound
        var newStart = part.new.lowerBound
        for pair in chosen {
            partner[pair.new] = pair.old
            if !isLast { work.append((oldStart..<pair.old, newStart..<pair.new, part.depth + 1)) }
            oldStart = pair.old + 1
            newStart = pair.new + 1
        }
        if !isLast {
            work.append((oldStart..<part.old.upperBound, newStart..<part.new.upperBound, part.depth + 1))
        }
    }
    return partner
}

private typealias Pair = (old: Int, new: Int)

/// The elements that occur once in either stretch, in the order of the new one.
private func uniquePairs(_ old: [Int], _ oldRange: Range<Int>, _ new: [Int], _ newRange: Range<Int>) -> [Pair]
{
    // The place, or -1 where an element came twice.
    var oldPlaces: [Int: Int] = [:]
    for place in oldRange { oldPlaces[old[place]] = oldPlaces[old[place]] == nil ? place : -1 }
    var newPlaces: [Int: Int] = [:]
    for place in newRange { newPlaces[new[place]] = newPlaces[new[place]] == nil ? place : -1 }
    return newRange.compactMap { place in
        guard newPlaces[new[place]] == place, let found = oldPlaces[new[place]], found >= 0 else {
            return nil
        }
        return (found, place)
    }
}

/// The k-th occurrence of each element in either stretch, in the order of the new one.
private func occurrencePairs(
    _ old: [Int], _ oldRange: Range<Int>, _ new: [Int], _ newRange: Range<Int>
) -> [Pair] {
    var places: [Int: [Int]] = [:]
    for place in oldRange.reversed() { places[old[place], default: []].append(place) }
    return newRange.compactMap { place in
        guard let found = places[new[place]]?.popLast() else { return nil }
        return (found, place)
    }
}

/// The heaviest of the pairs whose old places increase with the new ones.
private func increasing(_ pairs: [Pair], weights: [Int]) -> [Pair] {
    let order = pairs.indices.sorted { pairs[$0].old < pairs[$1].old }
    var ranks = [Int](repeating: 0, count: pairs.count)
    for (rank, index) in order.enumerated() { ranks[index] = rank }
    return heaviestIncreasing(ranks, weights: weights).map { pairs[$0] }
}
