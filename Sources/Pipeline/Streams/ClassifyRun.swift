import Foundation
import Intake
import Terminology
import TextMining

/// Reads lines of sentences and classifies them, with the rules and journals of files.
public struct ClassifyRun {
    private let rules: SectionRules
    private let journals: JournalRanking

    /// Reads the rules; a table of journals that is missing is an empty one.
    public init(sections: String, journals: String) throws {
        guard let data = FileManager.default.contents(atPath: sections) else {
            throw PipelineError.unreadable(path: sections, reason: "it is missing, or may not be read")
        }
        rules = try SectionRules(yaml: String(decoding: data, as: UTF8.self), file: sections)
        if let table = FileManager.default.contents(atPath: journals) {
            self.journals = try JournalRanking(tsv: String(decoding: table, as: UTF8.self), file: journals)
        } else {
            self.journals = JournalRanking()
        }
    }

    /// Classifies a file of lines; `-` is standard input.
    ///
    /// - Returns: how many lines were set aside.
    public func run(
        _ path: String, dictionary: CompiledDictionary, onProblem: (String) -> Void, output: (String) -> Void
    ) throws -> Int {
        let lines = ClassifyLines(dictionary: dictionary, rules: rules, journals: journals)
        let text = String(decoding: try InflatingReader.readAll(path: path), as: UTF8.self)
        var setAside = 0
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            if line.allSatisfy(\.isWhitespace) { continue }
            do {
                output(try lines.line(for: line) + "\n")
            } catch {
                setAside += 1
                onProblem("\(path): line \(number): \(error); set aside")
            }
        }
        return setAside
    }
}
