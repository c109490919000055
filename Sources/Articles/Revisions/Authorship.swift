import Corpus

/// A stretch of an article's text by one contributor in one revision.
public struct AuthoredSpan: Hashable, Sendable {
    /// Where it stands, in UTF-8 bytes of the text; white space between its words is its own.
    public var range: TextRange
    /// The revision that brought its words in.
    public var revision: Int
    /// Who saved that revision.
    public var contributor: Contributor
    /// The statement that it belongs to, where the machine put it in.
    public var statement: StatementKey?
    /// Whose words it copies, where the same words stood elsewhere.
    public var copiedFrom: Contributor?
    /// The article that it copies, where that is another one.
    public var copiedArticle: EntityID?
}

extension ArticleRecord {
    /// Who wrote each word of the newest revision: spans in order, which cover all tokens.
    ///
    /// - Complexity: O(tokens + tokens of all instances).
    public func authorship() -> [AuthoredSpan] {
        let history = history.settled()
        var owners: [TokenID: StatementKey] = [:]
        for (key, instance) in instances where state(of: key).isAlive {
            for token in instance.tokens.identities { owners[token] = key }
        }
        var spans: [AuthoredSpan] = []
        for (token, range) in zip(history.tokensOfNewest, ranges) {
            let foreign = foreignCopy(of: token)
            let span = AuthoredSpan(
                range: range, revision: history.origin(of: token), contributor: contributor(of: token),
                statement: owners[token],
                copiedFrom: history.copiedFrom(token).map { contributor(of: $0) } ?? foreign?.contributor,
                copiedArticle: foreign?.article)
            if let last = spans.last, last.revision == span.revision, last.statement == span.statement,
                last.copiedFrom == span.copiedFrom, last.copiedArticle == span.copiedArticle
            {
                spans[spans.count - 1].range = TextRange(last.range.start, range.end)
            } else {
                spans.append(span)
            }
        }
        return spans
    }
}

/// What a contributor has done for an article, or for several.
public struct Credit: Hashable, Sendable {
    /// Who.
    public var contributor: Contributor
    /// Words of theirs that stand: runs of letters, numbers and underscores. Copies and mere changes of case are not
    /// counted here.
    public var liveWords = 0
    /// Words of theirs that stand and were copied from another's, here or in another article, or differ from what they replaced in case and
    /// diacritics alone.
    public var copiedWords = 0
    /// Revisions in which they brought words in.
    public var edits = 0
    /// Of those, the ones of which words still stood after five later revisions by other people, or stand now.
    public var survivedEdits = 0
    /// Statements of the machine that they rejected, or took out, and that stayed away; that they vouched for.
    public var curation = 0

    /// How many later revisions by other people an edit must survive.
    static let votes = 5

    /// All words of theirs that stand.
    public var words: Int { liveWords + copiedWords }

    /// Nothing yet.
    public init(contributor: Contributor) {
        self.contributor = contributor
    }

    /// Adds what the same contributor did elsewhere.
    public mutating func add(_ other: Credit) {
        liveWords += other.liveWords
        copiedWords += other.copiedWords
        edits += other.edits
        survivedEdits += other.survivedEdits
        curation += other.curation
    }
}

extension ArticleRecord {
    /// What each contributor has done: people first, by words; the machine's runs as a class of their own behind them.
    /// The words add up to those of the page.
    ///
    /// A person's deletion of a statement and a rejection count as curation once each statement, while they hold.
    public func credits() -> [Credit] {
        let history = history.settled()
        var credits: [Contributor: Credit] = [:]
        func change(_ contributor: Contributor, _ body: (inout Credit) -> Void) {
            body(&credits[contributor, default: Credit(contributor: contributor)])
        }
        var liveRevisions: Set<Int> = []
        for token in history.tokensOfNewest where Self.isWord(history.string(of: token)) {
            let isCopy =
                history.copiedFrom(token) != nil || history.variantOf(token) != nil
                || foreignCopy(of: token) != nil
            liveRevisions.insert(history.origin(of: token))
            change(contributor(of: token)) {
                if isCopy { $0.copiedWords += 1 } else { $0.liveWords += 1 }
            }
        }
        var broughtIn: Set<Int> = []
        for token in 0..<history.tokenCount { broughtIn.insert(history.origin(of: TokenID(Int32(token)))) }
        for revision in broughtIn {
            let contributor = contributors[revision - 1]
            change(contributor) { $0.edits += 1 }
            if liveRevisions.contains(revision) || hasSurvived(revision) {
                change(contributor) { $0.survivedEdits += 1 }
            }
        }
        var rejected: [StatementKey: Set<Contributor>] = [:]
        var curated: [StatementKey: Set<Contributor>] = [:]
        for decision in decisions where decision.contributor.kind == .person {
            switch decision.verb {
            case .reject: rejected[decision.key, default: []].insert(decision.contributor)
            case .unreject: rejected[decision.key] = nil
            case .adopt: curated[decision.key, default: []].insert(decision.contributor)
            default: break
            }
        }
        curated.merge(rejected) { $0.union($1) }
        for (key, instance) in instances where state(of: key) == .goneHuman {
            let removers = core(of: instance).compactMap { history.lastRemoval(of: $0) }
                .map { contributors[$0 - 1] }.filter { $0.kind == .person }
            curated[key, default: []].formUnion(removers)
        }
        for contributor in curated.values.flatMap({ $0 }) { change(contributor) { $0.curation += 1 } }
        return credits.values.sorted(by: Self.precedes)
    }

    /// Whether words of a revision stood in the fifth later one by other people; machines have no vote.
    private func hasSurvived(_ revision: Int) -> Bool {
        let author = contributors[revision - 1]
        let later = Array(
            contributors.indices.dropFirst(revision).lazy.filter {
                contributors[$0].isHuman && contributors[$0] != author
            }.prefix(Credit.votes))
        guard later.count == Credit.votes, let last = later.last else { return false }
        return history.tokens(ofRevision: last + 1).contains {
            history.origin(of: $0) == revision && Self.isWord(history.string(of: $0))
        }
    }

    /// How many words the newest revision has.
    public var wordCount: Int { history.tokensOfNewest.count { Self.isWord(history.string(of: $0)) } }

    /// People before all others, then by words, then by name.
    public static func precedes(_ one: Credit, _ other: Credit) -> Bool {
        let (left, right) = (one.contributor, other.contributor)
        if (left.kind == .person) != (right.kind == .person) { return left.kind == .person }
        if one.words != other.words { return one.words > other.words }
        if one.curation != other.curation { return one.curation > other.curation }
        return (left.kind.rawValue, left.name) < (right.kind.rawValue, right.name)
    }

    /// Whether a token is a word: letters, numbers, marks and underscores.
    static func isWord(_ string: String) -> Bool {
        guard let first = string.unicodeScalars.first else { return false }
        switch first.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            return true
        default: return first == "_"
        }
    }
}
