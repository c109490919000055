import Foundation
import Testing

/// Compares what people and programs read with a file of the fixtures.
///
/// With `RECORD_GOLDEN` in the environment the file is written instead, and the test fails, so that a recording is never
/// mistaken for a pass.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let path = fixture(name)
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
        try Data(text.utf8).write(to: URL(filePath: path))
        Issue.record("\(name) was recorded", sourceLocation: sourceLocation)
        return
    }
    let golden = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    #expect(text == golden, "\(name)", sourceLocation: sourceLocation)
}

/// The path of a fixture.
func fixture(_ name: String) -> String { Workshop.path("Tests/PipelineTests/Fixtures/\(name)") }
