import Articles
import Corpus
import Store

/// What the store keeps beside a statement of an article, as words without spaces: `negated`, `papers:3`.
struct StatementMarks: Hashable, Sendable {
    /// Whether what is said of the entity is denied.
    var isNegated = false
    /// Whether it is put as a possibility.
    var isSpeculative = false
    /// How many papers say the same.
    var supportingPapers = 1
    /// The ortholog that the evidence is about; nil for the article's own entity.
    var ortholog: EntityID?
    /// The section of the ortholog's article that the evidence was placed in.
    var placed: SectionID?

    /// Nothing that is shown.
    init() {}

    /// The marks of a piece of evidence in the article on its entity.
    init(of evidence: Evidence, supportingPapers: Int) {
        isNegated = evidence.qualities.isNegated
        isSpeculative = evidence.qualities.isSpeculative
        self.supportingPapers = supportingPapers
    }

    /// Reads the words of the store; what it does not know it passes over.
    init(words: [String]) {
        for word in words {
            let value = word.firstIndex(of: ":").map { String(word[word.index(after: $0)...]) } ?? ""
            switch word.prefix(while: { $0 != ":" }) {
            case "negated": isNegated = true
            case "speculative": isSpeculative = true
            case "papers": supportingPapers = Int(value) ?? 1
            case "ortholog": ortholog = EntityID(curie: value)
            case "placed": placed = SectionID(rawValue: value)
            default: break
            }
        }
    }

    /// The words of the store.
    var words: [String] {
        var words: [String] = []
        if isNegated { words.append("negated") }
        if isSpeculative { words.append("speculative") }
        if supportingPapers > 1 { words.append("papers:\(supportingPapers)") }
        if let ortholog { words.append("ortholog:\(ortholog)") }
        if let placed { words.append("placed:\(placed)") }
        return words
    }
}

extension ShownStatement {
    /// A bullet as the store keeps it.
    init(_ bullet: Bullet) {
        var marks = StatementMarks(of: bullet.evidence, supportingPapers: bullet.supportingPapers)
        if bullet.orthologSpecies != nil {
            marks.ortholog = bullet.evidence.entity
            marks.placed = bullet.placement.section
        }
        self.init(
            section: bullet.section, evidence: bullet.id, pmid: bullet.evidence.pmid, key: bullet.key.hex,
            text: bullet.sentence, marks: marks.words)
    }
}
