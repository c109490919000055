/// A kind of sign that a name in a text bears, for or against a reading of it. A feature of the model is a kind of
/// entity, a template and a value; the file of weights writes the template's name.
///
/// The order of the cases is part of the layout of a compiled dictionary.
public enum FeatureTemplate: UInt8, CaseIterable, Sendable {
    // MARK: Whether a name is a mention

    /// Always there.
    case bias
    /// The whole name, folded.
    case name
    /// The first token of a name of several, and the last.
    case first, last
    /// The tokens beside the name; 1 is the nearest.
    case left1, left2, right1, right2
    /// Words within six tokens of the name, in its sentence.
    case near
    /// The last letters of the name, and its first.
    case ending3, ending4, beginning3
    /// Runs of capitals, small letters, digits and signs: `A0`, `Aa`, `a-a`.
    case shape
    /// The shape with the trust in the dictionary's name and the number of entities that it may mean.
    case shapeTrust
    /// The trust in the dictionary's name.
    case trust
    /// How many entities of the kind the name may mean.
    case readings
    /// How the text spells the dictionary's name: exactly, with other capitals, otherwise.
    case spelling
    /// A kind of entity that the same name may mean as well.
    case also
    /// A kind of which a longer name holds this one.
    case inside
    /// A kind of which a shorter name lies in this one.
    case around
    /// A kind of which a name ends just before this one, or begins just after it.
    case before, after
    /// The beginnings of the entity's places in its vocabulary.
    case tree
    /// The entity.
    case entity
    /// The text defines the name as a short form.
    case defined
    /// How often the name stands in the document.
    case occurrences
    /// The trust in another name of the same entity in the document, and in this one.
    case support
    /// The name stands in the title.
    case title
    /// The signs that touch the name.
    case touches
    /// The name is an English word, by its capitals.
    case english
    /// The number of letters and digits.
    case length
    /// The file that the name comes from.
    case source
    /// What the rules hold against the name.
    case doubt
    /// By how much the entity was preferred to the next.
    case margin

    // MARK: Which of several entities a name means

    /// How the species of the entity stands to the name: the nearest cue of it.
    case cue
    /// How much of the document's cues of species are of the entity's.
    case share
    /// The species, by itself and with the shape of the name.
    case taxon
    case shapeTaxon
    /// The trust in the name for this entity, and how the text spells it.
    case listed
    /// The name is listed for an ortholog only.
    case ortholog
    /// How many entities of the same species the name may mean.
    case rivals
    /// Another name in the document means this entity.
    case named
    /// How many words of the entity's full names the document has.
    case profile
    /// How early the entity was numbered, and how many names it has: much studied genes have low numbers and many names.
    case number, names
    /// A word of the document, and one of its title, with the species of the entity.
    case topic
    case topicTitle
    /// How many names of the document are spelled just as official symbols of the species, beside other species.
    case symbols

    /// What stands for the value in the file of weights.
    enum Value { case token, tokens, tokenAndTaxon, bytes, none }

    var value: Value {
        switch self {
        case .first, .last, .left1, .left2, .right1, .right2, .near: .token
        case .name: .tokens
        case .topic, .topicTitle: .tokenAndTaxon
        case .bias, .title, .ortholog: .none
        default: .bytes
        }
    }

    /// The name in the file of weights.
    public var name: String { "\(self)" }

    private static let byName: [String: FeatureTemplate] = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0.name, $0) })

    /// The template of a name; nil where there is none.
    init?(name: some StringProtocol) {
        guard let template = Self.byName[String(name)] else { return nil }
        self = template
    }

    /// What tells the template's features from those of others.
    @inlinable
    public var place: UInt64 { UInt64(rawValue &+ 1) &* 0xC2B2_AE3D_27D4_EB4F }
}
