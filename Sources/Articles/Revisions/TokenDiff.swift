import Corpus

/// What changed between two revisions of a text, word by word, by the identity of the words: a word that was moved is
/// shown as moved, and a word that was written anew is never taken for an old one that looks the same.
///
/// Every identity occurs once in a revision, so what stayed in order is a longest increasing subsequence of what
/// both revisions hold; here the one with the most text, and of those nearly one with few, long runs. The rest of
/// what both hold was moved. The white space after a token goes with the token; what stands before the first token
/// is kept. White space alone is no change: a kept piece may differ in it.
///
/// An identity that comes a second time in one revision, which attribution never makes, counts as written or removed
/// there.
public struct TokenDiff: Hashable, Sendable {
    /// A token of a revision.
    public struct Token: Hashable, Sendable {
        /// Its identity: equal tokens of the two revisions are one and the same.
        public var identity: Int32
        /// Where it stands, in UTF-8 bytes of the revision's text. No token is empty.
        public var range: TextRange

        /// Makes a token.
        public init(identity: Int32, range: TextRange) {
            self.identity = identity
            self.range = range
        }
    }

    /// What became of a piece of text.
    public enum Change: Hashable, Sendable {
        /// In both texts, in order.
        case kept
        /// In the old text only.
        case removed
        /// In the new text only.
        case inserted
        /// In both texts, here as it stood in the old one; the index of the piece where it stands in the new one.
        case movedAway(to: Int)
        /// In both texts, here as it stands in the new one; the index of the piece where it stood in the old one.
        case movedHere(from: Int)
    }

    /// A stretch of tokens with one fate.
    public struct Piece: Hashable, Sendable {
        /// What became of it.
        public var change: Change
        /// Its bytes of the old text; empty, at the place where it would stand, when it is not there.
        public var old: TextRange
        /// Its bytes of the new text; empty, at the place where it would stand, when it is not there.
        public var new: TextRange

        /// Whether it is shown from the old text only.
        var isOldOnly: Bool {
            switch change {
            case .removed, .movedAway: true
            case .kept, .inserted, .movedHere: false
            }
        }

        /// Whether it is shown from the new text only.
        var isNewOnly: Bool { change != .kept && !isOldOnly }
    }

    /// How many tokens of each sort.
    public struct Counts: Hashable, Sendable {
        /// Runs of letters, numbers and underscore.
        public var words = 0
        /// Citations.
        public var citations = 0
        /// All others.
        public var signs = 0

        /// Whether there is none.
        public var isEmpty: Bool { words + citations + signs == 0 }
    }

    /// The old text.
    public let old: String
    /// The new text.
    public let new: String
    /// The pieces in the order of reading: between two kept ones, first what stood there, then what stands there.
    /// The old ranges follow one another and cover the old text, the new ranges the new one.
    public private(set) var pieces: [Piece] = []
    /// The tokens that only the old text holds.
    public private(set) var removed = Counts()
    /// The tokens that only the new text holds.
    public private(set) var inserted = Counts()
    /// The tokens that were moved, each counted once.
    public private(set) var moved = Counts()

    /// Compares two revisions.
    ///
    /// - Parameters:
    ///   - old: The old text.
    ///   - oldTokens: Its tokens, in order, not overlapping.
    ///   - new: The new text.
    ///   - newTokens: Its tokens, in order, not overlapping.
    /// - Complexity: O(n log n) for n tokens and bytes.
    public init(old: String, oldTokens: [Token], new: String, newTokens: [Token]) {
        self.old = old
        self.new = new
        let runs = Self.runs(oldTokens, newTokens)
        let kept = Self.kept(of: runs, newTokens, oldCount: oldTokens.count)
        var builder = Builder(old: Side(old, oldTokens), new: Side(new, newTokens), runs: runs)
        builder.leadingSpace()
        for run in kept { builder.keep(run) }
        builder.gap(toOld: oldTokens.count, new: newTokens.count)
        pieces = builder.linked()
        removed = builder.removed
        inserted = builder.inserted
        moved = builder.moved
    }

    /// Whether the two revisions hold the same tokens in the same order.
    public var isEmpty: Bool { removed.isEmpty && inserted.isEmpty && moved.isEmpty }

