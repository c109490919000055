import Articles
import Corpus
import Foundation
import Pipeline
import Store
import Testing

/// The outcome depends on the files and on nothing else.
struct DeterminismTests {
    /// Runs the quickstart over some of its files.
    private func run(
        in folder: TemporaryFolder, _ files: [String]? = nil, jobs: Int = 2
    ) async throws -> RunSummary {
        var options = Sample.options(jobs: jobs)
        options.files = files?.map { Workshop.path("Pipelines/sample/\($0)") }
        return try await PipelineRun(Sample.pipeline(in: folder), options: options).run()
    }

    @Test(arguments: [1, 4])
    func `the number of threads changes nothing`(jobs: Int) async throws {
        let folder = try TemporaryFolder()
        _ = try await run(in: folder, jobs: jobs)
        let sample = try await Sample.run()
        #expect(try export(folder("store.sqlite")) == export(sample.database))
        #expect(try files(under: folder("wiki")) == files(under: sample.wiki))
    }

    /// The articles differ, since what the first run put in keeps its place; what was found does not.
    @Test func `two files in two runs give the evidence of one run`() async throws {
        let folder = try TemporaryFolder()
        let first = try await run(in: folder, ["sample26n0001.xml"])
        let second = try await run(in: folder, ["sample26n0002.xml"])
        #expect(first.articlesCreated > 0)
        #expect(second.articlesRevised > 0)
        let sample = try await Sample.run()
        let one = try export(sample.database)
        let two = try export(folder("store.sqlite"))
        #expect(lines(two, "evidence") == lines(one, "evidence"))
        #expect(lines(two, "revision").count > lines(one, "revision").count)
    }

    @Test(arguments: [
        ["sample26n0001.xml", "sample26n0002.xml"], ["sample26n0002.xml", "sample26n0001.xml"],
    ])
    func `the same sequence of runs gives the same bytes, whatever the number of threads`(
        files sequence: [String]
    ) async throws {
        let folders = [try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder()]
        for (folder, jobs) in zip(folders, [1, 2, 2]) {
            for name in sequence { _ = try await run(in: folder, [name], jobs: jobs) }
        }
        let first = try export(folders[0]("store.sqlite"))
        #expect(lines(first, "revision").count > lines(first, "article").count, "the second run revised some")
        for folder in folders.dropFirst() {
            #expect(try export(folder("store.sqlite")) == first)
            #expect(try files(under: folder("wiki")) == files(under: folders[0]("wiki")))
        }
    }

    @Test func `the files may come in the wrong order`() async throws {
        let folder = try TemporaryFolder()
        _ = try await run(in: folder, ["sample26n0002.xml"])
        _ = try await run(in: folder, ["sample26n0001.xml"])
        let sample = try await Sample.run()
        let late = try export(folder("store.sqlite"))
        #expect(try lines(late, "evidence") == lines(export(sample.database), "evidence"))
    }

    @Test func `a second run changes nothing and writes no revision`() async throws {
        let folder = try TemporaryFolder()
        _ = try await run(in: folder)
        let before = try export(folder("store.sqlite"))
        let pages = try files(under: folder("wiki"))
        for reprocess in [false, true] {
            var options = Sample.options()
            options.reprocess = reprocess
            let again = try await PipelineRun(Sample.pipeline(in: folder), options: options).run()
            #expect(again.exitCode == 0)
            #expect(again.files.isEmpty)
            #expect(again.filesKnown == 2)
            #expect(again.articlesCreated + again.articlesRevised + again.pagesWritten == 0)
        }
        // Seeding all of it again finds nothing to change either.
        var seeding = try SeedRun(Sample.pipeline(in: folder), .species("mouse"))
        seeding.cache = Workshop.cache
        let said = try await seeding.run()
        #expect(said.contains(": 0 articles new, 0 revised, "), "\(said)")
        let last = try await run(in: folder)
        #expect(last.articlesCreated + last.articlesRevised + last.pagesWritten == 0)
        #expect(try export(folder("store.sqlite")) == before)
        #expect(try files(under: folder("wiki")) == pages)
    }

    @Test func `other settings of the articles are applied without reading anything again`() async throws {
        let folder = try TemporaryFolder()
        _ = try await run(in: folder)
        let text = try String(contentsOfFile: Workshop.path("Pipelines/quickstart.yaml"), encoding: .utf8)
        var file = try PipelineFile(
            text: text.replacing("cap: 5", with: "cap: 7"), path: Workshop.path("Pipelines/quickstart.yaml"))
        file.database = folder("store.sqlite")
        file.output = folder("wiki")
        let summary = try await PipelineRun(file, options: Sample.options()).run()
        #expect(summary.files.isEmpty)
        #expect(summary.articlesRevised > 0)
        let library = ArticleLibrary(try Store(path: folder("store.sqlite"), access: .readOnly))
        let page = try library.page(of: library.entity(named: "Igf1r", taxon: .mouse))
        #expect(page.sections.map(\.statements.count).max() == 7)
    }

