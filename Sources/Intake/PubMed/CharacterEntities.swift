/// Named character entities of a record, resolved before the XML is parsed.
///
/// Records are parsed without a document type, so that nothing is ever fetched and no entity can be declared.
/// XML itself then knows only `amp lt gt quot apos`; PubMed's document type also allows the names of the ISO sets,
/// which are those of HTML. References in comments, CDATA sections and instructions are text and stay.
enum CharacterEntities {
    /// An entity that has no known name, and the byte of the record where it stands.
    struct Unknown: Error {
        let name: String
        let byte: Int
    }

    /// A record with its named entities resolved; nil when it has none, as nearly all records.
    ///
    /// - Complexity: O(length) at the speed of a search for `&` when there is nothing to resolve.
    static func resolved(_ bytes: [UInt8]) throws(Unknown) -> [UInt8]? {
        let text = bytes.span
        var position = 0
        while let found = text.firstIndex(of: UInt8(ascii: "&"), from: position) {
            if let name = name(in: text, at: found), !isPredefined(text, name) {
                return try rewritten(text)
            }
            position = found + 1
        }
        return nil
    }

    /// The range of the name of a reference; nil when what stands there is a numeric reference or none at all.
    private static func name(in text: Span<UInt8>, at ampersand: Int) -> Range<Int>? {
        var end = ampersand + 1
        while end < text.count, isNameByte(text[end]) { end += 1 }
        guard end > ampersand + 1, end < text.count, text[end] == UInt8(ascii: ";") else { return nil }
        return ampersand + 1..<end
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func isPredefined(_ text: Span<UInt8>, _ name: Range<Int>) -> Bool {
        let start = name.lowerBound
        switch name.count {
        case 2: return text.has("lt", at: start) || text.has("gt", at: start)
        case 3: return text.has("amp", at: start)
        case 4: return text.has("quot", at: start) || text.has("apos", at: start)
        default: return false
        }
    }

    private static func rewritten(_ text: Span<UInt8>) throws(Unknown) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var position = 0
        while position < text.count {
            let byte = text[position]
            var next = position + 1
            if byte == UInt8(ascii: "<") {
                next = endOfOpaque(text, at: position) ?? next
            } else if byte == UInt8(ascii: "&"), let name = name(in: text, at: position),
                !isPredefined(text, name)
            {
                let spelled = text.text(name)
                guard let character = known[spelled] else { throw Unknown(name: spelled, byte: position) }
                append(character, to: &result)
                position = name.upperBound + 1
                continue
            }
            while position < next {
                result.append(text[position])
                position += 1
            }
        }
        return result
    }

    /// Where a comment, a CDATA section or an instruction that starts at a place ends.
    private static func endOfOpaque(_ text: Span<UInt8>, at position: Int) -> Int? {
        let terminator: StaticString
        if text.has("<!--", at: position) {
            terminator = "-->"
        } else if text.has("<![CDATA[", at: position) {
            terminator = "]]>"
        } else if text.has("<?", at: position) {
            terminator = "?>"
        } else {
            return nil
        }
        return text.firstIndex(of: terminator, from: position + 2).map { $0 + terminator.utf8CodeUnitCount }
    }

    /// Writes characters; those of ASCII as numeric references, since `&LT;` must not become markup.
    private static func append(_ characters: String, to bytes: inout [UInt8]) {
        for scalar in characters.unicodeScalars {
            if scalar.isASCII {
                bytes.append(contentsOf: "&#\(scalar.value);".utf8)
            } else {
                bytes.append(contentsOf: String(scalar).utf8)
            }
        }
    }

    /// The characters by name.
    private static let known: [String: String] = {
        var known: [String: String] = [:]
        for entry in namedCharacterTable.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            let parts = entry.split(separator: "=")
            guard parts.count == 2 else { continue }
            var characters = String.UnicodeScalarView()
            for code in parts[1].split(separator: "+") {
                if let value = UInt32(code, radix: 16), let scalar = Unicode.Scalar(value) {
                    characters.append(scalar)
                }
            }
            known[String(parts[0])] = String(characters)
        }
        return known
    }()
}
