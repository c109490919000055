/// What can be wrong with a dictionary or with the sources that it is built from.
public enum TerminologyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file or folder cannot be read.
    case unreadable(path: String, reason: String)
    /// A source is not what its layout promises.
    case malformed(path: String, line: Int, reason: String)
    /// A source is readable, but looks damaged, or like something else than what its name promises; what to do about it.
    case suspicious(path: String, line: Int?, reason: String, advice: String)
    /// A file that was named as a source is in no layout that is known.
    case unknownLayout(path: String)
    /// Two sources have the same name, by which the dictionary tells them apart.
    case sameName(String, paths: [String])
    /// A folder has no file in any layout that is known.
    case noSources(folder: String)
    /// A compiled dictionary is damaged, or made by another version of the program.
    case notADictionary(path: String, reason: String)
    /// The compiled dictionary cannot be written.
    case unwritable(path: String, reason: String)

    /// One sentence: what happened, where, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path): cannot be read: \(reason)"
        case .malformed(let path, let line, let reason):
            "\(path):\(line): \(reason)"
        case .suspicious(let path, let line, let reason, let advice):
            "\(path)\(line.map { ":\($0)" } ?? ""): \(reason): \(advice); or take it as it is with --allow-suspicious"
        case .unknownLayout(let path):
            "\(path): in no layout of a dictionary source that is known; Documentation/dictionaries.md lists them"
        case .sameName(let name, let paths):
            "two sources are called \(name): \(paths.joined(separator: " and ")); rename one, or name the folder that "
                + "holds both"
        case .noSources(let folder):
            "\(folder): no dictionary source in a known layout (gene_info, MeSH ASCII, OBO, names.dmp …); "
                + "name the folder that holds them with --dictionaries"
        case .notADictionary(let path, let reason):
            "\(path): not a usable compiled dictionary: \(reason); delete it, and it is built again"
        case .unwritable(let path, let reason):
            "\(path): the compiled dictionary cannot be written: \(reason)"
        }
    }
}
