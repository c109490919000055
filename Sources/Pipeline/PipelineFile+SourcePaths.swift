import Foundation
import Store

/// Paths and patterns of source files.
///
/// A pattern holds `*` (any bytes of a name), `?` (one character) or `[a-z]`, `[!a-z]` (one of some ASCII characters),
/// and none of them matches a slash, or a full stop at the start of a name.
public enum SourcePaths {
    /// What is wrong with a list of files.
    public struct ListError: Error, Hashable, Sendable, CustomStringConvertible {
        /// What is wrong, and with which path.
        public var message: String

        /// Makes an error.
        public init(message: String) {
            self.message = message
        }

        /// What is wrong, and with which path.
        public var description: String { message }
    }

    /// The files that paths and patterns name, each once, in file order (`FileOrder`): the same on every machine,
    /// however its folders are sorted.
    ///
    /// - Throws: `ListError` when a path without pattern is no file, when all patterns together match none, and when
    ///   two files of the same name lie in different folders, since the database knows them by their names.
    public static func expanded(_ patterns: [String]) throws(ListError) -> [String] {
        var paths: Set<String> = []
        for pattern in patterns {
            if !isPattern(pattern) {
                var isFolder: ObjCBool = false
                guard unsafe FileManager.default.fileExists(atPath: pattern, isDirectory: &isFolder) else {
                    throw ListError(message: "there is no file \(pattern)")
                }
                guard !isFolder.boolValue else {
                    throw ListError(
                        message: "\(pattern) is a folder: say which files, as \(pattern)/*.xml.gz")
                }
                paths.insert(normalized(pattern))
            } else {
                paths.formUnion(matches(of: pattern))
            }
        }
        guard !paths.isEmpty else {
            throw ListError(message: "no file matches \(patterns.joined(separator: ", "))")
        }
        let sorted = paths.map { (order: FileOrder(name: $0), path: $0) }
            .sorted { ($0.order, $0.path) < ($1.order, $1.path) }
        for (one, other) in zip(sorted, sorted.dropFirst()) where one.order == other.order {
            throw ListError(
                message: "\(one.path) and \(other.path) have the same name: rename one, or leave it out")
        }
        return sorted.map(\.path)
    }

    /// Whether a path holds a pattern.
    static func isPattern(_ path: String) -> Bool {
        path.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
    }

    /// The folder that a file is in.
    static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// A path that counts from a folder; one that starts at the root stays.
    static func joined(_ folder: String, _ path: String) -> String {
        normalized(path.hasPrefix("/") ? path : folder + "/" + path)
    }

    /// The path without `.`, and without `NAME/..`.
    static func normalized(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !path.hasPrefix("/") {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        if path.hasPrefix("/") { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }

    // MARK: - Patterns

    /// The files that a pattern matches, in no order.
    private static func matches(of pattern: String) -> [String] {
        let parts = normalized(pattern).split(separator: "/").map { String($0) }
        var found = [pattern.hasPrefix("/") ? "/" : ""]
        for (place, part) in parts.enumerated() {
            let isLast = place == parts.count - 1
            var next: [String] = []
            for folder in found {
                if !isPattern(part) {
                    next.append(folder + part)
                } else {
                    let names = try? FileManager.default.contentsOfDirectory(
                        atPath: folder.isEmpty ? "." : folder)
                    for name in names ?? [] where matches(name, part) { next.append(folder + name) }
                }
            }
            found = next.filter { path in
                var isFolder: ObjCBool = false
                return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                    && isFolder.boolValue != isLast
            }
            if !isLast { found = found.map { $0 + "/" } }
        }
        return found
    }

    /// Whether a name matches a pattern, as in a shell.
    ///
    /// - Complexity: O(length of name × length of pattern).
    static func matches(_ name: String, _ pattern: String) -> Bool {
        let name = Array(name.unicodeScalars)
        let pattern = Array(pattern.unicodeScalars)
        if name.first == ".", pattern.first != "." { return false }
        // Where to go on when a `*` must take one character more.
        var retry: (name: Int, pattern: Int)?
        var n = 0
        var p = 0
        while n < name.count || p < pattern.count {
            if p < pattern.count {
                if pattern[p] == "*" {
                    retry = (n + 1, p)
                    p += 1
                    continue
                }
                if n < name.count, let end = matchesOne(name[n], pattern, at: p) {
                    n += 1
                    p = end
                    continue
                }
            }
            guard let (from, star) = retry, from <= name.count else { return false }
            n = from
            p = star
        }
        return true
    }

    /// Whether one character matches what stands at a place of a pattern; if so, the place after it.
    private static func matchesOne(
        _ scalar: Unicode.Scalar, _ pattern: [Unicode.Scalar], at place: Int
    ) -> Int? {
        if pattern[place] == "?" { return place + 1 }
        guard pattern[place] == "[" else { return pattern[place] == scalar ? place + 1 : nil }
        var p = place + 1
        let isNegated = p < pattern.count && pattern[p] == "!"
        if isNegated { p += 1 }
        var isIn = false
        var isFirst = true
        while p < pattern.count, isFirst || pattern[p] != "]" {
            isFirst = false
            if p + 2 < pattern.count, pattern[p + 1] == "-", pattern[p + 2] != "]" {
                if pattern[p] <= scalar, scalar <= pattern[p + 2] { isIn = true }
                p += 3
            } else {
                if pattern[p] == scalar { isIn = true }
                p += 1
            }
        }
        // A bracket that is never closed stands for itself.
        guard p < pattern.count else { return scalar == "[" ? place + 1 : nil }
        return isIn != isNegated ? p + 1 : nil
    }
}
