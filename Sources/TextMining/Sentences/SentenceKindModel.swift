import Corpus

/// Tells findings from aims, methods, background and titles: by phrases that settle it (`KindCues`), else by the
/// sum of the weights of its words (`KindWeights`), of its section and of its place.
enum SentenceKindModel {
    /// The kinds in the order of the columns of `KindWeights`.
    static let kinds: [SentenceKind] = [.finding, .aim, .method, .background, .title]

    /// The kind of a sentence.
    ///
    /// - Parameter start: The first word behind a label such as `RESULTS:`.
    static func kind(
        of sentence: SentenceWords, from start: Int, passage: PassageKind?, section: AbstractSection?,
        position: SentenceJudge.Position?
    ) -> SentenceKind {
        if passage == .title { return .title }
        if let settled = settled(sentence, from: start, section: section) { return settled }
        var scores = KindWeights.intercept
        add(wordsOf: sentence, from: start, to: &scores)
        for shape in shapes(of: sentence, from: start) { model.add(shape, to: &scores) }
        if let section { add(sectionWeights(section), to: &scores) }
        if let position { add(placeWeights(position), to: &scores) }
        // A label, a place in an abstract, or a connective at the start rules out a title.
        let hasConnective = AnaphoraCues.openings.match(in: sentence, at: start) != nil
        if passage == .abstract || section != nil || position != nil || hasConnective { scores[4] = Int.min }
        var best = 0
        for index in 1..<scores.count where scores[index] > scores[best] { best = index }
        return kinds[best]
    }

    // MARK: Phrases

    /// The kind that a phrase settles; nil when none does.
    private static func settled(
        _ sentence: SentenceWords, from start: Int, section: AbstractSection?
    ) -> SentenceKind? {
        var hasReport = false
        var hasAim = false
        var hasMethod = false
        var hasGap = false
        for cue in KindCues.table.matches(in: sentence)
        where cue.first >= start && sentence.words[cue.first].depth == 0 {
            switch cue.meaning {
            case .earlier:
                if cue.first - start <= 8, !isCompared(sentence, cue.first), section != .results {
                    return .background
                }
            case .gap: hasGap = true
            case .report: hasReport = true
            case .aim: hasAim = true
            case .method: hasMethod = true
            }
        }
        let hasPurpose = KindCues.purposes.match(in: sentence, at: start) != nil
        if hasReport, !hasAim { return section == .background ? nil : .finding }
        if hasAim { return hasReport && section == .results ? .finding : .aim }
        if hasGap { return section == .results ? nil : .background }
        if hasPurpose { return section == .objective ? .aim : .method }
        if hasMethod, section != .results, section != .conclusions { return .method }
        return nil
    }

    /// "consistent with previous studies".
    private static func isCompared(_ sentence: SentenceWords, _ index: Int) -> Bool {
        sentence.isWord(index - 1, "with") || sentence.isWord(index - 1, "than")
            || sentence.isWord(index - 1, "from")
            || sentence.isWord(index - 1, "to") || sentence.isWord(index - 1, "in")
    }

    // MARK: Weights

    /// What the section of a structured abstract adds, in the order of the columns.
    private static func sectionWeights(_ section: AbstractSection) -> [Int] {
        switch section {
        case .background: [-100, 30, -50, 150, 0]
        case .objective: [-150, 200, -50, 60, 0]
        case .methods: [-100, -50, 250, -50, 0]
        case .results: [250, -150, -20, -100, 0]
        case .conclusions: [250, -50, -150, -20, 0]
        }
    }

    /// What the place in an abstract adds: background comes first, conclusions last.
    private static func placeWeights(_ position: SentenceJudge.Position) -> [Int] {
        guard position.count > 2 else { return [0, 0, 0, 0, 0] }
        if position.index == 0 { return [-120, 0, -60, 130, 0] }
        if position.index == position.count - 1 { return [80, -100, -150, -60, 0] }
        let isEarly = 3 * position.index < position.count - 1
        return isEarly ? [-60, 60, 0, 60, 0] : [40, -100, 10, -110, 0]
    }

    private static func add(_ weights: [Int], to scores: inout [Int]) {
        for index in scores.indices { scores[index] += weights[index] }
    }

    /// Every word, pair of words and opening word counts once.
    private static func add(wordsOf sentence: SentenceWords, from start: Int, to scores: inout [Int]) {
        // Asked for once: a table of the program costs a call each time.
        let model = model
        var seen: [Int] = []
        func count(_ name: NameHash) {
            guard let row = model.row(name), !seen.contains(row) else { return }
            seen.append(row)
            model.add(row: row, to: &scores)
        }
        // The word before, joined to this one whatever mark stands between.
        var joined: NameHash?
        for index in start..<max(start, sentence.count) where sentence.words[index].isWord {
            let word = sentence.words[index].start..<sentence.words[index].end
            if let joined {
                count(joined.adding(sentence.folded, word))
            } else {
                count(NameHash().adding(UInt8(ascii: "^")).adding(sentence.folded, word))
            }
            let name = NameHash().adding(sentence.folded, word)
            count(name)
            joined = name.adding(UInt8(ascii: "_"))
        }
    }

