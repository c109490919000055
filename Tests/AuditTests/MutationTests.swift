import Audit
import Foundation
import Pipeline
import Store
import Synchronization
import Testing

/// One bit anywhere: the audit names every change that changes what is said, where from, by whom or why.
@Suite(.serialized) struct MutationTests {
    /// What is flipped: a column, and the rows of it that mean something.
    struct Target {
        var column: String
        var condition = "1"
        /// Only the last bytes of a value mean something; nil for all.
        var tail: Int?

        init(_ column: String, _ condition: String = "1", tail: Int? = nil) {
            self.column = column
            self.condition = condition
            self.tail = tail
        }
    }

    private static let settled =
        "article IN (SELECT article.id FROM article JOIN entity ON entity.id = article.entity "
        + "WHERE pending = 0)"
    private static let inUse = "id IN (SELECT entity FROM evidence)"

    /// The columns that the audit watches over.
    static let targets: [Target] = [
        Target("run.number", "number = 1"), Target("run.digest"), Target("run.program"),
        Target("run.pipeline"),
        Target("run.rules"), Target("run.dictionary"), Target("run.species"), Target("run.status"),
        Target("run.started"), Target("run.ended"), Target("run.counts"), Target("run.summary"),
        Target("run.seal"),
        Target("touched.run"), Target("touched.entity"), Target("sourceFile.seal"),
        Target("sourceFile.id"), Target("sourceFile.name"), Target("sourceFile.place"),
        Target("sourceFile.size"),
        Target("sourceFile.inflatedSize"), Target("sourceFile.sha256"), Target("sourceFile.program"),
        Target("sourceFile.rules"), Target("sourceFile.dictionary"), Target("sourceFile.species"),
        Target("sourceFile.run"), Target("sourceFile.citations"), Target("sourceFile.deleted"),
        Target("sourceFile.books"), Target("sourceFile.setAside"), Target("sourceFile.sentences"),
        Target("sourceFile.mentions"), Target("sourceFile.evidence"), Target("sourceFile.mustReread"),
        Target("problem.file"), Target("problem.record"), Target("problem.pmid"), Target("problem.byte"),
        Target("problem.reason"),
        Target("occurrence.pmid"), Target("occurrence.file"), Target("occurrence.record"),
        Target("occurrence.version"), Target("occurrence.carriesEvidence"), Target("occurrence.concepts"),
        Target("deletion.pmid"), Target("deletion.file"),
        Target("entity.id", inUse), Target("entity.curie", inUse), Target("entity.kind", inUse),
        Target("entity.name", inUse), Target("entity.fullName", inUse), Target("entity.taxon", inUse),
        Target("entity.names", inUse),
        Target("citation.pmid"), Target("citation.version"), Target("citation.file"),
        Target("citation.record"),
        Target("citation.byteOffset"), Target("citation.sha256"), Target("citation.year"),
        Target("citation.isRetracted"), Target("citation.isNotice"), Target("citation.hasConcern"),
        Target("citation.hasErratum"), Target("citation.content"),
        Target("sentence.pmid"), Target("sentence.number"), Target("sentence.passage"),
        Target("sentence.place"),
        Target("sentence.start"), Target("sentence.end"), Target("sentence.mentions"),
        Target("evidence.pmid"), Target("evidence.sentence"), Target("evidence.entity"),
        Target("evidence.id"),
        Target("evidence.qualities"), Target("evidence.placements"),
        Target("snapshot.run", "number = (SELECT max(number) FROM snapshot)"),
        Target("snapshot.dictionary", "number = (SELECT max(number) FROM snapshot)"),
        Target("snapshot.citations", "number = (SELECT max(number) FROM snapshot)"),
        Target("conceptCount.concept"), Target("conceptCount.citations"),
        Target("struckSentence.pmid"), Target("struckSentence.passage"), Target("struckSentence.start"),
        Target("struckSentence.end"),
        Target("keptRanking.entity"), Target("keptRanking.circumstances"), Target("keptRanking.rounds"),
        Target("keptRanking.digest"),
        Target("article.id"), Target("article.entity"), Target("article.head"), Target("article.policy"),
        Target("article.composed"),
        Target("article.title", settled.replacingOccurrences(of: "article IN", with: "id IN")),
        Target("text.id"), Target("text.sha256"), Target("text.content"),
        Target("revision.article"), Target("revision.number"), Target("revision.parent"),
        Target("revision.kind"),
        Target("revision.contributor"), Target("revision.run"), Target("revision.time"),
        Target("revision.comment"), Target("revision.text"), Target("revision.tokens"),
        Target("revision.tokenizer"), Target("revision.previousHash"), Target("revision.hash"),
        Target("contributor.id"),
        Target("contributor.kind"),
        Target("contributor.name"),
        Target("statement.article"), Target("statement.position"), Target("statement.section"),
        Target("statement.evidence"), Target("statement.pmid"), Target("statement.key"),
        Target("statement.marks", "marks NOT LIKE '%papers%'"),
        Target("instance.article"), Target("instance.key"), Target("instance.revision"),
        Target("instance.section"), Target("instance.evidence", "state = 'intact' AND " + settled),
        Target("instance.pmid"), Target("instance.tokens"), Target("instance.state"),
        Target("heading.article"), Target("heading.section"), Target("heading.tokens"),
        Target("decision.article"), Target("decision.key"), Target("decision.verb"),
        Target("decision.reason"),
        Target("decision.revision"), Target("decision.contributor"), Target("decision.seal"),
        Target("proposal.kind"), Target("proposal.subject"), Target("proposal.status"),
        Target("proposal.detail"), Target("proposal.contributor"), Target("proposal.seal"),
        Target("redaction.subject"), Target("redaction.sentences"), Target("redaction.contributor"),
        Target("redaction.note"), Target("redaction.seal"),
        Target("redirect.source"), Target("redirect.target"), Target("redirect.note"),
        Target("redirect.seal"),
        Target("retraction.pmid"), Target("retraction.notice"), Target("retraction.claimant"),
        Target("retraction.file"), Target("retraction.record"),
        Target("withdrawnEvidence.run"), Target("withdrawnEvidence.file"), Target("withdrawnEvidence.record"),
        Target("withdrawnEvidence.reason"), Target("withdrawnEvidence.id"), Target("withdrawnEvidence.pmid"),
        Target("withdrawnEvidence.version"),
        Target("withdrawnEvidence.entity"), Target("withdrawnEvidence.passage"),
        Target("withdrawnEvidence.start"), Target("withdrawnEvidence.text"),
        Target("copiedText.article"), Target("copiedText.tokens"), Target("copiedText.source"),
        Target("copiedText.sourceTokens"), Target("copiedText.sourceRevision"),
        Target("copiedText.contributor"),
        Target("searchText.article"), Target("searchText.symbol", settled),
        Target("searchText.fullName", settled),
        Target("searchText.synonyms", settled), Target("searchText.statements", settled),
    ]

