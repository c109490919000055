import Corpus
import Foundation
import Terminology
import Testing
import TextMining

/// Measures identifiers against the corpora beside the checkout, with the shipped dictionaries. The bounds are a little
/// below what was measured.
@Suite(.enabled(if: TaggingGold.folder != nil, "the shared corpora are not beside the checkout"))
struct TaggingGoldTests {
    @Test func `identifiers of documents`() throws {
        let gold = try #require(TaggingGold.folder)
        let dictionary = try TaggingGold.dictionary()
        let human = Set(
            try String(contentsOf: gold.appending(path: "human.ids"), encoding: .utf8).split(separator: "\n")
                .map(String.init))
        for corpus in TaggingGold.corpora {
            let tagger = Tagger(
                dictionary: dictionary, settings: TaggerSettings(species: corpus.isHuman ? [.human] : nil))
            var count = TaggingCounts()
            for document in try TaggingGold.documents(of: corpus.file) {
                count.add(
                    gold: document.identifiers(of: corpus.types),
                    found: document.found(by: tagger, as: corpus.kind), among: corpus.isHuman ? human : nil)
            }
            #expect(count.f1 >= corpus.bound, "\(corpus.name): F1 \(count.f1), \(count)")
        }
    }
}

/// Hits, false alarms and misses, over pairs of a document and an identifier.
private struct TaggingCounts {
    private var hits = 0
    private var alarms = 0
    private var misses = 0

    /// Counts a document; identifiers that are not among those that count are left out on both sides.
    mutating func add(gold: Set<String>, found: Set<String>, among counted: Set<String>?) {
        let gold = counted.map { gold.intersection($0) } ?? gold
        let found = counted.map { found.intersection($0) } ?? found
        hits += gold.intersection(found).count
        alarms += found.subtracting(gold).count
        misses += gold.subtracting(found).count
    }

    var f1: Double { 200 * Double(hits) / Double(max(1, 2 * hits + alarms + misses)) }
}

/// Reads the corpora.
private enum TaggingGold {
    struct Corpus {
        let name: String
        let file: String
        let types: Set<String>
        let kind: EntityKind
        var isHuman = false
        let bound: Double
    }

    private static let genes: Set<String> = ["Gene", "GeneOrGeneProduct"]
    private static let diseases: Set<String> = [
        "Disease", "SpecificDisease", "DiseaseClass", "Modifier", "CompositeMention",
        "DiseaseOrPhenotypicFeature",
    ]
    static let corpora = [
        Corpus(
            name: "BC2GN, human genes", file: "gnormplus_bc2gn.dev.jsonl.gz", types: genes, kind: .gene,
            isHuman: true,
            bound: 84),
        Corpus(name: "NLM-Gene", file: "nlmgene.dev.jsonl.gz", types: genes, kind: .gene, bound: 78),
        Corpus(
            name: "NCBI disease", file: "ncbi_disease.dev.jsonl.gz", types: diseases, kind: .disease,
            bound: 89),
        Corpus(
            name: "BC5CDR disease", file: "bc5cdr.dev.jsonl.gz", types: diseases, kind: .disease, bound: 92.5),
        Corpus(
            name: "BC5CDR chemical", file: "bc5cdr.dev.jsonl.gz", types: ["Chemical", "ChemicalEntity"],
            kind: .chemical, bound: 89.5),
    ]

    private static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The folder of the corpora: in `BIOSCRIBE_SHARED`, or in `../shared` beside the checkout; nil when absent.
    static let folder: URL? = {
        let shared =
            ProcessInfo.processInfo.environment["BIOSCRIBE_SHARED"].map { URL(filePath: $0) }
            ?? package.deletingLastPathComponent().appending(path: "shared")
        let folder = shared.appending(path: "gold/tagging")
        return FileManager.default.fileExists(atPath: folder.path()) ? folder : nil
    }()

    /// The dictionary of the shipped sources. The compiled file is taken away at once: it stays mapped.
    static func dictionary() throws -> CompiledDictionary {
        let cache = FileManager.default.temporaryDirectory.appending(
            path: "tagging-gold-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: cache) }
        return try DictionaryFolder(path: package.appending(path: "Dictionaries").path()).compiled(
            cache: cache.path())
    }

    struct Document: Decodable {
        struct Mention: Decodable {
            let type: String
            let id: String?
        }

        let title: String?
        let abstract: String?
        let text: String?
        let mentions: [Mention]

        /// The identifiers that the annotators gave, without prefixes; `-1` stands for none.
        func identifiers(of types: Set<String>) -> Set<String> {
            var identifiers: Set<String> = []
            for mention in mentions where types.contains(mention.type) {
                for part in (mention.id ?? "").split(whereSeparator: { ";,|+".contains($0) }) {
                    var identifier = part.trimmingPrefix(while: \.isWhitespace)
                    if let colon = identifier.firstIndex(of: ":"), identifier[..<colon].allSatisfy(\.isLetter)
                    {
                        identifier = identifier[identifier.index(after: colon)...]
                    }
                    let bare = identifier.prefix { $0 != "(" && !$0.isWhitespace }
                    if !bare.isEmpty, bare != "-", bare != "-1" { identifiers.insert(String(bare)) }
                }
            }
            return identifiers
        }

        /// The identifiers that the tagger gives.
        func found(by tagger: Tagger, as kind: EntityKind) -> Set<String> {
            var passages: [Passage] = []
            let parts = [
                (PassageKind.title, title ?? text ?? ""), (.abstract, title == nil ? "" : abstract ?? ""),
            ]
            for (index, part) in parts.enumerated() where !part.1.isEmpty {
                passages.append(Passage(kind: part.0, index: index, text: part.1))
            }
            return Set(tagger.mentions(in: passages).filter { $0.kind == kind }.map(\.entity.local))
        }
    }

    /// The documents of a gzipped file of JSON lines.
    static func documents(of name: String) throws -> [Document] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", try #require(folder).appending(path: name).path()]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let decoder = JSONDecoder()
        return try data.split(separator: UInt8(ascii: "\n")).map {
            try decoder.decode(Document.self, from: Data($0))
        }
    }
}
