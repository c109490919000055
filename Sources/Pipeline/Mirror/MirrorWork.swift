import Foundation
import Intake
import Synchronization

/// The work of one mirror: which file is next, what came of each. The connections share it.
actor MirrorWork {
    /// What came of a file.
    private enum Outcome {
        case brought(byteCount: Int)
        case unchanged
        case planned
    }

    private let address: MirrorAddress
    private let folder: String
    private let options: MirrorRun.Options
    private let progress: ProgressDisplay
    private let pace: RequestPace
    /// Bytes and requests, which are counted from the network's threads.
    private let counts = MirrorCounts()

    private var waiting: [MirrorIndex.Entry] = []
    private var done = 0
    private var state: MirrorState
    private var changes = 0
    private var summary: MirrorSummary

    init(address: MirrorAddress, folder: String, options: MirrorRun.Options, progress: ProgressDisplay) {
        self.address = address
        self.folder = folder
        self.options = options
        self.progress = progress
        pace = RequestPace(pause: options.pause, sleep: options.sleep)
        state = MirrorState(folder: folder)
        summary = MirrorSummary(address: address.description, folder: folder)
        summary.isDryRun = options.dryRun
    }

    private var client: WebClient {
        WebClient(
            idle: options.idle, pace: pace,
            onRequest: { [counts] in counts.requests.add(1, ordering: .relaxed) })
    }

    /// Fetches the list of the server's files.
    func index() async throws -> MirrorIndex {
        let url = address.description
        let page: [UInt8]
        do {
            page = try await retrying(url, nil) {
                try await client.text(address.url, limit: MirrorIndex.sizeLimit)
            }
        } catch let failure as FetchFailure {
            throw MirrorError.noIndex(url: url, reason: failure.description)
        }
        let index = MirrorIndex(page, of: address)
        guard !index.entries.isEmpty else {
            throw MirrorError.noIndex(
                url: url, reason: "the page lists no file *\(MirrorIndex.suffix); is this the folder?")
        }
        return index
    }

    /// Takes the files that are to be gone through.
    func begin(_ index: MirrorIndex, unlisted: [String]) {
        summary.listed = index.entries.count
        summary.refused = index.refused
        summary.unlisted = unlisted
        waiting = index.entries.reversed()
    }

    /// Takes file after file until none is left; says whether the others may go on.
    func workThrough() async -> Bool {
        while !Task.isCancelled, let entry = waiting.popLast() {
            do {
                note(try await bring(entry), of: entry.name)
                try saveState(atLeast: 16)
            } catch let failure as FetchFailure {
                summary.failures.append(.init(name: entry.name, reason: failure.description))
                progress.interpose("\(entry.name): \(failure)\n")
            } catch is CancellationError {
                return false
            } catch {
                summary.stopped = summary.stopped ?? "\(error)"
                return false
            }
            done += 1
            showProgress()
        }
        return true
    }

    /// Ends the work and tells what came of it.
    func end(wasCancelled: Bool) -> MirrorSummary {
        do {
            try saveState(atLeast: 1)
        } catch {
            summary.stopped = summary.stopped ?? "\(error)"
        }
        if wasCancelled, summary.stopped == nil {
            summary.stopped = "told to stop; what was brought is kept, and the next run goes on from there"
        }
        summary.brought.sort { $0.name < $1.name }
        summary.planned.sort()
        summary.failures.sort { $0.name < $1.name }
        summary.requests = counts.requests.load(ordering: .relaxed)
        summary.bytesReceived = counts.bytes.load(ordering: .relaxed)
        return summary
    }

    // MARK: One file

    private func bring(_ entry: MirrorIndex.Entry) async throws -> Outcome {
        let target = folder + "/" + entry.name
        let isHere = FileStatus(target) != nil
        if isHere, !options.check, state.holds(entry, at: target) { return .unchanged }
        guard entry.hasChecksum else {
            throw FetchFailure(
                "the server lists no \(ChecksumFile.suffix) for it, and what cannot be verified is not taken",
                isPassing: false)
        }
        if !isHere, options.dryRun { return .planned }
        let part = PartialFile(for: target)
        var checksum: ServerChecksum?
        var isCompared = !isHere
        return try await retrying(entry.name, part) {
            let stated: ServerChecksum
            if let checksum { stated = checksum } else { stated = try await self.checksum(of: entry.name) }
            checksum = stated
            if !isCompared {
                isCompared = true
                if let here = try? FileChecksums(ofFile: target), here.md5 == stated.file.md5 {
                    if !options.dryRun { part.discard() }
                    try record(entry, stated)
                    return .unchanged
                }
                if options.dryRun { return .planned }
            }
            try await client.file(address.file(entry.name), into: part) { [counts] count in
                counts.bytes.add(count, ordering: .relaxed)
            }
            let byteCount: Int
            do throws(ChecksumError) {
                byteCount = try stated.file.verify(part.path).digest.byteCount
            } catch {
                guard case .mismatch(let md5, let found, _) = error.kind else {
                    throw MirrorError.unwritable(path: part.path, reason: error.description)
                }
                // Damaged on its way, or changed on the server after its checksum was fetched: all of it anew.
                part.discard()
                checksum = nil
                throw FetchFailure("what came has the MD5 \(found), the server's checksum says \(md5)")
            }
            try part.place()
            try record(entry, stated)
            return .brought(byteCount: byteCount)
        }
    }

    /// A checksum as the server has it.
    private struct ServerChecksum {
        var file: ChecksumFile
        var bytes: [UInt8]
    }

    private func checksum(of name: String) async throws -> ServerChecksum {
        let name = ChecksumFile.path(beside: name)
        do {
            let bytes = try await client.text(address.file(name), limit: 1 << 16)
            return ServerChecksum(file: try ChecksumFile(bytes, path: folder + "/" + name), bytes: bytes)
        } catch let error as ChecksumError {
            guard case .malformed(let reason) = error.kind else { throw error }
            throw FetchFailure("its checksum cannot be used: \(reason)")
        } catch let failure as FetchFailure {
            throw FetchFailure(
                "its checksum \(name): \(failure)", isPassing: failure.isPassing,
                retryAfter: failure.retryAfter)
        }
    }

    /// Writes the checksum beside a file that was verified, and remembers the file.
    private func record(_ entry: MirrorIndex.Entry, _ checksum: ServerChecksum) throws(MirrorError) {
        let target = folder + "/" + entry.name
        guard !options.dryRun, let status = FileStatus(target) else { return }
        if FileManager.default.contents(atPath: checksum.file.path) != Data(checksum.bytes) {
            try PartialFile.write(checksum.bytes, to: checksum.file.path)
        }
        state.rows[entry.name] = .init(listing: entry.listing, md5: checksum.file.md5, status: status)
        changes += 1
    }

    /// Makes attempts until one goes well or the policy says that it is enough.
    ///
    /// - Parameter part: the file that is fetched; nil for a text, which has no parts.
    private func retrying<Value>(
        _ name: String, _ part: PartialFile?, _ attempt: () async throws -> Value
    ) async throws -> Value {
        let policy = options.retry
        var chance = RetryChance(seed: options.seed, for: name)
        var failures = 0
        var furthest = part?.size ?? 0
        while true {
            do {
                try Task.checkCancellation()
                return try await attempt()
            } catch let failure as FetchFailure {
                let now = part?.size ?? 0
                if now >= furthest + policy.progress {
                    furthest = now
                    failures = 0
                }
                failures += 1
                guard failure.isPassing else { throw failure }
                guard failures < policy.attempts else {
                    throw FetchFailure("\(failure) (given up after \(failures) attempts)", isPassing: false)
                }
                var pause = policy.pause(afterFailure: failures, &chance)
                if let asked = failure.retryAfter {
                    guard asked <= policy.longestAsked else {
                        throw FetchFailure(
                            "\(failure), and asks us to stay away for \(asked)", isPassing: false)
                    }
                    await pace.hold(for: asked)
                    pause = max(pause, asked)
                }
                summary.retries += 1
                progress.interpose(
                    "\(name): \(failure); again in \(ProgressDisplay.decimal(pause.seconds, 1)) s\n")
                try await options.sleep(pause)
            }
        }
    }

    // MARK: What is told

    private func note(_ outcome: Outcome, of name: String) {
        switch outcome {
        case .brought(let byteCount): summary.brought.append(.init(name: name, byteCount: byteCount))
        case .unchanged: summary.unchanged += 1
        case .planned: summary.planned.append(name)
        }
    }

    private func saveState(atLeast count: Int) throws(MirrorError) {
        guard changes >= count else { return }
        changes = 0
        try state.write(folder: folder)
    }

    private func showProgress() {
        let fraction = summary.listed == 0 ? 1 : Double(done) / Double(summary.listed)
        progress.show(
            "mirror", done: counts.bytes.load(ordering: .relaxed) / 1_000_000, unit: "MB", fraction: fraction)
    }
}

/// What is counted from several threads.
final class MirrorCounts: Sendable {
    let requests = Atomic(0)
    let bytes = Atomic(0)
}
