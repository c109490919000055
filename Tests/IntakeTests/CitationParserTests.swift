import Corpus
import Intake
import Testing

/// The fields of a citation, from the fixture that has all of them, and one by one.
@Suite struct CitationParserTests {
    private let reading = Reading(path: fixture("awkward.xml"))

    private func citation(_ place: Int) throws -> Citation {
        guard case .citation(let citation) = try #require(reading.records[safe: place]) else {
            throw NotACitation()
        }
        return citation
    }

    private struct NotACitation: Error {}

    @Test func `the fixture is read whole`() {
        #expect(reading.fault == nil)
        #expect(reading.problems.isEmpty)
        #expect(reading.raw.map(\.ordinal) == [1, 2, 3, 4, 5])
        #expect(reading.raw.map(\.kind) == [.citation, .bookArticle, .citation, .citation, .deletions])
        #expect(reading.pmids == [91_000_001, 91_000_003, 91_000_004])
    }

    @Test func `identifier, version, status and date come from the citation's own elements`() throws {
        let citation = try citation(0)
        #expect(citation.pmid == PMID(91_000_001))
        #expect(citation.version == 2)
        #expect(citation.status == "MEDLINE")
        #expect(citation.dateRevised == "2021-03-04")
        #expect(citation.year == 2019)
    }

    @Test func `titles lose their markup and nothing else`() throws {
        let citation = try citation(0)
        #expect(
            citation.title
                == "Role of H2O2 and Igf1r-/- mice in the β-cell & the \"so-called\" stress αβ.")
        #expect(citation.vernacularTitle == "Erfundene Ergebnisse über α")
    }

    @Test func `sections of the abstract keep label, category and order`() throws {
        let citation = try citation(0)
        #expect(
            citation.abstract == [
                AbstractSection(
                    label: "AIM & SCOPE", category: "OBJECTIVE", text: "To invent  a p < 0.05 result."),
                AbstractSection(label: "METHODS", text: "Cu2O was not used."),
                AbstractSection(text: ""),
            ])
        #expect(citation.copyright == "© 2019 The Inventors.")
        #expect(
            citation.otherAbstracts == [
                OtherAbstract(
                    type: "plain-language-summary", language: "spa",
                    sections: [AbstractSection(text: "Un resumen inventado.")], copyright: "© Nadie"),
                OtherAbstract(
                    type: "AIDS", language: "eng",
                    sections: [AbstractSection(label: "UNLABELLED", text: "A second one.")]),
            ])
    }

    @Test func `authors are people and groups, and neither investigators nor subjects`() throws {
        #expect(
            try citation(0).authors == [
                Author(
                    lastName: "Núñez-O'Brien", foreName: "Zoë Q", initials: "ZQ", suffix: "3rd",
                    orcid: "0000-0001-2345-678X"),
                Author(collectiveName: "The Invented Consortium"),
            ])
    }

    @Test func `journal and lists`() throws {
        let citation = try citation(0)
        #expect(
            citation.journal
                == Journal(
                    title: "Journal of invented results", isoAbbreviation: "J. Invent. Res.",
                    issn: "1234-567X", nlmID: "9100001"))
        #expect(citation.languages == ["eng", "ger"])
        #expect(
            citation.publicationTypes == [
                PublicationType(ui: "D016428", name: "Journal Article"),
                PublicationType(ui: "D016441", name: "Retracted Publication"),
            ])
        #expect(
            citation.chemicals == [
                Chemical(registryNumber: "BBX060AN9V", ui: "D006861", name: "Hydrogen Peroxide"),
                Chemical(registryNumber: "EC 2.7.10.1", ui: "D017526", name: "Receptor, IGF Type 1"),
            ])
        #expect(citation.keywords == ["Cu2O", "insulin", "space"])
        #expect(citation.geneSymbols == ["igf1r", "irs-2"])
    }

    @Test func `MeSH headings keep qualifiers and major topics`() throws {
        #expect(
            try citation(0).meshHeadings == [
                MeshHeading(descriptor: MeshTerm(ui: "D051379", name: "Mice", isMajorTopic: false)),
                MeshHeading(
                    descriptor: MeshTerm(ui: "D017526", name: "Receptor, IGF Type 1", isMajorTopic: true),
                    qualifiers: [
                        MeshTerm(ui: "Q000235", name: "genetics", isMajorTopic: false),
                        MeshTerm(ui: "Q000378", name: "metabolism", isMajorTopic: true),
                    ]),
            ])
    }

    @Test func `links and identifiers are the article's own`() throws {
        let citation = try citation(0)
        #expect(
            citation.corrections == [
                Correction(type: .retractionIn, pmid: PMID(91_000_009), source: "J Invent Res. 2021;8(1):3"),
                Correction(type: .erratumFor, pmid: nil, source: "J Invent Res. 2018;6(1):1"),
            ])
        #expect(
            citation.articleIdentifiers == [
                ArticleIdentifier(type: "pubmed", value: "91000001"),
                ArticleIdentifier(type: "doi", value: "10.9999/invented.1"),
            ])
    }

    @Test func `tags in comments, instructions and CDATA are no tags`() throws {
        let citation = try citation(2)
        #expect(citation.title == "[Text in <PubmedArticle> & </PubmedArticle>, kept.]")
        #expect(citation.year == 1998)
        #expect(citation.publicationTypes == [PublicationType(ui: "", name: "Letter")])
        #expect(citation.dateRevised == nil)
        #expect(citation.journal == Journal())
    }

    @Test func `formulas lose their indentation and their parts stay apart`() throws {
        #expect(try citation(2).abstract.map(\.text) == ["Oxide (Cu2O) at rate a b<1 holds."])
    }

    @Test func `named entities become characters`() throws {
        #expect(try citation(3).title == "TNF-α, 5\u{A0}µg ± 1 < 2 &c.")
    }

    @Test func `a book is passed over with its identifier, deletions are told`() throws {
        #expect(reading.records[safe: 1] == .bookArticle(PMID(91_000_002)))
        #expect(reading.records[safe: 4] == .deletions([PMID(91_000_005), PMID(91_000_006)]))
    }

    @Test(
        arguments: [
            ("<Year>2003</Year>", 2003), ("<MedlineDate>1944-1945</MedlineDate>", 1944),
            ("<MedlineDate>2000 Spring</MedlineDate>", 2000), ("<MedlineDate>Spring</MedlineDate>", nil),
            ("<MedlineDate>12345 or 1987</MedlineDate>", 1987), ("<Season>1999</Season>", nil),
        ] as [(String, Int?)])
    func `the year is PubDate's`(date: String, year: Int?) throws {
        let inner = "<Journal><JournalIssue><PubDate>\(date)</PubDate></JournalIssue></Journal>"
        #expect(try IntakeTests.citation(inner)?.year == year)
    }
}

extension Array {
    /// The element at a place; nil when there is none.
    subscript(safe place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}
