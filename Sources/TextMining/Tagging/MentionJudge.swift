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

    /// What is worked with, from document to document.
    struct Room: Sendable {
        fileprivate var isMention: [Bool] = []
        /// The group of each name that is judged; -1 for the others.
        fileprivate var groups: [Int32] = []
        fileprivate var numbers = KeyNumbers(expected: 64)
        /// The sum of each group.
        fileprivate var sums: [Int32] = []
        fileprivate var list = FeatureList(isNamed: false)
        fileprivate var features: DocumentFeatures.Room?

        /// Gives back what has grown too large.
        mutating func prune() {
            features?.prune()
            if RoomLimit.isExceeded(
                by: isMention.capacity, groups.capacity, numbers.capacity, sums.capacity)
            {
                self = Room()
            }
        }
    }

    /// Drops the names that are no mentions. The names must be in the document's order.
    func apply(to document: inout TaggedDocument, _ memory: inout TaggerMemory) {
        judge(document, &memory)
        var index = -1
        document.names.removeAll { _ in
            index += 1
            return !memory.judging.isMention[index]
        }
    }

    /// Finds out whether each name is a mention. A function of its own: what it works with holds the document, and would have
    /// it copied where a name is changed.
    private func judge(_ document: TaggedDocument, _ memory: inout TaggerMemory) {
        let names = document.names
        memory.judging.isMention.removeAll(keepingCapacity: true)
        var isAnyJudged = false
        for index in names.indices {
            memory.judging.isMention.append(names[index].isSought || names[index].doubts.isEmpty)
            if isJudged(names[index].kind) { isAnyJudged = true }
        }
        guard isAnyJudged else { return }
        let features = DocumentFeatures(
            document: document, dictionary: dictionary, settings: settings,
            room: memory.judging.features.take() ?? DocumentFeatures.Room())
        memory.judging.numbers.removeAll(expected: names.count)
        memory.judging.groups.removeAll(keepingCapacity: true)
        memory.judging.sums.removeAll(keepingCapacity: true)
        if let tables {
            addUp(document, features, tables, &memory)
        } else {
            for name in names {
                memory.judging.groups.append(
                    isJudged(name.kind) ? Self.group(of: name, features, &memory.judging) : -1)
            }
        }
        // Where whole numbers leave it open, floating-point ones decide, added in the order of the features.
        for group in memory.judging.sums.indices where memory.judging.sums[group] == 0 {
            let mean = meanScore(of: group, memory.judging.groups, in: document, features)
            memory.judging.sums[group] = mean > 0 ? 1 : -1
        }
        for index in names.indices where memory.judging.groups[index] >= 0 && !names[index].isSought {
            memory.judging.isMention[index] = memory.judging.sums[Int(memory.judging.groups[index])] > 0
        }
        memory.judging.features = features.room
    }

    /// The number of the group of a name.
    private static func group(
        of name: NameReading, _ features: DocumentFeatures, _ room: inout Room
    ) -> Int32 {
        let group = room.numbers.number(of: features.group(of: name))
        if group == room.sums.count { room.sums.append(0) }
        return Int32(group)
    }

    /// Adds up the scores of each group.
    private func addUp(
        _ document: TaggedDocument, _ features: DocumentFeatures, _ tables: TabledWeights,
        _ memory: inout TaggerMemory
    ) {
        var sum = ScoreSum(tables, words: memory.words.weights)
        for index in document.names.indices {
            let name = document.names[index]
            guard let kind = tables.place(of: name.kind) else {
                memory.judging.groups.append(-1)
                continue
            }
            var place = ScoreMemory.Place(name)
            let lasting: Int32
            if let known = memory.scores.weight(at: &place) {
                lasting = known
            } else {
                features.list(lastingFeaturesOf: name, in: &memory.judging.list)
                var weight: Int32 = 0
                for number in memory.judging.list.numbers { weight += tables.weight(number) }
                memory.scores.remember(weight, at: place)
                lasting = weight
            }
            sum.begin(name.kind, place: kind, from: lasting)
            features.add(passingFeaturesOf: name, at: index, to: &sum)
            let group = Self.group(of: name, features, &memory.judging)
            memory.judging.groups.append(group)
            memory.judging.sums[Int(group)] += sum.total + readiness
        }
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
