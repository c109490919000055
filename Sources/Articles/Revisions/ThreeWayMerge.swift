import Corpus

/// Merges what two people made of one text at the same time, by whole blocks: headings, bullets, paragraphs.
///
/// It is diff3 (Khanna, Kunal and Pierce, "A formal investigation of diff3", 2007) over blocks that are compared byte
/// by byte, with three departures:
/// - Changes to neighbouring blocks are merged where it is plain what comes after what: blocks that were rewritten one
///   for one, or removed. Diff3 takes all neighbours for a conflict; in a list nearly everything has a neighbour.
/// - A block that one side moved and the other rewrote is rewritten in its new place, where it is a block of its own
///   kind, occurs once, and keeps half of its text. A block that one moved and the other removed, or that both moved to
///   different places, is a conflict, and never comes out twice or not at all.
/// - The white space between blocks is merged by itself and never conflicts: where both changed it, the longer wins.
///
/// Different texts that both insert in the same place are a conflict: their order is anybody's guess. The same change
/// on both sides is none. What nobody changed comes out byte by byte; the two sides may be exchanged.
public enum ThreeWayMerge {
    /// The merged text.
    ///
    /// - Parameters:
    ///   - base: What both started from.
    ///   - mine: What one made of it.
    ///   - theirs: What the other made of it.
    /// - Complexity: O(n log n), times at most 32 where blocks repeat a lot, for n bytes.
    /// - Throws: all places where the two cannot be merged.
    public static func merged(base: String, mine: String, theirs: String) throws(EditConflict) -> String {
        var merge = Merge(base: base, mine: mine, theirs: theirs)
        merge.carryMoves()
        return try merge.result()
    }
}

/// A text by blocks.
private struct BlockText {
    let bytes: [UInt8]
    /// Where the blocks are in `bytes`.
    let blocks: [TextBlock]
    /// What each block is, as a number that equal blocks share in all three texts.
    var ids: [Int] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
        blocks = TextBlock.blocks(of: bytes)
    }

    /// The white space before a block, or at the end of the text.
    func gap(before block: Int) -> ArraySlice<UInt8> {
        let start = block > 0 ? blocks[block - 1].range.end : 0
        let end = block < blocks.count ? blocks[block].range.start : bytes.count
        return bytes[start..<end]
    }

    /// The bytes from the first to the last of some blocks; an empty range at the end of the block before when there
    /// are none.
    func range(_ span: Range<Int>) -> TextRange {
        if let first = span.first, let last = span.last {
            return TextRange(blocks[first].range.start, blocks[last].range.end)
        }
        let place = span.lowerBound > 0 ? blocks[span.lowerBound - 1].range.end : 0
        return TextRange(place, place)
    }

    func text(_ span: Range<Int>) -> String {
        let range = range(span)
        return String(decoding: bytes[range.start..<range.end], as: UTF8.self)
    }
}

/// Blocks of the base that a side replaced by others.
private struct Hunk {
    var base: Range<Int>
    var side: Range<Int>

    /// Whether it puts as many blocks as there were.
    var isRewriting: Bool { base.count == side.count }

    /// Whether two hunks, one of each side, must be looked at together.
    func dependsOn(_ other: Hunk) -> Bool {
        if base.isEmpty && other.base.isEmpty { return base.lowerBound == other.base.lowerBound }
        // One has blocks of the base that the other has too, or that the other inserts among.
        if base.lowerBound < other.base.upperBound && other.base.lowerBound < base.upperBound { return true }
        guard base.upperBound == other.base.lowerBound || other.base.upperBound == base.lowerBound else {
            return false
        }
        if base.isEmpty { return !other.isRewriting }
        if other.base.isEmpty { return !isRewriting }
        // Both end or begin with new blocks, perhaps, whose order would be a guess.
        return base.count < side.count && other.base.count < other.side.count
    }
}

/// A block of the result, with its places in the three texts.
private struct Output {
    var bytes: [UInt8]
    var kind: TextBlock.LineKind
    var base: Int?
    var mine: Int?
    var theirs: Int?
}

private struct Merge {
    private let base: BlockText
    private var mine: BlockText
    private var theirs: BlockText
    /// The bytes of each block by its number.
    private let contents: [[UInt8]]
    /// The kind of each block by its number.
    private let kinds: [TextBlock.LineKind]