    /// Properties of the shape of a sentence, as rows of the table.
    private static func shapes(of sentence: SentenceWords, from start: Int) -> [StaticString] {
        var words = 0
        var capitalized = 0
        var hasVerb = false
        var (hasFigures, hasSemicolon, hasBracket) = (false, false, false)
        var hasColon = false
        let verbs = verbs
        for index in start..<max(start, sentence.count) {
            let word = sentence.words[index]
            let first = sentence.bytes[word.start]
            guard word.isWord else {
                switch first {
                case UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "%"):
                    hasFigures = true
                case UInt8(ascii: ";"): hasSemicolon = true
                case UInt8(ascii: "("): hasBracket = true
                default: break
                }
                // A colon behind a small letter, before white space.
                let isColon =
                    first == UInt8(ascii: ":") && word.start > 0
                    && Letters.isLower(sentence.bytes[word.start - 1])
                hasColon =
                    hasColon || isColon && word.end < sentence.bytes.count && sentence.bytes[word.end] == 0x20
                continue
            }
            words += 1
            hasVerb = hasVerb || verbs.match(in: sentence, at: index) != nil
            if words > 1, word.end - word.start >= 4, Letters.isUpper(first),
                sentence.bytes[(word.start + 1)..<word.end].allSatisfy({ Letters.isLower($0) })
            {
                capitalized += 1
            }
        }
        var shapes: [StaticString] = [
            words <= 12 ? "#short" : words <= 20 ? "#mid" : words <= 35 ? "#long" : "#verylong"
        ]
        if capitalized >= 3, 10 * capitalized >= 4 * (words - 1) { shapes.append("#titlecase") }
        if hasFigures { shapes.append("#figures") }
        if hasColon { shapes.append("#colon") }
        if hasSemicolon { shapes.append("#semicolon") }
        if hasBracket { shapes.append("#bracket") }
        if !hasVerb { shapes.append("#noverb") }
        if sentence.isMark(sentence.count - 1, UInt8(ascii: "?")) { shapes.append("#question") }
        return shapes
    }

    /// Words that a title seldom has.
    private static let verbs = CueTable<Bool>([
        (
            """
            is, are, was, were, has, have, had, be, been, can, could, may, might, will, would, did, do, does, show,
            shows, showed, suggest, suggests, suggested, found, we, our, these, this
            """, true
        )
    ])

    private static let model = Model(KindWeights.table)

    /// The name of a row as a number: FNV-1a over its bytes.
    private struct NameHash {
        private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

        func adding(_ byte: UInt8) -> NameHash {
            var hash = self
            hash.value = (hash.value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            return hash
        }

        func adding(_ bytes: [UInt8], _ range: Range<Int>) -> NameHash {
            var hash = self
            for position in range { hash = hash.adding(bytes[position]) }
            return hash
        }
    }

    /// The table, by the hashes of its names. That no two names share one is checked when it is read.
    private struct Model: Sendable {
        /// Hashes in open addressing; 0 marks an empty slot.
        private var slots = [UInt64](repeating: 0, count: 2_048)
        /// The rows of the slots.
        private var rows = [Int](repeating: 0, count: 2_048)
        /// The weights, five a row.
        private var weights: [Int] = []

        init(_ table: String) {
            for line in table.utf8.split(separator: UInt8(ascii: "\n")) {
                let fields = line.split(separator: UInt8(ascii: " "))
                guard let name = fields.first else { continue }
                let numbers = fields.dropFirst().compactMap { Int(Substring($0)) }
                precondition(
                    numbers.count == SentenceKindModel.kinds.count, "a row of KindWeights lacks a weight")
                let hash = NameHash().adding(Array(name), 0..<name.count)
                var slot = Int(truncatingIfNeeded: hash.value & 2_047)
                while slots[slot] != 0 {
                    precondition(slots[slot] != hash.value, "KindWeights has a row twice")
                    slot = (slot + 1) & 2_047
                }
                slots[slot] = hash.value
                rows[slot] = weights.count
                weights += numbers
            }
        }

        /// The row of a name; nil when the table has none.
        func row(_ name: NameHash) -> Int? {
            var slot = Int(truncatingIfNeeded: name.value & 2_047)
            while slots[slot] != 0 {
                if slots[slot] == name.value { return rows[slot] }
                slot = (slot + 1) & 2_047
            }
            return nil
        }

        func add(row: Int, to scores: inout [Int]) {
            for index in scores.indices { scores[index] += weights[row + index] }
        }

        func add(_ name: StaticString, to scores: inout [Int]) {
            var hash = NameHash()
            name.withUTF8Buffer { buffer in
                for offset in 0..<buffer.count { hash = hash.adding(unsafe buffer[offset]) }
            }
            if let row = row(hash) { add(row: row, to: &scores) }
        }
    }
}
