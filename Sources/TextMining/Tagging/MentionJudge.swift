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
    /// The weights in hundredths; nil where they are not all such.
    private let tables: TabledWeights?
    /// The readiness in hundredths.
    private let readiness: Int32

    /// Makes a judge.
    ///
    /// - Parameter tables: the weights of `kinds(of:)`, by which scores are summed up in hundredths; without them the
    ///   names that are left are the same.
    init(dictionary: CompiledDictionary, settings: TaggerSettings, tables: TabledWeights?) {
        self.dictionary = dictionary
        self.settings = settings
        judged = Self.kinds(of: dictionary).reduce(into: 0) { $0 |= 1 << UInt16($1.number) }
        let readiness = TabledWeights.hundredths(of: settings.readiness)
        self.readiness = readiness ?? 0
        self.tables = readiness == nil ? nil : tables
    }

    /// The kinds that a dictionary brings a model for.
    static func kinds(of dictionary: CompiledDictionary) -> [EntityKind] {
        EntityKind.allCases.filter { dictionary.weights[FeatureNumber.of($0, .bias, 0)] != 0 }
    }

    /// Drops the names that are no mentions. The names must be in the document's order.
    func apply(to document: inout TaggedDocument, _ memory: inout TaggerMemory) {
        let isMention = judgements(on: document, &memory)
        var index = -1
        document.names.removeAll { _ in
            index += 1
            return !isMention[index]
        }
    }

    /// Whether each name is a mention. A function of its own: what it works with holds the document, and would have it
    /// copied where a name is changed.
    private func judgements(on document: TaggedDocument, _ memory: inout TaggerMemory) -> [Bool] {
        var isMention = document.names.map { $0.isSought || $0.doubts.isEmpty }
        guard document.names.contains(where: { isJudged($0.kind) }) else { return isMention }
        let features = DocumentFeatures(document: document, dictionary: dictionary, settings: settings)
        // The group of each name that is judged, and the sum of each group.
        var numbers = KeyNumbers(expected: document.names.count)
        var groups = [Int32](repeating: -1, count: document.names.count)
        var sums: [Int32] = []
        if let tables {
            var sum = ScoreSum(tables, words: memory.words.weights)
            var list = FeatureList(isNamed: false)
            for (index, name) in document.names.enumerated() {
                guard let kind = tables.place(of: name.kind) else { continue }
                var place = ScoreMemory.Place(name)
                let lasting: Int32
                if let known = memory.scores.weight(at: &place) {
                    lasting = known
                } else {
                    features.list(lastingFeaturesOf: name, in: &list)
                    var weight: Int32 = 0
                    for number in list.numbers { weight += tables.weight(number) }
                    memory.scores.remember(weight, at: place)
                    lasting = weight
                }
                sum.begin(name.kind, place: kind, from: lasting)
                features.add(passingFeaturesOf: index, to: &sum)
                let group = numbers.number(of: features.group(of: name))
                if group == sums.count { sums.append(0) }
                groups[index] = Int32(group)
                sums[group] += sum.total + readiness
            }
        } else {
            for (index, name) in document.names.enumerated() where isJudged(name.kind) {
                let group = numbers.number(of: features.group(of: name))
                if group == sums.count { sums.append(0) }
                groups[index] = Int32(group)
            }
        }
        // Where whole numbers leave it open, floating-point ones decide, added in the order of the features.
        let open = sums.indices.filter { sums[$0] == 0 }
        for group in open { sums[group] = meanScore(of: group, groups, in: document, features) > 0 ? 1 : -1 }
        for (index, group) in groups.enumerated() where group >= 0 && !document.names[index].isSought {
            isMention[index] = sums[Int(group)] > 0
        }
        return isMention
    }

    private func isJudged(_ kind: EntityKind) -> Bool { judged >> UInt16(kind.number) & 1 != 0 }

    /// The mean score of a group of names.
    private func meanScore(
        of group: Int, _ groups: [Int32], in document: TaggedDocument, _ features: DocumentFeatures
    ) -> Float {
        var list = FeatureList(isNamed: false)
        var sum: Float = 0
        var count = 0
        for (index, own) in groups.enumerated() where own == group {
            features.list(featuresOf: index, in: &list)
            sum += dictionary.weights.sum(of: list.numbers) + settings.readiness
            count += 1
        }
        return sum / Float(count)
    }
}
