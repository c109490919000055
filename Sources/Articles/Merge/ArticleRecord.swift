import Corpus

/// An article with its history: the texts' tokens with their identities, who saved each revision, what the machine put
/// in, and what was decided about it.
///
/// All that a page, the nightly merge and credit need to know is derived from this; a store keeps its parts.
public struct ArticleRecord: Sendable {
    /// What the article is about.
    public let entity: EntityID
    /// The text of the newest revision; empty when there is none.
    public private(set) var text = ""
    /// The tokens of all revisions.
    public private(set) var history = TokenHistory()
    /// Who saved each revision, from the first.
    public private(set) var contributors: [Contributor] = []
    /// What the machine put in: the newest instance of each statement.
    public private(set) var instances: [StatementKey: StatementInstance] = [:]
    /// The tokens of the headings that the machine wrote, by section; that of ``SectionID/title`` is the title.
    public private(set) var headings: [SectionID: TokenRuns] = [:]
    /// What was decided, in order.
    public private(set) var decisions: [StatementDecision] = []
    /// What was copied from other articles, in order.
    public private(set) var foreignCopies: [ForeignCopy] = []
    /// Whether the machine may change it.
    public var machinePolicy = MachinePolicy.on

    private var standings: [StatementKey: StatementStanding] = [:]
    /// By token, the place among the copies from other articles.
    private var foreignSources: [TokenID: Int] = [:]
    /// Where the newest revision's tokens stand in the text.
    private(set) var ranges: [TextRange] = []

    /// What the machine may do with an article.
    public enum MachinePolicy: String, Hashable, Sendable, CaseIterable {
        /// Put statements in and take its own out.
        case on
        /// Only take out what has lost its evidence.
        case paused
        /// Nothing.
        case off
    }

    /// A revision as a store has it.
    public struct StoredRevision: Sendable {
        /// The text.
        public var text: String
        /// The identities of its tokens.
        public var tokens: TokenRuns
        /// Who saved it.
        public var contributor: Contributor

        /// Makes a revision.
        public init(text: String, tokens: TokenRuns, contributor: Contributor) {
            self.text = text
            self.tokens = tokens
            self.contributor = contributor
        }
    }

    /// Makes an article that has no revision yet.
    public init(entity: EntityID) {
        self.entity = entity
    }

    /// Takes an article from a store.
    ///
    /// - Parameters:
    ///   - entity: What it is about.
    ///   - revisions: Its revisions, oldest first.
    ///   - instances: What the machine put in; of two of one statement the one of the later revision counts.
    ///   - headings: The headings that the machine wrote.
    ///   - decisions: What was decided, oldest first.
    ///   - foreignCopies: What was copied from other articles, oldest first.
    ///   - machinePolicy: Whether the machine may change it.
    /// - Complexity: O(length of all texts).
    /// - Throws: `TokenHistoryError` where identities do not fit a text.
    public init(
        entity: EntityID, revisions: some Sequence<StoredRevision>,
        instances: some Sequence<StatementInstance>,
        headings: [SectionID: TokenRuns], decisions: [StatementDecision], foreignCopies: [ForeignCopy] = [],
        machinePolicy: MachinePolicy
    ) throws(TokenHistoryError) {
        self.entity = entity
        for revision in revisions {
            try history.replay(revision.text, revision.tokens)
            contributors.append(revision.contributor)
            text = revision.text
        }
        ranges = history.ranges ?? ArticleTokenizer.tokens(in: text)
        for instance in instances.sorted(by: { $0.revision < $1.revision }) {
            try history.check(instance.tokens, revision: instance.revision)
            self.instances[instance.key] = instance
        }
        for tokens in headings.values { try history.check(tokens, revision: history.revisionCount) }
        self.headings = headings
        self.machinePolicy = machinePolicy
        for decision in decisions { take(decision) }
        for copy in foreignCopies {
            try history.check(copy.tokens, revision: history.revisionCount)
            take(copy)
        }
    }

    /// A copy with other parts than its own: for tests of the merge with faults.
    package func replacing(
        contributors: [Contributor], instances: [StatementInstance], headings: [SectionID: TokenRuns]
    ) -> ArticleRecord {
        var copy = self
        copy.contributors = contributors
        copy.instances = Dictionary(instances.map { ($0.key, $0) }, uniquingKeysWith: { _, last in last })
        copy.headings = headings
        return copy
    }

    // MARK: - Changing it

    /// Saves a text that a person wrote, or a program brought from elsewhere; who wrote each word is inferred.
    ///
    /// - Returns: the identities of its tokens; nil where the text is what it was, and nothing is saved.
    @discardableResult public mutating func save(_ text: String, by contributor: Contributor) -> TokenRuns? {
        if text == self.text, history.revisionCount > 0, text.utf8.elementsEqual(self.text.utf8) {
            return nil
        }
        let runs = history.save(text)
        append(text, by: contributor)
        return runs
    }

