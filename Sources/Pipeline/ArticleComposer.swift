import Articles
import Corpus
import Interchange
import Store
import TextMining

/// What merges did, counted.
struct MergeCounts: Sendable, Equatable {
    var inserted = 0
    var reinstated = 0
    var withdrawn = 0
    var displaced = 0
    var superseded = 0
    var flagged = 0
    /// Candidates that were to be shown and could not be.
    var held = 0
    /// What was taken out, by reason.
    var reasons: [String: Int] = [:]

    mutating func add(_ other: MergeCounts) {
        inserted += other.inserted
        reinstated += other.reinstated
        withdrawn += other.withdrawn
        displaced += other.displaced
        superseded += other.superseded
        flagged += other.flagged
        held += other.held
        reasons.merge(other.reasons, uniquingKeysWith: +)
    }

    init() {}

    init(_ plan: MergePlan) {
        for outcome in plan.outcomes.values {
            switch outcome {
            case .inserted: inserted += 1
            case .reinstated: reinstated += 1
            case .superseding: superseded += 1
            case .displaced: displaced += 1
            case .held(.ranking), .present: break
            case .held, .presentDuplicate, .suppressedSimilar, .tombstone, .rejected: held += 1
            }
        }
        let withdrawals = plan.withdrawals
        withdrawn = withdrawals.count - displaced
        for one in withdrawals { reasons[one.reason.rawValue, default: 0] += 1 }
        flagged = plan.decisions.count { $0.verb == .flag }
    }
}

/// What a dry run would change in an article.
struct ProposedChange: Sendable {
    var entity: Entity
    var isNew: Bool
    var counts: MergeCounts
    /// The change, word by word.
    var difference: String
}

extension SeedingStage.Outcome {
    /// Adds what a dry run found.
    mutating func add(proposals: [ArticleComposer.Composed]) {
        for one in proposals {
            if one.change.base == 0 {
                articles.created.append(one.change.entity)
            } else if one.change.revisions.isEmpty {
                articles.unchanged.append(one.change.entity)
                continue
            } else {
                articles.revised.append(one.change.entity)
            }
            if let proposal = one.proposal { changes.append(proposal) }
        }
    }
}

/// Merges what an article is to show with the article as it stands, and writes its page.
struct ArticleComposer: Sendable {
    let store: Store
    let wisher: ArticleWisher
    let struck: Set<SentenceKey>
    let run: Int
    let notice: String?

    /// How often what to show is chosen anew when some of it cannot be put in.
    private static let attempts = 3

    /// An article that was merged, ready to be written.
    struct Composed: Sendable {
        var change: ArticleChange
        var counts: MergeCounts
        var proposal: ProposedChange?
        var isPageWritten: Bool
    }

    /// What the head of a page says beside the entity's names.
    static func facts(of wish: ArticleWish, notice: String?, reviewed: Int = 0) -> HeadFacts {
        HeadFacts(
            scientificName: wish.species?.scientificName, commonName: wish.species?.commonName,
            reviewedStatements: reviewed, remark: notice)
    }

    /// Merges one article, in a snapshot of its own; nil where there is nothing to show and no article yet.
    func compose(_ wish: ArticleWish, site: StaticSite?, isDryRun: Bool) throws -> Composed? {
        try store.reading { try compose(wish, in: $0, site: site, isDryRun: isDryRun) }
    }

