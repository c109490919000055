import Intake

/// Why a history cannot be read on, or cannot be written.
public enum HistoryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file cannot be read, or its compression is damaged.
    case source(IntakeError)
    /// The XML is not well-formed, ends too early, or a revision is too long; the line of the file, from 1.
    case malformedXML(path: String, line: Int, message: String)
    /// The file is XML, but no export of MediaWiki; its outermost element.
    case notMediaWiki(path: String, root: String)
    /// A text holds a character that XML cannot: its code point, and its place in UTF-8 bytes of the field; no revision
    /// for the title of the page.
    case characterNotInXML(revision: Int?, field: String, scalar: UInt32, byte: Int)
    /// A person has a name that exports use for contributors of other kinds, or none.
    case reservedName(revision: Int, name: String)

    /// What happened, where, and what to do.
    public var description: String {
        switch self {
        case .source(let error): return error.description
        case .malformedXML(let path, let line, let message):
            return
                "\(path): line \(line): the XML is not well-formed or cut short (\(message)); what came before "
                + "was read; export it again"
        case .notMediaWiki(let path, let root):
            return
                "\(path): this is no export of MediaWiki: its outermost element is <\(root)>, not <mediawiki>"
        case .characterNotInXML(let revision, let field, let scalar, let byte):
            let digits = String(scalar, radix: 16, uppercase: true)
            let place = revision.map { "revision \($0): " } ?? ""
            return "\(place)byte \(byte) of the \(field): XML cannot hold the character "
                + "U+\(String(repeating: "0", count: max(0, 4 - digits.utf8.count)))\(digits); export JSON Lines instead"
        case .reservedName(let revision, let name):
            return
                "revision \(revision): a person is named \"\(name)\", which exports use for others; rename the "
                + "account, or export JSON Lines instead"
        }
    }
}
