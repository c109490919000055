import Corpus

/// One ranking under way.
struct RankingRound {
    /// A sentence in one of its sections.
    private struct Entry {
        /// The index of the candidate.
        let candidate: Int
        /// The place of the candidate in the canonical order.
        let place: Int
        /// The index of the placement.
        let placement: Int
        /// The section's place in the article.
        let section: Int
        /// Whether it says what was done or was to be done: such come last.
        let isLate: Bool
        /// The score before diversity.
        let score: Double
        let year: Int
        /// The identifier of the concept that the placement goes by first; nil when it goes by words.
        let concept: String?
    }

    /// How much less than the minimum a sentence may score that stands already: scores move a little with every count
    /// of associations.
    private static let patience = 0.5

    private let ranker: EvidenceRanker
    private let candidates: [RankingCandidate]
    private let order: [Int]
    private let shingles: [SentenceShingles]
    private var entries: [Entry] = []
    private var chosen: [(entry: Entry, penalty: Double)] = []
    private var isShown: [Bool]
    /// Why the best placement of a candidate came to nothing.
    private var reasons: [(section: SectionID?, reason: LeftOutReason)?]
    private let standing: StandingStatements
    /// By section: the highest score that found it full.
    private var turnedAway: [Int: Double] = [:]

    init(
        ranker: EvidenceRanker, candidates: [RankingCandidate], order: [Int], shingles: [SentenceShingles],
        excluded: Set<SentenceKey>, standing: StandingStatements
    ) {
        self.ranker = ranker
        self.candidates = candidates
        self.order = order
        self.standing = standing
        self.shingles = shingles
        isShown = Array(repeating: false, count: candidates.count)
        reasons = Array(repeating: nil, count: candidates.count)
        let abstracts = abstractSentences()
        for (place, index) in order.enumerated() {
            enter(index, place: place, abstracts: abstracts, excluded: excluded)
        }
        entries.sort(by: Self.precedes)
    }

    /// The candidates from abstracts, by citation, in canonical order.
    private func abstractSentences() -> [PMID: [Int]] {
        var sentences: [PMID: [Int]] = [:]
        for index in order where candidates[index].evidence.passageKind == .abstract {
            sentences[candidates[index].evidence.pmid, default: []].append(index)
        }
        return sentences
    }

    private mutating func enter(
        _ index: Int, place: Int, abstracts: [PMID: [Int]], excluded: Set<SentenceKey>
    ) {
        let candidate = candidates[index]
        let evidence = candidate.evidence
        let scored = evidence.placements.enumerated().compactMap { number, placement in
            ranker.sections.firstIndex(of: placement.section).map {
                (
                    section: $0, placement: number,
                    score: placement.score
                        + candidate.worth(ofAssociationIn: number, settings: ranker.settings)
                )
            }
        }
        guard let best = scored.max(by: { ($0.score, $1.section) < ($1.score, $0.section) }) else {
            reasons[index] = (nil, .noSection)
            return
        }
        let section = ranker.sections[best.section]
        if standing.barred.contains(index) {
            reasons[index] = (section, .barred)
        } else if excluded.contains(candidate.sentence) {
            reasons[index] = (section, .excluded)
        } else if !evidence.qualities.standsAlone || opensOnUnnamed(evidence) {
            reasons[index] = (section, .doesNotStandAlone)
        } else if standing.shown[index] == nil,
            let saying = sayingTitle(index, in: abstracts[evidence.pmid] ?? [])
        {
            reasons[index] = (section, .saidInAbstract(by: saying))
        } else if best.score < ranker.settings.minimumScore
            - (standing.shown[index] == nil ? 0 : Self.patience)
        {
            reasons[index] = (section, .belowMinimum(score: best.score))
        } else {
            for one in scored
            where ranker.sections[one.section] == standing.shown[index]?.section
                || one.score >= best.score - ranker.settings.fallbackMargin
                    && one.score >= ranker.settings.minimumScore
            {
                let placement = evidence.placements[one.placement]
                let isDoing = evidence.qualities.kind == .aim || evidence.qualities.kind == .method
                entries.append(
                    Entry(
                        candidate: index, place: place, placement: one.placement, section: one.section,
                        isLate: isDoing && !ranker.settings.methodSections.contains(placement.section),
                        score: one.score, year: candidate.year ?? Int.min,
                        concept: placement.triggers.first { $0.concept.utf8.contains(UInt8(ascii: ":")) }?
                            .concept))
            }
        }
    }

