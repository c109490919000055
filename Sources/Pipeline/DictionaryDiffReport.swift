import Corpus
import Interchange
import Terminology

/// What changed between two dictionaries, for people and for programs.
public struct DictionaryDiffReport {
    private let diff: DictionaryDiff

    /// Reports a comparison.
    public init(_ diff: DictionaryDiff) {
        self.diff = diff
    }

    /// Opens a compiled dictionary, or builds that of a folder where the cache does not have it.
    public static func dictionary(
        at path: String, onWarning: (SourceWarning) -> Void, onBuild: () -> Void
    ) throws(TerminologyError) -> CompiledDictionary {
        try DictionaryFolder(path: path).compiled(
            cache: DictionaryCache.folder, onBuild: onBuild, onWarning: onWarning)
    }

    /// Tables of counts, then the entities that are listed.
    public var text: String {
        var lines = table("entities", rows(diff.entities), total: DictionaryDiff.total(diff.entities))
        lines += table("names", rows(diff.namesByKind), total: DictionaryDiff.total(diff.namesByKind))
        let sources = diff.namesBySource.keys.sorted().map { ($0, diff.namesBySource[$0] ?? .init()) }
        lines += table("names by source", sources, total: nil)
        for entity in diff.added { lines.append("+ " + title(entity)) }
        for entity in diff.removed { lines.append("- " + title(entity)) }
        for change in diff.changed {
            lines.append("~ " + title(change.new))
            if title(change.old) != title(change.new) { lines.append("    was \(title(change.old))") }
            lines += change.added.map { "    + \(name($0))" }
            lines += change.removed.map { "    - \(name($0))" }
            lines += change.regraded.map { "    ~ \(name($0))" }
        }
        return lines.joined(separator: "\n")
    }

    /// The same as one JSON object.
    public var json: String { JSONValue.object(members).line }

    var members: [JSONValue.Member] {
        func counts(_ counts: DictionaryDiff.Counts) -> JSONValue {
            .object([
                .init("added", .integer(Int64(counts.added))),
                .init("removed", .integer(Int64(counts.removed))),
                .init("changed", .integer(Int64(counts.changed))),
            ])
        }
        func byKind(_ table: [EntityKind: DictionaryDiff.Counts]) -> JSONValue {
            .object(
                [.init("all", counts(DictionaryDiff.total(table)))]
                    + rows(table).map { .init($0.0, counts($0.1)) })
        }
        func names(_ synonyms: [Synonym]) -> JSONValue {
            .array(
                synonyms.map {
                    .object([
                        .init("name", .string($0.name)), .init("grade", .string("\($0.grade)")),
                        .init("source", .string($0.source)),
                    ])
                })
        }
        func entity(_ entity: Entity) -> [JSONValue.Member] {
            [
                .init("entity", .string(entity.id.curie)), .init("kind", .string(entity.kind.rawValue)),
                .init("name", .string(entity.name)),
            ]
        }
        return [
            .init("entities", byKind(diff.entities)), .init("names", byKind(diff.namesByKind)),
            .init(
                "namesBySource",
                .object(
                    diff.namesBySource.keys.sorted().map {
                        .init($0, counts(diff.namesBySource[$0] ?? .init()))
                    })),
            .init(
                "added",
                .array(diff.added.map { .object(entity($0) + [.init("names", names($0.synonyms))]) })),
            .init(
                "removed",
                .array(diff.removed.map { .object(entity($0) + [.init("names", names($0.synonyms))]) })),
            .init(
                "changed",
                .array(
                    diff.changed.map { change in
                        .object(
                            entity(change.new) + [
                                .init("was", .object(entity(change.old))),
                                .init("namesAdded", names(change.added)),
                                .init("namesRemoved", names(change.removed)),
                                .init("namesRegraded", names(change.regraded)),
                            ])
                    })),
        ]
    }

    private func rows(_ table: [EntityKind: DictionaryDiff.Counts]) -> [(String, DictionaryDiff.Counts)] {
        EntityKind.allCases.compactMap { kind in table[kind].map { (kind.rawValue, $0) } }
    }

    private func table(
        _ title: String, _ rows: [(String, DictionaryDiff.Counts)], total: DictionaryDiff.Counts?
    ) -> [String] {
        func line(_ name: String, _ counts: DictionaryDiff.Counts) -> String {
            "  \(name)  \(counts.added) added, \(counts.removed) removed, \(counts.changed) changed"
        }
        let all = total.map { ": \($0.added) added, \($0.removed) removed, \($0.changed) changed" } ?? ""
        return rows.isEmpty && total == nil ? [] : [title + all] + rows.map { line($0.0, $0.1) }
    }

    private func title(_ entity: Entity) -> String {
        "\(entity.id)  \(entity.kind.rawValue)  \(entity.name)" + (entity.fullName.map { " - \($0)" } ?? "")
    }

    private func name(_ synonym: Synonym) -> String {
        "“\(synonym.name)”, \(DictionaryReport.words(synonym.grade)), in \(synonym.source)"
    }
}
