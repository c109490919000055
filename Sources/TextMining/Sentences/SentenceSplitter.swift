import AhoCorasick
import Corpus

/// Finds the sentences of a biomedical text.
///
/// A sentence ends at a full stop, question or exclamation mark that the words around it allow, or at a blank
/// line; a single line end is white space. What speaks against a boundary is an abbreviation (`et al.`, `Fig. 2`),
/// an initial (`A. Smith`, `E. coli`), a number at the head of a list item, or a plain lower-case word behind the
/// stop; a lower-case word that looks like a symbol (`p53`, `c-myc`, `mRNA`) does not. Where authors lost the
/// space (`cells.The`), a word that opens sentences is enough.
///
///     SentenceSplitter.ranges(in: "IL-2 binds E. coli LPS. p53 does not.")  // 0..<23, 24..<37
public enum SentenceSplitter {
    /// The sentences of a text, in order: disjoint, on scalar boundaries, without white space at either end.
    /// Every byte that is not white space lies in one of them.
    ///
    /// - Parameter text: Well-formed UTF-8.
    /// - Returns: Ranges in UTF-8 bytes of `text`.
    /// - Complexity: O(bytes).
    public static func ranges(in text: Span<UInt8>) -> [TextRange] {
        ranges(in: text, Span<Token>()) { text, _, start in
            var position = start
            while position < text.count, !isCandidate(text[position]) { position &+= 1 }
            return position
        }
    }

    /// The sentences of a text without line ends that has been cut into tokens; see `ranges(in:)` over a span.
    ///
    /// All that may part sentences are signs, so that the tokens tell where to look.
    ///
    /// - Parameter text: Well-formed UTF-8.
    static func ranges(inLine text: Span<UInt8>, tokens: Span<Token>) -> [TextRange] {
        var next = 0
        return ranges(in: text, tokens) { text, tokens, start in
            while next < tokens.count {
                let position = Int(tokens[next].start)
                if position >= start, tokens[next].end - tokens[next].start == 1,
                    isCandidate(text[position])
                {
                    return position
                }
                next &+= 1
            }
            return text.count
        }
    }

    /// Whether a byte is a line end, a mark that may end a sentence, or a bracket.
    @inline(__always)
    private static func isCandidate(_ byte: UInt8) -> Bool {
        // One branch a byte, nearly always taken: the choice of a table compiles to a conditional move.
        let table = byte < 64 ? candidatesBelow64 : byte < 128 ? candidatesFrom64 : 0
        return table &>> UInt64(byte & 63) & 1 != 0
    }

    /// Finds sentences.
    ///
    /// - Parameter next: the first position from another one on where a byte needs a look; the end where there is none.
    @inline(__always)
    private static func ranges(
        in text: Span<UInt8>, _ tokens: Span<Token>, next: (Span<UInt8>, Span<Token>, Int) -> Int
    ) -> [TextRange] {
        var ranges: [TextRange] = []
        let count = text.count
        // Sentences have some 150 bytes.
        ranges.reserveCapacity(count / 128 + 1)
        var start = Letters.skipWhite(text, from: 0)
        var depth = 0
        var position = start
        while true {
            position = next(text, tokens, position)
            if position >= count { break }
            let byte = text[position]
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"):
                depth = max(0, depth - 1)
                position += 1
            case UInt8(ascii: "\n"):
                let next = Letters.skipWhite(text, from: position)
                if Letters.hasBlankLine(text, from: position, to: next) {
                    let end = Letters.trimWhite(text, from: start, to: position)
                    if end > start { ranges.append(TextRange(start, end)) }
                    start = next
                    depth = 0
                }
                position = next
            default:
                let stop = Stop(text, at: position, sentenceStart: start, depth: depth)
                if stop.isBoundary {
                    ranges.append(TextRange(start, stop.end))
                    start = Letters.skipWhite(text, from: stop.end)
                    depth = 0
                    position = start
                } else {
                    position = stop.afterMarks
                }
            }
        }
        let end = Letters.trimWhite(text, from: start, to: count)
        if end > start { ranges.append(TextRange(start, end)) }
        return ranges
    }

    /// The sentences of a text held as bytes; see `ranges(in:)` over a span.
    public static func ranges(in text: [UInt8]) -> [TextRange] { ranges(in: text.span) }

    /// The sentences of a string, in UTF-8 bytes; see `ranges(in:)` over a span.
    public static func ranges(in text: String) -> [TextRange] { ranges(in: text.utf8Span.span) }

    /// Line end, `!`, `(`, `)`, `.`, `?`: a bit for every byte below 64 that needs a look.
    private static let candidatesBelow64: UInt64 =
        1 << 0x0A | 1 << 0x21 | 1 << 0x28 | 1 << 0x29 | 1 << 0x2E | 1 << 0x3F
    /// `[` and `]`: the same for bytes from 64.
    private static let candidatesFrom64: UInt64 = 1 << (0x5B - 64) | 1 << (0x5D - 64)
}
