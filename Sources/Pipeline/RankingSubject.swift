import Articles
import Corpus
import Store
import TextMining

/// An entity with what the ranking of its evidence goes by, beside what its article shows already. It holds neither texts nor
/// names, so that many can be kept for another round.
struct RankingSubject: Sendable {
    var entity: Entity
    var sheet = RankingSheet()
    var standing = StandingStatements()
    /// The pieces of evidence, by the index of the sentence.
    var pieces: [Piece] = []
    /// The numbers of the entities with articles that the sentences name.
    var partners: [Int64] = []
    /// How many statements stand untouched.
    var intactCount = 0
    /// Whether a person ever saved a revision of the article.
    var hasPeople = false
    /// Whether the article was never composed, and never written by anybody.
    var isNew = false
    /// Whether the article was composed with the same rules and settings.
    var isComposed = false
    /// Digest of what a ranking goes by beside the evidence; nil where the next night ranks otherwise in any case.
    var circumstances: String?

    /// What a sentence is beside its rank.
    struct Piece: Sendable {
        var id: EvidenceID
        var partners: Range<Int>
        var isNegated: Bool
        var isSpeculative: Bool
        /// How the statement that it makes stands in the article; nil where it never stood.
        var state: StatementState?
    }

    /// What the article wants to show by a ranking.
    ///
    /// - Parameter sections: The sections of the article, in their order.
    func outline(of ranking: EvidenceRanking, sections: [SectionID]) -> RankingOutline {
        var staying = Set(ranking.displaced)
        staying.formUnion(ranking.selections.lazy.map(\.candidate))
        var overQuoted: [EvidenceID] = []
        for left in ranking.leftOut where left.reason == .excluded {
            overQuoted.append(pieces[left.candidate].id)
            staying.insert(left.candidate)
        }
        var partners: Set<Int64> = []
        for selection in ranking.selections {
            partners.formUnion(self.partners[pieces[selection.candidate].partners])
        }
        let supported = pieces.indices.count { pieces[$0].state == .intact && staying.contains($0) }
        return RankingOutline(
            sentences: ranking.selections.map { selection in
                let piece = pieces[selection.candidate]
                func addition(_ name: String) -> Double {
                    selection.additions.first { $0.name == name }?.value ?? 0
                }
                return RankingOutline.Sentence(
                    evidence: piece.id, key: sheet.key(of: selection.candidate),
                    section: sections.firstIndex(of: selection.section) ?? 0, placement: selection.placement,
                    score: selection.score, association: addition(ScorePartName.association),
                    diversity: addition(ScorePartName.diversity), papers: addition(ScorePartName.papers),
                    supportingPapers: selection.supportingPapers, isNegated: piece.isNegated,
                    isSpeculative: piece.isSpeculative, stands: piece.state?.isAlive ?? false)
            },
            displaced: ranking.displaced.map { pieces[$0].id }, overQuoted: overQuoted,
            partners: partners.sorted(), standingCount: intactCount, leavingCount: intactCount - supported,
            hasPeople: hasPeople, isNew: isNew)
    }

    /// The subject as it is once its article, which is new, shows what a ranking chose; nil where that cannot be told.
    func composed(showing ranking: EvidenceRanking) -> RankingSubject? {
        guard isNew, intactCount == 0, standing.shown.isEmpty, standing.others.isEmpty,
            !ranking.selections.isEmpty
        else { return nil }
        var composed = self
        composed.isNew = false
        composed.isComposed = true
        composed.intactCount = ranking.selections.count
        // Nothing gives way while nothing has changed.
        (composed.standing.displacements, composed.standing.margin) = (0, StandingStatements().margin)
        for selection in ranking.selections {
            // Of two pieces that make the same statement it is the first that stands.
            if sheet.isRepeated(selection.candidate) { return nil }
            composed.pieces[selection.candidate].state = .intact
            composed.standing.shown[selection.candidate] = StandingStatements.Shown(
                section: selection.section, mayGo: true)
        }
        return composed
    }

    /// Those of some sentences in which there is evidence on the entity, in order.
    func sentences(among struck: Set<SentenceKey>) -> [SentenceKey] {
        if struck.isEmpty { return [] }
        var found: [SentenceKey] = []
        for index in 0..<sheet.count {
            let key = sheet.key(of: index)
            if found.last != key, struck.contains(key) { found.append(key) }
        }
        return found
    }

