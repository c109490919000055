import Foundation
import Intake

/// The files of PubMed that a server's page of a folder lists.
///
/// The page is HTML as web servers make it for a folder: links, each followed by the date and the rounded size. Only the
/// links are relied on.
struct MirrorIndex: Hashable, Sendable {
    /// A file that is listed.
    struct Entry: Hashable, Sendable {
        /// The name, which is plain: letters, digits, `.`, `-` and `_`.
        var name: String
        /// What stands behind the link up to the end of the line, such as `2025-12-01 14:05 18M`: as long as it is the same,
        /// the file is taken to be the same. Empty where nothing stands there.
        var listing: String
        /// Whether a checksum is listed for it.
        var hasChecksum: Bool
    }

    /// What files are called that are brought.
    static let suffix = ".xml.gz"
    /// The most bytes of a page that are read.
    static let sizeLimit = 16 << 20

    /// The files in the order of their names.
    private(set) var entries: [Entry] = []
    /// Links to such files that lead elsewhere or are not plain: nothing is fetched by them.
    private(set) var refused: [String] = []

    /// Reads a page.
    ///
    /// - Parameter address: the folder, by which links with a whole path are known.
    init(_ page: [UInt8], of address: MirrorAddress) {
        var listings: [String: String] = [:]
        var checksums: Set<String> = []
        var refused: Set<String> = []
        for link in HTMLLinks(page) {
            let target = link.target.removingPercentEncoding ?? link.target
            let isChecksum = target.hasSuffix(Self.suffix + ChecksumFile.suffix)
            guard isChecksum || target.hasSuffix(Self.suffix) else { continue }
            guard let name = Self.plainName(target, of: address) else {
                refused.insert(String(target.prefix(200)))
                continue
            }
            if isChecksum {
                checksums.insert(String(name.dropLast(ChecksumFile.suffix.count)))
            } else {
                listings[name] = link.trailing
            }
        }
        entries = listings.keys.sorted().map {
            Entry(name: $0, listing: listings[$0] ?? "", hasChecksum: checksums.contains($0))
        }
        self.refused = refused.sorted()
    }

    /// The name of a file of the folder; nil for any other link.
    private static func plainName(_ target: String, of address: MirrorAddress) -> String? {
        var name = target[...]
        for prefix in [address.url.absoluteString, address.url.path(percentEncoded: false), "./"]
        where name.hasPrefix(prefix) {
            name = name.dropFirst(prefix.count)
            break
        }
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return isPlain && !name.hasPrefix(".") && !name.contains("..") && name.utf8.count <= 200
            ? String(name) : nil
    }
}

/// The links of an HTML page: what `href` of each `<a …>` says, and the text behind `</a>` on its line.
struct HTMLLinks: Sequence, IteratorProtocol {
    /// A link.
    struct Link: Hashable {
        /// The value of `href`, its entities resolved.
        var target: String
        /// The text behind the link up to the next tag or line end, with single spaces.
        var trailing: String
    }

    private let page: [UInt8]
    private var position = 0

    /// Takes a page; whatever bytes it has, there is an end.
    init(_ page: [UInt8]) {
        self.page = page
    }

    /// The next link with a target.
    mutating func next() -> Link? {
        while let open = page[position...].firstIndex(of: UInt8(ascii: "<")) {
            position = open + 1
            guard open + 2 < page.count, page[open + 1] | 0x20 == UInt8(ascii: "a"),
                Self.isSpace(page[open + 2])
            else {
                continue
            }
            position = open + 2
            guard let target = href() else { continue }
            return Link(target: Self.resolved(target), trailing: trailing())
        }
        return nil
    }

    /// Reads the attributes of a tag to its `>`, or to the end of the page.
    private mutating func href() -> String? {
        var target: String?
        while position < page.count, page[position] != UInt8(ascii: ">") {
            if Self.isSpace(page[position]) || page[position] == UInt8(ascii: "/")
                || page[position] == UInt8(ascii: "=")
            {
                position += 1
                continue
            }
            let name = take { !Self.isSpace($0) && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ">") }
            _ = take(while: Self.isSpace)
            guard position < page.count, page[position] == UInt8(ascii: "=") else { continue }
            position += 1
            _ = take(while: Self.isSpace)
            guard position < page.count else { break }
            let value: String
            let quote = page[position]
            if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                position += 1
                value = take { $0 != quote }
                position = Swift.min(position + 1, page.count)
            } else {
                value = take { !Self.isSpace($0) && $0 != UInt8(ascii: ">") }
            }
            if target == nil, name.lowercased() == "href" { target = value }
        }
        position = Swift.min(position + 1, page.count)
        return target
    }

    /// The text after the next `</a>`; where another link begins first, none.
    private func trailing() -> String {
        var start = position
        while let open = page[start...].firstIndex(of: UInt8(ascii: "<")) {
            start = open + 1
            guard let close = page[open...].firstIndex(of: UInt8(ascii: ">")) else { return "" }
            let tag = String(decoding: page[open...close], as: UTF8.self).lowercased()
            if tag.hasPrefix("<a ") { return "" }
            guard tag == "</a>" else { continue }
            let text = page[(close + 1)...].prefix { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "\n") }
            return String(decoding: text.prefix(200), as: UTF8.self).split(whereSeparator: \.isWhitespace)
                .joined(separator: " ")
        }
        return ""
    }

    private mutating func take(while condition: (UInt8) -> Bool) -> String {
        let start = position
        while position < page.count, condition(page[position]) { position += 1 }
        return String(decoding: page[start..<position], as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    /// The text with the entities that may stand in an address resolved.
    private static func resolved(_ text: String) -> String {
        guard text.contains("&") else { return text }
        return text.replacing("&#46;", with: ".").replacing("&#47;", with: "/").replacing(
            "&quot;", with: "\""
        )
        .replacing("&#39;", with: "'").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
        .replacing("&amp;", with: "&")
    }
}
