import Corpus

/// Reads plain lists: a word or name a line; lines that begin with `#` are comments.
struct WordListImporter {
    static func read(_ bytes: [UInt8]) -> [String] {
        var list: [String] = []
        for line in Lines(bytes) {
            let word = line.trimmed
            if word.isEmpty || word.first == UInt8(ascii: "#") { continue }
            list.append(word.text)
        }
        return list
    }

    /// The kind that a block list is about, from its file's name: `blocklist.gene.learned.txt`.
    static func blockedKind(fileName: String) -> EntityKind? {
        guard fileName.hasPrefix("blocklist.") else { return nil }
        let kind = fileName.dropFirst("blocklist.".count).prefix { $0 != "." }
        return EntityKind.allCases.first { $0.rawValue.utf8.map { $0 | 0x20 } == Array(kind.utf8) }
    }
}
