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

/// The number of a long form in its document.
struct LongForm: Hashable {
    var number: UInt32
}

/// A stretch of text with all that it may mean as one kind of entity.
struct NameReading {
    /// The place of the passage in the document's list.
    let passage: Int
    /// The index of the first token in the passage.
    let first: Int
    /// The index of the last token.
    let last: Int
    /// The bytes from the first token to the last.
    let range: TextRange
    /// The index of its sentence in the passage.
    let sentence: Int
    /// Its folded tokens as one number.
    let phrase: UInt64
    let kind: EntityKind
    /// What it may mean, best grade first.
    var readings: [Reading]
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
    var fusion: Int?

    /// Takes a name from its first token to its last.
    init(
        _ first: Int, _ last: Int, of passage: TaggedDocument.TokenizedPassage, kind: EntityKind,
        readings: [Reading] = []
    ) {
        self.passage = passage.place
        self.first = first
        self.last = last
        range = passage.range(first, last)
        sentence = passage.sentence(at: range.start)
        phrase = FeatureNumber.value(of: passage.tokens[first...last])
        self.kind = kind
        self.readings = readings
    }

    /// Where it stands as what.
    var place: NamePlace { NamePlace(passage: passage, first: first, last: last, kind: kind) }

    /// The order of a document: by passage, then by first token, longer ones first.
    static func isBefore(_ one: NameReading, _ other: NameReading) -> Bool {
        (one.passage, one.first, other.last) < (other.passage, other.first, one.last)
    }
}

/// Where a name stands as a name of a kind.
struct NamePlace: Hashable {
    var passage: Int
    var first: Int
    var last: Int
    var kind: EntityKind
}
