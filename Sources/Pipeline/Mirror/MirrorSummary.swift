import Interchange

/// What came of a mirror, for people and for programs.
public struct MirrorSummary: Hashable, Sendable {
    /// A file that was brought.
    public struct Brought: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Its size in bytes.
        public var byteCount: Int
    }

    /// A file that could not be brought.
    public struct Failure: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Why.
        public var reason: String
    }

    /// The address.
    public var address: String
    /// The folder.
    public var folder: String
    /// Whether nothing was written.
    public var isDryRun = false
    /// How many files the server lists.
    public var listed = 0
    /// The files that were brought and verified, by name.
    public var brought: [Brought] = []
    /// The files that a dry run would bring, by name.
    public var planned: [String] = []
    /// How many files were there and are the server's.
    public var unchanged = 0
    /// Files that could not be brought, by name.
    public var failures: [Failure] = []
    /// Files of the folder that the server no longer lists: they are kept.
    public var unlisted: [String] = []
    /// Links to such files that lead out of the folder or have no plain name: nothing was fetched by them.
    public var refused: [String] = []
    /// What ended the work before all files had their turn; nil when nothing did.
    public var stopped: String?
    /// How many requests were made.
    public var requests = 0
    /// How many attempts failed and were made again.
    public var retries = 0
    /// The bytes of files that came, with those that were thrown away.
    public var bytesReceived = 0
    /// Seconds in all.
    public var seconds = 0.0

    /// Makes an empty summary.
    public init(address: String, folder: String) {
        self.address = address
        self.folder = folder
    }

    /// The exit code: 0 all there, 3 some files could not be brought, 1 stopped.
    public var exitCode: Int32 {
        if stopped != nil { return 1 }
        return failures.isEmpty && refused.isEmpty ? 0 : 3
    }

    /// The summary for people.
    public var text: String {
        var lines = ["\(isDryRun ? "Dry run of the mirror" : "Mirror") of \(address) in \(folder)"]
        func row(_ name: String, _ value: String) {
            lines.append("  " + name + String(repeating: " ", count: max(1, 13 - name.utf8.count)) + value)
        }
        row("listed", Self.files(listed))
        if isDryRun {
            row("to bring", Self.files(planned.count))
            lines += planned.map { "    \($0)" }
        } else {
            let bytes = brought.reduce(0) { $0 + $1.byteCount }
            row("brought", "\(Self.files(brought.count)), \(Self.megabytes(bytes)) MB, verified")
        }
        row("unchanged", Self.files(unchanged))
        if !failures.isEmpty {
            row("not brought", Self.files(failures.count))
            lines += failures.map { "    \($0.name): \($0.reason)" }
        }
        if !refused.isEmpty {
            row("refused", "links that lead elsewhere or have no plain name")
            lines += refused.map { "    \($0)" }
        }
        if !unlisted.isEmpty {
            row("kept", "\(Self.files(unlisted.count)) that the server no longer lists")
            lines += unlisted.map { "    \($0)" }
        }
        let rate = seconds > 0 ? Double(bytesReceived) / 1e6 / seconds : 0
        row(
            "in all",
            "\(requests) requests, \(retries) made again, \(Self.megabytes(bytesReceived)) MB in "
                + "\(ProgressDisplay.decimal(seconds, 1)) s (\(ProgressDisplay.decimal(rate, 1)) MB/s)")
        if let stopped { row("stopped", stopped) }
        return lines.joined(separator: "\n")
    }

    /// The summary for programs.
    public var json: String {
        JSONValue.object([
            .init("address", .string(address)),
            .init("folder", .string(folder)),
            .init("dryRun", .bool(isDryRun)),
            .init("listed", .integer(Int64(listed))),
            .init(
                "brought",
                .array(
                    brought.map {
                        .object([
                            .init("name", .string($0.name)), .init("bytes", .integer(Int64($0.byteCount))),
                        ])
                    })),
            .init("planned", .array(planned.map { .string($0) })),
            .init("unchanged", .integer(Int64(unchanged))),
            .init(
                "failures",
                .array(
                    failures.map {
                        .object([.init("name", .string($0.name)), .init("reason", .string($0.reason))])
                    })),
            .init("refused", .array(refused.map { .string($0) })),
            .init("unlisted", .array(unlisted.map { .string($0) })),
            .init("stopped", .optional(stopped)),
            .init("requests", .integer(Int64(requests))),
            .init("retries", .integer(Int64(retries))),
            .init("bytesReceived", .integer(Int64(bytesReceived))),
            .init("seconds", .number(seconds)),
        ]).pretty
    }

    private static func files(_ count: Int) -> String { count == 1 ? "1 file" : "\(count) files" }

    private static func megabytes(_ bytes: Int) -> String { ProgressDisplay.decimal(Double(bytes) / 1e6, 1) }
}
