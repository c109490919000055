import Corpus

/// Cuts the text of an article into tokens, the units of authorship.
///
/// - A run of letters, numbers, marks and underscores (general categories L, N and M, and `_`) is a word and one token.
/// - A whole citation, `[@pubmed:1; @pubmed:2]`, is one token.
/// - Any other scalar that is not white space is a token by itself.
///
/// White space is no token. Case is kept: BRCA1 and Brca1 are two words.
public enum ArticleTokenizer {
    /// The version of these rules. Identities that were given under one version fit no other version's tokens.
    public static let version = 1

    /// The tokens of a text, as ranges of UTF-8 bytes, in order. Any Unicode text will do.
    ///
    /// - Complexity: O(length of the text).
    public static func tokens(in text: String) -> [TextRange] {
        let tokens = ArticleTokens(Array(text.utf8))
        return (0..<tokens.count).map { TextRange(Int(tokens.starts[$0]), Int(tokens.ends[$0])) }
    }
}

/// What stands between a token and the one before it.
enum TokenGap: UInt8, Comparable {
    /// Nothing.
    case none
    /// White space without a line end.
    case space
    /// White space with one line end.
    case line
    /// A blank line, or the start of the text.
    case paragraph

    static func < (one: TokenGap, other: TokenGap) -> Bool { one.rawValue < other.rawValue }
}

/// The tokens of a text, with the white space before them in its kinds.
struct ArticleTokens {
    /// The text's UTF-8 bytes.
    let bytes: [UInt8]
    /// Offsets of the first byte of each token.
    private(set) var starts: [Int32] = []
    /// Offsets after the last byte of each token.
    private(set) var ends: [Int32] = []
    /// What stands before each token.
    private(set) var gaps: [TokenGap] = []

    var count: Int { starts.count }

    /// The bytes of a token.
    func token(_ index: Int) -> ArraySlice<UInt8> { bytes[Int(starts[index])..<Int(ends[index])] }

    init(_ bytes: [UInt8]) {
        precondition(bytes.count < Int(Int32.max), "an article's text is longer than 2 GiB")
        self.bytes = bytes
        starts.reserveCapacity(bytes.count / 5)
        ends.reserveCapacity(bytes.count / 5)
        gaps.reserveCapacity(bytes.count / 5)
        read()
    }

    private mutating func read() {
        var gap = TokenGap.paragraph
        var index = 0
        while index < bytes.count {
            let (kind, next) = scalar(at: index)
            switch kind {
            case .white:
                gap = max(gap, .space)
                if bytes[index] == UInt8(ascii: "\n") || bytes[index] == UInt8(ascii: "\r") {
                    // CR LF is one line end.
                    let isSecondHalf =
                        bytes[index] == UInt8(ascii: "\n") && index > 0
                        && bytes[index - 1] == UInt8(ascii: "\r")
                    if !isSecondHalf { gap = gap >= .line ? .paragraph : .line }
                }
                index = next
                continue
            case .word:
                let start = index
                index = next
                while index < bytes.count {
                    let (kind, next) = scalar(at: index)
                    guard kind == .word else { break }
                    index = next
                }
                add(start, index, gap)
            case .sign:
                let end = bytes[index] == UInt8(ascii: "[") ? citationEnd(from: index) ?? next : next
                add(index, end, gap)
                index = end
            }
            gap = .none
        }
    }

    private mutating func add(_ start: Int, _ end: Int, _ gap: TokenGap) {
        starts.append(Int32(start))
        ends.append(Int32(end))
        gaps.append(gap)
    }

    private enum Kind {
        case white
        case word
        case sign
    }

    /// The kinds of the ASCII characters.
    private static let kinds: [Kind] = (0..<128).map { (byte: UInt8) in
        switch byte {
        case 0x09...0x0D, 0x20: .white
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
            .word
        default: .sign
        }
    }

    /// The kind of the scalar at an offset, and the offset after it. A string's bytes are valid UTF-8.
    private func scalar(at index: Int) -> (kind: Kind, next: Int) {
        let lead = bytes[index]
        if lead < 0x80 { return (Self.kinds[Int(lead)], index + 1) }
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for byte in bytes[(index + 1)..<(index + length)] { value = value << 6 | UInt32(byte & 0x3F) }
        guard let scalar = Unicode.Scalar(value) else { return (.sign, index + length) }
        return (Self.kind(of: scalar), index + length)
    }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            .word
        default:
            scalar.properties.isWhitespace ? .white : .sign
        }
    }

    /// Where a citation ends that starts at an offset; nil when none does.
    private func citationEnd(from start: Int) -> Int? {
        var index = start + 1
        while true {
            guard bytes[index...].starts(with: "@pubmed:".utf8) else { return nil }
            index += 8
            let digits = index
            while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
                index += 1
            }
            guard index > digits, index < bytes.count else { return nil }
            if bytes[index] == UInt8(ascii: "]") { return index + 1 }
            guard bytes[index] == UInt8(ascii: ";") else { return nil }
            index += 1
            while index < bytes.count, Self.isWhite(bytes[index]) { index += 1 }
        }
    }

    private static func isWhite(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
