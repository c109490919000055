import Foundation
import Pipeline
import Synchronization
import Testing

/// A server, the folder that mirrors it, and a watch over what ever stood there under a final name.
struct MirrorWorld: Sendable {
    let server: MirrorServer
    let folder: TemporaryFolder
    /// How long the program waited, in order: nothing really waits.
    let waits = Waits()

    /// Times that were waited for.
    final class Waits: Sendable {
        private let times = Mutex<[Duration]>([])
        var all: [Duration] { times.withLock { $0 } }
        func add(_ time: Duration) { times.withLock { $0.append(time) } }
    }

    /// Makes a server with files of these sizes, from seeded bytes.
    init(_ sizes: [String: Int] = ["a.xml.gz": 300_000, "b.xml.gz": 70_000, "c.xml.gz": 1]) throws {
        server = try MirrorServer(
            sizes.reduce(into: [:]) { files, file in files[file.key] = Self.bytes(file.key, file.value) })
        folder = try TemporaryFolder()
        watch()
    }

    /// Bytes that a name and a version determine.
    static func bytes(_ seed: String, _ count: Int) -> [UInt8] {
        var state = seed.utf8.reduce(UInt64(count) | 1) { $0 &* 31 &+ UInt64($1) }
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
    }

    /// At each request, whatever has a final name must be what the server had at some time.
    private func watch() {
        let known = Mutex<Set<Data>>([])
        let (server, path) = (server, folder.path)
        server.onRequest { [weak server] _ in
            guard let server else { return }
            let all = known.withLock { known in
                known.formUnion(server.files.values.map { Data($0) })
                return known
            }
            for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            where name.hasSuffix(".xml.gz") {
                let bytes = FileManager.default.contents(atPath: path + "/" + name) ?? Data()
                if !all.contains(bytes) { Issue.record("\(name) has its name before it was verified") }
            }
        }
    }

    /// The usual options of a test: patient, without pauses, the same every time.
    func options(_ change: (inout MirrorRun.Options) -> Void = { _ in }) -> MirrorRun.Options {
        var options = MirrorRun.Options()
        options.pause = .zero
        options.retry.progress = 1
        options.seed = 6
        options.sleep = { [waits] time in
            try Task.checkCancellation()
            waits.add(time)
        }
        change(&options)
        return options
    }

    /// Mirrors the server.
    func mirror(_ change: (inout MirrorRun.Options) -> Void = { _ in }) async throws -> MirrorSummary {
        try await MirrorRun(MirrorAddress(server.address), folder: folder.path, options: options(change))
            .run()
    }

    /// The files that are in the folder, but for the mirror's own.
    func files() throws -> [String: [UInt8]] {
        try PipelineTests.files(under: folder.path).filter { !$0.key.hasPrefix(".") }.mapValues {
            [UInt8]($0)
        }
    }

    /// Checks that the folder holds what the server has, byte by byte, and nothing else.
    func expectMirrored(_ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let (here, there) = (try files(), server.files)
        #expect(here.keys.sorted() == there.keys.sorted(), comment, sourceLocation: sourceLocation)
        for (name, bytes) in there where here[name] != bytes {
            Issue.record("\(name) differs \(comment?.rawValue ?? "")", sourceLocation: sourceLocation)
        }
    }
}
