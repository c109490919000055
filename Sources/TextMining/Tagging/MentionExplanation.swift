import Corpus
import Terminology

/// Why a mention was taken for one, and why it was resolved to its entity and not to another.
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
    /// - Complexity: several times that of `mentions(in:context:)`.
    public func explanations(
        in passages: [Passage], context: DocumentContext = DocumentContext()
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
        return mentions(in: passages, context: context).map { mention in
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
                mention: mention, score: shares.isEmpty ? nil : shares.map(\.weight).reduce(0, +),
                shares: shares,
                alternatives: alternatives.sorted { ($1.score, $0.entity) < ($0.score, $1.entity) })
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
