import Corpus

/// The nightly merge: what tonight's evidence changes in an article as it stands, people's work untouched.
///
/// No text is compared with text: which words are a statement's is known by the identities of its tokens, and so is who
/// took them away. What a person wrote is never moved, changed or taken out; what a person took out never comes back;
/// what a person changed is only marked. A heading is treated as a statement is.
///
/// The outcome depends on the article, the candidates and the settings alone, not on the order of the candidates; and
/// merging the same candidates a second time changes nothing.
public struct ArticleMerge: Sendable {
    /// The title in Markdown, without `# `.
    public var title: String
    /// The sections in order, with their headings in Markdown, without `## `.
    public var sections: [(id: SectionID, heading: String)]
    /// The digest of dictionary, rules and program: what an undone run's statements wait for to change.
    public var digest: String
    /// Why the evidence of papers has gone, where it is known.
    public var reasons: [PMID: WithdrawalReason]
    /// The share of words from which on two sentences of a paper say the same.
    public var similarity = 0.8

    /// Makes a merge.
    public init(
        title: String, sections: [(id: SectionID, heading: String)], digest: String,
        reasons: [PMID: WithdrawalReason] = [:]
    ) {
        self.title = title
        self.sections = sections
        self.digest = digest
        self.reasons = reasons
    }

    /// What is to be done with an article.
    ///
    /// - Parameters:
    ///   - candidates: The statements that tonight's evidence supports, in any order; what is not among them is
    ///     supported no more.
    ///   - record: The article as it stands.
    /// - Complexity: O(length of the text + statements · words of the statements of their papers).
    public func plan(_ candidates: [MergeCandidate], for record: ArticleRecord) -> MergePlan {
        var round = MergeRound(self, record, candidates)
        return round.run()
    }
}

/// One merge under way.
struct MergeRound {
    private let merge: ArticleMerge
    private let record: ArticleRecord
    private let candidates: [MergeCandidate]
    private let tonight: Set<StatementKey>
    private let outline: ArticleOutline
    private let policy: ArticleRecord.MachinePolicy
    private var states: [StatementKey: StatementState] = [:]

    private var outcomes: [StatementKey: MergeOutcome] = [:]
    private var changes: [MergePlan.Change] = []
    private var evidence: [StatementKey: EvidenceID] = [:]
    /// What goes: statements that stand in one piece.
    private var leaving: Set<StatementKey> = []
    /// What is put into each section, in order, with its old tokens if it had any.
    private var entering: [SectionID: [MergeWriter.Entry]] = [:]
    /// What takes the place of what.
    private var successors: [StatementKey: MergeWriter.Entry] = [:]
    private var page: [UInt8]?
    private var enteringWords: Set<String> = []
    /// The statements that ever stood, by paper.
    private var ofPaper: [PMID: [StatementKey]] = [:]
    /// The words of statements that candidates were compared with.
    private let wordCounts = WordCounts()

    /// How often each word occurs in statements; a class, so that a question can remember its answer.
    private final class WordCounts {
        var known: [StatementKey: [String: Int]] = [:]
    }

    init(_ merge: ArticleMerge, _ record: ArticleRecord, _ candidates: [MergeCandidate]) {
        self.merge = merge
        self.record = record
        let order = Dictionary(
            merge.sections.enumerated().map { ($0.element.id, $0.offset) },
            uniquingKeysWith: { one, _ in one })
        var seen: Set<StatementKey> = []
        let sections = candidates.map { order[$0.section] ?? .max }
        func precedes(_ left: Int, _ right: Int) -> Bool {
            if sections[left] != sections[right] { return sections[left] < sections[right] }
            let (one, other) = (candidates[left], candidates[right])
            if one.rank != other.rank { return one.rank < other.rank }
            if one.pmid != other.pmid { return one.pmid < other.pmid }
            if one.key != other.key { return one.key < other.key }
            return (one.standing, one.section.rawValue) < (other.standing, other.section.rawValue)
        }
        // They mostly come in that order.
        let isOrdered = candidates.indices.dropFirst().allSatisfy { precedes($0 - 1, $0) }
        let sorted =
            isOrdered ? candidates : candidates.indices.sorted(by: precedes).map { candidates[$0] }
        self.candidates = sorted.filter { seen.insert($0.key).inserted }
        tonight = seen
        outline = ArticleOutline(record)
        policy = record.machinePolicy
        for key in record.instances.keys.sorted() {
            states[key] = record.state(of: key)
            if let pmid = record.instances[key]?.pmid { ofPaper[pmid, default: []].append(key) }
        }
    }