    /// What changed, in one line: `12 words removed, 7 inserted, 20 moved`.
    ///
    /// Citations are counted beside the words, other signs only where nothing else of a kind changed.
    public var summary: String {
        if isEmpty { return old.utf8.elementsEqual(new.utf8) ? "no change" : "only white space differs" }
        let counts = [(removed, "removed"), (inserted, "inserted"), (moved, "moved")].filter { !$0.0.isEmpty }
        let onlyWords = counts.allSatisfy { $0.0.words > 0 && $0.0.citations == 0 }
        return counts.enumerated().map { place, count in
            onlyWords && place > 0 ? "\(count.0.words) \(count.1)" : "\(count.0.phrase) \(count.1)"
        }.joined(separator: ", ")
    }
}

extension TokenDiff.Counts {
    /// `1 word and 2 citations`.
    fileprivate var phrase: String {
        func number(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
        if words == 0, citations == 0 { return number(signs, "sign") }
        if citations == 0 { return number(words, "word") }
        if words == 0 { return number(citations, "citation") }
        return number(words, "word") + " and " + number(citations, "citation")
    }

    /// Counts a token.
    fileprivate mutating func add(_ token: ArraySlice<UInt8>) {
        guard let first = token.first else { return }
        if first == UInt8(ascii: "["), token.count > 1 {
            citations += 1
        } else if Self.startsWord(token, first) {
            words += 1
        } else {
            signs += 1
        }
    }

    private static func startsWord(_ token: ArraySlice<UInt8>, _ first: UInt8) -> Bool {
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
            return true
        case ..<0x80:
            return false
        default:
            let scalar = String(decoding: token.prefix(4), as: UTF8.self).unicodeScalars.first
            return scalar.map { $0.properties.isAlphabetic || $0.properties.numericType != nil } ?? false
        }
    }
}

/// Tokens that follow one another in both revisions.
private struct Run {
    /// The index of the first token in the old revision.
    var old: Int
    /// The index of the first token in the new revision.
    var new: Int
    /// The number of tokens.
    var count: Int
}

extension TokenDiff {
    /// The longest stretches of tokens that follow one another in both revisions, in the order of the new one.
    private static func runs(_ old: [Token], _ new: [Token]) -> [Run] {
        var places: [Int32: Int] = [:]
        places.reserveCapacity(old.count)
        for (place, token) in old.enumerated() where places[token.identity] == nil {
            places[token.identity] = place
        }
        var runs: [Run] = []
        for (place, token) in new.enumerated() {
            // What was found once is taken.
            guard let found = places.removeValue(forKey: token.identity) else { continue }
            if let last = runs.last, last.new + last.count == place, last.old + last.count == found {
                runs[runs.count - 1].count += 1
            } else {
                runs.append(Run(old: found, new: place, count: 1))
            }
        }
        return runs
    }

    /// The indexes of the runs that stayed in order. A run stays or moves as a whole, since another token stands
    /// before or after all of it in either revision.
    private static func kept(of runs: [Run], _ tokens: [Token], oldCount: Int) -> [Int] {
        var runAt = [Int](repeating: -1, count: oldCount)
        for (index, run) in runs.enumerated() { runAt[run.old] = index }
        var ranks = [Int](repeating: 0, count: runs.count)
        var rank = 0
        for index in runAt where index >= 0 {
            ranks[index] = rank
            rank += 1
        }
        let weights = runs.map { run in
            // A little less for each run, so that of two ways with equal text that of fewer runs is taken.
            tokens[run.new..<run.new + run.count].reduce(0) { $0 + 4 * max(1, $1.range.count) } - 3
        }
        return heaviestIncreasing(ranks, weights: weights)
    }
}

/// A revision's bytes and where its tokens start.
private struct Side {
    let bytes: [UInt8]
    let tokens: [TokenDiff.Token]

    init(_ text: String, _ tokens: [TokenDiff.Token]) {
        bytes = Array(text.utf8)
        self.tokens = tokens
    }

    /// The byte at which a token starts; the end of the text behind the last.
    func start(of token: Int) -> Int {
        token < tokens.count ? tokens[token].range.start : bytes.count
    }

