import AhoCorasick
import Corpus
import Terminology

/// An entity that a name may stand for, and how it was arrived at.
///
/// Kept small and free of references: a document has thousands.
struct Reading: Equatable {
    private var conceptNumber: UInt32
    private let entryNumber: UInt32
    /// How far the name may be trusted.
    var grade: NameGrade
    /// How the species of the entity stands to the name, for genes.
    var relation: SpeciesRelation?
    /// By how much it was preferred to the next reading; nil where there was no other.
    var margin: Float?
    /// The number of the long form, where the text defines the name as its short form.
    var definedAs: LongForm?

    init(concept: Int, entry: Int, grade: NameGrade) {
        conceptNumber = UInt32(concept)
        entryNumber = UInt32(entry)
        self.grade = grade
    }

    /// The reading as an entry's concept.
    init(_ entry: CompiledDictionary.Entry) {
        self.init(concept: entry.concept, entry: entry.number, grade: entry.grade)
    }

    /// The dictionary's concept.
    var concept: Int {
        get { Int(conceptNumber) }
        set { conceptNumber = UInt32(newValue) }
    }

    /// The dictionary's entry that matched; for a short form that the text defines, the entry of its long form.
    var entry: Int { Int(entryNumber) }
}

/// All that a name may mean, best grade first: the first by itself, the others by their places in a list that the document
/// keeps for all its names.
///
/// A name is thus free of references: names are sorted and sifted again and again, which would count each of them anew.
struct Readings {
    /// The first reading; nil where there is none.
    let first: Reading?
    /// The place of the second in the document's list.
    fileprivate let place: UInt32
    /// How many others there are.
    fileprivate let others: UInt32

    fileprivate init(_ first: Reading?, place: Int, others: Int) {
        self.first = first
        self.place = UInt32(place)
        self.others = UInt32(others)
    }

    /// The only reading, or none.
    init(_ reading: Reading?) { self.init(reading, place: 0, others: 0) }

    /// No reading.
    static let none = Readings(nil)

    /// How many there are.
    var count: Int { first == nil ? 0 : Int(others) + 1 }
    /// Whether there is none.
    var isEmpty: Bool { first == nil }
}

/// The readings of all names of a document: those that a tagger has found out about spellings, which it keeps from document
/// to document, and behind them those of the document alone.
struct ReadingList: Sendable {
    private var all: [Reading] = []
    /// How many of them are kept.
    private var lasting = 0

    /// Keeps readings of this document in their order.
    mutating func keep(_ readings: some RandomAccessCollection<Reading>) -> Readings {
        let place = all.count
        all.append(contentsOf: readings.dropFirst())
        return Readings(readings.first, place: place, others: all.count - place)
    }

    /// Appends readings of a spelling, which last; there must be none of the document yet.
    mutating func addLasting(_ add: (inout [Reading]) -> Void) {
        precondition(all.count == lasting, "readings that last stand before those of a document")
        add(&all)
        lasting = all.count
    }

    /// The readings of a stretch of the list.
    func readings(at stretch: Range<Int32>) -> Readings {
        stretch.isEmpty
            ? .none
            : Readings(
                all[Int(stretch.lowerBound)], place: Int(stretch.lowerBound) + 1, others: stretch.count - 1)
    }

    /// Forgets the readings of the document alone.
    mutating func endDocument() { all.removeSubrange(lasting...) }

    /// Calls a function with each reading, in order.
    @inline(__always)
    func forEach(_ readings: Readings, _ body: (Reading) -> Void) {
        guard let first = readings.first else { return }
        body(first)
        for place in Int(readings.place)..<Int(readings.place + readings.others) { body(all[place]) }
    }

    /// The readings, in order.
    subscript(readings: Readings) -> [Reading] {
        guard let first = readings.first else { return [] }
        return [first] + all[Int(readings.place)..<Int(readings.place + readings.others)]
    }

