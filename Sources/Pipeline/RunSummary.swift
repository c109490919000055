import Foundation
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
    /// Old years' files that a new baseline took the place of.
    public var filesRetired = 0
    /// Citations with evidence that only they had.
    public var citationsGone = 0
    /// Files that failed as a whole or were cut short.
    public var failures: [Failure] = []
    /// Whether nothing was written.
    public var isDryRun = false
    /// The files that a dry run would read.
    public var planned: [String] = []
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
    /// Seconds by stage, in order.
    public var stages: [(name: String, seconds: Double)] = []
    /// Seconds in all.
    public var total = 0.0
    /// The most memory that the process had, in bytes; nil where the system does not tell.
    public var peakMemory: Int?

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

    /// The exit code that DESIGN.md gives to such a run: 0 done, 3 done with records set aside.
    public var exitCode: Int32 { setAside > 0 || !failures.isEmpty ? 3 : 0 }

    mutating func time(_ stage: String, _ duration: Duration) {
        stages.append((stage, duration.seconds))
    }

    mutating func add(_ report: FileReport) {
        files.append(report)
        if let failure = report.failure { failures.append(Failure(file: report.name, reason: failure)) }
    }

    mutating func add(_ outcome: SeedingStage.Outcome) {
        articlesCreated += outcome.articles.created.count
        articlesRevised += outcome.articles.revised.count
        articlesUnchanged += outcome.articles.unchanged.count
        statements += outcome.statements
        pagesWritten += outcome.pagesWritten
        pagesRemoved += outcome.pagesRemoved
    }

    /// The counts, as the store keeps them with the run.
    var counts: [String: Int] {
        [
            "files": files.count, "citations": citations, "sentences": sentences, "mentions": mentions,
            "evidence": evidence, "setAside": setAside, "articlesCreated": articlesCreated,
            "articlesRevised": articlesRevised, "articlesUnchanged": articlesUnchanged,
            "statements": statements,
        ]
    }

    /// One line for the list of runs.
    var oneLine: String {
        "\(files.count) files, \(citations) citations, \(evidence) pieces of evidence, \(articlesCreated) articles new, "
            + "\(articlesRevised) revised, \(setAside) records set aside"
    }

    /// The whole summary as an operator reads it.
    public var text: String {
        var lines: [String] = []
        if isDryRun {
            lines.append(
                "Dry run: nothing was written. \(planned.count) files would be read, \(filesKnown) are known."
            )
            lines += planned.map { "  " + $0 }
            if filesOutOfDate > 0 { lines.append(staleness) }
            lines += seriesLines
            return lines.joined(separator: "\n")
        }
        lines.append("Run \(run ?? 0) over \(pipeline)")
        lines.append("  files      \(files.count) read, \(filesKnown) known and unchanged")
        if filesOutOfDate > 0 { lines.append("             " + staleness) }
        lines += seriesLines.map { "             " + $0 }
        lines.append(
            "  citations  \(citations) (\(files.reduce(0) { $0 + $1.deletions }) deleted, "
                + "\(files.reduce(0) { $0 + $1.totals.books }) book records passed over)")
        lines.append(
            "  text       \(sentences) sentences, \(mentions) mentions, \(evidence) pieces of evidence")
        lines.append(
            "  articles   \(articlesCreated) new, \(articlesRevised) revised, \(articlesUnchanged) unchanged; "
                + "\(statements) statements")
        if output != nil { lines.append("  pages      \(pagesWritten) written, \(pagesRemoved) removed") }
        if setAside > 0 || !failures.isEmpty {
            lines.append("  set aside  \(setAside) records")
            for problem in files.flatMap(\.problems).prefix(20) { lines.append("    " + problem.reason) }
            if setAside > 20 { lines.append("    … and \(setAside - 20) more: bioscribe status --problems") }
            for failure in failures
            where !files.contains(where: { $0.problems.contains { $0.reason == failure.reason } }) {
                lines.append("    " + failure.reason)
            }
        }
        let rate = stages.first { $0.name == "reading and mining" }.map {
            Double(citations) / max($0.seconds, 0.001)
        }
        lines.append(
            "  time       " + ProgressDisplay.decimal(total, 1) + " s ("
                + stages.map { "\($0.name) " + ProgressDisplay.decimal($0.seconds, 1) }.joined(
                    separator: ", ") + ")"
                + (citations > 0 ? ", \(Int(rate ?? 0)) citations/s read" : "")
                + (peakMemory.map { ", \($0 >> 20) MB at most" } ?? ""))
        lines.append("  database   \(database)")
        if let output { lines.append("Open \(output)/index.html in a browser.") }
        return lines.joined(separator: "\n")
    }

    /// What there is to say of numbered series.
    private var seriesLines: [String] {
        var lines: [String] = []
        if !filesMissing.isEmpty {
            lines.append(
                "missing in their series: " + filesMissing.prefix(10).joined(separator: ", ")
                    + (filesMissing.count > 10 ? " and \(filesMissing.count - 10) more gaps" : ""))
        }
        if let first = filesWaiting.first {
            lines.append("\(filesWaiting.count) files from \(first) on wait for them")
        }
        if filesSuperseded > 0 {
            lines.append(
                "\(filesSuperseded) files of earlier years passed over: a later baseline has all of them")
        }
        if let nextYear {
            lines.append(
                "a new year: \(nextYear) are there and were not read; when all are, bioscribe run \(pipeline) "
                    + "--new-baseline N --dry-run shows what they change, N being how many files the baseline has, and without "
                    + "--dry-run they take the place of the old ones")
        }
        if let baseline {
            lines.append(
                "the new baseline has \(baseline.unchanged) citations with evidence as they are and \(baseline.revised) revised; "
                    + "\(baseline.gone) are gone, and with them \(baseline.evidence) pieces of evidence and "
                    + "\(baseline.statements) statements")
        }
        if filesRetired > 0 {
            lines.append(
                "\(filesRetired) files of earlier years gave way; \(citationsGone) citations with evidence were only there"
            )
        }
        return lines
    }

    private var staleness: String {
        "\(filesOutOfDate) were read with other rules, dictionaries or species: run --reprocess reads them again"
    }
}

/// What the operating system tells of this process.
enum ProcessMemory {
    /// The most memory it had so far, in bytes (`VmHWM`); nil where the system does not tell.
    static var peak: Int? {
        guard let data = FileManager.default.contents(atPath: "/proc/self/status") else { return nil }
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n")
        where line.hasPrefix("VmHWM:") {
            return line.split(separator: " ").compactMap { Int($0) }.first.map { $0 << 10 }
        }
        return nil
    }
}
