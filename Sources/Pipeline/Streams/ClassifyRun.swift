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
        rules = try SectionRulesFile(path: sections).rules
        if let table = FileManager.default.contents(atPath: journals) {
            self.journals = try JournalRanking(tsv: String(decoding: table, as: UTF8.self), file: journals)
        } else {
            self.journals = JournalRanking()
        }
    }

    private static func nextLine(of reader: LineReader) throws(IntakeError) -> [UInt8]? {
        do {
            return try reader.next()
        } catch {
            if error.isEmptyPipe { return nil }
            throw error
        }
    }

    /// Classifies a file of lines; `-` is standard input.
    ///
    /// - Returns: how many lines were set aside.
    public func run(
        _ path: String, dictionary: CompiledDictionary, onProblem: (String) -> Void,
        output: (String) throws -> Void
    ) throws -> Int {
        let lines = ClassifyLines(dictionary: dictionary, rules: rules, journals: journals)
        let reader = try LineReader(path: path)
        var setAside = 0
        while let bytes = try Self.nextLine(of: reader) {
            if bytes.allSatisfy({ $0 == UInt8(ascii: " ") || (0x09...0x0D).contains($0) }) { continue }
            let line: String
            do throws(ClassifyLines.LineError) {
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    throw ClassifyLines.LineError(description: "the line is not UTF-8")
                }
                line = try lines.line(for: text)
            } catch {
                setAside += 1
                onProblem("\(path): line \(reader.lineNumber): \(error); set aside")
                continue
            }
            try output(line + "\n")
        }
        return setAside
    }
}
