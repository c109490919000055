import Articles
import Foundation
import Testing

struct AttributionPageTests {
    @Test func `the page has every constant with its value`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appending(path: "Documentation/attribution.md"), encoding: .utf8)
        var rows = 0
        for (name, value) in Mirror(reflecting: AttributionConstants.current).children {
            guard let name, name != "version" else { continue }
            // 1.0 is 1 on the page.
            let number = "\(value)".hasSuffix(".0") ? String("\(value)".dropLast(2)) : "\(value)"
            #expect(page.contains("| `\(name)` | \(number) | "), "\(name)")
            rows += 1
        }
        #expect(page.components(separatedBy: "\n| `").count - 1 == rows)
        #expect(page.contains("Version \(AttributionConstants.current.version), "))
    }
}
