import Articles
import Corpus
import Testing

@Suite struct CitationReferenceTests {
    @Test(arguments: [
        ("A plain title", "A plain title."),
        ("A closed title.", "A closed title."),
        ("Is it a question?", "Is it a question?"),
        ("What a result!", "What a result!"),
        ("And so on…", "And so on…"),
        ("[A translated title].", "A translated title."),
        ("[Is it translated?].", "Is it translated?"),
        ("[Translated without stop]", "Translated without stop."),
        ("[A [nested] one].", "A [nested] one."),
        ("[A] is not [B].", "[A] is not [B]."),
        ("[3H]thymidine uptake", "[3H]thymidine uptake."),
        ("He said \"why?\"", "He said \"why?\""),
        ("In vivo (a review)", "In vivo (a review)."),
        ("A slip of the pen\\", "A slip of the pen."),
        ("A slip of the pen. \\ \n", "A slip of the pen."),
        ("  White space \t", "White space."),
        ("β-Catenin — Ωmega in 東京", "β-Catenin — Ωmega in 東京."),
        ("", ""),
    ])
    func `a title is closed by exactly one mark`(title: String, shown: String) {
        #expect(CitationReference(pmid: PMID(1), title: title).displayTitle == shown)
    }

    @Test(arguments: [
        (Author(lastName: "Liu", foreName: "Jeh-Ping", initials: "JP"), "Liu, J.P."),
        (Author(lastName: "Curie", initials: "M-S"), "Curie, M.-S."),
        (Author(lastName: "Юрьев", initials: "ЮА"), "Юрьев, Ю.А."),
        (Author(lastName: "Yur'ev", initials: "IuA"), "Yur'ev, Iu.A."),
        (Author(lastName: "de la Cruz", initials: "A"), "de la Cruz, A."),
        (Author(lastName: "King", initials: "ML", suffix: "Jr"), "King, M.L. Jr"),
        (Author(lastName: "Noforename"), "Noforename"),
        (Author(lastName: "Nguyễn", foreName: "Thị Minh"), "Nguyễn, T.M."),
        (Author(lastName: "Roux", foreName: "Jean-Pierre"), "Roux, J.-P."),
        (Author(foreName: "Suharto"), "Suharto"),
        (Author(lastName: "O\u{308}z", initials: "E\u{301}"), "O\u{308}z, E\u{301}."),
        (Author(collectiveName: "The (First) Consortium, Inc."), "The (First) Consortium, Inc."),
    ])
    func `an author is shown with dotted initials`(author: Author, shown: String) {
        #expect(author.displayName == shown)
    }

    @Test func `an author without any name is left out`() {
        #expect(Author(initials: "X").displayName == nil)
        #expect(Author(lastName: "", collectiveName: "").displayName == nil)
    }

    @Test func `a reference in one line`() {
        let citation = Citation(
            pmid: PMID(90_000_009), title: "[Growth of invented mice].", copyright: "© Nobody",
            authors: [
                Author(lastName: "Ångström", initials: "KB"),
                Author(lastName: "King", initials: "M", suffix: "3rd"),
                Author(collectiveName: "Mouse Group"),
            ],
            journal: Journal(title: "Journal of Made Up Results", isoAbbreviation: "J. Made Up Res."),
            year: 1999,
            corrections: [
                Correction(type: .expressionOfConcernIn, pmid: nil, source: ""),
                Correction(type: .erratumIn, pmid: nil, source: ""),
            ])
        let reference = CitationReference(citation)
        #expect(
            reference.line
                == "Growth of invented mice. Ångström, K.B., King, M. 3rd, Mouse Group. J. Made Up Res. (1999) "
                + "[PubMed 90000009] [erratum published] [expression of concern]")
        #expect(reference.copyright == "© Nobody")
        #expect(reference.url == "https://pubmed.ncbi.nlm.nih.gov/90000009/")
    }

    @Test func `what the record does not say is not invented`() {
        #expect(CitationReference(Citation(pmid: PMID(5))).line == "[PubMed 5]")
        let foreign = Citation(pmid: PMID(5), vernacularTitle: "Über Mäuse", year: 1970)
        #expect(CitationReference(foreign).line == "Über Mäuse. (1970) [PubMed 5]")
    }

    @Test func `ten thousand authors are counted, not listed`() {
        let authors = (1...10_000).map { "A\($0), B." }
        let shown = CitationReference(pmid: PMID(1), authors: authors).displayAuthors
        #expect(shown.hasPrefix("A1, B., A2, B., "))
        #expect(shown.hasSuffix("A20, B., et al. (10000 authors)"))
    }
}
