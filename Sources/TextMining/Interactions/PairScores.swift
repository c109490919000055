import Corpus
import Terminology

/// What a model says of the pairs of genes of one sentence, each asked about once, whichever of the two the question is
/// about.
struct PairScores {
    private var stems = SentenceStems()
    private var isRead = false
    private var features = PairFeatures()
    private var pairs: [Pair] = []
    /// The hashes of the features of the pairs, one pair behind the other.
    private var hashes: [UInt64] = []
    private var numbers: [UInt64] = []
    private var others: [TextRange] = []

    /// A pair that was asked about.
    private struct Pair {
        let left: TextRange
        let right: TextRange
        /// Its features; nil where the names overlap.
        let hashes: Range<Int>?
        /// The scores by question, as far as they were asked for.
        var scores: [4 of Float?] = [nil, nil, nil, nil]
    }

    /// Starts anew with another sentence.
    mutating func forget() {
        isRead = false
        forgetPairs()
    }

    /// Starts anew with other genes in the sentence.
    mutating func forgetPairs() {
        pairs.removeAll(keepingCapacity: true)
        hashes.removeAll(keepingCapacity: true)
    }

    /// The score of a question about two names, as log-odds: above 0 is yes; nil where they overlap.
    ///
    /// - Parameters:
    ///   - genes: where the genes of the sentence stand.
    ///   - passage: the UTF-8 bytes of the passage.
    ///   - sentence: where the sentence stands in it.
    mutating func score(
        of one: TextRange, and two: TextRange, among genes: [TextRange], passage: Span<UInt8>,
        sentence: TextRange, for question: InteractionQuestion, by model: InteractionModel
    ) -> Float? {
        let (left, right) = one < two ? (one, two) : (two, one)
        let place = place(of: left, right, among: genes, passage, sentence)
        let column = Self.column(of: question)
        guard let features = pairs[place].hashes else { return nil }
        if let known = pairs[place].scores[column] { return known }
        numbers.removeAll(keepingCapacity: true)
        for index in features { numbers.append(question.number(of: hashes[index])) }
        let score = model.score(of: numbers)
        pairs[place].scores[column] = score
        return score
    }

    /// The word of the sentence that speaks most for a yes, of those long enough to mean something to a reader; the first
    /// of equals, nil where none does.
    mutating func tellingWord(
        of one: TextRange, and two: TextRange, among genes: [TextRange], passage: Span<UInt8>,
        sentence: TextRange, for question: InteractionQuestion, by model: InteractionModel
    ) -> TextRange? {
        read(passage, sentence)
        guard find(one, two, genes, passage) else { return nil }
        return model.tellingWord(of: features, in: stems, for: question).map { stems.words[$0].range }
    }

    private mutating func place(
        of left: TextRange, _ right: TextRange, among genes: [TextRange], _ passage: Span<UInt8>,
        _ sentence: TextRange
    ) -> Int {
        for place in pairs.indices where pairs[place].left == left && pairs[place].right == right {
            return place
        }
        if pairs.count == Self.mostPairs { forgetPairs() }
        read(passage, sentence)
        let first = hashes.count
        let isPair = find(left, right, genes, passage)
        if isPair { for index in features.hashes.indices { hashes.append(features.hashes[index]) } }
        pairs.append(Pair(left: left, right: right, hashes: isPair ? first..<hashes.count : nil))
        return pairs.count - 1
    }

    /// How many pairs are kept: a list of hundreds of genes must not be gone through for each of its pairs.
    private static let mostPairs = 64

    private mutating func read(_ passage: Span<UInt8>, _ sentence: TextRange) {
        if isRead { return }
        stems.read(passage, in: sentence)
        isRead = true
    }

    private mutating func find(
        _ one: TextRange, _ two: TextRange, _ genes: [TextRange], _ passage: Span<UInt8>
    ) -> Bool {
        others.removeAll(keepingCapacity: true)
        for index in genes.indices where !genes[index].overlaps(one) && !genes[index].overlaps(two) {
            others.append(genes[index])
        }
        return features.find(
            one, two, others: others, isSameName: InteractionModel.areAlike(one, two, in: passage), in: stems,
            isNamed: false)
    }

    private static func column(of question: InteractionQuestion) -> Int {
        switch question {
        case .any: 0
        case .physical: 1
        case .enzymatic: 2
        case .regulatory: 3
        }
    }
}
