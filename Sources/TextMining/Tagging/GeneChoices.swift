import AhoCorasick
import Corpus
import Terminology

/// The genes that a name may mean, each with the features by which it is chosen.
struct GeneChoices {
    /// A gene that a name may mean.
    struct Choice {
        var reading: Reading
        var taxon: TaxonID
        /// How its species stands to the name.
        var relation: SpeciesRelation
        /// Whether the name is listed for an ortholog only.
        var isOrtholog: Bool
        /// How many genes of its species the name may mean.
        var rivals = 1
    }

    private let document: TaggedDocument
    private let dictionary: CompiledDictionary
    private let species: SpeciesContext
    private let weights: FeatureWeights
    /// The tokens of the document; none until `lookAround` is called, as are `symbols` and `topics`.
    private var words = TokenSet(expected: 0)
    /// The genes for which a name stands that means no other gene of their species.
    private let certain: [Int: CertainName]
    /// For each species, how many names of the document are spelled just as official symbols of it; and the most.
    private var symbols: [TaxonID: Int] = [:]
    private var mostSymbols = 0
    /// Words by which the subject of the document shows, each once.
    private var topics: [Topic] = []
    /// Whether the document has been looked at as a whole.
    private var hasLookedAround = false
    /// What the topics say for each species, as far as it has been asked for.
    private var topicScores: [TaxonID: Float] = [:]

    /// The phrase of a name, and whether other phrases stand for the same.
    private struct CertainName {
        var phrase: UInt64
        var isVaried = false

        func isOther(than other: UInt64) -> Bool { isVaried || phrase != other }
    }

    /// A word by which the subject of the document shows.
    private struct Topic {
        var template: FeatureTemplate
        var identity: UInt64
        var passage: Int
        var token: Int
    }

    init(document: TaggedDocument, dictionary: CompiledDictionary, species: SpeciesContext) {
        self.document = document
        self.dictionary = dictionary
        self.species = species
        weights = dictionary.weights.isEmpty ? Self.untrained : dictionary.weights
        var certain: [Int: CertainName] = [:]
        var taxa = TaxonCounts()
        for name in document.names where name.kind == .gene && name.doubts.isEmpty {
            taxa.removeAll()
            for reading in name.readings {
                if let taxon = dictionary.taxon(ofConcept: reading.concept) { taxa.count(taxon) }
            }
            for reading in name.readings {
                guard let taxon = dictionary.taxon(ofConcept: reading.concept), taxa[taxon] == 1 else {
                    continue
                }
                let known = certain[reading.concept, default: CertainName(phrase: name.phrase)]
                certain[reading.concept] = CertainName(
                    phrase: known.phrase, isVaried: known.isOther(than: name.phrase))
            }
        }
        self.certain = certain
    }

    /// Looks at the words and symbols of the whole document, which features tell of: needed once a name has been found
    /// that may mean several genes.
    mutating func lookAround() {
        guard !hasLookedAround else { return }
        hasLookedAround = true
        let tokens = document.passages.reduce(0) { $0 + $1.tokens.count }
        words = TokenSet(expected: tokens)
        for passage in document.passages {
            for token in passage.tokens where token.end - token.start > 3 { words.insert(token.identity) }
        }
        topics = Self.topics(of: document, tokens: tokens)
        symbols = Self.symbols(of: document, in: dictionary)
        mostSymbols = symbols.values.max() ?? 0
    }

    private static func symbols(
        of document: TaggedDocument, in dictionary: CompiledDictionary
    ) -> [TaxonID: Int] {
        struct Symbol: Hashable {
            var taxon: TaxonID
            var spelling: UInt64
        }
        var seen: Set<Symbol> = []
        var counts: [TaxonID: Int] = [:]
        for name in document.names where name.kind == .gene && name.doubts.isEmpty {
            let passage = document.passages[name.passage]
            let text = passage.bytes
            let surface = text.span.extracting(name.range.start..<name.range.end)
            var spelling: UInt64?
            for reading in name.readings where reading.grade == .official {
                guard let taxon = dictionary.taxon(ofConcept: reading.concept),
                    dictionary.likeness(ofEntry: reading.entry, to: surface) == .exact
                else { continue }
                let own = spelling ?? NameHash.of(passage.slice(name.range))
                spelling = own
                if seen.insert(Symbol(taxon: taxon, spelling: own)).inserted {
                    counts[taxon, default: 0] += 1
                }
            }
        }
        return counts
    }

    // MARK: - The subject of the document

