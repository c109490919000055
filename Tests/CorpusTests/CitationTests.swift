import Corpus
import Testing

struct `Status of a citation` {
    private func citation(type ui: String, _ name: String) -> Citation {
        Citation(
            pmid: PMID(1),
            publicationTypes: [
                PublicationType(ui: "D016428", name: "Journal Article"), PublicationType(ui: ui, name: name),
            ])
    }

    private func citation(link: CorrectionType) -> Citation {
        Citation(pmid: PMID(1), corrections: [Correction(type: link, pmid: nil, source: "")])
    }

    @Test func `a plain article is neither retracted nor a notice`() {
        let plain = citation(type: "D013485", "Research Support, Non-U.S. Gov't")
        #expect(!plain.isRetracted && !plain.isNotice && !plain.hasExpressionOfConcern && !plain.hasErratum)
        #expect(!plain.hasTranslatedTitle)
    }

    @Test(arguments: [
        ("D016441", "Retracted Publication"), ("D016441", "Renamed"), ("", "Retracted Publication"),
    ])
    func `a publication type says that it was retracted, by identifier or by name without one`(
        ui: String, name: String
    ) {
        #expect(citation(type: ui, name).isRetracted)
        #expect(!citation(type: ui, name).isNotice)
    }

    @Test func `a name beside another identifier says nothing`() {
        #expect(!citation(type: "D999999", "Retracted Publication").isRetracted)
        #expect(!citation(type: "", "retracted publication, sort of").isRetracted)
    }

    @Test func `a link to the notice says that it was retracted, a partial retraction does not`() {
        #expect(citation(link: .retractionIn).isRetracted)
        #expect(!citation(link: .partialRetractionIn).isRetracted)
        #expect(!citation(link: .retractionOf).isRetracted)
    }

    @Test(arguments: [
        ("D016440", "Retraction of Publication"), ("D016440", "Retraction Notice"),
        ("", "Retraction of Publication"),
        ("", "Retraction Notice"), ("D016425", "Published Erratum"), ("", "Published Erratum"),
        ("D000075742", "Expression of Concern"), ("", "Expression of Concern"), ("D016420", "Comment"),
        ("", "Comment"),
    ])
    func `a notice is one by its type, by the old name and the new`(ui: String, name: String) {
        #expect(citation(type: ui, name).isNotice)
        #expect(!citation(type: ui, name).isRetracted)
    }

    @Test(arguments: [
        (CorrectionType.retractionOf, true), (.partialRetractionOf, true), (.erratumFor, true),
        (.expressionOfConcernFor, true), (.commentOn, true),
        (.retractionIn, false), (.erratumIn, false), (.expressionOfConcernIn, false), (.commentIn, false),
        (.republishedFrom, false), (.republishedIn, false), (.updateOf, false),
    ])
    func `a notice is one by its link to the article`(link: CorrectionType, isNotice: Bool) {
        #expect(citation(link: link).isNotice == isNotice)
    }

    @Test func `concerns and errata are told by links`() {
        #expect(citation(link: .expressionOfConcernIn).hasExpressionOfConcern)
        #expect(citation(link: .erratumIn).hasErratum)
        #expect(!citation(link: .erratumFor).hasErratum)
    }

    @Test(arguments: [
        ("[Insulin and liver].", true), ("[Insulin and liver]", true),
        ("[3H]thymidine uptake in liver.", false),
        ("Insulin [and liver].", false), ("", false), ("[", false),
    ])
    func `a translated title stands in brackets`(title: String, isTranslated: Bool) {
        #expect(Citation(pmid: PMID(1), title: title).hasTranslatedTitle == isTranslated)
    }
}

struct `Passages` {
    @Test func `the title is passage 0, the n-th section is n, empty ones are none`() {
        let citation = Citation(
            pmid: PMID(1), title: "T", vernacularTitle: "V",
            abstract: [
                AbstractSection(label: "AIM", category: "OBJECTIVE", text: "a"), AbstractSection(text: ""),
                AbstractSection(text: "c"),
            ],
            otherAbstracts: [
                OtherAbstract(type: "AIDS", language: "eng", sections: [AbstractSection(text: "x")])
            ])
        #expect(
            citation.passages == [
                Passage(kind: .title, index: 0, text: "T"),
                Passage(kind: .abstract, index: 1, label: "AIM", category: "OBJECTIVE", text: "a"),
                Passage(kind: .abstract, index: 3, text: "c"),
            ])
        #expect(Citation(pmid: PMID(1)).passages.isEmpty)
        #expect(PassageKind.title < PassageKind.abstract && !(PassageKind.abstract < PassageKind.title))
    }
}

struct `Sections` {
    @Test(arguments: [
        ("Disease relevance of {name}", "Igf1r", "Disease relevance of Igf1r"), ("{name}", "α", "α"),
        ("Other", "x", "Other"), ("", "x", ""), ("{name} and {name}", "x", "x and {name}"),
        ("é {name}!", "{name}", "é {name}!"),
        ("{nam", "x", "{nam"),
    ])
    func `a heading takes the entity's name`(heading: String, name: String, expected: String) {
        #expect(Section(id: .other, heading: heading).heading(for: name) == expected)
    }

    @Test func `the twelve sections of a gene article stand in the page's order`() {
        #expect(
            Section.ofGeneArticle.map(\.id.rawValue) == [
                "disease", "psychiatry", "high-impact", "chemical-disease", "biological", "anatomical",
                "chemical",
                "physical", "enzymatic", "regulatory", "other", "analytical",
            ])
        for section in Section.ofGeneArticle {
            #expect(section.heading(for: "X").contains(" X"), "\(section.id)")
        }
    }

    @Test func `grades of names are ordered from the surest to the weakest`() {
        let grades: [NameGrade] = [.official, .fullName, .synonym, .related, .weak]
        #expect(grades.sorted() == grades && grades.map(\.rawValue) == [0, 1, 2, 3, 4])
    }

    @Test func `versions of one work share its number, the smallest that they name`() {
        func work(_ type: CorrectionType, _ other: Int64?) -> PMID {
            Citation(
                pmid: PMID(20), title: "",
                corrections: [Correction(type: type, pmid: other.map { PMID($0) }, source: "")]
            ).work
        }
        for type in [
            CorrectionType.updateIn, .updateOf, .republishedIn, .republishedFrom, .retractedAndRepublishedIn,
            .retractedAndRepublishedFrom,
        ] {
            #expect(work(type, 10) == PMID(10))
            #expect(work(type, 30) == PMID(20))
            #expect(work(type, nil) == PMID(20))
        }
        #expect(work(.commentOn, 10) == PMID(20))
    }
}