    private func opensOnUnnamed(_ evidence: Evidence) -> Bool {
        evidence.passageKind == .abstract && SentenceStyle.opening(of: evidence.text) == .unnamed
    }

    /// The sentence of the abstract that stands alone and says what a title says, in most of its words; the first of
    /// equals.
    private func sayingTitle(_ title: Int, in abstract: [Int]) -> Int? {
        guard candidates[title].evidence.passageKind == .title else { return nil }
        var best: (index: Int, shared: Int)?
        for index in abstract
        where candidates[index].evidence.qualities.standsAlone && !opensOnUnnamed(candidates[index].evidence)
        {
            guard
                let shared = ranker.settings.likeness.wordsShared(
                    by: shingles[index], withTitle: shingles[title]),
                shared > best?.shared ?? 0
            else { continue }
            best = (index, shared)
        }
        return best?.index
    }

    /// The order of choice: total, since a candidate has one entry a section.
    private static func precedes(_ one: Entry, _ other: Entry) -> Bool {
        if one.isLate != other.isLate { return other.isLate }
        if one.score != other.score { return one.score > other.score }
        if one.year != other.year { return one.year > other.year }
        return (one.place, one.section) < (other.place, other.section)
    }

    /// Takes the best entry again and again. What a choice takes from an entry's score only grows, so a look down the
    /// sorted list may stop at the first entry that could not win even without it.
    mutating func run() {
        keepWhatStands()
        while true {
            var best: (index: Int, penalty: Double)?
            var kept = 0
            var index = 0
            while index < entries.count {
                let entry = entries[index]
                if let best, !couldBeat(entry, best: entries[best.index], penalty: best.penalty) { break }
                if isShown[entry.candidate] {
                    // Shown in another section.
                } else if let reason = obstacle(to: entry) {
                    if case .sectionFull = reason, !entry.isLate {
                        let score = entry.score - penalty(of: entry)
                        turnedAway[entry.section] = max(score, turnedAway[entry.section] ?? score)
                    }
                    if reasons[entry.candidate] == nil {
                        reasons[entry.candidate] = (ranker.sections[entry.section], reason)
                    }
                } else {
                    let penalty = penalty(of: entry)
                    entries[kept] = entry
                    if best.map({ self.beats(entry, penalty, entries[$0.index], $0.penalty) }) ?? true {
                        best = (kept, penalty)
                    }
                    kept += 1
                }
                index += 1
            }
            entries.removeSubrange(kept..<index)
            guard let best else {
                settle()
                return
            }
            let entry = entries.remove(at: best.index)
            chosen.append((entry, best.penalty))
            isShown[entry.candidate] = true
        }
    }

    /// Takes what the article shows already, before anything new.
    private mutating func keepWhatStands() {
        for entry in entries
        where !isShown[entry.candidate]
            && standing.shown[entry.candidate]?.section == ranker.sections[entry.section]
        {
            chosen.append((entry, 0))
            isShown[entry.candidate] = true
        }
        chosen.sort { $0.entry.place < $1.entry.place }
    }

    /// Puts what is shown in the order of choice, as if all of it had been chosen tonight: what is told of a sentence does
    /// not depend on the night that brought it.
    private mutating func settle() {
        if standing.shown.isEmpty { return }
        var open = chosen.map(\.entry)
        chosen = []
        while let first = open.first {
            var best = (index: 0, penalty: penalty(of: first))
            for index in open.indices.dropFirst() {
                let penalty = penalty(of: open[index])
                if beats(open[index], penalty, open[best.index], best.penalty) { best = (index, penalty) }
            }
            chosen.append((open.remove(at: best.index), best.penalty))
        }
    }

    /// The sentence that stands and has to give way: the one that a newcomer beats by most, by the margin at least.
    var loser: Int? {
        var loser: (candidate: Int, lead: Double)?
        for (section, score) in turnedAway.sorted(by: { $0.key < $1.key }) {
            let weakest = chosen.filter {
                $0.entry.section == section && standing.shown[$0.entry.candidate]?.mayGo == true
            }.min { ($0.entry.score, $1.entry.place) < ($1.entry.score, $0.entry.place) }
            guard let weakest, score - weakest.entry.score >= standing.margin,
                loser.map({ score - weakest.entry.score > $0.lead }) ?? true
            else { continue }
            loser = (weakest.entry.candidate, score - weakest.entry.score)
        }
        return loser?.candidate
    }

