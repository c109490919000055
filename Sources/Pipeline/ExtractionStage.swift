import Articles
import Corpus
import Intake
import Store
import Terminology
import TextMining

/// Reads one source file: cuts it into records on one thread, turns the records into evidence on several, writes what
/// they give in the order of the file, in one transaction.
///
/// What comes out does not depend on the number of threads. Memory holds a fixed number of batches, whatever the size
/// of the file.
struct ExtractionStage {
    let store: Store
    let extractor: EvidenceExtractor
    let dictionary: CompiledDictionary
    /// The number of threads that parse and tag.
    let jobs: Int
    /// The share of a file's records that may be set aside; nil for any.
    var setAsideLimit: Double?

    /// Fewer records set aside never keep a file out: a small file loses large shares.
    static let leastSetAside = 20

    /// The records that one task works on.
    private static let batchSize = 200

    /// What one batch of records gives.
    private struct BatchResult: Sendable {
        var batch = ExtractionBatch()
        var deletions: [PMID] = []
        var totals = FileTotals()
        /// The problems by kind.
        var kinds: [String: Int] = [:]
    }

    /// Reads a file and writes its contribution.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - file: what the ledger knows it by.
    ///   - run: the run that reads it.
    ///   - onProgress: called after each batch with the number of citations so far and the bytes of the file used.
    /// - Returns: the counts, and what is wrong with the file as a whole: nil when nothing is.
    /// - Throws: `StoreError`, `CancellationError`; nothing of the file is then in the database.
    func read(
        _ path: String, as file: SourceFile, run: Int, onProgress: (Int, Int) -> Void
    ) async throws -> FileReport {
        var report = FileReport(name: file.name, bytes: file.size)
        let reader: RawRecordReader
        do {
            reader = try RawRecordReader(path: path)
        } catch {
            report.failure = error.description
            return report
        }
        let writer = try store.beginFile(file, run: run)
        var totals = FileTotals()
        var deletions: [PMID] = []
        var seen: Set<PMID> = []
        do {
            try await withThrowingTaskGroup(of: (Int, BatchResult).self) { group in
                var next = 0
                var finished = 0
                var written = 0
                var waiting: [Int: BatchResult] = [:]
                var isAtEnd = false
                func fill() {
                    // One batch waits, so that no thread does; what is finished early waits for its turn.
                    let limit = jobs > 1 ? jobs + 1 : 1
                    while !isAtEnd, next - finished < limit, next - written < jobs * 4 {
                        let raw = reader.next(upTo: Self.batchSize)
                        isAtEnd = raw.isAtEnd
                        if let fault = raw.fault { report.failure = fault.description }
                        if raw.isEmpty { break }
                        let number = next
                        next += 1
                        group.addTask { (number, work(on: raw)) }
                    }
                }
                fill()
                while let (number, result) = try await group.next() {
                    try Task.checkCancellation()
                    finished += 1
                    waiting[number] = result
                    while let ready = waiting.removeValue(forKey: written) {
                        written += 1
                        let known = try store.knownCitations(
                            among: ready.batch.citations.map(\.citation.pmid))
                        report.news.add(ready.batch.citations, known: known, seen: &seen)
                        try writer.append(ready.batch)
                        deletions += ready.deletions
                        totals.add(ready.totals)
                        report.add(ready.batch, kinds: ready.kinds)
                        onProgress(totals.citations, reader.fileOffset)
                    }
                    fill()
                }
            }
        } catch {
            writer.rollBack()
            throw error
        }
        totals.inflatedSize = reader.inflatedByteCount
        if let fault = excess(of: report, totals) {
            // What the database has of an earlier file of that name stays.
            writer.rollBack()
            report.failure = fault
            report.isKeptOut = true
            report.news = CitationNews()
            return report
        }
        if report.failure != nil, totals.citations == 0, deletions.isEmpty {
            // Nothing good was in it: it stays unknown, and is tried again by the next run.
            writer.rollBack()
            return report
        }
        if let failure = report.failure {
            let problem = Problem(reason: failure)
            try writer.append(ExtractionBatch(problems: [problem]))
            report.problems.append(problem)
        }
        let outcome = try writer.commit(deletions: deletions, totals: totals)
        report.finish(totals: totals, deletions: deletions.count, outcome: outcome)
        return report
    }

