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
        static let hyphenStart = 5
        /// A letter right behind the last one matched.
        static let adjacent = 25
        /// A later letter of a word whose letter was matched.
        static let inside = 45
        /// The same for a small letter of the short form.
        static let insideSmall = 30
        /// A letter inside a word of which nothing else was matched.
        static let insideNewWord = 120
        /// A word without a matched letter, between two that have one.
        static let skippedWord = 70
        /// The same for an article, preposition or conjunction.
        static let skippedFunctionWord = 10
        /// A word without a matched letter behind the last match.
        static let trailingWord = 70
        /// A figure of the short form that the long form does not have.
        static let lostFigure = 75
        /// The `s` of a plural without counterpart.
        static let lostPlural = 10
        /// A long form that starts behind a hyphen.
        static let startBehindHyphen = 40
        /// A long form that starts with a function word other than `in`.
        static let startOnFunctionWord = 150
        /// Not to be had.
        static let impossible = 1_000_000
    }

    /// Aligns a short form with the end of a window, or with the whole of it.
    ///
    /// - Parameters:
    ///   - isWhole: Whether the long form must start where the window starts.
    /// - Returns: nil when no alignment is cheap enough.
    init?(_ text: Span<UInt8>, short: ShortForm, window: TextRange, isWhole: Bool) {
        let size = short.symbols.count
        let limit = min(size + 5, 2 * size + 2)
        guard
            LongFormWindow.mayHold(
                startOf: short.symbols[0], text, window, words: limit, isWhole: isWhole)
        else { return nil }
        let words = LongFormWindow(text, window, words: limit, isWhole: isWhole)
        guard !words.letters.isEmpty else { return nil }
        guard let (start, cost) = Self.cheapest(short, words, isWhole: isWhole) else { return nil }
        guard cost <= Self.affordable(short) else { return nil }
        let long = TextRange(start, window.end)
        guard long.count > short.range.count || size <= 2 && long.count > size,
            !Self.holds(text, long, short.range)
        else { return nil }
        self.long = long
        self.cost = cost
    }

    /// The highest cost at which a short form is believed.
    private static func affordable(_ short: ShortForm) -> Int {
        let size = short.symbols.count
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
    /// - Complexity: O(letters of the short form × letters of the window).
    private static func cheapest(_ short: ShortForm, _ window: LongFormWindow, isWhole: Bool) -> (Int, Int)? {
        let letters = window.letters
        let count = letters.count
        // For each letter of the window: the cheapest way to have matched the short form so far with it last.
        var costs = [Int](repeating: Cost.impossible, count: count)
        var starts = [Int](repeating: 0, count: count)
        for (index, letter) in letters.enumerated()
        where letter.isFor(short.symbols[0]) && letter.start != .none && letter.isBalanced {
            if isWhole && letter.word > 0 { continue }
            let word = window.words[letter.word]
            costs[index] = letter.start == .word ? 0 : Cost.startBehindHyphen
            if word.isFunctionWord && !word.isIn { costs[index] += Cost.startOnFunctionWord }
            starts[index] = letter.start == .word || !letter.startsAfresh ? word.start : letter.position
        }
        for symbol in 1..<max(1, short.symbols.count) {
            // What no way has led to leads no further.
            if !costs.contains(where: { $0 < Cost.impossible }) { return nil }
            var nextCosts = [Int](repeating: Cost.impossible, count: count)
            var nextStarts = starts
            let wanted = short.symbols[symbol]
            let isLast = symbol == short.symbols.count - 1
            let lost =
                Letters.isDigit(wanted)
                ? Cost.lostFigure : isLast && short.isPlural ? Cost.lostPlural : Cost.impossible
            // The cheapest match in words before this one, and in this one before this letter.
            var earlier = (cost: Cost.impossible, start: 0)
            var here = (cost: Cost.impossible, start: 0)
            var word = 0
            for (index, letter) in letters.enumerated() {
                while word < letter.word {
                    earlier.cost += window.words[word].skipCost
                    if here.cost <= earlier.cost { earlier = here }
                    here = (Cost.impossible, 0)
                    word += 1
                }
                if letter.isFor(wanted) {
                    let isSmall = !short.isCapital[symbol]
                    var best = earlier
                    best.cost +=
                        letter.start == .word
                        ? 0 : letter.start == .part ? Cost.hyphenStart : Cost.insideNewWord
                    var inWord = here
                    inWord.cost +=
                        letter.start == .part ? Cost.hyphenStart : isSmall ? Cost.insideSmall : Cost.inside
                    if letter.start == .word { inWord.cost = Cost.impossible }
                    if inWord.cost <= best.cost { best = inWord }
                    if index > 0, letters[index - 1].word == letter.word {
                        let adjacent =
                            costs[index - 1] + (letter.start == .part ? Cost.hyphenStart : Cost.adjacent)
                        if adjacent <= best.cost { best = (adjacent, starts[index - 1]) }
                    }
                    nextCosts[index] = best.cost
                    nextStarts[index] = best.start
                }
                if costs[index] + lost < nextCosts[index] {
                    nextCosts[index] = costs[index] + lost
                    nextStarts[index] = starts[index]
                }
                if costs[index] <= here.cost { here = (costs[index], starts[index]) }
            }
            costs = nextCosts
            starts = nextStarts
        }
        var best: (start: Int, cost: Int)?
        for (index, letter) in letters.enumerated() where costs[index] < Cost.impossible {
            var cost = costs[index]
            for word in window.words[(letter.word + 1)...] {
                cost += word.isFunctionWord ? Cost.skippedFunctionWord : Cost.trailingWord
            }
            if let known = best, known.cost < cost || known.cost == cost && known.start >= starts[index] {
                continue
            }
            best = (starts[index], cost)
        }
        return best
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
