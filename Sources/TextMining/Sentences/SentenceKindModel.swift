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
        var scores = model.intercept
        add(wordsOf: sentence, from: start, to: &scores)
        add(shapeOf: sentence, from: start, to: &scores)
        if let section { scores &+= sectionWeights(section) }
        if let position { scores &+= placeWeights(position) }
        // A label, a place in an abstract, or a connective at the start rules out a title.
        let hasConnective = AnaphoraCues.openings.match(in: sentence, at: start) != nil
        if passage == .abstract || section != nil || position != nil || hasConnective {
            scores[4] = Int32.min
        }
        var best = 0
        for index in 1..<kinds.count where scores[index] > scores[best] { best = index }
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
        let table = KindCues.table
        var index = 0
        while let cue = table.next(in: sentence, from: index) {
            index = cue.last + 1
            guard cue.first >= start, sentence.words[cue.first].depth == 0 else { continue }
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
    private static func sectionWeights(_ section: AbstractSection) -> Weights {
        switch section {
        case .background: [-100, 30, -50, 150, 0, 0, 0, 0]
        case .objective: [-150, 200, -50, 60, 0, 0, 0, 0]
        case .methods: [-100, -50, 250, -50, 0, 0, 0, 0]
        case .results: [250, -150, -20, -100, 0, 0, 0, 0]
        case .conclusions: [250, -50, -150, -20, 0, 0, 0, 0]
        }
    }

    /// What the place in an abstract adds: background comes first, conclusions last.
    private static func placeWeights(_ position: SentenceJudge.Position) -> Weights {
        guard position.count > 2 else { return Weights() }
        if position.index == 0 { return [-120, 0, -60, 130, 0, 0, 0, 0] }
        if position.index == position.count - 1 { return [80, -100, -150, -60, 0, 0, 0, 0] }
        let isEarly = 3 * position.index < position.count - 1
        return isEarly ? [-60, 60, 0, 60, 0, 0, 0, 0] : [40, -100, 10, -110, 0, 0, 0, 0]
    }

    /// Every word, pair of words and opening word counts once.
    private static func add(wordsOf sentence: SentenceWords, from start: Int, to scores: inout Weights) {
        // Asked for once: a table of the program costs a call each time.
        let model = model
        var seen = RowSet()
        // The word before, joined to this one whatever mark stands between; only where a pair may begin with it.
        var joined: NameHash?
        var isFirst = true
        for index in start..<max(start, sentence.count) where sentence.words[index].isWord {
            let word = sentence.words[index].start..<sentence.words[index].end
            let pair =
                isFirst
                ? NameHash().adding(UInt8(ascii: "^")).adding(sentence.folded, word)
                : joined?.adding(sentence.folded, word)
            isFirst = false
            if let pair, let row = model.row(pair), seen.insert(row) { scores &+= model.weights[row] }
            let name = NameHash().adding(sentence.folded, word)
            if let row = model.row(name), seen.insert(row) { scores &+= model.weights[row] }
            let beginning = name.adding(UInt8(ascii: "_"))
            joined = model.mayBeginPair(beginning) ? beginning : nil
        }
    }

    /// Adds what properties of the shape of a sentence weigh.
    private static func add(shapeOf sentence: SentenceWords, from start: Int, to scores: inout Weights) {
        let model = model
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
            if words > 1, word.end - word.start >= 4, word.bytes == .letter, Letters.isUpper(first),
                isLower(sentence, from: word.start + 1, to: word.end)
            {
                capitalized += 1
            }
        }
        let shapes = model.shapes
        scores &+=
            words <= 12
            ? shapes.short : words <= 20 ? shapes.mid : words <= 35 ? shapes.long : shapes.veryLong
        if capitalized >= 3, 10 * capitalized >= 4 * (words - 1) { scores &+= shapes.titleCase }
        if hasFigures { scores &+= shapes.figures }
        if hasColon { scores &+= shapes.colon }
        if hasSemicolon { scores &+= shapes.semicolon }
        if hasBracket { scores &+= shapes.bracket }
        if !hasVerb { scores &+= shapes.noVerb }
        if sentence.isMark(sentence.count - 1, UInt8(ascii: "?")) { scores &+= shapes.question }
    }

    /// Whether a stretch holds small letters only.
    private static func isLower(_ sentence: SentenceWords, from start: Int, to end: Int) -> Bool {
        for position in start..<end where !Letters.isLower(sentence.bytes[position]) { return false }
        return true
    }

    /// Words that a title seldom has.
    static let verbs = CueTable<Bool>(
        as: .kindVerbs,
        [
            (
                """
                is, are, was, were, has, have, had, be, been, can, could, may, might, will, would, did, do, does, show,
                shows, showed, suggest, suggests, suggested, found, we, our, these, this
                """, true
            )
        ])

    /// What speaks for each kind, in the order of the columns; three more are not used.
    private typealias Weights = SIMD8<Int32>

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

    /// Rows that have counted.
    private struct RowSet {
        private var bits: SIMD8<UInt64> = .zero

        /// How many rows there may be.
        static let limit = 512

        /// Puts a row into the set; whether it is new there.
        mutating func insert(_ row: Int) -> Bool {
            let bit: UInt64 = 1 << UInt64(row & 63)
            if bits[row >> 6] & bit != 0 { return false }
            bits[row >> 6] |= bit
            return true
        }
    }

    /// The table, by the hashes of its names. That no two names share one is checked when it is read.
    private struct Model: Sendable {
        /// Hashes in open addressing; 0 marks an empty slot.
        private var slots = [UInt64](repeating: 0, count: 2_048)
        /// The rows of the slots.
        private var rows = [Int](repeating: 0, count: 2_048)
        /// The weights of the rows.
        private(set) var weights: [Weights] = []
        /// What each kind starts with.
        let intercept: Weights
        /// The weights of the properties of shape.
        private(set) var shapes = Shapes()
        /// A bit for each value of twelve bits of the hashes of words before `_`.
        private var beginnings = [UInt64](repeating: 0, count: 64)

        struct Shapes: Sendable {
            var short = Weights()
            var mid = Weights()
            var long = Weights()
            var veryLong = Weights()
            var titleCase = Weights()
            var figures = Weights()
            var colon = Weights()
            var semicolon = Weights()
            var bracket = Weights()
            var noVerb = Weights()
            var question = Weights()
        }

        init(_ table: String) {
            intercept = Self.weights(KindWeights.intercept)
            for line in table.utf8.split(separator: UInt8(ascii: "\n")) {
                let fields = line.split(separator: UInt8(ascii: " "))
                guard let name = fields.first else { continue }
                let numbers = fields.dropFirst().compactMap { Int(Substring($0)) }
                precondition(
                    numbers.count == SentenceKindModel.kinds.count, "a row of KindWeights lacks a weight")
                precondition(weights.count < RowSet.limit, "KindWeights has too many rows")
                let bytes = Array(name)
                let hash = NameHash().adding(bytes, 0..<bytes.count)
                var slot = Int(truncatingIfNeeded: hash.value & 2_047)
                while slots[slot] != 0 {
                    precondition(slots[slot] != hash.value, "KindWeights has a row twice")
                    slot = (slot + 1) & 2_047
                }
                slots[slot] = hash.value
                rows[slot] = weights.count
                weights.append(Self.weights(numbers))
                for index in bytes.indices where bytes[index] == UInt8(ascii: "_") {
                    let place = Self.place(ofBeginning: NameHash().adding(bytes, 0..<index + 1))
                    beginnings[place / 64] |= 1 << UInt64(place % 64)
                }
            }
            shapes = Shapes(
                short: named("#short"), mid: named("#mid"), long: named("#long"),
                veryLong: named("#verylong"),
                titleCase: named("#titlecase"), figures: named("#figures"), colon: named("#colon"),
                semicolon: named("#semicolon"), bracket: named("#bracket"), noVerb: named("#noverb"),
                question: named("#question"))
        }

        private static func weights(_ numbers: [Int]) -> Weights {
            var weights = Weights()
            for index in numbers.indices { weights[index] = Int32(numbers[index]) }
            return weights
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

        /// Whether a row may begin with a word and `_`; where one does, it always may.
        func mayBeginPair(_ beginning: NameHash) -> Bool {
            let place = Self.place(ofBeginning: beginning)
            return beginnings[place / 64] >> UInt64(place % 64) & 1 != 0
        }

        private static func place(ofBeginning hash: NameHash) -> Int {
            Int(truncatingIfNeeded: (hash.value ^ hash.value >> 32) & 4_095)
        }

        /// The weights of a row; nothing when the table has none of that name.
        private func named(_ name: String) -> Weights {
            row(NameHash().adding(Array(name.utf8), 0..<name.utf8.count)).map { weights[$0] } ?? Weights()
        }
    }
}
