import Corpus
import Terminology

/// What the model says of the entity and a partner.
struct InteractionFinding {
    /// The score, as log-odds; above 0 is yes.
    var score: Float
    /// The partner.
    var partner: Trigger
    /// The word that speaks most for it; nil where none does.
    var word: Trigger?
}

extension PlacementScene {
    /// The pair of entity and partner for which most speaks, as the model answers a question; the leftmost of equals, nil
    /// where there is no pair.
    ///
    /// - Complexity: O(pairs · words of the sentence).
    func interaction(
        _ question: InteractionQuestion, with demand: PartnerDemand, passage: Span<UInt8>,
        sentence: TextRange, by model: InteractionModel
    ) -> InteractionFinding? {
        let partners = partners(demand)
        guard !partners.isEmpty else { return nil }
        let stems = SentenceStems(passage, in: sentence)
        var best: InteractionFinding?
        for entity in entityRanges where sentence.contains(entity) {
            for partner in partners.map(\.trigger) {
                let others = geneRanges.filter { !$0.overlaps(entity) && !$0.overlaps(partner.range) }
                guard
                    let pair = PairFeatures(
                        entity, partner.range, others: others,
                        isSameName: InteractionModel.areAlike(entity, partner.range, in: passage), in: stems,
                        isNamed: false)
                else { continue }
                let score = model.score(of: pair, for: question)
                guard score > best?.score ?? -.infinity else { continue }
                let word = model.tellingWord(of: pair, in: stems, for: question).map {
                    Trigger(range: stems.words[$0].range, concept: question.rawValue)
                }
                best = InteractionFinding(score: score, partner: partner, word: word)
            }
        }
        return best
    }
}
