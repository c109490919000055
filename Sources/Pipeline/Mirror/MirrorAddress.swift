import Foundation

/// The address of a folder of files on a server of the web.
public struct MirrorAddress: Hashable, Sendable, CustomStringConvertible {
    /// The folder, with a slash at its end.
    public let url: URL

    /// Takes an address as people write it, with or without a slash at the end.
    ///
    /// - Throws: when it is no folder over HTTPS. Plain HTTP is taken for this machine only: on its way anybody might
    ///   change files and checksums alike.
    public init(_ text: String) throws(MirrorError) {
        func unusable(_ reason: String) -> MirrorError { .unusableAddress(text, reason: reason) }
        guard let url = URL(string: text.hasSuffix("/") ? text : text + "/"), let host = url.host(),
            !host.isEmpty
        else {
            throw unusable(
                "this is no address; give one such as https://ftp.ncbi.nlm.nih.gov/pubmed/baseline/")
        }
        guard url.query() == nil, url.fragment() == nil, url.user() == nil, url.password() == nil else {
            throw unusable("an address of a folder has no ?, # or user's name")
        }
        guard Self.isAllowed(url) else {
            throw unusable("only https:// is taken, and http:// of this machine")
        }
        self.url = url
    }

    /// The address as text.
    public var description: String { url.absoluteString }

    /// The address of a file of the folder, whose name is plain.
    func file(_ name: String) -> URL { url.appending(path: name, directoryHint: .notDirectory) }

    /// Whether files may be fetched from there: over HTTPS, or from this machine.
    static func isAllowed(_ url: URL) -> Bool {
        switch url.scheme?.lowercased() {
        case "https": true
        case "http": isLoopback(url.host() ?? "")
        default: false
        }
    }

    private static func isLoopback(_ host: String) -> Bool {
        if ["localhost", "::1", "[::1]"].contains(host.lowercased()) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
