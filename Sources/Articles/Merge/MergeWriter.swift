import Corpus

/// Puts a merge's decisions into the text: what goes, what comes, and the headings that go and come with it.
struct MergeWriter {
    let merge: ArticleMerge
    let record: ArticleRecord
    let outline: ArticleOutline

    private var assembly: TextAssembly
    /// The blocks that go as a whole.
    private var leavingBlocks: Set<Int> = []
    /// The blocks of the sections that go as a whole, headings included.
    private var leavingSections: Set<Int> = []
    /// What is put into each section.
    private var entering: [SectionID: [Entry]] = [:]

    /// A statement that is put in.
    struct Entry {
        var key: StatementKey
        var evidence: EvidenceID
        var section: SectionID
        var pmid: PMID
        /// Whether it comes with the tokens that it had.
        var isReinstated: Bool
        private let content: Content

        /// What it reads.
        private enum Content {
            /// This sentence, quoted.
            case sentence(String)
            /// This bullet in Markdown.
            case line(String)
        }

        /// Its bullet in Markdown.
        var line: String {
            switch content {
            case .sentence(let sentence): StatementLine(sentence: sentence, pmids: [pmid]).bullet
            case .line(let line): line
            }
        }

        /// Appends its bullet in Markdown.
        func append(to bytes: inout [UInt8]) {
            switch content {
            case .sentence(let sentence):
                StatementLine.append(bulletOf: sentence, pmids: CollectionOfOne(pmid), to: &bytes)
            case .line(let line): bytes.append(contentsOf: line.utf8)
            }
        }

        /// A candidate that is put in.
        init(_ candidate: MergeCandidate, isReinstated: Bool = false) {
            key = candidate.key
            evidence = candidate.evidence
            section = candidate.section
            pmid = candidate.pmid
            content = .sentence(candidate.sentence)
            self.isReinstated = isReinstated
        }

        /// A statement that comes back as it was.
        init(_ instance: StatementInstance, line: String) {
            key = instance.key
            evidence = instance.evidence
            section = instance.section
            pmid = instance.pmid
            content = .line(line)
            isReinstated = true
        }
    }

    init(merge: ArticleMerge, record: ArticleRecord, outline: ArticleOutline) {
        self.merge = merge
        self.record = record
        self.outline = outline
        assembly = TextAssembly(record)
    }

    /// Does all of it, in an article that has a text (`FirstText`).
    ///
    /// - Parameters:
    ///   - leaving: The statements that go; each stands in one piece.
    ///   - successors: The statements that take the place of others.
    ///   - entries: What is put into each section, in order.
    mutating func write(
        leaving: Set<StatementKey>, successors: [StatementKey: Entry],
        entries: [SectionID: [Entry]]
    ) -> TextAssembly {
        entering = entries
        for (old, entry) in successors.sorted(by: { $0.key < $1.key }) { supersede(old, by: entry) }
        leave(leaving)
        let renamed = record.machinePolicy == .on ? rename() : []
        leaveEmptySections(but: renamed)
        for section in merge.sections {
            guard let entries = entries[section.id] else { continue }
            if let part = outline.part(of: section.id) {
                enter(entries, into: part)
            } else {
                open(section, with: entries)
            }
        }
        return assembly
    }

    // MARK: - Pieces

    /// A heading, its bullets, and a line end.
    private func pieces(
        of section: (id: SectionID, heading: String), with entries: [Entry]
    ) -> [TextAssembly.Piece] {
        var pieces = [heading(section.id, "## \(section.heading)"), TextAssembly.fresh("\n\n")]
        for entry in entries { pieces += [bullet(entry), TextAssembly.fresh("\n")] }
        return pieces
    }

    private func heading(_ section: SectionID, _ line: String) -> TextAssembly.Piece {
        piece(line, reusing: record.headings[section], label: .heading(section))
    }

    private func bullet(_ entry: Entry) -> TextAssembly.Piece {
        piece(
            entry.line, reusing: entry.isReinstated ? record.instances[entry.key]?.tokens : nil,
            label: .statement(entry.key))
    }

    /// A line with the identities that its tokens had before, where they are free and read the same.
    private func piece(
        _ line: String, reusing tokens: TokenRuns?, label: TextAssembly.Label
    ) -> TextAssembly.Piece {
        guard let tokens else { return TextAssembly.fresh(line, label) }
        let identities = free(tokens)
        return TextAssembly.Piece(
            text: line, identities: aligned(identities, with: MergeRound.strings(of: line)), label: label)
    }