    mutating func run() -> MergePlan {
        withdraw()
        // First what stands, since it decides what there is room for.
        let standing = candidates.filter { states[$0.key]?.isAlive ?? false || record.isRejected($0.key) }
        for candidate in standing { outcomes[candidate.key] = decide(candidate) }
        for candidate in candidates where outcomes[candidate.key] == nil {
            outcomes[candidate.key] = decide(candidate)
        }
        withdrawReplaced()
        return plan()
    }

    // MARK: - Deciding

    private mutating func decide(
        _ verb: StatementDecision.Verb, _ key: StatementKey, _ reason: WithdrawalReason? = nil,
        note: String = ""
    ) {
        changes.append(MergePlan.Change(key: key, verb: verb, reason: reason?.rawValue ?? "", note: note))
    }

    /// Whether a statement stays as it is until dictionary, rules or program change.
    private func isHeld(_ key: StatementKey) -> Bool { record.heldDigest(of: key) == merge.digest }

    /// Takes out, or marks, what tonight's evidence no longer supports; but for what a new version of it may replace.
    private mutating func withdraw() {
        guard policy != .off else { return }
        for key in record.instances.keys.sorted() where !tonight.contains(key) && !isHeld(key) {
            guard let instance = record.instances[key], states[key] == .touched else { continue }
            let reason = merge.reasons[instance.pmid] ?? .unsupported
            if record.flag(of: key) != reason.rawValue { decide(.flag, key, reason) }
        }
    }

    /// Takes out what is not supported and was not replaced.
    private mutating func withdrawReplaced() {
        guard policy != .off else { return }
        for key in record.instances.keys.sorted()
        where !tonight.contains(key) && states[key] == .intact && !isHeld(key) && successors[key] == nil {
            leaving.insert(key)
            decide(.withdraw, key, record.instances[key].flatMap { merge.reasons[$0.pmid] } ?? .unsupported)
        }
    }

    private mutating func decide(_ candidate: MergeCandidate) -> MergeOutcome {
        let key = candidate.key
        let state = states[key] ?? .absent
        if record.isRejected(key) {
            if state == .intact, policy != .off {
                leaving.insert(key)
                decide(.withdraw, key, .rejected)
            }
            return .rejected
        }
        switch state {
        case .goneHuman: return .tombstone
        case .intact, .touched: return stay(candidate, state)
        case .absent, .goneMachine, .superseded: return enter(candidate, state)
        }
    }

    private mutating func stay(_ candidate: MergeCandidate, _ state: StatementState) -> MergeOutcome {
        let key = candidate.key
        if record.flag(of: key) != nil { decide(.unflag, key) }
        if record.instances[key]?.evidence != candidate.evidence { evidence[key] = candidate.evidence }
        guard candidate.standing >= .displaced, state == .intact, policy == .on, !isHeld(key) else {
            return .present
        }
        leaving.insert(key)
        decide(.withdraw, key, candidate.standing == .displaced ? .displaced : .quoted)
        return .displaced
    }