    /// What no check can see, and why that is so. Rows that a condition above leaves out belong here too.
    static let blind: [String: String] = [
        "sourceFile.md5": "what came beside a file; the file itself is known by its SHA-256",
        "sourceFile.modified": "with another time the next run reads the file to its end and compares",
        "occurrence.work": "as citation.work",
        "citation.work":
            "no citation of the sample is a version of another; the check of citations compares it",
        "earlierPlace.pmid": "sealed with its run; no citation of the sample ever stood elsewhere",
        "earlierPlace.run": "as earlierPlace.pmid", "earlierPlace.file": "as earlierPlace.pmid",
        "earlierPlace.fileSHA256": "as earlierPlace.pmid", "earlierPlace.record": "as earlierPlace.pmid",
        "earlierPlace.byteOffset": "as earlierPlace.pmid", "earlierPlace.sha256": "as earlierPlace.pmid",
        "entity.pending":
            "whether the next run composes an article anew: set for nothing it costs a moment, and missing it "
            + "is made good by the next change",
        "problem.id": "a number of a row that nothing refers to",
        "string.id": "in MutationTests.strings", "string.text": "in MutationTests.strings",
        "snapshot.read": "in MutationTests.strings, where no file was read since",
        "snapshot.number": "older counts are history, and nothing refers to the number",
        "statement.marks": "papers:N, how many papers say the same: every seeding counts it anew",
        "decision.id": "a number of a row that nothing refers to",
        "decision.note": "sealed with its decision (AuditTests); no decision of the sample has one",
        "proposal.id": "a number of a row that nothing refers to",
        "instance.evidence": "of a statement that no longer stands: its evidence has gone",
    ]

