import Articles
import Corpus
import Store

/// Verifies what is stored: derives every machine statement anew, and looks whether history, ledger and lists are what they say.
///
/// Citations and articles are looked at in parallel, a stretch a task; findings come in one order whatever the number of
/// threads. Memory holds a fixed number of stretches.
public struct Audit: Sendable {
    /// What is audited.
    public enum Scope: Hashable, Sendable {
        /// Everything that is kept, shown or not.
        case all
        /// One article, and the evidence on its entity.
        case entity(EntityID)
    }

    private let context: AuditContext
    private let scope: Scope
    private let jobs: Int
    /// The folder with the source files; nil when they are not looked at.
    private let sources: String?
    private let checks: [any AuditCheck] = [
        SoundDatabase(), LedgerTotals(), TextDigests(), ConceptCounts(), EntityNames(), CurationRecords(),
        CitationStatusColumns(), EvidenceForm(), Rederivation(), DictionaryEntries(), RuleNames(),
        RevisionChain(),
        AttributionReplay(), MachineTokens(), PeoplesWords(), StatementSupport(), DecisionRecords(),
        UnbrokenSeals(),
        CreditConservation(), CopiedWords(), WithdrawnRecords(), SearchTexts(),
    ]

    /// The citations, or articles, that one task looks at.
    private static let stretch = 128

    /// Makes an audit.
    ///
    /// - Parameters:
    ///   - store: What is audited.
    ///   - scope: All of it, or one article.
    ///   - sources: The folder with the files that were read; nil to leave them alone.
    ///   - workings: What evidence is derived with.
    ///   - jobs: How many threads work.
    /// - Throws: `StoreError`.
    public init(
        _ store: Store, _ scope: Scope = .all, sources: String? = nil, workings: AuditWorkings, jobs: Int = 1
    ) throws {
        context = try AuditContext(store, workings)
        self.scope = scope
        self.sources = sources
        self.jobs = max(1, jobs)
    }

