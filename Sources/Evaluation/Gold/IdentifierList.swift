import FoundationEssentials

/// A list of identifiers that count; all others are left out on both sides.
public struct IdentifierList: Hashable, Sendable {
    /// The identifiers, without prefixes.
    public var identifiers: Set<String>

    /// Makes a list.
    public init(_ identifiers: Set<String>) {
        self.identifiers = identifiers
    }

    /// Reads a file of identifiers, parted by white space.
    ///
    /// - Throws: `EvaluationError.unreadable`.
    public init(path: String) throws(EvaluationError) {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw .unreadable(path: path, reason: "it is missing, or may not be read")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw .unreadable(path: path, reason: "it is no UTF-8 text")
        }
        identifiers = Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
