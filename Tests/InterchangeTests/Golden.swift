import Foundation
import Testing

/// Compares a text with a file in `Fixtures/`, byte by byte. With RECORD_GOLDEN set the file is written anew and the
/// test fails, so that a recording is never taken for a pass.
func expectGolden(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
        try Data(text.utf8).write(to: file)
        Issue.record("recorded \(name)", sourceLocation: sourceLocation)
        return
    }
    let golden = try Data(contentsOf: file)
    #expect(
        Data(text.utf8) == golden, "differs from \(name); if that is meant, record it with RECORD_GOLDEN=1",
        sourceLocation: sourceLocation)
}
