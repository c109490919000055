import Mustache

/// Text as HTML.
enum HTMLText {
    /// Escapes a text for the content of an element or for a quoted attribute.
    ///
    /// Works on bytes: `"` before a combining mark is one `Character` with it, which an escaper that goes by
    /// characters would let through, out of the attribute.
    static func escaped(_ text: String) -> String {
        if isPlain(text.utf8) { return text }
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count + 16)
        escape(text.utf8, into: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// Whether a text is its own HTML.
    static func isPlain(_ text: some Sequence<UInt8>) -> Bool { !text.contains(where: isSpecial) }

    /// Appends the HTML of a text.
    static func escape(_ text: some Sequence<UInt8>, into output: inout [UInt8]) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "&"): output += "&amp;".utf8
            case UInt8(ascii: "<"): output += "&lt;".utf8
            case UInt8(ascii: ">"): output += "&gt;".utf8
            case UInt8(ascii: "\""): output += "&quot;".utf8
            case UInt8(ascii: "'"): output += "&#39;".utf8
            // HTML allows no other control characters; a browser shows nothing for them.
            case 0x00...0x08, 0x0B, 0x0E...0x1F, 0x7F: break
            default: output.append(byte)
            }
        }
    }

    /// Whether a byte is written otherwise, or left out.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        // Nearly all are small letters.
        if byte >= 0x40, byte != 0x7F { return false }
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"):
            return true
        default:
            return (byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D && byte != 0x0C)
                || byte == 0x7F
        }
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
