import Corpus
import Foundation
import Interchange
import Store
import Terminology

/// What is in a database, for people and for programs: what, how old, made with what, and whether a run is going on.
public struct StatusReport {
    private let store: Store
    private let now: Date
    private let status: StoreStatus
    private let ledger: [LedgerEntry]
    private let newest: NewestFile?
    private let lastSuccess: String?
    private let uses: [DictionaryUse]
    private let species: [(name: String, articles: Int)]
    /// What the staleness is measured against; nil where there is neither a run nor a pipeline.
    private let reference: ExtractionDigests?
    private let staleness: Staleness
    private let lock: RunLock.Standing
    private let pipeline: PreparedPipeline?

    /// Reads the state of a database.
    ///
    /// - Parameters:
    ///   - pipeline: what files are out of date against; nil compares with what the last run was made of.
    ///   - now: what ages are counted to.
    public init(_ store: Store, pipeline: PreparedPipeline? = nil, now: Date = Date()) throws {
        self.store = store
        self.now = now
        self.pipeline = pipeline
        status = try store.status()
        ledger = try store.ledger()
        newest = try store.newestFile()
        lastSuccess = try store.lastSuccess()
        uses = try store.dictionaryUses()
        species = try store.articleCounts().map { taxon, articles in
            (SpeciesSelection.usualNames(of: taxon)?.common ?? "taxon \(taxon)", articles)
        }
        reference =
            pipeline?.digests
            ?? status.lastRun.map {
                ExtractionDigests(
                    program: $0.origin.program, rules: $0.origin.rules, dictionary: $0.origin.dictionary,
                    species: $0.origin.species)
            }
        staleness = try reference.map { try store.staleness(against: $0) } ?? Staleness()
        lock = RunLock.standing(ofDatabase: store.path)
    }

    /// The report as an operator reads it.
    public var text: String {
        var lines = [
            "database    \(store.path), schema \(status.schema), \(status.bytes >> 20) MB",
            "files       \(status.files)" + (ledger.last.map { ", the last one \($0.file.name)" } ?? ""),
        ]
        if let newest { lines.append("            newest file \(newest.name), read \(age(of: newest.read))") }
        lines += [
            "citations   \(status.citationsRead) read, \(status.citationsKept) kept with evidence",
            "evidence    \(status.evidence) pieces on \(status.entities) entities",
            "articles    \(status.articles) with \(status.revisions) revisions",
            "species     "
                + species.map { "\($0.name) (\($0.articles) articles)" }.joined(separator: ", "),
            "set aside   \(status.problems) records"
                + (status.problems > 0 ? " (status --problems lists them)" : ""),
        ]
        if let run = status.lastRun {
            lines.append(
                "last run    \(run.number), \(run.status.rawValue), begun \(run.started): \(run.summary)")
        }
        if let lastSuccess { lines.append("last done   \(lastSuccess), \(age(of: lastSuccess))") }
        lines.append("now         " + lockWords)
        for use in uses {
            lines.append(
                "dictionary  \(use.digest.prefix(16))…, \(use.files) files, first used \(use.since)")
        }
        lines += sources.map { source in
            "            \(source.name)\(source.date.isEmpty ? "" : ", \(source.date)"), SHA-256 "
                + "\(source.sha256.prefix(16))…"
        }
        if let words = stalenessWords { lines.append("out of date " + words) }
        if status.filesToReread > 0 {
            lines.append("to read again  \(status.filesToReread) files: bioscribe run does it")
        }
        for entry in ledger.suffix(20) {
            lines.append(
                "  \(entry.file.name)  \(entry.totals.citations) citations, \(entry.evidence) pieces of evidence, "
                    + "\(entry.deleted) deleted, \(entry.setAside) set aside, SHA-256 \(entry.file.sha256.prefix(16))…"
            )
        }
        return lines.joined(separator: "\n")
    }

    /// The report as JSON.
    public var json: String {
        var members: [JSONValue.Member] = [
            .init("database", .string(store.path)), Self.count("schema", status.schema),
            Self.count("bytes", status.bytes), Self.count("files", status.files),
            Self.count("citationsRead", status.citationsRead),
            Self.count("citationsKept", status.citationsKept), Self.count("evidence", status.evidence),
            Self.count("entities", status.entities), Self.count("articles", status.articles),
            Self.count("revisions", status.revisions),
            Self.count("setAside", status.problems),
        ]
        members += [
            .init("newestFile", newestValue),
            .init("lastSuccess", .optional(lastSuccess)),
            .init("lastRun", lastRunValue),
            .init("lock", lockValue),
        ]
        members += [
            .init("species", .array(species.map { Self.value(of: $0.name, articles: $0.articles) })),
            .init("dictionaries", .array(uses.map { Self.value(of: $0) })),
            .init(
                "dictionarySources",
                .array(sources.map { Self.value(ofSource: $0.name, sha256: $0.sha256, date: $0.date) })),
            .init("outOfDate", staleValue),
            .init("ledger", .array(ledger.map { Self.value(of: $0) })),
        ]
        return JSONValue.object(members).line
    }

