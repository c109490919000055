/// All word patterns of a rule file in one trie, walked from each word of a sentence.
///
/// A node has a row of 38 cells, for a to z, 0 to 9, the space within a phrase, and anything else, which leads
/// nowhere. Cell values are node numbers; 0, the root, means that there is no way on.
struct WordTable: Sendable {
    private static let width = 38
    private var next: [UInt16] = Array(repeating: 0, count: width)
    /// The patterns that end at each node.
    private var ends: [End] = [End()]
    /// The labels of a node, one leading to the next; the first stands for none.
    private var labels: [Link] = [Link(label: 0)]
    /// The column of each byte.
    private let columns: [UInt8] = (0...UInt8.max).map { UInt8(WordTable.column($0)) }

    /// The first labels of the patterns that end at a node; 0 where none do.
    private struct End: Sendable {
        /// Of those that must end with a word.
        var whole: Int32 = 0
        /// Of those that may go on within the word.
        var open: Int32 = 0
    }

    private struct Link: Sendable {
        let label: Int32
        var next: Int32 = 0
    }

    /// An empty table.
    init() {}

    /// Adds a pattern under a label. False when the table is full (65,535 nodes).
    mutating func insert(_ pattern: WordPattern, label: Int) -> Bool {
        var node = 0
        for byte in pattern.words.joined(separator: " ").utf8 {
            let cell = node * Self.width + Self.column(byte)
            if next[cell] == 0 {
                guard ends.count <= Int(UInt16.max) else { return false }
                next[cell] = UInt16(ends.count)
                next.append(contentsOf: repeatElement(0, count: Self.width))
                ends.append(End())
            }
            node = Int(next[cell])
        }
        let new = Int32(labels.count)
        labels.append(Link(label: Int32(label)))
        var last = Int(pattern.isPrefix ? ends[node].open : ends[node].whole)
        if last == 0 {
            if pattern.isPrefix { ends[node].open = new } else { ends[node].whole = new }
            return true
        }
        while labels[last].next != 0 { last = Int(labels[last].next) }
        labels[last].next = new
        return true
    }

    /// A pattern found in a sentence.
    struct Match: Sendable {
        /// What the pattern was inserted under.
        var label: Int
        /// The words it covers; the last one is covered whole.
        var words: Range<Int>
    }

    /// All patterns that start at words of a sentence, ordered by first word; of one label at one word only the
    /// longest. They take the place of those in the list.
    ///
    /// - Complexity: O(bytes read before the trie gives out), a few for most words.
    func find(in words: FoldedWords, into matches: inout [Match]) {
        matches.removeAll(keepingCapacity: true)
        let (next, ends, columns, folded) = (next.span, ends.span, columns.span, words.folded.span)
        for first in words.foldedStarts.indices {
            var node = 0
            var last = first
            var position = words.foldedStarts[first]
            let start = matches.count
            while position < folded.count {
                let byte = folded[position]
                node = Int(next[node &* Self.width &+ Int(columns[Int(byte)])])
                if node == 0 { break }
                if byte == 0x20 { last += 1 }
                position += 1
                let end = ends[node]
                if end.open != 0 { keep(end.open, first..<last + 1, from: start, in: &matches) }
                if end.whole != 0, position == folded.count || folded[position] <= 0x20 {
                    keep(end.whole, first..<last + 1, from: start, in: &matches)
                }
            }
        }
    }

    /// Keeps matches of all labels of a list.
    private func keep(_ list: Int32, _ words: Range<Int>, from start: Int, in matches: inout [Match]) {
        var link = Int(list)
        labels: while link != 0 {
            let label = Int(labels[link].label)
            link = Int(labels[link].next)
            for index in start..<matches.count where matches[index].label == label {
                matches[index].words = words
                continue labels
            }
            matches.append(Match(label: label, words: words))
        }
    }

    private static func column(_ byte: UInt8) -> Int {
        if byte.isLowerCaseLetter { return Int(byte - UInt8(ascii: "a")) + 1 }
        if byte.isDigit { return Int(byte - UInt8(ascii: "0")) + 27 }
        return byte == 0x20 ? 37 : 0
    }
}