    /// What is wrong with a file of which too many records were set aside; nil where there are not.
    private func excess(of report: FileReport, _ totals: FileTotals) -> String? {
        let count = report.problems.count
        let all = count + totals.citations + totals.books
        guard let setAsideLimit, count >= Self.leastSetAside, Double(count) > setAsideLimit * Double(all)
        else {
            return nil
        }
        return "\(report.name): \(count) of \(all) records were set aside, more than thresholds: set-aside: "
            + "\(setAsideLimit) allows: the file was kept out as a whole; fetch it again, or raise the threshold"
    }

    /// Parses and mines a stretch of the file.
    private func work(on raw: RawRecordReader.Batch) -> BatchResult {
        let parser = CitationParser()
        var result = BatchResult()
        var entities: Set<EntityID> = []
        result.batch.problems = raw.problems.map { Problem($0) }
        for problem in raw.problems { result.kinds[problem.reason.kind, default: 0] += 1 }
        for record in raw.records {
            // Nobody takes the result of a cancelled task.
            if Task.isCancelled { break }
            do throws(RecordProblem) {
                switch try parser.parse(record) {
                case .bookArticle: result.totals.books += 1
                case .deletions(let pmids): result.deletions += pmids
                case .citation(let citation):
                    let analysis = extractor.analysis(of: citation)
                    result.totals.citations += 1
                    result.totals.sentences += analysis.sentences.count
                    result.totals.mentions += analysis.mentions.count
                    for evidence in analysis.evidence { entities.insert(evidence.entity) }
                    result.batch.citations.append(
                        CitationExtraction(
                            citation: citation,
                            place: RecordPlace(
                                record: record.ordinal, byteOffset: record.byteOffset,
                                sha256: analysis.evidence.isEmpty ? "" : record.sha256),
                            evidence: analysis.evidence.map {
                                IdentifiedEvidence(id: $0.identifier(), evidence: $0)
                            }, concepts: analysis.concepts))
                }
            } catch {
                result.batch.problems.append(Problem(error))
                result.kinds[error.reason.kind, default: 0] += 1
            }
        }
        result.batch.entities = entities.sorted().compactMap { id in
            dictionary.concept(of: id).map { dictionary.entity(ofConcept: $0) }
        }
        return result
    }
}

extension Problem {
    /// A problem of intake as the ledger keeps it.
    init(_ problem: RecordProblem) {
        self.init(
            record: problem.record, pmid: problem.pmid, byte: problem.byte, reason: problem.description)
    }
}

extension FileTotals {
    /// Adds the counts of a further stretch.
    mutating func add(_ other: FileTotals) {
        citations += other.citations
        books += other.books
        sentences += other.sentences
        mentions += other.mentions
    }
}

/// What came of one source file.
public struct FileReport: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Its size on disk.
    public var bytes: Int
    /// The counts.
    public var totals = FileTotals()
    /// Citations that it deletes.
    public var deletions = 0
    /// Pieces of evidence that it brought.
    public var evidence = 0
    /// The records set aside, in order.
    public var problems: [Problem] = []
    /// The records set aside, by kind: `RecordProblem.Reason.kind`.
    public var problemKinds: [String: Int] = [:]
    /// What is new about its citations.
    public var news = CitationNews()
    /// Whether the file was kept out since too many of its records were set aside.
    public var isKeptOut = false
    /// What is wrong with the file as a whole.
    public var failure: String?
    /// What came of writing it; nil when nothing was written.
    public var outcome: FileOutcome?

    init(name: String, bytes: Int) {
        self.name = name
        self.bytes = bytes
    }

    mutating func add(_ batch: ExtractionBatch, kinds: [String: Int]) {
        problems += batch.problems
        problemKinds.merge(kinds, uniquingKeysWith: +)
        evidence += batch.citations.reduce(0) { $0 + $1.evidence.count }
    }

    mutating func finish(totals: FileTotals, deletions: Int, outcome: FileOutcome) {
        self.totals = totals
        self.deletions = deletions
        self.outcome = outcome
    }
}