    @Test func `pages that were removed are written again`() async throws {
        let folder = try TemporaryFolder()
        _ = try await run(in: folder)
        try FileManager.default.removeItem(atPath: folder("wiki"))
        let summary = try await run(in: folder)
        #expect(summary.files.isEmpty)
        #expect(summary.articlesCreated + summary.articlesRevised == 0)
        let sample = try await Sample.run()
        #expect(try files(under: folder("wiki")) == files(under: sample.wiki))
    }

    @Test func `a species that is added later is mined when asked to, with the evidence of an early one`()
        async throws
    {
        let folder = try TemporaryFolder()
        var file = try Sample.pipeline(in: folder)
        file.species = ["mouse"]
        _ = try await PipelineRun(file, options: Sample.options()).run()
        let known = try await run(in: folder)
        #expect(known.files.isEmpty)
        #expect(known.filesOutOfDate == 2)
        #expect(known.text.contains("run --reprocess reads them again"))
        var options = Sample.options()
        options.reprocess = true
        let summary = try await PipelineRun(Sample.pipeline(in: folder), options: options).run()
        #expect(summary.files.count == 2)
        let sample = try await Sample.run()
        let late = try export(folder("store.sqlite"))
        #expect(try lines(late, "evidence") == lines(export(sample.database), "evidence"))
    }

    // MARK: - Crash-safety

    /// A run that is killed at an instant of the generator's choice, until one gets through.
    @Test func `a run killed at any instant ends, when repeated, as an undisturbed one`() async throws {
        let mirror = try TemporaryFolder()
        for name in ["sample26n0001.xml", "sample26n0002.xml"] {
            let bytes = try Data(contentsOf: URL(filePath: Workshop.path("Pipelines/sample/\(name)")))
            try mirror.file("mirror/\(name)", [UInt8](bytes))
        }
        let undisturbed = try mirror.pipeline(
            "mirror/*.xml", name: "a.yaml", ["database": mirror("a.sqlite"), "output": mirror("a")])
        let pipeline = try mirror.pipeline(
            "mirror/*.xml", name: "b.yaml", ["database": mirror("b.sqlite"), "output": mirror("b")])
        let began = ContinuousClock.now
        #expect(try bioscribe(["run", undisturbed, "--progress", "none"]).code == 0)
        let whole = (ContinuousClock.now - began).components
        var length = UInt64(whole.seconds) * 1_000_000 + UInt64(whole.attoseconds / 1_000_000_000_000)

        let seed: UInt64 = 20_261_123
        var generator = SeededGenerator(state: seed)
        var killed = 0
        for _ in 0..<10 {
            if try wasKilled(
                ["run", pipeline, "--progress", "none"],
                after: .microseconds(UInt64.random(in: 0...length, using: &generator)))
            {
                killed += 1
            } else if killed == 0 {
                // It got through: nothing is left to kill. From the start, and sooner.
                for name in try FileManager.default.contentsOfDirectory(atPath: mirror(""))
                where name.hasPrefix("b.sqlite") || name == "b" {
                    try FileManager.default.removeItem(atPath: mirror(name))
                }
                length /= 2
            }
        }
        #expect(killed > 0, "seed \(seed): no run was killed")
        let last = try bioscribe(["run", pipeline, "--progress", "none"])
        #expect(last.code == 0, "seed \(seed): \(last.error)")
        #expect(try export(mirror("b.sqlite")) == export(mirror("a.sqlite")), "seed \(seed)")
        #expect(try files(under: mirror("b")) == files(under: mirror("a")), "seed \(seed)")
        #expect(try Store(path: mirror("b.sqlite"), access: .readOnly).damage() == [], "seed \(seed)")
    }

    /// What a kill between reading and seeding leaves: evidence that no article shows yet.
    @Test func `a run that was stopped before it seeded is made good by the next, though no file is new`()
        async throws
    {
        let folder = try TemporaryFolder()
        _ = try await run(in: folder, ["sample26n0001.xml"])
        // A wiki that cannot be written stops the run after the second file was read.
        var file = try Sample.pipeline(in: folder)
        file.output = try folder.file("in-the-way", "") + "/wiki"
        await #expect(throws: (any Error).self) {
            try await PipelineRun(file, options: Sample.options()).run()
        }
        let summary = try await run(in: folder)
        #expect(summary.files.isEmpty)
        #expect(summary.articlesRevised > 0)
        let undisturbed = try TemporaryFolder()
        _ = try await run(in: undisturbed, ["sample26n0001.xml"])
        _ = try await run(in: undisturbed)
        #expect(try export(folder("store.sqlite")) == export(undisturbed("store.sqlite")))
        #expect(try files(under: folder("wiki")) == files(under: undisturbed("wiki")))
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers from the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
