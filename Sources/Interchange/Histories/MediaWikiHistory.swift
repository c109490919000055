import Articles
import Intake

/// Reads the histories of pages from MediaWiki's export format (schemas 0.3 to 0.11), gzipped or plain.
///
/// Pages and revisions come in the order of the file, which is MediaWiki's own: revisions of equal times stay as they
/// are, and nothing is sorted by time. Memory does not grow with the file: it is that of one revision, of 16 MiB at
/// most. Only the main slot's text is read; other slots, uploads and log entries are passed over.
///
/// What MediaWiki hides keeps its place: a revision whose text is hidden is given with an empty text and kind
/// `redact`, so that numbers and parents stay right, and says so; whoever computes attribution goes on from the text
/// before it. A hidden contributor becomes an importer of the name `hidden contributor`. User names that
/// ``MediaWikiExport`` writes for machine runs become machine runs again.
public final class MediaWikiHistory {
    /// A revision of a page.
    public struct Revision: Hashable, Sendable {
        /// The title of the page.
        public var page: String
        /// The place of the page in the file, from 1: two pages may have one title.
        public var pageNumber: Int
        /// The line of the file on which the revision starts, from 1.
        public var line: Int
        /// The revision; its number and parent are those of the wiki. Kind `redact` when its text is hidden,
        /// `machine` when a machine run made it, else `edit`.
        public var record: RevisionRecord
        /// Whether the wiki hides the text: the text is empty here, but was not.
        public var isTextHidden = false
        /// Whether the wiki hides who made it.
        public var isContributorHidden = false
        /// Whether the wiki hides the comment.
        public var isCommentHidden = false
    }

    /// What the reader finds, one after the other.
    public enum Item: Hashable, Sendable {
        /// A revision.
        case revision(Revision)
        /// A revision that was set aside, or (reason `doubtful`) what is odd about the next one.
        case setAside(RecordProblem)
    }

    /// The elements that are read; an element's name is an index of this list.
    private enum Name: Int, CaseIterable {
        case title, revision, id, parentid, timestamp, contributor, username, ip, comment, text, sha1
    }

    private let source: InflatingReader
    private var page = ""
    private var pageNumber = 0
    private var lastNumber = 0
    private var lastTime = ""
    private var revisions = 0

    /// Opens a file; `-` is standard input.
    ///
    /// - Throws: when it cannot be opened.
    public convenience init(path: String) throws(HistoryError) {
        do throws(IntakeError) {
            self.init(source: try InflatingReader(path: path))
        } catch {
            throw .source(error)
        }
    }

    /// Takes over a source, which nobody else reads from any more.
    public init(source: InflatingReader) {
        self.source = source
    }

    /// Calls a function with every revision of every page, in the order of the file; once only.
    ///
    /// - Throws: ``HistoryError`` for what is wrong with the file as a whole, after all revisions before the fault were
    ///   given; whatever the function throws, which ends the reading.
    public func read(_ body: (Item) throws -> Void) throws {
        let reader = XMLRecordReader(
            source: source, records: ["title", "revision"], names: Name.allCases.map { "\($0)" })
        var stopped: (any Error)?
        do throws(XMLRecordReader.Fault) {
            try reader.readRecords { record throws(XMLRecordReader.Fault) in
                do {
                    guard reader.root == "mediawiki" else {
                        throw HistoryError.notMediaWiki(path: source.path, root: reader.root ?? "")
                    }
                    try read(record, body)
                } catch {
                    stopped = error
                    throw .malformed(line: record.line, message: "stopped")
                }
            }
        } catch {
            if let stopped { throw stopped }
            switch error {
            case .source(let error): throw HistoryError.source(error)
            case .malformed(let line, let message):
                throw HistoryError.malformedXML(path: source.path, line: line, message: message)
            }
        }
        if reader.root != "mediawiki" {
            throw HistoryError.notMediaWiki(path: source.path, root: reader.root ?? "")
        }
    }

    private func read(_ record: XMLRecord, _ body: (Item) throws -> Void) throws {
        guard let root = record.elements.first else { return }
        if root.name == Name.title.rawValue {
            page = record.text(of: 0)
            pageNumber += 1
            lastNumber = 0
            lastTime = ""
            return
        }
        revisions += 1
        var problems: [RecordProblem.Reason] = []
        let revision = revision(record, &problems)
        for reason in problems {
            try body(
                .setAside(
                    RecordProblem(
                        file: source.path, record: revisions, line: record.line, reason: reason)))
        }
        if let revision { try body(.revision(revision)) }
    }

    /// Reads a revision; nil when it must be set aside, for the last of the problems.
    private func revision(_ record: XMLRecord, _ problems: inout [RecordProblem.Reason]) -> Revision? {
        func child(_ name: Name, of parent: Int = 0) -> Int? {
            record.elements.firstIndex { $0.parent == parent && $0.name == name.rawValue }
        }
        func isHidden(_ element: Int?) -> Bool {
            element.map { record.attribute("deleted", of: $0) != nil } ?? false
        }
        func number(_ name: Name) -> Int? {
            child(name).flatMap { Int(record.text(of: $0)) }.flatMap { $0 > 0 ? $0 : nil }
        }
        guard let textElement = child(.text) else {
            problems.append(.unreadable("the revision has no text"))
            return nil
        }
        let text = record.exactText(of: textElement)
        let isTextHidden = isHidden(textElement)
        let size = record.attribute("bytes", of: textElement).flatMap { Int($0) } ?? 0
        if text.isEmpty, !isTextHidden, size > 0 {
            problems.append(.unreadable("the text of \(size) bytes is not in the file: export full texts"))
            return nil
        }
        var time = child(.timestamp).map { record.text(of: $0) }
        if let said = time, !RevisionRecord.isTime(said) {
            problems.append(
                .doubtful("the time \"\(said)\" is not as 2026-11-27T18:52:44Z is, and was left out"))
            time = nil
        }
        if let time {
            if time < lastTime {
                problems.append(.doubtful("the revision is older than the one before it in the file"))
            }
            lastTime = time
        }
        let contributorElement = child(.contributor)
        let names = contributorElement.map { element in
            (child(.username, of: element) ?? child(.ip, of: element)).map { record.exactText(of: $0) } ?? ""
        }
        let isContributorHidden = isHidden(contributorElement) || (names ?? "").isEmpty
        let contributor =
            isContributorHidden ? MediaWikiName.hidden : MediaWikiName.contributor(username: names ?? "")
        if let digest = child(.sha1).map({ record.text(of: $0) }), digest.utf8.count == 31, !isTextHidden,
            digest != sha1Base36(text.utf8Span.span)
        {
            problems.append(
                .doubtful("the text does not have the SHA-1 digest \(digest) that stands beside it"))
        }
        let id = number(.id) ?? lastNumber + 1
        lastNumber = id
        let commentElement = child(.comment)
        let kind: RevisionRecord.Kind =
            isTextHidden ? .redact : contributor.kind == .machine ? .machine : .edit
        return Revision(
            page: page, pageNumber: pageNumber, line: record.line,
            record: RevisionRecord(
                number: id, parent: number(.parentid), kind: kind, contributor: contributor, time: time,
                comment: commentElement.map { record.exactText(of: $0) } ?? "", text: isTextHidden ? "" : text
            ),
            isTextHidden: isTextHidden, isContributorHidden: isContributorHidden,
            isCommentHidden: isHidden(commentElement))
    }
}