    private func couldBeat(_ entry: Entry, best: Entry, penalty: Double) -> Bool {
        entry.isLate == best.isLate ? entry.score >= best.score - penalty : !entry.isLate
    }

    private func beats(_ entry: Entry, _ penalty: Double, _ best: Entry, _ bestPenalty: Double) -> Bool {
        if entry.isLate != best.isLate { return best.isLate }
        let score = entry.score - penalty
        let bestScore = best.score - bestPenalty
        if score != bestScore { return score > bestScore }
        if entry.year != best.year { return entry.year > best.year }
        return (entry.place, entry.section) < (best.place, best.section)
    }

    private func penalty(of entry: Entry) -> Double {
        guard let concept = entry.concept else { return 0 }
        let same = chosen.count { $0.entry.section == entry.section && $0.entry.concept == concept }
        return ranker.settings.sameConcept * Double(same)
    }

    /// Why an entry cannot be taken any more; nil when it can.
    private func obstacle(to entry: Entry) -> LeftOutReason? {
        let there = chosen.filter { $0.entry.section == entry.section }
        let work = candidates[entry.candidate].work
        let ofPaper = there.filter { candidates[$0.entry.candidate].work == work }
        if let like = likeShown(entry.candidate) { return .sameAs(like) }
        if ofPaper.count >= ranker.settings.perPaper, let last = ofPaper.last {
            return .paperHasBullet(last.entry.candidate)
        }
        let section = ranker.sections[entry.section]
        guard there.count + (standing.others[section] ?? 0) >= ranker.settings.cap else { return nil }
        return there.last.map { .sectionFull(beatenBy: $0.entry.candidate) } ?? .noSection
    }

    private func likeShown(_ candidate: Int) -> Int? {
        chosen.first { ranker.settings.likeness.areAlike(shingles[$0.entry.candidate], shingles[candidate]) }?
            .entry.candidate
    }

    /// What is shown, in the order of the article, and what is not.
    func result() -> EvidenceRanking {
        var supporters: [Int: [Int]] = [:]
        var leftOut: [LeftOut] = []
        for index in order where !isShown[index] {
            if let like = likeShown(index) { supporters[like, default: []].append(index) }
            let (section, reason) = reasons[index] ?? (nil, .noSection)
            leftOut.append(LeftOut(candidate: index, section: section, reason: reason))
        }
        let selections = chosen.map { entry, penalty in
            (
                entry: entry,
                selection: selection(entry, penalty: penalty, supporters: supporters[entry.candidate] ?? [])
            )
        }.sorted { one, other in
            if one.entry.section != other.entry.section { return one.entry.section < other.entry.section }
            if one.entry.isLate != other.entry.isLate { return other.entry.isLate }
            let scores = (one.selection.score, other.selection.score)
            if scores.0 != scores.1 { return scores.0 > scores.1 }
            if one.entry.year != other.entry.year { return one.entry.year > other.entry.year }
            return one.entry.place < other.entry.place
        }
        return EvidenceRanking(selections: selections.map { $0.selection }, leftOut: leftOut)
    }

    private func selection(_ entry: Entry, penalty: Double, supporters: [Int]) -> RankedSelection {
        let candidate = candidates[entry.candidate]
        var papers: Set<PMID> = [candidate.work]
        for index in supporters { papers.insert(candidates[index].work) }
        var parts = candidate.parts(ofPlacement: entry.placement, settings: ranker.settings)
        if penalty != 0 { parts.append(ScorePart(name: ScorePartName.diversity, value: -penalty)) }
        if papers.count > 1 {
            let value = ranker.settings.papers * Self.doublings(papers.count)
            parts.append(ScorePart(name: ScorePartName.papers, value: value))
        }
        return RankedSelection(
            section: ranker.sections[entry.section], candidate: entry.candidate, placement: entry.placement,
            parts: parts, supportingPapers: papers.count, supporters: supporters)
    }

    /// The whole doublings in a number: 1 for 2 and 3, 2 for 4 to 7. Whole, so that it is the same everywhere.
    private static func doublings(_ count: Int) -> Double {
        Double(Int.bitWidth - 1 - count.leadingZeroBitCount)
    }
}
