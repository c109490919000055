public import Corpus

/// How much of an abstract the whole wiki quotes: at most so many distinct sentences, titles not counted.
///
/// The limit works across articles and does not depend on the order in which they were made: all selections are
/// passed once, by score descending, then by sentence, then by article, and a sentence that would be one too many of
/// its abstract is struck wherever it stands. The same sentence in several articles counts once.
public struct QuotationLimit: Hashable, Sendable {
    /// The most distinct sentences of one abstract.
    public let sentencesPerAbstract: Int

    /// Sets the limit; the usual one is 3.
    public init(sentencesPerAbstract: Int = 3) {
        self.sentencesPerAbstract = sentencesPerAbstract
    }

    /// A sentence that an article wants to show.
    public struct Quotation: Hashable, Sendable {
        /// The article's entity.
        public var article: EntityID
        /// The sentence.
        public var sentence: SentenceKey
        /// Title or abstract.
        public var passage: PassageKind
        /// The score with which it was selected.
        public var score: Double
        /// Whether the article shows it already: then it goes before all that is new, so that pages do not churn.
        public var stands: Bool

        /// Makes a quotation.
        public init(
            article: EntityID, sentence: SentenceKey, passage: PassageKind, score: Double,
            stands: Bool = false
        ) {
            self.stands = stands
            self.article = article
            self.sentence = sentence
            self.passage = passage
            self.score = score
        }
    }

    /// What stands comes first, then by score. The sentences that no article may show, so that the limit holds. Give them to
    /// `EvidenceRanker.ranking(of:excluding:)` or strike them from the selections.
    ///
    /// A ranking made anew without them may want others: pass its selections again, together with those of all other
    /// articles, or strike only.
    ///
    /// - Complexity: O(n log n).
    public func struck(from quotations: [Quotation]) -> Set<SentenceKey> {
        // Most abstracts are quoted little: only of the others it matters what comes first.
        var places: [PMID: Int] = [:]
        var abstracts: [(sentences: [SentenceKey], quotations: [Quotation])] = []
        for quotation in quotations where quotation.passage == .abstract {
            let pmid = quotation.sentence.pmid
            let place = places[pmid] ?? abstracts.count
            if place == abstracts.count {
                places[pmid] = place
                abstracts.append(([], []))
            }
            abstracts[place].quotations.append(quotation)
            if abstracts[place].sentences.count <= sentencesPerAbstract,
                !abstracts[place].sentences.contains(quotation.sentence)
            {
                abstracts[place].sentences.append(quotation.sentence)
            }
        }
        var struck: Set<SentenceKey> = []
        for abstract in abstracts where abstract.sentences.count > sentencesPerAbstract {
            strike(from: abstract.quotations, into: &struck)
        }
        return struck
    }

    /// Strikes what is too much of one abstract.
    private func strike(from quotations: [Quotation], into struck: inout Set<SentenceKey>) {
        let order = quotations.sorted { one, other in
            if one.stands != other.stands { return one.stands }
            if one.score != other.score { return one.score > other.score }
            if one.sentence != other.sentence { return one.sentence < other.sentence }
            return one.article < other.article
        }
        var kept: [SentenceKey] = []
        for sentence in order.lazy.map(\.sentence) where !kept.contains(sentence) {
            if kept.count < sentencesPerAbstract {
                kept.append(sentence)
            } else {
                struck.insert(sentence)
            }
        }
    }
}
