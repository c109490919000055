/// All word patterns of a rule file in one trie, walked from each word of a sentence.
///
/// A node has a row of 38 cells, for a to z, 0 to 9, the space within a phrase, and anything else, which leads
/// nowhere. Cell values are node numbers; 0, the root, means that there is no way on.
struct WordTable: Sendable {
    private static let width = 38
    private var next: [UInt16] = Array(repeating: 0, count: width)
    /// The labels of patterns that end at a node and must end with a word, by node.
    private var whole: [[Int]] = [[]]
    /// The labels of patterns that end at a node and may go on within the word, by node.
    private var open: [[Int]] = [[]]

    /// An empty table.
    init() {}

    /// Adds a pattern under a label. False when the table is full (65,535 nodes).
    mutating func insert(_ pattern: WordPattern, label: Int) -> Bool {
        var node = 0
        for byte in pattern.words.joined(separator: " ").utf8 {
            let cell = node * Self.width + Self.column(byte)
            if next[cell] == 0 {
                guard whole.count <= Int(UInt16.max) else { return false }
                next[cell] = UInt16(whole.count)
                next.append(contentsOf: repeatElement(0, count: Self.width))
                whole.append([])
                open.append([])
            }
            node = Int(next[cell])
        }
        if pattern.isPrefix { open[node].append(label) } else { whole[node].append(label) }
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
    /// longest.
    ///
    /// - Complexity: O(bytes read before the trie gives out), a few for most words.
    func matches(in words: FoldedWords) -> [Match] {
        var matches: [Match] = []
        for first in words.ranges.indices {
            var node = 0
            var last = first
            var position = words.foldedStarts[first]
            let start = matches.count
            while position < words.folded.count {
                let byte = words.folded[position]
                node = Int(next[node * Self.width + Self.column(byte)])
                if node == 0 { break }
                if byte == 0x20 { last += 1 }
                position += 1
                for label in open[node] { Self.keep(label, first..<last + 1, from: start, in: &matches) }
                if !whole[node].isEmpty,
                    position == words.folded.count || words.folded[position] <= 0x20
                {
                    for label in whole[node] { Self.keep(label, first..<last + 1, from: start, in: &matches) }
                }
            }
        }
        return matches
    }

    private static func keep(_ label: Int, _ words: Range<Int>, from start: Int, in matches: inout [Match]) {
        for index in start..<matches.count where matches[index].label == label {
            matches[index].words = words
            return
        }
        matches.append(Match(label: label, words: words))
    }

    private static func column(_ byte: UInt8) -> Int {
        if byte.isLowerCaseLetter { return Int(byte - UInt8(ascii: "a")) + 1 }
        if byte.isDigit { return Int(byte - UInt8(ascii: "0")) + 27 }
        return byte == 0x20 ? 37 : 0
    }
}
