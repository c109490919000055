import Corpus
import Testing
import TextMining

/// Scimago's yearly table in the place of the project's own; the rows are made up.
struct RankingScimagoTests {
    private static let table = """
        Rank;Sourceid;Title;Type;Issn;Publisher;SJR;SJR Best Quartile;H index;Total Docs. (2024);Country
        1;11;"Ca-A Cancer Journal; Made up";journal;"15424863, 00079235";"A ""B"" & C";145,004;Q1;223;43;United States
        2;12;"Annual Series";book series;"11112222";X;90,5;Q1;1;1;Y
        3;13;"The Journal of Tests";journal;"0028-0836";X;1.020,5;Q1;1;1;Y
        4;14;"Third Journal";journal;"33334444";X;7,1;Q2;1;1;Y
        5;15;"Equal Journal";journal;"-";X;7,1;;1;1;Y
        6;16;"Unranked";journal;"55556666";X;;;1;1;Y

        """

    @Test func `the first by SJR among journals are of the first rank`() throws {
        let ranking = try JournalRanking(tsv: Self.table, file: "scimagojr 2024.csv", scimagoLimit: 3)
        #expect(
            ranking.entries.map(\.title) == [
                "The Journal of Tests", "Ca-A Cancer Journal; Made up", "Third Journal",
            ])
        #expect(
            ranking.entries[1].criterion == "among the 3 journals of the highest SJR (145,004, Q1)")
        #expect(ranking.entries.allSatisfy { $0.date == "2024-12-31" })
        #expect(try JournalRanking(tsv: Self.table, file: "s.csv").entries.count == 4)
        #expect(JournalRanking.scimagoLimit == 200)
    }

    @Test func `a journal is known by either ISSN, or by its title`() throws {
        let ranking = try JournalRanking(tsv: Self.table, file: "s.csv", scimagoLimit: 3)
        #expect(ranking.isFirstRank(Journal(title: "CA", issn: "1542-4863")))
        #expect(ranking.isFirstRank(Journal(issn: "0007-9235")))
        #expect(ranking.isFirstRank(Journal(issn: "0028-0836", nlmID: "1")))
        #expect(ranking.isFirstRank(Journal(title: "Journal of tests.")))
        #expect(ranking.isFirstRank(Journal(title: "The Journal of Tests")))
        #expect(!ranking.isFirstRank(Journal(title: "Equal Journal")))
        #expect(!ranking.isFirstRank(Journal(title: "Annual Series", issn: "1111-2222")))
        let joined = try JournalRanking(joining: [
            JournalRanking(tsv: "title\tcriterion\tdate\nMine\tbest\t2026\n", file: "m"), ranking,
        ])
        #expect(joined.entry(for: Journal(issn: "33334444"))?.title == "Third Journal")
        #expect(joined.isFirstRank(Journal(title: "Mine")))
    }

    @Test func `ends of lines and a mark at the beginning do not matter`() throws {
        let table = "\u{FEFF}" + Self.table.replacing("\n", with: "\r\n")
        let ranking = try JournalRanking(tsv: table, file: "s.csv")
        #expect(ranking == (try JournalRanking(tsv: Self.table, file: "s.csv")))
    }

    @Test(
        arguments: [
            ("Rank;Issn;SJR;Type\n1;2;3;journal\n", 1, "column \"Title\" is missing"),
            ("Rank;Title;Type;Issn;SJR\n1;A;journal;1\n", 2, "4 fields where the header has 5"),
            (
                "Rank;Title;Type;Issn;SJR\n1;\"A\nB\";journal;1;2\n2;C;journal;1;x\n", 4,
                "the SJR \"x\" is no number"
            ),
            ("Rank;Title;Type;Issn;SJR\n1;A;journal;1;inf\n", 2, "is no number"),
            ("Rank;Title;Type;Issn;SJR\n1;A;book series;1;2\n", nil, "no row of a journal"),
            ("Rank;Title;Type;Issn;SJR\n1;\"A;journal;1;2\n", 2, "2 fields where the header has 5"),
        ] as [(String, Int?, String)])
    func `a fault is refused with its line`(table: String, line: Int?, says: String) throws {
        let error = try #require(throws: JournalRankingError.self) {
            _ = try JournalRanking(tsv: table, file: "s.csv")
        }
        #expect(error.line == line)
        #expect(error.message.contains(says), "\(error)")
    }
}
