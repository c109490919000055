import Foundation

/// What happens when the operator or the system tells the program to stop: SIGINT, as by Ctrl-C, and SIGTERM.
public enum StopSignals {
    /// Does work in a task that such a signal cancels, so that the work ends in good order; a second signal ends the program
    /// at once.
    public static func heeded<Outcome: Sendable>(
        _ work: @escaping @Sendable () async throws -> Outcome
    ) async throws -> Outcome {
        let task = Task { try await work() }
        let sources = [SIGINT, SIGTERM].map { number in
            // The default action would end the program before the source is told.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                signal(number, SIG_DFL)
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        return try await task.value
    }
}
