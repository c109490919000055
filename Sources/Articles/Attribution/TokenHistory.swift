import Corpus

/// The identities of all tokens of an article's revisions: who wrote what, and what became of it.
///
/// Every token gets an identity in the revision that brings it in, its origin, and keeps it for ever: when it is moved,
/// removed and brought back. Where a program writes, it says which identities its tokens have (``write(_:identities:)``);
/// where a person saves free text, they are inferred (``save(_:)``). An identity once given never changes.
///
/// The idea of tokens that remember their origin is WikiWho's (Flöck and Acosta, "WikiWho: precise and efficient
/// attribution of authorship of revisioned content", WWW 2014); unlike there, case is kept, no revision is dropped as
/// vandalism, common words are not linked between unrelated sentences, and what was removed may come back at any time.
///
/// A history depends on nothing but the texts and the identities of its revisions: one that was rebuilt from a store with
/// ``init(replaying:)`` goes on exactly as the one that was stored.
///
/// Memory: O(tokens + runs + tokens of sentences that ever lost one). Texts are not kept.
public struct TokenHistory: Sendable {
    let constants: AttributionConstants
    /// The tokens of the first revision while it is the only one and nothing was asked that its text alone does not tell: all
    /// are new, and their places are their identities. What follows here is empty then. Most articles are written once and
    /// never again (`settled()`).
    private var first: ArticleTokens?
    private(set) var strings = TokenStrings()

    /// By token: the number of its string.
    private(set) var tokenStrings: [Int32] = []
    /// By token: the revision that brought it in.
    private var origins: [Int32] = []
    /// By token: the revision in which it went out last, or 0.
    private var lastRemovals: [Int32] = []
    /// By token: its place in the newest revision, or −1.
    private(set) var places: [Int32] = []
    private var sources: [TokenID: TokenID] = [:]
    private var originals: [TokenID: TokenID] = [:]

    /// By revision, from the first.
    private var revisions: [TokenRuns] = []
    /// The revisions of a hash of classes, oldest first.
    private var byWording: [UInt64: [Int32]] = [:]
    private var changes: [TokenChange] = []

    /// The newest revision.
    private var latest = TokenSequence()
    /// Its identities.
    private(set) var identities: [Int32] = []
    private(set) var removed = RemovedText()

    /// Makes the history of an article without revisions.
    public init() {
        self.init(constants: .current)
    }

    /// Makes a history that infers with other constants, for measuring.
    package init(constants: AttributionConstants) {
        self.constants = constants
    }

    /// Rebuilds a history from what a store keeps, without inferring anything.
    ///
    /// - Complexity: O(tokens of all revisions).
    /// - Throws: `TokenHistoryError` for the first revision whose identities do not fit its text: another number, a token
    ///   whose string is not that of its origin, an identity used twice, or one that skips ahead.
    public init(
        replaying revisions: some Sequence<(text: String, runs: TokenRuns)>
    ) throws(TokenHistoryError) {
        self.init()
        for revision in revisions { try replay(revision.text, revision.runs) }
    }

    // MARK: Saving

    /// Appends a revision whose identities are known from a store, without inferring anything.
    ///
    /// - Complexity: O(length of the text).
    /// - Throws: `TokenHistoryError`, and then nothing has changed.
    public mutating func replay(_ text: String, _ runs: TokenRuns) throws(TokenHistoryError) {
        let revision = revisionCount + 1
        try Self.checkRuns(runs, revision: revision)
        let tokens = ArticleTokens(Array(text.utf8))
        guard runs.count == tokens.count else {
            throw TokenHistoryError(
                .count(tokens: tokens.count, identities: runs.count), revision: revision)
        }
        if revision == 1, runs == TokenRuns(first: tokens.count) {
            first = tokens
            return
        }
        settle()
        let sequence = TokenSequence(tokens, strings: &strings)
        let numbers = runs.numbers
        var next = Int32(tokenCount)
        var known = [Int32](repeating: -1, count: numbers.count)
        for (place, number) in numbers.enumerated() {
            if number == next {
                next += 1
            } else if number > next {
                throw TokenHistoryError(
                    .unknown(TokenID(number), next: TokenID(next)), revision: revision, place: place)
            } else {
                known[place] = number
            }
        }
        try check(known, of: sequence)
        append(sequence, known)
    }

