import Corpus

/// What the rules of a file know of a sentence, whatever entity it is evidence about: the word patterns that its words
/// match, and its mentions with the classes that they belong to.
///
/// A value is memory for one sentence after the other, by the same rules.
struct SentenceReading: Sendable {
    /// A mention in the sentence.
    struct Name {
        /// Its place among the mentions.
        let mention: Int
        let range: TextRange
        /// The words it covers.
        let words: Range<Int>
        let kind: EntityKind
        let role: MentionRole
        /// The first name that means the same entity.
        let entity: Int
        /// The classes that it belongs to, in `classNumbers`, in ascending order; none for genes.
        let classes: Range<Int>

        /// Whether it is a gene or a family of genes.
        var isGene: Bool {
            switch kind {
            case .gene, .geneFamily: true
            default: false
            }
        }
    }

    /// The mentions as rules see them, ordered by place.
    private(set) var names: [Name] = []
    /// The numbers of the classes of all names.
    private(set) var classNumbers: [Int] = []
    /// The word patterns that the words match.
    private(set) var matches: [WordTable.Match] = []
    /// Whether words are among them that hide others.
    private(set) var hasHiding = false
    private var order: [Int] = []
    private var memory = ClassMemory()

    /// Reads a sentence in place of the one at hand.
    ///
    /// - Parameters:
    ///   - words: its words.
    ///   - mentions: the mentions of the document.
    ///   - inSentence: the places of those in the sentence.
    mutating func read(
        _ words: FoldedWords, mentions: [Mention], inSentence: [Int], classes: CompiledClasses
    ) {
        classes.table.find(in: words, into: &matches)
        hasHiding = false
        for match in matches where !match.label.isMultiple(of: 2) { hasHiding = true }
        order.removeAll(keepingCapacity: true)
        var isInOrder = true
        for place in inSentence {
            if let last = order.last, !Self.precedes(mentions[last], mentions[place]) { isInOrder = false }
            order.append(place)
        }
        // They come in order, as a rule.
        if !isInOrder { order.sort { Self.precedes(mentions[$0], mentions[$1]) } }
        names.removeAll(keepingCapacity: true)
        classNumbers.removeAll(keepingCapacity: true)
        for place in order {
            let first = classNumbers.count
            switch mentions[place].kind {
            case .gene, .geneFamily: break
            default:
                for index in memory.classes(of: place, in: mentions, classes) {
                    classNumbers.append(memory.numbers[index])
                }
            }
            names.append(
                Name(
                    mention: place, range: mentions[place].range,
                    words: words.indices(in: mentions[place].range),
                    kind: mentions[place].kind, role: mentions[place].role,
                    entity: entity(of: mentions[place].entity, mentions),
                    classes: first..<classNumbers.count))
        }
    }

    /// Whether a mention belongs to a class.
    mutating func holds(
        _ number: Int, mention: Int, of mentions: [Mention], classes: CompiledClasses
    ) -> Bool {
        for index in memory.classes(of: mention, in: mentions, classes) where memory.numbers[index] == number
        {
            return true
        }
        return false
    }

    /// The first name that means an entity; where none does, the next one to come.
    private func entity(of entity: EntityID, _ mentions: [Mention]) -> Int {
        for index in names.indices
        where names[index].entity == index && mentions[names[index].mention].entity == entity {
            return index
        }
        return names.count
    }

    /// The first name that means an entity; nil where none does.
    func name(of entity: EntityID, in mentions: [Mention]) -> Int? {
        let found = self.entity(of: entity, mentions)
        return found < names.count ? found : nil
    }

    /// By place, then by entity: total for mentions of one passage.
    private static func precedes(_ one: Mention, _ other: Mention) -> Bool {
        if one.range != other.range { return one.range < other.range }
        return one.entity < other.entity
    }
}