    /// Whether the words of a document are weighed for a species: one that papers on genes are mostly about.
    private static func isWeighed(_ taxon: TaxonID) -> Bool {
        switch taxon.number {
        case 9606, 10090, 10116, 7227, 7955, 6239, 4932: true
        default: false
        }
    }

    private static func topics(of document: TaggedDocument, tokens: Int) -> [Topic] {
        var topics: [Topic] = []
        topics.reserveCapacity(tokens / 2)
        var seen = TokenSet(expected: tokens)
        var seenInTitle = TokenSet(expected: 64)
        for passage in document.passages {
            for (place, token) in passage.tokens.enumerated()
            where token.traits.contains([.letters, .lowerCase]) && token.end - token.start > 2 {
                if seen.insert(token.identity) {
                    topics.append(
                        Topic(
                            template: .topic, identity: token.identity, passage: passage.place, token: place))
                }
                if passage.passage.kind == .title, seenInTitle.insert(token.identity) {
                    topics.append(
                        Topic(
                            template: .topicTitle, identity: token.identity, passage: passage.place,
                            token: place))
                }
            }
        }
        return topics
    }

    /// What the words of the document say for a species.
    private mutating func topicScore(of taxon: TaxonID) -> Float {
        if let score = topicScores[taxon] { return score }
        var score: Float = 0
        if Self.isWeighed(taxon) {
            for topic in topics {
                score +=
                    weights[
                        FeatureNumber.of(
                            .gene, topic.template, FeatureNumber.value(of: topic.identity, taxon))]
            }
        }
        topicScores[taxon] = score
        return score
    }

    /// The features of a species that the words of the document give.
    func topicFeatures(of taxon: TaxonID) -> [ModelFeature] {
        guard Self.isWeighed(taxon) else { return [] }
        return topics.map { topic in
            let text = document.passages[topic.passage].text(topic.token, topic.token)
            return ModelFeature(
                number: FeatureNumber.of(
                    .gene, topic.template, FeatureNumber.value(of: topic.identity, taxon)),
                name: "\(topic.template.name)=\(text)/\(taxon.number)")
        }
    }

    // MARK: - The choice

    /// The gene for which most speaks, and why; nil where two are alike or none can be meant.
    ///
    /// - Parameter list: room for features.
    mutating func best(for name: NameReading, _ list: inout FeatureList) -> (Reading, GeneChoiceReason)? {
        let choices = choices(for: name)
        guard !choices.isEmpty else { return nil }
        var best = 0
        var bestScore = -Float.infinity
        var next: Float?
        // One alone needs no score.
        if choices.count > 1 { lookAround() }
        for (index, choice) in choices.enumerated() where choices.count > 1 {
            let topics = topicScore(of: choice.taxon)
            self.list(featuresOf: choice, for: name, in: &list)
            let score = weights.sum(of: list.numbers, from: topics)
            if index == 0 {
                bestScore = score
            } else if score > bestScore {
                next = bestScore
                (best, bestScore) = (index, score)
            } else {
                next = max(next ?? score, score)
            }
        }
        let choice = choices[best]
        var reading = choice.reading
        if let next {
            if next == bestScore { return nil }
            reading.margin = bestScore - next
        }
        reading.relation = choice.relation
        return (
            reading,
            GeneChoiceReason(
                relation: choice.relation, isOrtholog: choice.isOrtholog, rivals: Int32(choice.rivals),
                isNamed: certain[reading.concept] != nil)
        )
    }

    /// The genes that a name may mean: those it is listed for, of any species that the text names or, where it names
    /// none, of any; and their orthologs in the species named.
    func choices(for name: NameReading) -> [Choice] {
        let near = species.surroundings(of: name)
        let isTrained = !dictionary.weights.isEmpty
        var choices: [Choice] = []
        choices.reserveCapacity(name.readings.count)
        var taxa = TaxonCounts()
        for reading in name.readings {
            guard let taxon = dictionary.taxon(ofConcept: reading.concept) else { continue }
            let relation = species.relation(of: taxon, to: near)
            guard relation.isPossible(for: taxon, isTrained: isTrained) else { continue }
            taxa.count(taxon)
            choices.append(Choice(reading: reading, taxon: taxon, relation: relation, isOrtholog: false))
        }
        func addOrthologs(in taxon: TaxonID?) {
            guard let taxon, taxa[taxon] == 0 else { return }
            let relation = species.relation(of: taxon, to: near)
            var seen: Set<Int> = []
            for reading in name.readings {
                guard let concept = dictionary.ortholog(ofConcept: reading.concept, in: taxon),
                    seen.insert(concept).inserted
                else { continue }
                var other = reading
                other.concept = concept
                other.grade = max(reading.grade, .related)
                taxa.count(taxon)
                choices.append(Choice(reading: other, taxon: taxon, relation: relation, isOrtholog: true))
            }
        }
        addOrthologs(in: near.direct)
        addOrthologs(in: near.left)
        addOrthologs(in: near.right)
        for taxon in species.focus { addOrthologs(in: taxon) }
        if !species.isForeign || isTrained { addOrthologs(in: .human) }
        for index in choices.indices { choices[index].rivals = taxa[choices[index].taxon] }
        return choices
    }

