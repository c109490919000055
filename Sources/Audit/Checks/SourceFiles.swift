import Corpus
import Foundation
import Intake
import Store
import TextMining

/// The files themselves: each is the one that was read, every record stands where it is said to, has the bytes that it had, and
/// says what is kept of it; what the ledger counts and notes of a file is what is in it.
struct SourceFiles: AuditCheck {
    let name = "source"
    let unit = "records of source files"

    let context: AuditContext
    /// The folder that the files are in, at any depth.
    let folder: String
    let jobs: Int

    init(context: AuditContext, folder: String, jobs: Int) {
        self.context = context
        self.folder = folder
        self.jobs = jobs
    }

    /// The records that one task looks at.
    private static let batch = 200

    /// Looks at the files, in file order.
    ///
    /// - Parameter pmids: The only citations to look at; nil for whole files.
    func run(
        about pmids: [PMID]?, _ onProgress: (String, Int) -> Void, _ receive: (CheckOutcome) throws -> Void
    ) async throws {
        let paths = Self.paths(in: folder)
        let wanted = try pmids.map { pmids in
            let files = try pmids.compactMap { try context.store.citation($0) }
            return (pmids: Set(pmids), files: Set(files.map(\.file)))
        }
        var done = 0
        for entry in try context.store.ledger() where wanted?.files.contains(entry.file.name) ?? true {
            guard let path = paths[entry.file.name] else {
                var outcome = CheckOutcome(self)
                outcome.cannotJudge(
                    wanted?.pmids.count ?? entry.totals.citations,
                    because: "\(entry.file.name) is not in \(folder)")
                try receive(outcome)
                continue
            }
            try await check(path, entry, about: wanted?.pmids, receive) { count in
                done += count
                onProgress("source", done)
            }
        }
    }

    /// The files of a folder and the folders in it, by their names.
    private static func paths(in folder: String) -> [String: String] {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return names.sorted().reduce(into: [:]) { paths, name in
            let base = name.split(separator: "/").last.map(String.init) ?? name
            if paths[base] == nil { paths[base] = folder + "/" + name }
        }
    }

    /// What a file turned out to hold.
    private struct Found: Sendable {
        var outcome: CheckOutcome
        var records = 0
        var citations = 0
        var books = 0
        var sentences = 0
        var mentions = 0
        var deletions: Set<PMID> = []
        var deletionCount = 0
        var problems: [Problem] = []
    }

    private func check(
        _ path: String, _ entry: LedgerEntry, about pmids: Set<PMID>?,
        _ receive: (CheckOutcome) throws -> Void, _ onRecords: (Int) -> Void
    ) async throws {
        let place = AuditFinding.Place(file: entry.file.name)
        let advice = "fetch the file again, or run --reprocess where the file is right"
        let reader: RawRecordReader
        do {
            reader = try RawRecordReader(path: path)
        } catch {
            var outcome = CheckOutcome(self)
            outcome.differs(place, error.description, advice)
            try receive(outcome)
            return
        }
        var totals = Found(outcome: CheckOutcome(self))
        var failure: IntakeError?
        let obstacle = context.workings.obstacle(to: entry)
        var isAtEnd = false
        try await OrderedWork(jobs: jobs).run { () throws -> RawRecordReader.Batch? in
            if isAtEnd { return nil }
            let raw = reader.next(upTo: Self.batch)
            isAtEnd = raw.isAtEnd
            failure = raw.fault
            return raw
        } work: { raw in
            try found(in: raw, entry, about: pmids, canDerive: obstacle == nil)
        } receive: { found in
            onRecords(found.records)
            totals.citations += found.citations
            totals.books += found.books
            totals.sentences += found.sentences
            totals.mentions += found.mentions
            totals.deletions.formUnion(found.deletions)
            totals.deletionCount += found.deletionCount
            totals.problems += found.problems
            try receive(found.outcome)
        }
        if let failure { totals.problems.append(Problem(reason: failure.description)) }
        var outcome = totals.outcome
        let digest = try? reader.digest()
        if digest?.sha256 != entry.file.sha256 || digest?.byteCount != entry.file.size {
            outcome.differs(
                place,
                "SHA-256 or size is not that of the file that was read: \(digest?.sha256.prefix(16) ?? "?")…, "
                    + "\(digest?.byteCount ?? 0) bytes", advice)
        }
        if pmids == nil {
            try compare(totals, entry, inflated: reader.inflatedByteCount, obstacle, &outcome)
        }
        try receive(outcome)
    }

    // MARK: - Records

