import Articles
import Corpus
import Interchange
import Store

/// What is in a database, for people and for programs.
public struct StatusReport {
    private let store: Store
    private let status: StoreStatus
    private let ledger: [LedgerEntry]

    /// Reads the state of a database.
    public init(_ store: Store) throws {
        self.store = store
        status = try store.status()
        ledger = try store.ledger()
    }

    /// The report as an operator reads it.
    public var text: String {
        var lines = [
            "database    \(store.path), schema \(status.schema), \(status.bytes >> 20) MB",
            "files       \(status.files)" + (ledger.last.map { ", the last one \($0.file.name)" } ?? ""),
            "citations   \(status.citationsRead) read, \(status.citationsKept) kept with evidence",
            "evidence    \(status.evidence) pieces on \(status.entities) entities",
            "articles    \(status.articles) with \(status.revisions) revisions",
            "set aside   \(status.problems) records"
                + (status.problems > 0 ? " (status --problems lists them)" : ""),
        ]
        if let run = status.lastRun {
            lines.append(
                "last run    \(run.number), \(run.status.rawValue), begun \(run.started): \(run.summary)")
        }
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
        JSONValue.object([
            .init("database", .string(store.path)), .init("schema", .integer(Int64(status.schema))),
            .init("bytes", .integer(Int64(status.bytes))), .init("files", .integer(Int64(status.files))),
            .init("citationsRead", .integer(Int64(status.citationsRead))),
            .init("citationsKept", .integer(Int64(status.citationsKept))),
            .init("evidence", .integer(Int64(status.evidence))),
            .init("entities", .integer(Int64(status.entities))),
            .init("articles", .integer(Int64(status.articles))),
            .init("revisions", .integer(Int64(status.revisions))),
            .init("setAside", .integer(Int64(status.problems))),
            .init(
                "ledger",
                .array(
                    ledger.map { entry in
                        .object([
                            .init("name", .string(entry.file.name)),
                            .init("sha256", .string(entry.file.sha256)),
                            .init("citations", .integer(Int64(entry.totals.citations))),
                            .init("evidence", .integer(Int64(entry.evidence))),
                            .init("deleted", .integer(Int64(entry.deleted))),
                            .init("setAside", .integer(Int64(entry.setAside))),
                        ])
                    })),
        ]).line
    }

    /// A line for each record that was set aside.
    public func problemLines() throws -> [String] {
        try store.problems().map(\.problem.reason)
    }
}

/// The hits of a search.
public enum SearchReport {
    /// A line a hit: the article and where the words stand in it.
    public static func lines(_ query: String, in store: Store, limit: Int, json: Bool) throws -> [String] {
        try store.search(query, limit: limit).map { hit in
            let species = hit.article.taxon.map {
                SpeciesSelection.usualNames(of: $0)?.common ?? "taxon \($0)"
            }
            if json {
                return JSONValue.object([
                    .init("entity", .string(hit.article.entity.curie)),
                    .init("name", .string(hit.article.name)),
                    .init("title", .string(hit.article.title)),
                    .init("species", species.map { .string($0) } ?? .null),
                    .init("exact", .bool(hit.isExact)), .init("snippet", .string(hit.snippet)),
                ]).line
            }
            return "\(hit.article.entity)  \(hit.article.title)" + (species.map { " (\($0))" } ?? "")
                + hit.snippet.split(separator: "\n").map { "\n    " + $0 }.joined()
        }
    }
}

/// Lists and finds articles for the command line.
public struct LibraryCommand {
    private let store: Store
    /// The species of symbols; nil for all.
    public let taxon: TaxonID?

    /// Opens the articles of a store.
    ///
    /// - Parameter species: common name, scientific name or taxon id; nil for all.
    /// - Throws: `PipelineError.unknownSpecies`.
    public init(_ store: Store, species: String?) throws {
        self.store = store
        taxon = try species.map { try SpeciesSelection.taxon(named: $0) }
    }

    /// A line an article.
    public func list(json: Bool) throws -> [String] {
        try store.articles(taxon: taxon).map { article in
            let species = article.taxon.map { SpeciesSelection.usualNames(of: $0)?.common ?? "taxon \($0)" }
            if json {
                return JSONValue.object([
                    .init("entity", .string(article.entity.curie)), .init("name", .string(article.name)),
                    .init("title", .string(article.title)),
                    .init("species", species.map { .string($0) } ?? .null),
                    .init("revision", .integer(Int64(article.head))),
                    .init("statements", .integer(Int64(article.statements))),
                ]).line
            }
            return
                "\(article.entity)\t\(article.title)\t\(species ?? "")\t\(article.statements) statements\trevision \(article.head)"
        }
    }

    /// The entity that a CURIE or a symbol means.
    public func entity(_ name: String) throws -> EntityID {
        try ArticleLibrary(store).entity(named: name, taxon: taxon)
    }

    /// The entities that names mean; those of all articles where there are none.
    public func entities(_ names: [String]) throws -> [EntityID] {
        names.isEmpty ? try store.articles().map(\.entity) : try names.map { try entity($0) }
    }

    /// The page of an article.
    public func page(_ name: String, revision: Int?) throws -> ArticlePage {
        let library = ArticleLibrary(store)
        return try library.page(of: library.entity(named: name, taxon: taxon), revision: revision)
    }
}

/// The runs of a database.
public enum RunsReport {
    /// A line a run, the newest first.
    public static func lines(_ store: Store, limit: Int, json: Bool) throws -> [String] {
        try store.runs(limit: limit).map { run in
            if json {
                return JSONValue.object([
                    .init("run", .integer(Int64(run.number))), .init("status", .string(run.status.rawValue)),
                    .init("started", .string(run.started)),
                    .init("ended", run.ended.map { .string($0) } ?? .null),
                    .init("digest", .string(run.origin.digest)), .init("summary", .string(run.summary)),
                ]).line
            }
            return "\(run.number)\t\(run.started)\t\(run.status.rawValue)\t\(run.summary)"
        }
    }
}