    /// The bytes of tokens with the white space behind them.
    func range(_ tokens: Range<Int>) -> TextRange {
        TextRange(start(of: tokens.lowerBound), start(of: tokens.upperBound))
    }

    func text(of token: Int) -> ArraySlice<UInt8> {
        bytes[tokens[token].range.start..<tokens[token].range.end]
    }
}

/// Lays out the pieces from left to right.
private struct Builder {
    let old: Side
    let new: Side
    let runs: [Run]
    /// The run that a token is of, by its index in the old or new revision; -1 for none.
    private let runOfOld: [Int]
    private let runOfNew: [Int]
    private var pieces: [TokenDiff.Piece] = []
    /// The pieces of moved runs, which have no counterpart yet, with their runs.
    private var away: [Int: Int] = [:]
    private var here: [Int: Int] = [:]
    /// The tokens laid out so far.
    private var oldCount = 0
    private var newCount = 0
    private(set) var removed = TokenDiff.Counts()
    private(set) var inserted = TokenDiff.Counts()
    private(set) var moved = TokenDiff.Counts()

    init(old: Side, new: Side, runs: [Run]) {
        self.old = old
        self.new = new
        self.runs = runs
        var runOfOld = [Int](repeating: -1, count: old.tokens.count)
        var runOfNew = [Int](repeating: -1, count: new.tokens.count)
        for (index, run) in runs.enumerated() {
            for offset in 0..<run.count {
                runOfOld[run.old + offset] = index
                runOfNew[run.new + offset] = index
            }
        }
        self.runOfOld = runOfOld
        self.runOfNew = runOfNew
    }

    /// What stands before the first token of either text.
    mutating func leadingSpace() {
        let piece = TokenDiff.Piece(
            change: .kept, old: TextRange(0, old.start(of: 0)), new: TextRange(0, new.start(of: 0)))
        if !piece.old.isEmpty || !piece.new.isEmpty { pieces.append(piece) }
    }

    /// A run that stayed, with what stands between it and the one before.
    mutating func keep(_ index: Int) {
        let run = runs[index]
        gap(toOld: run.old, new: run.new)
        let piece = TokenDiff.Piece(
            change: .kept, old: old.range(run.old..<run.old + run.count),
            new: new.range(run.new..<run.new + run.count))
        if let last = pieces.last, last.change == .kept {
            pieces[pieces.count - 1].old = TextRange(last.old.start, piece.old.end)
            pieces[pieces.count - 1].new = TextRange(last.new.start, piece.new.end)
        } else {
            pieces.append(piece)
        }
        oldCount += run.count
        newCount += run.count
    }

    /// What did not stay, up to a token of either revision.
    mutating func gap(toOld oldEnd: Int, new newEnd: Int) {
        while oldCount < oldEnd {
            let run = runOfOld[oldCount]
            var end = oldCount
            while end < oldEnd, runOfOld[end] == run {
                if run < 0 { removed.add(old.text(of: end)) } else { moved.add(old.text(of: end)) }
                end += 1
            }
            if run >= 0 { away[run] = pieces.count }
            let place = new.start(of: newCount)
            pieces.append(
                TokenDiff.Piece(
                    change: .removed, old: old.range(oldCount..<end), new: TextRange(place, place)))
            oldCount = end
        }
        while newCount < newEnd {
            let run = runOfNew[newCount]
            var end = newCount
            while end < newEnd, runOfNew[end] == run {
                if run < 0 { inserted.add(new.text(of: end)) }
                end += 1
            }
            if run >= 0 { here[run] = pieces.count }
            let place = old.start(of: oldCount)
            pieces.append(
                TokenDiff.Piece(
                    change: .inserted, old: TextRange(place, place), new: new.range(newCount..<end)))
            newCount = end
        }
    }

    /// The pieces, those of a moved run with each other's places.
    func linked() -> [TokenDiff.Piece] {
        var linked = pieces
        for (run, from) in away {
            guard let to = here[run] else { continue }
            linked[from].change = .movedAway(to: to)
            linked[to].change = .movedHere(from: from)
        }
        return linked
    }
}
