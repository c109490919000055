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
    /// The weights in hundredths, and those of the words of the tagger's memory; nil where the weights are no such.
    private let tables: (weights: TabledWeights, words: [Int16])?
    /// The genes for which a name stands that means no other gene of their species.
    private var certain: [CertainName] = []
    private var certainNumbers: KeyNumbers
    /// For each species, how many names of the document are spelled just as official symbols of it; and the most.
    private var symbols: [TaxonID: Int] = [:]
    private var mostSymbols = 0
    /// Words by which the subject of the document shows, each once.
    private var topics: [Topic] = []
    /// What names were found to mean.
    private var answers: [Answer] = []
    /// Whether the document has been looked at as a whole.
    private var hasLookedAround = false
    /// What the topics say for each species, as far as it has been asked for.
    private var topicScores: [TaxonID: Float] = [:]
    /// The same, added as hundredths, by the species' place.
    private var topicSums = [Float?](repeating: nil, count: TabledWeights.topicTaxa.count)

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

    init(
        document: TaggedDocument, dictionary: CompiledDictionary, species: SpeciesContext,
        tables: (weights: TabledWeights, words: [Int16])? = nil
    ) {
        self.document = document
        self.dictionary = dictionary
        self.species = species
        self.tables = tables
        weights = dictionary.weights.isEmpty ? Self.untrained : dictionary.weights
        certainNumbers = KeyNumbers(expected: 16)
        var taxa = TaxonCounts()
        for name in document.names where name.kind == .gene && name.doubts.isEmpty {
            taxa.removeAll()
            document.readings.forEach(name.readings) { reading in
                if let taxon = dictionary.taxon(ofConcept: reading.concept) { taxa.count(taxon) }
            }
            document.readings.forEach(name.readings) { reading in
                guard let taxon = dictionary.taxon(ofConcept: reading.concept), taxa[taxon] == 1 else {
                    return
                }
                let number = certainNumbers.number(of: UInt64(reading.concept))
                if number == certain.count {
                    certain.append(CertainName(phrase: name.phrase))
                } else if certain[number].isOther(than: name.phrase) {
                    certain[number].isVaried = true
                }
            }
        }
    }

    /// The name that stands for a gene alone.
    private func certainName(of concept: Int) -> CertainName? {
        certainNumbers.known(UInt64(concept)).map { certain[$0] }
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
            for reading in document.readings[name.readings] where reading.grade == .official {
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
    private static func isWeighed(_ taxon: TaxonID) -> Bool { TabledWeights.topicTaxa.contains(taxon) }

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
    ///
    /// - Parameter isExact: whether the weights are added as floating-point numbers, in the order of the words; else they
    ///   are added as hundredths.
    private mutating func topicScore(of taxon: TaxonID, isExact: Bool) -> Float {
        guard let place = TabledWeights.topicTaxa.firstIndex(of: taxon) else { return 0 }
        if isExact { return exactTopicScore(of: taxon) }
        guard let (tables, words) = tables else { return exactTopicScore(of: taxon) }
        if let known = topicSums[place] { return known }
        var sum: Int32 = 0
        let (inText, inTitle) = (
            tables.column(topicOf: place, inTitle: false), tables.column(topicOf: place, inTitle: true)
        )
        let width = tables.weightsOfWord
        for topic in topics {
            let word = Int(document.passages[topic.passage].words[topic.token])
            sum += Int32(words[word * width + (topic.template == .topic ? inText : inTitle)])
        }
        let score = Float(sum) / 100
        topicSums[place] = score
        return score
    }

    private mutating func exactTopicScore(of taxon: TaxonID) -> Float {
        if let score = topicScores[taxon] { return score }
        var score: Float = 0
        for topic in topics {
            let value = FeatureNumber.value(of: topic.identity, taxon)
            score += weights[FeatureNumber.of(.gene, topic.template, value)]
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
        let near = species.surroundings(of: name)
        // A name that stands where nothing new speaks of a species means what it meant before.
        for known in answers
        where known.surface == name.surface && known.phrase == name.phrase && known.near == near
            && document.readings.areEqual(known.readings, name.readings)
        {
            return known.answer
        }
        let answer = best(for: name, near, &list)
        answers.append(
            Answer(
                surface: name.surface, phrase: name.phrase, readings: name.readings, near: near,
                answer: answer))
        return answer
    }

    /// What a name was found to mean, with all that it depends on besides the document.
    private struct Answer {
        let surface: UInt64
        let phrase: UInt64
        let readings: Readings
        let near: SpeciesContext.Surroundings
        let answer: (Reading, GeneChoiceReason)?
    }

    private mutating func best(
        for name: NameReading, _ near: SpeciesContext.Surroundings, _ list: inout FeatureList
    ) -> (Reading, GeneChoiceReason)? {
        let choices = choices(for: name, near)
        guard !choices.isEmpty else { return nil }
        var found = (place: 0, margin: Float?.none)
        // One alone needs no score.
        if choices.count > 1 {
            lookAround()
            found = best(of: choices, for: name, isExact: tables == nil, &list)
            // Where sums in another order might decide otherwise, the order of the features decides.
            if tables != nil, let margin = found.margin, Self.isClose(margin) {
                found = best(of: choices, for: name, isExact: true, &list)
            }
            if found.margin == 0 { return nil }
        }
        let choice = choices[found.place]
        var reading = choice.reading
        reading.margin = found.margin
        reading.relation = choice.relation
        return (
            reading,
            GeneChoiceReason(
                relation: choice.relation, isOrtholog: choice.isOrtholog, rivals: Int32(choice.rivals),
                isNamed: certainNumbers.known(UInt64(reading.concept)) != nil)
        )
    }

    /// The place of the choice with the highest score, the first of those that are alike, and by how much it is preferred to
    /// the next.
    private mutating func best(
        of choices: [Choice], for name: NameReading, isExact: Bool, _ list: inout FeatureList
    ) -> (place: Int, margin: Float?) {
        var best = 0
        var bestScore = -Float.infinity
        var next: Float?
        let range = name.range
        let bytes = document.passages[name.passage].bytes
        let shape = DocumentFeatures.shape(bytes.span.extracting(range.start..<range.end))
        for (index, choice) in choices.enumerated() {
            let topics = topicScore(of: choice.taxon, isExact: isExact)
            self.list(featuresOf: choice, for: name, shape, in: &list)
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
        return (best, next.map { bestScore - $0 })
    }

    /// Whether a margin is so near to nothing, or to a border between those that the judgement of mentions tells apart, that
    /// the order of additions matters.
    private static func isClose(_ margin: Float) -> Bool {
        let halves = margin * 2
        return halves < 9.5 && abs(halves - halves.rounded()) < 0.01
    }

    /// The genes that a name may mean: those it is listed for, of any species that the text names or, where it names
    /// none, of any; and their orthologs in the species named.
    func choices(for name: NameReading) -> [Choice] {
        choices(for: name, species.surroundings(of: name))
    }

    private func choices(for name: NameReading, _ near: SpeciesContext.Surroundings) -> [Choice] {
        let isTrained = !dictionary.weights.isEmpty
        var choices: [Choice] = []
        choices.reserveCapacity(name.readings.count + 2)
        var taxa = TaxonCounts()
        document.readings.forEach(name.readings) { reading in
            guard let taxon = dictionary.taxon(ofConcept: reading.concept) else { return }
            let relation = species.relation(of: taxon, to: near)
            guard relation.isPossible(for: taxon, isTrained: isTrained) else { return }
            taxa.count(taxon)
            choices.append(Choice(reading: reading, taxon: taxon, relation: relation, isOrtholog: false))
        }
        addOrthologs(of: name, in: near.direct, near, &choices, &taxa)
        addOrthologs(of: name, in: near.left, near, &choices, &taxa)
        addOrthologs(of: name, in: near.right, near, &choices, &taxa)
        for taxon in species.focus { addOrthologs(of: name, in: taxon, near, &choices, &taxa) }
        if !species.isForeign || isTrained { addOrthologs(of: name, in: .human, near, &choices, &taxa) }
        for index in choices.indices { choices[index].rivals = taxa[choices[index].taxon] }
        return choices
    }

    /// Adds the orthologs in a species of the genes that a name is listed for, where it is listed for none of that species.
    private func addOrthologs(
        of name: NameReading, in taxon: TaxonID?, _ near: SpeciesContext.Surroundings,
        _ choices: inout [Choice], _ taxa: inout TaxonCounts
    ) {
        guard let taxon, taxa[taxon] == 0 else { return }
        let start = choices.count
        document.readings.forEach(name.readings) { reading in
            guard let concept = dictionary.ortholog(ofConcept: reading.concept, in: taxon),
                !choices[start...].contains(where: { $0.reading.concept == concept })
            else { return }
            var other = reading
            other.concept = concept
            other.grade = max(reading.grade, .related)
            taxa.count(taxon)
            choices.append(
                Choice(
                    reading: other, taxon: taxon, relation: species.relation(of: taxon, to: near),
                    isOrtholog: true))
        }
    }

    // MARK: - Features

    /// Puts the features of a choice into a list.
    ///
    /// - Parameter shape: the shape of the name.
    func list(
        featuresOf choice: Choice, for name: NameReading, _ shape: ShortText, in list: inout FeatureList
    ) {
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
        if certainName(of: reading.concept)?.isOther(than: name.phrase) == true {
            list.add(.named, word: "yes")
        }
        let own = passage.tokens[name.first...name.last]
        let profile = dictionary.profileCount(ofConcept: reading.concept) { word in
            words.contains(word) && !own.contains { $0.identity == word }
        }
        list.add(.profile, digit: min(4, profile))
        let length = dictionary.identifierText(ofConcept: reading.concept).count - "ncbigene:".utf8.count
        list.add(.number, digit: max(0, min(9, length)))
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
