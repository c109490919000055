import Articles
import Corpus
import Foundation
import Intake
import Logging
import Store
import TextMining

/// A run of a pipeline: reads what is new or has changed, seeds the articles, writes the pages.
public struct PipelineRun {
    /// What the run is asked to do.
    public struct Options: Sendable {
        /// Files to read instead of those of the pipeline file: paths and patterns.
        public var files: [String]?
        /// The database instead of the pipeline file's.
        public var database: String?
        /// How many threads parse and tag.
        public var jobs: Int = max(1, ProcessInfo.processInfo.activeProcessorCount)
        /// Only tell what would be read.
        public var dryRun = false
        /// Read files again that were extracted with other rules, dictionaries or species.
        public var reprocess = false
        /// Do not trust sizes and times of change: read every file to its end to see whether it is what the ledger has.
        public var verifiesFiles = false
        /// How many files a new year's baseline has: it takes the place of the old files once all are read.
        public var newBaseline: Int?
        /// The code that a dry run printed for it: `BaselinePlan.code`.
        public var confirmation: String?
        /// Publish all the same where far more would be new than usual.
        public var allowsFlood = false
        /// The folder of compiled dictionaries.
        public var cache = DictionaryCache.folder

        /// The usual options.
        public init() {}
    }

    private let file: PipelineFile
    private let options: Options
    private let progress: ProgressDisplay
    private let log: Logger
    private let onPlace: @Sendable (String) -> Void

    /// Makes a run.
    ///
    /// - Parameters:
    ///   - log: what is told to the operator beside progress.
    ///   - onPlace: called with where the run is, in words, whenever it begins on something else.
    public init(
        _ file: PipelineFile, options: Options = Options(),
        progress: ProgressDisplay = ProgressDisplay(style: .none), log: OperatorLog = .silent,
        onPlace: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.file = file
        self.options = options
        self.progress = progress
        self.log = log.logger
        self.onPlace = onPlace
    }

    /// The folder of pages. It belongs to the pipeline's own database: with another one no pages are written, since they
    /// would take the place of the pipeline's.
    private var output: String? {
        guard let database = options.database, database != file.database else { return file.output }
        return nil
    }

    /// The database where neither the pipeline file nor the command line names one.
    public static let defaultDatabase = "bioscribe.sqlite"

    /// Runs the pipeline.
    ///
    /// - Throws: what stops the whole run: `PipelineError`, `TerminologyError`, `SectionRulesError`, `StoreError` …
    ///   What concerns one record or one file is in the summary.
    public func run() async throws -> RunSummary {
        var summary = RunSummary(pipeline: file.path)
        try await run(into: &summary)
        return summary
    }

    /// Runs the pipeline; where it fails, the summary tells how far it came.
    ///
    /// - Throws: as `run()`; `Stopped` where its task was cancelled.
    func run(into summary: inout RunSummary) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let paths = try sourcePaths()
        let database = options.database ?? file.database ?? Self.defaultDatabase
        let prepared = try PreparedPipeline(file, cache: options.cache) {
            log.notice("building the dictionary from \(file.dictionaries): some seconds, once")
        }
        try Task.checkCancellation()
        summary.time("dictionary", clock.now - start)