    /// Whether two names have the same readings in the same order.
    func areEqual(_ one: Readings, _ other: Readings) -> Bool {
        guard one.first == other.first, one.others == other.others else { return false }
        if one.place == other.place { return true }
        return (0..<Int(one.others)).allSatisfy {
            all[Int(one.place) + $0] == all[Int(other.place) + $0]
        }
    }

    /// The first reading that a condition holds for.
    func first(of readings: Readings, where isWanted: (Reading) -> Bool) -> Reading? {
        guard let first = readings.first else { return nil }
        if isWanted(first) { return first }
        return all[Int(readings.place)..<Int(readings.place + readings.others)].first(where: isWanted)
    }
}

/// The number of a long form in its document.
struct LongForm: Hashable {
    var number: UInt32
}

/// A stretch of text with all that it may mean as one kind of entity.
struct NameReading {
    // Kept as 32 bits each: a document has hundreds of names, which are sorted and sifted again and again.
    private let passageNumber, firstToken, lastToken, sentenceNumber, start, end: UInt32
    /// Its folded tokens as one number.
    let phrase: UInt64
    /// The hash of its bytes.
    let surface: UInt64
    let kind: EntityKind
    /// What it may mean, best grade first.
    var readings: Readings
    /// Why its gene was chosen, for explanation.
    var choice: GeneChoiceReason?
    var role: MentionRole = .subject
    /// What the rules hold against the name, without ruling it out.
    var doubts: NameDoubt.Set = []
    /// It is the gene that was asked for.
    var isSought = false
    /// A list shortens it: what stands in the text is only the part that differs from its neighbour.
    var isElliptic = false
    /// The long form of which the text says that it is the short form, where no name of its entities resembles it.
    var longForm: LongForm?
    /// The species that a letter before the name gives: the `h` of `hIGF1R`.
    var prefixed: TaxonID?
    /// The number of the fusion that it is, in its document.
    var fusion: Int32?

    /// Takes a name whose place is known in full.
    init(
        _ first: Int, _ last: Int, _ range: TextRange, sentence: Int, passage: Int, phrase: UInt64,
        surface: UInt64, kind: EntityKind, readings: Readings
    ) {
        passageNumber = UInt32(passage)
        firstToken = UInt32(first)
        lastToken = UInt32(last)
        sentenceNumber = UInt32(sentence)
        start = UInt32(range.start)
        end = UInt32(range.end)
        self.phrase = phrase
        self.surface = surface
        self.kind = kind
        self.readings = readings
    }

    /// Takes a name from its first token to its last.
    init(
        _ first: Int, _ last: Int, of passage: TaggedDocument.TokenizedPassage, kind: EntityKind,
        readings: Readings = .none
    ) {
        let range = passage.range(first, last)
        let bytes = passage.bytes
        self.init(
            first, last, range, sentence: passage.sentence(at: range.start), passage: passage.place,
            phrase: FeatureNumber.value(of: passage.tokens[first...last]),
            surface: SurfaceHash.of(bytes.span, from: range.start, to: range.end), kind: kind,
            readings: readings)
    }

    /// The place of the passage in the document's list.
    var passage: Int { Int(passageNumber) }
    /// The index of the first token in the passage.
    var first: Int { Int(firstToken) }
    /// The index of the last token.
    var last: Int { Int(lastToken) }
    /// The index of its sentence in the passage.
    var sentence: Int { Int(sentenceNumber) }
    /// The bytes from the first token to the last.
    var range: TextRange { TextRange(Int(start), Int(end)) }

    /// Where it stands as what.
    var place: NamePlace { NamePlace(passage: passage, first: first, last: last, kind: kind) }

    /// The order of a document: by passage, then by first token, longer ones first.
    static func isBefore(_ one: NameReading, _ other: NameReading) -> Bool {
        (one.passageNumber, one.firstToken, other.lastToken)
            < (other.passageNumber, other.firstToken, one.lastToken)
    }
}

/// Where a name stands as a name of a kind.
struct NamePlace: Hashable {
    var passage: Int
    var first: Int
    var last: Int
    var kind: EntityKind
}