    private static let seed: UInt64 = 0x6175_6469_7400_0001

    @Test func `every column is watched over, or known not to be`() async throws {
        let mutant = try Mutant(try await AuditedWiki())
        let watched = Set(Self.targets.map(\.column))
        let columns = try mutant.columns().filter { column in
            // The index is built from searchText and can be built anew from it.
            !column.hasPrefix("search_") && !column.hasPrefix("search.")
        }
        #expect(columns.subtracting(watched).subtracting(Self.blind.keys).sorted() == [])
        #expect(watched.union(Self.blind.keys).subtracting(columns).sorted() == [])
    }

    @Test func `a flipped bit in any row is named`() async throws {
        var dice = MutationDice(seed: Self.seed)
        print("seed \(Self.seed)")
        let wiki = try await AuditedWiki.livedIn()
        let prepared = try Mutant(wiki)
        // A symbol that leads elsewhere, which no night of the sample has.
        let store = try Store(path: prepared.wiki.database)
        for (source, target) in [("CD221", "ncbigene:16001"), ("JTK13", "ncbigene:3480")] {
            try store.writeRedirect(from: source, to: target, note: "for the test")
        }
        #expect(try await prepared.wiki.audit().findings.map(\.line) == [])
        var flipped = 0
        for target in Self.targets {
            let parts = target.column.split(separator: ".").map(String.init)
            var done = 0
            var attempts = 0
            while done < Self.perColumn, attempts < Self.perColumn * 40 {
                attempts += 1
                let mutant = try Mutant(prepared.wiki)
                guard
                    let site = try mutant.flip(
                        parts[0], parts[1], where: target.condition, row: dice.roll(),
                        place: dice.roll(), tail: target.tail)
                else { continue }
                done += 1
                flipped += 1
                let findings = try await Self.findings(of: mutant.wiki)
                #expect(!findings.isEmpty, "\(site) was not seen")
            }
            #expect(done > 0, "\(target.column) has no row that can be changed")
        }
        print("\(flipped) places in rows")
        #expect(flipped >= Self.targets.count * Self.perColumn * 9 / 10)
    }

    @Test func `a flipped bit in a string that records share is named`() async throws {
        var dice = MutationDice(seed: Self.seed ^ 1)
        // Nothing has been replaced here, so that every string is in use.
        let wiki = try await AuditedWiki()
        let targets = Array(repeating: ("string", "text"), count: Self.perColumn * 5) + [("snapshot", "read")]
        for (table, column) in targets {
            let mutant = try Mutant(wiki)
            guard let site = try mutant.flip(table, column, row: dice.roll(), place: dice.roll()) else {
                continue
            }
            let findings = try await Self.findings(of: mutant.wiki)
            #expect(!findings.isEmpty, "\(site) was not seen")
        }
    }

    @Test func `a flipped bit in a source file is named, with the record where one is kept`() async throws {
        var dice = MutationDice(seed: Self.seed ^ 2)
        let wiki = try await AuditedWiki()
        let path = wiki.sources + "/sample26n0001.xml"
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        var named = 0
        for _ in 0..<40 {
            var changed = bytes
            changed[dice.roll() % bytes.count] ^= UInt8(1 << (dice.roll() % 8))
            try Data(changed).write(to: URL(filePath: path))
            let findings = try await Self.findings(of: wiki)
            #expect(findings.contains { $0.hasPrefix("source: sample26n0001.xml: SHA-256") })
            if findings.contains(where: { $0.contains(": record ") }) { named += 1 }
        }
        #expect(named > 20)
        try Data(bytes).write(to: URL(filePath: path))
        #expect(try await Self.findings(of: wiki) == [])
    }

