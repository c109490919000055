import Corpus

/// The cheapest way to spell a short form with letters of the words beside it.
///
/// Every letter of the short form is matched with a letter of the window, in order; the first one starts a word.
/// Costs are in hundredths of a letter that has nothing to stand for it; they were set on the development half of
/// MED1250. The alignment is accepted when its cost stays below what a short form of that length affords.
struct AbbreviationAlignment {
    /// The long form.
    let long: TextRange
    /// What the alignment costs.
    let cost: Int

    /// What an alignment pays for.
    enum Cost {
        /// The first letter of a word behind a hyphen or slash.
        static let hyphenStart: Int32 = 5
        /// A letter right behind the last one matched.
        static let adjacent: Int32 = 25
        /// A later letter of a word whose letter was matched.
        static let inside: Int32 = 45
        /// The same for a small letter of the short form.
        static let insideSmall: Int32 = 30
        /// A letter inside a word of which nothing else was matched.
        static let insideNewWord: Int32 = 120
        /// A word without a matched letter, between two that have one.
        static let skippedWord: Int32 = 70
        /// The same for an article, preposition or conjunction.
        static let skippedFunctionWord: Int32 = 10
        /// A word without a matched letter behind the last match.
        static let trailingWord: Int32 = 70
        /// A figure of the short form that the long form does not have.
        static let lostFigure: Int32 = 75
        /// The `s` of a plural without counterpart.
        static let lostPlural: Int32 = 10
        /// A long form that starts behind a hyphen.
        static let startBehindHyphen: Int32 = 40
        /// A long form that starts with a function word other than `in`.
        static let startOnFunctionWord: Int32 = 150
        /// Not to be had.
        static let impossible: Int32 = 1_000_000
    }

    /// The cheapest way to have matched a short form so far with one letter of the window last: its cost, and where the
    /// long form starts, in bytes from the window's start.
    struct Way {
        var cost: Int32
        var start: Int32

        static let none = Way(cost: Cost.impossible, start: 0)
    }

    /// What alignments are worked out in, again and again.
    struct Room: Sendable {
        fileprivate var window = LongFormWindow()
        fileprivate var ways: [Way] = []
        fileprivate var nextWays: [Way] = []
    }

    /// Aligns a short form with the end of a window, or with the whole of it.
    ///
    /// - Parameters:
    ///   - isWhole: Whether the long form must start where the window starts.
    /// - Returns: nil when no alignment is cheap enough.
    init?(
        _ text: Span<UInt8>, short: ShortForm, window: TextRange, isWhole: Bool, _ room: inout Room
    ) {
        let size = short.count
        let limit = min(size + 5, 2 * size + 2)
        let start = isWhole ? window.start : LongFormWindow.start(text, window, words: limit)
        guard LongFormWindow.mayHold(short, text, from: start, to: window.end) else { return nil }
        room.window.read(text, from: start, to: window.end, for: short)
        guard
            let way = Self.cheapest(
                short, room.window, isWhole: isWhole, &room.ways, &room.nextWays),
            way.cost <= Self.affordable(short)
        else { return nil }
        let long = TextRange(room.window.start + Int(way.start), window.end)
        guard long.count > short.range.count || size <= 2 && long.count > size,
            !Self.holds(text, long, short.range)
        else { return nil }
        self.long = long
        cost = Int(way.cost)
    }

    /// The highest cost at which a short form is believed.
    private static func affordable(_ short: ShortForm) -> Int {
        let size = short.count
        if short.capitals == 0 { return size == 2 ? 25 : size == 3 ? 75 : 85 }
        switch size {
        case 1: return 0
        case 2: return 75
        case 3: return 140
        default: return min(40 * size, 330)
        }
    }

