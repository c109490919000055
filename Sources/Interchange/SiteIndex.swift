import Articles
import Corpus
import Mustache

/// The list of all articles, as a page and as the data that its script filters.
struct SiteIndex {
    /// The articles, in the order of the list.
    let entries: [SiteEntry]

    /// The page. It holds the first rows itself; the script puts its own in their place.
    var html: String {
        let rows = entries.prefix(StaticSite.shownRows).map { entry in
            [
                "path": entry.path,
                "name": entry.name,
                "fullName": entry.fullName ?? "",
                "species": entry.species.isEmpty ? false : entry.species as Any,
                "statements": entry.statementCount == 1
                    ? "1 statement" : "\(entry.statementCount) statements",
            ]
        }
        return Templates.index.render([
            "count": "\(entries.count)",
            "articleWord": entries.count == 1 ? "article" : "articles",
            "shown": "\(rows.count)",
            "rows": rows,
            "sourceNotice": ArticleHead.sourceNotice,
        ])
    }

    /// The data: a line an article, `[path, name, full name, number of the species, statements, synonyms]`.
    var script: String {
        let species = Set(entries.map(\.species)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let numbers = Dictionary(
            species.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        var script = "window.bioscribe = {\nspecies: \(JSONValue.strings(species).line),\narticles: [\n"
        for (index, entry) in entries.enumerated() {
            let row = JSONValue.array([
                .string(entry.path), .string(entry.name), .string(entry.fullName ?? ""),
                .integer(numbers[entry.species] ?? 0), .integer(entry.statementCount),
                .strings(entry.synonyms),
            ])
            // `<` can only stand in a text here; escaped, it cannot end the script if the data is put into a page.
            script += row.line.replacing("<", with: "\\u003c")
            script += index + 1 < entries.count ? ",\n" : "\n"
        }
        return script + "]};\n"
    }
}

extension SiteEntry {
    /// What the list is sorted by: the name, small and capital letters together, then species, then identifier.
    var sortKey: SortKey {
        SortKey(parts: [name.lowercased(), name, species, entity.curie].map { Array($0.utf8) })
    }

    /// Texts that are compared by their bytes, one after the other.
    struct SortKey: Comparable {
        let parts: [[UInt8]]

        static func < (one: SortKey, other: SortKey) -> Bool {
            for (left, right) in zip(one.parts, other.parts) where left != right {
                return left.lexicographicallyPrecedes(right)
            }
            return false
        }
    }
}
