import Corpus
import Foundation
import Intake
import Store
import Terminology
import TextMining

/// A pipeline file with everything that it names read, checked and ready to work.
public struct PreparedPipeline: Sendable {
    /// The pipeline file.
    public let file: PipelineFile
    /// The compiled dictionary.
    public let dictionary: CompiledDictionary
    /// The species whose genes get articles, in the order of the file.
    public let species: [SpeciesSelection]
    /// The section rules, one set for each kind of article, in the order of the file.
    public let rules: [SectionRules]
    /// The journals of the first rank.
    public let journals: JournalRanking
    /// What a source file is extracted with.
    public let digests: ExtractionDigests
    /// What a run is made of.
    public let origin: RunOrigin

    /// The version of the program. It is part of what evidence is extracted with: raise it when the outcome changes.
    public static let programVersion = "0.1.0"

    /// Reads all that a pipeline file names.
    ///
    /// - Parameters:
    ///   - file: the pipeline file.
    ///   - species: species to take instead of the file's.
    ///   - cache: the folder of compiled dictionaries.
    ///   - onBuild: called before a dictionary is built, since that takes seconds.
    public init(
        _ file: PipelineFile, species names: [String]? = nil, cache: String = DictionaryCache.folder,
        onBuild: () -> Void = {}
    ) throws {
        self.file = file
        let rulesFiles = try file.sectionRules()
        rules = rulesFiles.map(\.rules)
        let tables = try file.journals.map { try SectionRulesFile.text(of: $0) }
        journals = JournalRanking(
            joining: try zip(tables, file.journals).map { text, path in
                try JournalRanking(
                    tsv: text, file: path,
                    scimagoLimit: file.thresholds.firstRankJournals ?? JournalRanking.scimagoLimit)
            })
        dictionary = try DictionaryFolder(path: file.dictionaries).compiled(cache: cache, onBuild: onBuild)
        species = try (names ?? file.species).map { [dictionary] name in
            try SpeciesSelection(named: name, in: dictionary)
        }
        let taxa = species.map(\.taxon.number).sorted().map(String.init).joined(separator: ",")
        digests = ExtractionDigests(
            program: Self.programVersion,
            rules: sha256Hex(
                of: rulesFiles.flatMap(\.texts) + tables
                    + [file.thresholds.firstRankJournals].compactMap { $0.map(String.init) }),
            dictionary: dictionary.digest, species: sha256Hex(of: [taxa]))
        origin = RunOrigin(
            program: Self.programVersion, pipeline: sha256Hex(of: [file.text]), rules: digests.rules,
            dictionary: digests.dictionary, species: digests.species)
    }

    /// The sections of each kind of article.
    var sections: [EntityKind: [Section]] {
        Dictionary(rules.map { ($0.article, $0.sections) }, uniquingKeysWith: { first, _ in first })
    }

    /// The extractor of this pipeline.
    public var extractor: EvidenceExtractor {
        EvidenceExtractor(
            dictionary: dictionary, rules: rules, journals: journals, species: Set(species.map(\.taxon)))
    }
}

/// Where compiled dictionaries are kept.
public enum DictionaryCache {
    /// `$BIOSCRIBE_CACHE`, else `$XDG_CACHE_HOME/bioscribe`, else `~/.cache/bioscribe`.
    public static var folder: String {
        let environment = ProcessInfo.processInfo.environment
        if let own = environment["BIOSCRIBE_CACHE"], !own.isEmpty { return own }
        if let shared = environment["XDG_CACHE_HOME"], !shared.isEmpty { return shared + "/bioscribe" }
        return NSHomeDirectory() + "/.cache/bioscribe"
    }
}
