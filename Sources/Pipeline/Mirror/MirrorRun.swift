import Foundation
import Intake

/// Brings the files of PubMed that a server lists into a folder, and keeps them as the server has them.
///
/// A file gets its name in the folder once its MD5 is what the server's `.md5` says, and not before; until then its bytes
/// are in `NAME.part`, from where the next attempt, or the next run, goes on. Files that the server no longer lists stay.
public struct MirrorRun: Sendable {
    /// How a mirror works.
    public struct Options: Sendable {
        /// How many requests may be under way at once, from 1 to 16.
        public var connections = 2
        /// The least time from one request to the next.
        public var pause: Duration = .milliseconds(100)
        /// How long nothing may come before an attempt is given up.
        public var idle: Duration = .seconds(60)
        /// When a request that failed is made again.
        public var retry = RetryPolicy()
        /// What the chance in pauses begins with.
        public var seed = UInt64.random(in: 0...UInt64.max)
        /// Only tell what would be brought.
        public var dryRun = false
        /// Compare all files with the server's checksums, also those that look unchanged.
        public var check = false
        /// Waits.
        public var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

        /// The usual way.
        public init() {}
    }

    private let address: MirrorAddress
    private let folder: String
    private let options: Options
    private let progress: ProgressDisplay

    /// Makes a mirror of an address in a folder, which is made where it is not there.
    public init(
        _ address: MirrorAddress, folder: String, options: Options = Options(),
        progress: ProgressDisplay = ProgressDisplay(style: .none)
    ) {
        self.address = address
        self.folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        self.options = options
        self.progress = progress
    }

    /// Does the work.
    ///
    /// A task that is cancelled leaves what it has brought, and says so in the summary.
    ///
    /// - Throws: `MirrorError` when it cannot begin: somebody else works on the folder, or there is no list.
    public func run() async throws -> MirrorSummary {
        // A connection that the server closed is an error to be told, not the end of the program.
        signal(SIGPIPE, SIG_IGN)
        let start = ContinuousClock.now
        let lock = try options.dryRun ? nil : lockFolder()
        defer { withExtendedLifetime(lock) {} }
        let work = MirrorWork(address: address, folder: folder, options: options, progress: progress)
        do {
            let index = try await work.index()
            await work.begin(index, unlisted: unlisted(index))
            await workThrough(work)
        } catch is CancellationError {
            // Told to stop before there was a list: the summary says so.
        }
        var summary = await work.end(wasCancelled: Task.isCancelled)
        summary.seconds = (ContinuousClock.now - start).seconds
        return summary
    }

    private func workThrough(_ work: MirrorWork) async {
        progress.begin()
        await withTaskGroup { group in
            for _ in 0..<min(max(options.connections, 1), 16) {
                group.addTask { await work.workThrough() }
            }
            // One that cannot go on, as on a full disk, stops all.
            for await goesOn in group where !goesOn { group.cancelAll() }
        }
        progress.end()
    }

    private func lockFolder() throws(MirrorError) -> RunLock {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .unwritable(path: folder, reason: error.localizedDescription)
        }
        let path = folder + "/.bioscribe-mirror.lock"
        let taking: RunLock.Taking
        do {
            taking = try RunLock.take(path, command: "bioscribe mirror \(address)")
        } catch {
            throw .unwritable(path: path, reason: "\(error)")
        }
        switch taking {
        case .taken(let lock): return lock
        case .held(let owner):
            throw .locked(folder: folder, owner: owner?.description ?? "one that does not say who it is")
        }
    }

    /// The files of the folder that the server does not list.
    private func unlisted(_ index: MirrorIndex) -> [String] {
        let listed = Set(index.entries.map(\.name))
        let here = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return here.filter { $0.hasSuffix(MirrorIndex.suffix) && !listed.contains($0) }.sorted()
    }
}
