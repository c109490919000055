import Corpus

/// Judges what the wording of a sentence allows to be made of it.
///
/// Negation and speculation go by cues with scopes (`NegationCues`, `SpeculationCues`), standing alone by the
/// opening (`AnaphoraCues`), the kind by a linear model over words (`KindWeights`), NLM's category and the place in
/// the abstract. Everything is decided by tables that can be read; nothing is kept between sentences.
public struct SentenceJudge: Sendable {
    /// Where a sentence stands in its abstract.
    public struct Position: Hashable, Sendable {
        /// Its place, from 0.
        public var index: Int
        /// How many sentences there are.
        public var count: Int

        /// Makes a position.
        public init(index: Int, count: Int) {
            self.index = index
            self.count = count
        }
    }

    /// How many bytes of a sentence are read: what is longer is no sentence, and must not cost more.
    private static let reach = 20_000

    /// Makes a judge.
    public init() {}

    /// What the wording of a sentence says.
    ///
    /// - Parameters:
    ///   - text: The sentence, well-formed UTF-8.
    ///   - focus: The mentions of the entity it is about, in bytes of the sentence; none asks of the sentence as a
    ///     whole.
    ///   - passage: Whether the sentence is in a title or in an abstract; nil when that is not known.
    ///   - category: NLM's category of the section: `BACKGROUND`, `OBJECTIVE`, `METHODS`, `RESULTS`, `CONCLUSIONS`.
    ///   - label: The label of the section, which stands in for a missing category.
    ///   - position: The place in the abstract, where known.
    /// - Complexity: O(bytes × cues that share two first letters); of a sentence of more than 20,000 bytes only
    ///   the first 20,000 are read.
    public func qualities(
        of text: Span<UInt8>, focus: [TextRange] = [], passage: PassageKind? = nil, category: String? = nil,
        label: String? = nil, position: Position? = nil
    ) -> SentenceQualities {
        let sentence = SentenceWords(text.extracting(first: Self.reach))
        return judgement(
            of: sentence, passage: passage, category: category, label: label, position: position
        ).qualities(of: sentence, focus: focus)
    }

    /// What is the same for whatever entity the sentence is about.
    func judgement(
        of sentence: SentenceWords, passage: PassageKind?, category: String?, label: String?,
        position: Position?
    ) -> SentenceJudgement {
        let inline = Self.label(of: sentence)
        let kind = SentenceKindModel.kind(
            of: sentence, from: inline.end, passage: passage,
            section: AbstractSection(category: category, label: label) ?? inline.section, position: position)
        return SentenceJudgement(
            start: inline.end, kind: kind, isTitle: passage == .title,
            negations: NegationCues.table.matches(in: sentence), isSpeculative: Speculation.hedges(sentence))
    }

    /// The same for a string; `focus` counts UTF-8 bytes.
    public func qualities(
        of text: String, focus: [TextRange] = [], passage: PassageKind? = nil, category: String? = nil,
        label: String? = nil, position: Position? = nil
    ) -> SentenceQualities {
        qualities(
            of: text.utf8Span.span, focus: focus, passage: passage, category: category, label: label,
            position: position)
    }

    /// The label that was left in the text (`CONCLUSIONS: …`), and the first word behind it.
    private static func label(of sentence: SentenceWords) -> (section: AbstractSection?, end: Int) {
        for index in 0..<min(5, sentence.count) where sentence.isMark(index, UInt8(ascii: ":")) {
            // Capitals throughout.
            for word in sentence.words[0..<index] where word.isWord {
                for position in word.start..<word.end where Letters.isLower(sentence.bytes[position]) {
                    return (nil, 0)
                }
            }
            let end = sentence.words[index].start
            let label = String(decoding: sentence.bytes[0..<end], as: UTF8.self)
            return (AbstractSection(category: nil, label: label), index + 1)
        }
        return (nil, 0)
    }
}

/// What the wording of a sentence says, as far as it is the same for all entities that it may be about.
struct SentenceJudgement {
    /// The first word behind a label such as `RESULTS:`.
    let start: Int
    let kind: SentenceKind
    let isTitle: Bool
    let negations: [CueTable<NegationCue>.Match]
    let isSpeculative: Bool

    /// What it says of an entity.
    ///
    /// - Parameters:
    ///   - sentence: the sentence that was judged.
    ///   - focus: the entity's mentions, in bytes of the sentence.
    func qualities(of sentence: SentenceWords, focus: [TextRange]) -> SentenceQualities {
        SentenceQualities(
            kind: kind, isNegated: Negation.denies(sentence, by: negations, focus: focus),
            isSpeculative: isSpeculative,
            standsAlone: isTitle || Standing.standsAlone(sentence, from: start, focus: focus))
    }
}

/// What a section of an abstract is for.
enum AbstractSection: Sendable {
    /// What was known.
    case background
    /// What was to be found out.
    case objective
    /// What was done.
    case methods
    /// What was found.
    case results
    /// What follows from it.
    case conclusions

    /// From NLM's category, or else from words in the label; nil when neither says.
    init?(category: String?, label: String?) {
        switch category {
        case "BACKGROUND": self = .background
        case "OBJECTIVE": self = .objective
        case "METHODS": self = .methods
        case "RESULTS": self = .results
        case "CONCLUSIONS": self = .conclusions
        default:
            guard let label, let section = Self.section(ofLabel: label) else { return nil }
            self = section
        }
    }

    private static let labels = CueTable<AbstractSection>([
        ("background*, introduction, context, rationale, significance", .background),
        ("objective*, aim, aims, purpose*, goal*, hypothes*, question*", .objective),
        ("method*, material*, design*, setting*, patient*, participant*, procedure*, measurement*", .methods),
        ("result*, finding*, observation*", .results),
        ("conclusion*, discussion*, interpretation*, implication*, summary", .conclusions),
    ])

    private static func section(ofLabel label: String) -> AbstractSection? {
        labels.matches(in: SentenceWords(label.utf8Span.span)).first?.meaning
    }
}
