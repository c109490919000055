import Articles
import Corpus
import Interchange
import Store

/// What an article's history says: for people as text, for programs as JSON lines. Hidden sentences are shown as `█`.
public struct HistoryReport {
    private let store: Store
    private let entity: EntityID
    private let revisions: [Revision]
    private let record: ArticleRecord
    private let mask: RedactionMask

    /// Reads an article with its history.
    ///
    /// - Throws: `EditingError.noArticle`, `StoreError`.
    public init(_ entity: EntityID, in store: Store) throws {
        self.store = store
        self.entity = entity
        guard let record = try store.articleRecord(of: entity) else { throw EditingError.noArticle(entity) }
        self.record = record
        revisions = try store.revisions(of: entity)
        mask = try store.redactionMask()
    }

    // MARK: - History

    /// A line a revision, the newest first: number, time, contributor, kind, what changed, comment.
    public func historyLines(json: Bool) throws -> [String] {
        try revisions.reversed().map { revision in
            let change = try difference(from: revision.number - 1, to: revision.number).summary
            if json {
                let members: [JSONValue.Member] = [
                    .init("revision", .integer(Int64(revision.number))),
                    .init("parent", .optional(revision.parent)),
                    .init("kind", .string(revision.kind.rawValue)),
                    .init("contributor", .string(revision.contributor.name)),
                    .init("contributorKind", .string(revision.contributor.kind.rawValue)),
                    .init("run", .optional(revision.run)), .init("time", .optional(revision.time)),
                    .init("comment", .string(revision.comment)), .init("change", .string(change)),
                    .init("textSHA256", .string(revision.textSHA256)), .init("hash", .string(revision.hash)),
                ]
                return JSONValue.object(members).line
            }
            let comment = revision.comment.isEmpty ? "" : "  “\(revision.comment)”"
            return
                "\(revision.number)\t\(revision.time ?? "-")\t\(revision.contributor)\t\(revision.kind.rawValue)"
                + "\t\(change)\(comment)"
        }
    }

    // MARK: - Difference

    /// What changed from one revision to another, word by word, moves shown as moves.
    ///
    /// - Parameters:
    ///   - old: The older revision; nil for the one before `new`.
    ///   - new: The newer revision; nil for the newest.
    /// - Throws: `EditingError.noRevision`, `StoreError`.
    public func differenceText(from old: Int?, to new: Int?, isColored: Bool) throws -> String {
        let new = new ?? record.history.revisionCount
        let old = old ?? new - 1
        for number in [old, new] where number < 0 || number > record.history.revisionCount {
            throw EditingError.noRevision(entity, number)
        }
        let difference = try difference(from: old, to: new)
        let text = WordDiff(isColored: isColored).text(of: difference)
        return "revision \(old) to \(new) of \(entity): \(difference.summary)\n" + text
    }

    private func difference(from old: Int, to new: Int) throws -> TokenDiff {
        func side(_ number: Int) throws -> (text: String, tokens: [TokenDiff.Token]) {
            guard number > 0 else { return ("", []) }
            let text = try store.text(of: entity, revision: number) ?? ""
            let ranges = ArticleTokenizer.tokens(in: text)
            let identities = record.history.tokens(ofRevision: number)
            let hidden = mask.masked(text)
            // Hiding changes the length of words: the ranges are those of the hidden text's stretches.
            let shown = hidden == text ? ranges : Self.ranges(ranges, of: text, in: hidden)
            return (hidden, zip(identities, shown).map { TokenDiff.Token(identity: $0.number, range: $1) })
        }
        let (before, after) = (try side(old), try side(new))
        return TokenDiff(
            old: before.text, oldTokens: before.tokens, new: after.text, newTokens: after.tokens)
    }

    /// Ranges of a text as ranges of the same text with scalars replaced, which keeps their number.
    private static func ranges(_ ranges: [TextRange], of text: String, in hidden: String) -> [TextRange] {
        var offsets: [Int: Int] = [:]
        var (one, other) = (0, 0)
        for (left, right) in zip(text.unicodeScalars, hidden.unicodeScalars) {
            offsets[one] = other
            one += UTF8.width(left)
            other += UTF8.width(right)
        }
        offsets[one] = other
        return ranges.map { TextRange(offsets[$0.start] ?? 0, offsets[$0.end] ?? 0) }
    }

    // MARK: - Blame