    init(base: String, mine: String, theirs: String) {
        var texts = [BlockText(base), BlockText(mine), BlockText(theirs)]
        var numbers: [ArraySlice<UInt8>: Int] = [:]
        var contents: [[UInt8]] = []
        var kinds: [TextBlock.LineKind] = []
        for index in texts.indices {
            texts[index].ids = texts[index].blocks.map { block in
                let bytes = texts[index].bytes[block.range.start..<block.range.end]
                if let known = numbers[bytes] { return known }
                numbers[bytes] = contents.count
                contents.append(Array(bytes))
                kinds.append(block.kind)
                return contents.count - 1
            }
        }
        self.contents = contents
        self.kinds = kinds
        self.base = texts[0]
        self.mine = texts[1]
        self.theirs = texts[2]
    }

    // MARK: Differences

    private func partners(_ side: BlockText) -> [Int] {
        // Headings hold a page together: of a heading and a bullet that changed places, the bullet was moved.
        blockMatching(base.ids, side.ids) { contents[$0].count + (kinds[$0] == .heading ? 1000 : 1) }
    }

    private func hunks(_ side: BlockText) -> [Hunk] {
        let partners = partners(side)
        var hunks: [Hunk] = []
        var basePlace = 0
        var sidePlace = 0
        for (place, partner) in partners.enumerated() where partner >= 0 {
            if basePlace < partner || sidePlace < place {
                hunks.append(Hunk(base: basePlace..<partner, side: sidePlace..<place))
            }
            basePlace = partner + 1
            sidePlace = place + 1
        }
        if basePlace < base.ids.count || sidePlace < side.ids.count {
            hunks.append(Hunk(base: basePlace..<base.ids.count, side: sidePlace..<side.ids.count))
        }
        return hunks
    }

    /// How often each block occurs, by its number.
    private func counts(_ ids: [Int]) -> [Int] {
        var counts = [Int](repeating: 0, count: contents.count)
        for id in ids { counts[id] += 1 }
        return counts
    }

    // MARK: Moves

    /// Rewrites moved blocks in their new places: afterwards the rewriting side has what the base has, and the moving
    /// side what was written.
    mutating func carryMoves() {
        let fromTheirs = carried(mover: mine, writer: theirs)
        let fromMine = carried(mover: theirs, writer: mine)
        for move in fromTheirs {
            mine.ids[move.moved] = theirs.ids[move.written]
        }
        for move in fromMine {
            theirs.ids[move.moved] = mine.ids[move.written]
        }
        // A block is moved by one side only, so that none of these is one of those above.
        for move in fromTheirs { theirs.ids[move.written] = base.ids[move.base] }
        for move in fromMine { mine.ids[move.written] = base.ids[move.base] }
    }

    private func carried(mover: BlockText, writer: BlockText) -> [(base: Int, moved: Int, written: Int)] {
        let inBase = counts(base.ids)
        let inMover = counts(mover.ids)
        let inWriter = counts(writer.ids)
        var places: [Int: Int] = [:]
        for (place, partner) in partners(mover).enumerated() where partner < 0 {
            places[mover.ids[place]] = place
        }
        if places.isEmpty { return [] }
        var moves: [(base: Int, moved: Int, written: Int)] = []
        for hunk in hunks(writer) where hunk.isRewriting {
            for (place, written) in zip(hunk.base, hunk.side) {
                let id = base.ids[place]
                guard inBase[id] == 1, inMover[id] == 1, inWriter[id] == 0, let moved = places[id],
                    isVersion(writer.ids[written], of: id), inBase[writer.ids[written]] == 0
                else { continue }
                moves.append((place, moved, written))
            }
        }
        return moves
    }

    /// Whether two blocks of one kind share half of the text of the shorter, at their ends.
    private func isVersion(_ one: Int, of other: Int) -> Bool {
        guard kinds[one] == kinds[other] else { return false }
        let short = min(contents[one].count, contents[other].count)
        let prefix = zip(contents[one], contents[other]).prefix { $0 == $1 }.count
        let suffix = zip(contents[one].reversed(), contents[other].reversed()).prefix { $0 == $1 }.count
        return 2 * min(short, prefix + suffix) >= short
    }

    // MARK: The result

    /// The places of the three texts up to which the result is laid out.
    private struct Position {
        var base = 0
        var mine = 0
        var theirs = 0
    }

