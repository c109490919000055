import Corpus
import Terminology

/// What the model says of the entity and a partner.
struct InteractionFinding {
    /// The score, as log-odds; above 0 is yes.
    var score: Float
    /// The partner.
    var partner: Cause
    /// The word that speaks most for it; nil where none does, or where it is not wanted.
    var word: Cause?
}

extension PlacementScene {
    /// The pair of entity and partner for which most speaks, as the model answers a question; the leftmost of equals, nil
    /// where there is no pair.
    ///
    /// - Complexity: O(pairs · words of the sentence).
    mutating func interaction(
        _ question: InteractionQuestion, with demand: PartnerDemand, passage: Span<UInt8>,
        sentence: TextRange, by model: InteractionModel, isWordWanted: Bool
    ) -> InteractionFinding? {
        var best: (score: Float, entity: TextRange, partner: Int)?
        for index in entityRanges.indices where sentence.contains(entityRanges[index]) {
            let entity = entityRanges[index]
            for partner in partners.indices where Self.isWanted(partners[partner], demand) {
                guard
                    let score = pairs.score(
                        of: entity, and: partners[partner].range, among: geneRanges, passage: passage,
                        sentence: sentence, for: question, by: model),
                    score > best?.score ?? -.infinity
                else { continue }
                best = (score, entity, partner)
            }
        }
        guard let best else { return nil }
        let partner = partners[best.partner]
        var word: TextRange?
        if isWordWanted {
            word = pairs.tellingWord(
                of: best.entity, and: partner.range, among: geneRanges, passage: passage,
                sentence: sentence, for: question, by: model)
        }
        return InteractionFinding(
            score: best.score, partner: Cause(range: partner.range, concept: .mention(partner.mention)),
            word: word.map { Cause(range: $0, concept: .answer(question)) })
    }
}