    /// About how much memory it takes, in bytes.
    var byteCount: Int {
        sheet.byteCount + MemoryLayout<Piece>.stride * pieces.count + 8 * partners.count
            + MemoryLayout<Self>.stride
    }
}

extension ArticleWisher {
    /// What the ranking of an entity's evidence goes by; nil where the entity was never written.
    ///
    /// - Parameters:
    ///   - snapshot: What is read.
    ///   - refused: Statements that the merge would not put in.
    func subject(
        _ entity: EntityID, in snapshot: StoreSnapshot, refused: Set<StatementKey> = []
    ) throws -> RankingSubject? {
        guard let outlines = try snapshot.outlines(of: entity, sections: sectionIDs) else { return nil }
        let article = try snapshot.standing(of: entity)
        var subject = RankingSubject(entity: outlines.entity)
        subject.hasPeople = article.hasPeople
        subject.isComposed = article.composed == digest
        subject.isNew = article.composed == nil && !article.hasPeople
        let intact = article.instances.filter {
            $0.state == .intact && !$0.section.rawValue.hasPrefix(Ortholog.prefix)
        }
        subject.intactCount = intact.count
        var tally = self.tally(of: outlines)
        for piece in outlines.pieces {
            let citation = outlines.citations[piece.citation]
            subject.sheet.append(
                SentenceKey(pmid: citation.pmid, passage: piece.passage, range: piece.range),
                outlines.texts.span.extracting(piece.text), passage: piece.passage == 0 ? .title : .abstract,
                qualities: piece.qualities, year: citation.year, work: citation.work)
            for placement in outlines.placements[piece.placements] {
                var doublings = 0
                for concept in outlines.concepts[placement.concepts] {
                    doublings = max(doublings, tally?.doublings(of: concept) ?? 0)
                }
                subject.sheet.append(
                    section: placement.section, score: placement.score,
                    association: settings.ranking.worth(ofDoublings: doublings),
                    concept: outlines.concepts[placement.concepts].first)
            }
            let firstPartner = subject.partners.count
            for mention in outlines.mentions[piece.mentions] where sections[mention.kind] != nil {
                subject.partners.append(mention.entity)
            }
            subject.pieces.append(
                RankingSubject.Piece(
                    id: piece.id, partners: firstPartner..<subject.partners.count,
                    isNegated: piece.qualities.isNegated, isSpeculative: piece.qualities.isSpeculative))
        }
        let kind = { (index: Int) in outlines.pieces[index].passage == 0 ? PassageKind.title : .abstract }
        let (standing, instances) = try standing(
            article, on: entity, refused: refused,
            pmids: outlines.pieces.lazy.map { outlines.citations[$0.citation].pmid },
            isBarred: { index in
                let id = outlines.pieces[index].id
                guard barredPapers.contains(outlines.citations[outlines.pieces[index].citation].pmid),
                    let evidence = try snapshot.evidence([id])[id]
                else { return false }
                return isBarred(evidence)
            },
            key: { index in
                let piece = outlines.pieces[index]
                return StatementKey(
                    article: entity, pmid: outlines.citations[piece.citation].pmid, passageKind: kind(index),
                    sentence: String(decoding: outlines.texts[piece.text], as: UTF8.self))
            })
        subject.standing = standing
        if refused.isEmpty { subject.circumstances = circumstances(of: entity, article) }
        for (index, instance) in instances { subject.pieces[index].state = instance.state }
        return subject
    }

    /// Digest of what the ranking of an entity's evidence goes by beside the evidence, when nothing may give way; nil where
    /// no ranking is kept. A ranking in which something might have, and nothing did, is the same.
    func circumstances(of entity: EntityID, _ article: ArticleStanding) -> String? {
        let isComposed = article.composed == self.digest
        // Nothing gives way where nothing stands.
        guard isComposed || article.instances.isEmpty, var digest = circumstances else { return nil }
        digest.add(isComposed ? 1 : 0)
        digest.add(discontinued.contains(entity) ? 1 : 0)
        digest.add(article.hasPeople ? 1 : 0)
        digest.add(article.policy.rawValue)
        digest.add(Int64(article.instances.count))
        for instance in article.instances {
            digest.add(instance.key.hex)
            digest.add(instance.section.rawValue)
            digest.add(instance.evidence.hex)
            digest.add(instance.pmid.number)
            digest.add(instance.state.rawValue)
        }
        for key in article.rejected.sorted() { digest.add(key.hex) }
        return digest.hex()
    }