    func result() throws(EditConflict) -> String {
        let mineHunks = hunks(mine)
        let theirHunks = hunks(theirs)
        var output: [Output] = []
        var conflicts: [EditConflict.Place] = []
        var position = Position()
        var nextMine = 0
        var nextTheirs = 0
        while nextMine < mineHunks.count || nextTheirs < theirHunks.count {
            let group = takeGroup(mineHunks, &nextMine, theirHunks, &nextTheirs)
            keep(until: group.base.lowerBound, &position, &output)
            let span = (
                base: group.base,
                // The blocks of the base that a side did not touch it has one for one.
                mine: position.mine..<position.mine + group.base.count + group.mineGrowth,
                theirs: position.theirs..<position.theirs + group.base.count + group.theirGrowth
            )
            if !group.isTheirs {
                for place in span.mine { output.append(block(mine.ids[place], mine: place)) }
            } else if !group.isMine {
                for place in span.theirs { output.append(block(theirs.ids[place], theirs: place)) }
            } else if mine.ids[span.mine] == theirs.ids[span.theirs] {
                for (place, other) in zip(span.mine, span.theirs) {
                    output.append(block(mine.ids[place], mine: place, theirs: other))
                }
            } else {
                let reason: EditConflict.Reason = span.base.isEmpty ? .bothInserted : .bothChanged
                conflicts.append(conflict(reason, span.base, span.mine, span.theirs))
            }
            position = Position(
                base: span.base.upperBound, mine: span.mine.upperBound, theirs: span.theirs.upperBound)
        }
        keep(until: base.ids.count, &position, &output)
        if conflicts.isEmpty { conflicts = contradictedMoves(output) }
        if !conflicts.isEmpty { throw EditConflict(places: conflicts) }
        return joined(output)
    }

    /// Hunks that depend on one another, or one that depends on none.
    private struct Group {
        var base: Range<Int>
        var isMine = false
        var isTheirs = false
        /// How many blocks more than the base a side has there.
        var mineGrowth = 0
        var theirGrowth = 0
    }

    private func takeGroup(
        _ mineHunks: [Hunk], _ nextMine: inout Int, _ theirHunks: [Hunk], _ nextTheirs: inout Int
    ) -> Group {
        func key(_ hunk: Hunk) -> (Int, Int) { (hunk.base.lowerBound, hunk.base.upperBound) }
        var group: Group?
        // The last hunks of either side in the group: what depends on the group depends on one of them.
        var lastMine: Hunk?
        var lastTheirs: Hunk?
        while true {
            let one = nextMine < mineHunks.count ? mineHunks[nextMine] : nil
            let other = nextTheirs < theirHunks.count ? theirHunks[nextTheirs] : nil
            let takesMine: Bool
            if group == nil {
                guard let one else {
                    takesMine = false
                    if other == nil { return Group(base: 0..<0) }
                    add(other, isMine: false)
                    continue
                }
                takesMine = other.map { key(one) <= key($0) } ?? true
                add(takesMine ? one : other, isMine: takesMine)
            } else if let one, let lastTheirs, one.dependsOn(lastTheirs) {
                add(one, isMine: true)
            } else if let other, let lastMine, other.dependsOn(lastMine) {
                add(other, isMine: false)
            } else {
                return group ?? Group(base: 0..<0)
            }
        }

        func add(_ hunk: Hunk?, isMine: Bool) {
            guard let hunk else { return }
            var grown = group ?? Group(base: hunk.base)
            grown.base =
                min(
                    grown.base.lowerBound, hunk.base.lowerBound)..<max(
                    grown.base.upperBound, hunk.base.upperBound)
            if isMine {
                grown.isMine = true
                grown.mineGrowth += hunk.side.count - hunk.base.count
                lastMine = hunk
                nextMine += 1
            } else {
                grown.isTheirs = true
                grown.theirGrowth += hunk.side.count - hunk.base.count
                lastTheirs = hunk
                nextTheirs += 1
            }
            group = grown
        }
    }

    /// Adds the blocks that all three have.
    private func keep(until end: Int, _ position: inout Position, _ output: inout [Output]) {
        while position.base < end {
            output.append(
                block(
                    base.ids[position.base], base: position.base, mine: position.mine, theirs: position.theirs
                ))
            position = Position(
                base: position.base + 1, mine: position.mine + 1, theirs: position.theirs + 1)
        }
    }

    private func block(_ id: Int, base: Int? = nil, mine: Int? = nil, theirs: Int? = nil) -> Output {
        Output(bytes: contents[id], kind: kinds[id], base: base, mine: mine, theirs: theirs)
    }

    private func conflict(
        _ reason: EditConflict.Reason, _ span: Range<Int>, _ mineSpan: Range<Int>, _ theirSpan: Range<Int>
    ) -> EditConflict.Place {
        EditConflict.Place(
            reason: reason, heading: heading(above: span.lowerBound), baseRange: base.range(span),
            base: base.text(span), mine: mine.text(mineSpan), theirs: theirs.text(theirSpan))
    }

