import Articles
import Corpus
import Foundation
import Intake
import Interchange

/// `attribute`: says who wrote each token of a text, from its revisions.
///
/// A line in is a revision, `{"id","contributor","kind":"person|machine","text"}`, oldest first; its id is a text or a
/// whole number. A line out is `{"token","origin","contributor"}`: a token of the last revision, the id of the revision
/// that brought it in, as it was given, and who that was.
public struct AttributeRun {
    /// What is written.
    public enum Output: Hashable, Sendable {
        /// The tokens of the last revision.
        case lastRevision
        /// The tokens of each revision, with its id as `revision`.
        case allRevisions
        /// How far the result can be right: see ``AttributionCheck``.
        case selfCheck
    }

    /// Why a line is set aside.
    private struct LineError: Error, CustomStringConvertible {
        var description: String
    }

    private struct Input: Decodable {
        var id: JSONValue
        var contributor: String
        var text: String

        private enum CodingKeys: String, CodingKey {
            case id
            case contributor
            case kind
            case text
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            if let number = try? values.decode(Int64.self, forKey: .id) {
                id = .integer(number)
            } else {
                id = .string(try values.decode(String.self, forKey: .id))
            }
            contributor = try values.decode(String.self, forKey: .contributor)
            text = try values.decode(String.self, forKey: .text)
            let kind = try values.decodeIfPresent(String.self, forKey: .kind)
            guard [nil, "person", "machine"].contains(kind) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .kind, in: values, debugDescription: "neither person nor machine")
            }
        }
    }

    private let output: Output
    private var history = TokenHistory()
    /// By revision: its id and who wrote it.
    private var revisions: [(id: JSONValue, contributor: String)] = []
    /// The text of the newest revision.
    private var newest = ""
    private var check = AttributionCheck()

    /// Makes a run.
    public init(output: Output) {
        self.output = output
    }

    /// Attributes the revisions of a file; `-` is standard input.
    ///
    /// - Returns: how many lines were set aside.
    public static func run(
        _ path: String, output: Output, onProblem: (String) -> Void, write: (String) throws -> Void
    ) throws -> Int {
        var run = AttributeRun(output: output)
        let reader = try LineReader(path: path)
        var setAside = 0
        while let bytes = try nextLine(of: reader) {
            if bytes.allSatisfy({ $0 == UInt8(ascii: " ") || (0x09...0x0D).contains($0) }) { continue }
            do {
                try run.add(bytes)
            } catch {
                setAside += 1
                onProblem("\(path): line \(reader.lineNumber): \(error); set aside")
                continue
            }
            if output == .allRevisions {
                try run.writeTokens(write)
            }
        }
        switch output {
        case .allRevisions: break
        case .lastRevision where run.revisions.isEmpty: break
        case .lastRevision: try run.writeTokens(write)
        case .selfCheck: try write(run.check.result(of: run.history, newest: run.newest).line + "\n")
        }
        return setAside
    }

    private static func nextLine(of reader: LineReader) throws(IntakeError) -> [UInt8]? {
        do {
            return try reader.next()
        } catch {
            if error.isEmptyPipe { return nil }
            throw error
        }
    }

    private mutating func add(_ bytes: [UInt8]) throws(LineError) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw LineError(description: "the line is not UTF-8")
        }
        let row: Input
        do {
            row = try JSONDecoder().decode(Input.self, from: Data(bytes))
        } catch {
            throw LineError(
                description: "not an object with id, contributor, kind (person or machine) and text")
        }
        history.save(row.text)
        revisions.append((row.id, row.contributor))
        newest = row.text
        if output == .selfCheck { check.add(row.text) }
    }

    /// Writes the tokens of the newest revision, as they stand there.
    private func writeTokens(_ write: (String) throws -> Void) throws {
        for (token, range) in zip(history.tokensOfNewest, ArticleTokenizer.tokens(in: newest)) {
            let origin = revisions[history.origin(of: token) - 1]
            var members: [JSONValue.Member] = [
                .init("token", .string(newest.slice(range) ?? "")), .init("origin", origin.id),
                .init("contributor", .string(origin.contributor)),
            ]
            if output == .allRevisions {
                members.append(.init("revision", revisions[history.revisionCount - 1].id))
            }
            try write(JSONValue.object(members).line + "\n")
        }
    }
}
