/// The longest common subsequence of two sequences of numbers, or nearly so: E. W. Myers, "An O(ND) difference
/// algorithm and its variations", Algorithmica 1 (1986), the variant in linear space.
///
/// Where two stretches have more than a given number of differences, the path that came furthest is taken instead of
/// the shortest one, so that the time stays O(length × that number) for any input.
struct SequenceDifference {
    /// For each element of the second sequence the index of its partner in the first, or −1.
    private(set) var partners: [Int32]

    private let old: [Int32]
    private let new: [Int32]
    private let limit: Int
    /// The furthest offsets in `old`, by diagonal, from the start and from the end; −1 where none is known.
    private var forward: [Int]
    private var backward: [Int]
    private let middle: Int

    /// Compares two sequences.
    ///
    /// - Complexity: O(length × min(differences, limit)) time, O(length) memory.
    init(from old: [Int32], to new: [Int32], limit: Int) {
        self.old = old
        self.new = new
        self.limit = limit
        partners = [Int32](repeating: -1, count: new.count)
        middle = min(limit, (old.count + new.count) / 2 + 1) + 2
        forward = [Int](repeating: -1, count: 2 * middle + 1)
        backward = forward
        compare()
    }

    private struct Box {
        var old: Range<Int>
        var new: Range<Int>
    }

    private mutating func compare() {
        var boxes = [Box(old: 0..<old.count, new: 0..<new.count)]
        while var box = boxes.popLast() {
            trim(&box)
            if box.old.isEmpty || box.new.isEmpty { continue }
            let point = split(box)
            boxes.append(
                Box(old: point.old..<box.old.upperBound, new: point.new..<box.new.upperBound))
            boxes.append(
                Box(old: box.old.lowerBound..<point.old, new: box.new.lowerBound..<point.new))
        }
    }

    /// Pairs equal elements at both ends.
    private mutating func trim(_ box: inout Box) {
        var (start, newStart) = (box.old.lowerBound, box.new.lowerBound)
        var (end, newEnd) = (box.old.upperBound, box.new.upperBound)
        while start < end, newStart < newEnd, old[start] == new[newStart] {
            partners[newStart] = Int32(start)
            start += 1
            newStart += 1
        }
        while start < end, newStart < newEnd, old[end - 1] == new[newEnd - 1] {
            end -= 1
            newEnd -= 1
            partners[newEnd] = Int32(end)
        }
        box = Box(old: start..<end, new: newStart..<newEnd)
    }

    /// A point inside a trimmed box that a shortest path goes through, or a long one once the limit is passed.
    private mutating func split(_ box: Box) -> (old: Int, new: Int) {
        let (rows, columns) = (box.old.count, box.new.count)
        let (oldStart, newStart) = (box.old.lowerBound, box.new.lowerBound)
        let (oldEnd, newEnd) = (box.old.upperBound, box.new.upperBound)
        let delta = rows - columns
        let isOdd = delta & 1 != 0
        forward[middle + 1] = 0
        backward[middle + 1] = 0
        forward[middle - 1] = -1
        backward[middle - 1] = -1
        for distance in 0... {
            let low = -(distance - 2 * max(0, distance - columns))
            let high = distance - 2 * max(0, distance - rows)
            if distance > 0 {
                forward[middle + distance + 1] = -1
                forward[middle - distance - 1] = -1
                backward[middle + distance + 1] = -1
                backward[middle - distance - 1] = -1
            }
            for diagonal in stride(from: low, through: high, by: 2) {
                var row = step(forward, diagonal, rows, columns)
                if row < 0 {
                    forward[middle + diagonal] = -1
                    continue
                }
                var column = row - diagonal
                while row < rows, column < columns, old[oldStart + row] == new[newStart + column] {
                    row += 1
                    column += 1
                }
                forward[middle + diagonal] = row
                let other = delta - diagonal
                if isOdd, abs(other) < distance, backward[middle + other] >= 0,
                    row + backward[middle + other] >= rows
                {
                    return (oldStart + row, newStart + column)
                }
            }
            for diagonal in stride(from: low, through: high, by: 2) {
                var row = step(backward, diagonal, rows, columns)
                if row < 0 {
                    backward[middle + diagonal] = -1
                    continue
                }
                var column = row - diagonal
                while row < rows, column < columns, old[oldEnd - 1 - row] == new[newEnd - 1 - column] {
                    row += 1
                    column += 1
                }
                backward[middle + diagonal] = row
                let other = delta - diagonal
                if !isOdd, abs(other) <= distance, forward[middle + other] >= 0,
                    row + forward[middle + other] >= rows
                {
                    return (oldEnd - row, newEnd - column)
                }
            }
            if distance >= limit { return furthest(distance, box) }
        }
        return (oldStart, newStart)
    }

    /// How far a path on a diagonal has come with one more difference; −1 when none gets there.
    private func step(_ reached: [Int], _ diagonal: Int, _ rows: Int, _ columns: Int) -> Int {
        var best = -1
        let down = reached[middle + diagonal + 1]
        if down >= 0, down - diagonal <= columns { best = down }
        let right = reached[middle + diagonal - 1]
        if right >= 0, right < rows { best = max(best, right + 1) }
        return best
    }

    private func furthest(_ distance: Int, _ box: Box) -> (old: Int, new: Int) {
        var best = (sum: -1, row: 0, column: 0)
        for diagonal in -distance...distance where forward[middle + diagonal] >= 0 {
            let row = forward[middle + diagonal]
            let column = row - diagonal
            if row + column > best.sum, row + column < box.old.count + box.new.count {
                best = (row + column, row, column)
            }
        }
        return (box.old.lowerBound + best.row, box.new.lowerBound + best.column)
    }
}
