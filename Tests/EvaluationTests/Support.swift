import Foundation
import Terminology

/// The folder of data that are not part of the project: `../shared` beside the checkout, or what the environment
/// variable `BIOSCRIBE_SHARED` names.
enum SharedData {
    private static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A file of the shared data; nil when it is absent.
    static func path(_ name: String) -> String? {
        let folder =
            ProcessInfo.processInfo.environment["BIOSCRIBE_SHARED"].map { URL(filePath: $0) }
            ?? package.deletingLastPathComponent().appending(path: "shared")
        let file = folder.appending(path: name).path(percentEncoded: false)
        return FileManager.default.fileExists(atPath: file) ? file : nil
    }

    /// Where `python3` is; nil when there is none.
    static let python: String? = {
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return folders.split(separator: ":").map { "\($0)/python3" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()
}

/// A folder that lives as long as a test.
final class TemporaryFolder {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "evaluation-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Writes a file and tells its path.
    func file(_ name: String, _ text: String) throws -> String {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file.path(percentEncoded: false)
    }

    /// The dictionary of sources that a test writes; `sources/` is put before their names.
    func dictionary(_ sources: [String: String]) throws -> CompiledDictionary {
        for name in sources.keys.sorted() { _ = try file("sources/" + name, sources[name] ?? "") }
        return try DictionaryFolder(path: folder.appending(path: "sources").path(percentEncoded: false))
            .compiled(cache: folder.appending(path: "cache").path(percentEncoded: false))
    }
}

/// A repeatable source of chance (SplitMix64, Steele et al. 2014, doi:10.1145/2660193.2660195). Tests print its seed.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// Whether something happens that happens one time in so many.
    mutating func once(in times: Int) -> Bool { Int.random(in: 0..<times, using: &self) == 0 }
}
