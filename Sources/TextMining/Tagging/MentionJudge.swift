import Corpus
import Terminology

/// Decides which names are mentions: for the kinds that the dictionary brings a model for, by its weights; for the
/// others, by whether the rules hold anything against them.
///
/// A name is judged with all its occurrences in the document that are read the same way: their scores are averaged, so
/// that a document speaks with one voice.
struct MentionJudge: Sendable {
    let dictionary: CompiledDictionary
    let settings: TaggerSettings
    /// The kinds that the dictionary brings a model for, a bit a kind.
    private let judged: UInt16

    init(dictionary: CompiledDictionary, settings: TaggerSettings) {
        self.dictionary = dictionary
        self.settings = settings
        judged = EntityKind.allCases.reduce(into: 0) { judged, kind in
            if dictionary.weights[FeatureNumber.of(kind, .bias, 0)] != 0 {
                judged |= 1 << UInt16(kind.number)
            }
        }
    }

    /// Drops the names that are no mentions. The names must be in the document's order.
    func apply(to document: inout TaggedDocument) {
        let scores = scores(in: document)
        for (index, score) in scores { document.names[index].score = score }
        document.names.removeAll { name in
            !(name.isSought || name.score.map { $0 > 0 } ?? name.doubts.isEmpty)
        }
    }

    /// The scores of the names that are judged, by their places. A function of its own: what it works with holds the
    /// document, and would have it copied where a name is changed.
    private func scores(in document: TaggedDocument) -> [(index: Int, score: Float)] {
        let features = DocumentFeatures(document: document, dictionary: dictionary, settings: settings)
        var scores: [(index: Int, score: Float)] = []
        scores.reserveCapacity(document.names.count)
        // The group of each score, and the sum and number of the scores of each group.
        var groups: [Int] = []
        groups.reserveCapacity(document.names.count)
        var sums: [(sum: Float, count: Int)] = []
        var numbers: [DocumentFeatures.Group: Int] = [:]
        var list = FeatureList(isNamed: false)
        for index in document.names.indices where judged >> UInt16(document.names[index].kind.number) & 1 != 0
        {
            features.list(featuresOf: index, in: &list)
            let score = dictionary.weights.sum(of: list.numbers) + settings.readiness
            scores.append((index, score))
            let group = features.group(of: document.names[index])
            var number = sums.count
            if let known = numbers[group] {
                number = known
            } else {
                numbers[group] = number
                sums.append((0, 0))
            }
            groups.append(number)
            sums[number].sum += score
            sums[number].count += 1
        }
        for (place, group) in groups.enumerated() {
            scores[place].score = sums[group].sum / Float(sums[group].count)
        }
        return scores
    }
}
