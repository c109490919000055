/// Why nothing can be measured.
public enum EvaluationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The gold file has no document that could be read.
    case noGold(path: String)
    /// The gold file has no annotation of a type that can be measured.
    case noKnownType(path: String, found: [String])
    /// A list of identifiers that cannot be read.
    case unreadable(path: String, reason: String)

    /// One sentence: what happened, and what to do.
    public var description: String {
        switch self {
        case .noGold(let path):
            "\(path): there is no gold document in it: give a file of documents with annotations"
        case .noKnownType(let path, let found):
            "\(path): none of its annotations is of a type that can be measured ("
                + (found.isEmpty ? "it has none at all" : "it has " + found.joined(separator: ", "))
                + "): give a type, or another file"
        case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
        }
    }
}
