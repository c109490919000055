import Corpus

/// Plain text as Markdown, and back.
///
/// What ``escaped(_:inserting:)`` writes is read as the same text by CommonMark and by Pandoc (with
/// `-f markdown-smart`, since Pandoc's default also turns straight quotes and `--` into typographic ones), wherever
/// it stands: in a bullet, a heading or a paragraph. ``unescaped(_:)`` is its exact inverse on any Unicode text.
/// Control characters other than tab and line ends, which XML forbids and PubMed's records cannot hold, come back
/// from ``unescaped(_:)``, but other readers may show a replacement character for them.
public enum MarkdownText {
    /// Escapes a text for one line of Markdown.
    ///
    /// A character that could mean something gets a backslash. A character that Markdown would drop or that would
    /// end the line (a control character; a space at either end or after another space) becomes a numeric
    /// character reference.
    ///
    /// - Parameters:
    ///   - text: Any text.
    ///   - marks: Markdown to put in as it is, by UTF-8 offset into `text`, in order of offset.
    /// - Complexity: O(length of the text).
    public static func escaped(_ text: String, inserting marks: [(offset: Int, markdown: String)] = [])
        -> String
    {
        let bytes = text.utf8Span.span
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 8)
        append(escaping: bytes, inserting: marks, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends a text for one line of Markdown, as ``escaped(_:inserting:)`` gives it.
    static func append(
        escaping bytes: Span<UInt8>, inserting marks: [(offset: Int, markdown: String)] = [],
        to output: inout [UInt8]
    ) {
        let marker = listMarker(bytes)
        var mark = marks.startIndex
        // What stays as it is, from here to where something else is to be written.
        var start = 0
        for index in bytes.indices {
            let byte = bytes[index]
            while mark < marks.endIndex, marks[mark].offset <= index {
                output.append(copying: bytes.extracting(start..<index))
                start = index
                output.append(contentsOf: marks[mark].markdown.utf8)
                mark += 1
            }
            if byte == space {
                if index > 0 && index < bytes.count - 1 && bytes[index - 1] != space { continue }
            } else if byte >= 0x20 {
                let next = index + 1 < bytes.count ? bytes[index + 1] : nil
                if isSpecial(byte, next: next, isFirst: index == 0, isLast: next == nil) || index == marker {
                    output.append(copying: bytes.extracting(start..<index))
                    start = index
                    output.append(UInt8(ascii: "\\"))
                }
                continue
            }
            output.append(copying: bytes.extracting(start..<index))
            start = index + 1
            output.append(contentsOf: "&#\(byte);".utf8)
        }
        output.append(copying: bytes.extracting(start..<bytes.count))
        for late in marks[mark...] { output.append(contentsOf: late.markdown.utf8) }
    }

    /// The text that Markdown without links and citations stands for: backslash escapes and character references
    /// resolved.
    ///
    /// - Complexity: O(length of the text).
    public static func unescaped(_ markdown: String) -> String {
        let bytes = Array(markdown.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            index = decode(bytes, at: index, into: &output)
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Decodes one byte, escape or character reference and returns the offset after it.
    static func decode(_ bytes: [UInt8], at index: Int, into output: inout [UInt8]) -> Int {
        let byte = bytes[index]
        if byte == UInt8(ascii: "\\"), index + 1 < bytes.count, isPunctuation(bytes[index + 1]) {
            output.append(bytes[index + 1])
            return index + 2
        }
        if byte == UInt8(ascii: "&"), let reference = characterReference(bytes, at: index) {
            output += String(reference.scalar).utf8
            return reference.end
        }
        output.append(byte)
        return index + 1
    }

    /// Whether a byte is ASCII punctuation: what a backslash may stand before.
    static func isPunctuation(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    private static let space = UInt8(ascii: " ")

    /// Whether a byte needs a backslash where it stands.
    private static func isSpecial(_ byte: UInt8, next: UInt8?, isFirst: Bool, isLast: Bool) -> Bool {
        switch byte {
        // Escapes, code, emphasis, links, tags, super- and subscript, mathematics, citations, attributes.
        case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: "^"), UInt8(ascii: "~"), UInt8(ascii: "$"),
            UInt8(ascii: "@"), UInt8(ascii: "{"):
            true
        case UInt8(ascii: "&"):
            next.map { $0 == UInt8(ascii: "#") || isLetter($0) } ?? false
        // A heading's closing sequence.
        case UInt8(ascii: "#"):
            isFirst || isLast
        // Bullets, rules, quotes, definitions, line blocks, title blocks, underlines of headings.
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ">"), UInt8(ascii: ":"), UInt8(ascii: "|"),
            UInt8(ascii: "%"), UInt8(ascii: "="):
            isFirst
        default:
            false
        }
    }

    /// The offset of the byte that makes the text's beginning a list marker: `1.`, `12)`, `a.`, `iv)`, `(2)`,
    /// followed by a space or the end; nil when it is none.
    private static func listMarker(_ bytes: Span<UInt8>) -> Int? {
        let isOpened = bytes.count > 0 && bytes[0] == UInt8(ascii: "(")
        let start = isOpened ? 1 : 0
        var end = start
        while end < bytes.count, isDigit(bytes[end]) || isLetter(bytes[end]) { end += 1 }
        guard end > start, end < bytes.count,
            bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: ")"),
            end + 1 == bytes.count || bytes[end + 1] <= space
        else { return nil }
        var isRoman = true
        var isNumber = true
        for index in start..<end {
            isRoman = isRoman && "ivxlcdmIVXLCDM".utf8.contains(bytes[index])
            isNumber = isNumber && isDigit(bytes[index])
        }
        guard end - start == 1 || isRoman || isNumber else { return nil }
        return isOpened ? 0 : end
    }

    /// The scalar of a character reference, numeric or one of the five that are common, and the offset after it.
    private static func characterReference(_ bytes: [UInt8], at start: Int)
        -> (scalar: Unicode.Scalar, end: Int)?
    {
        guard let length = bytes[start...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let body = bytes[(start + 1)..<length]
        let name = String(decoding: body, as: UTF8.self)
        if name.hasPrefix("#") {
            let digits = name.dropFirst()
            let isHexadecimal = digits.first == "x" || digits.first == "X"
            let number = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            guard let scalar = number.flatMap(Unicode.Scalar.init) else { return nil }
            return (scalar, length + 1)
        }
        let named: [String: Unicode.Scalar] = [
            "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "nbsp": "\u{A0}",
        ]
        return named[name].map { ($0, length + 1) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
    }
}
