import Evaluation
import Foundation
import Intake
import Testing

/// The numbers are those that the scoring program beside the corpora prints for the same predictions.
///
/// The predictions are gold with faults, thrown with seeded dice: what is scored is the scoring.
@Suite(
    .enabled(
        if: SharedData.path("tools/score.py") != nil && SharedData.python != nil,
        "the shared corpora, or python3, are absent"))
struct ScoreProgramTests {
    private static let seed: UInt64 = 20_261_127
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// What the program prints.
    private func program(_ arguments: [String]) throws -> [String: Any] {
        let process = Process()
        process.executableURL = URL(filePath: try #require(SharedData.python))
        process.arguments = ["-B", try #require(SharedData.path("tools/score.py"))] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func expect(_ score: Score, is printed: Any?, _ what: String) throws {
        let printed = try #require(printed as? [String: Any], "\(what)")
        let numbers = [
            ("tp", score.counts.hits), ("fp", score.counts.falseAlarms), ("fn", score.counts.misses),
            ("precision", score.precision.value), ("recall", score.recall.value), ("f1", score.f1.value),
        ]
        for (name, value) in numbers {
            let theirs = try #require(printed[name] as? NSNumber, "\(what) \(name)").doubleValue
            #expect(
                String(format: "%.2f", value) == String(format: "%.2f", theirs),
                "\(what) \(name), seed \(Self.seed)")
        }
        for estimate in [score.precision, score.recall, score.f1] where score.counts.hits > 0 {
            #expect(
                estimate.interval.low <= estimate.value && estimate.value <= estimate.interval.high, "\(what)"
            )
        }
    }

    // MARK: - Tagging

    /// Gold mentions with faults, as PubTator.
    private func predictions(_ gold: [GoldDocument]) -> String {
        var dice = Dice(seed: Self.seed)
        let kinds = GoldType.allCases.map(\.rawValue)
        var text = ""
        for document in gold {
            for mention in document.mentions where !dice.once(in: 4) {
                var start = mention.start
                var end = mention.end
                if dice.once(in: 6) { start = max(0, start - 3) }
                if dice.once(in: 6) { end += 2 }
                if dice.once(in: 12) { (start, end) = (end + 40, end + 45) }
                var type = GoldType.allCases.first { $0.names.contains(mention.type) }?.rawValue ?? "Gene"
                if dice.once(in: 9) { type = kinds.randomElement(using: &dice) ?? type }
                var identifier = mention.identifiers.map { "MESH:" + $0 }.joined(separator: "|")
                if dice.once(in: 5) { identifier = "\(Int.random(in: 1...500, using: &dice))" }
                if dice.once(in: 15) { identifier = "-" }
                text +=
                    "\(document.document.id)\t\(start)\t\(end)\tx\t\(type)\t\(identifier)\n"
            }
        }
        return text
    }

    @Test(arguments: [
        "anatem", "bc5cdr", "biored", "gnormplus_bc2gn", "ncbi_disease", "nlmgene", "s800_species",
    ])
    func `tagging`(corpus: String) throws {
        let path = try #require(SharedData.path("gold/tagging/\(corpus).dev.jsonl.gz"))
        let gold = try GoldReader.documents(path: path) { _ in }
        #expect(gold.setAside == 0)
        let found = try folder.file("found.pubtator", predictions(gold.rows))
        let predictions = try TaggingPredictions(pubTator: found) { Issue.record("\($0)") }
        for type in GoldType.allCases {
            let list = type == .species ? "taxa.ids" : "human.ids"
            for restrict in [nil, SharedData.path("gold/tagging/" + list)] {
                let scorer = TaggingScores(
                    type: type, counted: try restrict.map { try IdentifierList(path: $0) })
                let scores = scorer.sheet(gold: gold.rows, found: predictions).scores(
                    Bootstrap(resamples: 40))
                let printed = try program(
                    ["tagging", path, found, "--type", type.rawValue]
                        + (restrict.map { ["--restrict", $0] } ?? []))
                for score in scores.prefix(3) {
                    try expect(
                        score, is: printed[score.measure.name], "\(corpus) \(type) \(score.measure.name)")
                }
            }
        }
    }

    // MARK: - The other tasks

    private func line(_ object: [String: Any]) throws -> String {
        String(
            decoding: try JSONSerialization.data(withJSONObject: object, options: .sortedKeys), as: UTF8.self)
            + "\n"
    }

