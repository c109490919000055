import Corpus
import Testing
import TextMining

/// The lists of sections in code, which stages without rules use, against the lists in the shipped rules.
struct SectionsOfArticlesTests {
    @Test func `code and rules name the same sections with the same headings in the same order`() throws {
        for rules in try SectionsExamples.allRules() {
            #expect(rules.sections == Section.ofArticle(on: rules.article), "\(rules.article)")
        }
    }
}
