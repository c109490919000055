import Interchange
import Terminology

/// Builds a dictionary from sources that a user names, and reports what it was built from.
public struct DictionaryBuild {
    private let folder: DictionaryFolder
    private let suspicions: SuspicionPolicy

    /// Names the sources.
    ///
    /// - Parameters:
    ///   - sources: files and folders; where there is none, those of `folder` are taken.
    ///   - allowSuspicious: whether sources that look damaged are taken with a warning.
    public init(sources: [String], folder: String, allowSuspicious: Bool) {
        self.folder = sources.isEmpty ? DictionaryFolder(path: folder) : DictionaryFolder(sources: sources)
        suspicions = allowSuspicious ? .warn : .refuse
    }

    /// Builds the dictionary, and says what is in it and, where one was at its place, what changed.
    ///
    /// - Parameters:
    ///   - output: the file that it is written to; nil for the cache, which is asked first.
    ///   - onMessage: called with warnings, and before the work begins.
    /// - Throws: `TerminologyError`.
    public func run(output: String?, json: Bool, onMessage: (String) -> Void) throws(TerminologyError)
        -> String
    {
        let dictionary: CompiledDictionary
        var previous: CompiledDictionary?
        func warn(_ warning: SourceWarning) { onMessage("warning: \(warning)") }
        if let output {
            (dictionary, previous) = try folder.build(output: output, suspicions: suspicions, onWarning: warn)
        } else {
            dictionary = try folder.compiled(
                cache: DictionaryCache.folder, suspicions: suspicions,
                onBuild: { onMessage("building the dictionary from \(folder.path): some seconds, once") },
                onWarning: warn)
        }
        let dates = folder.modificationDates()
        let diff = previous.map { DictionaryDiffReport(DictionaryDiff(from: $0, to: dictionary)) }
        if json {
            let members = DictionaryReport.members(of: dictionary, dates: dates)
            return JSONValue.object(
                members + (diff.map { [.init("changes", .object($0.members))] } ?? [])
            ).line
        }
        let changes = diff.map { "\nagainst the build before\n" + $0.text } ?? ""
        return DictionaryReport.info(dictionary, dates: dates, json: false) + changes
    }
}
