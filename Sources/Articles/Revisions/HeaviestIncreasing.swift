/// The places of a heaviest increasing subsequence of a permutation.
///
/// The textbook dynamic programme, with a Fenwick tree for the heaviest chain that ends below a value. Of several
/// that weigh the same the choice depends on the arguments alone.
///
/// - Parameters:
///   - permutation: each of the numbers from 0 to its count, less one, once.
///   - weights: the weight of each place; positive.
/// - Returns: places in `permutation`, in order; their values increase.
/// - Complexity: O(n log n).
func heaviestIncreasing(_ permutation: [Int], weights: [Int]) -> [Int] {
    let count = permutation.count
    /// Over prefixes of values: the weight of the heaviest chain, and the place where it ends.
    var tree = [(weight: Int, place: Int)](repeating: (0, -1), count: count + 1)
    var previous = [Int](repeating: -1, count: count)
    var best = (weight: 0, place: -1)
    for (place, value) in permutation.enumerated() {
        var below = (weight: 0, place: -1)
        var slot = value
        while slot > 0 {
            if tree[slot].weight > below.weight { below = tree[slot] }
            slot -= slot & -slot
        }
        previous[place] = below.place
        let chain = (weight: below.weight + weights[place], place: place)
        if chain.weight > best.weight { best = chain }
        slot = value + 1
        while slot <= count {
            if chain.weight > tree[slot].weight { tree[slot] = chain }
            slot += slot & -slot
        }
    }
    var chosen: [Int] = []
    var place = best.place
    while place >= 0 {
        chosen.append(place)
        place = previous[place]
    }
    return chosen.reversed()
}
