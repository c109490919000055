import Corpus
import Testing
import TextMining

/// The list of sections in code, which stages without rules use, against the list in the shipped rules.
struct SectionsOfGeneArticleTests {
    @Test func `code and rules name the same sections with the same headings in the same order`() throws {
        #expect(try SectionsExamples.geneRules().sections == Section.ofGeneArticle)
    }
}
