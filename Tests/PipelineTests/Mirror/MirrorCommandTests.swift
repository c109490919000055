import Foundation
import Testing

/// The command `mirror` as a program: what it prints, its exit codes, how it stops.
@Suite(.timeLimit(.minutes(5))) struct MirrorCommandTests {
    private func arguments(_ world: MirrorWorld, _ more: String...) -> [String] {
        ["mirror", world.server.address, world.folder.path, "--pause", "0", "--progress", "plain"] + more
    }

    @Test func `brings the files and says so`() throws {
        let world = try MirrorWorld()
        let first = try bioscribe(arguments(world))
        #expect(first.code == 0, "\(first.error)")
        #expect(
            first.lines.prefix(4).map { String($0.prefix(14)) } == [
                "Mirror of http", "  listed      ", "  brought     ", "  unchanged   ",
            ])
        #expect(first.output.contains("brought      3 files, 0.4 MB, verified"))
        try world.expectMirrored()

        let second = try bioscribe(arguments(world, "--json"))
        #expect(second.code == 0)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(second.output.utf8)) as? [String: Any])
        #expect(object["unchanged"] as? Int == 3)
        #expect(object["requests"] as? Int == 1)
        #expect(object["stopped"] is NSNull)
    }

    @Test func `exit codes`() throws {
        let world = try MirrorWorld()
        world.server.fail("a.xml.gz", [.status(404)])
        let partial = try bioscribe(arguments(world))
        #expect(partial.code == 3)
        #expect(partial.output.contains("not brought  1 file\n    a.xml.gz: the server answers 404"))
        world.server.show("<html>Nothing</html>")
        let failed = try bioscribe(arguments(world))
        #expect(failed.code == 1)
        #expect(failed.error.contains("the list of files cannot be had"))
        #expect(try bioscribe(["mirror", "http://example.org/", world.folder.path]).code == 64)
        #expect(try bioscribe(arguments(world, "--connections", "0")).code == 64)
    }

    @Test(arguments: [SIGTERM, SIGINT]) func `a signal stops it, and the next run goes on`(signal: Int32)
        throws
    {
        let world = try MirrorWorld()
        world.server.fail("a.xml.gz", [.stall(after: 100_000)])
        let process = Process()
        process.executableURL = URL(filePath: Workshop.binary)
        process.arguments = arguments(world, "--connections", "1")
        let output = try FileHandle(forUpdating: URL(filePath: scratch.file("o", "")))
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let part = world.folder("a.xml.gz.part")
        while process.isRunning, (FileManager.default.contents(atPath: part)?.count ?? 0) < 100_000 {
            usleep(2000)
        }
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 1)
        let text = String(
            decoding: FileManager.default.contents(atPath: scratch("o")) ?? Data(), as: UTF8.self)
        #expect(text.contains("stopped      told to stop"))
        #expect(try world.files()["a.xml.gz.part"]?.count == 100_000)
        #expect(try bioscribe(arguments(world)).code == 0)
        try world.expectMirrored()
        #expect(world.server.requests(for: "a.xml.gz").map { $0.fields["range"] } == [nil, "bytes=100000-"])
    }

    @Test func `one that is killed locks nothing and loses nothing`() throws {
        let world = try MirrorWorld()
        world.server.fail("a.xml.gz", [.stall(after: 100_000)])
        let process = Process()
        process.executableURL = URL(filePath: Workshop.binary)
        process.arguments = arguments(world, "--connections", "1")
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let part = world.folder("a.xml.gz.part")
        while process.isRunning, (FileManager.default.contents(atPath: part)?.count ?? 0) < 100_000 {
            usleep(2000)
        }
        let other = try bioscribe(arguments(world))
        #expect(other.code == 1)
        #expect(
            other.error.contains(
                "another program works on this folder: bioscribe mirror \(world.server.address), process "
                    + "\(process.processIdentifier) of"))
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(try bioscribe(arguments(world)).code == 0)
        try world.expectMirrored()
    }

    private let scratch: TemporaryFolder

    init() throws { scratch = try TemporaryFolder() }
}
