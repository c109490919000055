import AhoCorasick
import Corpus

/// The sources of a dictionary without what was learned from annotated texts, read once and compiled as often as other
/// names and weights are tried.
public struct DictionaryBase: Sendable {
    private let draft: DictionaryDraft

    init(draft: DictionaryDraft) {
        self.draft = draft
    }

    /// A dictionary with learned names and weights, in memory.
    ///
    /// - Parameters:
    ///   - names: rows of a table of names, without its header.
    ///   - weights: rows of a table of weights, without its header.
    /// - Throws: `TerminologyError.malformed`.
    public func compiled(names: [String], weights: [String] = []) throws(TerminologyError)
        -> CompiledDictionary
    {
        var draft = draft
        if !names.isEmpty {
            let table = Self.table(of: names, under: NameTableImporter.columns)
            draft.sources.append(
                DictionaryDraft.Source(
                    name: LearnedFiles.names, layout: "table of names", sha256: "", bytes: table.count))
            try NameTableImporter.read(table, path: "learned names", into: &draft)
        }
        if !weights.isEmpty {
            let table = Self.table(of: weights, under: WeightsImporter.columns)
            try WeightsImporter.read(table, path: "weights", into: &draft)
        }
        return try CompiledDictionary(
            region: MemoryRegion(DictionaryCompiler.compile(draft, digest: "")),
            path: "a dictionary in memory")
    }

    private static func table(of rows: [String], under columns: [String]) -> [UInt8] {
        Array(([columns.joined(separator: "\t")] + rows).joined(separator: "\n").utf8)
    }
}

/// The files of a folder of dictionaries that hold what was learned from annotated texts.
public enum LearnedFiles {
    /// The table of names, within the folder.
    public static let names = "learned/learned.names.tsv"
    /// The table of weights, within the folder.
    public static let weights = "learned/tagger.weights.tsv"
}