    /// Checks that all tokens that a store keeps beside the revisions were given.
    ///
    /// - Parameter revision: The revision that they are said to be of, for the error.
    /// - Complexity: O(number of runs).
    /// - Throws: `TokenHistoryError` for the first run that is none, or reaches beyond the tokens.
    func check(_ runs: TokenRuns, revision: Int) throws(TokenHistoryError) {
        try Self.checkRuns(runs, revision: revision)
        for (place, run) in runs.runs.enumerated() {
            let last = run.first.number + (run.count - 1)
            guard Int(last) < tokenCount else {
                throw TokenHistoryError(
                    .unknown(TokenID(last), next: TokenID(Int32(tokenCount))), revision: revision,
                    place: place)
            }
        }
    }

    private static func checkRuns(_ runs: TokenRuns, revision: Int) throws(TokenHistoryError) {
        for (place, run) in runs.runs.enumerated() {
            guard run.count > 0, run.first.number >= 0, run.first.number <= Int32.max - run.count else {
                throw TokenHistoryError(
                    .run(first: run.first, count: run.count), revision: revision, place: place)
            }
        }
    }

    /// Appends a revision whose identities are inferred: a person's save, or an imported one.
    ///
    /// A text whose tokens stood in the article before, in whatever white space, gets the identities that they had then.
    /// An unchanged text changes nothing, but is counted as a revision: whether it is one, the caller decides.
    ///
    /// - Returns: the identities of its tokens.
    /// - Complexity: O(length) where little has changed; at most O(length × a constant).
    @discardableResult public mutating func save(_ text: String) -> TokenRuns {
        settle()
        let sequence = TokenSequence(ArticleTokens(Array(text.utf8)), strings: &strings)
        if let known = earlier(sequence) {
            append(sequence, known)
        } else {
            append(sequence, inferred(sequence))
        }
        return revisions[revisions.count - 1]
    }

    /// Appends a revision whose identities are known: what a program writes.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - known: One entry a token of the text: its identity, or nil for a new token.
    /// - Returns: the identities of its tokens, those of new ones included.
    /// - Complexity: O(length of the text).
    /// - Throws: `TokenHistoryError`, and then nothing has changed.
    @discardableResult public mutating func write(
        _ text: String, identities known: [TokenID?]
    ) throws(TokenHistoryError) -> TokenRuns {
        let tokens = ArticleTokens(Array(text.utf8))
        guard known.count == tokens.count else {
            throw TokenHistoryError(
                .count(tokens: tokens.count, identities: known.count), revision: revisionCount + 1)
        }
        if revisionCount == 0, known.allSatisfy({ $0 == nil }) {
            first = tokens
            return runs(ofRevision: 1)
        }
        settle()
        let sequence = TokenSequence(tokens, strings: &strings)
        for (place, id) in known.enumerated() {
            guard let id, id.number < 0 || Int(id.number) >= tokenCount else { continue }
            throw TokenHistoryError(
                .unknown(id, next: TokenID(Int32(tokenCount))), revision: revisionCount + 1, place: place)
        }
        let numbers = known.map { $0?.number ?? -1 }
        try check(numbers, of: sequence)
        append(sequence, numbers)
        return revisions[revisions.count - 1]
    }

    /// Known identities must be used once, and stand for what they stood for at their origin.
    private func check(_ known: [Int32], of sequence: TokenSequence) throws(TokenHistoryError) {
        var seen = [Bool](repeating: false, count: tokenCount)
        for (place, number) in known.enumerated() where number >= 0 {
            let revision = revisionCount + 1
            if seen[Int(number)] {
                throw TokenHistoryError(.twice(TokenID(number)), revision: revision, place: place)
            }
            seen[Int(number)] = true
            let string = tokenStrings[Int(number)]
            if strings.classes[Int(string)] != sequence.classes[place] {
                let here = String(decoding: strings.bytes(of: sequence.strings[place]), as: UTF8.self)
                throw TokenHistoryError(
                    .string(
                        TokenID(number), atOrigin: self.string(of: TokenID(number)), here: here),
                    revision: revision, place: place)
            }
        }
    }

    /// The identities of a new revision's tokens, −1 for new ones. In a function of its own, so that the matcher's hold on
    /// the history's arrays has ended when they change.
    private func inferred(_ sequence: TokenSequence) -> [Int32] {
        var matcher = RevisionMatcher(history: self, new: sequence)
        return matcher.match()
    }