    private func found(
        in raw: RawRecordReader.Batch, _ entry: LedgerEntry, about pmids: Set<PMID>?, canDerive: Bool
    ) throws -> Found {
        var found = Found(outcome: CheckOutcome(self), records: raw.records.count)
        found.problems = raw.problems.map { Self.problem($0) }
        let parser = CitationParser()
        var citations: [(record: RawRecord, citation: Citation)] = []
        for record in raw.records {
            do throws(RecordProblem) {
                switch try parser.parse(record) {
                case .bookArticle: found.books += 1
                case .deletions(let deleted):
                    found.deletions.formUnion(deleted)
                    found.deletionCount += deleted.count
                case .citation(let citation):
                    found.citations += 1
                    if pmids?.contains(citation.pmid) ?? true { citations.append((record, citation)) }
                }
            } catch {
                found.problems.append(Self.problem(error))
            }
        }
        let numbers = Set(citations.map(\.citation.pmid))
        let noted = try context.store.occurrences(of: numbers, inFile: entry.file.name)
        let kept = try context.store.keptCitations(numbers, fromFile: entry.file.name)
        for (record, citation) in citations {
            found.outcome.checked += 1
            let place = AuditFinding.Place(
                file: entry.file.name, record: record.ordinal, byte: record.byteOffset, pmid: citation.pmid)
            func differs(_ message: String) {
                found.outcome.differs(place, message, CheckOutcome.rereadAdvice)
            }
            guard let occurrence = noted[citation.pmid]?.first(where: { $0.record == record.ordinal }) else {
                differs("the ledger does not note this record")
                continue
            }
            if occurrence.version != citation.version {
                differs("its version is noted as \(occurrence.version), the file says \(citation.version)")
            }
            switch kept[citation.pmid] {
            case .failure(let error): differs("\(error)")
            case .success(let own) where own.place.record == record.ordinal:
                compare(own, record, citation, differs)
            case .success, nil: break
            }
            // What is kept is derived from what is kept; the rest only here.
            guard pmids == nil, canDerive else { continue }
            let analysis = context.workings.extractor.analysis(of: citation)
            found.sentences += analysis.sentences.count
            found.mentions += analysis.mentions.count
            if occurrence.concepts != analysis.concepts {
                differs("the concepts that it names are noted otherwise")
            }
            if occurrence.carriesEvidence == analysis.evidence.isEmpty {
                differs(
                    analysis.evidence.isEmpty
                        ? "it is noted to give evidence, but gives none"
                        : "it gives evidence, but is noted to give none")
            }
        }
        return found
    }

    private func compare(
        _ kept: KeptCitation, _ record: RawRecord, _ citation: Citation, _ differs: (String) -> Void
    ) {
        if kept.place.byteOffset != record.byteOffset {
            differs("it is said to begin at byte \(kept.place.byteOffset)")
        }
        if kept.place.sha256 != record.sha256 {
            differs(
                "the SHA-256 of its \(record.bytes.count) bytes is \(record.sha256.prefix(16))…, not the one stored"
            )
        }
        if let difference = CitationDifference.first(kept: kept.citation, source: citation) {
            differs("what is kept of it differs in \(difference)")
        }
    }

    // MARK: - Totals

    private func compare(
        _ found: Found, _ entry: LedgerEntry, inflated: Int, _ obstacle: String?,
        _ outcome: inout CheckOutcome
    ) throws {
        let place = AuditFinding.Place(file: entry.file.name)
        func compare(_ what: String, _ stored: Int, _ counted: Int) {
            if stored == counted { return }
            outcome.differs(
                place, "the ledger says \(stored) \(what), the file has \(counted)", CheckOutcome.rereadAdvice
            )
        }
        compare("inflated bytes", entry.totals.inflatedSize, inflated)
        compare("citations", entry.totals.citations, found.citations)
        compare("book records", entry.totals.books, found.books)
        compare("deleted citations", entry.deleted, found.deletionCount)
        compare("records set aside", entry.setAside, found.problems.count)
        if let obstacle {
            outcome.cannotJudge(1, because: "sentences and mentions of files \(obstacle)")
        } else {
            compare("sentences", entry.totals.sentences, found.sentences)
            compare("mentions", entry.totals.mentions, found.mentions)
        }
        let deleted = try context.store.deletions(inFile: entry.file.name)
        for pmid in deleted.symmetricDifference(found.deletions).sorted() {
            outcome.differs(
                AuditFinding.Place(file: entry.file.name, pmid: pmid),
                deleted.contains(pmid)
                    ? "it is noted as deleted by the file, which does not delete it"
                    : "the file deletes it, which is not noted", CheckOutcome.rereadAdvice)
        }
        var stored = Self.sorted(try context.store.problems(file: entry.file.name).map(\.problem))
        func differs(_ problem: Problem, _ message: String) {
            outcome.differs(
                AuditFinding.Place(
                    file: entry.file.name, record: problem.record, byte: problem.byte, pmid: problem.pmid),
                message, CheckOutcome.rereadAdvice)
        }
        for problem in Self.sorted(found.problems) {
            if let index = stored.firstIndex(where: { Self.agree($0, problem) }) {
                stored.remove(at: index)
            } else {
                differs(problem, "it cannot be read, which is not noted so")
            }
        }
        for problem in stored {
            differs(problem, "it was set aside, which is noted otherwise than it is found")
        }
    }

    private static func problem(_ problem: RecordProblem) -> Problem {
        Problem(
            record: problem.record, pmid: problem.pmid, byte: problem.byte, reason: problem.description)
    }

    private static func sorted(_ problems: [Problem]) -> [Problem] {
        problems.sorted {
            ($0.record ?? 0, $0.byte ?? 0, $0.reason) < ($1.record ?? 0, $1.byte ?? 0, $1.reason)
        }
    }

    /// Whether two are the same fault, whatever folder the file was read from: that stands before the first colon.
    private static func agree(_ one: Problem, _ other: Problem) -> Bool {
        func words(_ problem: Problem) -> Substring {
            let reason = problem.reason
            guard let slash = reason.utf8.firstIndex(of: UInt8(ascii: ":")) else { return reason[...] }
            return reason[slash...]
        }
        return one.record == other.record && one.pmid == other.pmid && one.byte == other.byte
            && words(one) == words(other)
    }
}
