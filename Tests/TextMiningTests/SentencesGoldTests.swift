import Corpus
import Foundation
import Testing
import TextMining

/// Measures against the corpora beside the checkout; the bounds are a little below what was measured.
@Suite(.enabled(if: SentencesGold.folder != nil, "the shared corpora are not beside the checkout"))
struct `Sentences on gold corpora` {
    @Test(arguments: [("genia", 99.8), ("craft", 99.3)])
    func `boundaries`(corpus: String, bound: Double) throws {
        struct Row: Decodable {
            let text: String?
            let abstract: String?
            let sentences: [[Int]]
        }
        var count = Counts()
        for row in try SentencesGold.rows("sentences/\(corpus).dev.jsonl.gz", as: Row.self) {
            let text = row.text ?? row.abstract ?? ""
            let gold = Set(row.sentences)
            let offsets = SentencesGold.codePoints(text)
            let found = Set(SentenceSplitter.ranges(in: text).map { [offsets[$0.start], offsets[$0.end]] })
            count.add(gold: gold, found: found)
        }
        #expect(count.f1 >= bound, "\(corpus): F1 \(count.f1)")
    }

    @Test func `abbreviations`() throws {
        struct Pair: Decodable {
            let sf: String
            let lf: String
        }
        struct Row: Decodable {
            let title: String
            let abstract: String
            let abbrevs: [Pair]
        }
        var count = Counts()
        for row in try SentencesGold.rows("abbreviations/med1250.dev.jsonl.gz", as: Row.self) {
            var found: Set<[String]> = []
            for text in [row.title, row.abstract] {
                for definition in AbbreviationFinder.definitions(in: text) {
                    found.insert([
                        SentencesGold.folded(text.slice(definition.short)),
                        SentencesGold.folded(text.slice(definition.long)),
                    ])
                }
            }
            let gold = Set(row.abbrevs.map { [SentencesGold.folded($0.sf), SentencesGold.folded($0.lf)] })
            count.add(gold: gold, found: found)
        }
        #expect(count.f1 >= 91, "F1 \(count.f1)")
    }

    @Test func `negation, speculation, standing alone and kind`() throws {
        struct Row: Decodable {
            let text: String
            let entityText: String
            let negated: [Bool]
            let speculative: [Bool]
            let standalone: [Bool]
            let kind: [String]

            enum CodingKeys: String, CodingKey {
                case text
                case entityText = "entity_text"
                case negated
                case speculative
                case standalone
                case kind
            }
        }
        let judge = SentenceJudge()
        var negated = Counts()
        var speculative = Counts()
        var loose = Counts()
        var kinds = (right: 0, all: 0)
        for row in try SentencesGold.rows("sections/dev.jsonl", as: Row.self) {
            let focus = SentencesGold.places(of: row.entityText, in: row.text)
            let qualities = judge.qualities(of: row.text, focus: focus)
            negated.add(row.negated, rare: true, said: qualities.isNegated)
            speculative.add(row.speculative, rare: true, said: qualities.isSpeculative)
            loose.add(row.standalone, rare: false, said: qualities.standsAlone)
            if row.kind.count == 1 {
                kinds.all += 1
                kinds.right += row.kind[0] == qualities.kind.rawValue ? 1 : 0
            }
        }
        #expect(negated.f1 >= 90, "negated: F1 \(negated.f1)")
        #expect(speculative.f1 >= 95, "speculative: F1 \(speculative.f1)")
        #expect(loose.f1 >= 76, "not standing alone: F1 \(loose.f1)")
        let share = 100 * Double(kinds.right) / Double(kinds.all)
        #expect(share >= 87.5, "kind right in \(share) %")
    }
}

/// Hits, false alarms and misses.
private struct Counts {
    private var hits = 0
    private var alarms = 0
    private var misses = 0

    mutating func add<Item>(gold: Set<Item>, found: Set<Item>) {
        hits += gold.intersection(found).count
        alarms += found.subtracting(gold).count
        misses += gold.subtracting(found).count
    }

    /// Counts a flag on which both annotators agree; only the rare value counts.
    mutating func add(_ gold: [Bool], rare: Bool, said: Bool) {
        guard gold.allSatisfy({ $0 == gold[0] }) else { return }
        if gold[0] == rare && said == rare { hits += 1 }
        if gold[0] == rare && said != rare { misses += 1 }
        if gold[0] != rare && said == rare { alarms += 1 }
    }

    var f1: Double { 200 * Double(hits) / Double(max(1, 2 * hits + alarms + misses)) }
}

/// Reads the corpora.
private enum SentencesGold {
    /// The folder of the gold files: `BIOSCRIBE_SHARED`, or `../shared` beside the checkout; nil when absent.
    static let folder: URL? = {
        let shared: URL
        if let path = ProcessInfo.processInfo.environment["BIOSCRIBE_SHARED"] {
            shared = URL(fileURLWithPath: path)
        } else {
            let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            shared = root.deletingLastPathComponent().appendingPathComponent("shared")
        }
        let gold = shared.appendingPathComponent("gold")
        return FileManager.default.fileExists(atPath: gold.path) ? gold : nil
    }()

    /// The rows of a JSON Lines file, gzipped or not.
    static func rows<Row: Decodable>(_ name: String, as: Row.Type) throws -> [Row] {
        let file = try #require(folder).appendingPathComponent(name)
        let data: Data
        if name.hasSuffix(".gz") {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["gzip", "-dc", file.path]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            data = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
        } else {
            data = try Data(contentsOf: file)
        }
        let decoder = JSONDecoder()
        return try data.split(separator: UInt8(ascii: "\n")).map {
            try decoder.decode(Row.self, from: Data($0))
        }
    }

    /// For each byte offset of a text, how many code points stand before it.
    static func codePoints(_ text: String) -> [Int] {
        var offsets: [Int] = []
        var count = 0
        for byte in text.utf8 {
            offsets.append(count)
            if byte & 0xC0 != 0x80 { count += 1 }
            if byte & 0xC0 == 0x80 { offsets[offsets.count - 1] = count }
        }
        offsets.append(count)
        return offsets
    }

    /// Runs of white space as one space.
    static func folded(_ text: String?) -> String {
        (text ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Where a name occurs in a text, in bytes.
    static func places(of name: String, in text: String) -> [TextRange] {
        let bytes = Array(text.utf8)
        let needle = Array(name.utf8)
        guard !needle.isEmpty, needle.count <= bytes.count else { return [] }
        return (0...(bytes.count - needle.count)).filter { bytes[$0...].starts(with: needle) }.map {
            TextRange($0, $0 + needle.count)
        }
    }
}
