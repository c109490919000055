import Foundation
import Logging
import Store
import Synchronization

/// Work on a whole database that only one program at a time may do, and that a signal stops cleanly.
public struct ExclusiveWork: Sendable {
    /// The database.
    public var database: String
    /// What is done, as others read it who find the lock held.
    public var command: String
    /// How long to wait for another program.
    public var wait: Duration
    /// Where it is told.
    public var log: OperatorLog

    /// Names the work.
    public init(
        database: String, command: String = CommandLine.arguments.joined(separator: " "),
        wait: Duration = .zero, log: OperatorLog = .silent
    ) {
        self.database = database
        self.command = command
        self.wait = wait
        self.log = log
    }

    /// Does the work under the lock.
    ///
    /// - Parameters:
    ///   - atLast: called where the work does not end in time after a signal, before the program ends.
    ///   - body: the work; its task is cancelled by a signal.
    /// - Throws: `PipelineError.locked` …, `Stopped`, what the body throws.
    public func perform<Result: Sendable>(
        atLast: @escaping @Sendable (Stopped) -> Void = { _ in },
        _ body: @escaping @Sendable (RunLock) async throws -> Result
    ) async throws -> Result {
        let held = Held()
        return try await SignalWatch.watching { signal in
            guard let lock = held.lock.withLock({ $0 }) else { return }
            let stopped = Stopped(signal: signal)
            endRun(stopped)
            atLast(stopped)
            lock.release()
        } _: {
            let lock = try await RunLock.acquire(database: database, command: command, wait: wait) { owner in
                log.logger.notice(
                    "waiting for another program", metadata: ["owner": "\(owner?.description ?? "unknown")"])
            }
            held.lock.withLock { $0 = lock }
            defer {
                held.lock.withLock { $0 = nil }
                lock.release()
            }
            if let owner = lock.leftBehind {
                log.logger.notice("taking over the lock of a program that died: \(owner)")
            }
            return try await body(lock)
        }
    }

    /// The lock, once it is there.
    private final class Held: Sendable {
        let lock = Mutex<RunLock?>(nil)
    }

    /// Marks the run as stopped; where a transaction is open that cannot be: the next run does it.
    private func endRun(_ stopped: Stopped) {
        guard let store = try? Store(path: database, access: .existing, patience: 0),
            let run = try? store.runs(limit: 1).first, run.status == .running
        else { return }
        try? store.endRun(run.number, .failed, summary: stopped.words)
    }
}

/// Breaks off what SQLite is doing when a task is cancelled.
///
/// A statement that has not begun is not broken off, so the breaker strikes again and again until the work has ended.
final class Breaker: Sendable {
    private let store: Store
    private let hasEnded = Mutex(false)

    private init(_ store: Store) { self.store = store }

    /// Does work in whose task SQLite's statements end when it is cancelled.
    ///
    /// - Throws: `Stopped` where the task was cancelled, else what the work throws.
    static func guarding<Result>(_ store: Store, _ body: () async throws -> Result) async throws -> Result {
        let breaker = Breaker(store)
        defer { breaker.hasEnded.withLock { $0 = true } }
        do {
            return try await withTaskCancellationHandler(operation: body) {
                Thread.detachNewThread {
                    while breaker.strike() { Thread.sleep(forTimeInterval: 0.005) }
                }
            }
        } catch {
            if Task.isCancelled { throw Stopped(signal: SignalWatch.received) }
            throw error
        }
    }

    private func strike() -> Bool {
        hasEnded.withLock { hasEnded in
            if !hasEnded { store.interrupt() }
            return !hasEnded
        }
    }
}
