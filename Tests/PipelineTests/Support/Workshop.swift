import Foundation
import Pipeline
import Store
import Terminology

/// What the tests of the pipeline share: the checkout, one compiled dictionary, the real binary.
enum Workshop {
    /// The package's own folder.
    static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path(percentEncoded: false)

    /// A path of the checkout.
    static func path(_ name: String) -> String { package + name }

    /// The folder of all that the tests of this process write; it is removed when the process ends.
    static let scratch: String = {
        let folder =
            FileManager.default.temporaryDirectory.path(percentEncoded: false)
            + "bioscribe-tests-\(ProcessInfo.processInfo.processIdentifier)"
        ScratchOfThisProcess.keep(folder)
        return folder
    }()

    /// The folder of compiled dictionaries of this process: the default one is compiled once, which takes seconds.
    static let cache: String = {
        let folder = scratch + "/cache"
        do {
            _ = try DictionaryFolder(path: path("Dictionaries")).compiled(cache: folder)
        } catch {
            fatalError("the default dictionaries cannot be compiled: \(error)")
        }
        return folder
    }()

    /// The program, as it was built beside these tests.
    static let binary: String = {
        let test = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let folders =
            [URL(filePath: test).deletingLastPathComponent().path(percentEncoded: false)]
            + ["release", "debug"].map { path(".build/\($0)/") }
        let found = folders.map { $0 + "bioscribe" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        return found ?? folders[0] + "bioscribe"
    }()
}

/// Removes the folder of this process when it ends.
private enum ScratchOfThisProcess {
    nonisolated(unsafe) private static var folder = ""

    static func keep(_ path: String) {
        unsafe folder = path
        atexit { try? FileManager.default.removeItem(atPath: unsafe ScratchOfThisProcess.folder) }
    }
}

/// A folder that lives as long as a test.
final class TemporaryFolder: Sendable {
    /// Its path, without a slash at the end.
    let path: String

    init() throws {
        path = Workshop.scratch + "/\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a file in the folder.
    func callAsFunction(_ name: String) -> String { path + "/" + name }

    /// Writes a file and tells its path.
    @discardableResult
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let target = self(name)
        try FileManager.default.createDirectory(
            at: URL(filePath: target).deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(filePath: target))
        return target
    }

    /// Writes a file and tells its path.
    @discardableResult
    func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }

    /// Writes a pipeline file over the default dictionaries; `more` replaces or adds lines by their keys.
    @discardableResult
    func pipeline(_ files: String, name: String = "pipeline.yaml", _ more: [String: String?] = [:]) throws
        -> String
    {
        var lines: [String: String?] = [
            "database": path + "/store.sqlite", "files": files, "species": "[mouse, human]",
            "dictionaries": Workshop.path("Dictionaries"),
            "sections": Workshop.path("Pipelines/sections/gene.yaml"),
            "journals": Workshop.path("Pipelines/sample/journals.tsv"), "output": path + "/wiki",
        ]
        for (key, value) in more { lines[key] = .some(value) }
        let order = lines.keys.sorted()
        return try file(
            name, order.compactMap { key in (lines[key] ?? nil).map { "\(key): \($0)\n" } }.joined())
    }
}

/// What a program did.
struct Execution {
    var code: Int32
    /// Whether a signal ended it, which is then `code`.
    var wasKilled: Bool
    var output: String
    var error: String

    /// The lines of the output.
    var lines: [String] {
        output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
}

/// Runs the real program to its end.
///
/// - Parameters:
///   - input: what it finds on standard input.
///   - folder: where it works; the checkout when nil.
func bioscribe(
    _ arguments: [String], input: [UInt8] = [], in folder: String? = nil, cache: String = Workshop.cache
) throws -> Execution {
    try execute(Workshop.binary, arguments, input: input, in: folder, cache: cache)
}

/// Runs a program to its end.
func execute(
    _ program: String, _ arguments: [String], input: [UInt8] = [], in folder: String? = nil,
    cache: String = Workshop.cache
) throws -> Execution {
    let scratch = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder ?? Workshop.package)
    var environment = ProcessInfo.processInfo.environment
    environment["BIOSCRIBE_CACHE"] = cache
    process.environment = environment
    // Files, not pipes: nothing waits for this process to read.
    let place = try (0...2).map {
        try FileHandle(forUpdating: URL(filePath: scratch.file("\($0)", $0 == 0 ? input : [])))
    }
    process.standardInput = place[0]
    process.standardOutput = place[1]
    process.standardError = place[2]
    try process.run()
    process.waitUntilExit()
    func text(_ name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: scratch(name)) ?? Data(), as: UTF8.self)
    }
    return Execution(
        code: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
        output: text("1"),
        error: text("2"))
}

/// Starts the real program, kills it after some time, and tells whether it was still alive.
func wasKilled(_ arguments: [String], after time: Duration) throws -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: Workshop.binary)
    process.arguments = arguments
    process.environment = ["BIOSCRIBE_CACHE": Workshop.cache]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    usleep(UInt32(time / .microseconds(1)))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal
}

/// All files under a folder, with their bytes.
func files(under folder: String) throws -> [String: Data] {
    var found: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
        if let bytes = FileManager.default.contents(atPath: folder + "/" + name) { found[name] = bytes }
    }
    return found
}

/// The whole export of a database.
func export(_ database: String) throws -> String {
    let store = try Store(path: database, access: .readOnly)
    defer { try? store.close() }
    var text = ""
    try ArticleLibrary(store).export { text += $0 }
    return text
}

/// The lines of an export that are of one type.
func lines(_ export: String, _ type: String) -> [Substring] {
    export.split(separator: "\n").filter { $0.hasPrefix("{\"type\":\"\(type)\"") }
}
