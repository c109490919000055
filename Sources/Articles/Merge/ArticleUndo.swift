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
        var leaving: Set<StatementKey> = []
        var successors: [StatementKey: MergeWriter.Entry] = [:]
        var entries: [SectionID: [MergeWriter.Entry]] = [:]
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
                let instance = record.instances[decision.key], !leaving.contains(decision.key)
            else { continue }
            let state = record.state(of: decision.key)
            switch decision.verb {
            case .withdraw where state == .goneMachine && !record.isRejected(decision.key):
                guard let line = try line(of: instance, in: record, revision - 1, textOfRevision) else {
                    continue
                }
                entries[instance.section, default: []].append(MergeWriter.Entry(instance, line: line))
            case .supersede where state == .superseded:
                guard let successor = StatementKey(hex: decision.note), leaving.remove(successor) != nil,
                    let line = try line(of: instance, in: record, revision - 1, textOfRevision)
                else { continue }
                changes.removeAll { $0.key == successor && $0.verb == .withdraw }
                successors[successor] = MergeWriter.Entry(instance, line: line)
                decide(successor, .supersede, decision.key.hex)
            default: continue
            }
            decide(decision.key, .reinstate)
            decide(decision.key, .hold, merge.digest)
        }
        guard !changes.isEmpty else { return nil }
        // Headings keep the words that they have.
        var copy = record
        copy.machinePolicy = .paused
        var plan = MergePlan(
            copy, merge, ArticleOutline(copy), leaving: leaving, successors: successors, entries: entries)
        plan.decisions = changes
        return plan
    }

    /// The bullet that a statement was in a revision.
    private func line(
        of instance: StatementInstance, in record: ArticleRecord, _ revision: Int,
        _ textOfRevision: (Int) throws -> String?
    ) rethrows -> String? {
        guard let text = try textOfRevision(revision) else { return nil }
        return record.text(of: instance, in: text, ofRevision: revision).map { "- " + $0 }
    }
}
