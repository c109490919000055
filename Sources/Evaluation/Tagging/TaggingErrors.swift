public import Corpus
import Intake
public import Terminology

/// Finds out why identifiers of documents were missed or found in error.
public struct TaggingErrors: Sendable {
    private let scores: TaggingScores
    private let dictionary: CompiledDictionary
    private let species: Set<TaxonID>?

    /// Makes an analysis.
    ///
    /// - Parameters:
    ///   - dictionary: the dictionary that the program tagged with.
    ///   - species: the species whose genes were asked for; nil for all.
    public init(scores: TaggingScores, dictionary: CompiledDictionary, species: Set<TaxonID>? = nil) {
        self.scores = scores
        self.dictionary = dictionary
        self.species = species
    }

    /// What went wrong, by cause.
    public struct Result: Hashable, Sendable {
        /// Why identifiers were missed, most frequent cause first.
        public var misses: [ErrorGroup<MissCause>]
        /// Why identifiers were found that gold does not have, most frequent cause first.
        public var falseAlarms: [ErrorGroup<FalseAlarmCause>]
    }

    /// Analyses all documents.
    ///
    /// - Parameter examples: how many examples are kept of each cause.
    public func result(gold: [GoldDocument], found: TaggingPredictions, examples: Int) -> Result {
        var misses = Tally<MissCause>()
        var falseAlarms = Tally<FalseAlarmCause>()
        for document in gold {
            let predicted = found.mentions[document.document.id] ?? []
            let wanted = scores.identifiers(ofGold: document)
            let given = scores.identifiers(ofFound: predicted)
            for identifier in wanted.subtracting(given) {
                let (cause, example) = miss(of: identifier, in: document, predicted)
                misses.add(example, under: cause)
            }
            for identifier in given.subtracting(wanted) {
                let (cause, example) = falseAlarm(of: identifier, in: document, predicted)
                falseAlarms.add(example, under: cause)
            }
        }
        return Result(
            misses: misses.groups(in: MissCause.allCases, examples: examples),
            falseAlarms: falseAlarms.groups(in: FalseAlarmCause.allCases, examples: examples))
    }

    /// What the dictionary calls an identifier; nil where it does not have it.
    public func name(of identifier: String) -> String? {
        concepts(of: identifier).first.map { dictionary.name(ofConcept: $0) }
    }

    // MARK: - Misses

    private func miss(
        of identifier: String, in gold: GoldDocument, _ predicted: [MarkedMention]
    ) -> (MissCause, ErrorExample) {
        let mentions = gold.mentions.filter {
            scores.type.names.contains($0.type) && $0.identifiers.contains(identifier)
        }
        func answer(
            _ cause: MissCause, _ mention: MarkedMention?, _ instead: [String] = []
        ) -> (MissCause, ErrorExample) {
            let text = (mention ?? mentions.first)?.text ?? ""
            return (cause, ErrorExample(text: text, identifier: identifier, instead: instead))
        }
        let concepts = concepts(of: identifier)
        if concepts.isEmpty { return answer(.unknownIdentifier, nil) }
        if let species, scores.type == .gene,
            !concepts.contains(where: { dictionary.taxon(ofConcept: $0).map(species.contains) ?? false })
        {
            return answer(.speciesLeftOut, nil)
        }
        let named = mentions.filter { mention in
            dictionary.entries(named: mention.text).contains { concepts.contains($0.concept) }
        }
        let kind = scores.type.kind.rawValue
        if named.isEmpty {
            // What the places were taken for instead says whether the name is missing or means something else.
            for mention in mentions {
                let other = predicted.first { $0.type == kind && $0.overlaps(mention) }
                if let other { return answer(.unknownName, mention, other.identifiers) }
            }
            return answer(.unknownName, nil)
        }
        // What came nearest to a hit, over all places of its names, is the cause.
        for mention in named {
            let same = predicted.filter { $0.type == kind && $0.hasEnds(of: mention) }
            if let other = same.first {
                let isOther = areOfDifferentSpecies(identifier, same.flatMap(\.identifiers))
                return answer(isOther ? .otherSpecies : .otherEntity, mention, other.identifiers)
            }
        }
        for mention in named {
            if let other = predicted.first(where: { $0.type == kind && $0.overlaps(mention) }) {
                return answer(.otherBoundaries, mention, ["“\(other.text)”"] + other.identifiers)
            }
        }
        for mention in named {
            if let other = predicted.first(where: { $0.overlaps(mention) }) {
                return answer(.otherType, mention, [other.type])
            }
        }
        if let blocked = named.first(where: { dictionary.isBlocked($0.text, as: scores.type.kind) }) {
            return answer(.blocked, blocked)
        }
        return answer(.ruledOut, named.first)
    }

