import AhoCorasick
import Corpus
import Terminology

/// What speaks for and against each name of a document being a mention of its kind: the words around it, its spelling,
/// the dictionary's trust, and what the rest of the document says.
///
/// The names must be in the document's order: by passage, then by first token, longer ones first.
struct DocumentFeatures {
    private let document: TaggedDocument
    private let dictionary: CompiledDictionary
    /// Whether one species is assumed whatever the text says of others: then what it says of them counts only where it
    /// stands directly before a name.
    private let isSpeciesAssumed: Bool
    /// What the names are to each other.
    private(set) var room: Room

    /// What the names of a document are to each other; kept from document to document for the room that it takes.
    struct Room: Sendable {
        /// How often a phrase stands in the document as a name of a kind.
        fileprivate var counts: [Int32] = []
        fileprivate var countNumbers = KeyNumbers(expected: 64)
        /// The names of each concept.
        fileprivate var supports: [Support] = []
        fileprivate var supportNumbers = KeyNumbers(expected: 64)
        /// What is known of each name.
        fileprivate var names: [NameFacts] = []

        /// Gives back what has grown too large.
        mutating func prune() {
            if RoomLimit.isExceeded(
                by: counts.capacity, countNumbers.capacity, supports.capacity, supportNumbers.capacity,
                names.capacity)
            {
                self = Room()
            }
        }
    }

    /// What the other names of the document are to a name.
    fileprivate struct NameFacts {
        /// The place of its count, and of the names of its concept; -1 where it has none.
        var count: Int32
        var support: Int32
        /// Kinds of names that touch it, a bit a kind: of those that hold it, that lie in it, and that share its place.
        var inside: UInt16 = 0
        var around: UInt16 = 0
        var also: UInt16 = 0
        /// Of those that end just before it, and that begin just after it.
        var before: UInt16 = 0
        var after: UInt16 = 0
    }

    init(
        document: TaggedDocument, dictionary: CompiledDictionary, settings: TaggerSettings,
        room: consuming Room = Room()
    ) {
        self.document = document
        isSpeciesAssumed = settings.assumed != nil
        self.dictionary = dictionary
        self.room = consume room
        let names = document.names
        number(names)
        Self.count(names, self.room.names, &self.room.counts, &self.room.supports)
        var facts = self.room.names.mutableSpan
        for index in names.indices {
            let (passage, first, last) = (names[index].passage, names[index].first, names[index].last)
            let own: UInt16 = 1 << UInt16(names[index].kind.number)
            var next = index + 1
            while next < names.count, names[next].first <= last + 1, names[next].passage == passage {
                let theirs: UInt16 = 1 << UInt16(names[next].kind.number)
                if names[next].first == last + 1 {
                    facts[index].after |= theirs
                    facts[next].before |= own
                } else if names[next].first == first, names[next].last == last {
                    facts[index].also |= theirs
                    facts[next].also |= own
                } else if names[next].last <= last {
                    facts[index].around |= theirs
                    facts[next].inside |= own
                }
                next += 1
            }
        }
    }

    /// Numbers the phrases and concepts of names.
    private mutating func number(_ names: [NameReading]) {
        room.countNumbers.removeAll(expected: names.count)
        room.supportNumbers.removeAll(expected: names.count)
        room.names.removeAll(keepingCapacity: true)
        room.names.reserveCapacity(names.count)
        for index in names.indices {
            let count = room.countNumbers.number(of: names[index].phrase ^ names[index].kind.number)
            var support = -1
            if let reading = names[index].readings.first {
                support = room.supportNumbers.number(of: UInt64(reading.concept))
            }
            room.names.append(NameFacts(count: Int32(count), support: Int32(support)))
        }
        room.counts.removeAll(keepingCapacity: true)
        room.counts.append(contentsOf: repeatElement(0, count: room.countNumbers.count))
        room.supports.removeAll(keepingCapacity: true)
        room.supports.append(contentsOf: repeatElement(Support(), count: room.supportNumbers.count))
    }

    /// Counts names that are numbered.
    private static func count(
        _ names: [NameReading], _ facts: [NameFacts], _ counts: inout [Int32], _ supports: inout [Support]
    ) {
        var counts = counts.mutableSpan
        var supports = supports.mutableSpan
        for index in names.indices {
            counts[Int(facts[index].count)] += 1
            if let reading = names[index].readings.first {
                supports[Int(facts[index].support)].add(names[index].phrase, reading.grade)
            }
        }
    }

    /// The names of a concept in a document: how far the most trusted phrase is trusted, and the most trusted other one.
    fileprivate struct Support {
        private typealias Name = (phrase: UInt64, grade: NameGrade)
        private var best: Name?
        private var other: Name?

        mutating func add(_ phrase: UInt64, _ grade: NameGrade) {
            guard let best, best.phrase != phrase else {
                best = (phrase, min(best?.grade ?? grade, grade))
                return
            }
            if other?.phrase == phrase || grade < other?.grade ?? .weak || other == nil {
                other = (phrase, other?.phrase == phrase ? min(other?.grade ?? grade, grade) : grade)
            }
            if let other, other.grade < best.grade { (self.best, self.other) = (other, best) }
        }

        /// How far the most trusted name is trusted that is another phrase; nil where there is none.
        func grade(besides phrase: UInt64) -> NameGrade? {
            best?.phrase == phrase ? other?.grade : best?.grade
        }
    }

