import Foundation
import Testing

struct `The checkout` {
    /// Folders that exist on one machine or another; a source that names a file in one works there only.
    private static let machinePaths = [
        "/home/", "/root/", "/Users/", "/tmp/", "/opt/", "/mnt/", "/var/", "/usr/local/", "C:\\",
    ]

    private static func machinePath(in line: some StringProtocol) -> String? {
        machinePaths.first { path in
            // `https://host/home/page` is an address, `../work/file` is not a path from the root.
            line.ranges(of: path).contains { range in
                guard range.lowerBound > line.startIndex else { return true }
                let before = line[line.index(before: range.lowerBound)]
                return
                    !(before.isLetter || before.isNumber || before == "." || before == "-" || before == "_")
            }
        }
    }

    @Test func `no source mentions a path of a machine`() throws {
        for file in try Checkout.sources(endingIn: [
            ".swift", ".modulemap", ".html", ".css", ".js", ".mustache",
        ]) {
            for (index, line) in file.lines.enumerated() {
                #expect(Self.machinePath(in: line) == nil, "\(file.path):\(index + 1)")
            }
        }
    }

    @Test(arguments: [
        "open(\"/tmp/x\")", "let home = \"/home/ann/data\"", "/home/shared", "# C:\\Data", "\"/root/\"",
    ])
    func `a path of a machine is seen`(line: String) {
        #expect(Self.machinePath(in: line) != nil)
    }

    @Test(arguments: ["https://example.org/home/page", "Pipelines/work/a", "../tmp/x", "home/", "n/var/"])
    func `a relative path or an address is none`(line: String) {
        #expect(Self.machinePath(in: line) == nil)
    }

    /// What the top level of the project holds, and nothing else.
    private static let topLevel: Set<String> = [
        "Package.swift", "Sources", "Tests", "Dictionaries", "Pipelines", "README.md", "Documentation", ".ci",
        ".gitignore", ".swift-format", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md",
    ]

    /// The names that git tracks at the top level; nil where git is absent or this is no checkout.
    private static let tracked: Set<String>? = {
        let git = Process()
        git.executableURL = URL(filePath: "/usr/bin/env")
        git.arguments = ["git", "-C", Checkout.folder.path(percentEncoded: false), "ls-files", "-z"]
        let output = Pipe()
        git.standardOutput = output
        git.standardError = FileHandle.nullDevice
        guard (try? git.run()) != nil, let data = try? output.fileHandleForReading.readToEnd() else {
            return nil
        }
        git.waitUntilExit()
        guard git.terminationStatus == 0 else { return nil }
        let names = data.split(separator: 0).compactMap { path in
            path.split(separator: UInt8(ascii: "/")).first.map { String(decoding: $0, as: UTF8.self) }
        }
        return names.isEmpty ? nil : Set(names)
    }()

    @Test(.enabled(if: tracked != nil, "git is absent, or this is no checkout of it"))
    func `the top level holds only what belongs there`() throws {
        let tracked = try #require(Self.tracked)
        #expect(tracked.subtracting(Self.topLevel).isEmpty)
        #expect(tracked.isSuperset(of: ["Package.swift", "Sources", "Tests", "LICENSE"]))
    }
}