    /// Runs all checks.
    ///
    /// - Parameters:
    ///   - onProgress: Told what is looked at, and how many so far.
    ///   - onFinding: Given each difference, in order.
    /// - Returns: what came of it.
    /// - Throws: `StoreError` where the database cannot be read at all, `CancellationError`, and what `onFinding` throws.
    public func run(
        onProgress: (String, Int) -> Void = { _, _ in }, onFinding: (AuditFinding) throws -> Void
    ) async throws -> AuditSummary {
        let clock = ContinuousClock()
        let start = clock.now
        let mark = try context.store.auditMark()
        var summary = AuditSummary(checks)
        if scope == .all {
            let database = DatabaseSubject(context: context)
            for (index, check) in checks.enumerated() {
                onProgress("database", index)
                var outcome = CheckOutcome(check)
                Self.guarding(check, AuditFinding.Place(), &outcome) { try check.check(database, &$0) }
                try summary.add([outcome], onFinding)
            }
        }
        let rederiving = clock.now
        try await auditCitations(&summary, onProgress, onFinding)
        summary.derivationSeconds = Self.seconds(clock.now - rederiving)
        try await auditArticles(&summary, onProgress, onFinding)
        if let sources {
            let files = SourceFiles(context: context, folder: sources, jobs: jobs)
            try await files.run(about: wantedCitations(), onProgress) { try summary.add([$0], onFinding) }
        }
        if try context.store.auditMark() != mark {
            var outcome = CheckOutcome(checks[0])
            outcome.cannotJudge(1, because: "the database was written to meanwhile: audit it again")
            try summary.add([outcome], onFinding)
        }
        summary.seconds = Self.seconds(clock.now - start)
        return summary
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    /// A check that fails, since rows cannot be read back, is a finding, and the others go on.
    private static func guarding(
        _ check: any AuditCheck, _ place: AuditFinding.Place, _ outcome: inout CheckOutcome,
        _ body: (inout CheckOutcome) throws -> Void
    ) {
        do {
            try body(&outcome)
        } catch {
            outcome.differs(place, "\(error)", "restore a backup")
        }
    }

    // MARK: - Citations

    /// The citations that one article is about; nil for all.
    private func wantedCitations() throws -> [PMID]? {
        guard case .entity(let entity) = scope else { return nil }
        var pmids = Set(try context.store.keptCitations(about: entity))
        for statement in try context.store.statements(of: entity) { pmids.insert(statement.pmid) }
        return pmids.sorted()
    }

    private func auditCitations(
        _ summary: inout AuditSummary, _ onProgress: (String, Int) -> Void,
        _ onFinding: (AuditFinding) throws -> Void
    ) async throws {
        let wanted = try context.store.keptOnly(wantedCitations())
        var last: PMID?
        var taken = 0
        var done = 0
        try await inOrder {
            if let wanted {
                let stretch = Array(wanted[taken..<min(wanted.count, taken + Self.stretch)])
                taken += stretch.count
                return stretch.isEmpty ? nil : stretch
            }
            let stretch = try context.store.keptCitations(after: last, limit: Self.stretch)
            last = stretch.last
            return stretch.isEmpty ? nil : stretch
        } work: { [checks, context, scope] (pmids: [PMID]) in
            try Self.outcomes(of: pmids, checks, context, scope)
        } receive: { count, outcomes in
            done += count
            summary.citations += count
            onProgress("citations", done)
            try summary.add(outcomes, onFinding)
        }
    }

    private static func outcomes(
        of pmids: [PMID], _ checks: [any AuditCheck], _ context: AuditContext, _ scope: Scope
    ) throws -> (Int, [CheckOutcome]) {
        var outcomes = checks.map { CheckOutcome($0) }
        var entity: EntityID?
        if case .entity(let wanted) = scope { entity = wanted }
        for (pmid, rows) in try context.store.audited(pmids) {
            switch rows {
            case .failure(let error):
                guard let index = checks.firstIndex(where: { $0 is CitationStatusColumns }) else { continue }
                outcomes[index].differs(AuditFinding.Place(pmid: pmid), "\(error)", CheckOutcome.rereadAdvice)
            case .success(let rows):
                // An article's citations are looked at for its evidence alone.
                let subject = CitationSubject(rows, context, entity: entity)
                for (index, check) in checks.enumerated() {
                    guarding(check, subject.place(), &outcomes[index]) { try check.check(subject, &$0) }
                }
            }
        }
        return (pmids.count, outcomes)
    }

    // MARK: - Articles

    private func auditArticles(
        _ summary: inout AuditSummary, _ onProgress: (String, Int) -> Void,
        _ onFinding: (AuditFinding) throws -> Void
    ) async throws {
        var last: EntityID?
        var isTaken = false
        var done = 0
        try await inOrder {
            if case .entity(let entity) = scope {
                defer { isTaken = true }
                return isTaken ? nil : [entity]
            }
            let stretch = try context.store.articleEntities(after: last, limit: Self.stretch / 4)
            last = stretch.last
            return stretch.isEmpty ? nil : stretch
        } work: { [checks, context] (entities: [EntityID]) in
            Self.outcomes(of: entities, checks, context)
        } receive: { count, outcomes in
            done += count
            summary.articles += count
            onProgress("articles", done)
            try summary.add(outcomes, onFinding)
        }
    }

    private static func outcomes(
        of entities: [EntityID], _ checks: [any AuditCheck], _ context: AuditContext
    ) -> (Int, [CheckOutcome]) {
        var outcomes = checks.map { CheckOutcome($0) }
        var count = 0
        for entity in entities {
            do {
                guard let rows = try context.store.audited(article: entity) else { continue }
                count += 1
                let subject = ArticleSubject(rows, context)
                for (index, check) in checks.enumerated() {
                    guarding(check, subject.place(), &outcomes[index]) { try check.check(subject, &$0) }
                }
            } catch {
                guard let index = checks.firstIndex(where: { $0 is RevisionChain }) else { continue }
                outcomes[index].differs(AuditFinding.Place(article: entity), "\(error)", "restore a backup")
            }
        }
        return (count, outcomes)
    }

    // MARK: - Parallel work in order

    private func inOrder<Item: Sendable>(
        _ next: () throws -> [Item]?,
        work: @escaping @Sendable ([Item]) throws -> (Int, [CheckOutcome]),
        receive: (Int, [CheckOutcome]) throws -> Void
    ) async throws {
        try await OrderedWork(jobs: jobs).run(next, work: work) { try receive($0.0, $0.1) }
    }
}

/// Work on stretches in parallel, whose results are handed over in the order of the stretches.
struct OrderedWork {
    let jobs: Int

    /// Takes stretches until there is none; one waits for each thread that works.
    func run<Item: Sendable, Result: Sendable>(
        _ next: () throws -> Item?, work: @escaping @Sendable (Item) throws -> Result,
        receive: (Result) throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var begun = 0
            var finished = 0
            var received = 0
            var waiting: [Int: Result] = [:]
            var isAtEnd = false
            func fill() throws {
                while !isAtEnd, begun - finished < jobs + 1, begun - received < jobs * 4 {
                    guard let item = try next() else {
                        isAtEnd = true
                        break
                    }
                    let number = begun
                    begun += 1
                    group.addTask { (number, try work(item)) }
                }
            }
            try fill()
            while let (number, result) = try await group.next() {
                try Task.checkCancellation()
                finished += 1
                waiting[number] = result
                while let ready = waiting.removeValue(forKey: received) {
                    received += 1
                    try receive(ready)
                }
                try fill()
            }
        }
    }
}