    /// A line for each record that was set aside.
    public func problemLines() throws -> [String] {
        try store.problems().map(\.problem.reason)
    }

    // MARK: - Parts

    private static func value(of entry: LedgerEntry) -> JSONValue {
        .object([
            .init("name", .string(entry.file.name)), .init("sha256", .string(entry.file.sha256)),
            count("citations", entry.totals.citations), count("evidence", entry.evidence),
            count("deleted", entry.deleted), count("setAside", entry.setAside), count("run", entry.run),
            .init("dictionary", .string(entry.file.digests.dictionary)),
        ])
    }

    private static func value(of use: DictionaryUse) -> JSONValue {
        .object([
            .init("digest", .string(use.digest)), count("files", use.files),
            .init("firstUsed", .string(use.since)),
        ])
    }

    private static func value(of species: String, articles: Int) -> JSONValue {
        .object([.init("name", .string(species)), count("articles", articles)])
    }

    private static func value(ofSource name: String, sha256: String, date: String) -> JSONValue {
        .object([
            .init("name", .string(name)), .init("sha256", .string(sha256)),
            .init("date", date.isEmpty ? .null : .string(date)),
        ])
    }

    private var newestValue: JSONValue {
        guard let newest else { return .null }
        return .object([
            .init("name", .string(newest.name)), .init("read", .string(newest.read)),
            .init("ageSeconds", .optional(seconds(since: newest.read))),
        ])
    }

    private var lastRunValue: JSONValue {
        guard let run = status.lastRun else { return .null }
        return .object([
            Self.count("run", run.number), .init("status", .string(run.status.rawValue)),
            .init("started", .string(run.started)), .init("ended", .optional(run.ended)),
            .init("summary", .string(run.summary)),
        ])
    }

    private var staleValue: JSONValue {
        .object([
            Self.count("dictionary", staleness.dictionary), Self.count("rules", staleness.rules),
            Self.count("program", staleness.program), Self.count("species", staleness.species),
        ])
    }

    private var lockWords: String {
        switch lock {
        case .free: "no run is going on"
        case .held(let owner):
            owner.map { "\($0)" + ($0.place.isEmpty ? "" : ": \($0.place)") } ?? "a run is going on"
        case .leftBehind(let owner): "no run is going on; \(owner) died: bioscribe run goes on from there"
        }
    }

    private var lockValue: JSONValue {
        func value(_ state: String, _ owner: RunLock.Owner?) -> JSONValue {
            .object([
                .init("state", .string(state)), .init("process", .optional(owner?.process)),
                .init("host", .optional(owner?.host)), .init("user", .optional(owner?.user)),
                .init("command", .optional(owner?.command)), .init("since", .optional(owner?.since)),
                .init("place", .optional(owner?.place)),
            ])
        }
        return switch lock {
        case .free: value("free", nil)
        case .held(let owner): value("held", owner)
        case .leftBehind(let owner): value("leftBehind", owner)
        }
    }

    /// The sources of the pipeline's dictionary, with the dates that they or their files tell.
    private var sources: [(name: String, sha256: String, date: String)] {
        guard let pipeline else { return [] }
        let dates = DictionaryFolder(path: pipeline.file.dictionaries).modificationDates()
        return pipeline.dictionary.sources.map { source in
            let date =
                source.release.isEmpty
                ? dates[source.name].map { "file of \($0)" } : "as of \(source.release)"
            return (source.name, source.sha256, date ?? "")
        }
    }

    private var stalenessWords: String? {
        let parts = [
            (staleness.dictionary, "another dictionary"), (staleness.rules, "other rules"),
            (staleness.program, "another program"), (staleness.species, "other species"),
        ].filter { $0.0 > 0 }.map { "\($0.0) files were read with \($0.1)" }
        return parts.isEmpty
            ? nil : parts.joined(separator: ", ") + ": bioscribe run --reprocess reads them again"
    }

    private func seconds(since time: String) -> Int? {
        (try? Date(time, strategy: .iso8601)).map { Int(now.timeIntervalSince($0)) }
    }

    /// `3 days ago`: the largest unit that fits, rounded down.
    private func age(of time: String) -> String {
        guard let seconds = seconds(since: time), seconds >= 0 else { return "at \(time)" }
        for (length, unit) in [(86400, "day"), (3600, "hour"), (60, "minute")] where seconds >= length {
            let count = seconds / length
            return "\(count) \(unit)\(count == 1 ? "" : "s") ago"
        }
        return "just now"
    }

    private static func count(_ name: String, _ number: Int) -> JSONValue.Member {
        .init(name, .integer(Int64(number)))
    }
}