    /// The associations of an entity; nil where nobody has counted.
    private func tally(of outlines: EvidenceOutlines) -> AssociationTally? {
        guard let statistics else { return nil }
        var tally = AssociationTally(
            statistics, counts: conceptCounts, on: outlines.entity.id,
            areGrouped: outlines.citations.allSatisfy { $0.work == $0.pmid })
        for piece in outlines.pieces {
            let work = outlines.citations[piece.citation].work
            tally.addPiece(from: work)
            for mention in outlines.mentions[piece.mentions] where mention.entity != outlines.number {
                tally.add(mention.entity, from: work)
            }
        }
        return tally
    }

    /// What an article shows of some evidence already, and what it must not show; with the instances that have evidence.
    ///
    /// - Parameters:
    ///   - article: How the article stands.
    ///   - entity: What it is about.
    ///   - refused: Statements that the merge would not put in.
    ///   - pmids: The citations of the evidence.
    ///   - isBarred: Whether a piece goes by a mention that a person rejected as a reading.
    ///   - key: The statement that a piece makes.
    func standing(
        _ article: ArticleStanding, on entity: EntityID, refused: Set<StatementKey>,
        pmids: some Collection<PMID>, isBarred: (Int) throws -> Bool, key statementKey: (Int) -> StatementKey
    ) throws -> (standing: StandingStatements, instances: [Int: StoredInstance]) {
        var known = Dictionary(
            article.instances.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let papers = Set(article.instances.map(\.pmid))
        let isAll = !article.rejected.union(refused).isSubset(of: known.keys) || !mask.subjects.isEmpty
        let isDiscontinued = discontinued.contains(entity)
        let areHidden = !mask.subjects.isEmpty
        var instances: [Int: StoredInstance] = [:]
        var standing = StandingStatements()
        for (index, pmid) in pmids.enumerated() {
            let isReadingBarred = barredReadings.isEmpty ? false : try isBarred(index)
            if isReadingBarred || isDiscontinued || areHidden && mask.subjects.contains(pmid.curie) {
                standing.barred.insert(index)
            }
            guard isAll || papers.contains(pmid) else { continue }
            let key = statementKey(index)
            if article.rejected.contains(key) || refused.contains(key)
                || areHidden && mask.subjects.contains(key.hex)
            {
                standing.barred.insert(index)
            }
            guard let instance = known.removeValue(forKey: key) else { continue }
            instances[index] = instance
            switch instance.state {
            case .intact where mask.covers(key, pmid: instance.pmid):
                // Hidden, and left where it is.
                standing.shown[index] = StandingStatements.Shown(section: instance.section, mayGo: false)
                standing.barred.remove(index)
            case .intact, .touched:
                standing.shown[index] = StandingStatements.Shown(
                    section: instance.section, mayGo: instance.state == .intact)
            case .goneHuman:
                standing.barred.insert(index)
            case .absent, .goneMachine, .superseded: break
            }
        }
        for instance in known.values where instance.state == .touched {
            standing.others[instance.section, default: 0] += 1
        }
        // A page gives places to better sentences only when something about it has changed.
        if let digest, pending.contains(entity) || article.composed != digest {
            standing.displacements = settings.displacements
            standing.margin = settings.margin
        }
        return (standing, instances)
    }

    /// Whether evidence goes by a mention that a person rejected as a reading: of its own entity, or of a concept that
    /// placed it.
    func isBarred(_ evidence: Evidence) -> Bool {
        let triggers = Set(evidence.placements.flatMap { $0.triggers.map(\.range) })
        return evidence.mentions.contains { mention in
            (mention.entity == evidence.entity || triggers.contains(mention.range))
                && barredReadings.contains(
                    RejectionFeedback.subject(mention, pmid: evidence.pmid, passage: evidence.passage))
        }
    }
}