    private mutating func enter(_ candidate: MergeCandidate, _ state: StatementState) -> MergeOutcome {
        let key = candidate.key
        if isHeld(key) { return .held(.undone) }
        if policy != .on { return .held(.policy) }
        // Of a paper of which nothing ever stood, nothing is alike.
        let hasOthers = ofPaper[candidate.pmid] != nil
        if hasOthers,
            let other = alike(candidate, where: { states[$0]?.isAlive == true && !leaving.contains($0) })
        {
            // The abstract was revised: the new wording takes the place of the old one, even if the ranking would not
            // put it in.
            guard !tonight.contains(other), successors[other] == nil else { return .held(.similar) }
            guard candidate.standing < .displaced else { return .held(.ranking) }
            guard states[other] == .intact, !isHeld(other), !hasTombstone(like: candidate) else {
                if states[other] == .touched {
                    changes.removeAll { $0.key == other && $0.verb == .flag }
                    if record.flag(of: other) != WithdrawalReason.changed.rawValue {
                        decide(.flag, other, .changed)
                    }
                }
                return .held(.similar)
            }
            // What it gave way to gives way to it: its own words, some of which the other one has, come back.
            let isBack = state == .goneMachine || record.standing(of: key).successor == other
            successors[other] = MergeWriter.Entry(candidate, isReinstated: isBack)
            decide(.supersede, other, .changed, note: key.hex)
            if state != .absent { decide(.reinstate, key) }
            return .superseding(other)
        }
        guard candidate.standing == .wanted else { return .held(.ranking) }
        if state == .absent || state == .superseded {
            if hasOthers, hasTombstone(like: candidate) { return .suppressedSimilar }
        }
        let words = StatementKey.folded(candidate.sentence)
        if state == .absent || state == .superseded, stands(words) { return .presentDuplicate }
        guard outline.hasPlace(for: candidate.section, in: merge) else { return .held(.noSection) }
        enteringWords.insert(words)
        entering[candidate.section, default: []].append(
            MergeWriter.Entry(candidate, isReinstated: state == .goneMachine))
        if state != .absent { decide(.reinstate, key) }
        return state == .goneMachine ? .reinstated : .inserted
    }

    // MARK: - Likeness

    /// A statement of the same paper that says nearly the same; the first of several by key.
    private func alike(_ candidate: MergeCandidate, where isWanted: (StatementKey) -> Bool) -> StatementKey? {
        let others = (ofPaper[candidate.pmid] ?? []).filter { $0 != candidate.key && isWanted($0) }
        guard !others.isEmpty else { return nil }
        let words = Self.words(
            of: StatementLine(sentence: candidate.sentence, pmids: [candidate.pmid]).bullet)
        return others.first { other in
            guard let instance = record.instances[other] else { return false }
            let known =
                wordCounts.known[other]
                ?? Self.counts(
                    record.core(of: instance).dropLast().lazy.map { record.history.string(of: $0) })
            wordCounts.known[other] = known
            return Self.containment(words, known) >= merge.similarity
        }
    }

    private func hasTombstone(like candidate: MergeCandidate) -> Bool {
        alike(candidate) { states[$0] == .goneHuman || record.isRejected($0) } != nil
    }

    /// The words of a bullet, without dash and citation, with how often each occurs.
    private static func words(of bullet: String) -> [String: Int] {
        counts(strings(of: bullet).dropFirst().filter { !$0.hasPrefix("[@") })
    }

    private static func counts(_ strings: some Sequence<String>) -> [String: Int] {
        strings.reduce(into: [:]) { counts, string in
            if !string.hasPrefix("[@") { counts[string, default: 0] += 1 }
        }
    }

    static func strings(of text: String) -> [String] {
        let bytes = text.utf8
        return ArticleTokenizer.tokens(in: text).map {
            String(decoding: bytes[from: $0.start, to: $0.end], as: UTF8.self)
        }
    }

    /// The share of the shorter one's words that the other one has too.
    private static func containment(_ one: [String: Int], _ other: [String: Int]) -> Double {
        let shared = one.reduce(0) { $0 + min($1.value, other[$1.key] ?? 0) }
        let least = min(one.values.reduce(0, +), other.values.reduce(0, +))
        return least == 0 ? 0 : Double(shared) / Double(least)
    }

    /// Whether the words of a candidate, folded, stand in the article already, whoever wrote them, or are put in tonight.
    private mutating func stands(_ folded: String) -> Bool {
        if enteringWords.contains(folded) { return true }
        if page == nil { page = Array(StatementKey.folded(textThatStays()).utf8) }
        guard let page, !page.isEmpty else { return false }
        let (quoted, _) = StatementLine.splitStop(folded)
        return Self.holds(page, Array(MarkdownText.escaped(quoted).utf8))
    }