    /// Merges one article; nil where there is nothing to show and no article yet.
    func compose(
        _ wish: ArticleWish, in snapshot: StoreSnapshot, site: StaticSite?, isDryRun: Bool
    ) throws -> Composed? {
        let entity = wish.entity
        let stored = try snapshot.articleRecord(of: entity.id)
        if wish.selections.isEmpty, stored == nil { return nil }
        let before = stored ?? ArticleRecord(entity: entity.id)
        let orthologs = wish.orthologs.map {
            (ortholog: Ortholog(entity: $0.entity, species: $0.species.commonName), wish: $0)
        }
        var scene = Scene()
        var choice = wish.choice
        var refused: Set<StatementKey> = []
        var merge = merge(of: entity, orthologs: orthologs.map(\.ortholog))
        let isGone = wisher.discontinued.contains(entity.id)
        let papers = Set(before.instances.values.map(\.pmid))
        // What evidence there is for what stands, and for the papers that stand.
        let standing = try snapshot.evidence(on: entity.id, in: papers)
        let fates = try snapshot.fates(of: papers.subtracting(standing.map(\.evidence.pmid)))
        for (pmid, fate) in fates { merge.reasons[pmid] = fate.isRetracted ? .retracted : .deleted }
        if isGone {
            for instance in before.instances.values { merge.reasons[instance.pmid] = .discontinued }
        }
        var plan: MergePlan
        var attempts = 0
        repeat {
            attempts += 1
            scene.removeBullets()
            var candidates = self.candidates(
                choice, try snapshot.evidence(choice.evidence, from: choice.papers, on: entity.id),
                standing: standing, record: before, into: &scene)
            for (ortholog, one) in orthologs {
                candidates += Self.candidates(
                    of: ortholog, one,
                    try snapshot.evidence(
                        one.statements.map(\.evidence), from: one.papers, on: ortholog.entity.id),
                    article: entity.id, into: &scene)
            }
            plan = merge.plan(candidates, for: before)
            let wanted = candidates.filter { $0.standing == .wanted }.map(\.key)
            let more = wanted.filter { plan.outcomes[$0]?.isRefusal ?? false && !refused.contains($0) }
            // What cannot be put in must not keep a place from what can.
            if more.isEmpty || attempts == Self.attempts { break }
            refused.formUnion(more)
            guard let subject = try wisher.subject(entity.id, in: snapshot, refused: refused) else { break }
            choice = try ArticleChoice(
                wisher.ranking(of: subject, excluding: struck),
                sections: wisher.sectionIDs[entity.kind] ?? [])
        } while true

        var after = before
        try after.apply(plan, by: .run(run))
        let head = ArticleHead.title(of: entity)
        var change = ArticleChange(from: before, to: after, kind: .machine)
        let shown = scene.shown(in: after, change.states)
        change.title = head
        change.statements = shown.map { ShownStatement($0) }
        change.composed = wisher.digest
        let counts = MergeCounts(plan)
        if isDryRun {
            return Composed(
                change: change, counts: counts,
                proposal: plan.isChanged
                    ? ProposedChange(
                        entity: entity, isNew: stored == nil, counts: counts,
                        difference: wisher.mask.masked(Self.difference(before, after))) : nil,
                isPageWritten: false)
        }
        let mask = wisher.mask
        let subjects = [entity.id] + orthologs.map(\.wish.entity.id)
        let page = try ArticlePage(
            entity: entity,
            facts: Self.facts(
                of: wish, notice: notice, reviewed: change.states.values.count { $0 == .touched }),
            text: mask.masked(after.text),
            sections: (wisher.sections[entity.kind] ?? []) + orthologs.map(\.ortholog.section),
            statements: shown, notes: PaperNotes.complete(after.paperNotes, fates: fates)
        ) { pmid in
            if let reference = scene.references[pmid] { return reference.hidden(by: mask) }
            // Of a paper that a person cites, and that has no evidence on what the page is about, nothing is known.
            guard try subjects.contains(where: { try snapshot.hasEvidence(on: $0, in: pmid) }) else {
                return nil
            }
            return try snapshot.reference(of: pmid)?.hidden(by: mask)
        }
        let isWritten = wish.hasPage ? try site?.write(page) ?? false : false
        return Composed(change: change, counts: counts, proposal: nil, isPageWritten: isWritten)
    }

    /// What is known of the statements and papers of one article.
    private struct Scene {
        private var bullets: [Bullet] = []
        private var places: [StatementKey: Int] = [:]
        /// The papers of the evidence that was chosen.
        var references: [PMID: CitationReference] = [:]

        /// Adds a statement, or takes another one of the same key for it.
        mutating func add(_ bullet: Bullet) {
            if let place = places.updateValue(bullets.count, forKey: bullet.key) {
                places[bullet.key] = place
                bullets[place] = bullet
            } else {
                bullets.append(bullet)
            }
        }

        mutating func removeBullets() {
            bullets = []
            places = [:]
        }

        func knows(_ key: StatementKey) -> Bool { places[key] != nil }

        /// The statements that stand, in the order of the text.
        func shown(in record: ArticleRecord, _ states: [StatementKey: StatementState]) -> [Bullet] {
            let standing = bullets.indices.filter { states[bullets[$0].key]?.isAlive ?? false }.map { index in
                (place: record.firstPlace(of: bullets[index].key) ?? .max, index: index)
            }
            return standing.sorted {
                $0.place == $1.place
                    ? bullets[$0.index].key < bullets[$1.index].key : $0.place < $1.place
            }.map { bullets[$0.index] }
        }
    }

