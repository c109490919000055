import Store

/// What came of a run, for people and for programs.
public struct RunSummary: Sendable {
    /// A file that could not be read to its end.
    public struct Failure: Hashable, Sendable {
        /// The file.
        public var file: String
        /// What is wrong with it.
        public var reason: String
    }

    /// The pipeline file.
    public var pipeline: String
    /// The database.
    public var database = ""
    /// The number of the run.
    public var run: Int?
    /// When it began and ended, in UTC: `2026-11-23T05:27:51Z`.
    public var started = ""
    /// See `started`.
    public var ended = ""
    /// What made it fail; nil where it did not.
    public var fault: String?
    /// Whether a signal stopped it.
    public var isStopped = false
    /// The files that were read.
    public var files: [FileReport] = []
    /// Files that were known and are unchanged.
    public var filesKnown = 0
    /// Files that were extracted with other rules, dictionaries or species.
    public var filesOutOfDate = 0
    /// Files that were read again since newer versions of their citations are gone.
    public var filesReread = 0
    /// Files that are missing in their series: names, and ranges of names.
    public var filesMissing: [String] = []
    /// Files that were not read since earlier ones are missing.
    public var filesWaiting: [String] = []
    /// Files of an earlier year, whose place a later baseline has taken.
    public var filesSuperseded = 0
    /// A later year's files that are there and are not read before they are asked for.
    public var nextYear: String?
    /// What a new baseline would change.
    public var baseline: BaselineComparison?
    /// The code with which a new baseline takes the place of the old files: `run --confirm`.
    public var confirmation: String?
    /// Old years' files that a new baseline took the place of.
    public var filesRetired = 0
    /// Old years' files that stay since not all of the new baseline could be read.
    public var filesStaying = 0
    /// Citations with evidence that only they had.
    public var citationsGone = 0
    /// Pieces of evidence that were taken out, by reason.
    public var withdrawnEvidence: [String: Int] = [:]
    /// Files that failed as a whole or were cut short.
    public var failures: [Failure] = []
    /// Whether nothing was written.
    public var isDryRun = false
    /// The files that a dry run would read.
    public var planned: [String] = []
    /// Entities whose evidence was ranked; of the others the rankings of an earlier run held.
    public var entitiesRanked = 0
    /// Articles written for the first time.
    public var articlesCreated = 0
    /// Articles with a new revision.
    public var articlesRevised = 0
    /// Articles that stayed as they were.
    public var articlesUnchanged = 0
    /// Articles that went to the successor of a replaced identifier.
    public var articlesMoved = 0
    /// The statements that the articles show.
    public var statements = 0
    /// Pages that were written.
    public var pagesWritten = 0
    /// Pages that were removed.
    public var pagesRemoved = 0
    /// The folder of pages.
    public var output: String?
    /// What the merges did.
    var merged = MergeCounts()
    /// The newest file that the database has read.
    public var newestFile: NewestFile?
    /// When the last run before this one ended well; this one's own end where it did.
    public var lastSuccess: String?
    /// How near the run came to what would have stopped it.
    var readings: [FloodGuard.Reading] = []
    /// Seconds by stage, in order.
    public var stages: [(name: String, seconds: Double)] = []
    /// Seconds in all.
    public var total = 0.0
    /// The most memory that the process had, in bytes; nil where the system does not tell.
    public var peakMemory: Int?

    /// The stages whose rates are told.
    static let readingStage = "reading and mining"
    /// See `readingStage`.
    static let articleStage = "seeding and pages"

    /// Makes an empty summary.
    public init(pipeline: String) {
        self.pipeline = pipeline
    }

    /// Citations read.
    public var citations: Int { files.reduce(0) { $0 + $1.totals.citations } }
    /// Sentences found.
    public var sentences: Int { files.reduce(0) { $0 + $1.totals.sentences } }
    /// Mentions resolved.
    public var mentions: Int { files.reduce(0) { $0 + $1.totals.mentions } }
    /// Pieces of evidence found.
    public var evidence: Int { files.reduce(0) { $0 + $1.evidence } }
    /// Records set aside.
    public var setAside: Int { files.reduce(0) { $0 + $1.problems.count } }
    /// Records set aside, by kind.
    public var setAsideByKind: [String: Int] {
        files.reduce(into: [:]) { $0.merge($1.problemKinds, uniquingKeysWith: +) }
    }
    /// What is new about the citations.
    public var news: CitationNews { files.reduce(into: CitationNews()) { $0.add($1.news) } }
    /// Citations that files delete.
    public var deletions: Int { files.reduce(0) { $0 + $1.deletions } }
    /// Book records passed over.
    public var books: Int { files.reduce(0) { $0 + $1.totals.books } }

    /// The exit code that DESIGN.md gives to such a run: 0 done, 1 failed, 3 done with records set aside.
    public var exitCode: Int32 {
        if fault != nil { return 1 }
        return setAside > 0 || !failures.isEmpty ? 3 : 0
    }

    mutating func time(_ stage: String, _ duration: Duration) {
        stages.append((stage, duration.seconds))
    }

    mutating func add(_ report: FileReport) {
        files.append(report)
        if let failure = report.failure { failures.append(Failure(file: report.name, reason: failure)) }
    }

    mutating func add(_ outcome: SeedingStage.Outcome) {
        entitiesRanked += outcome.ranked
        articlesCreated += outcome.articles.created.count
        articlesRevised += outcome.articles.revised.count
        articlesUnchanged += outcome.articles.unchanged.count
        statements += outcome.statements
        pagesWritten += outcome.pagesWritten
        pagesRemoved += outcome.pagesRemoved
        merged.add(outcome.merged)
        readings += outcome.readings
    }

    /// The name of the count of bullets put in, in the ledger.
    static let insertedCount = "statementsInserted"
    /// The name of the count of new articles, in the ledger.
    static let createdCount = "articlesCreated"

    /// The counts, as the store keeps them with the run.
    var counts: [String: Int] {
        [
            "files": files.count, "filesKnown": filesKnown, "filesReread": filesReread,
            "filesFailed": failures.count, "filesOutOfDate": filesOutOfDate, "citations": citations,
            "citationsNew": news.new, "citationsRevised": news.revised, "citationsUnchanged": news.unchanged,
            "citationsDeleted": deletions, "books": books, "sentences": sentences, "mentions": mentions,
            "evidence": evidence, "setAside": setAside, "entitiesRanked": entitiesRanked,
            Self.createdCount: articlesCreated,
            "articlesRevised": articlesRevised, "articlesUnchanged": articlesUnchanged,
            "articlesMoved": articlesMoved, "statements": statements,
            Self.insertedCount: merged.inserted, "statementsReinstated": merged.reinstated,
            "statementsWithdrawn": merged.withdrawn, "statementsDisplaced": merged.displaced,
            "statementsSuperseded": merged.superseded, "statementsFlagged": merged.flagged,
            "statementsHeld": merged.held, "pagesWritten": pagesWritten, "pagesRemoved": pagesRemoved,
            "seconds": Int(total.rounded()),
        ]
    }
}
