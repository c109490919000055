import Foundation

/// The folder of data that are not part of the project: `../shared` beside the checkout, or what the environment
/// variable `BIOSCRIBE_SHARED` names.
enum SharedData {
    /// The package's own folder.
    static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

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
