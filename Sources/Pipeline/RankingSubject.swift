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

    /// What a sentence is beside its rank.
    struct Piece: Sendable {
        var id: SIMD2<UInt64>
        var partners: Range<Int>
        var isNegated: Bool
        var isSpeculative: Bool
        /// How the statement that it makes stands in the article; nil where it never stood.
        var state: StatementState?
    }

    /// The sentences whose statements stand untouched.
    var intact: [Int] { pieces.indices.filter { pieces[$0].state == .intact } }

    /// The identifier of a piece of evidence.
    ///
    /// - Throws: `StoreError.undecodable`.
    func identifier(of sentence: Int) throws -> EvidenceID {
        guard let id = EvidenceID(bytes: pieces[sentence].id) else {
            throw StoreError.undecodable(what: entity.id.curie)
        }
        return id
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
                let piece = outlines.pieces[index]
                guard barredPapers.contains(outlines.citations[piece.citation].pmid),
                    let id = piece.identifier, let evidence = try snapshot.evidence([id])[id]
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
        for (index, instance) in instances { subject.pieces[index].state = instance.state }
        return subject
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
        if let origin, pending.contains(entity) || article.composed != origin.digest {
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
