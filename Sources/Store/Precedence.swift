/// Which of the occurrences of a citation is the newest: the rule of "latest wins".
///
/// Of all occurrences of a PMID in all files, those in a file that deletes it or in an earlier one are dead:
/// `DeleteCitation` stands at the end of a file. Of the live ones the highest version wins; within a version the
/// latest file; within a file the last record. The answer depends on the sets alone, never on the order in which
/// files were written.
struct Precedence {
    /// One citation in one file.
    struct Occurrence: Hashable {
        var file: Int64
        var record: Int
        var version: Int
        var carriesEvidence: Bool
    }

    /// The order of the files by their rows.
    var order: [Int64: FileOrder]

    /// The newest live occurrence; nil when the citation is deleted or unknown.
    ///
    /// - Complexity: O(number of occurrences and deletions).
    func newest(of occurrences: [Occurrence], deletedIn deletions: [Int64]) -> Occurrence? {
        let lastDeletion = deletions.compactMap { order[$0] }.max()
        var best: (occurrence: Occurrence, order: FileOrder)?
        for occurrence in occurrences {
            guard let place = order[occurrence.file] else { continue }
            if let lastDeletion, place <= lastDeletion { continue }
            if let current = best {
                let isNewer =
                    occurrence.version != current.occurrence.version
                    ? occurrence.version > current.occurrence.version
                    : place != current.order
                        ? place > current.order : occurrence.record > current.occurrence.record
                guard isNewer else { continue }
            }
            best = (occurrence, place)
        }
        return best?.occurrence
    }
}
