import Foundation
import Pipeline
import Synchronization
import Testing

/// What a mirror brings, what it leaves alone, and what it refuses.
@Suite(.timeLimit(.minutes(5))) struct MirrorTests {
    @Test func `a second run asks for the list only`() async throws {
        let world = try MirrorWorld()
        let first = try await world.mirror()
        #expect(first.exitCode == 0)
        #expect(first.listed == 3)
        #expect(first.requests == 7)
        #expect(first.bytesReceived == 370_001)
        #expect(world.server.requests.allSatisfy { $0.fields["user-agent"]?.hasPrefix("BioScribe/") == true })
        let before = world.server.requests.count
        let second = try await world.mirror()
        #expect(second.exitCode == 0)
        #expect(second.unchanged == 3)
        #expect(second.brought == [])
        #expect(world.server.requests.count == before + 1)
        try world.expectMirrored()
    }

    @Test func `what is new or has changed is brought, and nothing else`() async throws {
        let world = try MirrorWorld()
        _ = try await world.mirror()
        world.server.put("a.xml.gz", MirrorWorld.bytes("new", 200_000))
        world.server.put("d.xml.gz", MirrorWorld.bytes("d", 2000))
        let summary = try await world.mirror()
        #expect(summary.brought.map(\.name) == ["a.xml.gz", "d.xml.gz"])
        #expect(summary.unchanged == 2)
        #expect(world.server.requests(for: "b.xml.gz").count == 1)
        try world.expectMirrored()
    }

    @Test func `files that were here before are compared, not brought`() async throws {
        let world = try MirrorWorld()
        for (name, bytes) in world.server.files where name.hasSuffix(".gz") {
            try world.folder.file(name, bytes)
        }
        try world.folder.file("b.xml.gz", MirrorWorld.bytes("b.xml.gz", 70_000).reversed())
        // The watch would take the damaged file for one of ours.
        world.server.onRequest { _ in }
        let summary = try await world.mirror()
        #expect(summary.unchanged == 2)
        #expect(summary.brought.map(\.name) == ["b.xml.gz"])
        try world.expectMirrored()
    }

    @Test func `a file that was damaged here is found by a check, and by its time`() async throws {
        let world = try MirrorWorld()
        _ = try await world.mirror()
        world.server.onRequest { _ in }
        let path = world.folder("a.xml.gz")
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let date = try #require(attributes[.modificationDate] as? Date)
        try world.folder.file("a.xml.gz", MirrorWorld.bytes("damage", 300_000))
        #expect(try await world.mirror().brought.map(\.name) == ["a.xml.gz"])
        try world.expectMirrored()
        let kept = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        #expect(kept != date)

        let summary = try await world.mirror { $0.check = true }
        #expect(summary.unchanged == 3)
        #expect(world.server.requests(for: "b.xml.gz.md5").count == 2)
    }

    @Test func `files that the server no longer lists are kept and named`() async throws {
        let world = try MirrorWorld()
        _ = try await world.mirror()
        world.server.remove("a.xml.gz")
        world.server.remove("a.xml.gz.md5")
        let summary = try await world.mirror()
        #expect(summary.exitCode == 0)
        #expect(summary.unlisted == ["a.xml.gz"])
        #expect(try world.files()["a.xml.gz"]?.count == 300_000)
        #expect(summary.text.contains("1 file that the server no longer lists\n    a.xml.gz"))
    }

    @Test func `a dry run tells and writes nothing`() async throws {
        let world = try MirrorWorld()
        let first = try await world.mirror { $0.dryRun = true }
        #expect(first.planned == ["a.xml.gz", "b.xml.gz", "c.xml.gz"])
        #expect(first.requests == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: world.folder.path) == [])
        _ = try await world.mirror()
        world.server.put("b.xml.gz", [1, 2, 3])
        let before = try files(under: world.folder.path)
        let second = try await world.mirror { $0.dryRun = true }
        #expect(second.planned == ["b.xml.gz"])
        #expect(second.unchanged == 2)
        #expect(try files(under: world.folder.path) == before)
    }

    @Test(arguments: [
        ("a.xml.gz", MirrorServer.Fault.status(404), "answers 404"),
        ("a.xml.gz", .status(403), "answers 403"),
        ("a.xml.gz.md5", .status(404), "its checksum a.xml.gz.md5"),
        ("a.xml.gz", .packed, "Content-Encoding: gzip"),
        ("a.xml.gz", .status(302, ["Location": "http://192.0.2.1/a.xml.gz"]), "not over HTTPS"),
        ("a.xml.gz", .status(301, ["Location": "file:///etc/hostname"]), "answers 404"),
        ("a.xml.gz", .status(302), "answers 302"),
    ])
    func `a file that cannot be had is named, and the others are brought`(
        name: String, fault: MirrorServer.Fault, reason: String
    ) async throws {
        let world = try MirrorWorld()
        world.server.fail(name, [fault])
        let summary = try await world.mirror()
        #expect(summary.exitCode == 3)
        #expect(summary.failures.map(\.name) == ["a.xml.gz"])
        #expect(summary.failures.first?.reason.contains(reason) == true, "\(summary.failures)")
        #expect(summary.brought.map(\.name) == ["b.xml.gz", "c.xml.gz"])
        #expect(world.server.requests(for: name).count == 1)
        #expect(try world.files()["a.xml.gz"] == nil)
        #expect(try await world.mirror().exitCode == 0)
        try world.expectMirrored()
    }

    @Test func `a server may send us on to another of its addresses`() async throws {
        let world = try MirrorWorld()
        world.server.fail("a.xml.gz", [.status(302, ["Location": "/moved/a.xml.gz"])])
        #expect(try await world.mirror().exitCode == 0)
        try world.expectMirrored()
        #expect(
            world.server.requests(for: "a.xml.gz").map(\.path) == ["/pubmed/a.xml.gz", "/moved/a.xml.gz"])
    }

    @Test func `without a checksum nothing is taken`() async throws {
        let world = try MirrorWorld()
        world.server.remove("b.xml.gz.md5")
        let summary = try await world.mirror()
        #expect(summary.exitCode == 3)
        #expect(summary.failures.map(\.name) == ["b.xml.gz"])
        #expect(world.server.requests(for: "b.xml.gz").isEmpty)
    }

    @Test func `a file whose checksum is never right does not get its name`() async throws {
        let world = try MirrorWorld()
        world.server.put("b.xml.gz", [1, 2, 3], checksum: "MD5(b.xml.gz)= \(md5([3, 2, 1]))\n")
        let summary = try await world.mirror { $0.retry.attempts = 3 }
        #expect(summary.exitCode == 3)
        #expect(summary.failures.first?.reason.contains(md5([1, 2, 3])) == true)
        #expect(world.server.requests(for: "b.xml.gz").count == 3)
        #expect(try world.files().keys.filter { $0.hasPrefix("b.") } == [])
    }

    @Test(arguments: [1, 2, 3, 5]) func `never more requests at once than allowed, and no fewer`(limit: Int)
        async throws
    {
        var sizes: [String: Int] = [:]
        for number in 10..<30 { sizes["f\(number).xml.gz"] = 20_000 }
        let world = try MirrorWorld(sizes)
        let server = world.server
        let isFull = Mutex(false)
        server.onRequest { [weak server] request in
            guard let server, !request.name.isEmpty else { return }
            // The first ones wait for each other; a minute is for a client that makes fewer.
            for _ in 0..<60_000 where !isFull.withLock({ $0 }) {
                if server.active >= limit { isFull.withLock { $0 = true } } else { usleep(1000) }
            }
        }
        let summary = try await world.mirror { $0.connections = limit }
        #expect(summary.exitCode == 0)
        #expect(server.mostActive == limit)
        try world.expectMirrored()
    }

    @Test func `requests keep their distance`() async throws {
        let world = try MirrorWorld(["a.xml.gz": 10, "b.xml.gz": 10])
        _ = try await world.mirror { $0.pause = .seconds(1000) }
        // Nothing really waits, so that each of the four requests after the list is sent further into the future.
        #expect(world.waits.all.count == 4)
        for (number, wait) in world.waits.all.sorted().enumerated() {
            #expect(wait > .seconds(1000 * number) && wait <= .seconds(1000 * (number + 1)))
        }
    }

    @Test func `one mirror at a time works on a folder`() async throws {
        let world = try MirrorWorld(["a.xml.gz": 10])
        let (reached, release) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        world.server.onRequest { request in
            guard request.name == "a.xml.gz" else { return }
            reached.signal()
            release.wait()
        }
        async let first = world.mirror()
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                reached.wait()
                continuation.resume()
            }
        }
        let error = await #expect(throws: MirrorError.self) { try await world.mirror() }
        #expect(
            "\(error.map { "\($0)" } ?? "")".contains(
                "process \(ProcessInfo.processInfo.processIdentifier) of"))
        release.signal()
        #expect(try await first.exitCode == 0)
        #expect(try await world.mirror().unchanged == 1)
    }

    @Test func `a mirror that is told to stop keeps its part`() async throws {
        let world = try MirrorWorld()
        world.server.fail("a.xml.gz", [.stall(after: 100_000)])
        let part = world.folder("a.xml.gz.part")
        let task = Task { try await world.mirror { $0.connections = 3 } }
        while (FileManager.default.contents(atPath: part)?.count ?? 0) < 100_000 {
            try await Task.sleep(for: .milliseconds(5))
        }
        task.cancel()
        let summary = try await task.value
        #expect(summary.exitCode == 1)
        #expect(summary.stopped?.contains("told to stop") == true)
        #expect(try world.files()["a.xml.gz.part"]?.count == 100_000)
        let next = try await world.mirror()
        #expect(next.exitCode == 0)
        #expect(world.server.requests(for: "a.xml.gz").map { $0.fields["range"] } == [nil, "bytes=100000-"])
        try world.expectMirrored()
    }

    @Test func `a mirror that is told to stop before it has the list`() async throws {
        let world = try MirrorWorld()
        world.server.fail("", [.stall(after: 10)])
        let task = Task { try await world.mirror() }
        while world.server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        let summary = try await task.value
        #expect(summary.exitCode == 1)
        #expect(summary.stopped?.contains("told to stop") == true)
    }

    @Test func `a file for which the disk has no room is not begun`() async throws {
        let world = try MirrorWorld()
        world.server.fail("a.xml.gz", [.wrongLength(1 << 60)])
        let summary = try await world.mirror { $0.connections = 1 }
        #expect(summary.exitCode == 1)
        #expect(
            summary.stopped?.contains("the disk is too full: \((1 << 60) + 300_000) bytes are to come")
                == true)
        #expect(try world.files()["a.xml.gz"] == nil)
        #expect(try await world.mirror().exitCode == 0)
        try world.expectMirrored()
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "this system has no /dev/full"))
    func `a disk that fills is told, and nothing is lost`() async throws {
        let world = try MirrorWorld()
        try FileManager.default.createSymbolicLink(
            atPath: world.folder("b.xml.gz.part"), withDestinationPath: "/dev/full")
        let summary = try await world.mirror { $0.connections = 1 }
        #expect(summary.exitCode == 1)
        #expect(summary.stopped?.contains("b.xml.gz.part: the disk is full") == true, "\(summary.text)")
        #expect(summary.brought.map(\.name) == ["a.xml.gz"])
        try FileManager.default.removeItem(atPath: world.folder("b.xml.gz.part"))
        let next = try await world.mirror()
        #expect(next.exitCode == 0)
        #expect(next.unchanged == 1)
        try world.expectMirrored()
    }

    @Test(arguments: [
        "", "ftp.ncbi.nlm.nih.gov/pubmed", "ftp://ftp.ncbi.nlm.nih.gov/pubmed/", "http://example.org/pubmed/",
        "http://localhost.example.org/", "http://127.0.0.1.example.org/", "https://",
        "https://example.org/?C=M",
        "https://user:word@example.org/", "https://example.org/#top", "file:///etc/",
    ])
    func `an address that is no folder over HTTPS is refused`(text: String) {
        #expect(throws: MirrorError.self) { try MirrorAddress(text) }
    }

    @Test(arguments: [
        ("https://ftp.ncbi.nlm.nih.gov/pubmed/baseline", "https://ftp.ncbi.nlm.nih.gov/pubmed/baseline/"),
        ("http://localhost:8080/", "http://localhost:8080/"), ("http://127.0.0.1/x", "http://127.0.0.1/x/"),
        ("http://[::1]:80/", "http://[::1]:80/"),
    ])
    func `an address of a folder is taken`(text: String, expected: String) throws {
        #expect(try MirrorAddress(text).description == expected)
    }

    @Test func `a server that is not there`() async throws {
        let folder = try TemporaryFolder()
        // Nobody listens on the port of a server that has gone.
        let address = try MirrorServer().address
        var options = MirrorRun.Options()
        options.retry.attempts = 2
        options.sleep = { _ in }
        let mirror = MirrorRun(try MirrorAddress(address), folder: folder.path, options: options)
        let error = await #expect(throws: MirrorError.self) { try await mirror.run() }
        guard case .noIndex = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
