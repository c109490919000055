import Articles
import Corpus
import Testing

@Suite struct ThreeWayMergeTests {
    private static let page = """
        # Igf1r

        Lead text.

        ## Disease relevance

        - Loss protects mice from carcinoma.
        - Glioma needs it to grow.
        - Ageing is slow without it.

        ## Biological context

        - It is of the membrane.
        - It binds insulin.

        """

    private static func edited(_ changes: (String, String)...) -> String {
        changes.reduce(page) { text, change in
            precondition(text.contains(change.0), "nothing to change")
            return text.replacing(change.0, with: change.1)
        }
    }

    /// Merges both ways round, which must give the same.
    private static func merged(_ base: String, _ mine: String, _ theirs: String) throws -> String {
        let other = Result { try ThreeWayMerge.merged(base: base, mine: theirs, theirs: mine) }
        do {
            let one = try ThreeWayMerge.merged(base: base, mine: mine, theirs: theirs)
            #expect(try Array(other.get().utf8) == Array(one.utf8))
            return one
        } catch let error as EditConflict {
            #expect(throws: EditConflict.self) { try other.get() }
            throw error
        }
    }

    @Test(arguments: [
        // In different sections.
        (
            edited(("carcinoma", "tumours")), edited(("insulin", "IGF-I")),
            edited(("carcinoma", "tumours"), ("insulin", "IGF-I"))
        ),
        // Neighbours, each rewritten by one.
        (
            edited(("carcinoma", "tumours")), edited(("grow", "spread")),
            edited(("carcinoma", "tumours"), ("grow", "spread"))
        ),
        // A neighbour removed.
        (
            edited(("- Glioma needs it to grow.\n", "")), edited(("carcinoma", "tumours")),
            edited(("carcinoma", "tumours"), ("- Glioma needs it to grow.\n", ""))
        ),
        // A new bullet beside a rewritten one.
        (
            edited(("- Glioma", "- Mine.\n- Glioma")), edited(("grow", "spread")),
            edited(("- Glioma", "- Mine.\n- Glioma"), ("grow", "spread"))
        ),
        // The same change on both sides, and another beside.
        (
            edited(("carcinoma", "tumours")), edited(("carcinoma", "tumours"), ("binds", "likes")),
            edited(("carcinoma", "tumours"), ("binds", "likes"))
        ),
        // A rewritten bullet follows its bullet to where it was moved.
        (
            edited(
                ("- Loss protects mice from carcinoma.\n", ""),
                ("- It binds insulin.\n", "- It binds insulin.\n- Loss protects mice from carcinoma.\n")),
            edited(("carcinoma", "tumours")),
            edited(
                ("- Loss protects mice from carcinoma.\n", ""),
                ("- It binds insulin.\n", "- It binds insulin.\n- Loss protects mice from tumours.\n"))
        ),
        // White space that one changed.
        (
            edited(("Lead text.\n", "Lead text.\n\n")), edited(("binds", "likes")),
            edited(("Lead text.\n", "Lead text.\n\n"), ("binds", "likes"))
        ),
        // The first block removed, the second rewritten; the last removed, the one before rewritten.
        (
            edited(("# Igf1r\n\n", ""), ("- It binds insulin.\n", "")),
            edited(("Lead text", "Lead"), ("membrane", "cell")),
            edited(
                ("# Igf1r\n\n", ""), ("- It binds insulin.\n", ""), ("Lead text", "Lead"),
                ("membrane", "cell"))
        ),
    ])
    func `changes that do not touch are merged`(mine: String, theirs: String, wanted: String) throws {
        #expect(try Self.merged(Self.page, mine, theirs) == wanted)
    }

    @Test(arguments: [
        // The same bullet.
        (
            edited(("carcinoma", "tumours")), edited(("carcinoma", "cancer")),
            EditConflict.Reason.bothChanged,
            "Disease relevance", "- Loss protects mice from carcinoma."
        ),
        // Rewritten and removed.
        (
            edited(("carcinoma", "tumours")), edited(("- Loss protects mice from carcinoma.\n", "")),
            .bothChanged,
            "Disease relevance", "- Loss protects mice from carcinoma."
        ),
        // Two bullets in the same place.
        (
            edited(("insulin.\n", "insulin.\n- Mine.\n")), edited(("insulin.\n", "insulin.\n- Theirs.\n")),
            .bothInserted, "Biological context", ""
        ),
        // A bullet at the end of a section that the other removed.
        (
            edited(("insulin.\n", "insulin.\n- Mine.\n")),
            edited(("## Biological context\n\n- It is of the membrane.\n- It binds insulin.\n", "")),
            .bothChanged, "Disease relevance",
            "## Biological context\n\n- It is of the membrane.\n- It binds insulin."
        ),
        // Moved and removed.
        (
            edited(
                ("- Ageing is slow without it.\n", ""),
                ("insulin.\n", "insulin.\n- Ageing is slow without it.\n")),
            edited(("- Ageing is slow without it.\n", "")), .moved, "Disease relevance",
            "- Ageing is slow without it."
        ),
        // Moved to two places.
        (
            edited(
                ("- Ageing is slow without it.\n", ""),
                ("insulin.\n", "insulin.\n- Ageing is slow without it.\n")),
            edited(
                ("- Ageing is slow without it.\n", ""), ("- It is", "- Ageing is slow without it.\n- It is")),
            .moved, "Disease relevance", "- Ageing is slow without it."
        ),
        // Before the first heading.
        (edited(("# Igf1r", "# IGF1R")), edited(("# Igf1r", "# Igf1R")), .bothChanged, "", "# Igf1r"),
    ])
    func `changes that touch are refused, with the three texts`(
        mine: String, theirs: String, reason: EditConflict.Reason, heading: String, base: String
    ) throws {
        let conflict = try #require(throws: EditConflict.self) { try Self.merged(Self.page, mine, theirs) }
        try #require(conflict.places.count == 1)
        let place = conflict.places[0]
        #expect(place.reason == reason && place.heading ?? "" == heading && place.base == base)
        #expect(Self.page.slice(place.baseRange) == base)
        #expect(place.mine.isEmpty || mine.contains(place.mine))
        #expect(place.theirs.isEmpty || theirs.contains(place.theirs))
        #expect(place.mine != place.theirs || reason == .moved)
        #expect(conflict.description.contains(heading.isEmpty ? "before the first heading" : heading))
    }

