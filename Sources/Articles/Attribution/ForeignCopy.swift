import Corpus

/// A stretch of an article that a person copied from another one: its words are the copier's revision's, and it is known
/// whose they were.
public struct ForeignCopy: Hashable, Sendable {
    /// The words here.
    public var tokens: TokenRuns
    /// The article that they stood in.
    public var article: EntityID
    /// The same words there, one for one.
    public var sourceTokens: TokenRuns
    /// The revision of that article that brought them in.
    public var sourceRevision: Int
    /// Who wrote them there.
    public var contributor: Contributor

    /// Makes a copy.
    public init(
        tokens: TokenRuns, article: EntityID, sourceTokens: TokenRuns, sourceRevision: Int,
        contributor: Contributor
    ) {
        self.tokens = tokens
        self.article = article
        self.sourceTokens = sourceTokens
        self.sourceRevision = sourceRevision
        self.contributor = contributor
    }
}

/// A sentence that the newest revision brought in, without bullet, citations and full stop.
public struct FreshSentence: Hashable, Sendable {
    /// Its tokens.
    var tokens: [TokenID]
    /// Its words, without punctuation, in order.
    public var words: [String]
}

extension ArticleRecord {
    /// The sentences that are new in the newest revision, long enough to be no coincidence, and not copied from within the
    /// article: those to be looked for in others.
    public var freshSentences: [FreshSentence] {
        let history = history.settled()
        let newest = history.newest
        let revision = history.revisionCount
        let identities = history.tokensOfNewest
        return (0..<newest.sentenceCount).compactMap { number in
            let range = newest.sentence(number)
            let tokens = identities[range]
            guard tokens.count >= AttributionConstants.current.copiedElsewhere,
                tokens.allSatisfy({ history.origin(of: $0) == revision && history.copiedFrom($0) == nil })
            else { return nil }
            let core = Self.withoutSigns(Array(tokens), in: history)
            let words = core.map { history.string(of: $0) }.filter(Self.isWord)
            guard core.count >= AttributionConstants.current.copiedElsewhere else { return nil }
            return FreshSentence(tokens: core, words: words)
        }
    }

    /// Notes that a sentence was copied from another article, if its words stand there in one piece.
    ///
    /// - Returns: whether they do.
    @discardableResult public mutating func note(_ sentence: FreshSentence, copiedFrom other: ArticleRecord)
        -> Bool
    {
        let wanted = sentence.tokens.map { history.string(of: $0) }
        let there = other.history.tokensOfNewest
        let strings = there.map { other.history.string(of: $0) }
        guard let first = wanted.first, wanted.count <= strings.count,
            let start = (0...(strings.count - wanted.count)).first(where: {
                strings[$0] == first && strings[$0..<($0 + wanted.count)].elementsEqual(wanted)
            })
        else { return false }
        // A copy for each stretch of one contributor.
        var stretch: [Int] = []
        func origin(_ place: Int) -> Int { other.history.origin(of: there[start + place]) }
        func close() {
            guard let place = stretch.first else { return }
            take(
                ForeignCopy(
                    tokens: TokenRuns(stretch.map { sentence.tokens[$0] }), article: other.entity,
                    sourceTokens: TokenRuns(stretch.map { there[start + $0] }), sourceRevision: origin(place),
                    contributor: other.contributor(of: there[start + place])))
        }
        for place in wanted.indices {
            if let last = stretch.last, origin(last) != origin(place) {
                close()
                stretch = []
            }
            stretch.append(place)
        }
        close()
        return true
    }

    /// Tokens without the sign of a list before them, and without citations and full stops behind them.
    private static func withoutSigns(_ tokens: [TokenID], in history: TokenHistory) -> [TokenID] {
        var core = tokens[...]
        while let first = core.first, ["-", "*", "+"].contains(history.string(of: first)) {
            core = core.dropFirst()
        }
        while let last = core.last,
            history.string(of: last).hasPrefix("[@") || history.string(of: last) == "."
        {
            core = core.dropLast()
        }
        return Array(core)
    }
}
