import AhoCorasick
import Articles
import Corpus
import Foundation
import Intake
import Store
import Terminology
import TextMining

/// Times the stages of a pipeline one by one, and the whole, on the pipeline's own files.
///
/// Every stage is done once to warm up and then several times; what is told is the median. The stages of text mining work
/// on one thread, on the first citations of the files, which are in memory then. Whole runs work on a database and pages of
/// their own, in a folder that is removed afterwards: what the pipeline file names as database and output is not touched.
public struct BenchmarkRun: Sendable {
    /// What is timed.
    public enum Stage: String, Hashable, Sendable, CaseIterable {
        /// Gunzipping the files, nothing else.
        case inflate
        /// From the gzip file to citations with all their fields.
        case read
        /// Cutting passages into sentences.
        case sentences
        /// Cutting passages into tokens and finding all names of the dictionary.
        case match
        /// From passages to resolved mentions.
        case tag
        /// From citations to evidence with identifiers.
        case mine
        /// Opening the compiled dictionary.
        case dictionaryOpen = "dictionary-open"
        /// Building the dictionary from its sources.
        case dictionaryBuild = "dictionary-build"
        /// A whole run with a new database, with all threads.
        case run
        /// The same with one thread.
        case runAlone = "run-one-thread"
        /// A run that finds nothing new.
        case again
        /// Writing all articles on the genes of the pipeline's first species anew.
        case seed
    }

    private let file: PipelineFile
    /// What is timed, in this order.
    public var stages = Stage.allCases
    /// How often each stage is done after warming up. Whole runs, which take long, are not warmed up.
    public var repeats = 5
    /// On how many citations the stages of text mining work.
    public var citations = 5000
    /// How many threads work where several may.
    public var jobs = max(1, ProcessInfo.processInfo.activeProcessorCount)
    /// The folder of compiled dictionaries.
    public var cache = DictionaryCache.folder

    /// Makes a benchmark.
    public init(_ file: PipelineFile) {
        self.file = file
    }

    /// Times the stages.
    ///
    /// - Parameter onStage: called with each stage before it begins.
    /// - Throws: what the stages throw.
    public func run(onStage: (Stage) -> Void = { _ in }) async throws -> BenchmarkReport {
        let prepared = try PreparedPipeline(file, cache: cache)
        let paths = try SourcePaths.expanded(file.files)
        let sample = try CitationSample(of: paths, limit: citations)
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "bioscribe-bench-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var whole = WholeRun(
            file: file, folder: folder.path(percentEncoded: false), cache: cache, jobs: jobs)
        var report = BenchmarkReport(jobs: jobs)
        for stage in stages {
            try Task.checkCancellation()
            onStage(stage)
            if let timing = try timing(of: stage, paths: paths, sample: sample, prepared: prepared) {
                report.timings.append(timing)
            } else {
                report.timings.append(try await whole.timing(of: stage, repeats: repeats))
            }
        }
        report.peakMemory = ProcessMemory.peak
        return report
    }

    /// Times a stage that works on one thread; nil for whole runs.
    private func timing(
        of stage: Stage, paths: [String], sample: CitationSample, prepared: PreparedPipeline
    ) throws -> StageTiming? {
        switch stage {
        case .inflate:
            try repeated(stage, "MB") {
                try paths.reduce(0) { $0 + Double(try Self.inflatedSize(of: $1)) } / 1e6
            }
        case .read:
            try repeated(stage, "citations") {
                try paths.reduce(0) {
                    $0 + Double(try CitationSample(of: [$1], limit: .max, keeps: false).count)
                }
            }
        case .sentences:
            try repeated(stage, "sentences") {
                Double(
                    sample.passages.reduce(0) {
                        $0 + SentenceSplitter.ranges(in: $1.text.utf8Span.span).count
                    })
            }
        case .match:
            try repeated(stage, "MB") {
                let automaton = prepared.dictionary.automaton
                // Words are remembered as the tagger does it.
                var (tokenizer, words, search) = (Tokenizer(remembers: true), WordMemory(), SearchMemory())
                var (tokens, matches) = ([Token](), [TokenMatch]())
                for passage in sample.passages {
                    tokenizer.tokenize(passage.text.utf8Span.span, into: &tokens)
                    let numbers = words.numbers(of: tokens, automaton)
                    automaton.findMatches(
                        in: tokens, words: numbers, of: words.words, &search, into: &matches)
                }
                return sample.megabytes
            }
        case .tag:
            try repeated(stage, "MB") {
                let tagger = Tagger(dictionary: prepared.dictionary)
                for citation in sample.citations {
                    _ = tagger.mentions(in: citation.passages, context: DocumentContext(of: citation))
                }
                return sample.megabytes
            }
        case .mine:
            try repeated(stage, "citations") {
                let extractor = prepared.extractor
                for citation in sample.citations {
                    for evidence in extractor.analysis(of: citation).evidence { _ = evidence.identifier() }
                }
                return Double(sample.citations.count)
            }
        case .dictionaryOpen:
            try repeated(stage, "dictionaries") {
                _ = try DictionaryFolder(path: file.dictionaries).compiled(cache: cache)
                return 1
            }
        case .dictionaryBuild:
            try repeated(stage, "dictionaries") {
                let output = FileManager.default.temporaryDirectory.appending(
                    path: "bioscribe-bench-\(ProcessInfo.processInfo.processIdentifier).dictionary")
                defer { try? FileManager.default.removeItem(at: output) }
                _ = try DictionaryFolder(path: file.dictionaries).build(
                    output: output.path(percentEncoded: false))
                return 1
            }
        case .run, .runAlone, .again, .seed: nil
        }
    }

    private static func inflatedSize(of path: String) throws -> Int {
        let reader = try InflatingReader(path: path)
        var buffer = [UInt8](repeating: 0, count: InflatingReader.pieceSize)
        var count = 0
        while true {
            let got = try reader.read(into: &buffer, at: 0)
            if got == 0 { return count }
            count += got
        }
    }

    /// Does something once, and then as often as is asked for with the clock.
    ///
    /// - Parameter body: returns how much it went through.
    private func repeated(_ stage: Stage, _ unit: String, _ body: () throws -> Double) throws -> StageTiming {
        var timing = StageTiming(stage: stage, amount: try body(), unit: unit, seconds: [])
        for _ in 0..<repeats {
            try Task.checkCancellation()
            let start = ContinuousClock.now
            timing.amount = try body()
            timing.seconds.append((ContinuousClock.now - start).seconds)
        }
        return timing
    }
}