    @Test func `all places of a conflict are named`() throws {
        let conflict = try #require(throws: EditConflict.self) {
            try Self.merged(
                Self.page, Self.edited(("carcinoma", "tumours"), ("insulin", "IGF-I")),
                Self.edited(("carcinoma", "cancer"), ("insulin", "IGF-II")))
        }
        #expect(conflict.places.map(\.mine) == ["- Loss protects mice from tumours.", "- It binds IGF-I."])
        #expect(conflict.places.map(\.theirs) == ["- Loss protects mice from cancer.", "- It binds IGF-II."])
    }

    @Test func `line ends and white space of what nobody changed stay`() throws {
        let base = "\n# T\r\n\r\n\t\r\n- a  \r\n- b\n\n\n\nc\nd"
        #expect(
            try Self.merged(base, base.replacing("- b", with: "- B"), base.replacing("# T", with: "# U"))
                == "\n# U\r\n\r\n\t\r\n- a  \r\n- B\n\n\n\nc\nd")
        // A paragraph that follows a bullet in none of the texts stays a paragraph.
        #expect(try Self.merged("# H\n- b\n", "- h\n- b\n", "# H\nB\n") == "- h\n\nB\n")
        #expect(try Self.merged("# H\r\n- b", "- h\r\n- b", "# H\r\nB") == "- h\r\n\r\nB")
        // Both changed the end of the text: the longer one stays.
        #expect(try Self.merged("a\n", "a\n\n\n", "a\n\n") == "a\n\n\n")
    }

    // MARK: Properties

    /// A text of sections with bullets and paragraphs, some of which repeat.
    private static func text(using generator: inout SeededGenerator) -> [String] {
        var lines = ["# Title"]
        for section in 0..<Int.random(in: 1...4, using: &generator) {
            lines.append("## Section \(section)")
            for line in 0..<Int.random(in: 0...6, using: &generator) {
                lines.append(block("s\(section)l\(line)", using: &generator))
            }
        }
        return lines
    }

    private static func block(_ name: String, using generator: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: "Paragraph \(name)\ngoes on."
        case 1: "- same"
        default: "- bullet \(name) says something."
        }
    }

    private static func joined(_ blocks: [String], using generator: inout SeededGenerator) -> String {
        var text = ""
        for (index, block) in blocks.enumerated() {
            if index > 0 {
                let tight = block.hasPrefix("- ") || block.hasPrefix("#")
                text += tight && Int.random(in: 0..<20, using: &generator) > 0 ? "\n" : "\n\n"
            }
            text += block
        }
        return text + (Bool.random(using: &generator) ? "\n" : "")
    }

    private static func edit(
        _ blocks: [String], name: String, within range: Range<Int>? = nil,
        using generator: inout SeededGenerator
    ) -> [String] {
        var blocks = blocks
        let range = range ?? blocks.indices
        var end = range.upperBound
        for step in 0..<Int.random(in: 1...4, using: &generator) where range.lowerBound < end {
            let place = Int.random(in: range.lowerBound..<end, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0:
                blocks.remove(at: place)
                end -= 1
            case 1:
                blocks.insert(block("\(name)\(step)", using: &generator), at: place)
                end += 1
            case 2:
                let moved = blocks.remove(at: place)
                blocks.insert(moved, at: Int.random(in: range.lowerBound..<end, using: &generator))
            default:
                blocks[place] += " Also \(name)\(step)."
            }
        }
        return blocks
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `one side alone gives its text, byte by byte, and the same twice gives it too`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for round in 0..<500 {
            let isWild = round % 4 == 0
            let blocks = Self.text(using: &generator)
            let base = isWild ? generator.text() : Self.joined(blocks, using: &generator)
            let changed =
                isWild
                ? generator.text()
                : Self.joined(Self.edit(blocks, name: "x", using: &generator), using: &generator)
            let bytes = Array(changed.utf8)
            #expect(try Array(Self.merged(base, changed, base).utf8) == bytes, "seed \(seed)")
            #expect(try Array(Self.merged(base, changed, changed).utf8) == bytes, "seed \(seed)")
            #expect(try Array(Self.merged(base, base, base).utf8) == Array(base.utf8), "seed \(seed)")
        }
    }

    @Test(arguments: [4, 5, 6] as [UInt64])
    func `nothing that either wrote is lost, and nothing that both have`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var merges = 0
        var conflicts = 0
        for _ in 0..<1000 {
            let blocks = Self.text(using: &generator)
            let mineBlocks = Self.edit(blocks, name: "mine", using: &generator)
            let theirBlocks = Self.edit(blocks, name: "theirs", using: &generator)
            let base = Self.joined(blocks, using: &generator)
            let mine = Self.joined(mineBlocks, using: &generator)
            let theirs = Self.joined(theirBlocks, using: &generator)
            do {
                let result = try Self.merged(base, mine, theirs)
                merges += 1
                let found = Self.counts(Self.blocks(result))
                let inBase = Self.counts(Self.blocks(base))
                let inMine = Self.counts(Self.blocks(mine))
                let inTheirs = Self.counts(Self.blocks(theirs))
                for (block, count) in found {
                    #expect((inMine[block] ?? 0) + (inTheirs[block] ?? 0) > 0 && count > 0, "seed \(seed)")
                }
                for block in Set(inMine.keys).union(inTheirs.keys) where block != "- same" {
                    let counts = [inMine[block] ?? 0, inTheirs[block] ?? 0]
                    if inBase[block] == nil {
                        // A rewritten block that the other side moved keeps what was written.
                        #expect(found[block] ?? 0 >= (counts.max() ?? 0), "\(block) lost; seed \(seed)")
                    } else {
                        #expect(found[block] ?? 0 == counts.min(), "\(block) lost or doubled; seed \(seed)")
                    }
                }
            } catch let conflict as EditConflict {
                conflicts += 1
                for place in conflict.places {
                    #expect(base.slice(place.baseRange) == place.base, "seed \(seed)")
                    #expect(place.mine != place.theirs || place.reason == .moved, "seed \(seed)")
                }
            }
        }
        print("seed \(seed): \(merges) merged, \(conflicts) conflicts")
        #expect(merges > 100 && conflicts > 100)
    }

    @Test(arguments: [7, 8] as [UInt64])
    func `edits in different sections always merge, to the text that both make one after the other`(
        seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let head = Self.text(using: &generator)
            let tail = ["## Other"] + (0..<6).map { "- other \($0)." } + ["Plain other end."]
            let mineHead = Self.edit(head, name: "mine", using: &generator)
            // The heading stays, so that what is removed or inserted above it does not touch what is below.
            let theirTail = Self.edit(
                tail, name: "theirs", within: 2..<tail.count, using: &generator)
            func text(_ blocks: [String]) -> String { blocks.joined(separator: "\n\n") + "\n" }
            let result = try Self.merged(text(head + tail), text(mineHead + tail), text(head + theirTail))
            #expect(result == text(mineHead + theirTail), "seed \(seed)")
        }
    }

    @Test(arguments: [9, 10] as [UInt64])
    func `blocks are those of the article's own reader`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
                text +=
                    ["", " ", "    ", "# ", "####### ", "- ", "* x", "\t"].randomElement(using: &generator)
                    ?? ""
                text += Bool.random(using: &generator) ? generator.text(maximumLength: 3) : "words"
                text += ["\n", "\n\n", "\r\n", "\n \t\n"].randomElement(using: &generator) ?? "\n"
            }
            let kinds = TextBlock.blocks(of: Array(text.utf8)).map(\.kind)
            let wanted = MarkdownArticle(text).blocks.map { block -> TextBlock.LineKind in
                switch block {
                case .heading: .heading
                case .bullet: .bullet
                case .paragraph: .text
                }
            }
            #expect(kinds == wanted, "\(text.debugDescription) seed \(seed)")
        }
    }

    private static func blocks(_ text: String) -> [String] {
        TextBlock.blocks(of: Array(text.utf8)).map { text.slice($0.range) ?? "" }
    }

    private static func counts(_ blocks: [String]) -> [String: Int] {
        blocks.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    @Test(.timeLimit(.minutes(1))) func `long texts take no quadratic time`() throws {
        var generator = SeededGenerator(seed: 11)
        let lines = (0..<40_000).map { "- line \($0 % 3 == 0 ? 0 : $0)" }
        let mine = lines.shuffled(using: &generator).joined(separator: "\n")
        let base = lines.joined(separator: "\n")
        let start = ContinuousClock.now
        #expect(try ThreeWayMerge.merged(base: base, mine: mine, theirs: base) == mine)
        let time = ContinuousClock.now - start
        print("40,000 blocks shuffled: \(time)")
        #expect(time < .seconds(20))
    }
}
