import Corpus

/// A statement that tonight's evidence supports.
public struct MergeCandidate: Hashable, Sendable {
    /// What the ranking says of it.
    public enum Standing: Int, Hashable, Sendable, Comparable {
        /// It is to be shown.
        case wanted
        /// It need not be put in, but what stands may stay.
        case supported
        /// A better one takes its place.
        case displaced
        /// Its abstract would be quoted too much.
        case overQuoted

        /// The order in which they are declared.
        public static func < (one: Standing, other: Standing) -> Bool { one.rawValue < other.rawValue }
    }

    /// The statement.
    public var key: StatementKey
    /// The evidence for it.
    public var evidence: EvidenceID
    /// Where it is to stand.
    public var section: SectionID
    /// The paper.
    public var pmid: PMID
    /// The exact sentence.
    public var sentence: String
    /// Its place among the candidates of its section, the best first.
    public var rank: Int
    /// What the ranking says of it.
    public var standing: Standing

    /// Makes a candidate.
    public init(
        key: StatementKey, evidence: EvidenceID, section: SectionID, pmid: PMID, sentence: String, rank: Int,
        standing: Standing = .wanted
    ) {
        self.key = key
        self.evidence = evidence
        self.section = section
        self.pmid = pmid
        self.sentence = sentence
        self.rank = rank
        self.standing = standing
    }
}

/// What becomes of a candidate: every one has exactly one outcome.
public enum MergeOutcome: Hashable, Sendable {
    /// It is put in.
    case inserted
    /// It is put in again, with the tokens that it had.
    case reinstated
    /// It takes the place of the same sentence of an older version of the abstract.
    case superseding(StatementKey)
    /// It stands already.
    case present
    /// Its words stand already, by another statement or a person.
    case presentDuplicate
    /// A person took it away.
    case tombstone
    /// A person rejected it.
    case rejected
    /// A person took away or rejected a sentence of the same paper that says nearly the same.
    case suppressedSimilar
    /// It is taken out: a better one takes its place, or its abstract is quoted too much.
    case displaced
    /// It waits.
    case held(HoldReason)

    /// Why a candidate waits.
    public enum HoldReason: String, Hashable, Sendable, CaseIterable {
        /// The ranking does not show it.
        case ranking
        /// The section, or the title, was taken away.
        case noSection
        /// The machine may not change the article.
        case policy
        /// Its run was undone, and neither dictionary nor rules nor program has changed since.
        case undone
        /// A sentence of the same paper that says nearly the same stands already.
        case similar
    }
}

/// What a merge does to an article: the new text with the identities of its tokens, what was put in and taken out,
/// and what was decided.
public struct MergePlan: Hashable, Sendable {
    /// A statement that is put in, or put in again.
    public struct Insertion: Hashable, Sendable {
        /// The statement.
        public var key: StatementKey
        /// The evidence.
        public var evidence: EvidenceID
        /// Where it stands.
        public var section: SectionID
        /// The paper.
        public var pmid: PMID
        /// Its tokens among those of the new text.
        public var tokens: Range<Int>
    }

    /// A decision that the merge takes.
    public struct Change: Hashable, Sendable {
        /// The statement.
        public var key: StatementKey
        /// What is done.
        public var verb: StatementDecision.Verb
        /// Why.
        public var reason: String
        /// What else is to be known.
        public var note: String
    }

    /// The revision that it is planned on: the newest one, 0 where there is none.
    public var base: Int
    /// The text.
    public var text: String
    /// One entry a token: its identity, or nil for a new one.
    public var identities: [TokenID?]
    /// Whether the tokens differ from those of the newest revision: only then is there a new one.
    public var isChanged: Bool
    /// What becomes of each candidate.
    public var outcomes: [StatementKey: MergeOutcome] = [:]
    /// What is put in, in the order of the text.
    public var insertions: [Insertion] = []
    /// The headings that are written, by section, with their tokens among those of the new text.
    public var headings: [SectionID: Range<Int>] = [:]
    /// The statements whose evidence has another identifier now: a new version of the citation, say.
    public var evidence: [StatementKey: EvidenceID] = [:]
    /// What is decided, in a fixed order.
    public var decisions: [Change] = []

    /// The statements that are taken out, with the reasons.
    public var withdrawals: [(key: StatementKey, reason: WithdrawalReason)] {
        decisions.compactMap { change in
            change.verb == .withdraw
                ? (change.key, WithdrawalReason(rawValue: change.reason) ?? .unsupported) : nil
        }
    }
}
