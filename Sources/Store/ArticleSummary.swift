import Articles
import Corpus

/// A statement that an article shows.
public struct ShownStatement: Hashable, Sendable {
    /// The section it stands in.
    public var section: SectionID
    /// The evidence for it.
    public var evidence: EvidenceID
    /// The citation of the evidence.
    public var pmid: PMID
    /// The statement's key, which survives a new version of the citation: 64 hexadecimal digits.
    public var key: String
    /// The sentence, for the search index.
    public var text: String
    /// What is shown beside it: `negated`, `speculative`, `concern`, `erratum`. Words without spaces.
    public var marks: [String]

    /// Makes a statement.
    public init(
        section: SectionID, evidence: EvidenceID, pmid: PMID, key: String, text: String, marks: [String] = []
    ) {
        self.section = section
        self.evidence = evidence
        self.pmid = pmid
        self.key = key
        self.text = text
        self.marks = marks
    }
}

/// What came of writing articles.
public struct ArticleOutcome: Hashable, Sendable {
    /// Articles written for the first time, in the order of the drafts.
    public var created: [EntityID] = []
    /// Articles that have a new revision.
    public var revised: [EntityID] = []
    /// Articles whose text is what it was: no revision was written.
    public var unchanged: [EntityID] = []
    /// Articles that somebody else has changed since they were read: nothing of theirs was written.
    public var overtaken: [EntityID] = []

    /// Nothing written yet.
    public init() {}

    /// Adds what came of writing others.
    public mutating func add(_ other: ArticleOutcome) {
        created += other.created
        revised += other.revised
        unchanged += other.unchanged
        overtaken += other.overtaken
    }
}

/// An article, without its text.
public struct ArticleSummary: Hashable, Sendable {
    /// What it is about.
    public var entity: EntityID
    /// The kind of the entity.
    public var kind: EntityKind
    /// The entity's symbol or preferred term.
    public var name: String
    /// Its full name, where it differs.
    public var fullName: String?
    /// Its species.
    public var taxon: TaxonID?
    /// The article's title.
    public var title: String
    /// The number of its newest revision.
    public var head: Int
    /// How many statements it shows.
    public var statements: Int
}

/// A revision of an article, without its text.
public struct Revision: Hashable, Sendable {
    /// The article's entity.
    public var entity: EntityID
    /// The number, from 1, without gaps.
    public var number: Int
    /// The revision that it was made from.
    public var parent: Int?
    /// What it does.
    public var kind: RevisionRecord.Kind
    /// Who made it.
    public var contributor: Contributor
    /// The run, of a machine's revision.
    public var run: Int?
    /// When, in ISO 8601; nil for the machine's.
    public var time: String?
    /// What the contributor said about it.
    public var comment: String
    /// SHA-256 of the text: 64 hexadecimal digits.
    public var textSHA256: String
    /// The hash of the revision before it.
    public var previousHash: String?
    /// SHA-256 over the previous hash and this revision: `RevisionHash`.
    public var hash: String
}
