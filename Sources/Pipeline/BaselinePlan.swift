import Intake
import Store

/// What replacing the old years' files by a new baseline comes to: the files that come and those that go. A dry run prints
/// its code, and only with this code the replacement is done: nobody replaces what they have not looked at, and nothing
/// else than what they looked at.
struct BaselinePlan: Hashable {
    /// The files of the new baseline.
    let coming: [SourceFile]
    /// The files that leave the ledger.
    let going: [SourceFile]

    /// - Parameters:
    ///   - baseline: All files of the new year.
    ///   - ledger: What the database has of files, some of the new year perhaps among them.
    init(_ baseline: [SourceFile], ledger: [LedgerEntry]) {
        coming = baseline
        let replaced = Set(
            SourceSelection.replaced(by: ledger.map(\.file.name) + baseline.map(\.name)))
        going = ledger.map(\.file).filter { replaced.contains($0.name) }
    }

    /// Ten hexadecimal digits of a digest over names and digests of the files: the same as long as the files are. Nil where
    /// nothing goes, so that there is nothing to confirm.
    var code: String? {
        guard !going.isEmpty else { return nil }
        let lines = [("+", coming), ("-", going)].flatMap { mark, files in
            files.sorted { $0.name < $1.name }.map { "\(mark)\($0.name) \($0.sha256)" }
        }
        return String(sha256Hex(of: lines).prefix(10))
    }
}
