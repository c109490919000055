import Corpus
import Store

/// What is new about the citations of a file, against what was read before.
public struct CitationNews: Hashable, Sendable {
    /// Citations that were never read before.
    public var new = 0
    /// Citations that were read before, and of which something else is to be kept.
    public var revised = 0
    /// Citations of which the same is kept as before: the record to the byte, or nothing, for want of evidence.
    public var unchanged = 0

    /// Nothing.
    public init() {}

    /// Adds the citations of a stretch of a file.
    ///
    /// - Parameters:
    ///   - known: what was known of them before the file.
    ///   - seen: the citations that the file brought before; those of the stretch are added.
    mutating func add(
        _ citations: [CitationExtraction], known: [PMID: KnownCitation], seen: inout Set<PMID>
    ) {
        for extraction in citations {
            let pmid = extraction.citation.pmid
            let isFirst = seen.insert(pmid).inserted
            guard isFirst else {
                revised += 1
                continue
            }
            guard let before = known[pmid] else {
                new += 1
                continue
            }
            let digest = extraction.evidence.isEmpty ? "" : extraction.place.sha256
            if before.version == extraction.citation.version, before.sha256 == digest {
                unchanged += 1
            } else {
                revised += 1
            }
        }
    }

    mutating func add(_ other: CitationNews) {
        new += other.new
        revised += other.revised
        unchanged += other.unchanged
    }
}
