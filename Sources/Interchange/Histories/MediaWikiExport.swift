import Articles
import Intake

/// Writes the histories of articles in MediaWiki's export format, schema 0.10, for `Special:Import` and for
/// ``MediaWikiHistory``, which reads back the same contributors, comments, times and texts, byte by byte.
///
/// Revisions keep their true contributors; the names of machine runs are `BioScribe run 12`. The model of the content
/// is `text`, since Markdown is no wikitext. A revision without a time has no `<timestamp>`, though the schema wants
/// one; MediaWiki takes the time of the import. Revision numbers count within an article; the schema wants them unique
/// in a file, but MediaWiki's importer gives its own. A `redact` revision with an empty text is written as hidden. A
/// carriage return is written as `&#13;`, since XML turns a plain one into a line feed.
///
/// Control characters other than tab and line ends, and U+FFFE and U+FFFF, which XML cannot hold, are refused: nothing
/// is replaced on the quiet.
public struct MediaWikiExport {
    /// Takes a piece of the file.
    private let sink: (String) throws -> Void

    /// Makes an export that hands its text to a sink.
    ///
    /// - Parameter sink: Takes text, and throws when it cannot write it.
    public init(to sink: @escaping (String) throws -> Void) {
        self.sink = sink
    }

    /// Writes what stands before the pages.
    public func begin() throws {
        try sink(
            """
            <mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/" \
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
            xsi:schemaLocation="http://www.mediawiki.org/xml/export-0.10/ \
            http://www.mediawiki.org/xml/export-0.10.xsd" version="0.10" xml:lang="en">
              <siteinfo>
                <generator>BioScribe</generator>
              </siteinfo>

            """)
    }

    /// Writes a page with its revisions, oldest first.
    ///
    /// - Parameters:
    ///   - title: The title of the page.
    ///   - number: The number of the page in the file, from 1.
    ///   - revisions: Its revisions; each is asked for when the one before was written.
    /// - Throws: ``HistoryError`` when XML cannot hold a text or a name, before anything of the revision was written;
    ///   what the sink throws.
    public func page(title: String, number: Int, revisions: some Sequence<RevisionRecord>) throws {
        let title = try escaped(title, field: "page's title", of: nil)
        try sink("  <page>\n    <title>\(title)</title>\n    <ns>0</ns>\n    <id>\(number)</id>\n")
        for revision in revisions { try sink(try xml(revision)) }
        try sink("  </page>\n")
    }

    /// Writes what stands behind the pages.
    public func end() throws {
        try sink("</mediawiki>\n")
    }

    private func xml(_ revision: RevisionRecord) throws(HistoryError) -> String {
        func escaped(_ text: String, _ field: String) throws(HistoryError) -> String {
            try self.escaped(text, field: field, of: revision.number)
        }
        var xml = "    <revision>\n      <id>\(revision.number)</id>\n"
        if let parent = revision.parent { xml += "      <parentid>\(parent)</parentid>\n" }
        if let time = revision.time {
            xml += "      <timestamp>\(try escaped(time, "time"))</timestamp>\n"
        }
        if revision.contributor == MediaWikiName.hidden {
            xml += "      <contributor deleted=\"deleted\" />\n"
        } else {
            guard let name = MediaWikiName.username(of: revision.contributor) else {
                throw .reservedName(revision: revision.number, name: revision.contributor.name)
            }
            let element = MediaWikiName.isAddress(name) ? "ip" : "username"
            let written = try escaped(name, "contributor's name")
            xml += "      <contributor>\n        <\(element)>\(written)</\(element)>\n      </contributor>\n"
        }
        if !revision.comment.isEmpty {
            xml += "      <comment>\(try escaped(revision.comment, "comment"))</comment>\n"
        }
        xml += "      <model>text</model>\n      <format>text/plain</format>\n"
        if revision.kind == .redact, revision.text.isEmpty {
            xml += "      <text deleted=\"deleted\" />\n      <sha1 />\n"
        } else {
            let text = try escaped(revision.text, "text")
            let digest = sha1Base36(revision.text.utf8Span.span)
            let size = revision.text.utf8.count
            xml += "      <text bytes=\"\(size)\" xml:space=\"preserve\">\(text)</text>\n"
            xml += "      <sha1>\(digest)</sha1>\n"
        }
        return xml + "    </revision>\n"
    }

    /// A text for the inside of an element.
    ///
    /// - Complexity: O(length).
    private func escaped(_ text: String, field: String, of revision: Int?) throws(HistoryError) -> String {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 16)
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "&"): output += "&amp;".utf8
            case UInt8(ascii: "<"): output += "&lt;".utf8
            case UInt8(ascii: ">"): output += "&gt;".utf8
            case 0x0D: output += "&#13;".utf8
            case 0..<0x20 where byte != 0x09 && byte != 0x0A:
                throw .characterNotInXML(revision: revision, field: field, scalar: UInt32(byte), byte: index)
            // U+FFFE is EF BF BE, U+FFFF is EF BF BF.
            case 0xEF where index + 2 < bytes.count && bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE:
                throw .characterNotInXML(
                    revision: revision, field: field, scalar: bytes[index + 2] == 0xBE ? 0xFFFE : 0xFFFF,
                    byte: index)
            default: output.append(byte)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