    /// The text without the statements that go, or may go since nothing supports them.
    private func textThatStays() -> String {
        var assembly = TextAssembly(record)
        for (key, instance) in record.instances where states[key] == .intact {
            guard leaving.contains(key) || !tonight.contains(key) && !isHeld(key) && policy != .off,
                let first = record.core(of: instance).first.flatMap({ record.history.place(of: $0) }),
                let last = record.core(of: instance).last.flatMap({ record.history.place(of: $0) })
            else { continue }
            assembly.replace(TextRange(record.ranges[first].start, record.ranges[last].end))
        }
        return assembly.result().text
    }

    private static func holds(_ page: [UInt8], _ words: [UInt8]) -> Bool {
        guard let first = words.first, words.count <= page.count else { return false }
        var start = 0
        while let found = page[start...(page.count - words.count)].firstIndex(of: first) {
            if page[found..<(found + words.count)].elementsEqual(words) { return true }
            start = found + 1
            if start > page.count - words.count { return false }
        }
        return false
    }

    // MARK: - Writing

    private mutating func plan() -> MergePlan {
        var plan = MergePlan(
            record, merge, outline, leaving: leaving, successors: successors, entries: entering)
        plan.outcomes = outcomes
        plan.evidence = evidence
        plan.decisions = changes.sorted { ($0.key, $0.verb.rawValue) < ($1.key, $1.verb.rawValue) }
        return plan
    }
}

extension MergePlan {
    /// The text that comes of what goes and comes, with all that is known of it.
    init(
        _ record: ArticleRecord, _ merge: ArticleMerge, _ outline: ArticleOutline, leaving: Set<StatementKey>,
        successors: [StatementKey: MergeWriter.Entry], entries: [SectionID: [MergeWriter.Entry]]
    ) {
        if record.history.revisionCount == 0 {
            self.init(FirstText(merge, entries))
        } else {
            self.init(
                changing: record, merge, outline, leaving: leaving, successors: successors, entries: entries)
        }
    }

    /// What makes another text of an article.
    private init(
        changing record: ArticleRecord, _ merge: ArticleMerge, _ outline: ArticleOutline,
        leaving: Set<StatementKey>, successors: [StatementKey: MergeWriter.Entry],
        entries: [SectionID: [MergeWriter.Entry]]
    ) {
        var writer = MergeWriter(merge: merge, record: record, outline: outline)
        let assembly = writer.write(leaving: leaving, successors: successors, entries: entries)
        let (text, identities, places) = assembly.result()
        base = record.history.revisionCount
        isChanged = identities != record.history.tokensOfNewest.map(Optional.some)
        self.text = isChanged ? text : record.text
        self.identities = identities
        insertions = (entries.values.flatMap { $0 } + successors.values).compactMap { entry in
            places[.statement(entry.key)].map {
                Insertion(
                    key: entry.key, evidence: entry.evidence, section: entry.section, pmid: entry.pmid,
                    tokens: $0)
            }
        }.sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
        for (label, range) in places {
            if case .heading(let section) = label { headings[section] = range }
        }
    }

    /// What makes an article of its first text.
    private init(_ first: FirstText) {
        let tokens = ArticleTokens(first.bytes)
        base = 0
        isChanged = tokens.count > 0
        text = isChanged ? String(decoding: first.bytes, as: UTF8.self) : ""
        identities = Array(repeating: nil, count: tokens.count)
        insertions.reserveCapacity(first.lines.count)
        var token = 0
        for line in first.lines {
            while token < tokens.count, tokens.starts[token] < line.range.lowerBound { token += 1 }
            let start = token
            while token < tokens.count, tokens.ends[token] <= line.range.upperBound { token += 1 }
            switch line.content {
            case .heading(let section): headings[section] = start..<token
            case .statement(let entry):
                insertions.append(
                    Insertion(
                        key: entry.key, evidence: entry.evidence, section: entry.section, pmid: entry.pmid,
                        tokens: start..<token))
            }
        }
    }
}