    // MARK: - Features

    /// Puts the features of a choice into a list.
    func list(featuresOf choice: Choice, for name: NameReading, in list: inout FeatureList) {
        list.begin(.gene)
        let reading = choice.reading
        let passage = document.passages[name.passage]
        let text = passage.bytes
        let surface = text.span.extracting(name.range.start..<name.range.end)
        let zero = UInt8(ascii: "0")
        list.add(.cue, choice.relation.hash, choice.relation.word)
        list.add(.share, digit: (species.tenths(of: choice.taxon) + 2) / 3)
        if mostSymbols > 0 {
            list.add(
                .symbols,
                ShortText(
                    zero + UInt8((symbols[choice.taxon] ?? 0) * 4 / mostSymbols),
                    mostSymbols > 2 ? UInt8(ascii: "m") : UInt8(ascii: "f")))
        }
        var taxonHash = NameHash()
        taxonHash.combine(decimal: choice.taxon.number)
        list.add(.taxon, taxonHash.value, "\(choice.taxon.number)")
        let shape = DocumentFeatures.shape(surface)
        var shapeTaxon = shape.state
        shapeTaxon.combine(UInt8(ascii: "/"))
        shapeTaxon.combine(decimal: choice.taxon.number)
        list.add(.shapeTaxon, shapeTaxon.value, shape.string + "/\(choice.taxon.number)")
        let spelling: UInt8 =
            switch dictionary.likeness(ofEntry: reading.entry, to: surface) {
            case .exact: UInt8(ascii: "=")
            case .otherCapitals: UInt8(ascii: "c")
            case .other: UInt8(ascii: "o")
            }
        list.add(.listed, ShortText(zero + reading.grade.rawValue, spelling))
        if choice.isOrtholog { list.add(.ortholog) }
        guard choice.rivals > 1 else { return }
        if certain[reading.concept]?.isOther(than: name.phrase) == true { list.add(.named, word: "yes") }
        let own = passage.tokens[name.first...name.last]
        let profile = dictionary.profileCount(ofConcept: reading.concept) { word in
            words.contains(word) && !own.contains { $0.identity == word }
        }
        list.add(.profile, digit: min(4, profile))
        let digits = dictionary.identifierText(ofConcept: reading.concept).count - "ncbigene:".utf8.count
        list.add(.number, digit: max(0, min(9, digits)))
        let count = dictionary.nameCount(ofConcept: reading.concept)
        list.add(.names, digit: count < 4 ? 0 : count < 8 ? 1 : count < 16 ? 2 : count < 32 ? 3 : 4)
    }

    // MARK: - Without a trained model

    /// Weights for a dictionary that brings none: the nearest species first, names listed for it before those of
    /// orthologs, then genes that another name supports, then symbols and full names.
    private static let untrained: FeatureWeights = {
        var tokenizer = Tokenizer()
        var weights: [UInt64: Float] = [:]
        func set(_ feature: String, _ weight: Float) {
            if let number = FeatureNumber.of(.gene, written: feature, tokenizer: &tokenizer) {
                weights[number] = weight
            }
        }
        set("cue=direct", 100)
        set("cue=left", 60)
        set("cue=right", 55)
        set("cue=right-after-left", 30)
        set("cue=sentence", 25)
        for (place, weight) in [("1", Float(20)), ("2", 10), ("3", 5)] {
            for nearness in ["", "-earlier", "-other-in-sentence", "-earlier-other-in-sentence"] {
                set("cue=focus\(place)\(nearness)", weight)
            }
        }
        set("taxon=9606", 1)
        set("ortholog", -3)
        set("named=yes", 0.8)
        for spelling in ["=", "c", "o"] {
            set("listed=0\(spelling)", 0.5)
            set("listed=1\(spelling)", 0.4)
        }
        return FeatureWeights(weights)
    }()
}
