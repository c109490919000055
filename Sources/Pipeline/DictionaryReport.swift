import AhoCorasick
import Corpus
import Interchange
import Terminology

/// What is in a dictionary.
public enum DictionaryReport {
    /// Counts and sources.
    ///
    /// - Parameter dates: the dates of the files by the names of sources, for those whose content tells none.
    public static func info(
        _ dictionary: CompiledDictionary, dates: [String: String] = [:], json: Bool
    ) -> String {
        if json { return JSONValue.object(members(of: dictionary, dates: dates)).line }
        var lines = [
            "digest    \(dictionary.digest)", "entities  \(dictionary.conceptCount)",
            "names     \(dictionary.nameCount), \(dictionary.automaton.patternCount) different ones",
            "other identifiers  \(dictionary.alternativeCount)",
            "sources",
        ]
        for source in dictionary.sources {
            let date =
                source.release.isEmpty
                ? dates[source.name].map { ", file of \($0)" } ?? "" : ", as of \(source.release)"
            let others = source.alternatives > 0 ? ", \(source.alternatives) other identifiers" : ""
            lines.append(
                "  \(source.name)  \(source.layout), \(source.concepts) entities, \(source.names) names\(others)\(date), "
                    + "SHA-256 \(source.sha256.prefix(16))…")
        }
        return lines.joined(separator: "\n")
    }

    static func members(
        of dictionary: CompiledDictionary, dates: [String: String]
    ) -> [JSONValue.Member] {
        [
            .init("digest", .string(dictionary.digest)),
            .init("entities", .integer(Int64(dictionary.conceptCount))),
            .init("names", .integer(Int64(dictionary.nameCount))),
            .init("patterns", .integer(Int64(dictionary.automaton.patternCount))),
            .init("alternatives", .integer(Int64(dictionary.alternativeCount))),
            .init(
                "sources",
                .array(
                    dictionary.sources.map { source in
                        .object(
                            [
                                .init("name", .string(source.name)), .init("layout", .string(source.layout)),
                                .init("sha256", .string(source.sha256)),
                                .init("bytes", .integer(Int64(source.bytes))),
                                .init("entities", .integer(Int64(source.concepts))),
                                .init("names", .integer(Int64(source.names))),
                                .init("alternatives", .integer(Int64(source.alternatives))),
                                .init(
                                    "release", source.release.isEmpty ? .null : .string(source.release)),
                            ] + (dates[source.name].map { [.init("modified", .string($0))] } ?? []))
                    })),
        ]
    }

    /// What a name or identifier means: a block, or a JSON line, a meaning; nothing for what is not known.
    public static func lookup(_ name: String, in dictionary: CompiledDictionary, json: Bool) -> String {
        if let id = EntityID(curie: name), let concept = dictionary.concept(of: id) {
            return describe(concept, asked: id, in: dictionary, json: json)
        }
        var text = ""
        for entry in dictionary.entries(named: name) {
            let id = dictionary.identifier(ofConcept: entry.concept)
            let kind = dictionary.kind(ofConcept: entry.concept)
            let listed = dictionary.name(ofEntry: entry.number)
            let isBlocked = dictionary.isBlocked(name, as: kind)
            let taxon = dictionary.taxon(ofConcept: entry.concept)
            let others = dictionary.alternatives(ofConcept: entry.concept).map(\.id.curie)
            if json {
                text +=
                    JSONValue.object([
                        .init("entity", .string(id.curie)), .init("kind", .string(kind.rawValue)),
                        .init("name", .string(dictionary.name(ofConcept: entry.concept))),
                        .init("taxon", taxon.map { .string($0.entity.curie) } ?? .null),
                        .init("listedAs", .string(listed)), .init("grade", .string("\(entry.grade)")),
                        .init("variation", .string(entry.variation)),
                        .init("source", .string(dictionary.source(ofEntry: entry.number))),
                        .init("blocked", .bool(isBlocked)),
                        .init("alternatives", .array(others.map { .string($0) })),
                    ]).line + "\n"
            } else {
                text +=
                    "\(title(of: entry.concept, in: dictionary))"
                    + "\n    listed as “\(listed)”, \(words(entry.grade)), in \(dictionary.source(ofEntry: entry.number))"
                    + (entry.variation.isEmpty ? "" : "; \(entry.variation)")
                    + (isBlocked ? "; blocked in this spelling by a list in words/" : "") + "\n"
                    + (others.isEmpty ? "" : "    also \(others.joined(separator: ", "))\n")
            }
        }
        return text
    }

    /// `ncbigene:3558  Gene  IL2 - interleukin 2 (human)`
    private static func title(of concept: Int, in dictionary: CompiledDictionary) -> String {
        let full = dictionary.fullName(ofConcept: concept)
        let species = dictionary.taxon(ofConcept: concept).map {
            SpeciesSelection.usualNames(of: $0)?.common ?? "taxon \($0)"
        }
        return
            "\(dictionary.identifier(ofConcept: concept))  \(dictionary.kind(ofConcept: concept).rawValue)  "
            + dictionary.name(ofConcept: concept) + (full.isEmpty ? "" : " - \(full)")
            + (species.map { " (\($0))" } ?? "")
    }

    private static func describe(
        _ concept: Int, asked: EntityID, in dictionary: CompiledDictionary, json: Bool
    ) -> String {
        let entity = dictionary.entity(ofConcept: concept)
        let others = dictionary.alternatives(ofConcept: concept)
        func isBlocked(_ name: Synonym) -> Bool { dictionary.isBlocked(name.name, as: entity.kind) }
        if json {
            return JSONValue.object(
                [
                    .init("entity", .string(entity.id.curie)), .init("kind", .string(entity.kind.rawValue)),
                    .init("name", .string(entity.name)),
                ] + (asked == entity.id ? [] : [.init("replaces", .string(asked.curie))]) + [
                    .init(
                        "names",
                        .array(
                            entity.synonyms.map {
                                .object([
                                    .init("name", .string($0.name)), .init("grade", .string("\($0.grade)")),
                                    .init("source", .string($0.source)),
                                    .init("blocked", .bool(isBlocked($0))),
                                ])
                            })),
                    .init("alternatives", .array(others.map { .string($0.id.curie) })),
                ]
            ).line + "\n"
        }
        let source = others.first { $0.id == asked }?.source
        return (source.map { "\(asked) is another identifier, by \($0), of\n" } ?? "")
            + "\(title(of: concept, in: dictionary))\n"
            + entity.synonyms.map {
                "    “\($0.name)”, \(words($0.grade)), in \($0.source)"
                    + (isBlocked($0) ? "; blocked in this spelling by a list in words/" : "") + "\n"
            }.joined()
            + (others.isEmpty ? "" : "    also \(others.map(\.id.curie).joined(separator: ", "))\n")
    }

    static func words(_ grade: NameGrade) -> String {
        switch grade {
        case .official: "official symbol or preferred term"
        case .fullName: "full name"
        case .synonym: "synonym"
        case .related: "designation or related name"
        case .weak: "weak name"
        }
    }
}
