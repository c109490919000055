import Articles
import Corpus
import Foundation
import Interchange
import Store

/// What people do with articles: revise, revert, reject, vouch. Every change is a revision or a decision that is kept
/// for ever, and nobody's work is lost: a save over somebody else's is merged with it or refused.
public struct ArticleDesk: Sendable {
    private let store: Store
    private let contributor: Contributor
    private let time: @Sendable () -> String
    /// Whether a save that takes much away is looked at by a curator.
    public var isTrusted = false

    /// How often a change is made anew when somebody else saves meanwhile.
    private static let attempts = 3
    /// A save that takes out more statements of the machine than this, or more than half of its words, is looked at.
    private static let manyStatements = 5

    /// Makes a desk.
    ///
    /// - Parameters:
    ///   - store: The store.
    ///   - contributor: Who works at it.
    ///   - time: The time to note with revisions, in ISO 8601.
    public init(
        _ store: Store, contributor: Contributor,
        time: @escaping @Sendable () -> String = { Date().formatted(.iso8601) }
    ) {
        self.store = store
        self.contributor = contributor
        self.time = time
    }

    /// What came of a save.
    public enum Saved: Hashable, Sendable {
        /// The text is what it was: no revision.
        case unchanged
        /// It is this revision.
        case saved(Int)
        /// It is this revision, brought together with what others had saved meanwhile.
        case merged(Int)
    }

    // MARK: - Texts

    /// Saves a text that a person wrote.
    ///
    /// Line ends become LF; control characters are refused; otherwise the text stays as it was typed.
    ///
    /// - Parameters:
    ///   - entity: The article's entity.
    ///   - text: The whole text.
    ///   - base: The revision that it was made from; nil for the newest.
    ///   - comment: What the person says about it.
    /// - Throws: `EditingError`, `StoreError`.
    public func revise(_ entity: EntityID, text: String, base: Int? = nil, comment: String = "") throws
        -> Saved
    {
        let text = try Self.canonical(text)
        let mask = try store.redactionMask()
        return try change(entity, kind: .edit, comment: comment) { record in
            let head = record.history.revisionCount
            let base = base ?? head
            guard base != head || mask.masked(record.text) != record.text else {
                record.save(text, by: contributor)
                return false
            }
            guard let stored = try store.text(of: entity, revision: base) else {
                throw EditingError.noRevision(entity, base)
            }
            // Hidden words were not shown to the person: where they left them alone, they stand.
            let old = mask.masked(stored)
            do {
                record.save(
                    try ThreeWayMerge.merged(base: old, mine: text, theirs: record.text), by: contributor)
            } catch let conflict as EditConflict {
                throw EditingError.conflict(entity, base: base, head: head, conflict)
            }
            return base != head
        }
    }

    /// Brings an earlier text back.
    ///
    /// - Throws: `EditingError`, `StoreError`.
    public func revert(_ entity: EntityID, to revision: Int, comment: String = "") throws -> Saved {
        guard let text = try store.text(of: entity, revision: revision) else {
            throw try store.article(entity) == nil
                ? EditingError.noArticle(entity) : EditingError.noRevision(entity, revision)
        }
        let words = comment.isEmpty ? "back to revision \(revision)" : comment
        return try change(entity, kind: .revert, comment: words) { record in
            record.save(text, by: contributor)
            return false
        }
    }