/// The citations that the stages of text mining work on.
private struct CitationSample {
    private(set) var citations: [Citation] = []
    private(set) var passages: [Passage] = []
    private(set) var count = 0

    /// Reads citations from files.
    ///
    /// - Parameter keeps: whether they are kept, or only counted.
    init(of paths: [String], limit: Int, keeps: Bool = true) throws {
        let parser = CitationParser()
        for path in paths where count < limit {
            let reader = try RawRecordReader(path: path)
            while count < limit {
                let batch = reader.next(upTo: 200)
                for record in batch.records where count < limit {
                    guard case .citation(let citation) = try? parser.parse(record) else { continue }
                    count += 1
                    guard keeps else { continue }
                    citations.append(citation)
                    passages += citation.passages
                }
                if batch.isAtEnd { break }
            }
        }
    }

    /// The length of the passages' texts, in millions of bytes.
    var megabytes: Double { Double(passages.reduce(0) { $0 + $1.text.utf8.count }) / 1e6 }
}

/// Whole runs, on a database of their own.
private struct WholeRun {
    let file: PipelineFile
    let folder: String
    let cache: String
    let jobs: Int
    /// How many databases there have been. Each has a folder of its own until all is done: making files where others have
    /// just been removed takes longer.
    private var count = 0

    init(file: PipelineFile, folder: String, cache: String, jobs: Int) {
        self.file = file
        self.folder = folder
        self.cache = cache
        self.jobs = jobs
    }

    mutating func timing(of stage: BenchmarkRun.Stage, repeats: Int) async throws -> StageTiming {
        var timing = StageTiming(stage: stage, amount: 1, unit: "runs", seconds: [])
        if stage == .again || stage == .seed { _ = try await run(anew: false, jobs: jobs) }
        for _ in 0..<repeats {
            try Task.checkCancellation()
            let start = ContinuousClock.now
            switch stage {
            case .run, .runAlone:
                timing.unit = "citations"
                timing.amount = Double(
                    try await run(anew: true, jobs: stage == .run ? jobs : 1).counts["citations"] ?? 0)
            case .seed:
                guard let species = file.species.first else { break }
                timing.unit = "seedings"
                var seeding = SeedRun(own, .species(species))
                (seeding.jobs, seeding.cache) = (jobs, cache)
                _ = try await seeding.run()
            default: _ = try await run(anew: false, jobs: jobs)
            }
            timing.seconds.append((ContinuousClock.now - start).seconds)
        }
        return timing
    }

    private var own: PipelineFile {
        var own = file
        own.database = "\(folder)/\(count)/store.sqlite"
        own.output = "\(folder)/\(count)/wiki"
        return own
    }

    private mutating func run(anew: Bool, jobs: Int) async throws -> RunSummary {
        if anew { count += 1 }
        var options = PipelineRun.Options()
        (options.jobs, options.cache) = (jobs, cache)
        return try await PipelineRun(own, options: options).run()
    }
}