    /// Carries out what a merge has planned for this very revision.
    ///
    /// - Returns: the identities of the new revision's tokens; nil where the text stays.
    /// - Throws: `TokenHistoryError` when the plan was made for another revision; then nothing has changed.
    @discardableResult public mutating func apply(
        _ plan: MergePlan, by contributor: Contributor
    ) throws(TokenHistoryError) -> TokenRuns? {
        guard plan.base == history.revisionCount else {
            throw TokenHistoryError(.base(planned: plan.base), revision: history.revisionCount + 1)
        }
        var runs: TokenRuns?
        if plan.isChanged {
            let written = try history.write(plan.text, identities: plan.identities)
            append(plan.text, by: contributor)
            runs = written
            for insertion in plan.insertions {
                instances[insertion.key] = StatementInstance(
                    key: insertion.key, section: insertion.section, evidence: insertion.evidence,
                    pmid: insertion.pmid, revision: history.revisionCount,
                    tokens: written.part(insertion.tokens))
            }
            for (section, range) in plan.headings { headings[section] = written.part(range) }
        }
        for (key, evidence) in plan.evidence { instances[key]?.evidence = evidence }
        for change in plan.decisions {
            take(
                StatementDecision(
                    key: change.key, verb: change.verb, reason: change.reason, contributor: contributor,
                    note: change.note, revision: plan.isChanged ? history.revisionCount : nil))
        }
        return runs
    }

    /// Notes a decision.
    public mutating func take(_ decision: StatementDecision) {
        decisions.append(decision)
        standings[decision.key, default: StatementStanding()].take(decision)
    }

    /// Notes that words were copied from another article.
    mutating func take(_ copy: ForeignCopy) {
        for token in copy.tokens.identities { foreignSources[token] = foreignCopies.count }
        foreignCopies.append(copy)
    }

    /// The copy from another article that a token belongs to; nil where it is none.
    public func foreignCopy(of token: TokenID) -> ForeignCopy? {
        foreignSources[token].map { foreignCopies[$0] }
    }

    private mutating func append(_ text: String, by contributor: Contributor) {
        self.text = text
        contributors.append(contributor)
        ranges = history.ranges ?? ArticleTokenizer.tokens(in: text)
    }

    // MARK: - Reading it

    /// How a statement stands.
    ///
    /// - Complexity: O(number of its tokens).
    public func state(of key: StatementKey) -> StatementState {
        guard let instance = instances[key] else { return .absent }
        let standing = standing(of: key)
        if standing.successor != nil { return .superseded }
        if let places = firstPlaces(of: instance) {
            return !standing.isAdopted && isOneParagraph(places.lowerBound, places.upperBound - 1)
                ? .intact : .touched
        }
        let core = core(of: instance)
        let places = core.compactMap { history.place(of: $0) }
        if places.isEmpty {
            return core.contains { isTakenByPerson($0) } ? .goneHuman : .goneMachine
        }
        let isWhole =
            places.count == core.count && zip(places, places.dropFirst()).allSatisfy { $0 + 1 == $1 }
        guard isWhole, !standing.isAdopted, !isBroughtBack(core), let first = places.first,
            let last = places.last
        else { return .touched }
        return isOneParagraph(first, last) ? .intact : .touched
    }

    /// Whether a person has rejected a statement and nobody has taken it back.
    public func isRejected(_ key: StatementKey) -> Bool { standing(of: key).isRejected }

    /// Whether a person vouches for a statement.
    public func isAdopted(_ key: StatementKey) -> Bool { standing(of: key).isAdopted }

    /// Why a statement that a person has changed is marked; nil when it is not.
    public func flag(of key: StatementKey) -> String? { standing(of: key).flag }

    /// The digest under which a statement is held as it is.
    public func heldDigest(of key: StatementKey) -> String? { standing(of: key).heldDigest }

    /// The place of the first token of a statement that stands, among the newest revision's; nil when none does.
    public func firstPlace(of key: StatementKey) -> Int? {
        instances[key].flatMap { instance in
            firstPlaces(of: instance)?.lowerBound
                ?? core(of: instance).lazy.compactMap { history.place(of: $0) }.min()
        }
    }

    /// The words of a statement as they stand in the newest text, from the first to the last that is alive; nil when none
    /// is.
    public func text(of key: StatementKey) -> String? {
        guard let instance = instances[key] else { return nil }
        let places = core(of: instance).compactMap { history.place(of: $0) }
        guard let first = places.min(), let last = places.max() else { return nil }
        let bytes = text.utf8[from: ranges[first].start, to: ranges[last].end]
        return String(decoding: Array(bytes), as: UTF8.self)
    }

