import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A signal that asks the program to stop.
public enum StopSignal: Int32, Sendable, CaseIterable {
    /// Somebody pressed Ctrl-C.
    case interrupt = 2
    /// The system, or systemd, wants the program to end.
    case terminate = 15

    /// `SIGINT`, `SIGTERM`.
    public var name: String {
        switch self {
        case .interrupt: "SIGINT"
        case .terminate: "SIGTERM"
        }
    }

    /// 128 and the signal's number, as shells have it.
    public var exitCode: Int32 { 128 + rawValue }
}

/// Work was stopped on purpose; what was committed stays.
public struct Stopped: Error, Hashable, Sendable, CustomStringConvertible {
    /// What stopped it; nil for its own program.
    public var signal: StopSignal?

    /// The exit code.
    public var exitCode: Int32 { signal?.exitCode ?? 1 }

    /// `stopped by SIGTERM`.
    var words: String { "stopped" + (signal.map { " by " + $0.name } ?? "") }

    /// What happened, and what to do.
    public var description: String {
        "\(words); what was committed is safe, and the next run goes on from there"
    }
}

/// Cancels work when a signal comes, and sees to it that it ends.
enum SignalWatch {
    /// The signal that came; nil as long as none has.
    static var received: StopSignal? { state.withLock { $0 } }

    private static let state = Mutex<StopSignal?>(nil)

    /// How long cancelled work may take to end by itself, in milliseconds.
    private static let patience: Int32 = 850

    /// Does work that SIGTERM and SIGINT cancel. A second signal ends the program on the spot.
    ///
    /// - Parameters:
    ///   - lastResort: called, on another thread, where the work has not ended in time after it was cancelled: it does
    ///     what must not be left out, and the program ends with the signal's exit code.
    ///   - body: the work.
    /// - Throws: `Stopped` where the work was cancelled by a signal, else what the work throws.
    static func watching<Result: Sendable>(
        lastResort: @escaping @Sendable (StopSignal) -> Void,
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        // Before the work begins, so that no signal finds it unwatched.
        guard let pipe = SignalPipe.open() else { return try await body() }
        let task = Task { try await body() }
        Thread.detachNewThread {
            guard let signal = pipe.next(within: -1) else { return }
            state.withLock { $0 = signal }
            task.cancel()
            if pipe.hasEnded(within: patience) { return }
            SignalPipe.restoreDefaults()
            lastResort(signal)
            _exit(signal.exitCode)
        }
        defer { pipe.end() }
        do {
            return try await task.value
        } catch {
            if let signal = received { throw Stopped(signal: signal) }
            throw error
        }
    }
}

/// What signal handlers write their numbers to.
private struct SignalPipe: Sendable {
    private let input: Int32

    /// Where the handlers write.
    nonisolated(unsafe) private static var output: Int32 = -1

    /// Installs the handlers; nil where the system gives no pipe.
    static func open() -> SignalPipe? {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        unsafe output = ends[1]
        for one in StopSignal.allCases {
            signal(one.rawValue) { number in
                let code = errno
                SignalPipe.send(UInt8(truncatingIfNeeded: number))
                errno = code
            }
        }
        return SignalPipe(input: ends[0])
    }

    static func restoreDefaults() {
        for one in StopSignal.allCases { signal(one.rawValue, SIG_DFL) }
    }

    private static func send(_ byte: UInt8) {
        var byte = byte
        _ = unsafe write(output, &byte, 1)
    }

    /// Tells the watching thread that the work has ended.
    func end() {
        SignalPipe.restoreDefaults()
        Self.send(0)
    }

    /// The next signal; nil where the work ended, or none came in time.
    ///
    /// - Parameter milliseconds: how long to wait, without an end when negative.
    func next(within milliseconds: Int32) -> StopSignal? {
        var one = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        while true {
            let ready = unsafe poll(&one, 1, milliseconds)
            if ready < 0, errno == EINTR { continue }
            var byte: UInt8 = 0
            guard ready > 0, unsafe read(input, &byte, 1) == 1 else { return nil }
            return StopSignal(rawValue: Int32(byte))
        }
    }

    /// Whether the work ends in time; another signal ends the program.
    func hasEnded(within milliseconds: Int32) -> Bool {
        var one = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&one, 1, milliseconds) > 0 else { return false }
        if let second = next(within: 0) { _exit(second.exitCode) }
        return true
    }
}

/// A file that grows beyond what the shell or the system allows (`ulimit -f`).
public enum FileSizeLimit {
    /// Makes it an error like a full disk, in place of the end of the program.
    public static func isAnError() { signal(SIGXFSZ, SIG_IGN) }
}

/// What happens when the operator or the system tells the program to stop, for work that needs no last resort.
public enum StopSignals {
    /// Does work that such a signal cancels, so that it ends in good order and tells how far it came; a second signal ends the
    /// program at once.
    public static func heeded<Outcome: Sendable>(
        _ work: @escaping @Sendable () async throws -> Outcome
    ) async throws -> Outcome {
        try await SignalWatch.watching(lastResort: { _ in }, work)
    }
}