    /// The tokens that may be put in again: they do not stand elsewhere than among those that go, and no person took
    /// them away.
    private func free(_ tokens: TokenRuns, going: ArraySlice<TokenID> = []) -> [TokenID] {
        let going = Set(going)
        return tokens.identities.filter {
            going.contains($0) || !record.history.isAlive($0) && !record.isTakenByPerson($0)
        }
    }

    /// One entry a string: the identity of the old token that reads so, in the order of both; else nil.
    ///
    /// The longest common subsequence, by the classic table: sentences are short.
    private func aligned(_ old: [TokenID], with strings: [String]) -> [TokenID?] {
        let before = old.map { record.history.string(of: $0) }
        if before == strings { return old }
        var table = [[Int]](
            repeating: [Int](repeating: 0, count: strings.count + 1), count: before.count + 1)
        for i in before.indices.reversed() {
            for j in strings.indices.reversed() {
                table[i][j] =
                    before[i] == strings[j]
                    ? table[i + 1][j + 1] + 1 : max(table[i + 1][j], table[i][j + 1])
            }
        }
        var result = [TokenID?](repeating: nil, count: strings.count)
        var (i, j) = (0, 0)
        while i < before.count, j < strings.count {
            if before[i] == strings[j] {
                result[j] = old[i]
                (i, j) = (i + 1, j + 1)
            } else if table[i + 1][j] >= table[i][j + 1] {
                i += 1
            } else {
                j += 1
            }
        }
        return result
    }

    // MARK: - Going

    /// The places of a statement's tokens in the text, its dash left out; the statement stands in one piece.
    private func places(of key: StatementKey) -> Range<Int>? {
        guard let instance = record.instances[key] else { return nil }
        let core = record.core(of: instance)
        guard let first = core.first.flatMap({ record.history.place(of: $0) }),
            let last = core.last.flatMap({ record.history.place(of: $0) })
        else { return nil }
        return first..<last + 1
    }

    /// The tokens of a statement with the dash before it, where its block holds nothing else and no person put the
    /// dash there; otherwise its own tokens.
    private func whole(_ places: Range<Int>) -> (tokens: Range<Int>, block: Int?) {
        guard
            let block = outline.blocks.firstIndex(where: {
                $0.range.start <= record.ranges[places.lowerBound].start
                    && record.ranges[places.lowerBound].start < $0.range.end
            })
        else { return (places, nil) }
        let tokens = outline.tokens[block]
        if tokens == places { return (places, block) }
        let dash = tokens.lowerBound
        let old = record.history.tokensOfNewest
        guard tokens == dash..<places.upperBound, dash + 1 == places.lowerBound,
            record.history.string(of: old[dash]) == "-", !record.contributor(of: old[dash]).isHuman
        else { return (places, nil) }
        return (tokens, block)
    }

    private func bytes(of tokens: Range<Int>) -> TextRange {
        TextRange(record.ranges[tokens.lowerBound].start, record.ranges[tokens.upperBound - 1].end)
    }

    private mutating func supersede(_ old: StatementKey, by entry: Entry) {
        guard let places = places(of: old) else { return }
        let (tokens, _) = whole(places)
        var line = entry.line
        if tokens == places { line = String(line.utf8.dropFirst(2)) ?? line }
        let going = record.history.tokensOfNewest[tokens]
        let own = entry.isReinstated ? record.instances[entry.key]?.tokens : nil
        let identities = own.map { free($0, going: going) } ?? Array(going)
        assembly.replace(
            bytes(of: tokens),
            with: [
                TextAssembly.Piece(
                    text: line, identities: aligned(identities, with: MergeRound.strings(of: line)),
                    label: .statement(entry.key))
            ])
    }

    private mutating func leave(_ keys: Set<StatementKey>) {
        for key in keys.sorted() {
            guard let places = places(of: key) else { continue }
            let (_, block) = whole(places)
            if let block {
                leavingBlocks.insert(block)
            } else {
                leaveBlock(places)
            }
        }
    }

    /// Takes a sentence out of a paragraph that holds more, with the spaces behind it.
    private mutating func leaveBlock(_ places: Range<Int>) {
        let text = Array(record.text.utf8)
        let range = bytes(of: places)
        var end = range.end
        while end < text.count, text[end] == UInt8(ascii: " ") { end += 1 }
        let isGlued =
            end == range.end && range.start > 0 && end < text.count && !Self.isWhite(text[range.start - 1])
            && !Self.isWhite(text[end])
        assembly.replace(TextRange(range.start, end), with: isGlued ? [TextAssembly.fresh(" ")] : [])
    }

