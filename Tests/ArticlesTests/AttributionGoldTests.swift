import Articles
import Foundation
import Testing

/// Measures against the histories beside the checkout; the bounds are a little below what was measured.
@Suite(.enabled(if: AttributionGold.folder != nil, "the shared histories are not beside the checkout"))
struct `Attribution of gold histories` {
    private struct Revision: Decodable {
        let id: Int
        let contributor: String
        let text: String
    }

    private struct Truth: Decodable {
        let token: String
        let origin: Int
        let contributor: String
    }

    private struct Case: Decodable {
        let name: String
        let texts: [String]
        let words: [String]
        let expected: [Int]
    }

    /// The words of the newest revision with the index of their origin.
    private static func words(of history: TokenHistory) -> [(word: String, origin: Int)] {
        history.tokensOfNewest.flatMap { token in
            words(in: history.string(of: token)).map { ($0, history.origin(of: token) - 1) }
        }
    }

    /// Runs of letters, numbers and underscores.
    private static func words(in text: String) -> [String] {
        text.unicodeScalars.split {
            !($0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil)
        }
        .map { String($0) }
    }

    @Test func `synthetic histories with known truth`() throws {
        var (words, origins, toPerson, toMachine) = (0, 0, 0, 0)
        for seed in 200..<208 {
            let name = "attribution/synthetic-\(seed)"
            let revisions = try AttributionGold.rows(name + ".history.jsonl.gz", as: Revision.self)
            var history = TokenHistory()
            for revision in revisions { history.save(revision.text) }
            let truth = try AttributionGold.rows(name + ".truth.jsonl.gz", as: Truth.self)
            let gold = truth.flatMap { row in
                Self.words(in: row.token).map { (word: $0, origin: row.origin, contributor: row.contributor) }
            }
            let found = Self.words(of: history)
            try #require(gold.map(\.word) == found.map(\.word), "\(name)")
            for (gold, found) in zip(gold, found) {
                let revision = revisions[found.origin]
                words += 1
                if revision.id == gold.origin { origins += 1 }
                if gold.contributor == "M", revision.contributor != "M" { toPerson += 1 }
                if gold.contributor != "M", revision.contributor == "M" { toMachine += 1 }
            }
        }
        func percent(_ count: Int) -> Double { 100 * Double(count) / Double(max(1, words)) }
        #expect(words == 12_855)
        #expect(percent(origins) >= 99.7, "right origin: \(percent(origins)) %")
        #expect(percent(toPerson) <= 0.15, "words of the machine credited to people: \(percent(toPerson)) %")
        #expect(
            percent(toMachine) <= 0.08, "words of people credited to the machine: \(percent(toMachine)) %")
    }

    @Test func `small cases`() throws {
        let cases = try AttributionGold.array("attribution/micro-cases.json", as: Case.self)
        #expect(cases.count == 11)
        for item in cases {
            var history = TokenHistory()
            for text in item.texts { history.save(text) }
            let found = Self.words(of: history)
            #expect(found.map(\.word) == item.words, "\(item.name)")
            #expect(found.map { $0.origin + 1 } == item.expected, "\(item.name)")
        }
    }

    /// Five words in a row that stand once in the newest text and stood before the origin of one of them.
    @Test func `real histories contradict few origins`() throws {
        let names = [
            "03-categorize", "06-discussion", "1-6-band", "center-for-responsible-lending", "derek-panza",
            "rio-grande",
        ]
        var (words, contradicted) = (0, 0)
        for name in names {
            let revisions = try AttributionGold.rows(
                "attribution/real-\(name).history.jsonl.gz", as: Revision.self)
            var history = TokenHistory()
            var first: [[String]: Int] = [:]
            for (number, revision) in revisions.enumerated() {
                history.save(revision.text)
                for five in Self.fives(Self.words(in: revision.text)) where first[five] == nil {
                    first[five] = number
                }
            }
            let found = Self.words(of: history)
            let fives = Self.fives(found.map(\.word))
            var counts: [[String]: Int] = [:]
            for five in fives { counts[five, default: 0] += 1 }
            for (index, item) in found.enumerated() {
                let around = max(0, index - 4)...min(index, fives.count - 1)
                let isLate = around.contains {
                    counts[fives[$0]] == 1 && (first[fives[$0]] ?? .max) < item.origin
                }
                if isLate { contradicted += 1 }
            }
            words += found.count
        }
        let share = 100 * Double(contradicted) / Double(words)
        #expect(share <= 1, "contradicted: \(share) %")
    }

    private static func fives(_ words: [String]) -> [[String]] {
        words.count < 5 ? [] : (0...(words.count - 5)).map { Array(words[$0..<($0 + 5)]) }
    }
}

/// Reads the histories.
private enum AttributionGold {
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

    /// The rows of a gzipped file of JSON Lines.
    static func rows<Row: Decodable>(_ name: String, as: Row.Type) throws -> [Row] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", try #require(folder).appendingPathComponent(name).path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let decoder = JSONDecoder()
        return try data.split(separator: UInt8(ascii: "\n")).map {
            try decoder.decode(Row.self, from: Data($0))
        }
    }

    /// A JSON array.
    static func array<Row: Decodable>(_ name: String, as: Row.Type) throws -> [Row] {
        try JSONDecoder().decode(
            [Row].self, from: Data(contentsOf: try #require(folder).appendingPathComponent(name)))
    }
}
