import Corpus
import Testing
import TextMining

/// The tables of journals of the first rank.
struct RankingJournalTests {
    @Test func `the shipped table knows journals by identifier, abbreviation and title`() throws {
        let ranking = try JournalRanking(
            tsv: SectionsExamples.packageFile("Dictionaries/journals-first-rank.tsv"), file: "journals")
        #expect(ranking.entries.count > 30)
        #expect(ranking.isFirstRank(Journal(nlmID: "0410462")))
        #expect(ranking.isFirstRank(Journal(isoAbbreviation: "N. Engl. J. Med.")))
        #expect(ranking.isFirstRank(Journal(title: "NATURE GENETICS")))
        #expect(ranking.isFirstRank(Journal(title: "Genes & development", nlmID: "1")))
        #expect(
            !ranking.isFirstRank(
                Journal(title: "Cell biology international", isoAbbreviation: "Cell Biol Int")))
        #expect(!ranking.isFirstRank(Journal()))
        #expect(ranking.entries.allSatisfy { $0.date == "2026-11-23" && !$0.criterion.isEmpty })
    }

    @Test func `the sample has one journal`() throws {
        let ranking = try JournalRanking(
            tsv: SectionsExamples.packageFile("Pipelines/sample/journals.tsv"), file: "journals")
        #expect(ranking.entries.map { $0.nlmID } == ["9900001"])
        #expect(ranking.isFirstRank(Journal(title: "Annals of Sample Medicine")))
    }

    @Test func `columns are found by name, and lines may end as on Windows`() throws {
        let tsv = "# by me\r\ndate\tcriterion\ttitle\r\n2026-01-01\tbest\tJournal of Tests\r\n"
        let ranking = try JournalRanking(tsv: tsv, file: "j.tsv")
        let entry = try #require(ranking.entry(for: Journal(title: "Journal of tests.")))
        #expect(entry.date == "2026-01-01")
        #expect(entry.nlmID == nil)
    }

    @Test(
        arguments: [
            ("", nil, "no header line"),
            ("nlm_id\trank\n", 1, "unknown column \"rank\""),
            ("nlm_id\tdate\n", 1, "the column \"criterion\" is missing"),
            ("nlm_id\tcriterion\tdate\n1\tbest\n", 2, "2 cells where the header has 3"),
            ("nlm_id\tcriterion\tdate\n\tbest\t2026\n", 2, "needs an id, an abbreviation or a title"),
            ("nlm_id\tcriterion\tdate\n1\t\t2026\n", 2, "needs a criterion and a date"),
            (
                "nlm_id\tcriterion\tdate\n1\tb\t2026\n# c\n1\tb\t2026\n", 4,
                "the journal 1 stands here a second time"
            ),
        ] as [(String, Int?, String)])
    func `a fault is refused with its line`(tsv: String, line: Int?, says: String) throws {
        let error = try #require(throws: JournalRankingError.self) {
            _ = try JournalRanking(tsv: tsv, file: "j.tsv")
        }
        #expect(error.line == line)
        #expect(error.message.contains(says), "\(error)")
    }
}
