import Articles
import Corpus

/// What a night, a person or an operator changed in an article: the difference between two records of it, ready to be
/// written in one transaction.
public struct ArticleChange: Sendable {
    /// A revision that is to be appended.
    public struct NewRevision: Hashable, Sendable {
        /// What it does.
        public var kind: RevisionRecord.Kind
        /// Who makes it.
        public var contributor: Contributor
        /// The revision that it was made from; nil for the first.
        public var parent: Int?
        /// When, in ISO 8601; nil for the machine.
        public var time: String?
        /// What the contributor says about it.
        public var comment: String
        /// The text after it.
        public var text: String
        /// The identities of its tokens.
        public var tokens: TokenRuns
    }

    /// What the article is about.
    public let entity: EntityID
    /// The number of the revision that it was made from, 0 where there is none: another head makes it void.
    public let base: Int
    /// The revisions to append, oldest first.
    public private(set) var revisions: [NewRevision] = []
    /// The title; nil leaves it as it is.
    public var title: String?
    /// The statements that the head shows with evidence; nil leaves them as they are.
    public var statements: [ShownStatement]?
    /// The digest of the run that composed it; nil leaves it as it is.
    public var composed: String?
    /// Statements put in, put in again, or with other evidence.
    let instances: [StatementInstance]
    let headings: [SectionID: TokenRuns]
    let decisions: [StatementDecision]
    let copies: [ForeignCopy]
    /// How each statement that ever stood stands after the change.
    public let states: [StatementKey: StatementState]
    let policy: ArticleRecord.MachinePolicy
    /// What people wrote, a text a block: for the search index.
    let ownWords: [String]

    /// The difference between two records.
    ///
    /// - Parameters:
    ///   - before: The article as it was read.
    ///   - after: The article as it is to be, with one revision more at most.
    ///   - kind: What the new revision does.
    ///   - comment: What its contributor says.
    ///   - time: When; nil for the machine.
    public init(
        from before: ArticleRecord, to after: ArticleRecord, kind: RevisionRecord.Kind, comment: String = "",
        time: String? = nil
    ) {
        let base = before.history.revisionCount
        precondition(after.history.revisionCount - base <= 1, "one change, one revision")
        self.init(from: before, to: after)
        if after.history.revisionCount > base, let contributor = after.contributors.last {
            revisions = [
                NewRevision(
                    kind: kind, contributor: contributor, parent: base == 0 ? nil : base, time: time,
                    comment: comment, text: after.text, tokens: after.history.runs(ofRevision: base + 1))
            ]
        }
    }

    /// An article that comes with its whole history from elsewhere.
    ///
    /// - Parameters:
    ///   - records: The revisions that were saved, oldest first.
    ///   - record: The article after them, built by saving their texts in turn.
    ///   - before: The article as it was read.
    public init(importing records: [RevisionRecord], as record: ArticleRecord, from before: ArticleRecord) {
        let base = before.history.revisionCount
        self.init(from: before, to: record)
        let count = record.history.revisionCount - base
        let contributors = record.contributors
        revisions = zip(1...max(1, count), records.suffix(count)).map { offset, one in
            NewRevision(
                kind: one.kind == .machine ? .import : one.kind, contributor: contributors[base + offset - 1],
                parent: base + offset == 1 ? nil : base + offset - 1, time: one.time, comment: one.comment,
                text: one.text, tokens: record.history.runs(ofRevision: base + offset))
        }
    }

    /// All of the difference but the revisions.
    private init(from before: ArticleRecord, to after: ArticleRecord) {
        entity = after.entity
        base = before.history.revisionCount
        let put = after.instances.values.filter { before.instances[$0.key] != $0 }
        instances = put.sorted { $0.key < $1.key }
        headings = after.headings.filter { before.headings[$0.key] != $0.value }
        decisions = Array(after.decisions.dropFirst(before.decisions.count))
        copies = Array(after.foreignCopies.dropFirst(before.foreignCopies.count))
        states = Dictionary(
            uniqueKeysWithValues: after.instances.keys.map { ($0, after.state(of: $0)) })
        policy = after.machinePolicy
        ownWords = Self.ownWords(in: after)
    }

    /// The blocks of an article that quote no statement, where people had a part in it.
    private static func ownWords(in record: ArticleRecord) -> [String] {
        guard record.contributors.contains(where: \.isHuman) else { return [] }
        return MarkdownArticle(record.text).blocks.compactMap { block in
            switch block {
            case .heading: nil
            case .bullet(let inlines), .paragraph(let inlines): inlines.plainText
            }
        }
    }

    /// Whether there is nothing to write.
    public var isEmpty: Bool {
        revisions.isEmpty && instances.isEmpty && headings.isEmpty && decisions.isEmpty && copies.isEmpty
    }
}