        summary.database = database
        if options.dryRun {
            summary.isDryRun = true
            // A database that is not there yet is not made for it: every file is new.
            let store =
                FileManager.default.fileExists(atPath: database)
                ? try Store(path: database, access: .readOnly) : nil
            let selection = try select(paths, store: store, digests: prepared.digests, &summary)
            summary.planned = selection.sources.map(\.path)
            if options.newBaseline != nil, let store {
                summary.confirmation =
                    BaselinePlan(selection.baseline.map(\.file), ledger: try store.ledger()).code
                summary.baseline = try BaselineComparison(
                    of: selection.baseline.map(\.path), with: store
                ) { [progress, count = selection.baseline.count] done in
                    progress.show(
                        "new baseline", done: done, unit: "files",
                        fraction: Double(done) / Double(max(count, 1)))
                }
            }
            return
        }
        try Self.makeFolder(of: database)
        let store = try Store(path: database)
        let selection = try select(paths, store: store, digests: prepared.digests, &summary)
        let sources = selection.sources
        if let count = options.newBaseline,
            let code = BaselinePlan(selection.baseline.map(\.file), ledger: try store.ledger()).code,
            code != options.confirmation
        {
            throw PipelineError.baselineUnconfirmed(
                given: options.confirmation,
                command: "bioscribe run \(file.path) --new-baseline \(count) --dry-run")
        }
        try store.noteSeen(selection.seen)
        let isSeeded =
            try store.runs(limit: 1).first.map { Self.isPipelineRun($0, of: prepared.origin) } ?? false
        let run = try store.beginRun(prepared.origin)
        summary.run = run
        log.notice(
            "run \(run) over \(file.path) begins: \(sources.count) files to read, \(summary.filesKnown) known"
        )
        for failure in selection.failures {
            log.warning("\(failure.reason)", metadata: ["file": "\(failure.file)"])
        }
        do {
            try await Breaker.guarding(store) {
                let reading = clock.now
                try await read(selection, prepared: prepared, store: store, run: run, &summary)
                if options.newBaseline != nil { try retireOldFiles(store, run: run, &summary) }
                summary.time(RunSummary.readingStage, clock.now - reading)

                let seeding = clock.now
                let isUpToDate =
                    try sources.isEmpty && options.newBaseline == nil && isSeeded
                    && output.map { Self.hasSite($0) } ?? true
                    && !Self.hasArticlesThatWait(store, prepared)
                if !isUpToDate {
                    try await seed(
                        prepared: prepared, store: store, run: run, everything: !isSeeded, &summary)
                }
                summary.time(RunSummary.articleStage, clock.now - seeding)
            }
            summary.withdrawnEvidence = try store.withdrawalCounts(run: run)
            summary.total = (clock.now - start).seconds
            summary.peakMemory = ProcessMemory.peak
            try store.endRun(run, .done, counts: summary.counts, summary: summary.oneLine)
        } catch {
            let words = (error as? Stopped)?.words ?? "\(error)"
            try? store.endRun(run, .failed, counts: summary.counts, summary: words)
            throw error
        }
    }

    // MARK: - Which files

    /// The files that are new or have changed, in file order; what else there is to say of files is in the summary.
    private func select(
        _ paths: [String], store: Store?, digests: ExtractionDigests, _ summary: inout RunSummary
    ) throws -> SourceSelection {
        let selection = try SourceSelection(
            paths, ledger: store?.ledger() ?? [],
            SourceSelection.Request(
                digests: digests, reprocess: options.reprocess, verifies: options.verifiesFiles,
                waits: file.waitsForMissing, newBaseline: options.newBaseline))
        summary.filesKnown = selection.known
        summary.filesOutOfDate = selection.outOfDate
        summary.filesMissing = selection.missing
        summary.filesWaiting = selection.waiting
        summary.filesSuperseded = selection.superseded
        summary.nextYear = selection.nextYear.map { "\($0.count) files of \($0.series)" }
        summary.failures += selection.failures
        return selection
    }

    /// Takes the old years' files out of the ledger, when all of the new baseline was read to its end.
    private func retireOldFiles(_ store: Store, run: Int, _ summary: inout RunSummary) throws {
        let old = SourceSelection.replaced(by: try store.ledger().map(\.file.name))
        guard !old.isEmpty else { return }
        guard summary.failures.isEmpty else {
            summary.filesStaying = old.count
            return
        }
        summary.citationsGone = try store.retire(old, run: run)
        summary.filesRetired = old.count
    }

    private func read(
        _ selection: SourceSelection, prepared: PreparedPipeline, store: Store, run: Int,
        _ summary: inout RunSummary
    ) async throws {
        let sources = selection.sources
        let stage = ExtractionStage(
            store: store, extractor: prepared.extractor, dictionary: prepared.dictionary, jobs: options.jobs,
            setAsideLimit: file.thresholds.setAside)
        let total = max(1, sources.reduce(0) { $0 + $1.file.size })
        var bytesDone = 0
        progress.begin()
        for (index, source) in sources.enumerated() {
            let before = summary.citations
            onPlace("reading \(source.file.name), file \(index + 1) of \(sources.count)")
            let report = try await stage.read(source.path, as: source.file, run: run) { citations, bytes in
                progress.show(
                    source.file.name, done: before + citations, unit: "citations",
                    fraction: Double(bytesDone + bytes) / Double(total))
            }
            bytesDone += source.file.size
            summary.add(report)
            RunNotices(log).tell(report)
            try await Self.giveWay(after: report)
        }
        progress.end()
        try await reread(selection, stage: stage, store: store, run: run, &summary)
    }

    /// Lets people's saves in, which wait for the transaction of a file to end: SQLite keeps no queue.
    private static func giveWay(after report: FileReport) async throws {
        if report.totals.citations > 1000 { try await Task.sleep(for: .milliseconds(200)) }
    }

    /// Reads the files again whose citations are the newest once more, since what was newer is gone. It ends: each
    /// reading settles its file for good.
    private func reread(
        _ selection: SourceSelection, stage: ExtractionStage, store: Store, run: Int,
        _ summary: inout RunSummary
    ) async throws {
        var names = try store.filesToReread()
        while !names.isEmpty {
            var isDone = false
            for name in names {
                guard let source = selection.usable[name] else { continue }
                let report = try await stage.read(source.path, as: source.file, run: run) { _, _ in }
                summary.filesReread += 1
                isDone = isDone || report.outcome != nil
                if let failure = report.failure {
                    summary.failures.append(RunSummary.Failure(file: name, reason: failure))
                }
            }
            // A file that is out of reach is read by a later run; the ledger remembers it.
            if !isDone { break }
            names = try store.filesToReread()
        }
    }

    private func seed(
        prepared: PreparedPipeline, store: Store, run: Int, everything: Bool, _ summary: inout RunSummary
    ) async throws {
        onPlace("seeding")
        let identities = try IdentityStage(
            store: store, dictionary: prepared.dictionary, workings: prepared.origin.workings
        ).run()
        summary.articlesMoved = identities.moved.count
        let stage = SeedingStage(
            store: store, sections: prepared.sections, settings: file.seedSettings,
            orthologs: OrthologChoice(dictionary: prepared.dictionary, statements: file.seed.orthologs),
            notice: file.notice,
            origin: prepared.origin, discontinued: identities.discontinued, jobs: options.jobs,
            flood: options.allowsFlood
                ? nil
                : FloodGuard(
                    multiple: file.thresholds.flood, nameShare: file.thresholds.oneName, pipeline: file.path,
                    runs: try store.runs()))
        // New counts change scores that pages show, also where the sentences stay.
        let isRecounted = try store.refreshStatistics(
            ifChangedBy: file.thresholds.recount, dictionary: prepared.digests.dictionary, run: run)
        progress.begin()
        let outcome = try await stage.seed(
            prepared.species, run: run, output: output, everything: everything || isRecounted
        ) {
            stage, done, all in
            progress.show(
                stage, done: done, unit: "articles", fraction: Double(done) / Double(max(all, 1)))
        }
        progress.end()
        summary.add(outcome)
        summary.output = output
    }

    /// Whether a run has seeded all articles and written all pages with the same rules and settings. One that was
    /// stopped on the way has not, and neither has a seeding of one species, which writes no pages.
    private static func isPipelineRun(_ run: Run, of origin: RunOrigin) -> Bool {
        run.status == .done && run.counts["files"] != nil && run.origin == origin
    }

    private func sourcePaths() throws -> [String] {
        try options.files.map { try SourcePaths.expanded($0) } ?? file.sourceFiles()
    }

    /// Whether people have changed articles, or evidence has changed, since articles were composed: those of this pipeline,
    /// which composes no others.
    private static func hasArticlesThatWait(_ store: Store, _ prepared: PreparedPipeline) throws -> Bool {
        let selections = prepared.sections.keys.flatMap { kind in
            kind == .gene
                ? prepared.species.map {
                    EntitySelection(kind: kind, taxon: $0.taxon, pendingOnly: true)
                } : [EntitySelection(kind: kind, pendingOnly: true)]
        }
        // What has moved away is composed no more.
        return try selections.contains { selection in
            try store.entities(selection).contains { try store.redirect(of: $0.curie) == nil }
        }
    }

    private static func hasSite(_ folder: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/index.html")
    }

    static func makeFolder(of path: String) throws(PipelineError) {
        let folder = SourcePaths.folder(of: path)
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .unreadable(path: folder, reason: error.localizedDescription)
        }
    }
}
