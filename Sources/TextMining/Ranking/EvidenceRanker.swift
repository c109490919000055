public import Corpus

/// Chooses what an article shows of all evidence on its entity.
///
/// Greedy: of all sentences and the sections they qualify for, the best pair is taken, then the best that is left
/// beside it, until nothing fits. A sentence is shown once. What was done or was to be done comes after all that was
/// found. The order is total, so that the order of the input has no influence: score descending, year descending,
/// then citation, passage and place ascending.
public struct EvidenceRanker: Sendable {
    /// The sections in the order of the article; a placement in another section is not considered.
    public let sections: [SectionID]
    /// What it keeps to.
    public let settings: RankingSettings

    /// Makes a ranker.
    public init(sections: [SectionID], settings: RankingSettings = RankingSettings()) {
        self.sections = sections
        self.settings = settings
    }

    /// Ranks the evidence on one entity.
    ///
    /// - Parameters:
    ///   - candidates: the evidence, in any order.
    ///   - excluded: sentences not to be shown, such as those over the quotation limit.
    ///   - standing: what the article shows already, and what it must not show.
    /// - Complexity: O(n log n) for n placements, plus the rounds for the few dozen that are shown.
    public func ranking(
        of candidates: [RankingCandidate], excluding excluded: Set<SentenceKey> = [],
        standing: StandingStatements = StandingStatements()
    ) -> EvidenceRanking {
        ranking(of: sheet(of: candidates), excluding: excluded, standing: standing)
    }

    /// Ranks what a sheet has of the evidence on one entity; candidates are the sheet's sentences.
    ///
    /// - Parameters:
    ///   - sheet: the evidence, in which sections are places among the ranker's.
    ///   - excluded: sentences not to be shown, such as those over the quotation limit.
    ///   - standing: what the article shows already, and what it must not show.
    /// - Complexity: O(n log n) for n placements, plus the rounds for the few dozen that are shown.
    public func ranking(
        of sheet: RankingSheet, excluding excluded: Set<SentenceKey> = [],
        standing: StandingStatements = StandingStatements()
    ) -> EvidenceRanking {
        var standing = standing
        // What was asked to give way, as it stood.
        var displaced: [(candidate: Int, shown: StandingStatements.Shown)] = []
        while true {
            var round = RankingRound(ranker: self, sheet: sheet, excluded: excluded, standing: standing)
            round.run()
            var result = round.result()
            let back =
                displaced.isEmpty
                ? [] : displaced.filter { Set(result.selections.map(\.candidate)).contains($0.candidate) }
            if !back.isEmpty {
                // It finds room elsewhere in the article: then it stays where it is, and nothing is moved.
                for one in back {
                    standing.shown[one.candidate] = StandingStatements.Shown(
                        section: one.shown.section, mayGo: false)
                }
                displaced.removeAll { one in back.contains { $0.candidate == one.candidate } }
                continue
            }
            if displaced.count < standing.displacements, let next = round.loser,
                let shown = standing.shown.removeValue(forKey: next)
            {
                displaced.append((next, shown))
                continue
            }
            result.displaced = displaced.map(\.candidate)
            return result
        }
    }

    /// What a ranking goes by of some candidates.
    private func sheet(of candidates: [RankingCandidate]) -> RankingSheet {
        var sheet = RankingSheet()
        var concepts: [String: Int64] = [:]
        for candidate in candidates {
            let evidence = candidate.evidence
            sheet.append(
                candidate.sentence, evidence.text.utf8Span.span, passage: evidence.passageKind,
                qualities: evidence.qualities, year: candidate.year, work: candidate.work)
            for (index, placement) in evidence.placements.enumerated() {
                let concept = placement.triggers.first { $0.concept.utf8.contains(UInt8(ascii: ":")) }?
                    .concept
                sheet.append(
                    section: sections.firstIndex(of: placement.section), score: placement.score,
                    association: candidate.worth(ofAssociationIn: index, settings: settings),
                    concept: concept.map { name in
                        let number = concepts[name] ?? Int64(concepts.count)
                        concepts[name] = number
                        return number
                    })
            }
        }
        sheet.putInOrder(canonicalOrder(of: candidates))
        return sheet
    }

    /// Indices by citation, passage and place; then by version, and by what else may differ.
    private func canonicalOrder(of candidates: [RankingCandidate]) -> [Int] {
        let sentences = candidates.map(\.sentence)
        // They mostly come in that order.
        let isOrdered = sentences.indices.dropFirst().allSatisfy { sentences[$0 - 1] < sentences[$0] }
        if isOrdered { return Array(candidates.indices) }
        return candidates.indices.sorted { one, other in
            if sentences[one] != sentences[other] { return sentences[one] < sentences[other] }
            let left = candidates[one].evidence
            let right = candidates[other].evidence
            if left.version != right.version { return left.version > right.version }
            if left.text != right.text { return left.text.utf8.lexicographicallyPrecedes(right.text.utf8) }
            return one < other
        }
    }
}
