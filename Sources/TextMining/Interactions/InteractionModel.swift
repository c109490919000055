import Corpus
public import Terminology

/// Tells by a linear model whether a sentence says that two genes interact, and how.
public struct InteractionModel: Sendable {
    private let weights: FeatureWeights
    private let asked: [InteractionQuestion]

    /// A model that says nothing.
    public static let none = InteractionModel(weights: FeatureWeights([:]), asked: [])

    private init(weights: FeatureWeights, asked: [InteractionQuestion]) {
        self.weights = weights
        self.asked = asked
    }

    /// Uses the weights that a dictionary brings.
    public init(dictionary: CompiledDictionary) {
        weights = dictionary.interactionWeights
        let bias = NameHash.of("bias".utf8)
        let weights = weights
        asked = InteractionQuestion.allCases.filter { weights[$0.number(of: bias)] != 0 }
    }

    /// The questions that the weights answer; none where the dictionary brings no weights for any.
    public var questions: [InteractionQuestion] { asked }

    /// Whether the weights answer a question.
    func answers(_ question: InteractionQuestion) -> Bool {
        for index in asked.indices {
            switch (asked[index], question) {
            case (.any, .any), (.physical, .physical), (.enzymatic, .enzymatic), (.regulatory, .regulatory):
                return true
            default: continue
            }
        }
        return false
    }

    /// The score of a question, as log-odds: above 0 is yes.
    ///
    /// - Parameter numbers: the numbers of the features for the question.
    func score(of numbers: [UInt64]) -> Float { weights.sum(of: numbers) }

    /// The word of the sentence that speaks most for a yes, of those long enough to mean something to a reader; the first
    /// of equals, nil where none does.
    func tellingWord(
        of pair: PairFeatures, in stems: SentenceStems, for question: InteractionQuestion
    ) -> Int? {
        var best: (weight: Float, word: Int)?
        for (hash, word) in pair.words where stems.words[word].range.count > 4 {
            let weight = weights[question.number(of: hash)]
            if weight > best?.weight ?? 0 { best = (weight, word) }
        }
        return best?.word
    }

    /// The scores of two names in a sentence, by question; nil where they overlap.
    ///
    /// - Parameters:
    ///   - passage: the UTF-8 bytes of the passage.
    ///   - sentence: where the sentence stands in it.
    ///   - others: where other genes of the sentence stand.
    public func scores(
        of one: TextRange, and two: TextRange, others: [TextRange], passage: Span<UInt8>,
        sentence: TextRange
    ) -> [InteractionQuestion: Float]? {
        Self.pair(one, two, others, passage, sentence, isNamed: false).map { pair in
            Dictionary(
                uniqueKeysWithValues: asked.map { question in
                    (question, score(of: pair.hashes.map { question.number(of: $0) }))
                })
        }
    }

    /// The features of two names in a sentence, as the model is trained on them; nil where they overlap.
    public static func features(
        of one: TextRange, and two: TextRange, others: [TextRange], passage: Span<UInt8>, sentence: TextRange
    ) -> [ModelFeature]? {
        pair(one, two, others, passage, sentence, isNamed: true).map { pair in
            zip(pair.hashes, pair.names).map { ModelFeature(number: $0, name: $1) }
        }
    }

    private static func pair(
        _ one: TextRange, _ two: TextRange, _ others: [TextRange], _ passage: Span<UInt8>,
        _ sentence: TextRange, isNamed: Bool
    ) -> PairFeatures? {
        var features = PairFeatures()
        let isPair = features.find(
            one, two, others: others, isSameName: areAlike(one, two, in: passage),
            in: SentenceStems(passage, in: sentence), isNamed: isNamed)
        return isPair ? features : nil
    }

    /// Whether two names are the same but for capitals and signs.
    static func areAlike(_ one: TextRange, _ two: TextRange, in passage: Span<UInt8>) -> Bool {
        var (first, second) = (one.start, two.start)
        while true {
            let letters = (next(&first, one.end, passage), next(&second, two.end, passage))
            if letters.0 != letters.1 { return false }
            if letters.0 == nil { return true }
        }
    }

    /// The next letter or digit of a name, in lower case, as a part of it; nil at its end.
    private static func next(_ position: inout Int, _ end: Int, _ passage: Span<UInt8>) -> UInt8? {
        while position < end {
            let byte = LowerCase.of(passage[position])
            position += 1
            if byte >= 0x80 || byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39 { return byte }
        }
        return nil
    }
}
