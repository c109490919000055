import Corpus
import Foundation
import Terminology
import Testing
import TextMining

/// The small dictionary of `Fixtures/Tagging` with the shipped tables of families, cell lines and species and the
/// shipped block lists, and what the tagger finds with it.
enum TaggingScene {
    private static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The dictionary; built once, in a folder that is left to the system to clean up.
    static let dictionary: CompiledDictionary? = {
        do {
            return try dictionary(adding: [:])
        } catch {
            Issue.record("the dictionary of the fixtures cannot be built: \(error)")
            return nil
        }
    }()

    /// The dictionary with other sources beside those of the fixtures.
    static func dictionary(adding added: [String: String]) throws -> CompiledDictionary {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appending(path: "tagging-\(UUID().uuidString)")
        defer { try? files.removeItem(at: folder) }
        let sources = folder.appending(path: "sources")
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        try files.copyItem(at: package.appending(path: "Tests/TextMiningTests/Fixtures/Tagging"), to: sources)
        let shipped = package.appending(path: "Dictionaries")
        for table in ["families/families", "cell-lines/cell-lines", "species/species"] {
            let name = table.split(separator: "/")[1] + ".names.tsv"
            try files.copyItem(
                at: shipped.appending(path: table + ".names.tsv"), to: sources.appending(path: String(name)))
        }
        let words = shipped.appending(path: "words")
        for name in try files.contentsOfDirectory(atPath: words.path())
        where name.hasPrefix("blocklist.") || name == "roles.tsv" {
            try files.copyItem(at: words.appending(path: name), to: sources.appending(path: name))
        }
        for (name, text) in added {
            let file = sources.appending(path: name)
            try files.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return try DictionaryFolder(path: sources.path()).compiled(
            cache: folder.appending(path: "cache").path())
    }

    /// The mentions in a title and an abstract.
    static func mentions(
        _ text: String, title: String = "", headings: [String] = [], species: Set<TaxonID>? = nil,
        focus: String? = nil
    ) throws -> [Mention] {
        let dictionary = try #require(dictionary)
        let tagger = Tagger(
            dictionary: dictionary,
            settings: TaggerSettings(species: species, focus: focus.flatMap { EntityID(curie: $0) }))
        var passages: [Passage] = []
        if !title.isEmpty { passages.append(Passage(kind: .title, index: 0, text: title)) }
        passages.append(Passage(kind: .abstract, index: 1, text: text))
        return tagger.mentions(in: passages, context: DocumentContext(meshHeadings: headings))
    }

    /// The entities that the mentions of a name in the abstract were resolved to, in order, without repeats.
    static func entities(
        of surface: String, in text: String, title: String = "", headings: [String] = [],
        kinds: Set<EntityKind>? = nil
    ) throws -> [String] {
        var found: [String] = []
        for mention in try mentions(text, title: title, headings: headings)
        where mention.passage == 1 && text.slice(mention.range) == surface {
            if let kinds, !kinds.contains(mention.kind) { continue }
            if !found.contains(mention.entity.curie) { found.append(mention.entity.curie) }
        }
        return found
    }
}
