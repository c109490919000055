import Corpus
import Terminology

/// What the model says of the entity and a partner.
struct InteractionFinding {
    typealias Partner = PlacementScene.Partner

    /// The score, as log-odds; above 0 is yes.
    var score: Float
    /// The partner.
    var partner: Partner
    /// The word that speaks most for it; nil where none does.
    var word: Trigger?
}

extension PlacementScene {
    /// A question, and whether the partner may be a family.
    struct Question: Hashable {
        var question: InteractionQuestion
        var partner: PartnerDemand
    }

    /// For each question the pair of entity and partner for which most speaks; the leftmost of equals.
    ///
    /// - Parameters:
    ///   - entities: where the entity stands.
    ///   - partners: the other genes that may be partners.
    ///   - genes: where all genes and families stand.
    static func interactions(
        of entities: [TextRange], with partners: [Partner], among genes: [TextRange], passage: Span<UInt8>,
        sentence: TextRange, by model: InteractionModel
    ) -> [Question: InteractionFinding] {
        guard !partners.isEmpty, !model.questions.isEmpty else { return [:] }
        let stems = SentenceStems(passage, in: sentence)
        var best: [Question: InteractionFinding] = [:]
        for entity in entities where sentence.contains(entity) {
            for partner in partners {
                let others = genes.filter { !$0.overlaps(entity) && !$0.overlaps(partner.trigger.range) }
                guard
                    let pair = PairFeatures(
                        entity, partner.trigger.range, others: others,
                        isSameName: InteractionModel.areAlike(entity, partner.trigger.range, in: passage),
                        in: stems,
                        isNamed: false)
                else { continue }
                for (question, score) in model.scores(of: pair) {
                    for demand in partner.isFamily ? [PartnerDemand.product] : [.gene, .product] {
                        let place = Question(question: question, partner: demand)
                        guard score > best[place]?.score ?? -.infinity else { continue }
                        let word = model.tellingWord(of: pair, in: stems, for: question).map {
                            Trigger(range: stems.words[$0].range, concept: question.rawValue)
                        }
                        best[place] = InteractionFinding(score: score, partner: partner, word: word)
                    }
                }
            }
        }
        return best
    }

    /// What a rule finds that asks the model: nil where the model says no, or less than the rule asks for.
    func finding(
        interaction question: InteractionQuestion, with partner: PartnerDemand, above least: Double
    ) -> RuleFinding? {
        guard let found = interactions[Question(question: question, partner: partner)],
            Double(found.score) > least
        else { return nil }
        let triggers = [found.partner.trigger] + (found.word.map { [$0] } ?? [])
        return RuleFinding(triggers: Self.inOrder(triggers), hitCount: 1, distance: nil)
    }
}
