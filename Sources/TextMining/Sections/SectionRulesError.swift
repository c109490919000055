/// What is wrong with a file of section rules, and where.
public struct SectionRulesError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, as the caller named it.
    public let file: String
    /// The line, from 1; nil when the file as a whole is at fault.
    public let line: Int?
    /// One sentence that says what is wrong and what would be right.
    public let message: String

    /// Makes an error.
    public init(file: String, line: Int?, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    /// `Pipelines/sections/gene.yaml:12: unknown key "tres" in a class; known are …`
    public var description: String {
        guard let line else { return "\(file): \(message)" }
        return "\(file):\(line): \(message)"
    }
}
