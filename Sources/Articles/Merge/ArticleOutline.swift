import Corpus

/// Where in the newest text of an article the machine's sections are, and what stands in them.
struct ArticleOutline {
    /// A section of the text: a heading of level 1 or 2 with what stands below it.
    struct Part {
        /// The section, where its heading is one that the machine wrote.
        var section: SectionID?
        /// The place of the heading among the blocks; nil before the first heading.
        var heading: Int?
        /// The places of the blocks below it.
        var blocks: Range<Int>
    }

    let blocks: [TextBlock]
    let parts: [Part]
    /// The tokens of each block.
    let tokens: [Range<Int>]
    private let record: ArticleRecord

    init(_ record: ArticleRecord) {
        self.record = record
        let blocks = TextBlock.blocks(of: Array(record.text.utf8))
        self.blocks = blocks
        var tokens: [Range<Int>] = []
        var token = 0
        for block in blocks {
            while token < record.ranges.count, record.ranges[token].start < block.range.start { token += 1 }
            let start = token
            while token < record.ranges.count, record.ranges[token].end <= block.range.end { token += 1 }
            tokens.append(start..<token)
        }
        self.tokens = tokens
        let headings = blocks.indices.filter { Self.isSectionHeading(blocks[$0], tokens[$0], in: record) }
        let owners = Self.owners(of: headings, tokens: tokens, in: record)
        var parts = [Part(section: nil, heading: nil, blocks: 0..<0)]
        for index in blocks.indices {
            if headings.contains(index) {
                parts.append(Part(section: owners[index], heading: index, blocks: index + 1..<index + 1))
            } else {
                parts[parts.count - 1].blocks =
                    parts[parts.count - 1].blocks.lowerBound..<index + 1
            }
        }
        self.parts = parts
    }

    /// Which heading is which section's: the one in which most of the tokens stand that the machine wrote for it, `#`
    /// signs left out; the first of equals. So a section that a person renames, moves or copies stays the same one.
    private static func owners(
        of headings: [Int], tokens: [Range<Int>], in record: ArticleRecord
    ) -> [Int: SectionID] {
        var block: [Int: Int] = [:]
        for index in headings {
            for token in tokens[index] { block[token] = index }
        }
        var owners: [Int: SectionID] = [:]
        for (section, runs) in record.headings.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            var counts: [Int: Int] = [:]
            for token in runs.identities where record.history.string(of: token) != "#" {
                guard let place = record.history.place(of: token), let index = block[place] else { continue }
                counts[index, default: 0] += 1
            }
            let best = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
            if let best, owners[best.key] == nil { owners[best.key] = section }
        }
        return owners
    }

    /// Whether a block is a heading of level 1 or 2.
    private static func isSectionHeading(
        _ block: TextBlock, _ tokens: Range<Int>, in record: ArticleRecord
    ) -> Bool {
        guard block.kind == .heading else { return false }
        let old = record.history.tokensOfNewest
        return tokens.prefix { record.history.string(of: old[$0]) == "#" }.count <= 2
    }

    /// The part of a section; nil where its heading does not stand.
    func part(of section: SectionID) -> Part? { parts.first { $0.section == section } }

    /// Whether a section stands, or may be made: never one that a person took away, and none where the title was.
    func hasPlace(for section: SectionID, in merge: ArticleMerge) -> Bool {
        guard merge.sections.contains(where: { $0.id == section }) else { return false }
        if record.history.revisionCount == 0 || part(of: section) != nil { return true }
        let isTaken = record.headings[section]?.identities.contains { record.isTakenByPerson($0) } ?? false
        return !isTaken && part(of: .title) != nil
    }

    /// Whether a block holds tokens that no person wrote, and none else.
    func isMachine(_ block: Int) -> Bool {
        let old = record.history.tokensOfNewest
        return tokens[block].allSatisfy { !record.contributor(of: old[$0]).isHuman }
    }

    /// The byte after the line end of a block.
    func lineEnd(of block: Int) -> Int {
        let bytes = record.text.utf8
        var end = blocks[block].range.end
        var index = bytes.index(bytes.startIndex, offsetBy: end)
        while index < bytes.endIndex, bytes[index] == UInt8(ascii: "\r") || bytes[index] == UInt8(ascii: "\n")
        {
            end += 1
            let isEnd = bytes[index] == UInt8(ascii: "\n")
            index = bytes.index(after: index)
            if isEnd { break }
        }
        return end
    }
}
