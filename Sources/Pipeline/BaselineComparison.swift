import Corpus
import Intake
import Store

/// What a new year's baseline would change, told from its records without mining them: the dry run of a replacement.
public struct BaselineComparison: Hashable, Sendable {
    /// Citations with evidence that the new files have, word for word.
    public var unchanged = 0
    /// Citations with evidence that the new files have otherwise.
    public var revised = 0
    /// Citations with evidence that no new file has.
    public var gone = 0
    /// Pieces of evidence that would be withdrawn with them.
    public var evidence = 0
    /// Statements of articles that rest on them.
    public var statements = 0

    /// Reads the new files.
    ///
    /// - Parameters:
    ///   - paths: All files of the new year.
    ///   - onFile: Called with the number of files read.
    /// - Complexity: O(size of the files); memory a few bytes for each citation with evidence.
    /// - Throws: `IntakeError` where a file cannot be read to its end, `StoreError`, `CancellationError`.
    init(of paths: [String], with store: Store, onFile: (Int) -> Void) throws {
        let kept = try store.citationsKept()
        var found: [PMID: Bool] = [:]
        let parser = CitationParser()
        for (number, path) in paths.enumerated() {
            let reader = try RawRecordReader(path: path)
            while let item = try reader.next() {
                guard case .record(let record) = item, let parsed = try? parser.parse(record) else {
                    continue
                }
                switch parsed {
                case .citation(let citation) where kept.contains(citation.pmid):
                    found[citation.pmid] = try store.citation(citation.pmid)?.citation == citation
                case .deletions(let pmids):
                    for pmid in pmids { found[pmid] = nil }
                case .citation, .bookArticle: break
                }
                if record.ordinal % 1000 == 0 { try Task.checkCancellation() }
            }
            onFile(number + 1)
        }
        for pmid in kept {
            switch found[pmid] {
            case true: unchanged += 1
            case false: revised += 1
            case nil:
                gone += 1
                evidence += try store.evidence(in: pmid).count
                statements += try store.statements(from: pmid).count
            }
        }
    }
}
