import Corpus
import Foundation
import TextMining

/// What a file of `Pipelines/` says: what to read, with which dictionaries and rules, and where the results go.
///
/// ```yaml
/// database: ../quickstart/bioscribe.sqlite   # where the results are kept
/// files: sample/*.xml                        # a path, a pattern, or a list of them
/// species: [mouse, human]                    # common name, scientific name or taxon id
/// dictionaries: ../Dictionaries              # the folder of upstream files, or a compiled dictionary
/// sections: sections/gene.yaml               # the rules, or a list: a file for each kind of article
/// journals: ../Dictionaries/journals.tsv     # one table, or a list: journals of the first rank (or Scimago's file)
/// seed: {cap: 5, per-paper: 1, quotations: 3, orthologs: 0, displace: 1, displace-margin: 1}
/// missing-files: report                      # or wait: files wait for earlier ones of their series that are missing
/// thresholds:
///   minimum-score: 0          # the lowest score that is shown
///   fallback-margin: 1.5
///   first-rank-journals: 200
///   recount: 0.05
///   withdrawals: 0.1          # what stops publication; each may be off
///   set-aside: 0.05
///   flood: 10
///   one-name: 0.25
/// output: ../quickstart/wiki                 # the folder of pages
/// notice: A sample, all invented.            # what the head of every page says first
/// ```
///
/// Paths count from the folder that the file is in. `files`, `species`, `dictionaries` and `sections` must be there.
public struct PipelineFile: Hashable, Sendable {
    /// How articles are composed.
    public struct Seed: Hashable, Sendable {
        /// The most bullets of a section.
        public var cap = 5
        /// The most bullets that one paper gives to a section.
        public var perPaper = 1
        /// The most distinct sentences of one abstract that are shown in the whole wiki.
        public var quotations = 3
        /// The most statements on each ortholog of a gene, in a section of its own; 0 for none.
        public var orthologs = 0

        /// How many sentences of an article may give way to better ones in a night.
        public var displace = 1
        /// By how much a sentence must score higher than one that it takes the place of.
        public var displaceMargin = 1.0

        /// The settings that hold where the file says nothing.
        public init() {}
    }

    /// From which values on something is shown; nil where the program's own value holds.
    public struct Thresholds: Hashable, Sendable {
        /// The lowest score with which a sentence is shown.
        public var minimumScore: Double?
        /// How much less a sentence may score in the section where it is shown than in its best one.
        public var fallbackMargin: Double?
        /// How many journals of a table of Scimago's are of the first rank.
        public var firstRankJournals: Int?
        /// By what share the number of citations read must have changed before the statistics of association are taken
        /// anew; between two counts they stand still, so that untouched pages do.
        public var recount = 0.05
        /// What share of the statements that stand untouched a run may take out: more stop it before it writes anything;
        /// nil for no limit.
        public var withdrawals: Double? = 0.1
        /// What share of a file's records may be set aside: a file with more is kept out as a whole; nil for no limit.
        public var setAside: Double? = 0.05
        /// How many times the median of the last runs a run may put in, in bullets and in pages; nil for no limit.
        public var flood: Double? = 10
        /// What share of the bullets that a run puts in one name may give; nil for no limit.
        public var oneName: Double? = 0.25

        /// No thresholds but the program's own.
        public init() {}
    }

    /// The pipeline file itself.
    public var path: String
    /// The database; nil leaves the choice to the program.
    public var database: String?
    /// The source files: paths and patterns, in the order of the file.
    public var files: [String]
    /// The species, as the file names them.
    public var species: [String]
    /// The folder of the dictionaries.
    public var dictionaries: String
    /// The section rules, a file for each kind of article.
    public var sections: [String]
    /// The tables of journals of the first rank.
    public var journals: [String]
    /// How articles are composed.
    public var seed: Seed
    /// The thresholds.
    public var thresholds: Thresholds
    /// Whether files wait for earlier ones of their numbered series that are missing.
    public var waitsForMissing: Bool
    /// The folder of pages; nil when none are wanted.
    public var output: String?
    /// What the head of every page says first; nil for nothing.
    public var notice: String?
    /// The text of the pipeline file, for its digest.
    public var text: String
    /// The line of every top-level key, from 1.
    var lines: [String: Int]

