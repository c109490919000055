import Corpus
import Terminology

/// Why a mention was taken for one, and why it was resolved to its entity and not to another; or why a name of the
/// dictionary was not taken for a mention.
public struct MentionExplanation: Sendable {
    /// A feature and what it added to a score.
    public struct Share: Hashable, Sendable {
        /// The feature as the file of weights writes it.
        public var feature: String
        /// Its weight, times how often the feature is there, as log-odds.
        public var weight: Double
    }

    /// A gene that the name may mean.
    public struct Alternative: Hashable, Sendable {
        /// The gene.
        public var entity: EntityID
        /// Its score; the highest was chosen.
        public var score: Double
        /// What made up the score, the weightiest first.
        public var shares: [Share]
    }

    /// The mention, with its dictionary entry, transformation and reasons.
    public var mention: Mention
    /// Whether it was not taken for a mention: the model spoke against it, or a longer or likelier name stands there.
    public var isRejected = false
    /// The score as a mention, as log-odds; nil where no model judges its kind.
    public var score: Double?
    /// What made up the score, the weightiest first.
    public var shares: [Share]
    /// The genes that the name may mean, the likeliest first; empty where it may mean only one.
    public var alternatives: [Alternative]
}

extension Tagger {
    /// The mentions of a document, each with what the models found for and against it.
    ///
    /// The scores of a mention are those of this place; it was judged by the mean over all places of the document where
    /// the same name is read the same way.
    ///
    /// - Parameter includesRejected: whether the names that the rules left and that are no mentions are explained too, in
    ///   their places among the mentions.
    /// - Complexity: several times that of `mentions(in:context:)`.
    public func explanations(
        in passages: [Passage], context: DocumentContext = DocumentContext(), includesRejected: Bool = false
    ) -> [MentionExplanation] {
        struct Place: Hashable {
            var passage: Int
            var range: TextRange
        }
        let candidates = Dictionary(grouping: candidates(in: passages, context: context)) {
            Place(passage: $0.passage, range: $0.range)
        }
        let choices = Dictionary(grouping: geneChoices(in: passages, context: context)) {
            Place(passage: $0.passage, range: $0.range)
        }
        func explanation(of mention: Mention, isRejected: Bool) -> MentionExplanation {
            let place = Place(passage: mention.passage, range: mention.range)
            let candidate = candidates[place]?.first { $0.kind == mention.kind }
            let shares = self.shares(candidate?.features ?? [])
            let genes = mention.kind == .gene ? choices[place]?.first?.genes ?? [] : []
            let alternatives = genes.map { gene in
                let shares = self.shares(gene.features)
                return MentionExplanation.Alternative(
                    entity: gene.entity, score: shares.map(\.weight).reduce(0, +), shares: shares)
            }
            return MentionExplanation(
                mention: mention, isRejected: isRejected,
                score: shares.isEmpty ? nil : shares.map(\.weight).reduce(0, +),
                shares: shares,
                alternatives: alternatives.sorted { ($1.score, $0.entity) < ($0.score, $1.entity) })
        }
        let mentions = mentions(in: passages, context: context)
        let explained = mentions.map { explanation(of: $0, isRejected: false) }
        guard includesRejected else { return explained }
        let taken = Dictionary(grouping: mentions) { Place(passage: $0.passage, range: $0.range) }
        let rejected = candidates.flatMap { place, names in
            names.filter { name in taken[place]?.contains { $0.kind == name.kind } != true }.map { name in
                explanation(
                    of: Mention(
                        passage: name.passage, range: name.range, kind: name.kind, entity: name.entity,
                        dictionaryName: name.dictionaryName, source: name.source), isRejected: true)
            }
        }
        return (explained + rejected).sorted { one, other in
            let (first, second) = (one.mention, other.mention)
            return (first.passage, first.range, first.kind.number, first.entity)
                < (second.passage, second.range, second.kind.number, second.entity)
        }
    }

    private func shares(_ features: [ModelFeature]) -> [MentionExplanation.Share] {
        features.compactMap { feature in
            let weight = dictionary.weights[feature.number]
            return weight == 0
                ? nil : MentionExplanation.Share(feature: feature.name, weight: Double(weight))
        }.sorted { (abs($1.weight), $0.feature) < (abs($0.weight), $1.feature) }
    }
}