    private static func canonical(_ text: String) throws(EditingError) -> String {
        var bytes: [UInt8] = []
        let old = Array(text.utf8)
        for (index, byte) in old.enumerated() {
            switch byte {
            case UInt8(ascii: "\r"):
                // CR LF is one line end.
                if index + 1 == old.count || old[index + 1] != UInt8(ascii: "\n") {
                    bytes.append(UInt8(ascii: "\n"))
                }
            case 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F, 0x7F:
                throw .controlCharacter(UInt32(byte), byte: index)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Changes an article; anew from what others saved meanwhile, where they did.
    func change(
        _ entity: EntityID, kind: RevisionRecord.Kind, comment: String,
        _ body: (inout ArticleRecord) throws -> Bool
    ) throws -> Saved {
        guard try store.entity(entity) != nil else { throw EditingError.noArticle(entity) }
        for _ in 0..<Self.attempts {
            let before = try store.articleRecord(of: entity) ?? ArticleRecord(entity: entity)
            var after = before
            let isMerged = try body(&after)
            if after.history.revisionCount > before.history.revisionCount, contributor.isHuman {
                try noteCopies(in: &after)
            }
            var change = ArticleChange(
                from: before, to: after, kind: kind, comment: comment, time: time())
            if change.isEmpty { return .unchanged }
            change.title = MarkdownArticle(after.text).title
            change.statements = try shown(in: after)
            if try store.write([change]).overtaken.isEmpty {
                try patrol(before, after)
                if change.revisions.isEmpty { return .unchanged }
                let number = after.history.revisionCount
                return isMerged ? .merged(number) : .saved(number)
            }
        }
        throw EditingError.overtaken(entity)
    }

    /// Notes what the newest revision copied from other articles.
    private func noteCopies(in record: inout ArticleRecord) throws {
        for sentence in record.freshSentences {
            for other in try store.articles(holding: sentence.words) where other != record.entity {
                guard let source = try store.articleRecord(of: other) else { continue }
                if record.note(sentence, copiedFrom: source) { break }
            }
        }
    }

    /// The statements that the newest text shows with evidence: those that did, and those that have come back.
    private func shown(in record: ArticleRecord) throws -> [ShownStatement] {
        let known = Dictionary(
            try store.statements(of: record.entity).map { ($0.key, $0) },
            uniquingKeysWith: { first, _ in first })
        let material = try store.material(for: record.entity)
        let evidence = Dictionary(
            (material?.evidence ?? []).map { ($0.id, $0.evidence) }, uniquingKeysWith: { first, _ in first })
        return record.instances.values.filter { record.state(of: $0.key).isAlive }
            .map { (place: record.firstPlace(of: $0.key) ?? .max, instance: $0) }
            .sorted { ($0.place, $0.instance.key) < ($1.place, $1.instance.key) }
            .compactMap { _, instance in
                let words = record.text(of: instance.key) ?? ""
                let text = StatementLine(bullet: "- " + words)?.sentence ?? words
                if let row = known[instance.key.hex] {
                    return ShownStatement(
                        section: row.section, evidence: row.evidence, pmid: row.pmid, key: row.key,
                        text: text,
                        marks: row.marks)
                }
                guard let own = evidence[instance.evidence] else { return nil }
                return ShownStatement(
                    section: instance.section, evidence: instance.evidence, pmid: instance.pmid,
                    key: instance.key.hex, text: text,
                    marks: StatementMarks(of: own, supportingPapers: 1).words)
            }
    }

    /// Puts a save that took much away before a curator. What was taken away stays away meanwhile.
    private func patrol(_ before: ArticleRecord, _ after: ArticleRecord) throws {
        guard !isTrusted, contributor.kind == .person else { return }
        let gone = before.instances.keys.count {
            before.state(of: $0).isAlive && !after.state(of: $0).isAlive
        }
        func machineWords(_ record: ArticleRecord) -> Int {
            record.history.tokensOfNewest.count { record.contributor(of: $0).kind == .machine }
        }
        let (old, new) = (machineWords(before), machineWords(after))
        guard gone > Self.manyStatements || old > 0 && new * 2 < old else { return }
        let revision = after.history.revisionCount
        try store.propose(
            Proposal(
                kind: "patrol", subject: "\(after.entity)@\(revision)",
                detail:
                    "\(contributor) took out \(gone) statements; \(old - new) of \(old) machine-written words are gone"
            ),
            by: contributor)
    }

    // MARK: - Statements

    /// The one statement that some digits mean.
    ///
    /// - Throws: `EditingError.noStatement`.
    public func statement(named digits: String) throws -> StatementPlace {
        let found = try store.statements(named: digits)
        guard let only = found.first, found.count == 1 else {
            throw EditingError.noStatement(digits, candidates: found.map { "\($0.key.hex)  \($0.entity)" })
        }
        return only
    }

    /// Rejects a statement: it goes where it stands untouched, and never comes back. Where a person has changed it, its
    /// text is theirs and stays.
    ///
    /// A rejection because the name was read as the wrong entity bars that reading in all articles. Rejections by
    /// several people of one name become a proposal to block it.
    ///
    /// - Throws: `EditingError`, `StoreError`.
    public func reject(_ digits: String, reason: RejectionReason, note: String = "") throws -> Saved {
        let place = try statement(named: digits)
        let words = "rejected: \(reason.rawValue)" + (note.isEmpty ? "" : ", \(note)")
        let saved = try decide(place, .reject, reason: reason.rawValue, note: note, comment: words) {
            record in
            try record.apply(record.planRemoving([place.key]), by: contributor)
        }
        if reason.isAboutTheReading {
            let feedback = RejectionFeedback(store: store)
            try feedback.barReading(of: place, by: contributor)
            try feedback.proposeBlocks(by: contributor)
        }
        return saved
    }

    /// Takes a rejection back: the next night may put the statement in again.
    ///
    /// - Throws: `EditingError`, `StoreError`.
    public func unreject(_ digits: String, note: String = "") throws {
        let place = try statement(named: digits)
        _ = try decide(place, .unreject, note: note, comment: "") { _ in }
        try RejectionFeedback(store: store).freeReading(of: place)
    }

    /// Vouches for a statement: from now on the machine leaves it alone.
    ///
    /// - Throws: `EditingError`, `StoreError`.
    public func adopt(_ digits: String, note: String = "") throws {
        _ = try decide(statement(named: digits), .adopt, note: note, comment: "") { _ in }
    }

    /// Lets the machine do with a statement of an undone run what it finds right.
    ///
    /// - Throws: `EditingError`, `StoreError`.
    public func release(_ digits: String, note: String = "") throws {
        _ = try decide(statement(named: digits), .release, note: note, comment: "") { _ in }
    }

    private func decide(
        _ place: StatementPlace, _ verb: StatementDecision.Verb, reason: String = "", note: String,
        comment: String, _ body: (inout ArticleRecord) throws -> Void
    ) throws -> Saved {
        try change(place.entity, kind: .edit, comment: comment) { record in
            let revisions = record.history.revisionCount
            try body(&record)
            let isSaved = record.history.revisionCount > revisions
            record.take(
                StatementDecision(
                    key: place.key, verb: verb, reason: reason, contributor: contributor, note: note,
                    revision: isSaved ? record.history.revisionCount : nil))
            return false
        }
    }

    /// Hides a statement, or all that was quoted from a paper, everywhere and in later runs too. Texts, digests and credit
    /// stay; what is shown of them is `█`.
    ///
    /// - Parameter subject: The first digits of a statement's key, its evidence, or `pubmed:N`.
    /// - Returns: how many sentences are hidden.
    /// - Throws: `EditingError`, `StoreError`.
    public func redact(_ subject: String, note: String = "") throws -> Int {
        var sentences: Set<String> = []
        var articles: [EntityID] = []
        var name = subject
        if let curie = EntityID(curie: subject), curie.prefix == "pubmed", let number = Int64(curie.local) {
            let pmid = PMID(number)
            name = pmid.curie
            sentences.formUnion(try store.evidence(in: pmid).map(\.evidence.text))
            articles = try store.articles(quoting: pmid)
            for entity in articles {
                for instance in try store.standing(of: entity).instances where instance.pmid == pmid {
                    sentences.formUnion(try wordings(of: instance.key, in: entity))
                }
            }
        } else {
            let place = try statement(named: subject)
            name = place.key.hex
            let standing = try store.standing(of: place.entity)
            // The same sentence may stand in other articles.
            articles =
                try standing.instances.first { $0.key == place.key }.map {
                    try store.articles(quoting: $0.pmid)
                } ?? [place.entity]
            sentences.formUnion(try wordings(of: place.key, in: place.entity))
            if let own = try store.evidence(place.evidence)?.evidence.evidence.text { sentences.insert(own) }
        }
        try store.redact(name, sentences: sentences.sorted(), by: contributor, note: note)
        // The search index and the pages must not show them either.
        for entity in articles {
            guard let record = try store.articleRecord(of: entity) else { continue }
            var change = ArticleChange(from: record, to: record, kind: .redact)
            change.statements = try shown(in: record)
            try store.write([change])
        }
        try store.setPending(articles)
        return sentences.count
    }

    /// The sentence of a statement, as the machine put it in and as it reads now.
    private func wordings(of key: StatementKey, in entity: EntityID) throws -> [String] {
        guard let record = try store.articleRecord(of: entity), let instance = record.instances[key] else {
            return []
        }
        let first = try store.text(of: entity, revision: instance.revision).flatMap {
            record.text(of: instance, in: $0, ofRevision: instance.revision)
        }
        return [first, record.text(of: key)].compactMap { $0 }.map {
            StatementLine(bullet: "- " + $0)?.sentence ?? $0
        }
    }

    /// What the machine may do with an article.
    ///
    /// - Throws: `EditingError.noArticle`, `StoreError`.
    public func setPolicy(_ policy: ArticleRecord.MachinePolicy, of entity: EntityID) throws {
        guard try store.setMachinePolicy(policy, of: entity) else { throw EditingError.noArticle(entity) }
    }
}
