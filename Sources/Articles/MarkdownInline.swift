import Corpus

/// Where a link of an article's text leads.
public enum LinkTarget: Hashable, Sendable {
    /// To an entity, by its CURIE.
    case entity(EntityID)
    /// To a web address, `http` or `https`.
    case web(String)

    /// Reads a link's destination; nil for anything but a web address or a CURIE, so that `javascript:` and its kin
    /// never become links.
    public init?(_ destination: String) {
        let bytes = Array(destination.utf8)
        let lowered = bytes.prefix(8).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        if lowered.starts(with: "http://".utf8) || lowered.starts(with: "https://".utf8) {
            guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != 0x22 && $0 != 0x3C && $0 != 0x3E })
            else {
                return nil
            }
            self = .web(destination)
            return
        }
        guard let entity = EntityID(curie: destination), EntityAddress(entity) != nil,
            entity.local.utf8.allSatisfy(Self.isPlain)
        else { return nil }
        self = .entity(entity)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: ":"):
            true
        default: false
        }
    }
}

/// A piece of a heading, bullet or paragraph.
public enum MarkdownInline: Hashable, Sendable {
    /// Text, escapes resolved; a line end is a space.
    case text(String)
    /// Words that lead somewhere.
    case link(String, LinkTarget)
    /// A citation of one or more papers.
    case citation([PMID])

    /// Reads the pieces of one block: text, links `[words](destination)`, `<https://…>` and citations
    /// `[@pubmed:1; @pubmed:2]`. Whatever is none of these is text as it was typed.
    ///
    /// - Complexity: O(length of the text); every bracket that is never closed costs a look at the next 1,000 bytes.
    public static func parse(_ markdown: String) -> [MarkdownInline] {
        parse(Array(markdown.utf8))
    }

    /// Reads the pieces of one block, given as UTF-8.
    static func parse(_ markdown: [UInt8]) -> [MarkdownInline] {
        var reader = InlineReader(bytes: markdown)
        return reader.read()
    }

    /// The text alone: of a citation nothing, of a link its words.
    public var text: String {
        switch self {
        case .text(let text), .link(let text, _): text
        case .citation: ""
        }
    }
}

/// Reads pieces from left to right.
private struct InlineReader {
    let bytes: [UInt8]
    private var index = 0
    private var pieces: [MarkdownInline] = []
    /// Text since the last piece.
    private var pending: [UInt8] = []

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// How far a bracket is looked for: a bound on the work for text full of open brackets.
    private static let reach = 1000

    mutating func read() -> [MarkdownInline] {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "["):
                if let found = citation() ?? link() { take(found) } else { literal() }
            case UInt8(ascii: "<"):
                if let found = autolink() { take(found) } else { literal() }
            case UInt8(ascii: "\n"):
                pending.append(UInt8(ascii: " "))
                index += 1
            default:
                index = MarkdownText.decode(bytes, at: index, into: &pending)
            }
        }
        flush()
        return pieces
    }

    private mutating func literal() {
        pending.append(bytes[index])
        index += 1
    }

    private mutating func take(_ found: (piece: MarkdownInline, end: Int)) {
        flush()
        pieces.append(found.piece)
        index = found.end
    }

    private mutating func flush() {
        guard !pending.isEmpty else { return }
        pieces.append(.text(String(decoding: pending, as: UTF8.self)))
        pending = []
    }

    /// `[@pubmed:1; @pubmed:2]` at the current byte.
    private func citation() -> (piece: MarkdownInline, end: Int)? {
        var position = index + 1
        var pmids: [PMID] = []
        while true {
            guard bytes[position...].starts(with: "@pubmed:".utf8) else { return nil }
            position += 8
            let digits = bytes[position...].prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
            guard digits.count <= 18, let number = Int64(String(decoding: digits, as: UTF8.self)) else {
                return nil
            }
            pmids.append(PMID(number))
            position = digits.endIndex
            guard position < bytes.count else { return nil }
            if bytes[position] == UInt8(ascii: "]") { return (.citation(pmids), position + 1) }
            guard bytes[position] == UInt8(ascii: ";") else { return nil }
            position += 1
            while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
        }
    }

    /// `[words](destination)` at the current byte; words hold no unescaped bracket.
    private func link() -> (piece: MarkdownInline, end: Int)? {
        var words: [UInt8] = []
        var position = index + 1
        let limit = min(bytes.count, index + Self.reach)
        while position < limit, bytes[position] != UInt8(ascii: "]") {
            if bytes[position] == UInt8(ascii: "[") { return nil }
            position = MarkdownText.decode(bytes, at: position, into: &words)
        }
        guard position + 1 < limit, bytes[position + 1] == UInt8(ascii: "("), !words.isEmpty else {
            return nil
        }
        let start = position + 2
        var depth = 1
        position = start
        while position < limit {
            if bytes[position] == UInt8(ascii: "(") { depth += 1 }
            if bytes[position] == UInt8(ascii: ")") { depth -= 1 }
            if depth == 0 { break }
            position += 1
        }
        guard position < limit else { return nil }
        let destination = MarkdownText.unescaped(String(decoding: bytes[start..<position], as: UTF8.self))
        guard let target = LinkTarget(destination) else { return nil }
        return (.link(String(decoding: words, as: UTF8.self), target), position + 1)
    }

    /// `<https://…>` at the current byte.
    private func autolink() -> (piece: MarkdownInline, end: Int)? {
        let limit = min(bytes.count, index + Self.reach)
        guard let close = bytes[index..<limit].firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let address = String(decoding: bytes[(index + 1)..<close], as: UTF8.self)
        guard case .web(let url)? = LinkTarget(address) else { return nil }
        return (.link(url, .web(url)), close + 1)
    }
}
