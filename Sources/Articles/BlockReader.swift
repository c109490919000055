/// Gathers the lines of an article's text into blocks, as stretches of its bytes: what they hold is read by who needs it.
struct BlockReader {
    /// What a block is.
    enum Kind {
        /// A heading of a level from 1 to 6.
        case heading(level: Int)
        /// An item of a list.
        case bullet
        /// A paragraph.
        case paragraph
    }

    private let bytes: [UInt8]

    /// Reads a text.
    init(_ text: String) { bytes = Array(text.utf8) }

    /// Hands over the blocks in order: the bytes of the text, and where the block's lines stand in them, without indentation,
    /// signs, and spaces at the block's end.
    func read(_ body: (_ bytes: [UInt8], _ kind: Kind, _ lines: [Range<Int>]) -> Void) {
        var lines: [Range<Int>] = []
        var kind = Kind.paragraph
        func flush() {
            if !lines.isEmpty {
                trim(&lines)
                body(bytes, kind, lines)
            }
            lines.removeAll(keepingCapacity: true)
            kind = .paragraph
        }
        var start = 0
        while start <= bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            var line = start..<end
            start = end + 1
            if let last = line.last, bytes[last] == UInt8(ascii: "\r") { line.removeLast() }
            let indent = count(of: UInt8(ascii: " "), in: line)
            line.removeFirst(indent)
            if count(of: UInt8(ascii: "\t"), in: line) == line.count {
                flush()
            } else if indent < 4, let (level, words) = heading(line) {
                flush()
                body(bytes, .heading(level: level), [words])
            } else if let item = item(line) {
                flush()
                kind = .bullet
                lines.append(item)
            } else {
                lines.append(line)
            }
        }
        flush()
    }

    /// The text of some lines, with a line end between any two.
    static func joined(_ lines: [Range<Int>], of bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(lines.reduce(0) { $0 + $1.count + 1 })
        for (index, line) in lines.enumerated() {
            if index > 0 { text.append(UInt8(ascii: "\n")) }
            text.append(contentsOf: bytes[line])
        }
        return text
    }

    /// Takes the spaces at the end from the last line.
    private func trim(_ lines: inout [Range<Int>]) {
        guard var last = lines.popLast() else { return }
        while let end = last.last, bytes[end] == UInt8(ascii: " ") { last.removeLast() }
        lines.append(last)
    }

    /// How often a byte stands at the beginning of a line.
    private func count(of byte: UInt8, in line: Range<Int>) -> Int {
        var end = line.lowerBound
        while end < line.upperBound, bytes[end] == byte { end += 1 }
        return end - line.lowerBound
    }

    /// `## Words ##`, one to six signs and a space.
    private func heading(_ line: Range<Int>) -> (level: Int, words: Range<Int>)? {
        let space = UInt8(ascii: " ")
        let sign = UInt8(ascii: "#")
        let level = count(of: sign, in: line)
        guard (1...6).contains(level) else { return nil }
        var rest = line.dropFirst(level)
        guard rest.isEmpty || rest.first.map({ bytes[$0] == space }) ?? false else { return nil }
        func trimEnd() {
            while let last = rest.last, bytes[last] == space { rest.removeLast() }
        }
        trimEnd()
        var before = rest
        while let last = before.last, bytes[last] == sign { before.removeLast() }
        let isClosed = before.count < rest.count
        if isClosed, before.last.map({ bytes[$0] == space }) ?? true { rest = before }
        trimEnd()
        rest.removeFirst(count(of: space, in: rest))
        return (level, rest)
    }

    /// What follows `- `, `* ` or `+ `.
    private func item(_ line: Range<Int>) -> Range<Int>? {
        guard line.count > 1, bytes[line.lowerBound + 1] == UInt8(ascii: " ") else { return nil }
        switch bytes[line.lowerBound] {
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
            let rest = line.dropFirst(2)
            return rest.dropFirst(count(of: UInt8(ascii: " "), in: rest))
        default: return nil
        }
    }
}