    /// Every stretch of the newest text with who wrote it and when; for the machine's with paper, rule, run and key.
    public func blameLines(json: Bool) throws -> [String] {
        let bytes = Array(record.text.utf8)
        var lines: [String] = []
        for span in record.authorship() {
            let words = mask.masked(String(decoding: bytes[span.range.start..<span.range.end], as: UTF8.self))
            var origin: Source?
            if let key = span.statement { origin = try source(of: key) }
            lines.append(json ? blameJSON(span, words, origin) : blameText(span, words, origin))
        }
        return lines
    }

    private func blameJSON(_ span: AuthoredSpan, _ words: String, _ source: Source?) -> String {
        let revision = revisions[span.revision - 1]
        let members: [JSONValue.Member] = [
            .init("start", .integer(Int64(span.range.start))), .init("end", .integer(Int64(span.range.end))),
            .init("text", .string(words)), .init("revision", .integer(Int64(span.revision))),
            .init("contributor", .string(span.contributor.name)),
            .init("contributorKind", .string(span.contributor.kind.rawValue)),
            .init("time", .optional(revision.time)), .init("run", .optional(revision.run)),
            .init("copiedFrom", .optional(span.copiedFrom?.name)),
            .init("copiedArticle", .optional(span.copiedArticle?.curie)),
            .init("statement", .optional(source?.key.hex)),
            .init("pmid", .optional(source.map { Int($0.pmid.number) })),
            .init("evidence", .optional(source?.evidence.hex)), .init("rule", .optional(source?.rule)),
            .init("state", .optional(source?.state.rawValue)), .init("flag", .optional(source?.flag)),
        ]
        return JSONValue.object(members).line
    }

    private func blameText(_ span: AuthoredSpan, _ words: String, _ source: Source?) -> String {
        let revision = revisions[span.revision - 1]
        var who = "\(span.revision)\t\(revision.time ?? "-")\t\(span.contributor)"
        if let source {
            who += ", \(source.pmid.curie)"
            if let rule = source.rule { who += ", rule \(rule)" }
            who += ", statement \(source.key.hex.prefix(12))"
            if source.state == .touched { who += ", changed since" }
            if let flag = source.flag { who += ", marked: \(flag)" }
        }
        if let copied = span.copiedFrom {
            who += ", copied from \(copied)" + (span.copiedArticle.map { " in \($0)" } ?? "")
        }
        return who + "\t" + words.split(separator: "\n").joined(separator: " ")
    }

    private struct Source {
        var key: StatementKey
        var pmid: PMID
        var evidence: EvidenceID
        var rule: String?
        var state: StatementState
        var flag: String?
    }

    private func source(of key: StatementKey) throws -> Source? {
        guard let instance = record.instances[key] else { return nil }
        let found = try store.evidence(instance.evidence)?.evidence.evidence
        let placements = found?.placements ?? []
        let placement = placements.first { $0.section == instance.section } ?? placements.first
        return Source(
            key: key, pmid: instance.pmid, evidence: instance.evidence, rule: placement?.rule,
            state: record.state(of: key), flag: record.flag(of: key))
    }

    // MARK: - Credit

    /// What each contributor has done for this article.
    public func credits() -> (credits: [Credit], words: Int) { (record.credits(), record.wordCount) }
}

/// Contributors and their work, of one article or of all.
public enum ContributorReport {
    /// A line a contributor: people by their words, then all others.
    ///
    /// - Parameter entity: The article; nil for all.
    public static func lines(_ entity: EntityID?, in store: Store, json: Bool) throws -> [String] {
        var all: [Contributor: Credit] = [:]
        var words = 0
        for article in try entity.map({ [$0] }) ?? store.articles().map(\.entity) {
            let (credits, count) = try HistoryReport(article, in: store).credits()
            words += count
            for credit in credits {
                all[credit.contributor, default: Credit(contributor: credit.contributor)].add(credit)
            }
        }
        return all.values.sorted(by: ArticleRecord.precedes).map { credit in
            let share = words == 0 ? 0 : Double(credit.words) / Double(words)
            if json {
                return JSONValue.object([
                    .init("contributor", .string(credit.contributor.name)),
                    .init("kind", .string(credit.contributor.kind.rawValue)),
                    .init("liveWords", .integer(Int64(credit.liveWords))),
                    .init("copiedWords", .integer(Int64(credit.copiedWords))), .init("share", .number(share)),
                    .init("edits", .integer(Int64(credit.edits))),
                    .init("survivedEdits", .integer(Int64(credit.survivedEdits))),
                    .init("curation", .integer(Int64(credit.curation))),
                ]).line
            }
            return
                "\(credit.contributor)\t\(credit.words) words (\(ProgressDisplay.decimal(share * 100, 1)) %)"
                + "\t\(credit.survivedEdits) of \(credit.edits) edits survive\t\(credit.curation) statements curated"
        }
    }
}
