import Articles
import Corpus
import Foundation
import Store

/// Reads whole texts.
public enum TextFile {
    /// The text of a file; `-` is standard input.
    ///
    /// - Throws: `PipelineError.unreadable` where it cannot be read, or is not UTF-8.
    public static func read(_ path: String) throws(PipelineError) -> String {
        let data =
            path == "-"
            ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: path)
        guard let data else { throw .unreadable(path: path, reason: "it is missing, or may not be read") }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw .unreadable(path: path, reason: "it is not UTF-8")
        }
        return text
    }
}

/// The text of an article in a file of its own, open in the person's editor.
public struct EditorDraft {
    /// The revision that it is made from.
    public let revision: Int
    private let path: String
    private let editor: String

    /// Writes the newest text of an article, hidden sentences as `█`, to a file.
    ///
    /// - Throws: `EditingError.noArticle`, `.noEditor`, `PipelineError.unwritable`, `StoreError`.
    public init(of entity: EntityID, in store: Store) throws {
        editor = try Self.usualEditor()
        guard let article = try store.article(entity), let text = try store.text(of: entity) else {
            throw EditingError.noArticle(entity)
        }
        revision = article.head
        let name = "bioscribe-\(ProcessInfo.processInfo.processIdentifier)-\(entity.local).md"
        path = NSTemporaryDirectory() + name
        do {
            try Data(try store.redactionMask().masked(text).utf8).write(
                to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        } catch {
            throw PipelineError.unwritable(path: path, reason: error.localizedDescription)
        }
    }

    /// Opens the editor, waits, and hands the text over. The file is removed only when all went well: a text that could
    /// not be saved is not lost.
    ///
    /// - Throws: `PipelineError`, and what the body throws, with the path of the file told.
    public func edit<Result>(_ body: (String) throws -> Result) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "\(editor) \"$1\"", "sh", path]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw PipelineError.unreadable(
                path: path, reason: "\(editor) ended with \(process.terminationStatus)")
        }
        let result: Result
        do {
            result = try body(try TextFile.read(path))
        } catch {
            throw PipelineError.failedFile(
                path: path, reason: "your text is kept there; it was not saved: \(error)")
        }
        try? FileManager.default.removeItem(atPath: path)
        return result
    }

    /// What the environment names. Where it names none, `vi` needs a terminal: without one it would wait for ever.
    private static func usualEditor() throws(EditingError) -> String {
        let environment = ProcessInfo.processInfo.environment
        for name in ["VISUAL", "EDITOR"] {
            if let editor = environment[name], !editor.isEmpty { return editor }
        }
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .noEditor }
        return "vi"
    }
}
