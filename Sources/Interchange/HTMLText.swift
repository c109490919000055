import Articles
import Mustache

/// Text as HTML.
enum HTMLText {
    /// Escapes a text for the content of an element or for a quoted attribute.
    ///
    /// Works on bytes: `"` before a combining mark is one `Character` with it, which an escaper that goes by
    /// characters would let through, out of the attribute.
    static func escaped(_ text: String) -> String {
        let bytes = text.utf8Span.span
        if isPlain(bytes) { return text }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + 16)
        escape(bytes, into: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// Whether a text is plain enough to be told at a glance to be its own HTML: nearly all are.
    static func isPlain(_ text: Span<UInt8>) -> Bool {
        // No way out on the first such byte, so that many are compared in one step.
        var found: UInt8 = 0
        for place in text.indices {
            let byte = text[place]
            found |= byte < 0x20 ? 1 : 0
            found |= byte == 0x7F ? 1 : 0
            found |= byte == UInt8(ascii: "&") ? 1 : 0
            found |= byte == UInt8(ascii: "<") ? 1 : 0
            found |= byte == UInt8(ascii: ">") ? 1 : 0
            found |= byte == UInt8(ascii: "\"") ? 1 : 0
            found |= byte == UInt8(ascii: "'") ? 1 : 0
        }
        return found == 0
    }

    /// Appends the HTML of a text.
    static func escape(_ text: Span<UInt8>, into output: inout [UInt8]) {
        // What stays as it is, from here to where something else is to be written.
        var start = 0
        for place in text.indices {
            let replacement: String
            switch text[place] {
            case UInt8(ascii: "&"): replacement = "&amp;"
            case UInt8(ascii: "<"): replacement = "&lt;"
            case UInt8(ascii: ">"): replacement = "&gt;"
            case UInt8(ascii: "\""): replacement = "&quot;"
            case UInt8(ascii: "'"): replacement = "&#39;"
            // HTML allows no other control characters; a browser shows nothing for them.
            case 0x00...0x08, 0x0B, 0x0E...0x1F, 0x7F: replacement = ""
            default: continue
            }
            output.append(copying: text.extracting(start..<place))
            output.append(contentsOf: replacement.utf8)
            start = place + 1
        }
        output.append(copying: text.extracting(start..<text.count))
    }
}

/// What Mustache escapes variables with: ours, since its own goes by characters.
struct HTMLContent: MustacheContentType {
    /// The name that templates choose it by.
    static let name = "BIOSCRIBE-HTML"

    func escapeText(_ text: String) -> String {
        HTMLText.escaped(text)
    }
}
