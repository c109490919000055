/// The tags of a page with their attributes' names, and what its links and places are called: read by a scanner of
/// its own that follows HTML's rules for tags and quotes, byte by byte.
struct HTMLSkeleton {
    /// Each tag: `a class href`, `/a`.
    private(set) var tags: [String] = []
    /// The values of `id`.
    private(set) var places: [String] = []
    /// The values of `href`.
    private(set) var links: [String] = []

    init(_ html: String) {
        let bytes = Array(html.utf8)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "<") else {
                index += 1
                continue
            }
            index += 1
            var tag = Self.word(bytes, &index)
            while index < bytes.count, bytes[index] != UInt8(ascii: ">") {
                if Self.isSpace(bytes[index]) {
                    index += 1
                    continue
                }
                let name = Self.word(bytes, &index)
                tag += " " + name
                guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { continue }
                index += 1
                var value: [UInt8] = []
                if bytes[index] == UInt8(ascii: "\"") {
                    index += 1
                    while bytes[index] != UInt8(ascii: "\"") {
                        value.append(bytes[index])
                        index += 1
                    }
                    index += 1
                } else {
                    value = Array(Self.word(bytes, &index).utf8)
                }
                if name == "id" { places.append(String(decoding: value, as: UTF8.self)) }
                if name == "href" { links.append(String(decoding: value, as: UTF8.self)) }
            }
            tags.append(tag)
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n")
    }

    private static func word(_ bytes: [UInt8], _ index: inout Int) -> String {
        var word: [UInt8] = []
        while index < bytes.count, !isSpace(bytes[index]), bytes[index] != UInt8(ascii: ">"),
            bytes[index] != UInt8(ascii: "=") || word.isEmpty
        {
            word.append(bytes[index])
            index += 1
        }
        return String(decoding: word, as: UTF8.self)
    }
}