    @Test func `a flipped bit in the rules makes them other rules, or none`() async throws {
        var dice = MutationDice(seed: Self.seed ^ 3)
        let wiki = try await AuditedWiki()
        let names = ["gene.yaml", "chemical.yaml", "disease.yaml"]
        var texts = try names.map {
            Array(try Data(contentsOf: URL(filePath: Workshop.path("Pipelines/sections/\($0)"))))
        }
        for _ in 0..<20 {
            let index = dice.roll() % names.count
            let place = dice.roll() % texts[index].count
            let bit = UInt8(1 << (dice.roll() % 8))
            texts[index][place] ^= bit
            var other = wiki
            other.file.sections = try zip(names, texts).map { try wiki.folder.file("rules/\($0)", $1) }
            do {
                let summary = try await other.audit().summary
                let line = try #require(summary.lines.first { $0.check == "evidence" })
                #expect(line.checked == 0 && !line.unchecked.isEmpty)
            } catch {
                #expect("\(error)".contains("yaml"), "it says which file: \(error)")
            }
            texts[index][place] ^= bit
        }
    }

    @Test func `a flipped bit in a dictionary makes it another dictionary`() async throws {
        var dice = MutationDice(seed: Self.seed ^ 4)
        let wiki = try await AuditedWiki()
        let folder = try TemporaryFolder()
        let names = try FileManager.default.subpathsOfDirectory(atPath: Workshop.path("Dictionaries"))
            .sorted()
        let files = names.filter { name in
            let path = Workshop.path("Dictionaries/\(name)")
            return (try? FileManager.default.contentsOfDirectory(atPath: path)) == nil
        }
        for name in files {
            let target = folder(name)
            try FileManager.default.createDirectory(
                at: URL(filePath: target).deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: Workshop.path("Dictionaries/\(name)"), toPath: target)
        }
        let tables = files.filter { $0.hasSuffix(".tsv") || $0.hasSuffix(".txt") }
        for _ in 0..<2 {
            let path = folder(tables[dice.roll() % tables.count])
            let bytes = Array(try Data(contentsOf: URL(filePath: path)))
            var changed = bytes
            changed[dice.roll() % bytes.count] ^= 1
            try Data(changed).write(to: URL(filePath: path))
            var other = wiki
            other.file.dictionaries = folder.path
            do {
                let summary = try await other.audit().summary
                let line = try #require(summary.lines.first { $0.check == "evidence" })
                #expect(line.checked == 0)
                #expect(line.unchecked["read with another dictionary"] ?? 0 > 100)
            } catch {
                #expect("\(error)".contains(folder.path), "it says which file: \(error)")
            }
            try Data(bytes).write(to: URL(filePath: path))
        }
    }

    /// How many places are flipped in each column.
    private static let perColumn =
        ProcessInfo.processInfo.environment["BIOSCRIBE_MUTATIONS"].flatMap(Int.init) ?? 1

    private static let workings = Mutex<PreparedPipeline?>(nil)

    /// The quickstart's dictionary and rules, read once for hundreds of audits.
    private static func prepared(_ wiki: AuditedWiki) throws -> PreparedPipeline {
        try workings.withLock { known in
            if let known { return known }
            let made = try PreparedPipeline(wiki.file, cache: Workshop.cache)
            known = made
            return made
        }
    }

    /// What is named: differences, or why the audit cannot even begin.
    private static func findings(of wiki: AuditedWiki) async throws -> [String] {
        do {
            let store = try Store(path: wiki.database, access: .readOnly)
            let audit = try Audit(
                store, sources: wiki.sources, workings: prepared(wiki).auditWorkings, jobs: 2)
            var findings: [String] = []
            _ = try await audit.run { findings.append($0.line) }
            return findings
        } catch {
            return ["\(error)"]
        }
    }
}

/// Numbers that are the same in every run of the tests (SplitMix64).
struct MutationDice {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A number that is not negative.
    mutating func roll() -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) >> 1)
    }
}