    /// Reads a pipeline file, and looks whether the folders and files that must exist are there.
    ///
    /// - Throws: `PipelineFileError`.
    public static func read(_ path: String) throws(PipelineFileError) -> PipelineFile {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw PipelineFileError(file: path, message: "the pipeline file is missing or cannot be read")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw PipelineFileError(file: path, message: "the pipeline file is not UTF-8")
        }
        let pipeline = try PipelineFile(text: text, path: path)
        try pipeline.check(pipeline.dictionaries, "dictionaries", isFolder: nil)
        for rules in pipeline.sections { try pipeline.check(rules, "sections", isFolder: false) }
        for table in pipeline.journals { try pipeline.check(table, "journals", isFolder: false) }
        return pipeline
    }

    /// Reads the text of a pipeline file; `path` serves messages, and to find the folder that paths count from.
    ///
    /// - Throws: `PipelineFileError` for YAML that is malformed, unknown, repeated and missing keys, wrong types.
    public init(text: String, path: String) throws(PipelineFileError) {
        let folder = SourcePaths.folder(of: path)
        var top = try PipelineFileReader(text: text, file: path)
        let database = try top.text("database").map { SourcePaths.joined(folder, $0) }
        let files = try top.required("files", try top.texts("files")).map { SourcePaths.joined(folder, $0) }
        let species = try top.required("species", try top.texts("species"))
        let dictionaries = try top.required("dictionaries", try top.text("dictionaries"))
        let sections = try top.required("sections", try top.texts("sections"))
        let journals = try top.texts("journals") ?? []
        let output = try top.text("output").map { SourcePaths.joined(folder, $0) }
        let notice = try top.text("notice")
        let waitsForMissing =
            try top.choice("missing-files", ["report": false, "wait": true]) ?? false

        var seed = Seed()
        if var reader = try top.section("seed") {
            seed.cap = try reader.count("cap", from: 1) ?? seed.cap
            seed.perPaper = try reader.count("per-paper", from: 1) ?? seed.perPaper
            seed.quotations = try reader.count("quotations", from: 1) ?? seed.quotations
            seed.orthologs = try reader.count("orthologs", from: 0) ?? seed.orthologs
            seed.displace = try reader.count("displace", from: 0) ?? seed.displace
            seed.displaceMargin = try reader.number("displace-margin", from: 0) ?? seed.displaceMargin
            try reader.finish()
        }
        var thresholds = Thresholds()
        if var reader = try top.section("thresholds") {
            thresholds.minimumScore = try reader.number("minimum-score")
            thresholds.fallbackMargin = try reader.number("fallback-margin")
            thresholds.firstRankJournals = try reader.count("first-rank-journals", from: 1)
            if let share = try reader.number("recount", from: 0) { thresholds.recount = share }
            thresholds.withdrawals = try reader.limit("withdrawals", thresholds.withdrawals)
            thresholds.setAside = try reader.limit("set-aside", thresholds.setAside)
            thresholds.flood = try reader.limit("flood", thresholds.flood)
            thresholds.oneName = try reader.limit("one-name", thresholds.oneName)
            try reader.finish()
        }
        try top.finish()

        self.path = path
        self.database = database
        self.files = files
        self.species = species
        self.dictionaries = SourcePaths.joined(folder, dictionaries)
        self.sections = sections.map { SourcePaths.joined(folder, $0) }
        self.journals = journals.map { SourcePaths.joined(folder, $0) }
        self.seed = seed
        self.thresholds = thresholds
        self.waitsForMissing = waitsForMissing
        self.output = output
        self.notice = notice
        self.text = text
        lines = top.lines
    }

    /// The source files that are there now, in file order (`FileOrder`): see `SourcePaths.expanded`.
    ///
    /// - Throws: `PipelineFileError`.
    public func sourceFiles() throws(PipelineFileError) -> [String] {
        do {
            return try SourcePaths.expanded(files)
        } catch {
            throw PipelineFileError(file: path, line: lines["files"], message: "files: \(error.message)")
        }
    }

    /// The section rules of all files.
    ///
    /// - Throws: `PipelineFileError` where two files are for the same kind of article, `PipelineError.unreadable`,
    ///   `SectionRulesError`.
    func sectionRules() throws -> [SectionRulesFile] {
        let files = try sections.map { try SectionRulesFile(path: $0) }
        var kinds: Set<EntityKind> = []
        for (file, path) in zip(files, sections) where !kinds.insert(file.rules.article).inserted {
            throw PipelineFileError(
                file: self.path, line: lines["sections"],
                message: "sections: \(path) is a second file for articles of the same kind; leave one out")
        }
        return files
    }

    /// The settings of the ranker.
    var ranking: RankingSettings {
        var settings = RankingSettings()
        settings.cap = seed.cap
        settings.perPaper = seed.perPaper
        if let minimum = thresholds.minimumScore { settings.minimumScore = minimum }
        if let margin = thresholds.fallbackMargin { settings.fallbackMargin = margin }
        return settings
    }

    /// How articles are composed and merged.
    var seedSettings: SeedSettings {
        SeedSettings(
            ranking: ranking, quotations: seed.quotations, displacements: seed.displace,
            margin: seed.displaceMargin, withdrawals: thresholds.withdrawals)
    }

    /// - Parameter isFolder: nil for what may be either, a folder as a rule.
    private func check(_ wanted: String, _ key: String, isFolder: Bool?) throws(PipelineFileError) {
        var isDirectory: ObjCBool = false
        let exists = unsafe FileManager.default.fileExists(atPath: wanted, isDirectory: &isDirectory)
        guard exists, isFolder == nil || isDirectory.boolValue == isFolder else {
            throw PipelineFileError(
                file: path, line: lines[key],
                message: "\(key): there is no \(isFolder == false ? "file" : "folder") \(wanted)")
        }
    }
}

/// What is wrong with a pipeline file, and where.
public struct PipelineFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The pipeline file.
    public var file: String
    /// The line, from 1.
    public var line: Int?
    /// What is wrong, and what would be right.
    public var message: String

    /// Makes an error.
    public init(file: String, line: Int? = nil, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    /// `FILE:LINE: what is wrong`.
    public var description: String {
        line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
    }
}
