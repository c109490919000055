import Articles
import Corpus
import Testing

/// An article whose identifier was replaced goes over to its successor.
@Suite struct ArticleMoveTests {
    private static let target = EntityID(prefix: "ncbigene", local: "99001")

    /// An old article: three statements, of which Ada changed one and took one out.
    private static func old() throws -> MergeStage {
        var stage = try MergeStage([MergeStage.tumours, MergeStage.mice, MergeStage.ageing])
        try stage.change("delays the growth", to: "strongly delays the growth")
        try stage.change("- Young mice without Igf1r never learn to swim [@pubmed:2].\n", to: "")
        return stage
    }

    private static func key(_ candidate: MergeCandidate) -> StatementKey {
        StatementKey(
            article: target, pmid: candidate.pmid, passageKind: .abstract, sentence: candidate.sentence)
    }

    private static func candidate(_ candidate: MergeCandidate) -> MergeCandidate {
        var moved = candidate
        moved.key = key(candidate)
        return moved
    }

    private static let all = [MergeStage.tumours, MergeStage.mice, MergeStage.ageing]

    private static let move = ArticleMove(
        source: Samples.igf1r.id, target: target,
        keys: Dictionary(uniqueKeysWithValues: all.map { ($0.key, key($0)) }))
    private static let system = Contributor(kind: .system, name: "identifiers")

    @Test func `where there was no article, it is the old one with all that it knows`() throws {
        var stage = try Self.old()
        stage.decide(.reject, MergeStage.ageing)
        let (record, revisions) = try Self.move.moved(
            stage.record, texts: stage.texts, into: ArticleRecord(entity: Self.target), by: Self.system)
        #expect(record.text == stage.record.text)
        #expect(revisions.map(\.source) == [1, 2, 3])
        #expect(record.contributors == stage.record.contributors)
        #expect(record.credits() == stage.record.credits())
        #expect(record.state(of: Self.key(MergeStage.tumours)) == .touched)
        #expect(record.state(of: Self.key(MergeStage.mice)) == .goneHuman)
        #expect(record.isRejected(Self.key(MergeStage.ageing)))
        // The next night brings nothing back, and nothing twice.
        let plan = MergeWorld.merge.plan(Self.all.map(Self.candidate), for: record)
        #expect(plan.outcomes[Self.key(MergeStage.tumours)] == .present)
        #expect(plan.outcomes[Self.key(MergeStage.mice)] == .tombstone)
        #expect(plan.outcomes[Self.key(MergeStage.ageing)] == .rejected)
        #expect(plan.insertions.isEmpty)
    }

    @Test func `where there was one, people's words come along with their authors, the machine's do not`()
        throws
    {
        let stage = try Self.old()
        var own = ArticleRecord(entity: Self.target)
        let dorfin = Self.candidate(MergeStage.dorfin)
        try own.apply(MergeWorld.merge.plan([dorfin], for: own), by: .run(7))
        own.save(own.text + "\nNoor's own paragraph.\n", by: .person("Noor"))
        let before = own.credits()
        let (record, revisions) = try Self.move.moved(
            stage.record, texts: stage.texts, into: own, by: Self.system)
        #expect(revisions.map(\.source) == [1, 2, 3, nil])
        #expect(record.text.hasPrefix(own.text))
        #expect(record.text.contains("strongly delays the growth of velmar tumours"))
        #expect(
            !record.text.contains("Does Igf1r slow ageing"), "the next night puts it in, if it is supported")
        func words(_ name: String, _ credits: [Credit]) -> Int? {
            credits.first { $0.contributor.name == name }?.words
        }
        #expect(words("Ada", record.credits()) == words("Ada", stage.record.credits()))
        #expect(words("Noor", record.credits()) == words("Noor", before))
        #expect(record.credits().reduce(0) { $0 + $1.words } == record.wordCount)
        #expect(record.isRejected(Self.key(MergeStage.mice)), "a person took it out of the old article")
        let plan = MergeWorld.merge.plan([dorfin] + Self.all.map(Self.candidate), for: record)
        #expect(plan.outcomes[dorfin.key] == .present)
        #expect(plan.outcomes[Self.key(MergeStage.mice)] == .rejected)
        #expect(plan.outcomes[Self.key(MergeStage.ageing)] == .inserted)
    }
}
