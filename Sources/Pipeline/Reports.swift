import Articles
import Corpus
import Interchange
import Store

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
