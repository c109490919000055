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
    /// The weights in hundredths, and those of the words of the tagger's memory; nil where the weights are no such.
    private let tables: (weights: TabledWeights, words: [Int16])?
    /// What is worked with.
    private(set) var room: Room
    /// For each species, how many names of the document are spelled just as official symbols of it; and the most. None until
    /// `lookAround` is called, as are the topics and words in the room.
    private var symbols = TaxonCounts()
    private var mostSymbols = 0
    /// Whether the document has been looked at as a whole, and whether its words have been listed.
    private var hasLookedAround = false
    private var hasListedWords = false
    /// What the topics say for each species, as far as it has been asked for.
    private var topicScores: [TaxonID: Float] = [:]
    /// The same in hundredths, by the species' place.
    private var topicSums = InlineArray<7, Int32?>(repeating: nil)

    /// What is worked with, from document to document.
    struct Room: Sendable {
        /// The genes for which a name stands that means no other gene of their species.
        fileprivate var certain: [CertainName] = []
        fileprivate var certainNumbers = KeyNumbers(expected: 16)
        fileprivate var taxa = TaxonCounts()
        /// What the name at hand may mean.
        fileprivate var choices: [Choice] = []
        /// What names were found to mean, and the number of each by the hash of what it depends on.
        fileprivate var answers: [Answer] = []
        fileprivate var answerNumbers = KeyNumbers(expected: 16)
        /// Official symbols, each as a hash of its spelling and species: two share one with a probability of 2⁻⁶⁴.
        fileprivate var symbols = TokenSet(expected: 16)
        /// Words by which the subject of the document shows, each once.
        fileprivate var topics: [Topic] = []
        /// The tokens of the document.
        fileprivate var words = TokenSet(expected: 1 << 9)
        /// For each word of the tagger's memory, the last document in which it was seen, and whether in its title.
        fileprivate var seen: [UInt32] = []
        /// The number of the document.
        fileprivate var documentNumber: UInt32 = 0
        /// What choices weigh whatever the document.
        fileprivate var scores = ScoreMemory()

        /// The number of words of the tagger's memory that are kept in mind at most.
        private static let seenLimit = 1 << 20

        /// Forgets what has grown too large.
        mutating func prune() {
            scores.prune()
            guard
                seen.count > Self.seenLimit
                    || RoomLimit.isExceeded(
                        by: certain.capacity, certainNumbers.capacity, choices.capacity, answers.capacity,
                        answerNumbers.capacity, symbols.capacity, topics.capacity, words.capacity)
            else { return }
            // What choices weigh depends on no document.
            var room = Room()
            swap(&room.scores, &scores)
            self = room
        }
    }

    /// The phrase of a name, and whether other phrases stand for the same.
    fileprivate struct CertainName {
        var phrase: UInt64
        var isVaried = false

        func isOther(than other: UInt64) -> Bool { isVaried || phrase != other }
    }

    /// A word by which the subject of the document shows.
    fileprivate struct Topic {
        var isInTitle: Bool
        var passage: Int32
        var token: Int32
        /// The number of the word in the tagger's memory.
        var word: Int32

        var template: FeatureTemplate { isInTitle ? .topicTitle : .topic }
    }

    /// - Parameter room: what is worked with; it is taken back at the end.
    init(
        document: TaggedDocument, dictionary: CompiledDictionary, species: SpeciesContext,
        tables: (weights: TabledWeights, words: [Int16])? = nil, room: consuming Room = Room()
    ) {
        self.document = document
        self.dictionary = dictionary
        self.species = species
        self.tables = tables
        self.room = consume room
        weights = dictionary.weights.isEmpty ? Self.untrained : dictionary.weights
        self.room.certain.removeAll(keepingCapacity: true)
        self.room.certainNumbers.removeAll(expected: 16)
        self.room.answers.removeAll(keepingCapacity: true)
        self.room.answerNumbers.removeAll(expected: 16)
        for index in document.names.indices {
            guard document.names[index].kind == .gene, document.names[index].doubts.isEmpty else { continue }
            addCertain(document.names[index])
        }
    }

    /// Takes in those genes of a name that are the only ones of their species which it may mean.
    private mutating func addCertain(_ name: NameReading) {
        if name.readings.count == 1 {
            if let reading = name.readings.first, dictionary.taxon(ofConcept: reading.concept) != nil {
                addCertain(reading.concept, name.phrase)
            }
            return
        }
        room.taxa.removeAll()
        document.readings.forEach(name.readings) { reading in
            if let taxon = dictionary.taxon(ofConcept: reading.concept) { room.taxa.count(taxon) }
        }
        document.readings.forEach(name.readings) { reading in
            if let taxon = dictionary.taxon(ofConcept: reading.concept), room.taxa[taxon] == 1 {
                addCertain(reading.concept, name.phrase)
            }
        }
    }

    private mutating func addCertain(_ concept: Int, _ phrase: UInt64) {
        let number = room.certainNumbers.number(of: UInt64(concept))
        if number == room.certain.count {
            room.certain.append(CertainName(phrase: phrase))
        } else if room.certain[number].isOther(than: phrase) {
            room.certain[number].isVaried = true
        }
    }

    /// The name that stands for a gene alone.
    private func certainName(of concept: Int) -> CertainName? {
        room.certainNumbers.known(UInt64(concept)).map { room.certain[$0] }
    }

    /// Looks at the words and symbols of the whole document, which features tell of: needed once a name has been found
    /// that may mean several genes.
    mutating func lookAround() {
        guard !hasLookedAround else { return }
        hasLookedAround = true
        findTopics()
        countSymbols()
    }

    /// Lists the words of the document, which the profiles of genes are compared with.
    private mutating func listWords() {
        guard !hasListedWords else { return }
        hasListedWords = true
        // Fewer than half of them are long and come for the first time.
        room.words.removeAll(expected: document.passages.reduce(0) { $0 + $1.tokens.count } / 2)
        for passage in document.passages {
            for token in passage.tokens where token.end - token.start > 3 {
                room.words.insert(token.identity)
            }
        }
    }

    private mutating func countSymbols() {
        room.symbols.removeAll(expected: 16)
        for name in document.names where name.kind == .gene && name.doubts.isEmpty {
            let passage = document.passages[name.passage]
            let text = passage.bytes
            document.readings.forEach(name.readings) { reading in
                guard reading.grade == .official, let taxon = dictionary.taxon(ofConcept: reading.concept)
                else { return }
                let symbol = name.surface ^ UInt64(bitPattern: Int64(taxon.number)) &* 0x9E37_79B9_7F4A_7C15
                guard !room.symbols.contains(symbol),
                    dictionary.likeness(
                        ofEntry: reading.entry,
                        to: text.span.extracting(name.range.start..<name.range.end)) == .exact
                else { return }
                room.symbols.insert(symbol)
                symbols.count(taxon)
            }
        }
        mostSymbols = symbols.most
    }

    // MARK: - The subject of the document

    /// Whether the words of a document are weighed for a species: one that papers on genes are mostly about.
    private static func isWeighed(_ taxon: TaxonID) -> Bool { TabledWeights.topicTaxa.contains(taxon) }

    private mutating func findTopics() {
        room.topics.removeAll(keepingCapacity: true)
        room.documentNumber &+= 1
        let inText = room.documentNumber << 1
        let inTitle = inText | 1
        let wanted: Token.Traits = [.letters, .lowerCase]
        // Out of the room meanwhile: both are then changed for themselves.
        var allSeen: [UInt32] = []
        swap(&allSeen, &room.seen)
        defer { swap(&allSeen, &room.seen) }
        for passage in document.passages {
            let isTitle = passage.passage.kind == .title
            let (tokens, words) = (passage.tokens, passage.words)
            let last = Int(words.max() ?? 0)
            if last >= allSeen.count {
                allSeen.append(
                    contentsOf: repeatElement(0, count: max(last + 1, 1 << 12) * 2 - allSeen.count))
            }
            var seen = allSeen.mutableSpan
            for place in tokens.indices {
                let token = tokens[place]
                guard token.traits.isSuperset(of: wanted), token.end &- token.start > 2 else { continue }
                let word = Int(words[place])
                let known = seen[word]
                var topic = Topic(
                    isInTitle: false, passage: Int32(passage.place), token: Int32(place), word: words[place])
                if known & ~1 != inText {
                    room.topics.append(topic)
                    seen[word] = isTitle ? inTitle : inText
                } else if isTitle, known != inTitle {
                    seen[word] = inTitle
                } else {
                    continue
                }
                guard isTitle else { continue }
                topic.isInTitle = true
                room.topics.append(topic)
            }
        }
    }

    /// What the words of the document say for a species, in hundredths.
    private mutating func topicSum(
        of taxon: TaxonID, _ tables: TabledWeights, _ words: [Int16]
    ) -> Int32 {
        guard let place = TabledWeights.topicTaxa.firstIndex(of: taxon) else { return 0 }
        if let known = topicSums[place] { return known }
        var sum: Int32 = 0
        let (inText, inTitle) = (
            tables.column(topicOf: place, inTitle: false), tables.column(topicOf: place, inTitle: true)
        )
        let width = tables.weightsOfWord
        for topic in room.topics {
            sum += Int32(words[Int(topic.word) * width + (topic.isInTitle ? inTitle : inText)])
        }
        topicSums[place] = sum
        return sum
    }

    /// The same as a floating-point number, added in the order of the words.
    private mutating func topicScore(of taxon: TaxonID) -> Float {
        guard Self.isWeighed(taxon) else { return 0 }
        if let score = topicScores[taxon] { return score }
        var score: Float = 0
        for topic in room.topics {
            let identity = document.passages[Int(topic.passage)].tokens[Int(topic.token)].identity
            score +=
                weights[FeatureNumber.of(.gene, topic.template, FeatureNumber.value(of: identity, taxon))]
        }
        topicScores[taxon] = score
        return score
    }

    /// The features of a species that the words of the document give.
    func topicFeatures(of taxon: TaxonID) -> [ModelFeature] {
        guard Self.isWeighed(taxon) else { return [] }
        return room.topics.map { topic in
            let passage = document.passages[Int(topic.passage)]
            let place = Int(topic.token)
            return ModelFeature(
                number: FeatureNumber.of(
                    .gene, topic.template, FeatureNumber.value(of: passage.tokens[place].identity, taxon)),
                name: "\(topic.template.name)=\(passage.text(place, place))/\(taxon.number)")
        }
    }

    // MARK: - The choice

    /// The gene for which most speaks, and why; nil where two are alike or none can be meant.
    ///
    /// - Parameter list: room for features.
    mutating func best(for name: NameReading, _ list: inout FeatureList) -> (Reading, GeneChoiceReason)? {
        let near = species.surroundings(of: name)
        // A name that stands where nothing new speaks of a species means what it meant before.
        var hash = name.surface ^ near.hash
        while let number = room.answerNumbers.known(hash) {
            let known = room.answers[number]
            if known.surface == name.surface, known.phrase == name.phrase, known.near == near,
                document.readings.areEqual(known.readings, name.readings)
            {
                return known.answer
            }
            // Two with one hash.
            hash = hash &+ 0x9E37_79B9_7F4A_7C15
        }
        let answer = best(for: name, near, &list)
        _ = room.answerNumbers.number(of: hash)
        room.answers.append(
            Answer(
                surface: name.surface, phrase: name.phrase, readings: name.readings, near: near,
                answer: answer))
        return answer
    }

    /// What a name was found to mean, with all that it depends on besides the document.
    fileprivate struct Answer {
        let surface: UInt64
        let phrase: UInt64
        let readings: Readings
        let near: SpeciesContext.Surroundings
        let answer: (Reading, GeneChoiceReason)?
    }

    private mutating func best(
        for name: NameReading, _ near: SpeciesContext.Surroundings, _ list: inout FeatureList
    ) -> (Reading, GeneChoiceReason)? {
        findChoices(for: name, near)
        guard !room.choices.isEmpty else { return nil }
        var found = (place: 0, margin: Float?.none)
        // One alone needs no score.
        if room.choices.count > 1 {
            lookAround()
            if let tables {
                found = best(for: name, tables.weights, tables.words, &list)
                // Where sums in another order might decide otherwise, the order of the features decides.
                if let margin = found.margin, Self.isClose(margin) { found = exactBest(for: name, &list) }
            } else {
                found = exactBest(for: name, &list)
            }
            if found.margin == 0 { return nil }
        }
        let choice = room.choices[found.place]
        var reading = choice.reading
        reading.margin = found.margin
        reading.relation = choice.relation
        return (
            reading,
            GeneChoiceReason(
                relation: choice.relation, isOrtholog: choice.isOrtholog, rivals: Int32(choice.rivals),
                isNamed: room.certainNumbers.known(UInt64(reading.concept)) != nil)
        )
    }

    /// The highest of several scores and the next one.
    private struct Ranking<Score: Comparable> {
        var best: Score
        var next: Score?
        /// The place of the highest score, the first of those that are alike.
        var place = 0

        init(_ first: Score) { best = first }

        mutating func take(_ score: Score, at place: Int) {
            if score > best {
                next = best
                best = score
                self.place = place
            } else if let known = next {
                next = max(known, score)
            } else {
                next = score
            }
        }
    }

    /// The place of the choice with the highest score, and by how much it is preferred to the next: in whole hundredths.
    private mutating func best(
        for name: NameReading, _ tables: TabledWeights, _ words: [Int16], _ list: inout FeatureList
    ) -> (place: Int, margin: Float?) {
        var ranking: Ranking<Int32>?
        for index in room.choices.indices {
            let choice = room.choices[index]
            var score = lastingScore(of: choice, for: name, tables, &list)
            score += topicSum(of: choice.taxon, tables, words)
            score += tables.choiceRelation(choice.relation)
            score += tables.choiceShare(share(of: choice))
            if mostSymbols > 0 { score += tables.choiceSymbols(symbolRatio(of: choice), mostSymbols > 2) }
            if choice.rivals > 1 {
                if isNamed(choice, besides: name) { score += tables.choiceNamed }
                score += tables.choiceProfile(profile(of: choice, for: name))
            }
            if ranking == nil { ranking = Ranking(score) } else { ranking?.take(score, at: index) }
        }
        guard let ranking else { return (0, nil) }
        return (ranking.place, ranking.next.map { Float(ranking.best - $0) / 100 })
    }

    /// What a choice weighs whatever the document, in hundredths.
    private mutating func lastingScore(
        of choice: Choice, for name: NameReading, _ tables: TabledWeights, _ list: inout FeatureList
    ) -> Int32 {
        var place = ScoreMemory.Place(
            choice.reading, of: name, isOrtholog: choice.isOrtholog, hasRivals: choice.rivals > 1)
        if let known = room.scores.weight(at: &place) { return known }
        list.begin(.gene)
        addLasting(featuresOf: choice, for: name, to: &list)
        if choice.rivals > 1 { addLastingAmongRivals(featuresOf: choice, to: &list) }
        var weight: Int32 = 0
        for number in list.numbers { weight += tables.weight(number) }
        room.scores.remember(weight, at: place)
        return weight
    }

    /// The same as `best`, with weights added as floating-point numbers, in the order of the features.
    private mutating func exactBest(
        for name: NameReading, _ list: inout FeatureList
    ) -> (place: Int, margin: Float?) {
        var ranking: Ranking<Float>?
        for index in room.choices.indices {
            let choice = room.choices[index]
            let topics = topicScore(of: choice.taxon)
            self.list(featuresOf: choice, for: name, in: &list)
            let score = weights.sum(of: list.numbers, from: topics)
            if ranking == nil { ranking = Ranking(score) } else { ranking?.take(score, at: index) }
        }
        guard let ranking else { return (0, nil) }
        return (ranking.place, ranking.next.map { ranking.best - $0 })
    }

    /// Whether a margin is so near to nothing, or to a border between those that the judgement of mentions tells apart, that
    /// the order of additions matters.
    private static func isClose(_ margin: Float) -> Bool {
        let halves = margin * 2
        return halves < 9.5 && abs(halves - halves.rounded()) < 0.01
    }

    /// The genes that a name may mean: those it is listed for, of any species that the text names or, where it names
    /// none, of any; and their orthologs in the species named.
    mutating func choices(for name: NameReading) -> [Choice] {
        findChoices(for: name, species.surroundings(of: name))
        return room.choices
    }

    /// Puts the genes that a name may mean into the room.
    private mutating func findChoices(for name: NameReading, _ near: SpeciesContext.Surroundings) {
        let isTrained = !dictionary.weights.isEmpty
        room.choices.removeAll(keepingCapacity: true)
        document.readings.forEach(name.readings) { reading in
            guard let taxon = dictionary.taxon(ofConcept: reading.concept) else { return }
            let relation = species.relation(of: taxon, to: near)
            guard relation.isPossible(for: taxon, isTrained: isTrained) else { return }
            room.choices.append(
                Choice(reading: reading, taxon: taxon, relation: relation, isOrtholog: false))
        }
        if let direct = near.direct { addOrthologs(of: name, in: direct, near) }
        if let left = near.left { addOrthologs(of: name, in: left, near) }
        if let right = near.right { addOrthologs(of: name, in: right, near) }
        for place in species.focus.indices { addOrthologs(of: name, in: species.focus[place], near) }
        if !species.isForeign || isTrained { addOrthologs(of: name, in: .human, near) }
        if room.choices.count == 1 { return }
        for index in room.choices.indices {
            let taxon = room.choices[index].taxon
            var rivals = 0
            for other in room.choices where other.taxon == taxon { rivals += 1 }
            room.choices[index].rivals = rivals
        }
    }

    /// Adds the orthologs in a species of the genes that a name is listed for, where it is listed for none of that species.
    private mutating func addOrthologs(
        of name: NameReading, in taxon: TaxonID, _ near: SpeciesContext.Surroundings
    ) {
        guard !room.choices.contains(where: { $0.taxon == taxon }) else { return }
        let start = room.choices.count
        document.readings.forEach(name.readings) { reading in
            guard let concept = dictionary.ortholog(ofConcept: reading.concept, in: taxon),
                !room.choices[start...].contains(where: { $0.reading.concept == concept })
            else { return }
            var other = reading
            other.concept = concept
            other.grade = max(reading.grade, .related)
            room.choices.append(
                Choice(
                    reading: other, taxon: taxon, relation: species.relation(of: taxon, to: near),
                    isOrtholog: true))
        }
    }

    // MARK: - Features

    /// Puts the features of a choice into a list.
    mutating func list(featuresOf choice: Choice, for name: NameReading, in list: inout FeatureList) {
        list.begin(.gene)
        list.add(.cue, choice.relation.hash, choice.relation.word)
        list.add(.share, digit: share(of: choice))
        if mostSymbols > 0 {
            list.addSymbols(symbolRatio(of: choice), mostSymbols > 2)
        }
        addLasting(featuresOf: choice, for: name, to: &list)
        guard choice.rivals > 1 else { return }
        if isNamed(choice, besides: name) { list.add(.named, word: "yes") }
        list.add(.profile, digit: profile(of: choice, for: name))
        addLastingAmongRivals(featuresOf: choice, to: &list)
    }

    /// Adds the features of a choice that depend on nothing in the document but the name.
    private func addLasting(
        featuresOf choice: Choice, for name: NameReading, to list: inout FeatureList
    ) {
        let reading = choice.reading
        let text = document.passages[name.passage].bytes
        let surface = text.span.extracting(name.range.start..<name.range.end)
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
        list.add(.listed, ShortText(UInt8(ascii: "0") + reading.grade.rawValue, spelling))
        if choice.isOrtholog { list.add(.ortholog) }
    }

    /// Adds those by which genes of one species are told apart, whatever the document.
    private func addLastingAmongRivals(featuresOf choice: Choice, to list: inout FeatureList) {
        let concept = choice.reading.concept
        let length = dictionary.identifierText(ofConcept: concept).count - "ncbigene:".utf8.count
        list.add(.number, digit: max(0, min(9, length)))
        let count = dictionary.nameCount(ofConcept: concept)
        list.add(.names, digit: count < 4 ? 0 : count < 8 ? 1 : count < 16 ? 2 : count < 32 ? 3 : 4)
    }

    /// The share of the document's cues that are of the species of a choice, in thirds of tenths.
    private func share(of choice: Choice) -> Int { (species.tenths(of: choice.taxon) + 2) / 3 }

    /// How many names are spelled as symbols of the species of a choice, in quarters of the most.
    private func symbolRatio(of choice: Choice) -> Int { symbols[choice.taxon] * 4 / mostSymbols }

    /// Whether another name means the gene of a choice, and no other of its species.
    private func isNamed(_ choice: Choice, besides name: NameReading) -> Bool {
        certainName(of: choice.reading.concept)?.isOther(than: name.phrase) == true
    }

    /// How many of the telling words of a gene's full names the document has besides the name, four at most.
    private mutating func profile(of choice: Choice, for name: NameReading) -> Int {
        listWords()
        let tokens = document.passages[name.passage].tokens
        let own = name.first...name.last
        let count = dictionary.profileCount(ofConcept: choice.reading.concept) { word in
            guard room.words.contains(word) else { return false }
            for index in own where tokens[index].identity == word { return false }
            return true
        }
        return min(4, count)
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