    /// The identities of the newest revision with the same tokens.
    private func earlier(_ sequence: TokenSequence) -> [Int32]? {
        if sequence.classes == latest.classes, revisionCount > 0 { return identities }
        let wording = TokenHash.sequence(sequence.classes, 0..<sequence.count)
        for revision in (byWording[wording] ?? []).reversed() {
            let numbers = revisions[Int(revision) - 1].numbers
            let isSame =
                numbers.count == sequence.count
                && numbers.indices.allSatisfy { classOfToken(numbers[$0]) == sequence.classes[$0] }
            if isSame { return numbers }
        }
        return nil
    }

    /// The class of a token's string.
    func classOfToken(_ token: Int32) -> Int32 { strings.classes[Int(tokenStrings[Int(token)])] }

    /// Appends a revision; −1 stands for a new token.
    private mutating func append(_ sequence: TokenSequence, _ known: [Int32]) {
        let revision = Int32(revisionCount + 1)
        var numbers = known
        for index in numbers.indices where numbers[index] < 0 {
            numbers[index] = Int32(tokenStrings.count)
            tokenStrings.append(sequence.strings[index])
            origins.append(revision)
            lastRemovals.append(0)
            places.append(-1)
        }
        let kinship = TokenKinship(
            base: latest, baseIdentities: identities, new: sequence, known: known, identities: numbers,
            places: places, copiedSentence: constants.copiedSentence)
        kinship.copies { sources[TokenID($0)] = TokenID($1) }
        kinship.variants(strings: strings) { originals[TokenID($0)] = TokenID($1) }
        change(to: numbers, known: known, revision: revision)
        registerLosses()
        let runs = TokenRuns(numbers: numbers)
        let wording = TokenHash.sequence(sequence.classes, 0..<sequence.count)
        if byWording[wording]?.last.map({ revisions[Int($0) - 1] }) != runs {
            byWording[wording, default: []].append(revision)
        }
        revisions.append(runs)
        latest = sequence
        identities = numbers
    }

    /// Works out what the text of the first revision alone does not tell: before there is another revision.
    private mutating func settle() {
        guard let tokens = first else { return }
        first = nil
        append(
            TokenSequence(tokens, strings: &strings), [Int32](repeating: -1, count: tokens.count))
    }

    /// The same history, ready for many questions after copies: of one that was only just begun each is as much work as
    /// beginning it.
    func settled() -> TokenHistory {
        var history = self
        history.settle()
        return history
    }

    /// Says what is alive now, and notes what went out and what came in again.
    private mutating func change(to numbers: [Int32], known: [Int32], revision: Int32) {
        var returned: [Int32] = []
        for number in known where number >= 0 && places[Int(number)] < 0 { returned.append(number) }
        for number in identities { places[Int(number)] = -1 }
        for (place, number) in numbers.enumerated() { places[Int(number)] = Int32(place) }
        let lost = identities.filter { places[Int($0)] < 0 }
        for number in lost { lastRemovals[Int(number)] = revision }
        for run in TokenRuns(numbers: lost).runs {
            changes.append(TokenChange(revision: revision, run: run, isRemoval: true))
        }
        for run in TokenRuns(numbers: returned).runs {
            changes.append(TokenChange(revision: revision, run: run, isRemoval: false))
        }
    }

    /// Registers the sentences of the revision so far that have lost tokens to the new one.
    private mutating func registerLosses() {
        for number in 0..<latest.sentenceCount {
            let range = latest.sentence(number)
            guard let first = range.first(where: { places[Int(identities[$0])] < 0 }),
                let last = range.last(where: { places[Int(identities[$0])] < 0 })
            else { continue }
            let reach = constants.removedReach
            let kept =
                range.count <= reach
                ? range
                : max(range.lowerBound, first - reach / 2)..<min(range.upperBound, last + 1 + reach / 2)
            removed.register(identities, latest.classes, kept)
        }
    }

    // MARK: Reading

    /// How many revisions there are; they are numbered from 1.
    public var revisionCount: Int { first == nil ? revisions.count : 1 }

    /// How many tokens there ever were.
    public var tokenCount: Int { first?.count ?? tokenStrings.count }

