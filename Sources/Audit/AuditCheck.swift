import Articles
import Corpus
import Store
import TextMining

/// One thing that must hold, checked over all that is stored: one file a check.
///
/// A check looks at subjects one after the other and keeps nothing between them, so that any number of threads may work. It
/// leaves alone what it is not about: each of these does nothing unless a check says otherwise.
public protocol AuditCheck: Sendable {
    /// What findings call it, in one or two words.
    var name: String { get }
    /// What it counts.
    var unit: String { get }

    /// Looks at what concerns the database as a whole; only when all of it is audited.
    func check(_ database: DatabaseSubject, _ outcome: inout CheckOutcome) throws
    /// Looks at a kept citation and its evidence.
    func check(_ citation: CitationSubject, _ outcome: inout CheckOutcome) throws
    /// Looks at an article with its history.
    func check(_ article: ArticleSubject, _ outcome: inout CheckOutcome) throws
}

extension AuditCheck {
    /// Nothing.
    public func check(_ database: DatabaseSubject, _ outcome: inout CheckOutcome) throws {}
    /// Nothing.
    public func check(_ citation: CitationSubject, _ outcome: inout CheckOutcome) throws {}
    /// Nothing.
    public func check(_ article: ArticleSubject, _ outcome: inout CheckOutcome) throws {}
}

/// What all checks may ask.
public struct AuditContext: Sendable {
    /// The store.
    public let store: Store
    /// What evidence is derived with.
    public let workings: AuditWorkings
    /// What is hidden.
    public let mask: RedactionMask
    /// The files of the ledger, by name.
    public let files: [String: LedgerEntry]
    /// The digests of the dictionaries of all runs.
    public let runDictionaries: Set<String>
    /// The digests of all runs.
    public let runDigests: Set<String>
    /// The digests of dictionary, rules and program of all runs.
    public let runWorkings: Set<String>
    /// Whether every file was read with the dictionary at hand, so that all names are its.
    public let isDictionaryCurrent: Bool

    init(_ store: Store, _ workings: AuditWorkings) throws {
        self.store = store
        self.workings = workings
        // A list of hidden sentences that cannot be read is found by the check of curation.
        mask = (try? store.redactionMask()) ?? RedactionMask()
        files = Dictionary(
            try store.ledger().map { ($0.file.name, $0) }, uniquingKeysWith: { first, _ in first })
        let runs = try store.auditedRuns()
        runDigests = Set(runs.map(\.digest))
        runWorkings = Set(runs.map(\.origin.workings))
        runDictionaries = Set(runs.map(\.origin.dictionary))
        isDictionaryCurrent = files.values.allSatisfy {
            $0.file.digests.dictionary == workings.digests.dictionary
        }
    }
}

/// The database as a whole.
public struct DatabaseSubject: Sendable {
    /// What all checks may ask.
    public let context: AuditContext
    /// The store.
    public var store: Store { context.store }
    /// What evidence is derived with.
    public var workings: AuditWorkings { context.workings }
}

/// A kept citation with its evidence, and what is derived from it anew.
public struct CitationSubject: Sendable {
    /// The rows.
    public let rows: AuditedCitation
    /// What is derived with the dictionary and the rules at hand, with identifiers; nil where the file was read with
    /// others.
    public let derived: (analysis: CitationAnalysis, evidence: [IdentifiedEvidence])?
    /// Why nothing was derived.
    public let reason: String?
    /// What all checks may ask.
    public let context: AuditContext
    /// Only what concerns this entity is asked for; nil for all.
    public let entity: EntityID?

    init(_ rows: AuditedCitation, _ context: AuditContext, entity: EntityID?) {
        self.rows = rows
        self.context = context
        self.entity = entity
        reason = context.workings.obstacle(to: context.files[rows.kept.file])
        if reason == nil {
            let analysis = context.workings.extractor.analysis(of: rows.kept.citation)
            derived = (
                analysis, analysis.evidence.map { IdentifiedEvidence(id: $0.identifier(), evidence: $0) }
            )
        } else {
            derived = nil
        }
    }

    /// The ledger's entry of its file.
    public var file: LedgerEntry? { context.files[rows.kept.file] }
    /// What evidence is derived with.
    public var workings: AuditWorkings { context.workings }

    /// The evidence that is asked for, as it is stored.
    public var evidence: [IdentifiedEvidence] {
        entity.map { wanted in rows.evidence.filter { $0.evidence.entity == wanted } } ?? rows.evidence
    }

    /// Where the citation is.
    public func place(_ evidence: EvidenceID? = nil) -> AuditFinding.Place {
        AuditFinding.Place(
            file: rows.kept.file, record: rows.kept.place.record, byte: rows.kept.place.byteOffset,
            pmid: rows.kept.citation.pmid, evidence: evidence)
    }
}

/// An article with its history, and what follows from it.
public struct ArticleSubject: Sendable {
    /// The rows.
    public let rows: AuditedArticle
    /// The article that they make; nil where identities do not fit a text.
    public let record: ArticleRecord?
    /// Why they make none.
    public let fault: String?
    /// What all checks may ask.
    public let context: AuditContext

    /// The article's entity.
    public var entity: EntityID { rows.entity.id }

    init(_ rows: AuditedArticle, _ context: AuditContext) {
        self.rows = rows
        self.context = context
        // Checks look revisions up by their numbers.
        guard rows.revisions.enumerated().allSatisfy({ $0.offset + 1 == $0.element.revision.number }) else {
            record = nil
            fault = "its revisions are not numbered from 1 up without a gap"
            return
        }
        do {
            record = try ArticleRecord(
                entity: rows.entity.id,
                revisions: rows.revisions.map {
                    ArticleRecord.StoredRevision(
                        text: $0.text, tokens: $0.tokens, contributor: $0.revision.contributor)
                },
                instances: rows.instances.map(\.instance), headings: rows.headings,
                decisions: rows.decisions, foreignCopies: rows.copies, machinePolicy: rows.policy)
            fault = nil
        } catch {
            record = nil
            fault = error.description
        }
    }

    /// Where in the article.
    public func place(
        revision: Int? = nil, statement: StatementKey? = nil, evidence: EvidenceID? = nil, pmid: PMID? = nil
    ) -> AuditFinding.Place {
        AuditFinding.Place(
            pmid: pmid, evidence: evidence, article: entity, revision: revision, statement: statement?.hex)
    }

    /// A revision by its number; nil where there is none.
    public func revision(_ number: Int) -> AuditedArticle.StoredRevision? {
        rows.revisions.indices.contains(number - 1) ? rows.revisions[number - 1] : nil
    }
}
