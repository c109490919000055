import Corpus

/// Takes back what a machine run did to an article.
///
/// It is an operator's correction and no verdict on the statements: what the run put in and still stands untouched goes,
/// what it took out comes back with its old words, and both stay so until dictionary, rules or program differ from
/// those of the run, or a curator releases them. What people did since stays.
public struct ArticleUndo: Sendable {
    /// The title and the sections of the article, as for a merge.
    public var merge: ArticleMerge

    /// Makes an undoing.
    ///
    /// - Parameter merge: the title and the sections of the article; its digest is that of the run's dictionary, rules
    ///   and program.
    public init(_ merge: ArticleMerge) {
        self.merge = merge
    }

    /// What is to be done with an article; nil where the run did nothing to it that still stands.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - record: The article as it stands.
    ///   - textOfRevision: The text of a revision, for the words that come back.
    public func plan(
        undoing run: Contributor, in record: ArticleRecord, textOfRevision: (Int) throws -> String?
    ) rethrows -> MergePlan? {
        let revisions = Set(
            record.contributors.indices.filter { record.contributors[$0] == run }.map { $0 + 1 })
        guard !revisions.isEmpty else { return nil }
        let outline = ArticleOutline(record)
        var leaving: Set<StatementKey> = []
        var successors: [StatementKey: MergeWriter.Entry] = [:]
        var returning: [Returning] = []
        var changes: [MergePlan.Change] = []
        func decide(_ key: StatementKey, _ verb: StatementDecision.Verb, _ note: String = "") {
            changes.append(MergePlan.Change(key: key, verb: verb, reason: "", note: note))
        }
        for (key, instance) in record.instances.sorted(by: { $0.key < $1.key })
        where revisions.contains(instance.revision) && record.state(of: key) == .intact {
            leaving.insert(key)
            decide(key, .withdraw)
            decide(key, .hold, merge.digest)
        }
        for decision in record.decisions {
            guard let revision = decision.revision, revisions.contains(revision), decision.contributor == run,
                let instance = record.instances[decision.key], !leaving.contains(decision.key),
                !record.isRejected(decision.key)
            else { continue }
            let state = record.state(of: decision.key)
            switch decision.verb {
            case .withdraw where state == .goneMachine && lastRemoval(of: instance, in: record) == revision:
                guard outline.hasPlace(for: instance.section, in: merge),
                    let found = try Returning(instance, revision - 1, record, textOfRevision)
                else { continue }
                returning.append(found)
            case .supersede where state == .superseded:
                guard let successor = StatementKey(hex: decision.note), leaving.contains(successor),
                    let found = try Returning(instance, revision - 1, record, textOfRevision)
                else { continue }
                leaving.remove(successor)
                changes.removeAll { $0.key == successor && $0.verb == .withdraw }
                successors[successor] = found.entry
                decide(successor, .supersede, decision.key.hex)
            default: continue
            }
            decide(decision.key, .reinstate)
            decide(decision.key, .hold, merge.digest)
        }
        guard !changes.isEmpty else { return nil }
        returning.sort { ($0.revision, $0.place) < ($1.revision, $1.place) }
        // Headings keep the words that they have.
        var copy = record
        copy.machinePolicy = .paused
        var plan = MergePlan(
            copy, merge, outline, leaving: leaving, successors: successors,
            entries: Dictionary(grouping: returning.map(\.entry), by: \.section))
        plan.decisions = changes
        return plan
    }

    /// The revision that took the last of a statement's tokens away.
    private func lastRemoval(of instance: StatementInstance, in record: ArticleRecord) -> Int? {
        record.core(of: instance).compactMap { record.history.lastRemoval(of: $0) }.max()
    }

    /// A statement that comes back as it was in a revision.
    private struct Returning {
        var entry: MergeWriter.Entry
        var revision: Int
        /// Where it stood there.
        var place: Int

        /// Nil where it did not stand there in one piece, or the text is not known.
        init?(
            _ instance: StatementInstance, _ revision: Int, _ record: ArticleRecord,
            _ textOfRevision: (Int) throws -> String?
        ) rethrows {
            let core = Array(record.core(of: instance))
            guard revision > 0, let first = core.first, let text = try textOfRevision(revision) else {
                return nil
            }
            let ranges = ArticleTokenizer.tokens(in: text)
            let tokens = record.history.tokens(ofRevision: revision)
            guard tokens.count == ranges.count, let start = tokens.firstIndex(of: first),
                tokens[start...].starts(with: core)
            else { return nil }
            let words = text.utf8[from: ranges[start].start, to: ranges[start + core.count - 1].end]
            entry = MergeWriter.Entry(instance, line: "- " + String(decoding: Array(words), as: UTF8.self))
            self.revision = revision
            place = start
        }
    }
}
