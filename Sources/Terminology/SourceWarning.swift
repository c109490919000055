/// What is odd about a source of a dictionary that was taken nevertheless.
public struct SourceWarning: Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The line, from 1; nil when the file as a whole is odd.
    public let line: Int?
    /// What is odd, and what to do.
    public let message: String

    /// `FILE:LINE: what is odd`.
    public var description: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(message)" }
}

/// What becomes of a source that looks damaged.
public enum SuspicionPolicy: Sendable {
    /// It is refused, with an error that says why.
    case refuse
    /// It is taken, with a warning.
    case warn
}

/// Where the findings on sources go, by the policy.
struct SuspicionReport {
    let policy: SuspicionPolicy
    let onWarning: (SourceWarning) -> Void

    /// A finding that a source is refused for, unless the policy is to warn.
    func suspect(
        _ path: String, line: Int? = nil, _ reason: String, advice: String
    ) throws(TerminologyError) {
        if policy == .refuse {
            throw .suspicious(path: path, line: line, reason: reason, advice: advice)
        }
        onWarning(SourceWarning(path: path, line: line, message: "\(reason): \(advice)"))
    }

    /// A finding that nothing is refused for.
    func warn(_ path: String, line: Int? = nil, _ message: String) {
        onWarning(SourceWarning(path: path, line: line, message: message))
    }
}
