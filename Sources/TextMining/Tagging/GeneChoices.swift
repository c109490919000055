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
        var relation: String
        /// Whether the name is listed for an ortholog only.
        var isOrtholog: Bool
        /// How many genes of its species the name may mean.
        var rivals: Int
    }

    private let document: TaggedDocument
    private let dictionary: CompiledDictionary
    private let species: SpeciesContext
    private let weights: FeatureWeights
    /// The tokens of the document.
    private let words: Set<UInt64>
    /// The names that stand for one gene only within its species: for each gene their phrases.
    private let certain: [Int: Set<UInt64>]
    /// For each species, how many names of the document are spelled just as official symbols of it.
    private let symbols: [TaxonID: Int]
    /// Words by which the subject of the document shows, each once, with their spelling where it is wanted.
    private let topics: [(template: FeatureTemplate, identity: UInt64, text: String)]
    /// The words of full names that the document has, by gene, as far as they have been asked for.
    private let profiles = Profiles()
    private final class Profiles {
        var words: [Int: Set<UInt64>] = [:]
    }
    /// What the topics say for each species, as far as it has been asked for.
    private var topicScores: [TaxonID: Float] = [:]

    init(document: TaggedDocument, dictionary: CompiledDictionary, species: SpeciesContext) {
        self.document = document
        self.dictionary = dictionary
        self.species = species
        weights = dictionary.weights.isEmpty ? Self.untrained : dictionary.weights
        var words: Set<UInt64> = []
        for passage in document.passages {
            for token in passage.tokens where token.end - token.start > 3 { words.insert(token.identity) }
        }
        self.words = words
        topics = Self.topics(of: document)
        symbols = Self.symbols(of: document, in: dictionary)
        var certain: [Int: Set<UInt64>] = [:]
        for name in document.names where name.kind == .gene && name.doubts.isEmpty {
            var byTaxon: [TaxonID: [Int]] = [:]
            for reading in name.readings {
                if let taxon = dictionary.taxon(ofConcept: reading.concept) {
                    byTaxon[taxon, default: []].append(reading.concept)
                }
            }
            let phrase = FeatureNumber.value(
                of: document.passages[name.passage].tokens[name.first...name.last])
            for concepts in byTaxon.values where Set(concepts).count == 1 {
                certain[concepts[0], default: []].insert(phrase)
            }
        }
        self.certain = certain
    }

    private static func symbols(of document: TaggedDocument, in dictionary: CompiledDictionary) -> [TaxonID:
        Int]
    {
        var seen: [TaxonID: Set<UInt64>] = [:]
        for name in document.names where name.kind == .gene && name.doubts.isEmpty {
            let surface = document.passages[name.passage].slice(name.range)
            for reading in name.readings where reading.grade == .official {
                guard let taxon = dictionary.taxon(ofConcept: reading.concept),
                    dictionary.withName(
                        ofEntry: reading.entry, { spelling(of: surface, $0) == UInt8(ascii: "=") })
                else { continue }
                seen[taxon, default: []].insert(NameHash.of(surface))
            }
        }
        return seen.mapValues(\.count)
    }

    /// Species for which the words of a document are weighed: those that papers on genes are mostly about.
    private static let weighedTaxa: Set<Int32> = [9606, 10090, 10116, 7227, 7955, 6239, 4932]

    private static func topics(
        of document: TaggedDocument
    ) -> [(template: FeatureTemplate, identity: UInt64, text: String)] {
        var topics: [(template: FeatureTemplate, identity: UInt64, text: String)] = []
        var seen: Set<UInt64> = []
        for passage in document.passages {
            for token in passage.tokens
            where token.traits.contains([.letters, .lowerCase]) && token.end - token.start > 2 {
                func add(_ template: FeatureTemplate, _ salt: UInt64) {
                    guard seen.insert(token.identity ^ salt).inserted else { return }
                    let bytes = passage.slice(TextRange(Int(token.start), Int(token.end)))
                    topics.append((template, token.identity, String(decoding: bytes, as: UTF8.self)))
                }
                add(.topic, 0)
                if passage.passage.kind == .title { add(.topicTitle, 0x5555_5555_5555_5555) }
            }
        }
        return topics
    }

    /// What the words of the document say for a species.
    private mutating func topicScore(of taxon: TaxonID) -> Float {
        if let score = topicScores[taxon] { return score }
        var score: Float = 0
        if Self.weighedTaxa.contains(taxon.number) {
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
        guard Self.weighedTaxa.contains(taxon.number) else { return [] }
        return topics.map { topic in
            ModelFeature(
                number: FeatureNumber.of(
                    .gene, topic.template, FeatureNumber.value(of: topic.identity, taxon)),
                name: "\(topic.template.name)=\(topic.text)/\(taxon.number)")
        }
    }

    /// The gene for which most speaks, and why; nil where two are alike or none can be meant.
    mutating func best(for name: NameReading) -> (Reading, [String])? {
        let choices = choices(for: name)
        guard !choices.isEmpty else { return nil }
        var best = 0
        var scores: [Float] = []
        for (index, choice) in choices.enumerated() {
            var score = topicScore(of: choice.taxon)
            for number in features(of: choice, for: name, isNamed: false).numbers { score += weights[number] }
            scores.append(score)
            if score > scores[best] { best = index }
        }
        let next = scores.indices.filter { $0 != best }.map { scores[$0] }.max()
        var reading = choices[best].reading
        if let next {
            if next == scores[best] { return nil }
            reading.margin = scores[best] - next
        }
        reading.cue = choices[best].relation
        return (reading, reasons(for: choices[best], among: choices))
    }

    private func reasons(for choice: Choice, among choices: [Choice]) -> [String] {
        var reasons = [Self.sentences[choice.relation] ?? "species by \(choice.relation)"]
        if choice.isOrtholog {
            let listed = dictionary.identifier(ofConcept: dictionary.entry(choice.reading.entry).concept)
            reasons.append("by a name of its ortholog \(listed)")
        }
        let others = choices.filter { $0.taxon == choice.taxon }.count
        if others > 1 {
            let isNamed = certain[choice.reading.concept] != nil
            reasons.append(
                isNamed
                    ? "the only one of \(others) genes that another name in the text supports"
                    : "the likeliest of \(others) genes by name, words of the text and number of names")
        }
        return reasons
    }

    private static let sentences = [
        "direct": "species named directly before",
        "left": "nearest species to the left in the sentence",
        "right": "nearest species to the right in the sentence",
        "right-after-left": "species to the right in the sentence",
        "sentence": "species named in the sentence",
        "none-named": "no species named",
        "absent": "a species that the text does not name",
        "foreign": "a species that the text does not name",
        "elsewhere": "species named elsewhere in the text",
    ].merging(
        ["focus1", "focus2", "focus3"].flatMap { focus in
            ["", "-earlier", "-other-in-sentence", "-earlier-other-in-sentence"].map {
                (
                    focus + $0,
                    focus == "focus1"
                        ? "species that the document names most" : "a species that the document names"
                )
            }
        }, uniquingKeysWith: { first, _ in first })

    // MARK: - Candidates

    /// The genes that a name may mean: those it is listed for, of any species that the text names or, where it names
    /// none, of any; and their orthologs in the species named.
    func choices(for name: NameReading) -> [Choice] {
        let near = species.surroundings(of: name, in: document)
        var taxa: [TaxonID] = []
        for taxon in [near.direct, near.left, near.right].compactMap({ $0 }) + species.focus
        where !taxa.contains(taxon) {
            taxa.append(taxon)
        }
        if !taxa.contains(.human), !species.isForeign || !dictionary.weights.isEmpty { taxa.append(.human) }
        var choices: [Choice] = []
        var seen: Set<Int> = []
        for reading in name.readings {
            guard let taxon = dictionary.taxon(ofConcept: reading.concept),
                seen.insert(reading.concept).inserted
            else { continue }
            let relation = species.relation(of: taxon, to: near)
            guard isPossible(taxon, relation) else { continue }
            choices.append(
                Choice(reading: reading, taxon: taxon, relation: relation, isOrtholog: false, rivals: 1))
        }
        let listed = Set(choices.map(\.taxon))
        for taxon in taxa where !listed.contains(taxon) {
            for reading in name.readings {
                guard let concept = dictionary.ortholog(ofConcept: reading.concept, in: taxon),
                    seen.insert(concept).inserted
                else { continue }
                var other = reading
                other.concept = concept
                other.grade = max(reading.grade, .related)
                choices.append(
                    Choice(
                        reading: other, taxon: taxon, relation: species.relation(of: taxon, to: near),
                        isOrtholog: true, rivals: 1))
            }
        }
        for index in choices.indices {
            choices[index].rivals = choices.filter { $0.taxon == choices[index].taxon }.count
        }
        return choices
    }

    /// Whether a name may mean a gene of a species that stands so to it. Of the species that the text does not name, only
    /// human is possible; where it names none, mouse and rat are too.
    private func isPossible(_ taxon: TaxonID, _ relation: String) -> Bool {
        switch relation {
        case "absent": taxon == .human
        // A paper on an organism whose genes no dictionary has may yet be about a human gene: the model weighs it.
        case "foreign": taxon == .human && !dictionary.weights.isEmpty
        case "none-named": [.human, .mouse, .rat].contains(taxon)
        default: true
        }
    }

    // MARK: - Features

    /// The features of a choice.
    func features(of choice: Choice, for name: NameReading, isNamed: Bool) -> FeatureList {
        var list = FeatureList(kind: .gene, isNamed: isNamed)
        let reading = choice.reading
        let passage = document.passages[name.passage]
        let surface = passage.slice(name.range)
        list.add(.cue, word: choice.relation)
        list.add(.share, [0x30 + UInt8((species.tenths(of: choice.taxon) + 2) / 3)])
        let most = symbols.values.max() ?? 0
        if most > 0 {
            list.add(
                .symbols, [0x30 + UInt8((symbols[choice.taxon] ?? 0) * 4 / most), most > 2 ? 0x6D : 0x66])
        }
        list.add(.taxon, word: "\(choice.taxon.number)")
        list.add(.shapeTaxon, DocumentFeatures.shape(surface) + "/\(choice.taxon.number)".utf8)
        let trust = 0x30 + reading.grade.rawValue
        let spelling = dictionary.withName(ofEntry: reading.entry) { Self.spelling(of: surface, $0) }
        list.add(.listed, [trust, spelling])
        if choice.isOrtholog { list.add(.ortholog) }
        guard choice.rivals > 1 else { return list }
        let own = FeatureNumber.value(of: passage.tokens[name.first...name.last])
        if certain[reading.concept]?.contains(where: { $0 != own }) == true { list.add(.named, word: "yes") }
        list.add(.profile, [0x30 + UInt8(min(4, profile(of: reading.concept, name: name)))])
        dictionary.withIdentifier(ofConcept: reading.concept) { identifier in
            list.add(.number, [0x30 + UInt8(max(0, min(9, identifier.count - "ncbigene:".utf8.count)))])
        }
        let count = dictionary.nameCount(ofConcept: reading.concept)
        list.add(.names, [0x30 + UInt8(count < 4 ? 0 : count < 8 ? 1 : count < 16 ? 2 : count < 32 ? 3 : 4)])
        return list
    }

    /// How the text spells a name: `=` exactly, `c` with other capitals, `o` otherwise.
    private static func spelling(of surface: ArraySlice<UInt8>, _ listed: Span<UInt8>) -> UInt8 {
        guard listed.count == surface.count else { return UInt8(ascii: "o") }
        var isSame = true
        for (offset, byte) in surface.enumerated() where listed[offset] != byte {
            isSame = false
            if listed[offset] | 0x20 != byte | 0x20 { return UInt8(ascii: "o") }
        }
        return isSame ? UInt8(ascii: "=") : UInt8(ascii: "c")
    }

    /// How many different words of the gene's full names, those of the name itself aside, stand in the document.
    private func profile(of concept: Int, name: NameReading) -> Int {
        let found = profiles.words[concept] ?? fullNameWords(of: concept)
        profiles.words[concept] = found
        let own = document.passages[name.passage].tokens[name.first...name.last]
        return found.count { word in !own.contains { $0.identity == word } }
    }

    /// The words of a gene's full names that stand in the document.
    private func fullNameWords(of concept: Int) -> Set<UInt64> {
        var found: Set<UInt64> = []
        var tokenizer = Tokenizer()
        var tokens: [Token] = []
        dictionary.forEachName(ofConcept: concept) { text, _ in
            guard text.count > 8 else { return }
            tokenizer.tokenize(text, into: &tokens)
            for token in tokens
            where token.end - token.start > 3 && token.traits.contains(.letters)
                && words.contains(token.identity) && !Self.common.contains(token.identity)
            {
                found.insert(token.identity)
            }
        }
        return found
    }

    /// Words of so many full names that they say nothing.
    private static let common: Set<UInt64> = {
        var tokenizer = Tokenizer()
        return Set(
            [
                "protein", "gene", "factor", "receptor", "like", "containing", "family", "member", "subunit",
                "type", "cell", "associated", "domain", "alpha", "beta", "gamma", "delta", "homolog",
                "isoform",
                "group", "chain", "with", "related", "dependent", "specific", "binding", "precursor", "human",
                "mouse",
            ].flatMap { tokenizer.tokens(of: $0).map(\.identity) })
    }()

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
