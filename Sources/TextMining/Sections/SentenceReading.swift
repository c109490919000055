import Corpus

/// What the rules of a file know of a sentence, whatever entity it is evidence about: its words, the word patterns that
/// they match, its style, and its mentions with the classes that they belong to.
struct SentenceReading {
    /// A mention in the sentence.
    struct Name {
        /// Its place among the mentions.
        let mention: Int
        /// The words it covers.
        let words: Range<Int>
        /// Whether it is a gene or a family of genes.
        let isGene: Bool
        /// The classes that it belongs to, by number, in ascending order; none for genes.
        let classes: [Int]
    }

    let words: FoldedWords
    let matches: [WordTable.Match]
    let style: SentenceStyle
    /// The mentions, ordered by place.
    let mentions: [Mention]
    /// The mentions as rules see them, in the same order.
    let names: [Name]

    /// By place, then by entity: total for mentions of one passage.
    static func precedes(_ one: Mention, _ other: Mention) -> Bool {
        if one.range != other.range { return one.range < other.range }
        return one.entity < other.entity
    }
}