    // MARK: - False alarms

    private func falseAlarm(
        of identifier: String, in gold: GoldDocument, _ predicted: [MarkedMention]
    ) -> (FalseAlarmCause, ErrorExample) {
        let mentions = predicted.filter {
            $0.type == scores.type.kind.rawValue && $0.identifiers.contains(identifier)
        }
        func answer(
            _ cause: FalseAlarmCause, _ mention: MarkedMention?, _ instead: [String] = []
        ) -> (FalseAlarmCause, ErrorExample) {
            (cause, ErrorExample(text: mention?.text ?? "", identifier: identifier, instead: instead))
        }
        let ofType = gold.mentions.filter { scores.type.names.contains($0.type) }
        for isIdentified in [true, false] {
            for mention in mentions {
                let other = ofType.first { $0.overlaps(mention) && $0.identifiers.isEmpty != isIdentified }
                guard let other else { continue }
                if !isIdentified { return answer(.noIdentifier, mention) }
                let isOther = areOfDifferentSpecies(identifier, other.identifiers)
                return answer(isOther ? .otherSpecies : .otherIdentifier, mention, other.identifiers)
            }
        }
        for mention in mentions {
            let other = gold.mentions.first {
                $0.overlaps(mention) && !scores.type.names.contains($0.type)
            }
            if let other { return answer(.otherType, mention, [other.type]) }
        }
        return answer(.unmarked, mentions.first)
    }

    // MARK: - Identifiers

    private func concepts(of identifier: String) -> Set<Int> {
        Set(scores.type.entities(of: identifier).compactMap { dictionary.concept(of: $0) })
    }

    /// Whether all others are genes, and of other species than a gene.
    private func areOfDifferentSpecies(_ identifier: String, _ others: [String]) -> Bool {
        guard scores.type == .gene, let taxon = taxon(of: identifier), !others.isEmpty else { return false }
        return others.allSatisfy { other in self.taxon(of: other).map { $0 != taxon } ?? false }
    }

    private func taxon(of identifier: String) -> TaxonID? {
        concepts(of: identifier).first.flatMap { dictionary.taxon(ofConcept: $0) }
    }
}

/// Counts examples by cause.
private struct Tally<Cause: Hashable & Sendable> {
    private var counts: [Cause: [ErrorExample: Int]] = [:]

    mutating func add(_ example: ErrorExample, under cause: Cause) {
        counts[cause, default: [:]][example, default: 0] += 1
    }

    /// The groups, most frequent first, then in the order of the causes.
    func groups(in order: [Cause], examples: Int) -> [ErrorGroup<Cause>] {
        var groups: [ErrorGroup<Cause>] = []
        for cause in order {
            guard let found = counts[cause] else { continue }
            let sorted = found.map { example, count in
                var example = example
                example.count = count
                return example
            }.sorted { one, other in
                if one.count != other.count { return one.count > other.count }
                let keys = [one, other].map { [$0.text, $0.identifier] + $0.instead }
                return keys[0].lexicographicallyPrecedes(keys[1]) {
                    $0.utf8.lexicographicallyPrecedes($1.utf8)
                }
            }
            groups.append(
                ErrorGroup(
                    cause: cause, count: found.values.reduce(0, +), examples: Array(sorted.prefix(examples))))
        }
        // A stable sort: causes of the same count keep their order.
        return groups.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
            .map(\.element)
    }
}
