import Foundation
import Pipeline
import Testing

/// What the network and the server do to a download, and how it recovers: afterwards the folder is the server's.
@Suite(.timeLimit(.minutes(5))) struct MirrorRecoveryTests {
    /// Something that goes wrong.
    struct Mishap: Sendable, CustomTestStringConvertible {
        var what: String
        var name = "a.xml.gz"
        var faults: [MirrorServer.Fault]
        /// The parts that are asked for, in order; nil for the whole file.
        var ranges: [String?]

        var testDescription: String { what }
    }

    private static let mishaps: [Mishap] = [
        Mishap(what: "nothing", faults: [], ranges: [nil]),
        Mishap(
            what: "the connection breaks twice", faults: [.drop(after: 100_000), .drop(after: 50_000)],
            ranges: [nil, "bytes=100000-", "bytes=150000-"]),
        Mishap(what: "the connection breaks before the body", faults: [.drop(after: 0)], ranges: [nil, nil]),
        Mishap(
            what: "the server falls silent", faults: [.stall(after: 100_000), .stall(after: 0)],
            ranges: [nil, "bytes=100000-", "bytes=100000-"]),
        Mishap(what: "bytes are damaged", faults: [.corrupt(at: 1234)], ranges: [nil, nil]),
        Mishap(
            what: "the part is damaged", faults: [.drop(after: 100_000), .corrupt(at: 7)],
            ranges: [nil, "bytes=100000-", nil]),
        Mishap(
            what: "the server is in trouble", faults: [.status(503), .status(500), .status(429)],
            ranges: [nil, nil, nil, nil]),
        Mishap(
            what: "the server is in trouble in the middle", faults: [.drop(after: 9), .status(502)],
            ranges: [nil, "bytes=9-", "bytes=9-"]),
        Mishap(
            what: "the server gives no parts", faults: [.drop(after: 100_000), .ignoreRange],
            ranges: [nil, "bytes=100000-"]),
        Mishap(
            what: "the server gives another part", faults: [.drop(after: 100_000), .otherRange],
            ranges: [nil, "bytes=100000-", nil]),
        Mishap(
            what: "the length is said too long, so that all is there before the end",
            faults: [.wrongLength(1000)],
            ranges: [nil, "bytes=300000-"]),
        Mishap(what: "the length is said too short", faults: [.wrongLength(-1000)], ranges: [nil, nil]),
        Mishap(what: "the file is cut", faults: [.cut(to: 200_000)], ranges: [nil, nil]),
        Mishap(
            what: "the checksum is cut", name: "a.xml.gz.md5", faults: [.cut(to: 30), .cut(to: 0)],
            ranges: [nil, nil, nil]),
        Mishap(
            what: "the checksum is damaged", name: "a.xml.gz.md5", faults: [.corrupt(at: 20)],
            ranges: [nil, nil]),
        Mishap(
            what: "the checksum breaks off", name: "a.xml.gz.md5", faults: [.drop(after: 10), .status(503)],
            ranges: [nil, nil, nil]),
        Mishap(
            what: "the list breaks off", name: "",
            faults: [.drop(after: 100), .status(503), .stall(after: 10)],
            ranges: [nil, nil, nil, nil]),
    ]

    @Test(arguments: mishaps) func `the folder is the server's afterwards`(mishap: Mishap) async throws {
        let world = try MirrorWorld()
        world.server.fail(mishap.name, mishap.faults)
        let isSilent = mishap.faults.contains { if case .stall = $0 { true } else { false } }
        let summary = try await world.mirror { if isSilent { $0.idle = .milliseconds(300) } }
        try world.expectMirrored()
        #expect(summary.exitCode == 0)
        #expect(summary.brought.map(\.name) == ["a.xml.gz", "b.xml.gz", "c.xml.gz"])
        #expect(world.server.requests(for: mishap.name).map { $0.fields["range"] } == mishap.ranges)
        // One more where bytes that were left over met the next request of the connection.
        #expect(summary.retries >= mishap.ranges.count - 1)
    }

    @Test func `a file that changes while it is fetched is fetched anew, as it is now`() async throws {
        let world = try MirrorWorld()
        world.server.fail("a.xml.gz", [.drop(after: 100_000)])
        let new = MirrorWorld.bytes("new", 250_000)
        let summary = try await world.mirror { options in
            let sleep = options.sleep
            options.sleep = { [server = world.server] time in
                if server.files["a.xml.gz"] != new { server.put("a.xml.gz", new) }
                try await sleep(time)
            }
        }
        try world.expectMirrored()
        #expect(try world.files()["a.xml.gz"] == new)
        #expect(summary.exitCode == 0)
        // The part was asked for if it is still the same, which it was not; then the old checksum did not fit.
        let requests = world.server.requests(for: "a.xml.gz")
        #expect(requests.map { $0.fields["range"] } == [nil, "bytes=100000-", nil])
        #expect(requests[1].fields["if-range"] == "\"v1\"")
    }

    @Test func `without ETag and date nothing is gone on with`() async throws {
        let world = try MirrorWorld()
        world.server.forgetValidators()
        world.server.fail("a.xml.gz", [.drop(after: 100_000)])
        #expect(try await world.mirror().exitCode == 0)
        try world.expectMirrored()
        #expect(world.server.requests(for: "a.xml.gz").map { $0.fields["range"] } == [nil, nil])
    }

    @Test func `a server that asks for time is given it by all`() async throws {
        let world = try MirrorWorld(["a.xml.gz": 10])
        world.server.fail("a.xml.gz", [.status(503, ["Retry-After": "120"])])
        world.server.fail("a.xml.gz", [.status(429, ["Retry-After": "Fri, 27 Nov 2026 12:03:00 GMT"])])
        let summary = try await world.mirror()
        #expect(summary.exitCode == 0)
        let waits = world.waits.all
        #expect(waits.contains { $0 >= .seconds(120) && $0 < .seconds(150) })
        #expect(waits.contains { $0 == .seconds(180) })
    }

    @Test func `a server that asks for hours is left alone`() async throws {
        let world = try MirrorWorld(["a.xml.gz": 10, "b.xml.gz": 10])
        world.server.fail("a.xml.gz", [.status(503, ["Retry-After": "86400"])])
        let summary = try await world.mirror()
        #expect(summary.exitCode == 3)
        #expect(summary.failures.map(\.name) == ["a.xml.gz"])
        #expect(summary.failures[0].reason.contains("stay away"))
        #expect(world.server.requests(for: "a.xml.gz").count == 1)
        #expect(try world.files()["b.xml.gz"] == world.server.files["b.xml.gz"])
    }

    @Test func `pauses double, have a limit and are the same for the same seed`() async throws {
        var policy = RetryPolicy()
        policy.attempts = 9
        policy.longest = .seconds(8)
        var waits: [[Duration]] = []
        for seed in [UInt64(1), 1, 2] {
            let world = try MirrorWorld(["a.xml.gz": 10])
            world.server.fail("a.xml.gz", Array(repeating: .status(500), count: 20))
            let summary = try await world.mirror { options in
                options.retry = policy
                options.seed = seed
            }
            #expect(summary.failures.count == 1)
            waits.append(world.waits.all)
        }
        #expect(waits[0] == waits[1])
        #expect(waits[0] != waits[2])
        #expect(waits[0].count == 8)
        for (wait, most) in zip(waits[0], [1, 2, 4, 8, 8, 8, 8, 8]) {
            #expect(wait >= .seconds(most) / 2 && wait <= .seconds(most))
        }
    }

    @Test func `a run that gave up leaves its part to the next`() async throws {
        let world = try MirrorWorld()
        world.server.fail("a.xml.gz", Array(repeating: .drop(after: 1000), count: 4))
        let first = try await world.mirror {
            $0.retry.attempts = 4
            $0.retry.progress = 1 << 16
        }
        #expect(first.exitCode == 3)
        #expect(first.failures.map(\.name) == ["a.xml.gz"])
        #expect(first.failures[0].reason.contains("given up after 4 attempts"))
        #expect(try world.files()["a.xml.gz"] == nil)
        #expect(try world.files()["a.xml.gz.part"]?.count == 4000)
        let second = try await world.mirror()
        #expect(second.exitCode == 0)
        #expect(second.bytesReceived == 296_000)
        try world.expectMirrored()
    }

    @Test func `attempts that bring a file further do not count as failures`() async throws {
        let world = try MirrorWorld()
        world.server.fail("a.xml.gz", Array(repeating: .drop(after: 10_000), count: 25))
        #expect(try await world.mirror { $0.retry.attempts = 2 }.exitCode == 0)
        try world.expectMirrored()
    }

    @Test(arguments: 0..<8) func `whatever happens in whatever order`(seed: Int) async throws {
        var dice = SeededGenerator(state: UInt64(seed) &+ 20_261_127)
        var sizes: [String: Int] = [:]
        for number in 1...12 {
            sizes["pubmed26n\(1000 + number).xml.gz"] = Int.random(in: 1...120_000, using: &dice)
        }
        let world = try MirrorWorld(sizes)
        for name in sizes.keys.sorted() {
            for target in [name, name + ".md5"] {
                world.server.fail(
                    target,
                    (0..<Int.random(in: 0...5, using: &dice)).map { _ in
                        let place = Int.random(in: 0...60_000, using: &dice)
                        return switch Int.random(in: 0...8, using: &dice) {
                        case 0, 1: .drop(after: place)
                        case 2: .corrupt(at: place)
                        case 3: .status(503, ["Retry-After": "\(place % 5)"])
                        case 4: .ignoreRange
                        case 5: .otherRange
                        case 6: .wrongLength(place - 30_000)
                        case 7: .cut(to: place)
                        default: .status(500)
                        }
                    })
            }
        }
        let summary = try await world.mirror { options in
            options.connections = 1 + seed % 4
            options.retry.attempts = 12
        }
        #expect(summary.exitCode == 0, "seed \(seed): \(summary.text)")
        try world.expectMirrored("seed \(seed)")
    }
}