    /// The words of the last heading of the base before a block.
    private func heading(above block: Int) -> String? {
        guard let found = base.blocks[..<block].lastIndex(where: { $0.kind == .heading }),
            case .heading(_, let inlines)? = MarkdownArticle(base.text(found..<found + 1)).blocks.first
        else { return nil }
        return inlines.plainText
    }

    /// Blocks of the base that would come out twice, or though a side removed them: one side moved them.
    private func contradictedMoves(_ output: [Output]) -> [EditConflict.Place] {
        var inOutput: [[UInt8]: Int] = [:]
        for block in output { inOutput[block.bytes, default: 0] += 1 }
        let inBase = counts(base.ids)
        let inMine = counts(mine.ids)
        let inTheirs = counts(theirs.ids)
        return base.ids.enumerated().compactMap { place, id in
            guard inBase[id] == 1, inMine[id] <= 1, inTheirs[id] <= 1,
                inOutput[contents[id], default: 0] > min(inMine[id], inTheirs[id])
            else { return nil }
            func span(_ side: BlockText) -> Range<Int> {
                side.ids.firstIndex(of: id).map { $0..<$0 + 1 } ?? 0..<0
            }
            var found = conflict(.moved, place..<place + 1, span(mine), span(theirs))
            if inMine[id] == 0 { found.mine = "" }
            if inTheirs[id] == 0 { found.theirs = "" }
            return found
        }
    }

    // MARK: White space

    private func joined(_ output: [Output]) -> String {
        var bytes: [UInt8] = []
        for index in 0...output.count {
            let before = index > 0 ? output[index - 1] : nil
            let after = index < output.count ? output[index] : nil
            bytes += gap(before, after)
            if let after { bytes += after.bytes }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The white space between two blocks of the result, or at either end: that of the texts in which they follow one
    /// another.
    private func gap(_ before: Output?, _ after: Output?) -> [UInt8] {
        func found(_ text: BlockText, _ place: KeyPath<Output, Int?>) -> [UInt8]? {
            guard let first = before.map({ $0[keyPath: place] }) ?? -1,
                let second = after.map({ $0[keyPath: place] }) ?? text.blocks.count, second == first + 1
            else { return nil }
            return Array(text.gap(before: second))
        }
        switch (found(mine, \.mine), found(theirs, \.theirs)) {
        case (let ofMine?, let ofTheirs?):
            return changed(found(base, \.base), ofMine, ofTheirs)
        case (let one?, nil), (nil, let one?):
            return one
        case (nil, nil):
            if let before, let after { return newGap(before, after) }
            // The first or last block of the result is that of no text.
            func end(_ text: BlockText) -> [UInt8] {
                Array(text.gap(before: before == nil ? 0 : text.blocks.count))
            }
            return changed(end(base), end(mine), end(theirs))
        }
    }

    /// What one of the two changed; the longer where both did.
    private func changed(_ ofBase: [UInt8]?, _ ofMine: [UInt8], _ ofTheirs: [UInt8]) -> [UInt8] {
        if ofMine == ofBase { return ofTheirs }
        if ofTheirs == ofBase { return ofMine }
        return longer(ofMine, ofTheirs)
    }

    /// The white space between blocks that follow one another in no text: as much as either has there, and enough to
    /// keep them apart.
    private func newGap(_ before: Output, _ after: Output) -> [UInt8] {
        var known: [[UInt8]] = []
        for (text, place) in [(base, \Output.base), (mine, \Output.mine), (theirs, \Output.theirs)] {
            if let place = before[keyPath: place] { known.append(Array(text.gap(before: place + 1))) }
            if let place = after[keyPath: place] { known.append(Array(text.gap(before: place))) }
        }
        var gap = known.reduce([], longer)
        let lineEnd = gap.contains(UInt8(ascii: "\r")) ? [0x0D, 0x0A] as [UInt8] : [0x0A]
        let needed = after.kind == .text && before.kind != .heading ? 2 : 1
        let lines = gap.count { $0 == 0x0A }
        for _ in lines..<max(lines, needed) { gap += lineEnd }
        return gap
    }

    /// The longer of two, or the later in the order of bytes: the same whichever is named first.
    private func longer(_ one: [UInt8], _ other: [UInt8]) -> [UInt8] {
        if one.count != other.count { return one.count > other.count ? one : other }
        return one.lexicographicallyPrecedes(other) ? other : one
    }
}