    private static func isWhite(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// Takes out the blocks that go, and with them the machine's headings of sections in which nothing is left.
    private mutating func leaveEmptySections(but renamed: Set<SectionID>) {
        for part in outline.parts {
            guard let section = part.section, section != .title, let heading = part.heading,
                !renamed.contains(section), !part.blocks.isEmpty,
                part.blocks.allSatisfy(leavingBlocks.contains), entering[section] == nil,
                isIntact(heading, of: section)
            else { continue }
            leavingSections.formUnion(heading..<part.blocks.upperBound)
            let next = part.blocks.upperBound
            if next < outline.blocks.count {
                assembly.replace(
                    TextRange(outline.blocks[heading].range.start, outline.blocks[next].range.start))
            } else {
                // Nothing follows: the line that set the section off goes, too.
                let last = outline.blocks.indices.last { !leavingSections.contains($0) }
                let start = last.map { outline.lineEnd(of: $0) } ?? 0
                assembly.replace(TextRange(start, record.text.utf8.count))
            }
        }
        for block in leavingBlocks.subtracting(leavingSections).sorted() {
            assembly.replace(TextRange(outline.blocks[block].range.start, outline.lineEnd(of: block)))
        }
    }

    /// Whether a heading reads as the machine wrote it.
    private func isIntact(_ block: Int, of section: SectionID) -> Bool {
        guard let own = record.headings[section]?.identities else { return false }
        return Array(record.history.tokensOfNewest[outline.tokens[block]]) == own
    }

    // MARK: - Headings

    /// Gives the headings that read as the machine wrote them the words of today: the entity has another symbol.
    private mutating func rename() -> Set<SectionID> {
        var renamed: Set<SectionID> = []
        let lines =
            [(SectionID.title, "# \(merge.title)")] + merge.sections.map { ($0.id, "## \($0.heading)") }
        for (section, line) in lines {
            guard let heading = outline.part(of: section)?.heading, isIntact(heading, of: section),
                let own = record.headings[section]?.identities
            else { continue }
            let strings = MergeRound.strings(of: line)
            if own.map({ record.history.string(of: $0) }) == strings { continue }
            renamed.insert(section)
            assembly.replace(
                outline.blocks[heading].range,
                with: [
                    TextAssembly.Piece(
                        text: line, identities: aligned(own, with: strings), label: .heading(section))
                ])
        }
        return renamed
    }

    // MARK: - Coming

    /// Puts bullets behind the last block of a section that no person has a part in, else at the section's end.
    private mutating func enter(_ entries: [Entry], into part: ArticleOutline.Part) {
        let lines = entries.map(bullet)
        guard let anchor = part.blocks.last(where: outline.isMachine) ?? part.blocks.last ?? part.heading
        else {
            return
        }
        let block = outline.blocks[anchor]
        if leavingBlocks.contains(anchor) {
            assembly.insert(lines.flatMap { [$0, TextAssembly.fresh("\n")] }, at: block.range.start)
            return
        }
        var pieces: [TextAssembly.Piece] = []
        for (index, line) in lines.enumerated() {
            let isListed = index > 0 || block.kind == .bullet
            pieces += [TextAssembly.fresh(isListed ? "\n" : "\n\n"), line]
        }
        assembly.insert(pieces, at: block.range.end)
    }

    /// Makes a section where its order among the others wants it.
    private mutating func open(_ section: (id: SectionID, heading: String), with entries: [Entry]) {
        let before = merge.sections.prefix { $0.id != section.id }.reversed().map(\.id) + [.title]
        guard let part = before.lazy.compactMap({ [outline] in outline.part(of: $0) }).first,
            let last = part.blocks.last ?? part.heading
        else { return }
        let pieces = pieces(of: section, with: entries)
        // Before the next block that stays: what is put in among sections that go would go with them.
        let next = outline.blocks.indices.first { $0 > last && !leavingSections.contains($0) }
        if let next {
            assembly.insert(pieces + [TextAssembly.fresh("\n")], at: outline.blocks[next].range.start)
        } else {
            let isEnded = last + 1 < outline.blocks.count || record.text.utf8.last == UInt8(ascii: "\n")
            assembly.insert(
                [TextAssembly.fresh(isEnded ? "\n" : "\n\n")] + pieces, at: record.text.utf8.count)
        }
    }
}
