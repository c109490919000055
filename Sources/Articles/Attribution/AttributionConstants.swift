/// The numbers that attribution depends on, in one table with a version.
///
/// Identities that were given under one version stay as they are; under a new version a history is attributed anew, and
/// the old attribution kept.
public struct AttributionConstants: Hashable, Sendable {
    /// The version of the table and of the steps that use it.
    public var version = 1

    /// The fewest tokens of a sentence that is found again at another place of the text.
    public var movedSentence = 4
    /// The fewest tokens of a removed sentence that comes back by its exact wording.
    public var restoredSentence = 2
    /// The weight that such a sentence must have.
    public var restoredWeight: Float = 0.9
    /// The share of its weight that must still be free.
    public var restoredShare: Float = 0.6
    /// From which similarity on two sentences are versions of one.
    public var similarSentence: Float = 0.45
    /// From which similarity on every word that an edited sentence keeps is kept, however short the stretch.
    public var strongSentence: Float = 0.7
    /// What an equally similar sentence of the base is preferred by over a removed one.
    public var livePreference: Float = 0.05
    /// The weight that a new sentence needs to be compared with others.
    public var comparedWeight: Float = 0.5
    /// Sentences of the base are found by the tokens of this weight or more,
    public var indexedWeight: Float = 0.25
    /// that stand in at most so many of them.
    public var indexedSentences = 64
    /// How many sentences of the base are compared with a new one.
    public var liveCandidates = 12
    /// A sentence that lies in another is as similar as this share of it, where the shared text has
    public var containedShare: Float = 0.8
    /// this weight or more.
    public var containedWeight: Float = 2.5
    /// How many removed sentences are compared with a new one.
    public var restoredCandidates = 8
    /// The most tokens that went out and came in where all others are kept without further questions.
    public var smallEdit = 3
    /// The weight that must be kept then.
    public var smallEditWeight: Float = 0.8
    /// The fewest tokens of a stretch in a gap that counts as kept.
    public var gapRun = 4
    /// The weight that a stretch of `gapRun` tokens needs.
    public var gapRunWeight: Float = 1
    /// The weight that a stretch of one token less needs.
    public var gapShortRunWeight: Float = 1.7
    /// How many words are enough without any weight.
    public var gapWords = 6
    /// The weight of two tokens or more that are a whole sentence, which is then enough.
    public var gapSentenceWeight: Float = 0.8
    /// A short stretch counts when it is no further than so many tokens from one that counts.
    public var growReach = 2
    /// The fewest words of a clause that is found again elsewhere.
    public var clauseWords = 4
    /// The weight that it needs.
    public var clauseWeight: Float = 1.5
    /// The share that it must be of the sentences that it touches, by weight, together with what they keep already.
    public var clauseShare: Float = 0.4
    /// From so many words on it may be any share.
    public var longClause = 6
    /// A clause ends at the boundary of a sentence when what lies beyond weighs less.
    public var looseWeight: Float = 0.21
    /// How many places of the same three tokens are looked at.
    public var clauseCandidates = 24
    /// Three tokens in a row are looked up when the rarest one stands in the text at most so often.
    public var clauseFrequency: Int32 = 64
    /// The fewest tokens of a sentence that counts as copied.
    public var copiedSentence = 4
    /// The fewest tokens of a sentence that counts as copied from another article.
    public var copiedElsewhere = 8
    /// How many differences one comparison follows before it takes the best path so far.
    public var differenceLimit = 256
    /// A removed sentence longer than this is kept only around the tokens that it lost.
    public var removedReach = 128
    /// What a common word weighs, as a share of another word that stands as often.
    public var commonWeight: Float = 0.2

    /// The table in use.
    public static let current = AttributionConstants()

    /// The present numbers.
    public init() {}
}
