import Foundation
import Interchange
import Logging

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What a run tells its operator, in levels, on standard error. Progress is another thing: `ProgressDisplay`.
public struct OperatorLog: Sendable {
    /// How much is told.
    public enum Level: String, Sendable, CaseIterable {
        /// What made the run fail.
        case error
        /// What needs a look.
        case warning
        /// What an operator can act on.
        case notice
        /// A line a file.
        case info
        /// Stages, and what they took.
        case debug
        /// All.
        case trace

        fileprivate var level: Logger.Level {
            switch self {
            case .error: .error
            case .warning: .warning
            case .notice: .notice
            case .info: .info
            case .debug: .debug
            case .trace: .trace
            }
        }
    }

    /// How a line looks.
    public enum Format: String, Sendable, CaseIterable {
        /// For people: time, level, message; under systemd a priority in the place of the first two.
        case text
        /// A JSON object a line.
        case json
    }

    /// Where to write.
    let logger: Logger

    /// A log on standard error.
    ///
    /// - Parameter progress: the display that shares the terminal with it.
    public init(level: Level, format: Format, progress: ProgressDisplay) {
        let form: OperatorLogHandler.Form =
            switch format {
            case .json: .json
            case .text: Self.isJournal ? .journal : .text
            }
        logger = Logger(label: "bioscribe") { _ in
            OperatorLogHandler(logLevel: level.level, form: form) { progress.interpose($0) }
        }
    }

    private init(_ logger: Logger) { self.logger = logger }

    /// A log that nobody reads.
    public static let silent = OperatorLog(Logger(label: "bioscribe") { _ in SwiftLogNoOpLogHandler() })

    /// Whether standard error goes to systemd's journal, as systemd says itself: `JOURNAL_STREAM=DEVICE:INODE`.
    private static var isJournal: Bool {
        guard let stream = ProcessInfo.processInfo.environment["JOURNAL_STREAM"] else { return false }
        var file = stat()
        guard unsafe fstat(STDERR_FILENO, &file) == 0 else { return false }
        return stream == "\(file.st_dev):\(file.st_ino)"
    }
}

/// Writes log lines.
private struct OperatorLogHandler: LogHandler {
    enum Form { case text, json, journal }

    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    let form: Form
    let write: @Sendable (String) -> Void

    init(logLevel: Logger.Level, form: Form, write: @escaping @Sendable (String) -> Void) {
        self.logLevel = logLevel
        self.form = form
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let facts = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let time = Date().formatted(.iso8601)
        switch form {
        case .json:
            let members: [JSONValue.Member] =
                [
                    .init("time", .string(time)), .init("level", .string(event.level.rawValue)),
                    .init("message", .string(event.message.description)),
                ] + facts.map { .init($0.key, .string("\($0.value)")) }
            write(JSONValue.object(members).line + "\n")
        case .text: write("\(time) \(event.level.rawValue): \(Self.words(event, facts))\n")
        case .journal:
            // Each line is a message of its own to the journal.
            let lines = Self.words(event, facts).split(separator: "\n")
            write(lines.map { "<\(Self.priority(event.level))>\($0)\n" }.joined())
        }
    }

    private static func words(_ event: LogEvent, _ facts: [(key: String, value: Logger.MetadataValue)])
        -> String
    {
        let list = facts.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        return event.message.description + (list.isEmpty ? "" : " [\(list)]")
    }

    /// The priorities of syslog, as sd-daemon(3) has them.
    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