    /// The group of a name, as a hash: names are judged together that are the same phrase read as the same entity.
    func group(of name: NameReading) -> UInt64 {
        let concept = UInt64(name.readings.first?.concept ?? 0)
        let read = (concept << 8 | name.kind.number) &* 0xBF58_476D_1CE4_E5B9
        return name.phrase ^ read ^ read >> 31
    }

    /// Puts the features of a name into a list.
    func list(featuresOf index: Int, in list: inout FeatureList) {
        let name = document.names[index]
        let passage = document.passages[name.passage]
        list.begin(name.kind)
        list.add(.bias)
        addWords(of: name, in: passage, to: &list)
        addContext(of: name, in: passage, to: &list)
        addSpelling(of: name, in: passage, to: &list)
        addTouches(of: name, in: passage, to: &list)
        if let reading = name.readings.first {
            addReading(reading, of: name, in: passage, to: &list)
            addDocument(reading, of: name, index: index, to: &list)
        }
        addPlace(of: name, index: index, in: passage, to: &list)
    }

    /// Puts those features of a name into a list that are the same wherever it is spelled and read so.
    func list(lastingFeaturesOf name: NameReading, in list: inout FeatureList) {
        let passage = document.passages[name.passage]
        list.begin(name.kind)
        list.add(.bias)
        addWords(of: name, in: passage, to: &list)
        addSpelling(of: name, in: passage, to: &list)
        if let reading = name.readings.first { addReading(reading, of: name, in: passage, to: &list) }
    }

    /// Adds the other features of a name.
    ///
    /// - Parameter index: its place among the names of the document.
    func add(passingFeaturesOf name: NameReading, at index: Int, to features: inout some FeatureSink) {
        let passage = document.passages[name.passage]
        addContext(of: name, in: passage, to: &features)
        addTouches(of: name, in: passage, to: &features)
        if let reading = name.readings.first { addDocument(reading, of: name, index: index, to: &features) }
        addPlace(of: name, index: index, in: passage, to: &features)
    }

    // MARK: - Words

    private typealias Passage = TaggedDocument.TokenizedPassage

    private func addWords(of name: NameReading, in passage: Passage, to list: inout FeatureList) {
        let tokens = passage.tokens
        list.add(.name, name.phrase, passage.text(name.first, name.last))
        if name.last > name.first {
            list.add(.first, tokens[name.first].identity, passage.text(name.first, name.first))
            list.add(.last, tokens[name.last].identity, passage.text(name.last, name.last))
        }
    }

    private func addContext(
        of name: NameReading, in passage: Passage, to features: inout some FeatureSink
    ) {
        let tokens = passage.tokens
        let sentence = passage.sentences[name.sentence]
        // The tokens of the sentence within six of the name.
        var start = name.first
        while start > 0, start > name.first - 6, Int(tokens[start - 1].start) >= sentence.start { start -= 1 }
        var end = name.last + 1
        while end < tokens.count, end <= name.last + 6, Int(tokens[end].end) <= sentence.end { end += 1 }
        features.addNeighbours(of: name.first...name.last, within: start..<end, of: passage)
    }

    // MARK: - Spelling

    private func addSpelling(of name: NameReading, in passage: Passage, to list: inout FeatureList) {
        let bytes = passage.bytes
        let surface = bytes.span.extracting(name.range.start..<name.range.end)
        // The letters and digits, folded: the first three, the last eight, and how many.
        var ending = ShortText()
        var beginning = ShortText()
        var letters = 0
        for index in surface.indices {
            let byte = LowerCase.of(surface[index])
            guard Self.isLetterOrDigit(byte) else { continue }
            letters += 1
            ending.append(byte)
            if letters <= 3 { beginning.append(byte) }
        }
        list.add(.ending3, ending.suffix(3))
        list.add(.ending4, ending.suffix(4))
        list.add(.beginning3, beginning)
        let shape = Self.shape(surface)
        list.add(.shape, shape)
        let trust = UInt8(ascii: "0") + (name.readings.first?.grade.rawValue ?? 9)
        let readings = UInt8(ascii: "0") + UInt8(min(4, name.readings.count))
        let slash = UInt8(ascii: "/")
        var state = shape.state
        for byte in [slash, trust, slash, readings] { state.combine(byte) }
        list.add(
            .shapeTrust, state.value,
            shape.string + String(decoding: [slash, trust, slash, readings], as: UTF8.self))
        list.add(.length, digit: letters <= 6 ? letters : letters <= 9 ? 7 : letters <= 14 ? 8 : 9)
        if dictionary.isEnglishWord(surface) {
            let spelling = Spelling(surface)
            if spelling.upper == 0 {
                list.add(.english, word: "small")
            } else if spelling.isTitleCase {
                list.add(.english, word: "capital")
            } else {
                list.add(.english, word: "capitals")
            }
        }
    }

