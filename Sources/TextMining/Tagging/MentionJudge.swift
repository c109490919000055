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
    private let judged: Set<EntityKind>

    init(dictionary: CompiledDictionary, settings: TaggerSettings) {
        self.dictionary = dictionary
        self.settings = settings
        judged = Set(
            EntityKind.allCases.filter { dictionary.weights[FeatureNumber.of($0, .bias, 0)] != 0 })
    }

    /// Drops the names that are no mentions. The names must be in the document's order.
    func apply(to document: inout TaggedDocument) {
        let features = DocumentFeatures(document: document, dictionary: dictionary, settings: settings)
        var groups: [DocumentFeatures.Group: (sum: Float, count: Int)] = [:]
        var list = FeatureList(isNamed: false)
        for index in document.names.indices where judged.contains(document.names[index].kind) {
            features.list(featuresOf: index, in: &list)
            let score = dictionary.weights.sum(of: list.numbers) + settings.readiness
            document.names[index].score = score
            let group = features.group(of: document.names[index])
            let sums = groups[group] ?? (0, 0)
            groups[group] = (sums.sum + score, sums.count + 1)
        }
        for index in document.names.indices where document.names[index].score != nil {
            if let group = groups[features.group(of: document.names[index])] {
                document.names[index].score = group.sum / Float(group.count)
            }
        }
        document.names.removeAll { name in
            !(name.isSought || name.score.map { $0 > 0 } ?? name.doubts.isEmpty)
        }
    }
}