    /// The words of a statement in the text of the revision that put it in.
    public func text(of instance: StatementInstance, in text: String, ofRevision revision: Int) -> String? {
        let tokens = history.tokens(ofRevision: revision)
        let ranges = ArticleTokenizer.tokens(in: text)
        let core = core(of: instance)
        guard tokens.count == ranges.count, let first = core.first.flatMap({ tokens.firstIndex(of: $0) }),
            let last = core.last.flatMap({ tokens.firstIndex(of: $0) }), first <= last
        else { return nil }
        let bytes = text.utf8[from: ranges[first].start, to: ranges[last].end]
        return String(decoding: Array(bytes), as: UTF8.self)
    }

    /// The words of a heading that the machine wrote, without its signs.
    public func words(ofHeading section: SectionID) -> String {
        let strings = headings[section]?.identities.map { history.string(of: $0) } ?? []
        return strings.drop { $0 == "#" }.joined(separator: " ")
    }

    /// A plan that takes statements out that stand in one piece, and nothing else: what a person's rejection does.
    public func planRemoving(_ keys: Set<StatementKey>) -> MergePlan {
        let merge = ArticleMerge(title: "", sections: [], digest: "")
        var copy = self
        // Only what is asked for: headings keep their words.
        copy.machinePolicy = .paused
        return MergePlan(
            copy, merge, ArticleOutline(copy), leaving: keys.filter { state(of: $0) == .intact },
            successors: [:],
            entries: [:])
    }

    /// What changed since an earlier record of the same article, word by word.
    public func difference(from earlier: ArticleRecord) -> TokenDiff {
        func tokens(_ record: ArticleRecord) -> [TokenDiff.Token] {
            zip(record.history.tokensOfNewest, record.ranges).map {
                TokenDiff.Token(identity: $0.number, range: $1)
            }
        }
        return TokenDiff(old: earlier.text, oldTokens: tokens(earlier), new: text, newTokens: tokens(self))
    }

    func standing(of key: StatementKey) -> StatementStanding { standings[key] ?? StatementStanding() }

    /// Who brought a token in.
    public func contributor(of token: TokenID) -> Contributor { contributors[history.origin(of: token) - 1] }

    /// A statement's tokens without the dash of its bullet: what decides how it stands.
    func core(of instance: StatementInstance) -> ArraySlice<TokenID> {
        let tokens = instance.tokens.identities
        let isDash = tokens.first.map { history.isDash($0) } ?? false
        return tokens.dropFirst(isDash ? 1 : 0)
    }

    /// The places of a statement's core in an article of one revision, where it stands in one piece; nil in others.
    private func firstPlaces(of instance: StatementInstance) -> Range<Int>? {
        guard history.isFirst, instance.tokens.runs.count == 1, let run = instance.tokens.runs.first else {
            return nil
        }
        let start = Int(run.first.number) + (history.isDash(run.first) ? 1 : 0)
        let end = Int(run.first.number) + Int(run.count)
        return start < end ? start..<end : nil
    }

    /// Whether a token does not stand since a person took it away.
    func isTakenByPerson(_ token: TokenID) -> Bool {
        !history.isAlive(token)
            && (history.lastRemoval(of: token).map { contributors[$0 - 1].isHuman } ?? false)
    }

    /// Whether a person brought words back that the machine, or an undoing, had taken out: they vouch for them.
    private func isBroughtBack(_ core: ArraySlice<TokenID>) -> Bool {
        core.contains { token in
            guard let removal = history.lastRemoval(of: token), !contributors[removal - 1].isHuman,
                let back = history.returns(of: token).last
            else { return false }
            return contributors[back - 1].isHuman
        }
    }

    /// Whether no blank line stands between two tokens of the newest revision.
    private func isOneParagraph(_ first: Int, _ last: Int) -> Bool {
        let bytes = text.utf8Span.span
        var isLineBlank = false
        for place in ranges[first].start..<ranges[last].end {
            switch bytes[place] {
            case UInt8(ascii: "\n"):
                if isLineBlank { return false }
                isLineBlank = true
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
            default: isLineBlank = false
            }
        }
        return true
    }
}

extension SectionID {
    /// The title of an article, where headings are spoken of.
    public static let title = SectionID(rawValue: "title")
}

extension String.UTF8View {
    /// The bytes from one offset to another.
    subscript(from start: Int, to end: Int) -> Substring.UTF8View {
        self[index(startIndex, offsetBy: start)..<index(startIndex, offsetBy: end)]
    }
}
