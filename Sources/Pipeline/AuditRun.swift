import Audit
import Corpus
import Foundation
import Store

/// An audit with the dictionary and the rules of a pipeline file.
public struct AuditRun {
    private let file: PipelineFile
    /// The database instead of the pipeline's.
    public var database: String?
    /// The folder with the source files; nil to leave them alone.
    public var sources: String?
    /// How many threads work.
    public var jobs = max(1, ProcessInfo.processInfo.activeProcessorCount)
    /// The folder of compiled dictionaries.
    public var cache = DictionaryCache.folder

    /// Makes an audit.
    ///
    /// - Parameter file: the pipeline whose dictionary, rules and species the evidence is derived with.
    public init(_ file: PipelineFile) {
        self.file = file
    }

    /// Audits one article, or everything.
    ///
    /// - Parameters:
    ///   - name: a CURIE, a symbol or a preferred name; nil for everything.
    ///   - species: the species of a symbol.
    ///   - onNotice: told what takes long.
    ///   - onFinding: given each difference, in order.
    /// - Throws: `PipelineError`, `StoreError`, `TerminologyError`, `SectionRulesError`, and what `onFinding` throws.
    public func run(
        of name: String?, species: String?, onNotice: (String) -> Void,
        onFinding: (AuditFinding) throws -> Void
    ) async throws -> AuditSummary {
        let store = try Store(
            path: database ?? file.database ?? PipelineRun.defaultDatabase, access: .readOnly)
        let taxon = try species.map { try SpeciesSelection.taxon(named: $0) }
        let entity = try name.map { try ArticleLibrary(store).entity(named: $0, taxon: taxon) }
        let prepared = try PreparedPipeline(file, cache: cache) {
            onNotice("building the dictionary from \(file.dictionaries): some seconds, once")
        }
        return try await Audit(
            store, entity.map { .entity($0) } ?? .all, sources: sources, workings: prepared.auditWorkings,
            jobs: jobs
        ).run(onFinding: onFinding)
    }
}

extension PreparedPipeline {
    /// What an audit derives evidence with.
    public var auditWorkings: AuditWorkings {
        AuditWorkings(extractor: extractor, dictionary: dictionary, rules: rules, digests: digests)
    }
}
