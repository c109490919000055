import Corpus

/// In what a kept citation and the record in its file differ.
enum CitationDifference {
    /// The first field that differs, with the first byte where it is a text; nil where none does. No word is quoted: it may be
    /// hidden.
    static func first(kept: Citation, source: Citation) -> String? {
        if kept.pmid != source.pmid { return "its identifier" }
        if kept.version != source.version { return "its version" }
        if let byte = firstByte(kept.title, source.title) { return "the title, byte \(byte)" }
        if kept.abstract.count != source.abstract.count { return "the number of its abstract's sections" }
        for (index, (one, other)) in zip(kept.abstract, source.abstract).enumerated() {
            if let byte = firstByte(one.text, other.text) {
                return "section \(index + 1) of its abstract, byte \(byte)"
            }
            if one != other { return "the label of section \(index + 1) of its abstract" }
        }
        if kept.authors != source.authors { return "its authors" }
        if kept.journal != source.journal { return "its journal" }
        if kept.year != source.year { return "its year" }
        if kept.corrections != source.corrections { return "its corrections" }
        if kept.publicationTypes != source.publicationTypes { return "its publication types" }
        if kept.meshHeadings != source.meshHeadings { return "its headings" }
        if kept.copyright != source.copyright { return "its copyright line" }
        return kept == source ? nil : "a field of the record"
    }

    private static func firstByte(_ one: String, _ other: String) -> Int? {
        let (left, right) = (Array(one.utf8), Array(other.utf8))
        if left == right { return nil }
        return zip(left, right).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            ?? min(left.count, right.count)
    }
}
