import Foundation
import TextMining

/// Section rules from a file, with everything that they were read from.
struct SectionRulesFile {
    /// The rules.
    let rules: SectionRules
    /// The texts of the file and of the files whose classes it takes over: what the digest of the rules covers.
    let texts: [String]

    /// Reads the rules of a file. The files that it takes classes from are looked for in its folder.
    ///
    /// - Throws: `PipelineError.unreadable`, `SectionRulesError`.
    init(path: String) throws {
        let text = try Self.text(of: path)
        var texts = [text]
        rules = try SectionRules(yaml: text, file: path) { name in
            guard let other = try? Self.text(of: SourcePaths.joined(SourcePaths.folder(of: path), name))
            else {
                return nil
            }
            texts.append(other)
            return other
        }
        self.texts = texts
    }

    /// The text of a file.
    static func text(of path: String) throws(PipelineError) -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .unreadable(path: path, reason: "it is missing, or may not be read")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw .unreadable(path: path, reason: "it is not UTF-8")
        }
        return text
    }
}
