import Corpus

/// One ranking under way.
struct RankingRound {
    /// A sentence in one of its sections.
    private struct Entry {
        /// The index of the candidate.
        let candidate: Int
        /// The place of the candidate in the canonical order.
        let place: Int
        /// The index of the placement among those of the candidate.
        let placement: Int
        /// The section's place in the article.
        let section: Int
        /// Whether it says what was done or was to be done: such come last.
        let isLate: Bool
        /// The score before diversity.
        let score: Double
        let year: Int
        /// The number of the concept that the placement goes by first; nil when it goes by words.
        let concept: Int64?
    }

    /// How much less than the minimum a sentence may score that stands already: scores move a little with every count
    /// of associations.
    private static let patience = 0.5

    private let ranker: EvidenceRanker
    private let sheet: RankingSheet
    private var entries: [Entry] = []
    private var chosen: [(entry: Entry, penalty: Double)] = []
    private var isShown: [Bool]
    /// Why the best placement of a candidate came to nothing.
    private var reasons: [(section: Int?, reason: LeftOutReason)?]
    private let standing: StandingStatements
    /// By section: the highest score that found it full.
    private var turnedAway: [Int: Double] = [:]

    init(
        ranker: EvidenceRanker, sheet: RankingSheet, excluded: Set<SentenceKey>, standing: StandingStatements
    ) {
        self.ranker = ranker
        self.sheet = sheet
        self.standing = standing
        isShown = Array(repeating: false, count: sheet.count)
        reasons = Array(repeating: nil, count: sheet.count)
        entries.reserveCapacity(sheet.placements.count)
        for place in sheet.order.indices { enter(place, excluded: excluded) }
        entries.sort(by: Self.precedes)
    }

    private mutating func enter(_ place: Int, excluded: Set<SentenceKey>) {
        let index = sheet.order[place]
        let candidate = sheet.sentences[index]
        // The highest score, in the first of the sections that it has in.
        var best: (score: Double, section: Int)?
        for placement in candidate.placements {
            guard let section = sheet.placements[placement].section else { continue }
            let score = self.score(of: placement)
            if best.map({ score > $0.score || score == $0.score && section < $0.section }) ?? true {
                best = (score, section)
            }
        }
        guard let best else {
            reasons[index] = (nil, .noSection)
            return
        }
        let shown = standing.shown.isEmpty ? nil : standing.shown[index]
        if !standing.barred.isEmpty, standing.barred.contains(index) {
            reasons[index] = (best.section, .barred)
        } else if !excluded.isEmpty, excluded.contains(candidate.key) {
            reasons[index] = (best.section, .excluded)
        } else if !candidate.standsAlone {
            reasons[index] = (best.section, .doesNotStandAlone)
        } else if candidate.isTitle, shown == nil, let saying = sayingTitle(at: place) {
            reasons[index] = (best.section, .saidInAbstract(by: saying))
        } else if best.score < ranker.settings.minimumScore - (shown == nil ? 0 : Self.patience) {
            reasons[index] = (best.section, .belowMinimum(score: best.score))
        } else {
            for (number, placement) in candidate.placements.enumerated() {
                guard let section = sheet.placements[placement].section else { continue }
                let score = self.score(of: placement)
                guard
                    ranker.sections[section] == shown?.section
                        || score >= best.score - ranker.settings.fallbackMargin
                            && score >= ranker.settings.minimumScore
                else { continue }
                entries.append(
                    Entry(
                        candidate: index, place: place, placement: number, section: section,
                        isLate: candidate.isDoing
                            && !ranker.settings.methodSections.contains(ranker.sections[section]),
                        score: score, year: candidate.year ?? Int.min,
                        concept: sheet.placements[placement].concept))
            }
        }
    }

    private func score(of placement: Int) -> Double {
        sheet.placements[placement].score + sheet.placements[placement].association
    }

