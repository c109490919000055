import Articles
import Corpus
import FoundationEssentials
import Intake

/// Reads histories of articles from JSON Lines, gzipped or plain: a revision a line, oldest first.
///
/// A line is an object with
///
/// - `id`: a string or a number, once in an article;
/// - `contributor`: the name;
/// - `kind`: `person`, `machine`, `importer` or `system`;
/// - `text`: the whole text after the revision;
///
/// and perhaps `article` (a CURIE: a file may hold several articles, mixed), `parent` (the `id` of an earlier
/// revision of the article), `revisionKind` (`machine`, `edit`, `revert`, `import`, `redact`, `restore`), `time`
/// (`2026-11-27T18:52:44Z`) and `comment`. Other keys are ignored, and so are blank lines. Without `parent` a
/// revision follows the one before it in the article.
///
/// A revision's number is its `id`, where that is a whole number greater than the number before it in the article;
/// elsewhere it is one more than the number before.
///
/// Memory: the longest line, and the identifiers of the revisions. One thread at a time may use it.
public final class HistoryJSONLines {
    /// A revision of a file.
    public struct Revision: Hashable, Sendable {
        /// The article; nil where the file does not say.
        public var article: EntityID?
        /// The identifier, as the file has it.
        public var id: String
        /// The revision.
        public var record: RevisionRecord

        /// Makes a revision.
        public init(article: EntityID?, id: String, record: RevisionRecord) {
            self.article = article
            self.id = id
            self.record = record
        }
    }

    /// What the reader finds, one after the other.
    public enum Item: Hashable, Sendable {
        /// A revision.
        case revision(Revision)
        /// A line that cannot be understood, or (reason `doubtful`) something in the line of the next revision that
        /// was passed over; the reader goes on behind it.
        case setAside(RecordProblem)
    }

    private struct Line: Decodable {
        var article: String?
        var id: TextOrNumber
        var parent: TextOrNumber?
        var revisionKind: String?
        var contributor: String
        var kind: String
        var time: String?
        var comment: String?
        var text: String
    }

    /// What is known of an article's revisions so far.
    private struct Progress {
        var numbers: [String: Int] = [:]
        var last: Int?
    }

    private let lines: LineReader
    private let path: String
    private let decoder = JSONDecoder()
    private var articles: [EntityID?: Progress] = [:]
    private var ready: [Item] = []

    /// Opens a file; `-` is standard input.
    ///
    /// - Throws: when it cannot be opened.
    public convenience init(path: String) throws(IntakeError) {
        self.init(source: try InflatingReader(path: path))
    }

    /// Takes over a source, which nobody else reads from any more.
    public init(source: InflatingReader) {
        path = source.path
        lines = LineReader(source: source)
    }

    /// The next revision, or the next thing that is set aside; nil at the end.
    ///
    /// - Throws: what is wrong with the file as a whole, after all good revisions were given.
    public func next() throws(IntakeError) -> Item? {
        while ready.isEmpty {
            guard let line = try lines.next() else { return nil }
            do throws(Unreadable) {
                try read(line)
            } catch {
                report(.unreadable(error.message))
            }
        }
        return ready.removeFirst()
    }

    /// A revision as a line, its end included: the keys `article`, `id`, `parent`, `revisionKind`, `contributor`,
    /// `kind`, `time`, `comment`, `text` in this order, without those that have no value.
    ///
    /// - Parameters:
    ///   - record: The revision.
    ///   - article: The article, where the file shall tell it.
    ///   - withTime: Whether the time is told, too, so that two stores of equal content give different bytes.
    public static func line(_ record: RevisionRecord, of article: EntityID? = nil, withTime: Bool = false)
        -> String
    {
        var members: [JSONValue.Member] = []
        if let article { members.append(.init("article", .string(article.curie))) }
        members.append(.init("id", .integer(record.number)))
        if let parent = record.parent { members.append(.init("parent", .integer(parent))) }
        members.append(.init("revisionKind", .string(record.kind.rawValue)))
        members.append(.init("contributor", .string(record.contributor.name)))
        members.append(.init("kind", .string(record.contributor.kind.rawValue)))
        if withTime, let time = record.time { members.append(.init("time", .string(time))) }
        members.append(.init("comment", .string(record.comment)))
        members.append(.init("text", .string(record.text)))
        return JSONValue.object(members).line + "\n"
    }

    private struct Unreadable: Error {
        let message: String
    }

    private func read(_ bytes: [UInt8]) throws(Unreadable) {
        var bytes = bytes[...]
        if lines.lineNumber == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
        let line: Line
        do {
            line = try decoder.decode(Line.self, from: Data(bytes))
        } catch {
            throw Unreadable(message: "the line is no JSON object of a revision: \(explanation(of: error))")
        }
        let article = try line.article.map { curie throws(Unreadable) in
            guard let article = EntityID(curie: curie) else {
                throw Unreadable(message: "the article \"\(curie)\" is no CURIE, as ncbigene:16001 is one")
            }
            return article
        }
        guard let contributorKind = Contributor.Kind(rawValue: line.kind) else {
            let known = Contributor.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw Unreadable(message: "the kind \"\(line.kind)\" is none of \(known)")
        }
        guard !line.contributor.isEmpty else { throw Unreadable(message: "the contributor has no name") }
        let kind = try kind(line.revisionKind, of: contributorKind)
        var progress = articles[article] ?? Progress()
        let id = line.id.text
        guard progress.numbers[id] == nil else {
            throw Unreadable(message: "the revision \"\(id)\" comes a second time in its article")
        }
        var time = line.time
        if let said = time, !RevisionRecord.isTime(said) {
            report(.doubtful("the time \"\(said)\" is not as 2026-11-27T18:52:44Z is, and was left out"))
            time = nil
        }
        var parent = progress.last
        if let said = line.parent?.text {
            if let known = progress.numbers[said] {
                parent = known
            } else {
                report(.doubtful("the parent \"\(said)\" is no revision before; the last one was taken"))
            }
        }
        let last = progress.last ?? 0
        let number = Int(id).flatMap { $0 > last ? $0 : nil } ?? last + 1
        progress.numbers[id] = number
        progress.last = number
        articles[article] = progress
        let record = RevisionRecord(
            number: number, parent: parent, kind: kind,
            contributor: Contributor(kind: contributorKind, name: line.contributor), time: time,
            comment: line.comment ?? "", text: line.text)
        ready.append(.revision(Revision(article: article, id: id, record: record)))
    }

    private func kind(_ said: String?, of contributor: Contributor.Kind) throws(Unreadable)
        -> RevisionRecord.Kind
    {
        guard let said else {
            switch contributor {
            case .machine: return .machine
            case .importer: return .import
            case .person, .system: return .edit
            }
        }
        guard let kind = RevisionRecord.Kind(rawValue: said) else {
            let known = RevisionRecord.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw Unreadable(message: "the revisionKind \"\(said)\" is none of \(known)")
        }
        return kind
    }

    private func report(_ reason: RecordProblem.Reason) {
        ready.append(.setAside(RecordProblem(file: path, line: lines.lineNumber, reason: reason)))
    }
}