    private func merge(of entity: Entity, orthologs: [Ortholog]) -> ArticleMerge {
        let own = (wisher.sections[entity.kind] ?? []).map {
            (id: $0.id, heading: MarkdownText.escaped($0.heading(for: entity.name)))
        }
        let others = orthologs.map { (id: $0.section.id, heading: $0.headingMarkdown(for: entity.name)) }
        return ArticleMerge(
            title: MarkdownText.escaped(ArticleHead.title(of: entity)), sections: own + others,
            digest: wisher.workings)
    }

    /// The candidates of an article on its own entity: what is to be shown, and what evidence there is for what stands
    /// and for the papers that stand.
    private func candidates(
        _ choice: ArticleChoice, _ chosen: [CitedEvidence?], standing: [IdentifiedEvidence],
        record: ArticleRecord, into scene: inout Scene
    ) -> [MergeCandidate] {
        var candidates: [MergeCandidate] = []
        candidates.reserveCapacity(chosen.count)
        var ranks: [SectionID: Int] = [:]
        for (selection, cited) in zip(choice.selections, chosen) {
            guard let cited else { continue }
            let bullet = Bullet(Self.chosen(selection, cited.evidence), id: cited.id)
            scene.add(bullet)
            scene.references[cited.evidence.pmid] = cited.reference
            ranks[selection.section, default: 0] += 1
            candidates.append(
                MergeCandidate(
                    key: bullet.key, evidence: bullet.id, section: selection.section,
                    pmid: bullet.evidence.pmid, sentence: bullet.sentence,
                    rank: ranks[selection.section] ?? 0))
        }
        if record.instances.isEmpty || wisher.discontinued.contains(record.entity) { return candidates }
        let found = Set(chosen.lazy.compactMap { $0?.id })
        for piece in standing where !found.contains(piece.id) {
            let evidence = piece.evidence
            let key = evidence.statementKey()
            var standing = MergeCandidate.Standing.supported
            if record.state(of: key).isAlive {
                if choice.displaced.contains(piece.id) {
                    standing = .displaced
                } else if choice.overQuoted.contains(piece.id) {
                    standing = .overQuoted
                } else {
                    // It no longer qualifies.
                    continue
                }
            }
            let section = record.instances[key]?.section ?? evidence.placements.first?.section
            guard let section else { continue }
            candidates.append(
                MergeCandidate(
                    key: key, evidence: piece.id, section: section, pmid: evidence.pmid,
                    sentence: evidence.text, rank: .max, standing: standing))
            if !scene.knows(key), let placement = evidence.placements.first {
                scene.add(Bullet(ChosenEvidence(evidence: evidence, placement: placement), id: piece.id))
            }
        }
        return candidates
    }

    /// The candidates of the section on an ortholog; what stands there and is no longer among the best gives way.
    private static func candidates(
        of ortholog: Ortholog, _ wish: OrthologWish, _ found: [CitedEvidence?], article: EntityID,
        into scene: inout Scene
    ) -> [MergeCandidate] {
        var candidates: [MergeCandidate] = []
        for (rank, selection) in wish.selections.enumerated() {
            guard let cited = found[rank] else { continue }
            let bullet = Bullet(chosen(selection, cited.evidence), id: cited.id, in: article, of: ortholog)
            scene.add(bullet)
            scene.references[cited.evidence.pmid] = cited.reference
            candidates.append(
                MergeCandidate(
                    key: bullet.key, evidence: bullet.id, section: bullet.section, pmid: bullet.evidence.pmid,
                    sentence: bullet.sentence, rank: rank))
        }
        return candidates
    }

    private static func chosen(_ selection: ChosenSentence, _ evidence: Evidence) -> ChosenEvidence {
        var placement = evidence.placements[selection.placement]
        placement.parts += selection.additions
        return ChosenEvidence(
            evidence: evidence, placement: placement, supportingPapers: selection.supportingPapers)
    }

    private static func difference(_ before: ArticleRecord, _ after: ArticleRecord) -> String {
        WordDiff().text(of: after.difference(from: before))
    }
}

extension MergeOutcome {
    /// Whether a statement that was to be put in was not.
    fileprivate var isRefusal: Bool {
        switch self {
        case .inserted, .reinstated, .superseding, .present, .displaced, .held(.policy), .held(.undone): false
        case .presentDuplicate, .tombstone, .rejected, .suppressedSimilar, .held: true
        }
    }
}