    /// Whether there is one revision, of which every token is new: a token's place is its identity then.
    var isFirst: Bool { first != nil }

    /// Where the newest revision's tokens stand in its text, in UTF-8 bytes; nil where that is not at hand.
    var ranges: [TextRange]? {
        first.map { tokens in
            (0..<tokens.count).map { TextRange(Int(tokens.starts[$0]), Int(tokens.ends[$0])) }
        }
    }

    /// The newest revision.
    var newest: TokenSequence { first == nil ? latest : settled().latest }

    /// The identities of a revision's tokens, in order of its text, as runs.
    public func runs(ofRevision number: Int) -> TokenRuns {
        if let first, number == 1 { return TokenRuns(first: first.count) }
        return revisions[number - 1]
    }

    /// The identities of a revision's tokens, in order of its text.
    ///
    /// - Complexity: O(number of tokens).
    public func tokens(ofRevision number: Int) -> [TokenID] { runs(ofRevision: number).identities }

    /// The identities of the newest revision's tokens; none when there is no revision.
    public var tokensOfNewest: [TokenID] {
        first.map { tokens in (0..<tokens.count).map { TokenID(Int32($0)) } }
            ?? identities.map { TokenID($0) }
    }

    /// The revision that brought a token in.
    public func origin(of token: TokenID) -> Int { isFirst ? 1 : Int(origins[Int(token.number)]) }

    /// What a token reads, as it was typed at its origin. Later revisions may write it with other, canonically
    /// equivalent scalars.
    public func string(of token: TokenID) -> String {
        if let first { return String(decoding: first.token(Int(token.number)), as: UTF8.self) }
        return String(decoding: strings.bytes(of: tokenStrings[Int(token.number)]), as: UTF8.self)
    }

    /// Whether a token stands in the newest revision.
    public func isAlive(_ token: TokenID) -> Bool { isFirst || places[Int(token.number)] >= 0 }

    /// Whether a token is nothing but a dash.
    func isDash(_ token: TokenID) -> Bool {
        let bytes =
            first?.token(Int(token.number)) ?? strings.bytes(of: tokenStrings[Int(token.number)])
        return bytes.count == 1 && bytes.first == UInt8(ascii: "-")
    }

    /// The place of a token among the newest revision's, from 0; nil when it does not stand there.
    public func place(of token: TokenID) -> Int? {
        if isFirst { return Int(token.number) }
        let place = places[Int(token.number)]
        return place < 0 ? nil : Int(place)
    }

    /// The revisions in which a token went out, in order: each is the first that is without it.
    ///
    /// - Complexity: O(stretches that ever went out or came in again).
    public func removals(of token: TokenID) -> [Int] { changes(of: token, isRemoval: true) }

    /// The revisions in which a token came in again, in order; they alternate with its removals.
    ///
    /// - Complexity: O(stretches that ever went out or came in again).
    public func returns(of token: TokenID) -> [Int] { changes(of: token, isRemoval: false) }

    private func changes(of token: TokenID, isRemoval: Bool) -> [Int] {
        changes.filter { $0.isRemoval == isRemoval && $0.holds(token) }.map { Int($0.revision) }
    }

    /// The revision in which a token went out last; nil when it never did. It may have come in again since.
    public func lastRemoval(of token: TokenID) -> Int? {
        if isFirst { return nil }
        let revision = lastRemovals[Int(token.number)]
        return revision == 0 ? nil : Int(revision)
    }

    /// The token that a new one was copied from: it stood, or had stood just before, in the same words elsewhere in the
    /// article. Derived from texts and identities alone, so that a replay finds the same.
    public func copiedFrom(_ token: TokenID) -> TokenID? {
        isFirst ? settled().sources[token] : sources[token]
    }

    /// The token that a new one took the place of, when they differ in nothing but case and diacritics. Derived from
    /// texts and identities alone, so that a replay finds the same.
    public func variantOf(_ token: TokenID) -> TokenID? { originals[token] }
}

/// Tokens that went out of an article or came in again.
private struct TokenChange: Sendable {
    var revision: Int32
    var run: TokenRuns.Run
    var isRemoval: Bool

    func holds(_ token: TokenID) -> Bool {
        token.number >= run.first.number && token.number - run.first.number < run.count
    }
}