    private func addTouches(
        of name: NameReading, in passage: Passage, to features: inout some FeatureSink
    ) {
        let bytes = passage.bytes
        features.addTouches(
            name.range.start > 0 ? Self.sign(bytes[name.range.start - 1]) : UInt8(ascii: "^"),
            name.range.end < bytes.count ? Self.sign(bytes[name.range.end]) : UInt8(ascii: "$"))
    }

    /// Whether a byte in lower case is a letter or a digit, or a part of a letter beyond ASCII.
    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
            || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte >= 0x80
    }

    /// A byte beside a name: a sign as it is, blanks and letters as one.
    private static func sign(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0...0x20: 0x5F
        case 0x30...0x39: 0x30
        case 0x41...0x5A, 0x61...0x7A, 0x80...: 0x61
        default: byte
        }
    }

    /// Runs of capitals, small letters, digits and other bytes, each as one letter; eight runs at most.
    static func shape(_ surface: Span<UInt8>) -> ShortText {
        var shape = ShortText()
        for index in surface.indices {
            let letter: UInt8 =
                switch surface[index] {
                case 0x41...0x5A: UInt8(ascii: "A")
                case 0x61...0x7A: UInt8(ascii: "a")
                case 0x30...0x39: UInt8(ascii: "0")
                case 0x80...: UInt8(ascii: "u")
                case 0...0x20: UInt8(ascii: "_")
                default: UInt8(ascii: "-")
                }
            if shape.last != letter { shape.append(letter) }
            if shape.count == 8 { break }
        }
        return shape
    }

    // MARK: - What the dictionary and the document say

    private func addReading(
        _ reading: Reading, of name: NameReading, in passage: Passage, to list: inout FeatureList
    ) {
        list.add(.trust, ShortText(UInt8(ascii: "0") + reading.grade.rawValue))
        list.add(.readings, digit: min(4, name.readings.count))
        let text = passage.bytes
        let surface = text.span.extracting(name.range.start..<name.range.end)
        switch dictionary.likeness(ofEntry: reading.entry, to: surface) {
        case .exact: list.add(.spelling, word: "exact")
        case .otherCapitals: list.add(.spelling, word: "case")
        case .other: list.add(.spelling, word: "other")
        }
        addTrees(of: reading.concept, to: &list)
        let identifier = dictionary.identifierText(ofConcept: reading.concept)
        list.add(.entity, Self.hash(identifier), identifier.string)
        list.add(
            .source, dictionary.sourceHash(ofEntry: reading.entry), dictionary.source(ofEntry: reading.entry))
    }

    private func addDocument(
        _ reading: Reading, of name: NameReading, index: Int, to features: inout some FeatureSink
    ) {
        if let long = name.longForm {
            let words = LowerCase.of(document.text(of: long).utf8).split(separator: 0x20)
            if let last = words.last {
                features.addDefinition("last:" + String(decoding: last, as: UTF8.self))
            }
            if let first = words.first {
                features.addDefinition("first:" + String(decoding: first, as: UTF8.self))
            }
        }
        if reading.definedAs != nil { features.addDefinition("known") }
        let support = Int(room.names[index].support)
        let other = support < 0 ? nil : room.supports[support].grade(besides: name.phrase)
        features.addSupport(other, reading.grade)
        if let relation = reading.relation {
            features.add(isSpeciesAssumed && relation != .direct ? .assumed : relation)
        }
        if let margin = reading.margin { features.add(.margin, digit: Int(max(0, min(9, margin * 2)))) }
        features.add(name.doubts)
    }

    /// Adds the beginnings of the tree numbers of a concept.
    private func addTrees(of concept: Int, to list: inout FeatureList) {
        let trees = dictionary.treeNumberText(ofConcept: concept)
        var hash = NameHash()
        var start = 0
        for offset in 0..<trees.count {
            if trees[offset] == UInt8(ascii: "|") {
                start = offset + 1
                hash = NameHash()
                continue
            }
            hash.combine(trees[offset])
            let length = offset + 1 - start
            if length == 1 || length == 3 || length == 7 || length == 11 {
                list.add(
                    .tree, hash.value,
                    String(decoding: (start...offset).map { trees[$0] }, as: UTF8.self))
            }
        }
    }

    private static func hash(_ text: MemoryText) -> UInt64 {
        var hash = NameHash()
        for offset in 0..<text.count { hash.combine(text[offset]) }
        return hash.value
    }

    private func addPlace(
        of name: NameReading, index: Int, in passage: Passage, to features: inout some FeatureSink
    ) {
        if name.isElliptic { features.addElliptic() }
        if name.prefixed != nil { features.addSpeciesLetter() }
        let facts = room.names[index]
        let count = Int(room.counts[Int(facts.count)])
        features.add(.occurrences, digit: count < 4 ? count : count < 7 ? 4 : 5)
        if passage.passage.kind == .title { features.addTitle() }
        features.add(.also, kinds: facts.also)
        features.add(.inside, kinds: facts.inside)
        features.add(.around, kinds: facts.around)
        features.add(.before, kinds: facts.before)
        features.add(.after, kinds: facts.after)
    }
}