    @Test(arguments: ["genia", "craft"])
    func `sentences`(corpus: String) throws {
        var dice = Dice(seed: Self.seed)
        let path = try #require(SharedData.path("gold/sentences/\(corpus).dev.jsonl.gz"))
        let gold = try GoldReader.lines(of: GoldSentences.self, path: path, what: "gold") {
            Issue.record("\($0)")
        }
        var text = ""
        for document in gold.rows {
            for range in document.sentences.sorted(by: { $0.start < $1.start }) where !dice.once(in: 7) {
                let shift = dice.once(in: 5) ? 1 : 0
                text += try line([
                    "id": document.id, "passage": dice.once(in: 9) ? "title" : "abstract",
                    "start": range.start + shift, "end": range.end + (dice.once(in: 8) ? 1 : 0),
                ])
            }
        }
        let found = try folder.file("found.jsonl", text)
        let predictions = try SentenceTask.predictions(path: found) { Issue.record("\($0)") }
        let sheet = SentenceTask.sheet(gold: gold.rows) { predictions.sentences[$0.id] ?? [] }
        let printed = try program(["sentences", path, found])
        for score in sheet.scores(Bootstrap(resamples: 40)) {
            try expect(score, is: printed[score.measure.name], "\(corpus) \(score.measure.name)")
        }
    }

    @Test func `abbreviations`() throws {
        var dice = Dice(seed: Self.seed)
        let path = try #require(SharedData.path("gold/abbreviations/med1250.dev.jsonl.gz"))
        let gold = try GoldReader.lines(of: GoldAbbreviations.self, path: path, what: "gold") {
            Issue.record("\($0)")
        }
        var text = ""
        for document in gold.rows {
            for pair in document.pairs.sorted(by: { ($0.short, $0.long) < ($1.short, $1.long) })
            where !dice.once(in: 6) {
                text += try line([
                    "id": document.id, "short": pair.short,
                    "long": dice.once(in: 5) ? "the " + pair.long : pair.long.replacing(" ", with: " \n"),
                ])
            }
        }
        let found = try folder.file("found.jsonl", text)
        let predictions = try AbbreviationTask.predictions(path: found) { Issue.record("\($0)") }
        let sheet = AbbreviationTask.sheet(gold: gold.rows) { predictions.pairs[$0.id] ?? [] }
        let printed = try program(["abbreviations", path, found])
        try expect(try #require(sheet.scores(Bootstrap(resamples: 40)).first), is: printed, "abbreviations")
    }

    @Test func `sections`() throws {
        var dice = Dice(seed: Self.seed)
        let path = try #require(SharedData.path("gold/sections/dev.jsonl"))
        let gold = try GoldReader.lines(of: GoldSentence.self, path: path, what: "gold") {
            Issue.record("\($0)")
        }
        var text = ""
        for sentence in gold.rows where !dice.once(in: 20) {
            var sections = sentence.either.sorted().filter { _ in !dice.once(in: 3) }
            if dice.once(in: 3) { sections.append("chemical") }
            if dice.once(in: 9) { sections.insert("high-impact", at: 0) }
            if dice.once(in: 9) { sections = [] }
            sections.shuffle(using: &dice)
            var object: [String: Any] = [
                "id": sentence.id, "sections": sections.map { ["section": $0] },
                "kind": dice.once(in: 4) ? "aim" : sentence.kinds.first ?? "",
            ]
            for (name, said) in [
                ("negated", sentence.isNegated), ("speculative", sentence.isSpeculative),
                ("standalone", sentence.standsAlone),
            ] where !dice.once(in: 15) {
                object[name] = dice.once(in: 8) ? !said[0] : said[0]
            }
            text += try line(object)
        }
        let found = try folder.file("found.jsonl", text)
        let predictions = try SectionTask.predictions(path: found) { Issue.record("\($0)") }
        let sheet = SectionTask.sheet(gold: gold.rows) {
            predictions.classifications[$0.id] ?? SentenceClassification()
        }
        let printed = try program(["sections", path, found])
        let flags = try #require(printed["flags"] as? [String: Any])
        let sections = try #require(printed["per_section"] as? [String: Any])
        var seen: Set<String> = []
        for score in sheet.scores(Bootstrap(resamples: 40)) {
            let name = score.measure.name
            switch (score.measure.group, score.measure.shape) {
            case ("per_section", _):
                seen.insert(name)
                try expect(score, is: sections[name], name)
            case ("flags", _): #expect(Self.rounded(score.f1.value) == flags[name] as? Double, "\(name)")
            case (_, .share):
                #expect(Self.rounded(score.recall.value) == printed[name] as? Double, "\(name)")
            case (_, .rates): try expect(score, is: printed[name], name)
            }
        }
        #expect(seen == Set(sections.keys) && seen.count > 5)
    }

    private static func rounded(_ value: Double) -> Double? { Double(String(format: "%.2f", value)) }
}
