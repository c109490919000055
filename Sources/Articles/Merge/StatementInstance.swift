import Corpus

/// A statement as it was put into an article: which tokens it is.
public struct StatementInstance: Hashable, Sendable {
    /// The statement.
    public var key: StatementKey
    /// The section that the machine put it in.
    public var section: SectionID
    /// The evidence for it.
    public var evidence: EvidenceID
    /// The paper.
    public var pmid: PMID
    /// The revision that put it in.
    public var revision: Int
    /// Its tokens in order: the dash of its bullet, the words, the citation.
    public var tokens: TokenRuns

    /// Makes an instance.
    public init(
        key: StatementKey, section: SectionID, evidence: EvidenceID, pmid: PMID, revision: Int,
        tokens: TokenRuns
    ) {
        self.key = key
        self.section = section
        self.evidence = evidence
        self.pmid = pmid
        self.revision = revision
        self.tokens = tokens
    }
}

/// How a statement stands in the newest revision. It is derived from which of its tokens are alive and from who took
/// the others away: there is no mark in the text.
public enum StatementState: String, Hashable, Sendable, CaseIterable {
    /// It was never put in.
    case absent
    /// It stands as the machine wrote it, in one piece.
    case intact
    /// Some of it stands: a person has changed it. Or a person vouches for it.
    case touched
    /// Nothing of it stands, and a person took some of it away: it never comes back.
    case goneHuman
    /// Nothing of it stands, and only the machine took it away.
    case goneMachine
    /// It gave way to the same sentence of a revised abstract.
    case superseded

    /// Whether it stands in the article.
    public var isAlive: Bool { self == .intact || self == .touched }
}
