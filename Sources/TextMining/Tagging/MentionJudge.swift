import Corpus
import Terminology

/// Decides which names are mentions: for the kinds that the dictionary brings a model for, by its weights; for the
/// others, by whether the rules hold anything against them.
///
/// A name is judged with all its occurrences in the document that are read the same way: their scores are averaged, so
/// that a document speaks with one voice.
struct MentionJudge {
    let dictionary: CompiledDictionary
    private let judged: Set<EntityKind>

    init(dictionary: CompiledDictionary) {
        self.dictionary = dictionary
        judged = Set(
            EntityKind.allCases.filter { dictionary.weights[FeatureNumber.of($0, .bias, 0)] != 0 })
    }

    /// Drops the names that are no mentions. The names must be in the document's order.
    func apply(to document: inout TaggedDocument) {
        let features = DocumentFeatures(document: document, dictionary: dictionary)
        var groups: [[UInt64]: (sum: Float, count: Int)] = [:]
        for index in document.names.indices where judged.contains(document.names[index].kind) {
            var score: Float = 0
            for number in features.features(of: index, isNamed: false).numbers {
                score += dictionary.weights[number]
            }
            document.names[index].score = score
            let sums = groups[features.group(of: index)] ?? (0, 0)
            groups[features.group(of: index)] = (sums.sum + score, sums.count + 1)
        }
        var kept: [NameReading] = []
        kept.reserveCapacity(document.names.count)
        for (index, name) in document.names.enumerated() {
            var name = name
            if name.score != nil, let group = groups[features.group(of: index)] {
                name.score = group.sum / Float(group.count)
            }
            if name.isSought || name.score.map({ $0 > 0 }) ?? name.doubts.isEmpty { kept.append(name) }
        }
        document.names = kept
    }
}
