import AhoCorasick
import Corpus
import Terminology

/// An entity that a name may stand for, and how it was arrived at.
///
/// Kept small and free of references: a document has thousands.
struct Reading {
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

/// All that a name may mean, best grade first.
///
/// Most names mean one thing, or are soon given one: the first stands in the value itself, and costs no memory elsewhere.
struct Readings: RandomAccessCollection, ExpressibleByArrayLiteral {
    /// The first reading; nil where there is none.
    private(set) var first: Reading?
    private var others: [Reading] = []

    init(arrayLiteral elements: Reading...) { self.init(elements) }

    /// Takes readings in their order.
    init(_ readings: [Reading]) {
        first = readings.first
        if readings.count > 1 { others = Array(readings[1...]) }
    }

    /// The only reading.
    init(_ reading: Reading) { first = reading }

    var startIndex: Int { 0 }
    var endIndex: Int { first == nil ? 0 : others.count + 1 }

    subscript(position: Int) -> Reading {
        if position > 0 { return others[position - 1] }
        guard let first else { preconditionFailure("a name without readings was asked for one") }
        return first
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
    let kind: EntityKind
    /// What it may mean, best grade first.
    var readings: Readings
    /// Why its gene was chosen, for explanation.
    var choice: GeneChoiceReason?
    var role: MentionRole = .subject
    /// What the rules hold against the name, without ruling it out.
    var doubts: NameDoubt.Set = []
    /// How sure the model is that it is a mention, as log-odds; nil where it was not asked.
    var score: Float?
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

    /// Takes a name from its first token to its last.
    init(
        _ first: Int, _ last: Int, of passage: TaggedDocument.TokenizedPassage, kind: EntityKind,
        readings: Readings = []
    ) {
        let range = passage.range(first, last)
        passageNumber = UInt32(passage.place)
        firstToken = UInt32(first)
        lastToken = UInt32(last)
        sentenceNumber = UInt32(passage.sentence(at: range.start))
        start = UInt32(range.start)
        end = UInt32(range.end)
        phrase = FeatureNumber.value(of: passage.tokens[first...last])
        self.kind = kind
        self.readings = readings
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