    /// The start of the long form and the cost of the cheapest alignment.
    ///
    /// - Parameters:
    ///   - ways: room for a way for each letter of the window, as is `nextWays`.
    /// - Complexity: O(letters of the short form × letters of the window).
    private static func cheapest(
        _ short: ShortForm, _ window: borrowing LongFormWindow, isWhole: Bool, _ ways: inout [Way],
        _ nextWays: inout [Way]
    ) -> Way? {
        let letters = window.letters.span
        let words = window.words.span
        let count = letters.count
        ways.removeAll(keepingCapacity: true)
        // The first letter that a way has led to: before it there is nothing to go on from.
        var first = count
        for index in 0..<count {
            let letter = letters[index]
            var way = Way.none
            if letter.isFor(short.symbols[0]), letter.start != .none, letter.isBalanced,
                !isWhole || letter.word == 0
            {
                let word = words[Int(letter.word)]
                way.cost = letter.start == .word ? 0 : Cost.startBehindHyphen
                if word.isFunctionWord && !word.isIn { way.cost += Cost.startOnFunctionWord }
                way.start = letter.start == .word || !letter.startsAfresh ? word.start : letter.position
                first = min(first, index)
            }
            ways.append(way)
        }
        if nextWays.count < count { nextWays = ways }
        for symbol in 1..<max(1, short.count) {
            // What no way has led to leads no further.
            if first == count { return nil }
            first = Self.goOn(
                to: symbol, of: short, letters, words, from: first, ways.span, &nextWays)
            swap(&ways, &nextWays)
        }
        var best: Way?
        for index in first..<count where ways[index].cost < Cost.impossible {
            var way = ways[index]
            for word in (Int(letters[index].word) + 1)..<words.count {
                way.cost += words[word].isFunctionWord ? Cost.skippedFunctionWord : Cost.trailingWord
            }
            if let best, best.cost < way.cost || best.cost == way.cost && best.start >= way.start {
                continue
            }
            best = way
        }
        return best
    }

    /// Finds the cheapest ways to match one more letter of the short form.
    ///
    /// - Parameters:
    ///   - first: the first letter of the window that a way has led to so far.
    ///   - ways: the ways so far.
    ///   - nextWays: where those with this letter go, from `first` on.
    /// - Returns: the first letter that a way leads to.
    private static func goOn(
        to symbol: Int, of short: ShortForm, _ letters: Span<LongFormWindow.Letter>,
        _ words: Span<LongFormWindow.Word>, from first: Int, _ ways: Span<Way>, _ nextWays: inout [Way]
    ) -> Int {
        let wanted = short.symbols[symbol]
        let isSmall = !short.isCapital(symbol)
        let isLast = symbol == short.count - 1
        let lost =
            Letters.isDigit(wanted)
            ? Cost.lostFigure : isLast && short.isPlural ? Cost.lostPlural : Cost.impossible
        // The cheapest match in words before this one, and in this one before this letter.
        var earlier = Way.none
        var here = Way.none
        var word = letters[first].word
        var firstNext = letters.count
        for index in first..<letters.count {
            let letter = letters[index]
            let own = ways[index]
            while word < letter.word {
                earlier.cost += words[Int(word)].skipCost
                if here.cost <= earlier.cost { earlier = here }
                here = .none
                word += 1
            }
            var next = Way.none
            if letter.isFor(wanted) {
                next = earlier
                next.cost +=
                    letter.start == .word
                    ? 0 : letter.start == .part ? Cost.hyphenStart : Cost.insideNewWord
                if letter.start != .word {
                    let cost =
                        here.cost
                        + (letter.start == .part
                            ? Cost.hyphenStart : isSmall ? Cost.insideSmall : Cost.inside)
                    if cost <= next.cost { next = Way(cost: cost, start: here.start) }
                }
                if index > first, letter.isNext {
                    let cost =
                        ways[index - 1].cost
                        + (letter.start == .part ? Cost.hyphenStart : Cost.adjacent)
                    if cost <= next.cost { next = Way(cost: cost, start: ways[index - 1].start) }
                }
            }
            if own.cost + lost < next.cost { next = Way(cost: own.cost + lost, start: own.start) }
            if own.cost <= here.cost { here = own }
            if next.cost < Cost.impossible { firstNext = min(firstNext, index) }
            nextWays[index] = next
        }
        return firstNext
    }

    /// Whether a stretch holds the very bytes of another.
    private static func holds(_ text: Span<UInt8>, _ stretch: TextRange, _ other: TextRange) -> Bool {
        guard stretch.count >= other.count else { return false }
        outer: for start in stretch.start...(stretch.end - other.count) {
            for offset in 0..<other.count where text[start + offset] != text[other.start + offset] {
                continue outer
            }
            let end = start + other.count
            let isWord =
                (start == stretch.start || !Letters.isWord(text[start - 1]))
                && (end == stretch.end || !Letters.isWord(text[end]))
            if isWord { return true }
        }
        return false
    }
}