    /// The sentence of the abstract that stands alone and says what the title at a place of the order says, in most of its
    /// words; the first of equals.
    private func sayingTitle(at place: Int) -> Int? {
        let title = sheet.order[place]
        let pmid = sheet.sentences[title].key.pmid
        var first = place
        while first > 0, sheet.sentences[sheet.order[first - 1]].key.pmid == pmid { first -= 1 }
        var best: (index: Int, shared: Int)?
        var next = first
        while next < sheet.order.count {
            let index = sheet.order[next]
            let sentence = sheet.sentences[index]
            guard sentence.key.pmid == pmid else { break }
            next += 1
            guard !sentence.isTitle, sentence.standsAlone,
                let shared = ranker.settings.likeness.wordsShared(
                    by: index, withTitle: title, in: sheet.shingles),
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
                        reasons[entry.candidate] = (entry.section, reason)
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
        // Each with the number of those chosen so far that go by its concept, in its section.
        var open = chosen.map { (entry: $0.entry, like: 0, penalty: 0.0) }
        chosen = []
        while let first = open.first {
            var best = (index: 0, penalty: first.penalty)
            for index in open.indices.dropFirst()
            where beats(open[index].entry, open[index].penalty, open[best.index].entry, best.penalty) {
                best = (index, open[index].penalty)
            }
            let entry = open.remove(at: best.index).entry
            chosen.append((entry, best.penalty))
            guard let concept = entry.concept else { continue }
            for index in open.indices
            where open[index].entry.concept == concept && open[index].entry.section == entry.section {
                open[index].like += 1
                open[index].penalty = ranker.settings.sameConcept * Double(open[index].like)
            }
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
        if let like = likeShown(entry.candidate) { return .sameAs(like) }
        let work = sheet.sentences[entry.candidate].work
        var there = 0
        var ofPaper = 0
        var last: Int?
        var lastOfPaper: Int?
        for one in chosen where one.entry.section == entry.section {
            there += 1
            last = one.entry.candidate
            guard sheet.sentences[one.entry.candidate].work == work else { continue }
            ofPaper += 1
            lastOfPaper = one.entry.candidate
        }
        if ofPaper >= ranker.settings.perPaper, let lastOfPaper { return .paperHasBullet(lastOfPaper) }
        let others = standing.others.isEmpty ? 0 : standing.others[ranker.sections[entry.section]] ?? 0
        guard there + others >= ranker.settings.cap else { return nil }
        return last.map { .sectionFull(beatenBy: $0) } ?? .noSection
    }

    private func likeShown(_ candidate: Int) -> Int? {
        for one in chosen
        where ranker.settings.likeness.areAlike(one.entry.candidate, candidate, in: sheet.shingles) {
            return one.entry.candidate
        }
        return nil
    }

    /// What is shown, in the order of the article, and what is not.
    func result() -> EvidenceRanking {
        var supporters: [Int: [Int]] = [:]
        var leftOut: [LeftOut] = []
        leftOut.reserveCapacity(sheet.count - chosen.count)
        for index in sheet.order where !isShown[index] {
            if let like = likeShown(index) { supporters[like, default: []].append(index) }
            let (section, reason) = reasons[index] ?? (nil, .noSection)
            leftOut.append(
                LeftOut(candidate: index, section: section.map { ranker.sections[$0] }, reason: reason))
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
        var papers: Set<PMID> = []
        if !supporters.isEmpty {
            papers.insert(sheet.sentences[entry.candidate].work)
            for index in supporters { papers.insert(sheet.sentences[index].work) }
        }
        let count = max(1, papers.count)
        let placement = sheet.placements[
            sheet.sentences[entry.candidate].placements.lowerBound + entry.placement]
        var additions: [ScorePart] = []
        if placement.association != 0 {
            additions.append(ScorePart(name: ScorePartName.association, value: placement.association))
        }
        if penalty != 0 { additions.append(ScorePart(name: ScorePartName.diversity, value: -penalty)) }
        if count > 1 {
            let value = ranker.settings.papers * Self.doublings(count)
            additions.append(ScorePart(name: ScorePartName.papers, value: value))
        }
        return RankedSelection(
            section: ranker.sections[entry.section], candidate: entry.candidate, placement: entry.placement,
            score: additions.reduce(placement.score) { $0 + $1.value }, additions: additions,
            supportingPapers: count, supporters: supporters)
    }

    /// The whole doublings in a number: 1 for 2 and 3, 2 for 4 to 7. Whole, so that it is the same everywhere.
    private static func doublings(_ count: Int) -> Double {
        Double(Int.bitWidth - 1 - count.leadingZeroBitCount)
    }
}
