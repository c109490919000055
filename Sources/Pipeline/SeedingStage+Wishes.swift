import Articles
import Corpus
import Store
import Synchronization
import TextMining

/// What articles want to show, and the limit on quotations.
extension SeedingStage {
    /// An entity, and its species where it is a gene.
    typealias Candidate = (id: EntityID, species: SpeciesSelection?)

    /// What articles want to show.
    struct Wishes {
        /// What every article shows, with no abstract quoted too much.
        var wishes: [ArticleWish]
        /// The sentences that none may show for that.
        var struck: Set<SentenceKey>
        /// The rankings that are to be kept.
        var rankings: [(entity: EntityID, ranking: KeptRanking)]
        /// Those that are to be kept once articles that are new show what they want to: what the next night would rank.
        var ahead: [EntityID: RankingsAhead]
        /// Entities whose evidence was ranked.
        var ranked: Int
    }

    /// Finds out what articles want to show.
    ///
    /// Striking a sentence may let another of the same abstract in, so the articles concerned are ranked again until
    /// nothing is over the limit. Each round strikes at least one more sentence, so it ends.
    ///
    /// A ranking depends on the evidence, the article, what holds for all entities, and those struck sentences in which
    /// there is evidence on the entity. Where all that is as it was when a ranking was kept, that one is taken.
    func wishes(
        of entities: [Candidate], by wisher: ArticleWisher, onProgress: (Int) -> Void
    ) async throws -> Wishes {
        let limit = QuotationLimit(sentencesPerAbstract: settings.quotations)
        var wishes: [ArticleWish?] = Array(repeating: nil, count: entities.count)
        var quotations: [[QuotationLimit.Quotation]] = Array(repeating: [], count: entities.count)
        var memory = RankingMemory()
        let room = SubjectRoom()
        var struck: Set<SentenceKey> = []
        // Those of which the memory knows.
        var noted: Set<SentenceKey> = []
        var open = Array(entities.indices)
        while !open.isEmpty {
            let exclusions = struck
            let known = memory
            // The abstracts of which other sentences are quoted now.
            var abstracts: Set<PMID> = []
            var place = 0
            try await inStretches(open) { index, snapshot in
                var answer = try wisher.answer(
                    entities[index], known[index], in: snapshot, excluding: exclusions)
                // What there is no room for does not even wait for its turn.
                if known[index]?.subject == nil, let subject = answer?.subject, !room.takes(subject) {
                    answer?.subject = nil
                }
                return answer
            } receive: { found in
                for one in found {
                    let index = open[place]
                    place += 1
                    guard let one else { continue }
                    abstracts.formUnion(quotations[index].lazy.map(\.sentence.pmid))
                    abstracts.formUnion(one.wish.quotations.lazy.map(\.sentence.pmid))
                    quotations[index] = one.wish.quotations
                    wishes[index] = one.wish
                    memory.note(one, of: index)
                }
                if exclusions.isEmpty { onProgress(place) }
            }
            let more = limit.struck(
                from: quotations.flatMap { list in list.filter { abstracts.contains($0.sentence.pmid) } }
            ).subtracting(struck)
            struck.formUnion(more)
            open = quotations.indices.filter { index in
                quotations[index].contains { more.contains($0.sentence) }
            }
            if memory.mustKnowStruck {
                let places = Dictionary(
                    entities.indices.map { (entities[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
                try await inStretches(struck.subtracting(noted).sorted()) { sentence, snapshot in
                    (sentence, try snapshot.entities(withEvidenceIn: sentence))
                } receive: { found in
                    for (sentence, concerned) in found {
                        for entity in concerned {
                            if let place = places[entity] { memory.strike(sentence, in: place) }
                        }
                    }
                }
                noted = struck
            }
        }
        var final = wishes.compactMap { $0 }
        if wisher.isWatchingFloods {
            var place = 0
            try await inStretches(final) { wish, snapshot in
                try wisher.news(of: wish, snapshot)
            } receive: { found in
                for one in found {
                    final[place].new = one
                    place += 1
                }
            }
        }
        return Wishes(
            wishes: final, struck: struck,
            rankings: memory.rankings.filter { one in
                // What is composed for the first time stands the next night.
                one.isComposed || wishes[one.index]?.selections.isEmpty ?? true
            }.map { (entities[$0.index].id, $0.ranking) },
            ahead: Dictionary(
                memory.ahead.map { (entities[$0.index].id, $0.rankings) },
                uniquingKeysWith: { first, _ in first }),
            ranked: memory.rankedCount)
    }
}

/// The rankings of an entity that are to be kept once its article, which is new, shows what it wants to.
struct RankingsAhead: Sendable {
    /// What it is to show, and where.
    var shown: [EvidenceID: SectionID]
    /// The rankings that the next night would make then.
    var rounds: [KeptRanking.Round]

    /// Whether an article shows just that, as the machine wrote it.
    func hold(beside article: ArticleStanding) -> Bool {
        article.instances.count == shown.count
            && article.instances.allSatisfy { $0.state == .intact && shown[$0.evidence] == $0.section }
    }
}

/// The room for entities with their evidence that wait for another round. Which of them find room depends on the threads;
/// the others are read once more, and nothing that is written depends on it.
private final class SubjectRoom: Sendable {
    /// What they may take, in bytes.
    private static let limit = 64 << 20

    private let taken = Atomic(0)

    /// Whether there is room for one more, which has it then.
    func takes(_ subject: RankingSubject) -> Bool {
        let bytes = subject.byteCount
        if taken.add(bytes, ordering: .relaxed).newValue <= Self.limit { return true }
        taken.subtract(bytes, ordering: .relaxed)
        return false
    }
}

/// What is known of the entities of a seeding from one round to the next.
private struct RankingMemory: Sendable {
    /// What is known of one entity.
    struct Known: Sendable {
        /// The entity with its evidence, where there is memory for it.
        var subject: RankingSubject?
        /// The rankings that an earlier seeding kept, with this one's; nil where none holds.
        var kept: KeptRanking?
        /// The struck sentences in which there is evidence on the entity, where kept rankings hold.
        var struck: Set<SentenceKey> = []
        /// The rankings beside an article that shows what it wants to; nil where they are not known.
        var ahead: RankingsAhead?
        /// Whether the rankings are to be kept anew.
        var isChanged = false
        /// Whether the evidence was ranked.
        var isRanked = false
        /// Whether the article was composed before, with the same rules and settings.
        var isComposed = false
    }

    /// The most rankings that are kept of an entity: what nobody asks for any more is not to pile up.
    static let rounds = 8
    private var all: [Int: Known] = [:]
    /// Whether kept rankings hold for any entity whose evidence is not at hand.
    private(set) var mustKnowStruck = false

    subscript(index: Int) -> Known? { all[index] }

    /// Notes what came of a round.
    mutating func note(_ answer: ArticleWisher.Answer, of index: Int) {
        var known = all[index] ?? Known()
        if let subject = answer.subject { known.subject = subject }
        if let kept = answer.kept {
            mustKnowStruck = mustKnowStruck || known.subject == nil
            known.isChanged = known.isChanged || !answer.isFromEarlier
            known.kept = kept
        }
        known.ahead = answer.ahead
        known.isRanked = known.isRanked || !answer.isFromEarlier
        known.isComposed = known.isComposed || answer.isComposed
        all[index] = known
    }

    /// Notes that there is evidence on an entity in a sentence that was struck.
    mutating func strike(_ sentence: SentenceKey, in index: Int) {
        all[index]?.struck.insert(sentence)
    }

    /// How many entities were ranked.
    var rankedCount: Int { all.values.count { $0.isRanked } }

    /// The rankings that are to be kept once articles show what they want to.
    var ahead: [(index: Int, rankings: RankingsAhead)] {
        all.compactMap { index, known in known.ahead.map { (index, $0) } }
    }

    /// The rankings that are to be kept.
    var rankings: [(index: Int, isComposed: Bool, ranking: KeptRanking)] {
        all.keys.sorted().compactMap { index in
            guard let known = all[index], known.isChanged, let kept = known.kept else { return nil }
            return (index, known.isComposed, kept)
        }
    }
}

extension ArticleWisher {
    /// What came of a round for one entity.
    fileprivate struct Answer: Sendable {
        var wish: ArticleWish
        /// The entity with its evidence, where that was read.
        var subject: RankingSubject?
        /// All rankings that hold; nil where none is kept.
        var kept: KeptRanking?
        /// The rankings beside an article that shows what it wants to; nil where they are not known.
        var ahead: RankingsAhead?
        /// Whether the answer is a ranking that an earlier seeding or round has kept.
        var isFromEarlier = false
        /// Whether the article was composed before, with the same rules and settings; false where that was not looked at.
        var isComposed = false
    }

    /// What the article on an entity wants to show; nil where the entity was never written.
    ///
    /// - Parameters:
    ///   - known: What is known of it from the round before; nil in the first.
    ///   - struck: Sentences that no article may show.
    fileprivate func answer(
        _ candidate: SeedingStage.Candidate, _ known: RankingMemory.Known?, in snapshot: StoreSnapshot,
        excluding struck: Set<SentenceKey>
    ) throws -> Answer? {
        var kept = known?.kept
        if known == nil { kept = try ranking(of: candidate.id, in: snapshot) }
        if let kept, known?.subject == nil, let entity = try snapshot.entity(candidate.id),
            let outline = kept.outline(excluding: (known?.struck ?? []).sorted())
        {
            return Answer(
                wish: try wish(outline, of: entity, species: candidate.species, in: snapshot), kept: kept,
                isFromEarlier: true)
        }
        guard let subject = try known?.subject ?? subject(candidate.id, in: snapshot) else { return nil }
        let ranker = ranker(for: subject.entity)
        let ranking = ranker.ranking(of: subject.sheet, excluding: struck, standing: subject.standing)
        let outline = subject.outline(of: ranking, sections: ranker.sections)
        if let circumstances = subject.circumstances, outline.displaced.isEmpty {
            let round = KeptRanking.Round(excluded: subject.sentences(among: struck), outline: outline)
            if kept?.circumstances != circumstances { kept = KeptRanking(circumstances: circumstances) }
            kept?.rounds.removeAll { $0.excluded == round.excluded }
            kept?.rounds.append(round)
            if let count = kept?.rounds.count, count > RankingMemory.rounds { kept?.rounds.removeFirst() }
        }
        return Answer(
            wish: try wish(outline, of: subject.entity, species: candidate.species, in: snapshot),
            subject: subject, kept: kept, ahead: ahead(of: ranking, subject, excluding: struck),
            isComposed: subject.isComposed)
    }

    /// The rankings that the next night would make of an entity whose article is new, if it shows what a ranking chose and its
    /// evidence stays what it is: without the struck sentences, and before it is known which those are. They are cheap now,
    /// as the evidence is at hand.
    private func ahead(
        of ranking: EvidenceRanking, _ subject: RankingSubject, excluding struck: Set<SentenceKey>
    ) -> RankingsAhead? {
        guard circumstances != nil, mask.subjects.isEmpty, !discontinued.contains(subject.entity.id),
            let composed = subject.composed(showing: ranking)
        else { return nil }
        let own = composed.sentences(among: struck)
        return RankingsAhead(
            shown: Dictionary(
                ranking.selections.map { (subject.pieces[$0.candidate].id, $0.section) },
                uniquingKeysWith: { first, _ in first }),
            rounds: (own.isEmpty ? [[]] : [[], own]).map { excluded in
                KeptRanking.Round(
                    excluded: excluded, outline: self.ranking(of: composed, excluding: Set(excluded)))
            })
    }

    /// The kept rankings of an entity; nil where none holds.
    private func ranking(of entity: EntityID, in snapshot: StoreSnapshot) throws -> KeptRanking? {
        guard !pending.contains(entity), let kept = try snapshot.keptRanking(of: entity),
            kept.circumstances == circumstances(of: entity, try snapshot.standing(of: entity))
        else { return nil }
        return kept
    }
}
