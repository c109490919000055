import Corpus

/// Moves an article to another entity, since its identifier was replaced: with history, credit, statements and rejections.
public struct ArticleMove: Sendable {
    /// The entity that the article was about.
    public var source: EntityID
    /// The entity that takes its place.
    public var target: EntityID
    /// The key that each statement has in an article on the target.
    public var keys: [StatementKey: StatementKey]

    /// Makes a move.
    public init(source: EntityID, target: EntityID, keys: [StatementKey: StatementKey]) {
        self.source = source
        self.target = target
        self.keys = keys
    }

    /// The article on the target after the move, and the texts of the revisions that it has got, each with the number of
    /// the source's revision that it is made from.
    ///
    /// Where there was no article, it has the source's revisions, word for word with their identities. Where there was
    /// one, the source's revisions follow behind its text, so that every word of theirs keeps its contributor, and at the
    /// end what only the machine wrote of them is left out: the next night puts in again what is still supported. What
    /// people took out of either article stays out.
    ///
    /// - Parameters:
    ///   - old: The source's article.
    ///   - texts: The texts of its revisions, oldest first.
    ///   - record: The target's article; without revisions where there is none.
    ///   - system: Who moves.
    public func moved(
        _ old: ArticleRecord, texts: [String], into record: ArticleRecord, by system: Contributor
    ) throws(TokenHistoryError) -> (record: ArticleRecord, revisions: [(text: String, source: Int?)]) {
        var result = record
        var revisions: [(text: String, source: Int?)] = []
        if record.history.revisionCount == 0 {
            let stored = texts.indices.map { index in
                ArticleRecord.StoredRevision(
                    text: texts[index], tokens: old.history.runs(ofRevision: index + 1),
                    contributor: old.contributors[index])
            }
            let instances = old.instances.values.compactMap { instance -> StatementInstance? in
                guard let key = keys[instance.key] else { return nil }
                var moved = instance
                moved.key = key
                return moved
            }
            result = try ArticleRecord(
                entity: target, revisions: stored, instances: instances, headings: old.headings,
                decisions: [], foreignCopies: old.foreignCopies,
                machinePolicy: old.machinePolicy)
            revisions = texts.indices.map { (texts[$0], $0 + 1) }
        } else {
            let head = record.text.hasSuffix("\n") ? record.text : record.text + "\n"
            for (index, text) in texts.enumerated() {
                let joined = "\(head)\n\(text)"
                if result.save(joined, by: old.contributors[index]) != nil {
                    revisions.append((joined, index + 1))
                }
            }
            let own = Self.peoplesBlocks(of: old)
            let last = own.isEmpty ? head : head + "\n" + own.joined(separator: "\n\n") + "\n"
            if result.save(last, by: system) != nil { revisions.append((last, nil)) }
        }
        for (key, moved) in keys.sorted(by: { $0.key < $1.key }) {
            let isGone = old.state(of: key) == .goneHuman && record.history.revisionCount > 0
            for decision in old.decisions where decision.key == key {
                result.take(
                    StatementDecision(
                        key: moved, verb: decision.verb, reason: decision.reason,
                        contributor: decision.contributor, note: Self.note(decision, keys)))
            }
            if isGone, !old.isRejected(key) {
                result.take(
                    StatementDecision(
                        key: moved, verb: .reject, reason: RejectionReason.other.rawValue,
                        contributor: system,
                        note: "a person took it out of the article on \(source)"))
            }
        }
        return (result, revisions)
    }

    private static func note(_ decision: StatementDecision, _ keys: [StatementKey: StatementKey]) -> String {
        guard decision.verb == .supersede, let key = StatementKey(hex: decision.note) else {
            return decision.note
        }
        return keys[key]?.hex ?? decision.note
    }

    /// The blocks of an article in which a person had a part, headings left out.
    private static func peoplesBlocks(of record: ArticleRecord) -> [String] {
        let outline = ArticleOutline(record)
        let bytes = Array(record.text.utf8)
        return outline.blocks.indices.filter { outline.blocks[$0].kind != .heading && !outline.isMachine($0) }
            .map { index in
                let range = outline.blocks[index].range
                return String(decoding: bytes[range.start..<range.end], as: UTF8.self)
            }
    }
}
